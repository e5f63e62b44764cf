//! The design's promises, over random archives: what stands in an article is found, phrases are exact, nothing panics,
//! marks mark what matched, pages add up, the same articles give the same bytes.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod archive;
mod marks;
mod support;

use archive::{Texts, articles, clauses, piece, typed};
use marks::{check_marks, check_order};
use std::collections::BTreeMap;

use proptest::prelude::*;
use souwen_compile::{Options, compile};
use souwen_search::{Engine, MAX_LIMIT, SearchOptions, Sort};
use souwen_text::{Class, Gap, Stream};
use support::open;

/// So many archives each; every one is asked many questions. All together stay well below 20 s.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::with_cases(cases)
    }
}

fn all() -> SearchOptions {
    SearchOptions {
        limit: MAX_LIMIT,
        // What is typed is looked for, whatever else there may be.
        correct: false,
        ..SearchOptions::default()
    }
}

/// Ids of those hits of a query that lack nothing.
fn complete(engine: &Engine, query: &str) -> Vec<String> {
    let result = engine.search(query, &all()).unwrap();
    let hits = usize::try_from(
        result
            .relaxed
            .map_or(result.total, |relaxed| relaxed.complete),
    );
    result
        .hits
        .into_iter()
        .take(hits.unwrap())
        .map(|hit| hit.id)
        .collect()
}

/// Whether a phrase stands in a text by the documented rule: the same characters in the same order, and punctuation
/// between two of them in the one exactly where it is in the other; white space is no difference.
fn stands_in(phrase: &Stream, text: &Stream) -> bool {
    let (wanted, hay) = (phrase.chars(), text.chars());
    (0..=hay.len().saturating_sub(wanted.len())).any(|at| {
        hay[at..].starts_with(wanted)
            && (1..wanted.len())
                .all(|step| (phrase.gap(step) == Gap::Break) == (text.gap(at + step) == Gap::Break))
    })
}

/// A run of a stream, as one would type it. It does not begin with a sign that the stream keeps for the sake of what stands
/// before it (`c++`, `2.77`), nor ends with a point: alone that is punctuation.
fn run(stream: &Stream, from: u16, length: u8) -> std::ops::Range<usize> {
    let chars = stream.chars();
    let mut from = usize::from(from).checked_rem(chars.len()).unwrap_or(0);
    while chars.get(from).is_some_and(|c| "+#.".contains(*c)) {
        from += 1;
    }
    let mut to = (from + 1 + usize::from(length) % 12).min(chars.len());
    while to > from && chars.get(to - 1) == Some(&'.') {
        to -= 1;
    }
    from..to
}

fn whole(stream: &Stream) -> String {
    stream.text(0..stream.len())
}

/// What stands where a cut may change how a sign is read: `1,984`, `2.77`, `c++`.
fn is_joined(c: char) -> bool {
    c.is_ascii_alphanumeric() || c.is_numeric() || ('！'..='～').contains(&c) || ",.+#".contains(c)
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn whatever_stands_in_an_article_is_found(archive in articles(), picks: [(u16, u16, u8); 24]) {
        let engine = open(&archive, &[]);
        let texts = Texts::of(&archive);
        for (text, from, length) in picks {
            let (id, text) = texts.pick(text);
            let stream = engine.index().analyser().stream(text);
            let run = run(&stream, from, length);
            if run.is_empty() {
                continue;
            }
            let query = stream.text(run);
            let found = complete(&engine, &query);
            prop_assert!(found.iter().any(|own| own == id), "{query:?} of {id} finds {found:?}");
        }
    }

    #[test]
    fn what_is_pasted_is_found(archive in articles(), picks: [(u16, u16, u8); 24]) {
        let engine = open(&archive, &[]);
        let texts = Texts::of(&archive);
        for (number, from, length) in picks {
            let (id, text) = texts.pick(number);
            let Some((query, true)) = piece(text, from, length, is_joined) else { continue };
            // A minus or a quote in it may be read as an operator.
            if query.contains(['-', '－', '"', '＂']) || engine.index().analyser().stream(&query).is_empty() {
                continue;
            }
            let found = complete(&engine, &query);
            prop_assert!(found.iter().any(|own| own == id), "{query:?} of {id} finds {found:?}");
        }
    }

    #[test]
    fn phrases_find_exactly_what_holds_them(archive in articles(), picks: [(u16, u16, u8); 16]) {
        let engine = open(&archive, &[]);
        let analyser = engine.index().analyser();
        let texts = Texts::of(&archive);
        for (number, from, length) in picks {
            let (source, text) = texts.pick(number);
            let Some((phrase, clean)) = piece(text, from, length, is_joined) else { continue };
            let stream = analyser.stream(&phrase);
            if phrase.contains(['"', '＂']) || stream.is_empty() {
                continue;
            }
            let mut wanted: Vec<&str> = texts
                .iter()
                .filter(|(_, text)| stands_in(&stream, &analyser.stream(text)))
                .map(|(id, _)| id)
                .collect();
            wanted.sort_unstable();
            wanted.dedup();
            prop_assert!(!clean || wanted.contains(&source), "{phrase:?} of {source} is not in it");
            let quoted = format!("\"{phrase}\"");
            let mut found = complete(&engine, &quoted);
            found.sort();
            prop_assert_eq!(&found, &wanted, "{}", quoted);
            prop_assert_eq!(engine.search(&quoted, &all()).unwrap().relaxed, None);
            // What is excluded is not given; what does not hold the characters at all is.
            let left = complete(&engine, &format!("-{quoted}"));
            prop_assert!(left.iter().all(|id| !wanted.contains(&id.as_str())), "-{}", quoted);
            for (id, _) in texts.iter().filter(|(id, _)| !left.iter().any(|own| own == id)) {
                let mut own = texts.iter().filter(|(other, _)| *other == id);
                let holds = |text| whole(&analyser.stream(text)).contains(&whole(&stream));
                prop_assert!(own.any(|(_, text)| holds(text)), "-{quoted} shuts out {id}");
            }
        }
    }

    #[test]
    fn marks_are_what_matched(archive in articles(), queries in prop::collection::vec(clauses(), 12)) {
        let engine = open(&archive, &[]);
        for clauses in queries {
            for hit in engine.search(&clauses.join(" "), &all()).unwrap().hits {
                check_marks(&engine, &clauses, &hit.title.text, &hit.title.marks, true)?;
                check_marks(&engine, &clauses, &hit.snippet.text, &hit.snippet.marks, false)?;
            }
        }
    }

    #[test]
    fn what_stands_in_a_headline_is_marked_there(archive in articles(), picks: [(u16, u16, u8); 12]) {
        let engine = open(&archive, &[]);
        for (number, from, length) in picks {
            let article = &archive[usize::from(number) % archive.len()];
            let stream = engine.index().analyser().stream(&article.title);
            let run = run(&stream, from, length);
            if run.is_empty() {
                continue;
            }
            let query = stream.text(run);
            let result = engine.search(&query, &all()).unwrap();
            let hit = result.hits.into_iter().find(|hit| hit.id == article.id).unwrap();
            check_marks(&engine, &[query], &hit.title.text, &hit.title.marks, true)?;
        }
    }

    #[test]
    fn pages_add_up(archive in articles(), query in typed(), size in 1u32..4, by_date: bool) {
        let engine = open(&archive, &[]);
        let sort = if by_date { Sort::Date } else { Sort::Relevance };
        let whole = engine.search(&query, &SearchOptions { sort, ..all() }).unwrap();
        prop_assert_eq!(usize::try_from(whole.total).unwrap(), whole.hits.len());
        let mut hits = Vec::new();
        for page in 0.. {
            let options = SearchOptions { limit: size, offset: page * size, sort, ..all() };
            let result = engine.search(&query, &options).unwrap();
            prop_assert_eq!(result.total, whole.total);
            prop_assert_eq!(&result.facets, &whole.facets);
            if result.hits.is_empty() {
                break;
            }
            hits.extend(result.hits);
        }
        prop_assert_eq!(hits, whole.hits);
    }
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn the_same_articles_give_the_same_bytes(archive in articles()) {
        let once = compile(&archive, &Options::default()).unwrap();
        let again = compile(&archive, &Options::default()).unwrap();
        prop_assert!(once.bytes == again.bytes);
    }

    #[test]
    fn any_text_is_a_query(archive in articles(), queries: [String; 12], mixed in prop::collection::vec(typed(), 12)) {
        let engine = open(&archive, &[]);
        for query in queries.iter().chain(&mixed) {
            let result = engine.search(query, &all()).unwrap();
            prop_assert!(result.hits.len() <= archive.len());
            let complete = result.relaxed.map_or(result.total, |relaxed| relaxed.complete);
            for (number, hit) in (0..).zip(result.hits) {
                prop_assert_eq!(hit.missing.is_empty(), number < complete, "{:?}: {:?}", query, hit);
                check_order(&hit.title.text, &hit.title.marks)?;
                check_order(&hit.snippet.text, &hit.snippet.marks)?;
            }
            prop_assert!(engine.suggest(query, 8).unwrap().len() <= 8);
            prop_assert!(engine.related(query, 8).unwrap().len() <= 8);
            for own in engine.search(query, &SearchOptions::default()).unwrap().corrections {
                // What is offered finds something.
                let result = engine.search(&own.query, &all()).unwrap();
                prop_assert!(result.total > 0, "{:?} for {:?}", own, query);
            }
            let article = engine.article(query).unwrap();
            prop_assert_eq!(article.is_some(), archive.iter().any(|own| own.id == *query));
        }
    }

    #[test]
    fn explanations_end_in_the_score(archive in articles(), queries in prop::collection::vec(typed(), 8)) {
        let engine = open(&archive, &[]);
        for query in &queries {
            let result = engine.search(query, &all()).unwrap();
            let scores: BTreeMap<String, u64> = result.hits.into_iter().map(|hit| (hit.id, hit.score)).collect();
            for own in engine.explain(query, &all()).unwrap() {
                let terms: u64 = own.terms.iter().map(|term| term.adds).sum();
                // A query without words has no terms and no steps.
                let first = own.steps.first().map_or(0, |step| step.score);
                let last = own.steps.last().map_or(0, |step| step.score);
                prop_assert_eq!((terms, last), (first, own.score), "{:?}: {:?}", query, own);
                if let Some(score) = scores.get(&own.id) {
                    prop_assert_eq!(*score, own.score);
                }
            }
        }
    }

    #[test]
    fn long_texts_are_queries(archive in articles(), part in typed(), signs in "[-\"－＂ 　，。\n]{1,6}") {
        let engine = open(&archive, &[]);
        for unit in [&part, &signs, &format!("{part}{signs}"), &format!("\"{part}\" -")] {
            if unit.is_empty() {
                continue;
            }
            let query: String = unit.chars().cycle().take(10_000).collect();
            prop_assert!(engine.search(&query, &all()).unwrap().hits.len() <= archive.len());
            prop_assert!(engine.suggest(&query, 8).unwrap().len() <= 8);
        }
    }
}

/// Every character that anybody may type or paste is found where it stands, whatever it folds to: what was folded while
/// the archive was compiled is folded in the same way when the index is searched.
#[test]
fn every_character_is_found() {
    let chars: Vec<char> = ('\u{21}'..='\u{33FF}')
        .chain('\u{F900}'..='\u{FFEF}')
        .chain('\u{1D400}'..='\u{1D7FF}')
        .chain('\u{1F100}'..='\u{1F2FF}')
        .chain('\u{2F800}'..='\u{2FA1F}')
        .collect();
    let archive: Vec<_> = chars
        .chunks(64)
        .zip(0..)
        .map(|(chars, number)| souwen_corpus::Article {
            id: format!("{number}"),
            paragraphs: chars.iter().map(char::to_string).collect(),
            ..souwen_corpus::Article::default()
        })
        .collect();
    let engine = open(&archive, &[]);
    let analyser = engine.index().analyser();
    let none = SearchOptions {
        limit: 0,
        ..SearchOptions::default()
    };
    let mut searched = 0;
    for &c in &chars {
        let stream = analyser.stream(&c.to_string());
        if stream.is_empty() {
            continue;
        }
        searched += 1;
        let result = engine.search(&c.to_string(), &none).unwrap();
        let complete = result
            .relaxed
            .map_or(result.total, |relaxed| relaxed.complete);
        assert!(complete > 0, "{c:?} (U+{:04X}) is not found", u32::from(c));
        assert!(
            stream
                .classes()
                .iter()
                .all(|&class| class != Class::Ignored)
        );
    }
    assert!(
        searched > 8_000,
        "only {searched} characters were looked for"
    );
}
