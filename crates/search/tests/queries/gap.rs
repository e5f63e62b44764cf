//! The engine's calls and results in the words of the cases: the one place to change with its interface.

use souwen_compile::Options;
use souwen_search::{Engine, Hit, SearchError, SearchOptions, SearchResult};

use crate::format::Archive;

/// The options that an archive is compiled with.
pub(crate) fn options(archive: &Archive) -> Options {
    let _ = (&archive.synonyms, archive.half_life_days);
    Options {
        facets: archive.facets.clone(),
        ..Options::default()
    }
}

/// A search; `correct` is false when the query is to be taken as typed.
pub(crate) fn search(
    engine: &Engine,
    query: &str,
    options: &SearchOptions,
    correct: bool,
) -> Result<SearchResult, SearchError> {
    let _ = correct;
    engine.search(query, options)
}

/// A correction: its query, why, and whether the hits are its.
pub(crate) struct Corrected {
    pub(crate) query: String,
    pub(crate) reason: String,
    pub(crate) applied: bool,
}

pub(crate) fn corrections(result: &SearchResult) -> Vec<Corrected> {
    let corrected = |own: &souwen_search::Correction| Corrected {
        query: own.query.clone(),
        reason: own.reason.clone(),
        applied: false,
    };
    result.corrections.iter().map(corrected).collect()
}

/// Ids of the articles folded under a hit.
pub(crate) fn similar(hit: &Hit) -> Vec<String> {
    let _ = hit;
    Vec::new()
}

pub(crate) fn related(engine: &Engine, query: &str, limit: usize) -> Vec<String> {
    let _ = (engine, query, limit);
    Vec::new()
}
