//! What is counted of the articles of a run. The counts of several runs add up.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use souwen_text::cast;

/// Sums and sets over articles.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Counts {
    /// Characters of all texts.
    pub(crate) characters: u64,
    /// How often each character stands in what is stored.
    pub(crate) frequencies: FxHashMap<char, u64>,
    /// The characters as printed.
    pub(crate) printed: FxHashSet<char>,
    /// The characters of the streams.
    pub(crate) streams: FxHashSet<char>,
    /// The words of jieba's dictionary that stand anywhere.
    pub(crate) known: FxHashSet<String>,
    /// The names of bylines.
    pub(crate) names: FxHashSet<String>,
    /// The youngest article's day plus 1, as the index counts days; 0 if none has one.
    pub(crate) newest: u32,
    /// The values of each column.
    pub(crate) values: Vec<FxHashSet<String>>,
}

impl Counts {
    pub(crate) fn add(&mut self, other: Self) {
        self.characters += other.characters;
        for (c, count) in other.frequencies {
            *self.frequencies.entry(c).or_default() += count;
        }
        self.printed.extend(other.printed);
        self.streams.extend(other.streams);
        self.known.extend(other.known);
        self.names.extend(other.names);
        self.newest = self.newest.max(other.newest);
        if self.values.len() < other.values.len() {
            self.values
                .resize_with(other.values.len(), FxHashSet::default);
        }
        for (own, values) in self.values.iter_mut().zip(other.values) {
            own.extend(values);
        }
    }

    /// Counts a value of a column.
    pub(crate) fn add_values(&mut self, columns: &[Vec<String>]) {
        if self.values.len() < columns.len() {
            self.values.resize_with(columns.len(), FxHashSet::default);
        }
        for (own, values) in self.values.iter_mut().zip(columns) {
            for value in values {
                insert(own, value);
            }
        }
    }
}

/// Characters with numbers: of those that texts are full of in a plain list.
#[derive(Debug)]
pub(super) struct Characters {
    /// By code point, of the first plane.
    common: Vec<u64>,
    others: FxHashMap<char, u64>,
}

impl Characters {
    /// Counts a character.
    #[inline]
    pub(super) fn add(&mut self, c: char) {
        match self.common.get_mut(cast::index(c.into())) {
            Some(count) => *count += 1,
            None => *self.others.entry(c).or_default() += 1,
        }
    }

    /// The characters that came, with how often each did.
    pub(super) fn into_counts(self) -> impl Iterator<Item = (char, u64)> {
        let common = (0..).zip(self.common).filter(|&(_, count)| count > 0);
        let common = common.filter_map(|(code, count)| Some((char::from_u32(code)?, count)));
        common.chain(self.others)
    }
}

impl Default for Characters {
    fn default() -> Self {
        Self {
            common: vec![0; 1 << 16],
            others: FxHashMap::default(),
        }
    }
}

/// Adds a text, copied only if it is new.
pub(crate) fn insert(set: &mut FxHashSet<String>, text: &str) {
    if !set.contains(text) {
        set.insert(text.to_owned());
    }
}
