//! What goes in beside the articles, and the figures that come out.

use serde::{Deserialize, Serialize};
use souwen_index::{Field, Layout};

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
    /// How it is cut into files.
    pub bundle: Bundle,
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
            bundle: Bundle::default(),
        }
    }
}

/// How an index is cut into files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// An index of which no more bytes are loaded on demand is one file.
    pub single_file: u64,
    /// Bytes of a part, if they do not become too many.
    pub part: u32,
    /// So many parts, about, are not too many: those of a larger index are larger.
    pub max_files: u32,
}

impl Default for Bundle {
    fn default() -> Self {
        let layout = Layout::default();
        Self {
            single_file: layout.single,
            part: layout.part,
            max_files: 192,
        }
    }
}

/// Bytes that a character of the texts takes in an index, in tenths, about: its text, its terms.
const BYTES_A_CHARACTER: u64 = 22;
/// Bytes that a document takes beside, about: its id, its facts, what short texts do not share.
const BYTES_A_DOCUMENT: u64 = 150;

impl Bundle {
    /// The layout of an archive of so many documents and characters.
    #[must_use]
    pub fn layout(&self, documents: u32, characters: u64) -> Layout {
        let estimate = characters.saturating_mul(BYTES_A_CHARACTER) / 10;
        let estimate = estimate.saturating_add(u64::from(documents) * BYTES_A_DOCUMENT);
        let part = estimate / u64::from(self.max_files.max(1));
        Layout {
            single: self.single_file,
            part: u32::try_from(part).unwrap_or(u32::MAX).max(self.part),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_grow_with_the_archive() {
        let bundle = Bundle::default();
        assert_eq!(bundle.layout(0, 0), Layout::default());
        assert_eq!(
            bundle.layout(10_000, 10_000_000).part,
            Layout::default().part
        );
        assert_eq!(bundle.layout(0, 1_000_000_000).part, 2_200_000_000 / 192);
        assert_eq!(bundle.layout(1_000_000, 0).part, 150_000_000 / 192);
        assert_eq!(bundle.layout(0, u64::MAX).single, Layout::default().single);
    }
}
