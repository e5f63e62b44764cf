//! Whatever stands in an article is found (DESIGN, invariant 2), on real pages and on the demo's.

use std::path::Path;

use souwen_corpus::{Article, Options, read_paths};
use souwen_index::Index;
use souwen_search::{Engine, MAX_LIMIT, SearchOptions};
use souwen_text::is_han;

use crate::common::repository;

const DRAWS: usize = 2000;

fn articles(folder: &Path) -> Vec<Article> {
    let mut articles = Vec::new();
    read_paths(&[folder.to_owned()], &Options::default(), &mut |item| {
        articles.push(item.expect("every file can be read"));
    });
    articles
}

fn engine(articles: &[Article]) -> Engine {
    let compiled = souwen_compile::compile(articles, &souwen_compile::Options::default()).unwrap();
    Engine::new(Index::open(&compiled.bytes).unwrap())
}

fn texts(article: &Article) -> impl Iterator<Item = &String> {
    [&article.title, &article.kicker, &article.subtitle]
        .into_iter()
        .chain(&article.paragraphs)
        .chain(&article.captions)
}

/// Steele and Vigna's SplitMix64: few lines, and the same draws on every machine.
struct Draws(u64);

impl Draws {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }
}

/// Draws runs of 2 to 6 Chinese characters out of the articles, and searches for each.
fn every_draw_is_found(articles: &[Article]) {
    let engine = engine(articles);
    let mut runs: Vec<(&Article, Vec<char>)> = Vec::new();
    for article in articles {
        for text in texts(article) {
            let parts = text.split(|c: char| !is_han(c));
            let parts = parts.map(|part| part.chars().collect::<Vec<char>>());
            runs.extend(
                parts
                    .filter(|part| part.len() > 1)
                    .map(|part| (article, part)),
            );
        }
    }
    // By place, so that every pair of characters is drawn as often as any other.
    let places: Vec<(usize, usize)> = runs
        .iter()
        .enumerate()
        .flat_map(|(run, (_, part))| (0..part.len() - 1).map(move |start| (run, start)))
        .collect();
    let options = SearchOptions {
        limit: MAX_LIMIT,
        ..SearchOptions::default()
    };
    let mut draws = Draws(20_250_309);
    let mut lost = Vec::new();
    for _ in 0..DRAWS {
        let (run, start) = places[draws.below(places.len())];
        let (article, part) = &runs[run];
        let length = 2 + draws.below((part.len() - start - 1).min(5));
        let query: String = part[start..start + length].iter().collect();
        let result = engine.search(&query, &options).unwrap();
        if !result.hits.iter().any(|hit| hit.id == article.id) {
            lost.push(format!("{query} in {}", article.id));
        }
    }
    assert!(
        lost.is_empty(),
        "{} of {DRAWS} are not found: {lost:?}",
        lost.len()
    );
}

/// The five pages of a city newspaper, where they are at hand.
fn newspaper_pages() -> Option<Vec<Article>> {
    let folder = repository("../shared/corpus/newspaper-pages");
    if folder.is_dir() {
        return Some(articles(&folder));
    }
    println!("skipped: ../shared/corpus/newspaper-pages is not there");
    None
}

#[test]
fn every_run_of_the_demo_is_found() {
    every_draw_is_found(&articles(&repository("corpus")));
}

#[test]
fn every_run_of_the_newspaper_pages_is_found() {
    if let Some(articles) = newspaper_pages() {
        every_draw_is_found(&articles);
    }
}

#[test]
fn known_queries_put_their_article_first() {
    let Some(articles) = newspaper_pages() else {
        return;
    };
    let engine = engine(&articles);
    // The query, and what stands in its article and in no better one.
    for (query, held) in [
        ("老吴营社区 寨河", &["老吴营社区", "寨河"][..]),
        ("孙月萍 手机", &["孙月萍", "手机"]),
        ("气凝胶", &["气凝胶"]),
        ("房租减免", &["房租减免"]),
        ("苏金昌", &["苏金昌"]),
        ("无梁山地公园", &["无梁山地公园"]),
        ("“五星”支部", &["“五星”支部"]),
        ("EOD", &["EOD"]),
    ] {
        let result = engine.search(query, &SearchOptions::default()).unwrap();
        let first = result
            .hits
            .first()
            .unwrap_or_else(|| panic!("{query} finds nothing"));
        assert!(first.missing.is_empty(), "{query}: {:?}", first.missing);
        assert!(!first.title.marks.is_empty() || !first.snippet.marks.is_empty());
        let article = articles
            .iter()
            .find(|article| article.id == first.id)
            .unwrap();
        let text: String = texts(article)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("\n");
        let bare = |text: &str| text.replace(char::is_whitespace, "");
        for part in held {
            assert!(
                bare(&text).contains(part),
                "{query}: the first lacks {part}"
            );
        }
    }
    let result = engine
        .search("老吴营社区 寨河", &SearchOptions::default())
        .unwrap();
    assert_eq!(
        result.hits[0].title.marks.len(),
        2,
        "both words stand in the headline"
    );
}
