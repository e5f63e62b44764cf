//! The alphabet: the characters of an archive, the commonest first.
//!
//! A character's place is its *code*. Codes are small numbers where characters are common, which is
//! what makes an index's keys and its texts short.

use crate::cast;
use crate::charmap::CharMap;

/// The characters by code, and codes by character.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alphabet {
    chars: Vec<char>,
    codes: CharMap,
    /// Characters named twice.
    doubles: u32,
}

impl Alphabet {
    /// So many of the commonest characters are in the exact order of how often they occur.
    pub const ORDERED: usize = 256;

    /// Orders characters by how often they occur: exactly the [`Self::ORDERED`] commonest, the others
    /// by ⌊log8⌋ of it, and by code point where that is the same, which can be stored in a quarter of the
    /// bytes. Takes `(character, occurrences)` in any order.
    #[must_use]
    pub fn new(mut frequencies: Vec<(char, u64)>) -> Self {
        frequencies.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let ordered = frequencies.len().min(Self::ORDERED);
        let (_, others) = frequencies.split_at_mut(ordered);
        others.sort_by_key(|&(c, count)| (std::cmp::Reverse(count.checked_ilog(8)), c));
        Self::from_chars(frequencies.into_iter().map(|(c, _)| c).collect())
    }

    /// Takes characters in the order of their codes. Of a character named twice one code is found.
    #[must_use]
    pub fn from_chars(chars: Vec<char>) -> Self {
        let mut alphabet = Self::default();
        for (&c, code) in chars.iter().zip(0..) {
            let new = alphabet.codes.insert(c, code);
            alphabet.doubles += u32::from(!new);
        }
        Self { chars, ..alphabet }
    }

    /// The code of a character that the archive holds.
    #[must_use]
    #[inline]
    pub fn code(&self, c: char) -> Option<u32> {
        self.codes.get(c)
    }

    /// The character of a code.
    #[must_use]
    #[inline]
    pub fn char(&self, code: u32) -> Option<char> {
        self.chars.get(cast::index(code)).copied()
    }

    /// How many characters there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        cast::small(self.chars.len())
    }

    /// Whether the archive holds no character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The characters in the order of their codes.
    #[must_use]
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Whether every character has one code only.
    #[must_use]
    pub fn is_distinct(&self) -> bool {
        self.doubles == 0
    }

    /// A word as the keys of an FST spell it: two bytes a character, its code, the high byte first.
    /// None if a character has no code, or none below 2¹⁶.
    #[must_use]
    pub fn spell(&self, word: &str) -> Option<Vec<u8>> {
        let mut key = Vec::with_capacity(word.len());
        for c in word.chars() {
            key.extend(u16::try_from(self.code(c)?).ok()?.to_be_bytes());
        }
        Some(key)
    }

    /// The word that a key spells.
    #[must_use]
    pub fn read(&self, key: &[u8]) -> Option<String> {
        let (codes, rest) = key.as_chunks::<2>();
        let char = |&code: &[u8; 2]| self.char(u16::from_be_bytes(code).into());
        rest.is_empty()
            .then(|| codes.iter().map(char).collect())
            .flatten()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn codes_and_keys_go_both_ways(frequencies: BTreeMap<char, u64>) {
            let alphabet = Alphabet::new(frequencies.clone().into_iter().collect());
            prop_assert!(alphabet.is_distinct());
            for &c in frequencies.keys() {
                prop_assert_eq!(alphabet.code(c).and_then(|code| alphabet.char(code)), Some(c));
            }
            let word: String = frequencies.keys().rev().collect();
            let key = alphabet.spell(&word);
            prop_assert_eq!(key.and_then(|key| alphabet.read(&key)), Some(word));
        }
    }

    #[test]
    fn commonest_first() {
        let alphabet = Alphabet::new(vec![('社', 2), ('的', 9), ('区', 2)]);
        assert_eq!(alphabet.chars(), ['的', '区', '社']);
        assert_eq!(alphabet.spell("社的"), Some(vec![0, 2, 0, 0]));
        assert_eq!(
            (
                alphabet.spell("河"),
                alphabet.read(&[0, 9]),
                alphabet.read(&[0])
            ),
            (None, None, None)
        );
    }
}
