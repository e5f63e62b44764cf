//! An index in parts answers as the same index in one file does: whatever was there before, in
//! whatever order, however little of it.

#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by it"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use souwen_compile::{Options, compile, compile_to};
use souwen_corpus::Article;
use souwen_index::{FormatError, Index, Layout, Need, PartDigest, Sink};
use souwen_search::{Engine, SearchError, SearchOptions, Sort, settle};
use souwen_text::is_han;

/// Keeps parts in memory.
#[derive(Default)]
struct Shelf {
    parts: Vec<Vec<u8>>,
}

impl Sink for Shelf {
    fn part(&mut self, bytes: Vec<u8>) -> std::io::Result<PartDigest> {
        // Any digest that tells parts apart.
        let digest = u128::try_from(self.parts.len()).unwrap().to_be_bytes();
        self.parts.push(bytes);
        Ok(digest)
    }
}

/// An index in parts with the shelf that they are on.
struct Parts {
    core: Vec<u8>,
    shelf: Shelf,
}

/// Everything that can go wrong.
#[derive(Debug)]
#[allow(dead_code, reason = "shown when a test fails")]
struct Fault(String);

impl From<FormatError> for Fault {
    fn from(error: FormatError) -> Self {
        Self(error.to_string())
    }
}

impl From<SearchError> for Fault {
    fn from(error: SearchError) -> Self {
        Self(error.to_string())
    }
}

impl Parts {
    fn open(&self) -> Engine {
        Engine::new(Index::open(&self.core).expect("opens"))
    }

    /// Brings what is needed, and sometimes the whole part around it, as a host without ranges does.
    fn bring(&self, engine: &Engine, needs: &[Need], whole: bool) -> Result<(), Fault> {
        for need in needs {
            let digest = engine.index().parts()[need.part as usize].digest;
            let part = &self.shelf.parts[u128::from_be_bytes(digest) as usize];
            let (from, to) = (need.offset as usize, (need.offset + need.len) as usize);
            if whole {
                engine.index().supply(need.part, 0, part)?;
            } else {
                engine
                    .index()
                    .supply(need.part, need.offset, &part[from..to])?;
            }
        }
        Ok(())
    }

    fn ask(&self, engine: &Engine, asked: &Asked, whole: bool) -> Value {
        let bring = |engine: &Engine, needs: &[Need]| self.bring(engine, needs, whole);
        settle(engine, |engine| asked.ask(engine), bring).expect("answers")
    }
}

/// Something typed, and how it is asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Asked {
    Search(String, u32, bool),
    Suggest(String),
    Related(String),
    Article(String),
}

impl Asked {
    fn ask(&self, engine: &Engine) -> Result<Value, Fault> {
        let json = |answer: Result<Value, serde_json::Error>| {
            answer.map_err(|error| Fault(error.to_string()))
        };
        match self {
            Self::Search(query, offset, by_date) => {
                let options = SearchOptions {
                    offset: *offset,
                    sort: if *by_date {
                        Sort::Date
                    } else {
                        Sort::Relevance
                    },
                    ..SearchOptions::default()
                };
                json(serde_json::to_value(engine.search(query, &options)?))
            }
            Self::Suggest(typed) => json(serde_json::to_value(engine.suggest(typed, 8)?)),
            Self::Related(query) => json(serde_json::to_value(engine.related(query, 8)?)),
            Self::Article(id) => json(serde_json::to_value(engine.article(id)?)),
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn demo() -> Vec<Article> {
    let mut articles = Vec::new();
    let options = souwen_corpus::Options::default();
    souwen_corpus::read_paths(&[root().join("corpus")], &options, &mut |item| {
        articles.push(item.expect("is sound"));
    });
    articles
}

/// Everything that is typed in the query cases, and more.
fn asked(articles: &[Article]) -> Vec<Asked> {
    fn collect(value: &toml::Value, asked: &mut BTreeSet<Asked>) {
        match value {
            toml::Value::Table(table) => {
                for (key, value) in table {
                    if let Some(text) = value.as_str() {
                        let text = text.to_owned();
                        match key.as_str() {
                            "query" => {
                                asked.insert(Asked::Search(text.clone(), 0, false));
                                asked.insert(Asked::Search(text, 5, true))
                            }
                            "suggest" => asked.insert(Asked::Suggest(text)),
                            "related" => asked.insert(Asked::Related(text)),
                            _ => false,
                        };
                    }
                    collect(value, asked);
                }
            }
            toml::Value::Array(values) => values.iter().for_each(|value| collect(value, asked)),
            _ => {}
        }
    }
    let mut asked = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("testdata/queries")).expect("is there") {
        let text = std::fs::read_to_string(entry.expect("is there").path()).expect("is text");
        collect(&toml::from_str(&text).expect("is TOML"), &mut asked);
    }
    assert!(asked.len() > 1000, "{} cases", asked.len());
    let ids = articles
        .iter()
        .map(|article| Asked::Article(article.id.clone()));
    asked.extend(ids.chain([Asked::Article("nobody".to_owned())]));
    asked.into_iter().collect()
}

/// Numbers in no order, the same each time.
fn shuffled<T>(mut items: Vec<T>, seed: u64) -> Vec<T> {
    let mut state = seed;
    for at in (1..items.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        items.swap(at, (state >> 33) as usize % (at + 1));
    }
    items
}

#[test]
fn parts_answer_as_one_file_does() {
    let articles = demo();
    let options = Options::default();
    let whole = compile(&articles, &options).expect("compiles");
    let whole = Engine::new(Index::open(&whole.bytes).expect("opens"));
    for part in [700, 9_000] {
        let layout = Layout { single: 0, part };
        let mut shelf = Shelf::default();
        let compiled = compile_to(&articles, &options, layout, &mut shelf).expect("compiles");
        let core = compiled.bytes;
        assert!(core.len() < 9_000, "a core of {} bytes", core.len());
        let parts = Parts { core, shelf };
        let mut warm = parts.open();
        assert!(warm.index().parts().len() > 9);
        for (number, asked) in shuffled(asked(&articles), part.into()).iter().enumerate() {
            let expected = asked.ask(&whole).expect("answers");
            assert!(!whole.index().lacks());
            let found = parts.ask(&warm, asked, number % 5 == 0);
            assert_eq!(found, expected, "{asked:?}, warm");
            if number % 7 == 0 {
                let cold = parts.open();
                assert_eq!(parts.ask(&cold, asked, false), expected, "{asked:?}, cold");
            }
            match number % 100 {
                33 => warm.index().forget(),
                66 => warm = parts.open(),
                _ => {}
            }
        }
    }
}

#[test]
fn what_is_brought_wrong_is_an_error_and_not_an_answer() {
    let layout = Layout {
        single: 0,
        part: 700,
    };
    let mut shelf = Shelf::default();
    let compiled = compile_to(&demo(), &Options::default(), layout, &mut shelf).expect("compiles");
    let parts = Parts {
        core: compiled.bytes,
        shelf,
    };
    let asked = Asked::Search("图书馆".to_owned(), 0, false);
    let ask = |engine: &Engine| asked.ask(engine);
    // Nothing is brought.
    assert!(settle(&parts.open(), ask, |_, _| Ok::<_, Fault>(())).is_err());
    // Every byte may be wrong; the right ones lead on.
    for flip in 0..40 {
        let engine = parts.open();
        let mut round = 0;
        let answer = settle(&engine, ask, |engine, needs| {
            parts.bring(engine, needs, false)?;
            round += 1;
            let need = needs[flip % needs.len()];
            let digest = engine.index().parts()[need.part as usize].digest;
            let part = &parts.shelf.parts[u128::from_be_bytes(digest) as usize];
            let mut bytes = part[need.offset as usize..(need.offset + need.len) as usize].to_vec();
            let at = flip * 31 % bytes.len();
            bytes[at] ^= 1 << (flip % 8);
            Ok(engine.index().supply(need.part, need.offset, &bytes)?)
        });
        assert!(answer.is_err() && round > 0, "flip {flip}");
        // What is damaged is not kept for good.
        engine.index().forget();
        assert!(parts.ask(&engine, &asked, false)["total"].as_u64() > Some(0));
    }
}

/// The directory's pages, blocks of terms with short lists, texts: whether they are of complete or of incomplete
/// documents, their texts come together.
#[test]
fn complete_and_incomplete_documents_come_in_one_round() {
    let layout = Layout {
        single: 0,
        part: 9_000,
    };
    let articles = demo();
    let mut shelf = Shelf::default();
    let compiled =
        compile_to(&articles, &Options::default(), layout, &mut shelf).expect("compiles");
    let parts = Parts {
        core: compiled.bytes,
        shelf,
    };
    let mut relaxed = 0;
    for asked in asked(&articles) {
        let Asked::Search(query, 0, false) = &asked else {
            continue;
        };
        if !query.contains(' ') || !query.chars().all(|c| c == ' ' || is_han(c)) {
            continue;
        }
        let engine = parts.open();
        let mut rounds = 0;
        let bring = |engine: &Engine, needs: &[Need]| {
            rounds += 1;
            parts.bring(engine, needs, false)
        };
        let answer = settle(&engine, |engine| asked.ask(engine), bring).expect("answers");
        let is_corrected = answer["corrections"]
            .as_array()
            .is_some_and(|own| !own.is_empty());
        let complete = answer["relaxed"]["complete"].as_u64().unwrap_or(0);
        if complete > 0 && !is_corrected {
            relaxed += 1;
            assert!(rounds <= 3, "{query}: {rounds} rounds");
        }
    }
    assert!(relaxed > 2, "only {relaxed} such queries");
}
