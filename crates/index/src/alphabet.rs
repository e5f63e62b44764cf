//! Section `alphabet`: the characters of the archive, the commonest first.
//!
//! ```text
//! the characters as UTF-8, in descending order of frequency (ties by code point)
//! ```
//!
//! A character's place is its *code*. Codes are small numbers where characters are common, which is
//! what makes the pair table and the texts short.

use souwen_text::{cast, order};

use crate::error::{OrDamaged, Result, ensure};

const NAME: &str = "alphabet";

/// The characters by code, and codes by character.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alphabet {
    chars: Vec<char>,
    /// `(character, code)`, sorted by character.
    codes: Vec<(u64, u32)>,
}

impl Alphabet {
    /// Orders characters by how often they occur. Takes `(character, occurrences)` in any order.
    #[must_use]
    pub fn new(mut frequencies: Vec<(char, u64)>) -> Self {
        frequencies.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        Self::from_chars(frequencies.into_iter().map(|(c, _)| c).collect())
    }

    fn from_chars(chars: Vec<char>) -> Self {
        let mut codes: Vec<(u64, u32)> = chars.iter().map(|&c| u64::from(c)).zip(0..).collect();
        order::sort(&mut codes);
        Self { chars, codes }
    }

    /// The code of a character that the archive holds.
    #[must_use]
    #[inline]
    pub fn code(&self, c: char) -> Option<u32> {
        let at = self
            .codes
            .binary_search_by_key(&u64::from(c), |&(c, _)| c)
            .ok()?;
        self.codes.get(at).map(|&(_, code)| code)
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

    pub(crate) fn encode(&self) -> Vec<u8> {
        self.chars.iter().collect::<String>().into_bytes()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self> {
        let text = std::str::from_utf8(bytes)
            .ok()
            .or_damaged(NAME, "is not UTF-8")?;
        let alphabet = Self::from_chars(text.chars().collect());
        let distinct = alphabet.codes.is_sorted_by(|a, b| a.0 < b.0);
        ensure(distinct, NAME, "names a character twice")?;
        Ok(alphabet)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(frequencies: BTreeMap<char, u64>) {
            let alphabet = Alphabet::new(frequencies.clone().into_iter().collect());
            prop_assert_eq!(&Alphabet::decode(&alphabet.encode())?, &alphabet);
            for &c in frequencies.keys() {
                let code = alphabet.code(c).expect("has a code");
                prop_assert_eq!(alphabet.char(code), Some(c));
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = Alphabet::decode(&bytes);
        }
    }

    #[test]
    fn commonest_first() {
        let alphabet = Alphabet::new(vec![('社', 2), ('的', 9), ('区', 2)]);
        assert_eq!(alphabet.encode(), "的区社".as_bytes());
    }
}
