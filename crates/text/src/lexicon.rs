//! What a dictionary is to the analyser: words that are walked along, character by character.

use crate::alphabet::Alphabet;
use crate::cast;

/// Words longer than this many characters are not looked for.
pub const MAX_WORD: usize = 16;

/// No key is longer than this, in bytes of its text.
const LONGEST: usize = 1024;

/// Words with their weights, wherever they are kept.
///
/// A lexicon holds terms as well as words: an entry whose weight is 0 is a term that must not steer
/// segmentation.
pub trait Lexicon {
    /// How far into the words a walk has come.
    type Place: Copy;

    /// What spells the words.
    fn alphabet(&self) -> &Alphabet;

    /// Where every word begins.
    fn root(&self) -> Self::Place;

    /// Goes on by one character, given as its code, if entries do.
    fn step(&self, place: Self::Place, code: u32) -> Option<Self::Place>;

    /// Gives every character by which entries go on, as its code, and the place after it; codes
    /// ascend.
    fn steps(&self, place: Self::Place, emit: &mut dyn FnMut(u32, Self::Place));

    /// The ordinal and the weight of the entry that ends at a place, if one does: ordinals count
    /// entries in the order of their keys, weights are 0 for mere terms.
    fn entry(&self, place: Self::Place) -> Option<(u32, u16)>;

    /// The ordinal and the weight of the word that ends at a place, if one does.
    fn word(&self, place: Self::Place) -> Option<(u32, u16)> {
        self.entry(place).filter(|&(_, weight)| weight > 0)
    }

    /// Walks along a text's codes and gives, for every word that the text begins with, its length in
    /// characters and its weight, shortest first.
    fn words_at(&self, codes: &[u32], mut emit: impl FnMut(usize, u16))
    where
        Self: Sized,
    {
        let mut place = self.root();
        for (at, &code) in codes.iter().take(MAX_WORD).enumerate() {
            let Some(next) = self.step(place, code) else {
                return;
            };
            if let Some((_, weight)) = self.word(next) {
                emit(at + 1, weight);
            }
            place = next;
        }
    }

    /// The codes of a text's characters; a character without one gets a code that is in no key.
    fn codes(&self, text: &[char]) -> Vec<u32> {
        text.iter()
            .map(|&c| self.alphabet().code(c).unwrap_or(u32::MAX))
            .collect()
    }

    /// Where the walk along a text ends, if entries go so far.
    fn place_of(&self, text: impl Iterator<Item = char>) -> Option<Self::Place>
    where
        Self: Sized,
    {
        let mut place = self.root();
        for c in text {
            place = self.step(place, self.alphabet().code(c)?)?;
        }
        Some(place)
    }

    /// Where the walk along a text's codes ends, if entries go so far.
    fn place_after(&self, codes: &[u32]) -> Option<Self::Place>
    where
        Self: Sized,
    {
        let mut place = self.root();
        for &code in codes {
            place = self.step(place, code)?;
        }
        Some(place)
    }

    /// The ordinal of a word or term.
    fn ordinal(&self, word: &str) -> Option<u32>
    where
        Self: Sized,
    {
        let (ordinal, _) = self.entry(self.place_of(word.chars())?)?;
        Some(ordinal)
    }

    /// The words and terms that begin with a prefix, itself included, in the order of their keys, as
    /// far as `wanted` asks on.
    fn starting_with(&self, prefix: &str, mut wanted: impl FnMut(String) -> bool)
    where
        Self: Sized,
    {
        if let Some(place) = self.place_of(prefix.chars()) {
            walk(self, place, &mut prefix.to_owned(), &mut wanted);
        }
    }
}

/// Gives the word that ends at a place and those that go on from there; whether more are wanted.
fn walk<L: Lexicon>(
    lexicon: &L,
    place: L::Place,
    begun: &mut String,
    wanted: &mut dyn FnMut(String) -> bool,
) -> bool {
    // No word is so long; a forged lexicon might go on for ever.
    if begun.len() > LONGEST {
        return true;
    }
    let mut go_on = lexicon.entry(place).is_none() || wanted(begun.clone());
    lexicon.steps(place, &mut |code, next| {
        if let Some(c) = lexicon.alphabet().char(code).filter(|_| go_on) {
            begun.push(c);
            go_on = walk(lexicon, next, begun, wanted);
            begun.pop();
        }
    });
    go_on
}

/// A few words written down in the code: what the analyser's fingerprint is taken with.
pub(crate) struct Probe {
    /// Sorted by their characters.
    words: &'static [(&'static str, u16)],
    alphabet: Alphabet,
}

impl Probe {
    pub(crate) fn new(words: &'static [(&'static str, u16)]) -> Self {
        let mut chars: Vec<char> = Vec::new();
        for c in words.iter().flat_map(|(word, _)| word.chars()) {
            if !chars.contains(&c) {
                chars.push(c);
            }
        }
        Self {
            words,
            alphabet: Alphabet::from_chars(chars),
        }
    }
}

impl Lexicon for Probe {
    /// The first of the words that begin so, and the length of what they begin with, in bytes.
    type Place = (usize, usize);

    fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    fn root(&self) -> Self::Place {
        (0, 0)
    }

    fn step(&self, (first, len): Self::Place, code: u32) -> Option<Self::Place> {
        let c = self.alphabet.char(code)?;
        let (own, _) = self.words.get(first)?;
        let begun = own.get(..len)?;
        let goes_on = |(word, _): &(&str, u16)| {
            word.strip_prefix(begun)
                .is_some_and(|rest| rest.starts_with(c))
        };
        let at = self.words.get(first..)?.iter().position(goes_on)?;
        Some((first + at, len + c.len_utf8()))
    }

    fn steps(&self, place: Self::Place, emit: &mut dyn FnMut(u32, Self::Place)) {
        for code in 0..self.alphabet.len() {
            if let Some(next) = self.step(place, code) {
                emit(code, next);
            }
        }
    }

    fn entry(&self, (first, len): Self::Place) -> Option<(u32, u16)> {
        let &(word, weight) = self.words.get(first)?;
        (word.len() == len && len > 0).then_some((cast::small(first), weight))
    }
}
