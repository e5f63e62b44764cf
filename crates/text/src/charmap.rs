//! A map from characters to numbers that is looked into for every character of a text.

use crate::cast;

/// Characters in a page.
const PAGE: u32 = 256;

/// Numbers by character, in pages of those whose code points begin alike: a text has few pages, and
/// a look-up takes two reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CharMap {
    /// Per page of Unicode: 1 + its place among the pages that are there; 0 for one that is not.
    places: Vec<u32>,
    /// 1 + the number of each character of these pages; 0 for one without.
    numbers: Vec<u32>,
}

impl CharMap {
    /// The number of a character.
    #[inline]
    pub(crate) fn get(&self, c: char) -> Option<u32> {
        let c = u32::from(c);
        let place = self.places.get(cast::index(c / PAGE))?.checked_sub(1)?;
        self.numbers
            .get(cast::index(place * PAGE + c % PAGE))?
            .checked_sub(1)
    }

    /// Gives a character a number below [`u32::MAX`], and whether it had none before.
    pub(crate) fn insert(&mut self, c: char, number: u32) -> bool {
        let c = u32::from(c);
        let page = cast::index(c / PAGE);
        if self.places.len() <= page {
            self.places.resize(page + 1, 0);
        }
        let pages = cast::small(self.numbers.len()) / PAGE;
        let Some(place) = self.places.get_mut(page) else {
            return false;
        };
        if *place == 0 {
            *place = pages + 1;
            self.numbers.resize(cast::index((pages + 1) * PAGE), 0);
        }
        let slot = (*place - 1) * PAGE + c % PAGE;
        let slot = self.numbers.get_mut(cast::index(slot));
        slot.is_some_and(|slot| std::mem::replace(slot, number + 1) == 0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn is_a_map(entries: Vec<(char, u16)>, others: Vec<char>) {
            let mut map = CharMap::default();
            let mut plain = BTreeMap::new();
            for &(c, number) in &entries {
                let new = plain.insert(c, u32::from(number)).is_none();
                prop_assert_eq!(map.insert(c, number.into()), new);
            }
            for c in entries.iter().map(|entry| entry.0).chain(others) {
                prop_assert_eq!(map.get(c), plain.get(&c).copied());
            }
        }
    }
}
