//! Facet columns: the values of each article to filter and count by.

use souwen_corpus::Article;

use crate::error::CompileError;
use crate::options::Options;

/// Names that mean something else in a filter or a result.
const RESERVED: [&str; 6] = ["section", "reporter", "date", "month", "kind", "__proto__"];

/// Fails for a metadata field that cannot be a column.
pub(crate) fn check_names(names: &[String]) -> Result<(), CompileError> {
    match names.iter().find(|name| RESERVED.contains(&name.as_str())) {
        Some(name) => Err(CompileError::ReservedFacet(name.clone())),
        None => Ok(()),
    }
}

/// A column: its distinct values, sorted, and which of them each article has.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
    documents: Vec<Vec<String>>,
}

impl Column {
    fn new(name: &str, documents: Vec<Vec<String>>) -> Self {
        let mut values: Vec<String> = documents.iter().flatten().cloned().collect();
        values.sort();
        values.dedup();
        Self {
            name: name.to_owned(),
            values,
            documents,
        }
    }

    /// The numbers of an article's values, in its own order; a value that it has twice counts once.
    pub(crate) fn of(&self, article: usize) -> Vec<u32> {
        let mut numbers = Vec::new();
        for value in self.documents.get(article).into_iter().flatten() {
            if let Ok(number) = self.values.binary_search(value) {
                let number = souwen_text::cast::small(number);
                if !numbers.contains(&number) {
                    numbers.push(number);
                }
            }
        }
        numbers
    }
}

/// The columns: `section`, `reporter`, and the metadata that the options name.
pub(crate) fn facets(articles: &[Article], options: &Options) -> Vec<Column> {
    let one = |text: &String| {
        if text.is_empty() {
            Vec::new()
        } else {
            vec![text.clone()]
        }
    };
    let sections: Vec<Vec<String>> = articles
        .iter()
        .map(|article| one(&article.section))
        .collect();
    let reporters: Vec<Vec<String>> = articles
        .iter()
        .map(|article| article.reporters.clone())
        .collect();
    let mut facets = vec![
        Column::new("section", sections),
        Column::new("reporter", reporters),
    ];
    for name in &options.facets {
        let values = |article: &Article| match article.metadata.get(name) {
            Some(serde_json::Value::Array(items)) => items.iter().filter_map(plain).collect(),
            Some(value) => plain(value).into_iter().collect(),
            None => Vec::new(),
        };
        facets.push(Column::new(name, articles.iter().map(values).collect()));
    }
    facets
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
