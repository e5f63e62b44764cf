//! How many texts a search reads: where texts are fetched one by one, each costs a request. Over the demo newspaper, asked
//! for the words of its headlines.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod support;

use std::path::Path;

use souwen_corpus::{Article, read_paths};
use souwen_search::{Engine, SearchOptions, Sort};
use souwen_text::{is_han, is_stop_word};
use support::open;

/// Hits of a page, and documents that are looked into for words close together.
const PAGE: usize = 10;
const CLOSE: usize = 12;

fn newspaper() -> Engine {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut articles: Vec<Article> = Vec::new();
    let options = souwen_corpus::Options::default();
    read_paths(&[folder], &options, &mut |item| {
        articles.push(item.unwrap())
    });
    open(&articles, &[])
}

/// The Chinese words of each headline that has three or more, stop words left out.
fn headlines(engine: &Engine) -> Vec<Vec<String>> {
    let index = engine.index();
    let words = |document| {
        let analysis = index
            .analyser()
            .analyse(&index.record(document).unwrap().title);
        let words = analysis.segmentation().map(|word| analysis.text(word));
        words
            .filter(|word| word.chars().count() > 1 && word.chars().all(is_han))
            .filter(|word| !is_stop_word(word))
            .collect()
    };
    let all: Vec<Vec<String>> = (0..index.len()).map(words).collect();
    let all: Vec<_> = all.into_iter().filter(|words| words.len() > 2).collect();
    assert!(all.len() > 20);
    all
}

fn page(limit: u32, offset: u32) -> SearchOptions {
    SearchOptions {
        limit,
        offset,
        ..SearchOptions::default()
    }
}

fn reads(engine: &Engine, query: &str, options: &SearchOptions) -> usize {
    assert_eq!(engine.texts_read(), 0);
    engine.search(query, options).unwrap();
    engine.texts_read()
}

#[test]
fn a_page_reads_its_texts_and_few_more() {
    let engine = newspaper();
    for words in headlines(&engine) {
        let one = &words[0];
        assert!(reads(&engine, one, &page(10, 0)) <= PAGE, "{one}");
        assert_eq!(reads(&engine, one, &page(0, 0)), 0, "{one}");
        let titled = format!("标题:{one}");
        assert!(reads(&engine, &titled, &page(10, 0)) <= PAGE, "{titled}");
        let apart = words[..3].join(" ");
        assert!(reads(&engine, &apart, &page(10, 0)) <= CLOSE, "{apart}");
        let together = words[..3].concat();
        let few = CLOSE + 3;
        assert!(reads(&engine, &together, &page(10, 0)) <= few, "{together}");
        let by_date = SearchOptions {
            sort: Sort::Date,
            ..page(10, 0)
        };
        assert!(reads(&engine, one, &by_date) <= PAGE, "{one} by date");
    }
}

#[test]
fn completing_reads_few_texts() {
    let engine = newspaper();
    for words in headlines(&engine) {
        for typed in [&words[0], &words.concat(), &words[..2].join(" ")] {
            engine.suggest(typed, 8).unwrap();
            assert!(engine.texts_read() <= 10, "{typed}");
        }
        engine.related(&words[1], 8).unwrap();
        assert!(engine.texts_read() <= CLOSE, "{}", words[1]);
    }
}

#[test]
fn pages_follow_one_order_whatever_was_read_before() {
    let engine = newspaper();
    let ids = |options: &SearchOptions, query: &str| -> Vec<String> {
        let result = engine.search(query, options).unwrap();
        result.hits.into_iter().map(|hit| hit.id).collect()
    };
    for words in headlines(&engine).into_iter().step_by(3) {
        for query in [
            words[..3].join(" "),
            words[..2].concat(),
            words[0].chars().take(1).collect(),
        ] {
            let first = ids(&page(5, 0), &query);
            // All are looked into, and the first of each text taken.
            let mut groups = Vec::new();
            let mut all = Vec::new();
            for document in engine.documents(&query, &page(5, 0)).unwrap() {
                let group = engine.index().group(document);
                if !groups.contains(&group) {
                    groups.push(group);
                    all.push(engine.index().record(document).unwrap().id);
                }
            }
            for (at, expected) in all.chunks(5).enumerate() {
                let _ = engine.texts_read();
                let offset = u32::try_from(at * 5).unwrap();
                assert_eq!(ids(&page(5, offset), &query), expected, "{query} {at}");
            }
            assert_eq!(ids(&page(5, 0), &query), first, "{query}");
        }
    }
}
