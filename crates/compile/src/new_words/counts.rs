//! How often pieces, and runs of them, occur.

use std::ops::Range;
use std::sync::atomic::{AtomicU8, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use souwen_text::is_han;

use super::pieces::{Key, MAX_LENGTH, MAX_PIECES, Piece, Pieces, grown, key};

/// The hashed counts: two to the power of this many, one byte each.
const SKETCH_BITS: u32 = 24;
/// A place in the table of hashed counts (Fibonacci hashing).
fn slot(key: Key) -> usize {
    pub(super) const GOLDEN: u128 = 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835;
    let high = key.wrapping_mul(GOLDEN) >> (128 - SKETCH_BITS);
    usize::try_from(high).unwrap_or(0)
}

/// Occurrences of a run of characters.
#[derive(Clone, Copy, Default)]
pub(super) struct Run {
    pub(super) count: u64,
    /// The lengths of its pieces, a decimal digit each. Where it is cut now so, now so, the fewest pieces.
    pub(super) lengths: u16,
}

impl Run {
    fn join(&mut self, other: Self) {
        self.lengths = if self.count == 0 {
            other.lengths
        } else {
            self.lengths.min(other.lengths)
        };
        self.count += other.count;
    }
}

pub(super) type Tally = FxHashMap<Key, Run>;

/// Adds up over all texts, in as few parts as there are threads.
fn tally(texts: &[Pieces], count: impl Fn(&Pieces, &mut Tally) + Sync) -> Tally {
    let share = texts.len().div_ceil(rayon::current_num_threads()).max(1);
    let part = |texts: &[Pieces]| {
        let mut tally = Tally::default();
        texts.iter().for_each(|text| count(text, &mut tally));
        tally
    };
    let join = |mut all: Tally, own: Tally| {
        for (key, run) in own {
            all.entry(key).or_default().join(run);
        }
        all
    };
    texts
        .par_chunks(share)
        .map(part)
        .reduce(Tally::default, join)
}

/// Two pieces as one key, if they may join: two words of the dictionary do not.
fn joined(before: Piece<'_>, piece: Piece<'_>) -> Option<Key> {
    let lone = before.chars.len() == 1 || piece.chars.len() == 1;
    let joined = lone && before.joins && piece.joins;
    joined.then(|| grown(key(before.chars), piece.chars))
}

/// An occurrence of a run.
pub(super) struct Place<'a> {
    /// Where it stands in the text, by character.
    pub(super) chars: Range<usize>,
    /// As in [`Run`].
    lengths: u16,
    pub(super) key: Key,
    /// The pieces beside it.
    pub(super) before: &'a [char],
    pub(super) after: &'a [char],
}

/// How often everything occurs.
pub(super) struct Counts {
    pub(super) pieces: Tally,
    /// Two pieces that may join, hashed; full is enough.
    twos: Vec<AtomicU8>,
    pub(super) runs: Tally,
    /// Of all pieces together.
    pub(super) total: u64,
}

impl Counts {
    pub(super) fn new(texts: &[Pieces]) -> Self {
        let mut twos = Vec::new();
        twos.resize_with(1 << SKETCH_BITS, AtomicU8::default);
        let pieces = tally(texts, |text, tally| {
            let mut before = Piece::default();
            for piece in text.iter() {
                let chars = piece.chars;
                if chars.len() <= MAX_LENGTH && chars.iter().all(|&c| is_han(c)) {
                    tally.entry(key(chars)).or_default().count += 1;
                }
                let slot = joined(before, piece).and_then(|two| twos.get(slot(two)));
                if let Some(count) = slot {
                    let add = |count: u8| count.checked_add(1);
                    let _ = count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
                }
                before = piece;
            }
        });
        let mut counts = Self {
            total: pieces.values().map(|run| run.count).sum(),
            pieces,
            twos,
            runs: Tally::default(),
        };
        counts.runs = tally(texts, |text, tally| {
            counts.runs_of(text, |place| {
                let lengths = place.lengths;
                let run = Run { count: 1, lengths };
                tally.entry(place.key).or_default().join(run);
            });
        });
        counts
    }

    /// Whether two pieces may be side by side in a new word.
    fn join(&self, before: Piece<'_>, piece: Piece<'_>) -> bool {
        joined(before, piece)
            .and_then(|two| self.twos.get(slot(two)))
            .is_some_and(|count| count.load(Ordering::Relaxed) > 1)
    }

    /// Gives every run of pieces that may be a word.
    pub(super) fn runs_of(&self, text: &Pieces, mut emit: impl FnMut(Place<'_>)) {
        let pieces: Vec<Piece<'_>> = text.iter().collect();
        let at = |at: usize| pieces.get(at).copied().unwrap_or_default();
        let (mut end, mut start) = (0, 0);
        for from in 0..pieces.len() {
            // `end`: as far as each piece may join the one before it.
            end = end.max(from + 1);
            while end < pieces.len() && self.join(at(end - 1), at(end)) {
                end += 1;
            }
            let (mut run, mut lengths, mut length) = (0, 0u16, 0);
            for to in from..end.min(from + MAX_PIECES) {
                let chars = at(to).chars;
                length += chars.len();
                if length > MAX_LENGTH {
                    break;
                }
                run = grown(run, chars);
                lengths = 10 * lengths + u16::try_from(chars.len()).unwrap_or(0);
                if to > from {
                    let before = from.checked_sub(1).map(at).unwrap_or_default();
                    emit(Place {
                        chars: start..start + length,
                        lengths,
                        key: run,
                        before: before.chars,
                        after: at(to + 1).chars,
                    });
                }
            }
            start += at(from).chars.len();
        }
    }
}
