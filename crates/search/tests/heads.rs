//! The first page of a word that thousands of documents hold: it comes from the head of the word's list,
//! and is that of the whole list.

#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by it"
)]

use souwen_compile::{Options, compile_to};
use souwen_corpus::Article;
use souwen_index::{FormatError, Index, Layout, PartDigest, Sink};
use souwen_search::{Engine, SearchOptions, SearchResult, settle};

#[derive(Default)]
struct Shelf(Vec<Vec<u8>>);

impl Sink for Shelf {
    fn part(&mut self, bytes: Vec<u8>) -> std::io::Result<PartDigest> {
        let digest = (self.0.len() as u128).to_be_bytes();
        self.0.push(bytes);
        Ok(digest)
    }
}

/// 3,600 articles, of which 2,400 hold 春天, as often and with as much beside it as their numbers say. `reprints`
/// of the articles with 春天 in the headline say the same.
fn articles(reprints: bool) -> Vec<Article> {
    let article = |number: u32| {
        let headline = number % 150 == 7;
        let own: String = (0..12)
            .filter_map(|at| char::from_u32(0x4e00 + (number * 37 + at * 97) % 4001))
            .collect();
        let own = if reprints && headline {
            "又说".to_owned()
        } else {
            own
        };
        let often = if headline { 3 } else { 1 + number % 5 };
        Article {
            id: number.to_string(),
            title: if headline { "春天" } else { "别的" }.to_owned(),
            paragraphs: vec![
                format!("{}。", own.repeat(1 + number as usize % 3)),
                if number % 3 == 1 || number % 3 == 2 {
                    "春天，"
                } else {
                    "秋天，"
                }
                .repeat(often as usize),
            ],
            ..Article::default()
        }
    };
    (0..3600).map(article).collect()
}

/// What is asked, its answer, and the bytes of lists that it took.
fn ask(core: &[u8], shelf: &Shelf, options: &SearchOptions) -> (SearchResult, u32) {
    let engine = Engine::new(Index::open(core).unwrap());
    let parts: Vec<u32> = engine.index().regions().map(|own| own.1).collect();
    let mut bytes = 0;
    let answer = settle(
        &engine,
        |engine| Ok::<_, FormatError>(engine.search("春天", options).unwrap()),
        |engine, needs| {
            for need in needs {
                if (parts[0]..parts[0] + parts[1]).contains(&need.part) {
                    bytes += need.len;
                }
                let digest = engine.index().parts()[need.part as usize].digest;
                let part = &shelf.0[u128::from_be_bytes(digest) as usize];
                let range = need.offset as usize..(need.offset + need.len) as usize;
                engine
                    .index()
                    .supply(need.part, need.offset, &part[range])?;
            }
            Ok(())
        },
    );
    (answer.unwrap(), bytes)
}

#[test]
fn a_first_page_is_that_of_the_whole_list() {
    for reprints in [false, true] {
        let layout = Layout {
            single: 0,
            part: 5000,
        };
        let mut shelf = Shelf::default();
        let articles = articles(reprints);
        let compiled = compile_to(&articles, &Options::default(), layout, &mut shelf).unwrap();
        // Counts by value need every document; so do other pages than the first.
        let whole = SearchOptions::default();
        let first = SearchOptions {
            facets: false,
            ..SearchOptions::default()
        };
        for offset in [0, 10, 20, 30] {
            let (whole, all) = ask(
                &compiled.bytes,
                &shelf,
                &SearchOptions {
                    offset,
                    ..whole.clone()
                },
            );
            let (first, few) = ask(
                &compiled.bytes,
                &shelf,
                &SearchOptions {
                    offset,
                    ..first.clone()
                },
            );
            assert_eq!(first.hits, whole.hits);
            assert_eq!((first.total, whole.total), (2400, 2400));
            assert_eq!(whole.hits.len(), 10);
            let by_head = !reprints && offset < 30;
            assert_eq!(
                few < all / 2,
                by_head,
                "{few} of {all} bytes, offset {offset}"
            );
        }
        let mut shown = ask(&compiled.bytes, &shelf, &first).0.hits.into_iter();
        let reprinted = shown.any(|hit| !hit.similar.is_empty());
        assert_eq!(reprinted, reprints);
    }
}
