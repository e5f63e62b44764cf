//! Folding: the one form under which characters that readers hold to be the same are indexed.
//!
//! What can be computed is computed here (full width to half width, ASCII case). Everything that
//! needs a table (traditional to simplified, variant characters, compatibility forms, other
//! scripts' case) is made at build time for the characters of the archive and travels in the index,
//! so that neither the tables nor a second opinion about them are in the reader's browser.

use crate::cast;
use crate::charmap::CharMap;

/// A table from characters to what they fold to, sorted by source character.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoldTable {
    sources: Vec<char>,
    /// The place of each source.
    places: CharMap,
    /// `ends[i]` is where the target of `sources[i]` ends in `targets`, in characters.
    ends: Vec<u32>,
    targets: Vec<char>,
}

impl FoldTable {
    /// Makes a table from `(source, target)` pairs in any order. Of two pairs with one source the
    /// first in order of target stays. Pairs that change nothing are left out.
    #[must_use]
    pub fn new(mut pairs: Vec<(char, String)>) -> Self {
        pairs.sort();
        pairs.dedup_by_key(|pair| pair.0);
        let mut table = Self::default();
        for (source, target) in pairs {
            if !target.chars().eq([source]) {
                table.push(source, &target);
            }
        }
        table
    }

    /// Adds a pair behind the others: its source must be greater than all before. Gives whether it
    /// was, and leaves the table as it is if not.
    pub fn push(&mut self, source: char, target: &str) -> bool {
        let ascends = self.sources.last().is_none_or(|&last| last < source);
        if ascends {
            self.places.insert(source, cast::small(self.sources.len()));
            self.sources.push(source);
            self.targets.extend(target.chars());
            self.ends.push(cast::small(self.targets.len()));
        }
        ascends
    }

    /// What `c` folds to by the table alone: nothing if the table does not name it.
    #[must_use]
    #[inline]
    pub fn get(&self, c: char) -> Option<&[char]> {
        let at = cast::index(self.places.get(c)?);
        let start = match at.checked_sub(1) {
            Some(before) => cast::index(*self.ends.get(before)?),
            None => 0,
        };
        self.targets.get(start..cast::index(*self.ends.get(at)?))
    }

    /// The pairs, sorted by source.
    pub fn pairs(&self) -> impl Iterator<Item = (char, &[char])> {
        self.sources
            .iter()
            .map(|&c| (c, self.get(c).unwrap_or_default()))
    }

    /// How many characters the table folds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Whether the table folds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// Folds one character and gives every resulting character to `emit`.
    #[inline]
    pub fn fold(&self, c: char, mut emit: impl FnMut(char)) {
        let c = fold_width_and_case(c);
        if c.is_ascii() {
            emit(c);
        } else if let Some(target) = self.get(c) {
            target.iter().for_each(|&t| emit(t));
        } else {
            emit(c);
        }
    }
}

/// Full-width ASCII (U+FF01–FF5E) to ASCII, the ideographic space to a space, ASCII to lower case.
#[inline]
#[must_use]
pub fn fold_width_and_case(c: char) -> char {
    match c {
        // The block copies ASCII 0x21–0x7E at a fixed distance of 0xFEE0.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0)
            .unwrap_or(c)
            .to_ascii_lowercase(),
        '\u{3000}' => ' ',
        _ => c.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(table: &FoldTable, text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|c| table.fold(c, |f| out.push(f)));
        out
    }

    #[test]
    fn width_and_case_need_no_table() {
        assert_eq!(fold(&FoldTable::default(), "ＥＯＤ　Ｃ＋＋，"), "eod c++,");
    }

    #[test]
    fn table_maps_one_to_many_and_keeps_the_rest() {
        let table = FoldTable::new(vec![
            ('務', "务".into()),
            ('㎡', "m2".into()),
            ('中', "中".into()),
        ]);
        assert_eq!(table.len(), 2);
        assert_eq!(fold(&table, "政務30㎡中"), "政务30m2中");
        assert_eq!(table.pairs().map(|(c, _)| c).collect::<String>(), "㎡務");
    }
}
