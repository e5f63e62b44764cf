//! The engine's calls and results in the words of the cases: the one place to change with its interface.

use souwen_compile::Options;
use souwen_search::{Engine, Hit, SearchError, SearchOptions, SearchResult};

use crate::format::{Archive, OneOrMany};

/// The options that an archive is compiled with.
pub(crate) fn options(archive: &Archive) -> Options {
    let groups = archive.synonyms.iter().map(|(word, others)| {
        let mut group = vec![word.clone()];
        match others {
            OneOrMany::One(other) => group.push(other.clone()),
            OneOrMany::Many(others) => group.extend(others.clone()),
        }
        group
    });
    Options {
        facets: archive.facets.clone(),
        synonyms: groups.collect(),
        half_life_days: archive.half_life_days.unwrap_or(0),
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
    let options = SearchOptions {
        correct,
        ..options.clone()
    };
    engine.search(query, &options)
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
        reason: own.reason.to_owned(),
        applied: own.applied,
    };
    result.corrections.iter().map(corrected).collect()
}

/// Ids of the articles folded under a hit.
pub(crate) fn similar(hit: &Hit) -> Vec<String> {
    hit.similar.iter().map(|own| own.id.clone()).collect()
}

pub(crate) fn related(engine: &Engine, query: &str, limit: usize) -> Vec<String> {
    engine.related(query, limit).unwrap()
}
