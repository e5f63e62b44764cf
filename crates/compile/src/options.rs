//! What goes in beside the articles, and the figures that come out.

use serde::{Deserialize, Serialize};
use souwen_index::Field;

/// Figures of a finished index, for the closing summary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Documents.
    pub documents: u32,
    /// Characters of all texts as printed.
    pub characters: u64,
    /// Terms of every kind.
    pub terms: u32,
    /// Words of the archive's dictionary.
    pub words: u32,
    /// Documents whose text is that of an earlier one but for a little.
    pub repeated: u32,
}

/// What can be set about an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// The archive's name, for people.
    pub name: String,
    /// Its language as a BCP 47 tag.
    pub language: String,
    /// Words that the dictionary must hold: names of places, firms, people.
    pub words: Vec<String>,
    /// Metadata fields to filter and count by, beside `section` and `reporter`.
    pub facets: Vec<String>,
    /// After so many days an article's freshness is worth half; 0 if age does not count.
    pub half_life_days: u32,
    /// How much an occurrence counts, by field in the order of [`Field::ALL`]: 1 to
    /// [`MAX_WEIGHT`](souwen_index::MAX_WEIGHT).
    pub weights: [u32; Field::ALL.len()],
    /// Words that mean the same, entry by entry; entries that share a word are one.
    pub synonyms: Vec<Vec<String>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            name: String::new(),
            language: "zh-CN".into(),
            words: Vec::new(),
            facets: Vec::new(),
            half_life_days: 0,
            weights: Field::ALL.map(Field::default_weight),
            synonyms: Vec::new(),
        }
    }
}
