//! What the lists of an index promise to a search, so that it need not read texts.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

// Of the archives only the articles are of use here.
#[allow(dead_code, reason = "it is shared with another test")]
mod archive;
mod support;

use archive::articles;
use proptest::prelude::*;
use souwen_corpus::Article;
use souwen_index::{Field, IN_HEADLINE, Posting, TermId};
use souwen_search::{Engine, SearchOptions};
use souwen_text::{FRAGMENT_LEN, Lexicon, Stream, fragment, is_han};
use support::open;

fn postings(engine: &Engine, term: TermId) -> Vec<Posting> {
    let mut cursor = engine.index().postings(term);
    std::iter::from_fn(|| cursor.next()).collect()
}

/// The streams of every field, by document.
fn streams(engine: &Engine) -> Vec<Vec<(Field, Stream)>> {
    let index = engine.index();
    let streams = |document| {
        let record = index.record(document).unwrap();
        let fields = record.fields().into_iter();
        fields
            .map(|(field, text)| (field, index.analyser().stream(&text)))
            .collect()
    };
    (0..index.len()).map(streams).collect()
}

/// The documents that hold a run, and whether their headlines do.
fn holders(streams: &[Vec<(Field, Stream)>], run: &[char]) -> Vec<(u32, bool)> {
    let held = |fields: &Vec<(Field, Stream)>, own: Option<Field>| {
        fields.iter().any(|(field, stream)| {
            own.is_none_or(|own| own == *field)
                && stream.chars().windows(run.len()).any(|w| w == run)
        })
    };
    let documents = (0..).zip(streams);
    documents
        .filter(|(_, fields)| held(fields, None))
        .map(|(document, fields)| (document, held(fields, Some(Field::Title))))
        .collect()
}

fn flags(postings: &[Posting]) -> Vec<(u32, bool)> {
    let flag = |&(document, class): &Posting| (document, class >= IN_HEADLINE);
    postings.iter().map(flag).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn lists_name_every_document_and_headline(archive in articles()) {
        let engine = open(&archive, &[]);
        let streams = streams(&engine);
        let mut words = Vec::new();
        engine.index().analyser().dictionary().starting_with("", |word| {
            words.push(word);
            true
        });
        for word in words {
            let chars: Vec<char> = word.chars().collect();
            let term = match *chars {
                [c] => engine.index().single(c),
                [first, second] => engine.index().pair(first, second),
                _ => engine.index().word(&word),
            };
            let found = term.map(|term| postings(&engine, term)).unwrap_or_default();
            let holders = holders(&streams, &chars);
            if chars.len() < 3 || chars.iter().all(|&c| is_han(c)) {
                prop_assert_eq!(flags(&found), holders, "{}", word);
                continue;
            }
            // A number or Latin word: the documents that are cut into it.
            prop_assert!(found.len() > 1, "{}", word);
            for own in flags(&found) {
                let holder = holders.iter().find(|holder| holder.0 == own.0);
                prop_assert!(holder.is_some_and(|holder| holder.1 || !own.1), "{}", word);
            }
        }
        for (_, stream) in streams.iter().flatten() {
            for pair in stream.chars().windows(2) {
                let term = engine.index().pair(pair[0], pair[1]).unwrap();
                prop_assert_eq!(flags(&postings(&engine, term)), holders(&streams, pair));
            }
            for run in stream.chars().windows(FRAGMENT_LEN) {
                if let Some(own) = fragment(run) {
                    let term = engine.index().fragment(&own).unwrap();
                    prop_assert_eq!(flags(&postings(&engine, term)), holders(&streams, run));
                }
            }
        }
    }
}

fn article(id: &str, title: &str, text: &str) -> Article {
    Article {
        id: id.into(),
        title: title.into(),
        paragraphs: vec![text.into()],
        ..Article::default()
    }
}

/// So many articles, with either text in turn.
fn in_turn(texts: [&str; 2], count: usize) -> Vec<Article> {
    let own = |at: usize| article(&format!("a{at}"), "通知", texts[at % 2]);
    (0..count).map(own).collect()
}

/// Asks how many there are, of what was typed.
fn counted() -> SearchOptions {
    SearchOptions {
        limit: 0,
        correct: false,
        ..SearchOptions::default()
    }
}

#[test]
fn a_word_is_in_its_list_however_it_was_cut() {
    let engine = open(
        &[
            article("cut", "甲", "他是研究生。研究生毕业了。"),
            article("otherwise", "乙", "大家研究生命的起源。"),
            article("neither", "丙", "研究，学习，生活。"),
        ],
        &[],
    );
    let analysis = engine.index().analyser().analyse("研究生命的起源");
    let first = analysis.segmentation().next().unwrap();
    assert_eq!(analysis.text(first), "研究");
    let term = engine.index().word("研究生").unwrap();
    let documents: Vec<u32> = postings(&engine, term).iter().map(|own| own.0).collect();
    assert_eq!(documents, [0, 1]);
}

#[test]
fn a_number_is_found_in_documents_that_are_cut_otherwise() {
    let engine = open(
        &[
            article("cut", "甲", "全长128米。"),
            article("cut too", "乙", "共128人。"),
            article("in another", "丙", "电话5128006。"),
            article("in pieces", "丁", "12路车，28路车。"),
        ],
        &[],
    );
    let term = engine.index().word("128").unwrap();
    let documents: Vec<u32> = postings(&engine, term).iter().map(|own| own.0).collect();
    assert_eq!(documents, [0, 1]);
    let answer = engine.search("128", &SearchOptions::default()).unwrap();
    let mut found: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
    found.sort_unstable();
    assert_eq!(found, ["cut", "cut too", "in another"]);
}

#[test]
fn a_phrase_of_one_word_is_told_from_its_pieces_by_the_list() {
    let texts = ["今天去河边，道路平坦。", "今天去看河边道路。"];
    let engine = open(&in_turn(texts, 80), &[]);
    let nothing = counted();
    for (query, total) in [("“边道”", 40), ("边道", 80), ("“边，道”", 40)] {
        assert_eq!(engine.search(query, &nothing).unwrap().total, total);
    }
    let _ = engine.texts_read();
    engine.search("“边道”", &nothing).unwrap();
    assert_eq!(engine.texts_read(), 0);
}

#[test]
fn one_character_again_and_again_is_more_than_its_pair() {
    let texts = [
        "他哈哈一笑，坐11路车，票号111。",
        "他哈哈哈哈大笑，拨了11111。",
    ];
    let engine = open(&in_turn(texts, 160), &[]);
    let nothing = counted();
    for (query, total) in [
        ("“哈哈”", 160),
        ("“哈哈哈”", 80),
        ("“哈哈哈哈哈”", 0),
        ("“111”", 160),
        ("111", 160),
        ("“1111”", 80),
        ("1111", 80),
        ("111111", 0),
    ] {
        let result = engine.search(query, &nothing).unwrap();
        let complete = result
            .relaxed
            .map_or(result.total, |relaxed| relaxed.complete);
        assert_eq!(complete, total, "{query}");
    }
}
