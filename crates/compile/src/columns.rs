//! Facet columns: the values of each article to filter and count by.

use souwen_corpus::Article;
use souwen_index::Facet;

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

/// The columns: `section`, `reporter`, and the metadata that the options name.
pub(crate) fn facets(articles: &[Article], options: &Options) -> Vec<Facet> {
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
        Facet::new("section", &sections),
        Facet::new("reporter", &reporters),
    ];
    for name in &options.facets {
        let values = |article: &Article| match article.metadata.get(name) {
            Some(serde_json::Value::Array(items)) => items.iter().filter_map(plain).collect(),
            Some(value) => plain(value).into_iter().collect(),
            None => Vec::new(),
        };
        facets.push(Facet::new(
            name,
            &articles.iter().map(values).collect::<Vec<_>>(),
        ));
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
