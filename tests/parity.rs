//! The same index gives the same answers natively and in wasm, and those are the ones we want.
//!
//! One test file for both: `cargo test` runs it natively, `wasm-pack test --node` as wasm. What it
//! compares with is `golden/rankings.txt`: for every query of `golden/queries.txt` the headlines in
//! their order, to be read by people, and a digest over everything that the engine gave, down to
//! scores and marks. `UPDATE_GOLDEN=1 cargo test --test parity` writes it anew; read the difference
//! before you commit it.
#![allow(clippy::expect_used, reason = "a test that cannot go on must fail")]

use std::fmt::Write;

use souwen_index::Index;
use souwen_search::{Engine, SearchOptions, SearchResult};
use wasm_bindgen_test::wasm_bindgen_test;

const QUERIES: &str = include_str!("golden/queries.txt");
const GOLDEN: &str = include_str!("golden/rankings.txt");
/// Headlines that the golden file shows of each answer.
const SHOWN: usize = 5;

fn engine() -> Engine {
    let bytes = souwen::embedded().expect("the tests are built with the embedded index");
    Engine::new(Index::open(bytes).expect("the embedded index opens"))
}

/// FNV-1a, 64 bits: a digest that needs no library on either side.
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// One answer as the golden file has it.
fn answer(query: &str, result: &SearchResult) -> String {
    let everything = serde_json::to_string(result).expect("results are plain data");
    let mut out = format!("{query}\n    {} found", result.total);
    if let Some(relaxed) = &result.relaxed {
        write!(
            out,
            ", {} with all words; without {}",
            relaxed.complete,
            relaxed.dropped.join(" ")
        )
        .expect("writes to a string");
    }
    writeln!(out, " ({:016x})", digest(&everything)).expect("writes to a string");
    for (place, hit) in (1..).zip(result.hits.iter().take(SHOWN)) {
        let headline = if hit.title.text.is_empty() {
            &hit.snippet.text
        } else {
            &hit.title.text
        };
        let headline: String = headline.chars().take(40).collect();
        writeln!(out, "    {place}. {headline}").expect("writes to a string");
    }
    out
}

fn answers() -> String {
    let engine = engine();
    let queries = QUERIES.lines().filter(|line| !line.starts_with('#'));
    let answer = |query| {
        let result = engine.search(query, &SearchOptions::default());
        answer(query, &result.expect("the index is sound"))
    };
    queries.map(answer).collect()
}

/// How every article is cut, in one number.
fn segmentation() -> String {
    let engine = engine();
    let index = engine.index();
    let mut all = String::new();
    for document in 0..index.len() {
        for (_, text) in index.record(document).expect("the index is sound").fields() {
            let analysis = index.analyser().analyse(&text);
            for &word in &analysis.words {
                let span = analysis.stream.span(word.start..word.end);
                write!(all, "{}@{}-{} ", analysis.text(word), span.start, span.end)
                    .expect("writes to a string");
            }
        }
    }
    format!("segmentation of the archive ({:016x})\n", digest(&all))
}

#[wasm_bindgen_test(unsupported = test)]
fn answers_are_the_golden_ones_on_every_machine() {
    let found = answers() + &segmentation();
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/rankings.txt");
        std::fs::write(path, &found).expect("the golden file can be written");
        return;
    }
    for (found, golden) in found.lines().zip(GOLDEN.lines()) {
        assert_eq!(found, golden, "see the module's documentation");
    }
    assert_eq!(found.lines().count(), GOLDEN.lines().count());
}

#[wasm_bindgen_test(unsupported = test)]
fn the_embedded_index_is_sound() {
    engine().index().validate().expect("every structure holds");
}

/// What a browser shows before it has loaded the code that looks into what was meant.
#[wasm_bindgen_test(unsupported = test)]
fn answers_as_typed_are_the_answers_or_none() {
    let engine = engine();
    let options = SearchOptions::default();
    let mut stood = 0;
    let queries = QUERIES.lines().filter(|line| !line.starts_with('#'));
    for query in queries {
        let whole = engine.search(query, &options).expect("answers");
        let as_typed = engine.search_as_typed(query, &options).expect("answers");
        match as_typed {
            Some(as_typed) => {
                assert_eq!(as_typed, whole, "{query}");
                stood += 1;
            }
            None => assert!(!query.trim().is_empty()),
        }
    }
    assert!(stood > 10, "{stood}");
}

/// The analyser says the same of itself on every machine.
#[wasm_bindgen_test(unsupported = test)]
fn fingerprint_is_what_is_written_down() {
    assert_eq!(souwen_text::fingerprint(), souwen_text::FINGERPRINT);
}
