//! Facet columns: the values of each article to filter and count by.

use rustc_hash::{FxHashMap, FxHashSet};
use souwen_corpus::Article;

use crate::error::CompileError;

/// Names that mean something else in a filter or a result.
const RESERVED: [&str; 6] = ["section", "reporter", "date", "month", "kind", "__proto__"];

/// Fails for a metadata field that cannot be a column.
pub(crate) fn check_names(names: &[String]) -> Result<(), CompileError> {
    match names.iter().find(|name| RESERVED.contains(&name.as_str())) {
        Some(name) => Err(CompileError::ReservedFacet(name.clone())),
        None => Ok(()),
    }
}

/// The names of the columns: `section`, `reporter`, and the metadata that the options name.
fn names(facets: &[String]) -> Vec<String> {
    let own = ["section", "reporter"].map(str::to_owned);
    own.into_iter().chain(facets.iter().cloned()).collect()
}

/// An article's values in each column.
pub(crate) fn values(article: &Article, facets: &[String]) -> Vec<Vec<String>> {
    let section = Some(article.section.clone()).filter(|section| !section.is_empty());
    let metadata = |name: &String| match article.metadata.get(name) {
        Some(serde_json::Value::Array(items)) => items.iter().filter_map(plain).collect(),
        Some(value) => plain(value).into_iter().collect(),
        None => Vec::new(),
    };
    let own = [section.into_iter().collect(), article.reporters.clone()];
    own.into_iter().chain(facets.iter().map(metadata)).collect()
}

/// A column over all documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// The distinct values, sorted, but for the earlier ones.
    pub(crate) values: Vec<String>,
    /// The numbers of the values that documents before these have: the first so many.
    earlier: FxHashMap<String, u32>,
}

impl Column {
    /// Takes the values that have numbers already, in their order.
    pub(crate) fn after(self, earlier: &[String]) -> Self {
        let earlier: FxHashMap<String, u32> = earlier.iter().cloned().zip(0..).collect();
        let mut values = self.values;
        values.retain(|value| !earlier.contains_key(value));
        Self {
            values,
            earlier,
            ..self
        }
    }

    fn number(&self, value: &String) -> Option<u32> {
        let known = self.earlier.get(value).copied();
        let before = souwen_text::cast::small(self.earlier.len());
        known.or_else(|| {
            let at = self.values.binary_search(value).ok()?;
            Some(before + souwen_text::cast::small(at))
        })
    }

    /// The numbers of an article's values, in its own order; a value that it has twice counts once.
    pub(crate) fn numbers(&self, values: &[String]) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(values.len());
        for number in values.iter().filter_map(|value| self.number(value)) {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers
    }
}

/// The columns, of whose values each was counted.
pub(crate) fn columns(facets: &[String], values: Vec<FxHashSet<String>>) -> Vec<Column> {
    let columns = names(facets).into_iter().zip(values).map(|(name, values)| {
        let mut values: Vec<String> = values.into_iter().collect();
        values.sort_unstable();
        Column {
            name,
            values,
            earlier: FxHashMap::default(),
        }
    });
    columns.collect()
}

/// A metadata value as it reads, unless it is a structure.
fn plain(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
