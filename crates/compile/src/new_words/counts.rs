//! How often pieces, and runs of them, occur.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use souwen_text::is_han;

use super::bounds::Bounds;
use super::pieces::{Key, MAX_LENGTH, MAX_PIECES, Piece, Pieces, grown, key};
use super::sketch::Sketch;
use super::texts::{Texts, Writer};
use crate::error::CompileError;
use crate::limits::Limits;
use crate::pool::lock;

/// A key as a hash (Fibonacci hashing). Since the factor is odd, no two keys have the same.
fn hashed(key: Key) -> u128 {
    const GOLDEN: u128 = 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835;
    key.wrapping_mul(GOLDEN)
}

/// A place among two to the power of `bits`.
pub(super) fn slot(key: Key, bits: u32) -> usize {
    let high = hashed(key) >> (128 - bits);
    usize::try_from(high).unwrap_or(0)
}

/// Occurrences of a run of characters.
#[derive(Clone, Copy, Default)]
pub(super) struct Run {
    count: u32,
    /// The lengths of its pieces, a decimal digit each. Where it is cut now so, now so, the fewest pieces.
    lengths: u16,
}

impl Run {
    fn join(&mut self, other: Self) {
        self.lengths = if self.count == 0 {
            other.lengths
        } else {
            self.lengths.min(other.lengths)
        };
        self.count = self.count.saturating_add(other.count);
    }

    pub(super) fn count(self) -> u64 {
        self.count.into()
    }

    /// Where its pieces end, by character.
    pub(super) fn ends(self) -> Vec<usize> {
        let digits = self.lengths.to_string().into_bytes();
        let end = |end: &mut usize, digit: u8| {
            *end += usize::from(digit - b'0');
            Some(*end)
        };
        digits.into_iter().scan(0, end).collect()
    }
}

/// Bits of a hash that tell the part of a run.
const PART_BITS: u32 = 20;
/// Runs of their own that a thread collects before it adds them to those of all.
const OWN: usize = 1 << 13;
/// Parts of a tally, as a power of two: threads that add to different ones do not wait for each other.
const STRIPE_BITS: u32 = 6;

/// A [`Key`] in halves: a number of 128 bits would be aligned, and padded, to sixteen bytes.
pub(super) type Halves = (u64, u64);

pub(super) fn halves(key: Key) -> Halves {
    let half = |key: Key| u64::try_from(key & Key::from(u64::MAX)).unwrap_or(0);
    (half(key >> 64), half(key))
}

pub(super) fn whole((high, low): Halves) -> Key {
    Key::from(high) << 64 | Key::from(low)
}

/// How often each run occurs.
pub(super) struct Tally(Vec<FxHashMap<Halves, Run>>);

impl Tally {
    /// Adds up over all texts.
    pub(super) fn new(
        texts: &Texts,
        threads: usize,
        count: impl Fn(&Pieces, &mut dyn FnMut(Key, u16)) + Sync,
    ) -> Result<Self, CompileError> {
        let mut stripes: Vec<Mutex<FxHashMap<Halves, Run>>> = Vec::new();
        stripes.resize_with(1 << STRIPE_BITS, Mutex::default);
        let flush = |own: &mut FxHashMap<Key, Run>| {
            for (key, run) in own.drain() {
                if let Some(all) = stripes.get(stripe(key)) {
                    lock(all).entry(halves(key)).or_default().join(run);
                }
            }
        };
        let work = |own: &mut FxHashMap<Key, Run>, text: &Pieces| {
            count(text, &mut |key, lengths| {
                own.entry(key).or_default().join(Run { count: 1, lengths });
            });
            if own.len() > OWN {
                flush(own);
            }
        };
        for mut own in texts.each(threads, FxHashMap::default, work)? {
            flush(&mut own);
        }
        let inner = |stripe: Mutex<_>| stripe.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Self(stripes.into_iter().map(inner).collect()))
    }

    pub(super) fn get(&self, key: Key) -> Option<Run> {
        self.0.get(stripe(key))?.get(&halves(key)).copied()
    }

    /// Every run.
    fn iter(&self) -> impl Iterator<Item = (Halves, Run)> {
        self.0.iter().flatten().map(|(&key, &run)| (key, run))
    }
}

/// How often each run occurs that occurs twice, in the order of their hashes: one that occurs once tells
/// nothing, and a table would take twice as much.
pub(super) struct Repeated(Vec<(Halves, Run)>);

impl Repeated {
    /// Adds up over all texts, so many of the runs at a time as fit into memory, and keeps those that pass `keep`.
    /// Those that occur once, which are most, are left out beforehand, as far as hashes can say.
    pub(super) fn new(
        texts: &Texts,
        bounds: Bounds,
        keep: impl Fn(Key, Run) -> bool,
        count: impl Fn(&Pieces, &mut dyn FnMut(Key, u16)) + Sync,
    ) -> Result<Self, CompileError> {
        let sketch = Sketch::new(texts);
        texts.each(
            bounds.threads,
            || (),
            |(), text| count(text, &mut |key, _| sketch.add(key)),
        )?;
        let mut all = Vec::new();
        let parts = sketch.parts(bounds.runs);
        for part in 0..parts {
            let is_own = |key: Key| (slot(key, PART_BITS) * parts) >> PART_BITS == part;
            let own = Tally::new(texts, bounds.threads, |text, add| {
                count(text, &mut |key, lengths| {
                    if is_own(key) && sketch.is_repeated(key) {
                        add(key, lengths);
                    }
                });
            })?;
            let from = all.len();
            let kept = |&(key, run): &(Halves, Run)| run.count > 1 && keep(whole(key), run);
            all.extend(own.iter().filter(kept));
            let own = all.get_mut(from..).unwrap_or_default();
            own.sort_unstable_by_key(|own| hashed(whole(own.0)));
        }
        all.shrink_to_fit();
        Ok(Self(all))
    }

    pub(super) fn get(&self, key: Key) -> Option<Run> {
        let own = |own: &(Halves, Run)| hashed(whole(own.0));
        let at = self.0.binary_search_by_key(&hashed(key), own).ok()?;
        self.0.get(at).map(|own| own.1)
    }

    /// Every run, always in the same order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Key, Run)> {
        self.0.iter().map(|&(key, run)| (whole(key), run))
    }
}

fn stripe(key: Key) -> usize {
    slot(key, STRIPE_BITS)
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
    pub(super) lengths: u16,
    pub(super) key: Key,
    /// The pieces beside it.
    pub(super) before: &'a [char],
    pub(super) after: &'a [char],
}

/// How often pieces occur, and which of them may be side by side.
pub(super) struct Counts {
    pub(super) pieces: Tally,
    /// Two pieces that may join.
    twos: Sketch,
    /// Of all pieces together.
    pub(super) total: u64,
}

impl Counts {
    pub(super) fn new(texts: &Texts, threads: usize) -> Result<Self, CompileError> {
        let twos = Sketch::new(texts);
        let pieces = Tally::new(texts, threads, |text, add| {
            let mut before = Piece::default();
            for piece in text.iter() {
                let chars = piece.chars;
                if chars.len() <= MAX_LENGTH && chars.iter().all(|&c| is_han(c)) {
                    add(key(chars), 0);
                }
                if let Some(two) = joined(before, piece) {
                    twos.add(two);
                }
                before = piece;
            }
        })?;
        let total = pieces.iter().map(|(_, run)| run.count());
        Ok(Self {
            total: total.sum(),
            pieces,
            twos,
        })
    }

    /// The texts without what can be in no new word.
    pub(super) fn reduced(
        &self,
        texts: &Texts,
        threads: usize,
        limits: &Limits,
    ) -> Result<Texts, CompileError> {
        let join = |before: Piece<'_>, piece: Piece<'_>| {
            joined(before, piece).is_some_and(|two| self.twos.is_repeated(two))
        };
        let start = || (Texts::writer(limits), Ok(()));
        let work = |(writer, result): &mut (Writer<'_>, Result<(), CompileError>),
                    text: &Pieces| {
            let text = text.reduced(join);
            if !text.is_empty() && result.is_ok() {
                *result = writer.add(&text);
            }
        };
        let mut writers = Vec::new();
        for (writer, result) in texts.each(threads, start, work)? {
            result?;
            writers.push(writer);
        }
        Texts::new(writers)
    }
}

/// Gives every run of pieces that may be a word, of a text that is [reduced](Pieces::reduced).
pub(super) fn runs_of(text: &Pieces, mut emit: impl FnMut(Place<'_>)) {
    let pieces: Vec<Piece<'_>> = text.iter().collect();
    let at = |at: usize| pieces.get(at).copied().unwrap_or_default();
    let mut start = 0;
    for (from, first) in pieces.iter().enumerate() {
        let mut run = key(first.chars);
        let mut length = first.chars.len();
        let mut lengths = u16::try_from(length).unwrap_or(0);
        for to in from + 1..from + MAX_PIECES {
            let piece = at(to);
            length += piece.chars.len();
            if !piece.joins || length > MAX_LENGTH {
                break;
            }
            run = grown(run, piece.chars);
            lengths = 10 * lengths + u16::try_from(piece.chars.len()).unwrap_or(0);
            let before = from.checked_sub(1).map(at).unwrap_or_default();
            emit(Place {
                chars: start..start + length,
                lengths,
                key: run,
                before: before.chars,
                after: at(to + 1).chars,
            });
        }
        start += first.chars.len();
    }
}
