//! The article: what `extract` writes, one JSON object a line, and what an index is compiled from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What sort of item stands on the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Prose with a headline.
    #[default]
    Article,
    /// Photo news: its only text is a caption.
    Photo,
    /// Tabular matter.
    Table,
}

/// Where an article was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The file, as it was named to the reader (with `/` between its parts).
    pub file: String,
    /// The 1-based line on which the item begins.
    pub line: u32,
}

/// One article of the archive. Text is kept as printed; only search normalises.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// Stable from build to build: derived from the source and the text unless the input gives one.
    pub id: String,
    /// What sort of item it is.
    pub kind: Kind,
    /// The headline; empty for photo news.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// 肩题, the line above the headline.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kicker: String,
    /// 副题, the line below the headline.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub subtitle: String,
    /// Names from the byline, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reporters: Vec<String>,
    /// `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Whether the date was read out of the text, not given by the page.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub date_inferred: bool,
    /// 版面 or 栏目.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// Where the article can be read, if anywhere (`http:`, `https:` or relative).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Keywords given by the publisher.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The body, a string a paragraph.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paragraphs: Vec<String>,
    /// Photo captions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<String>,
    /// Where it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Whatever else the input said of it, by key.
    #[serde(flatten)]
    pub metadata: BTreeMap<String, serde_json::Value>,
}

impl Article {
    /// An article without text yet, of a file that says nothing of lines.
    pub(crate) fn of_file(file: &str) -> Self {
        Self {
            source: Some(Source {
                file: file.to_owned(),
                line: 1,
            }),
            ..Self::default()
        }
    }

    /// How many characters of text it has: Unicode scalar values of the headline's parts, the paragraphs and the captions.
    pub fn characters(&self) -> usize {
        let parts = [&self.title, &self.kicker, &self.subtitle];
        parts
            .into_iter()
            .chain(&self.paragraphs)
            .chain(&self.captions)
            .map(|text| text.chars().count())
            .sum()
    }
}
