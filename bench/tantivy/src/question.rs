//! What is typed, as a query of tantivy.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::pairs::runs;
use crate::schema::Fields;

/// How much more a word in a headline weighs.
const TITLE: f32 = 3.0;

/// Whether the whole query stands in quotation marks.
pub(crate) fn is_quoted(query: &str) -> bool {
    query.starts_with(['"', '“'])
}

/// Every run of the query as a string that stands in title or body.
pub(crate) fn exact(fields: &Fields, query: &str) -> Box<dyn Query> {
    all(runs(query).map(|pairs| in_fields(fields, |field| phrase(field, &pairs))))
}

/// Every pair of the query, wherever in title or body.
pub(crate) fn loose(fields: &Fields, query: &str) -> Box<dyn Query> {
    all(runs(query)
        .flatten()
        .map(|pair| in_fields(fields, |field| term(field, &pair))))
}

fn all(parts: impl Iterator<Item = Box<dyn Query>>) -> Box<dyn Query> {
    let parts: Vec<_> = parts.map(|part| (Occur::Must, part)).collect();
    if parts.is_empty() {
        Box::new(EmptyQuery)
    } else {
        Box::new(BooleanQuery::new(parts))
    }
}

fn in_fields(fields: &Fields, of: impl Fn(Field) -> Box<dyn Query>) -> Box<dyn Query> {
    let title = Box::new(BoostQuery::new(of(fields.title), TITLE));
    Box::new(BooleanQuery::new(vec![
        (Occur::Should, title),
        (Occur::Should, of(fields.body)),
    ]))
}

fn phrase(field: Field, pairs: &[String]) -> Box<dyn Query> {
    match pairs {
        [pair] => term(field, pair),
        _ => Box::new(PhraseQuery::new(
            pairs
                .iter()
                .map(|pair| Term::from_field_text(field, pair))
                .collect(),
        )),
    }
}

fn term(field: Field, pair: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(
        Term::from_field_text(field, pair),
        IndexRecordOption::WithFreqs,
    ))
}
