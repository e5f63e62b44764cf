//! Which words the archive's segmentation uses.

use rustc_hash::FxHashSet;

/// Characters that can be packed into a number.
const PACKED: usize = 6;

/// Chinese words of any length that documents are cut into, inner ones included.
#[derive(Debug, Default)]
pub(crate) struct Used {
    short: FxHashSet<u128>,
    long: FxHashSet<Box<[char]>>,
}

impl Used {
    pub(crate) fn insert(&mut self, word: &[char]) {
        match pack(word) {
            Some(short) => {
                self.short.insert(short);
            }
            None if !self.long.contains(word) => {
                self.long.insert(word.into());
            }
            None => {}
        }
    }

    pub(crate) fn contains(&self, word: &[char]) -> bool {
        match pack(word) {
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
fn pack(word: &[char]) -> Option<u128> {
    let add = |packed, &c: &char| packed << 21 | u128::from(u32::from(c));
    (word.len() <= PACKED).then(|| word.iter().fold(0, add))
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
    }
}
