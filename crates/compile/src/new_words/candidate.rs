//! What may be a word, and what tells that it is one.

use super::counts::{Counts, Halves, Run, halves, whole};
use super::pieces::{self, Key, MAGNITUDES, is_figure, may_join, unpacked};

/// Occurrences of a word from which its neighbours tell something; one that occurs less, but twice, has to
/// meet more.
const ENOUGH: u64 = 3;
/// A run of pieces that clings together.
pub(super) struct Candidate {
    key: Halves,
    run: Run,
    /// Whether it clings so well that lone characters beside it hardly mean that it goes on.
    tight: bool,
    /// What stands before it and after it.
    pub(super) sides: [Side; 2],
}

impl Candidate {
    /// A run, if it clings together wherever it is cut. `often` tells how often a run of several pieces occurs;
    /// where it tells less, a run may pass that is no candidate, but none is lost.
    pub(super) fn new(
        key: Key,
        run: Run,
        counts: &Counts,
        often: impl Fn(Key) -> u64,
    ) -> Option<Self> {
        let chars = unpacked(key);
        let ends = run.ends();
        let (first, last) = (*ends.first()?, *ends.iter().nth_back(1)?);
        let first = chars.get(..first)?;
        let begins = is_figure(first) && !first.iter().all(|&c| MAGNITUDES.contains(c));
        if begins || is_figure(chars.get(last..)?) {
            return None;
        }
        let count = run.count();
        let (mut clings, mut tight, mut twice) = (true, chars.len() > 2, true);
        let mut name = chars.len() == 3;
        for (at, &end) in (1..ends.len()).zip(&ends) {
            let of = |chars: &[char], pieces: usize| {
                let key = pieces::key(chars);
                if pieces == 1 {
                    counts.pieces.get(key).map_or(1, Run::count)
                } else {
                    often(key)
                }
            };
            let left = of(chars.get(..end)?, at);
            let right = of(chars.get(end..)?, ends.len() - at);
            let (square, product) = (count * count, left * right);
            // PMI: at least 32 times as often as by chance.
            if count * counts.total < 32 * product {
                return None;
            }
            // PMI²: the geometric mean of its shares in both sides is 0.2, in long words 0.3 …
            let least = if chars.len() < 5 { 4 } else { 9 };
            clings &= 100 * square >= least * product;
            // … 0.6, and 0.5.
            tight &= 25 * square >= 9 * product;
            twice &= 4 * square >= product;
            // A surname is everywhere, but what follows it is hardly anywhere else.
            name &= 2 * count >= left.min(right) && 2500 * square >= product;
        }
        let passes = (clings || name) && (twice || count >= ENOUGH);
        passes.then(|| Self {
            key: halves(key),
            run,
            tight,
            sides: <[Side; 2]>::default(),
        })
    }

    pub(super) fn key(&self) -> Key {
        whole(self.key)
    }

    /// How often it occurs.
    pub(super) fn count(&self) -> u64 {
        self.run.count()
    }

    pub(super) fn is_free(&self) -> bool {
        let count = self.count();
        self.sides.iter().all(|side| {
            let (open, most) = (u64::from(side.open), u64::from(side.most));
            if count < ENOUGH {
                return open == 0 && 2 * most <= count;
            }
            let weight = if self.tight { 2 } else { 1 };
            3 * open <= weight * count && 5 * most <= 4 * count
        })
    }

    /// Whether it is another new word, which stands elsewhere too, and words of the dictionary: each is found
    /// alone. `count_of` tells how often a new word occurs.
    pub(super) fn falls_apart(&self, count_of: impl Fn(&[char]) -> u64) -> bool {
        let chars = unpacked(self.key());
        let mut borders = vec![0];
        borders.extend(self.run.ends());
        let is_word = |chars: &[char]| count_of(chars) > self.count();
        let are_known = |borders: &[usize]| {
            let mut two = borders.windows(2);
            two.all(|two| matches!(two, [from, to] if to - from > 1))
        };
        borders.iter().enumerate().any(|(at, &cut)| {
            let (left, right) = chars.split_at_checked(cut).unwrap_or_default();
            let (before, after) = (borders.get(..=at), borders.get(at..));
            is_word(left) && after.is_some_and(are_known)
                || is_word(right) && before.is_some_and(are_known)
        })
    }
}

/// The parts that a run falls into where it is cut between its pieces, lone characters left out.
pub(super) fn parts(key: Key, run: Run) -> Vec<Key> {
    let chars = unpacked(key);
    let ends = run.ends().into_iter();
    let halves = ends.filter_map(|end| chars.split_at_checked(end));
    let parts = halves.flat_map(|(left, right)| [left, right]);
    parts
        .filter(|part| part.len() > 1)
        .map(pieces::key)
        .collect()
}

/// What stands at one side of a word.
#[derive(Debug, Default)]
pub(super) struct Side {
    /// How often a lone character that says something, as which the word may go on; before it, a figure too.
    open: u32,
    /// How often the commonest piece.
    most: u32,
}

impl Side {
    pub(super) fn add(&mut self, neighbour: Key, count: u32) {
        let chars = unpacked(neighbour);
        if !chars.is_empty() {
            self.most = self.most.max(count);
        }
        if is_figure(&chars) || matches!(*chars, [c] if may_join(c.encode_utf8(&mut [0; 4]))) {
            self.open += count;
        }
    }
}
