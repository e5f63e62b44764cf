//! How a file of cases reads.

use std::collections::BTreeMap;

use serde::Deserialize;
use souwen_corpus::Article;

/// One file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Archive {
    /// Metadata to filter and count by.
    #[serde(default)]
    pub(crate) facets: Vec<String>,
    pub(crate) article: Vec<Article>,
    #[serde(default)]
    pub(crate) query: Vec<Query>,
    #[serde(default)]
    pub(crate) suggest: Vec<Suggest>,
    #[serde(default)]
    pub(crate) lookup: Vec<Lookup>,
}

/// A query and what it must give. What is not said is not asked, but for `total` (as many as there are ids), `dropped`
/// (nothing: the search must not have been relaxed) and the field that `error` names (there is none).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    pub(crate) query: String,
    pub(crate) limit: Option<u32>,
    pub(crate) offset: Option<u32>,
    pub(crate) sort: Option<String>,
    #[serde(default)]
    pub(crate) filters: BTreeMap<String, Filter>,
    /// The hits in this order.
    pub(crate) ids: Option<Vec<String>>,
    /// The hits in any order.
    pub(crate) set: Option<Vec<String>>,
    pub(crate) total: Option<u32>,
    /// Words that the search did without, and how many hits hold all.
    pub(crate) dropped: Option<Vec<String>>,
    pub(crate) complete: Option<u32>,
    /// By id: words of the query that the hit lacks.
    #[serde(default)]
    pub(crate) missing: BTreeMap<String, Vec<String>>,
    /// By id: the headline, marks between 【 and 】.
    #[serde(default)]
    pub(crate) title: BTreeMap<String, String>,
    /// By id: the same for the snippet.
    #[serde(default)]
    pub(crate) snippet: BTreeMap<String, String>,
    /// Hits whose snippet is a caption; all others' must not be.
    pub(crate) captions: Option<Vec<String>>,
    /// By field: values and counts in order, `民生 2`.
    #[serde(default)]
    pub(crate) counts: BTreeMap<String, Vec<String>>,
    /// The field or date that the search complains of.
    pub(crate) error: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Filter {
    Any(Vec<String>),
    Range(Range),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Range {
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

/// Completions: words as they are, headlines as `title id`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Suggest {
    pub(crate) typed: String,
    pub(crate) limit: usize,
    pub(crate) gives: Vec<String>,
}

/// An article by its id: whether it is there, and then whole.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lookup {
    pub(crate) id: String,
    pub(crate) found: bool,
}
