//! What goes in beside the articles, and the figures that come out.

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
}

/// What can be set about an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The archive's name, for people.
    pub name: String,
    /// Its language as a BCP 47 tag.
    pub language: String,
    /// Words that the dictionary must hold: names of places, firms, people.
    pub words: Vec<String>,
    /// Metadata fields to filter and count by, beside `section` and `reporter`.
    pub facets: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            name: String::new(),
            language: "zh-CN".into(),
            words: Vec::new(),
            facets: Vec::new(),
        }
    }
}
