//! Sets of words that are asked for every word of a text.

use rustc_hash::FxHashSet;
use souwen_text::cast;

/// Characters that can be packed into a number, and the bits of each.
const PACKED: usize = 6;
const BITS: u32 = 21;

/// Words of any length. Most are packed, so that a look into the set is one into memory.
#[derive(Debug, Default)]
pub(crate) struct Used {
    short: FxHashSet<u128>,
    long: FxHashSet<Box<[char]>>,
}

impl Used {
    pub(crate) fn insert(&mut self, word: &[char]) {
        match pack(word.iter().copied()) {
            Some(short) => {
                self.short.insert(short);
            }
            None if !self.long.contains(word) => {
                self.long.insert(word.into());
            }
            None => {}
        }
    }

    /// Adds a word that is not there if it is `wanted`.
    pub(crate) fn insert_text(&mut self, word: &str, wanted: impl Fn(&str) -> bool) {
        match pack(word.chars()) {
            Some(short) if self.short.contains(&short) => {}
            Some(short) if wanted(word) => {
                self.short.insert(short);
            }
            None if wanted(word) => {
                self.long.insert(word.chars().collect());
            }
            _ => {}
        }
    }

    /// Every word, in any order.
    pub(crate) fn into_texts(self) -> impl Iterator<Item = String> {
        let short = self.short.into_iter().map(unpack);
        short.chain(self.long.into_iter().map(|word| word.iter().collect()))
    }

    pub(crate) fn contains(&self, word: &[char]) -> bool {
        match pack(word.iter().copied()) {
            Some(short) => self.short.contains(&short),
            None => self.long.contains(word),
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.short.extend(other.short);
        self.long.extend(other.long);
    }
}

/// 21 bits a character. No word holds NUL, so that its length is told as well.
fn pack(word: impl Iterator<Item = char>) -> Option<u128> {
    let mut packed = 0;
    for (place, c) in word.enumerate() {
        if place == PACKED {
            return None;
        }
        packed = packed << BITS | u128::from(u32::from(c));
    }
    Some(packed)
}

fn unpack(word: u128) -> String {
    let shifts = (0..BITS * cast::small(PACKED)).step_by(cast::index(BITS));
    let char = |shift: u32| {
        let code = word >> shift & ((1 << BITS) - 1);
        u32::try_from(code).ok().filter(|&code| code > 0)
    };
    shifts
        .rev()
        .filter_map(char)
        .filter_map(char::from_u32)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_length() {
        let words = ["甲", "甲乙", "甲甲", "甲乙丙丁戊己", "甲乙丙丁戊己庚"];
        let words = words.map(|word| word.chars().collect::<Vec<char>>());
        let mut used = Used::default();
        used.insert(&words[1]);
        let mut other = Used::default();
        other.insert(&words[4]);
        other.insert(&words[4]);
        used.add(other);
        let found = words.map(|word| used.contains(&word));
        assert_eq!(found, [false, true, false, false, true]);
        let mut texts = Used::default();
        for word in ["甲乙丙丁戊己庚", "甲", "甲乙丙丁戊\u{2A6A5}", "甲", "乙"] {
            texts.insert_text(word, |word| word != "乙");
        }
        let mut texts: Vec<String> = texts.into_texts().collect();
        texts.sort();
        assert_eq!(texts, ["甲", "甲乙丙丁戊己庚", "甲乙丙丁戊\u{2A6A5}"]);
    }
}
