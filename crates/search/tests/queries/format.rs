//! How a file of queries reads.

use std::collections::BTreeMap;

use serde::Deserialize;
use souwen_corpus::Article;

/// One file: one kind of query.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// What a reader does, in a few words.
    pub(crate) kind: String,
    /// Archives of its own, beside `demo` (the demo newspaper) and `pages` (the shared pages).
    #[serde(default)]
    pub(crate) archive: BTreeMap<String, Archive>,
    /// Cases by group and archive.
    pub(crate) group: BTreeMap<String, BTreeMap<String, Vec<Case>>>,
}

/// An archive and how it is compiled.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Archive {
    /// `demo` or `pages`: begins with those articles.
    pub(crate) over: Option<String>,
    #[serde(default)]
    pub(crate) article: Vec<Article>,
    /// `[synonyms]` of the configuration.
    #[serde(default)]
    pub(crate) synonyms: BTreeMap<String, OneOrMany>,
    /// `rank.half_life_days` of the configuration.
    pub(crate) half_life_days: Option<u32>,
    /// Metadata to filter and count by.
    #[serde(default)]
    pub(crate) facets: Vec<String>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub(crate) fn list(&self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one.clone()],
            Self::Many(many) => many.clone(),
        }
    }
}

/// Something typed and what must come. What is not said is not asked.
///
/// An article is named by its id or by a part of its headline, kicker or subtitle; one without a headline by a part
/// of a caption or paragraph. The name must fit one article only, or articles of one headline.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Case {
    /// What is typed: a query, the beginning of one (`suggest`), or one whose related searches are wanted.
    pub(crate) query: Option<String>,
    pub(crate) suggest: Option<String>,
    pub(crate) related: Option<String>,
    /// `sort`, `limit`, `filters` as in the API; `typed`: without correction.
    pub(crate) sort: Option<String>,
    pub(crate) limit: Option<u32>,
    pub(crate) filters: BTreeMap<String, OneOrMany>,
    pub(crate) typed: bool,

    /// The first hit, or any one of these. The first completion's text.
    pub(crate) first: Option<OneOrMany>,
    /// The first hits, in this order.
    pub(crate) top: Option<Vec<String>>,
    /// All hits, in any order.
    pub(crate) set: Option<Vec<String>>,
    /// Among the first ten hits; among the completions or related searches, where `…` ends a part of a headline.
    pub(crate) has: Vec<String>,
    /// Nowhere among the hits, completions or related searches.
    pub(crate) lacks: Vec<String>,
    /// At least one of these is among the completions or related searches, or a part of one.
    pub(crate) any: Vec<String>,
    /// Hits that lack no word of the query; completions.
    pub(crate) total: Option<u32>,
    /// No hit at all.
    pub(crate) nothing: bool,
    /// Nothing, or only relaxed hits that say so.
    pub(crate) nonsense: bool,
    /// Whether hits lack words of the query, and which words.
    pub(crate) relaxed: Option<bool>,
    pub(crate) dropped: Option<Vec<String>>,
    /// The query that was searched instead of the typed one, and why: `pinyin`, `sound`, `shape` or `spelling`.
    pub(crate) corrected: Option<OneOrMany>,
    pub(crate) reason: Option<OneOrMany>,
    /// Whether the typed query must stand as it is (`false`: no correction was applied).
    pub(crate) as_typed: bool,
    /// A correction that is offered, but not applied.
    pub(crate) offered: Option<String>,

    /// Of the first hit: the headline, marks between 【 and 】.
    pub(crate) title: Option<String>,
    /// A part of the snippet; with marks if it has any.
    pub(crate) snippet: Option<OneOrMany>,
    /// Texts that are marked, each as a whole, in the headline or the snippet.
    pub(crate) marks: Vec<String>,
    /// Texts that are no mark.
    pub(crate) unmarked: Vec<String>,
    /// Whether the snippet is a caption.
    pub(crate) caption: Option<bool>,
    /// Articles folded under the first hit.
    pub(crate) similar: Option<Vec<String>>,
    /// By field: values and counts, `民生 2`; the first ones, in order.
    pub(crate) counts: BTreeMap<String, Vec<String>>,
}
