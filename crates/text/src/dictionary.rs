//! The dictionary of the build: words, their ordinals and weights, in a trie that is quickly walked along.

use std::collections::BTreeSet;

use crate::alphabet::Alphabet;
use crate::cast;
use crate::lexicon::{Lexicon, MAX_WORD};
use crate::log::log2;

/// The sum of all frequencies in jieba's dictionary. Frequencies refer to it although an archive
/// keeps only the words that it holds: the lost mass stays counted, so that every word keeps its
/// probability.
pub const MASS: u64 = 60_101_964;

/// Weights are −log2(frequency / [`MASS`]) in units of 1/2048: two routes whose sums differ by less
/// are as good as equal.
const FRACTION: u32 = 11;

/// Weight of a character that the dictionary does not hold as a word: log2([`MASS`]), as for a word
/// of frequency 1.
pub const UNKNOWN_WEIGHT: u16 = 52_922;

/// What no slot has as its parent, its code or its ordinal.
const NONE: u32 = u32::MAX;

/// A place of the walk: one step from another one.
#[derive(Debug, Clone, Copy)]
struct Slot {
    /// The slot that the step leads on from; [`NONE`] where every word begins.
    from: u32,
    code: u16,
    /// Of the word that ends here; 0 if none does.
    weight: u16,
}

/// Whether a slot is empty: a word has fewer steps than there are slots, so that none leads on from here.
const EMPTY: u32 = u32::MAX - 1;

/// Words and their weights, for the build: a trie of which every step is one look into a table of hashes.
/// An index keeps its words in another form, which is smaller and slower; this one is made in a moment
/// from a list of words.
#[derive(Debug, Clone)]
pub struct Dictionary {
    /// Open addressing. A place is the number of its slot.
    slots: Vec<Slot>,
    /// By slot, the ordinal of the word that ends there, or [`NONE`].
    ordinals: Vec<u32>,
    /// Spells the words.
    alphabet: Alphabet,
}

impl Dictionary {
    /// Builds a dictionary from words and weights. Words are given in any order; of a word given twice,
    /// the first in order of weight stays. Characters beyond the 65,536th in order of code points are in
    /// no word.
    #[must_use]
    pub fn from_words<S: AsRef<str>>(words: impl IntoIterator<Item = (S, u16)>) -> Self {
        let mut words: Vec<(String, u16)> = words
            .into_iter()
            .map(|(w, weight)| (w.as_ref().to_owned(), weight))
            .collect();
        words.sort();
        words.dedup_by(|a, b| a.0 == b.0);
        let chars = words.iter().flat_map(|(word, _)| word.chars());
        let alphabet =
            Alphabet::from_chars(chars.collect::<BTreeSet<char>>().into_iter().collect());
        // Codes ascend with code points here, and so do keys with words.
        let code = |c| u16::try_from(alphabet.code(c)?).ok();
        let spelt = words.iter().filter_map(|(word, weight)| {
            let key: Option<Vec<u16>> = word.chars().map(code).collect();
            Some((key?, *weight))
        });
        let spelt: Vec<(Vec<u16>, u16)> = spelt.collect();
        let mut dictionary = Self {
            slots: Vec::new(),
            ordinals: Vec::new(),
            alphabet,
        };
        dictionary.reserve(places(&spelt));
        for (ordinal, (key, weight)) in (0..).zip(&spelt) {
            dictionary.add(key, *weight, ordinal);
        }
        dictionary
    }

    /// Makes room for so many places, and as many empty slots, so that no look goes far.
    fn reserve(&mut self, places: usize) {
        let slots = (2 * places).max(2).next_power_of_two();
        let empty = Slot {
            from: EMPTY,
            code: 0,
            weight: 0,
        };
        self.slots = vec![empty; slots];
        self.ordinals = vec![NONE; slots];
    }

    fn add(&mut self, key: &[u16], weight: u16, ordinal: u32) {
        let mut place = NONE;
        for &code in key {
            let next = self.find(place, code);
            if let Some(slot) = self.slots.get_mut(cast::index(next)) {
                (slot.from, slot.code) = (place, code);
            }
            place = next;
        }
        let at = cast::index(place);
        if let (Some(slot), Some(own)) = (self.slots.get_mut(at), self.ordinals.get_mut(at)) {
            slot.weight = weight;
            *own = ordinal;
        }
    }

    /// The slot of a step, or the empty one where it would be.
    #[inline]
    fn find(&self, from: u32, code: u16) -> u32 {
        // Fibonacci hashing.
        const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
        let key = u64::from(from) << 16 | u64::from(code);
        let mask = cast::small(self.slots.len()) - 1;
        let high = key.wrapping_mul(GOLDEN) >> 32;
        let mut at = u32::try_from(high).unwrap_or(0) & mask;
        while let Some(slot) = self.slots.get(cast::index(at))
            && slot.from != EMPTY
            && (slot.from, slot.code) != (from, code)
        {
            at = (at + 1) & mask;
        }
        at
    }

    #[inline]
    fn slot(&self, from: u32, code: u32) -> Option<(u32, &Slot)> {
        let at = self.find(from, u16::try_from(code).ok()?);
        let slot = self.slots.get(cast::index(at));
        Some((at, slot.filter(|slot| slot.from != EMPTY)?))
    }
}

/// How many places there are in a trie of keys, which ascend.
fn places(keys: &[(Vec<u16>, u16)]) -> usize {
    let mut before: &[u16] = &[];
    let mut places = 0;
    for (key, _) in keys {
        let shared = before.iter().zip(key).take_while(|(a, b)| a == b).count();
        places += key.len() - shared;
        before = key;
    }
    places
}

impl Lexicon for Dictionary {
    type Place = u32;

    fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    fn root(&self) -> u32 {
        NONE
    }

    #[inline]
    fn step(&self, place: u32, code: u32) -> Option<u32> {
        self.slot(place, code).map(|(at, _)| at)
    }

    fn steps(&self, place: u32, emit: &mut dyn FnMut(u32, u32)) {
        // The table cannot say which there are; the build does not ask.
        for code in 0..self.alphabet.len() {
            if let Some(next) = self.step(place, code) {
                emit(code, next);
            }
        }
    }

    #[inline]
    fn entry(&self, place: u32) -> Option<(u32, u16)> {
        let ordinal = *self.ordinals.get(cast::index(place))?;
        let slot = self.slots.get(cast::index(place))?;
        (ordinal != NONE).then_some((ordinal, slot.weight))
    }

    #[inline]
    fn words_at(&self, codes: &[u32], mut emit: impl FnMut(usize, u16)) {
        let mut place = NONE;
        for (length, &code) in (1..).zip(codes.iter().take(MAX_WORD)) {
            let Some((next, slot)) = self.slot(place, code) else {
                return;
            };
            if slot.weight > 0 {
                emit(length, slot.weight);
            }
            place = next;
        }
    }
}

/// The weight of a word of a frequency; 0, "not a word", for frequency 0.
#[must_use]
pub fn weight_of(frequency: u64) -> u16 {
    if frequency == 0 {
        return 0;
    }
    let weight = log2(MASS, FRACTION).saturating_sub(log2(frequency, FRACTION));
    u16::try_from(weight).unwrap_or(u16::MAX).max(1)
}

/// Whether a word has 1 to [`MAX_WORD`] characters, as many as are looked for.
#[must_use]
pub fn fits(word: &str) -> bool {
    (1..=MAX_WORD).contains(&word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_at_gives_prefixes_shortest_first_and_passes_over_mere_terms() {
        let dictionary =
            Dictionary::from_words([("河道", 3u16), ("河", 2), ("河道清", 0), ("河道清淤", 9)]);
        let text: Vec<char> = "河道清淤工程".chars().collect();
        let mut found = Vec::new();
        dictionary.words_at(&dictionary.codes(&text), |len, weight| {
            found.push((len, weight))
        });
        assert_eq!(found, [(1, 2), (2, 3), (4, 9)]);
        let mut begin = Vec::new();
        dictionary.starting_with("河道", |word| {
            begin.push(word);
            true
        });
        assert_eq!(begin, ["河道", "河道清", "河道清淤"]);
        assert!(dictionary.ordinal("河道清").is_some());
        assert_eq!(dictionary.ordinal("道"), None);
    }

    #[test]
    fn weights_are_logarithms() {
        assert_eq!(
            (weight_of(0), weight_of(MASS), weight_of(u64::MAX)),
            (0, 1, 1)
        );
        assert_eq!(weight_of(1), UNKNOWN_WEIGHT);
        assert_eq!(weight_of(1) - weight_of(2), 2048);
    }
}
