//! An index that was brought up to date finds what one finds that was built anew.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by it"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proptest::prelude::*;
use souwen_compile::{
    Base, Bundle, Changes, Compiled, Gather, Ledger, Limits, Options, Outcome, Rebuild, compile_to,
    update,
};
use souwen_corpus::{Article, read_paths};
use souwen_index::{Index, Layout, PartDigest, Sink};
use souwen_search::{Engine, Hit, MAX_LIMIT, SearchOptions, SearchResult, Wanted};

/// Parts by digest.
#[derive(Default, Clone)]
struct Shelf(BTreeMap<PartDigest, Vec<u8>>);

impl Sink for Shelf {
    fn part(&mut self, bytes: Vec<u8>) -> std::io::Result<PartDigest> {
        let mix = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        let hash = bytes.iter().fold(0xCBF2_9CE4_8422_2325, mix);
        let digest = u128::from(hash).to_be_bytes();
        self.0.insert(digest, bytes);
        Ok(digest)
    }
}

/// A built index.
#[derive(Clone)]
struct Built {
    core: Vec<u8>,
    parts: Shelf,
    ledger: Ledger,
}

fn options() -> Options {
    Options {
        facets: vec!["channel".into()],
        words: vec!["沄河湾".into()],
        synonyms: vec![vec!["创文".into(), "创建文明城市".into()]],
        bundle: Bundle {
            single_file: 0,
            part: 4096,
            max_files: 1 << 20,
        },
        ..Options::default()
    }
}

impl Built {
    fn anew(articles: &[Article]) -> Self {
        let mut parts = Shelf::default();
        let layout = Layout {
            single: 0,
            part: 4096,
        };
        let compiled = compile_to(articles, &options(), layout, &mut parts).unwrap();
        Self::of(compiled, parts)
    }

    fn of(compiled: Compiled, parts: Shelf) -> Self {
        let built = Self {
            core: compiled.bytes,
            parts,
            ledger: compiled.ledger,
        };
        built.open().index().validate().unwrap();
        built
    }

    fn index(&self) -> Index {
        let index = Index::open(&self.core).unwrap();
        for (number, part) in (0..).zip(index.parts().to_vec()) {
            index
                .supply(number, 0, &self.parts.0[&part.digest])
                .unwrap();
        }
        index
    }

    fn open(&self) -> Engine {
        Engine::new(self.index())
    }

    /// Brings it up to date; tells why if it is to be built anew.
    fn updated(&self, articles: &[Article]) -> Result<Self, Rebuild> {
        // Nothing is there at first.
        let index = Index::open(&self.core).unwrap();
        let parts = index.parts().to_vec();
        let base = Base {
            index: &index,
            core: &self.core,
            ledger: &self.ledger,
            bring: &|index, needs| {
                for need in needs {
                    let digest = parts[usize::try_from(need.part).unwrap()].digest;
                    let from = usize::try_from(need.offset).unwrap();
                    let to = from + usize::try_from(need.len).unwrap();
                    let bytes = &self.parts.0[&digest][from..to];
                    index.supply(need.part, need.offset, bytes).unwrap();
                }
                Ok(())
            },
        };
        let (options, limits) = (options(), Limits::default());
        let mut gather = Gather::new(&options, &limits);
        let mut same = BTreeSet::new();
        for article in articles {
            match base.find(&article.id).unwrap() {
                Some(document) if base.says(document, article, &options.facets).unwrap() => {
                    same.insert(document);
                }
                _ => gather.add(article.clone()).unwrap(),
            }
        }
        let gone = (0..index.len()).filter(|own| !same.contains(own) && !index.is_gone(*own));
        let changes = Changes {
            gone: gone.collect(),
            articles: gather.finish().unwrap(),
        };
        let mut parts = self.parts.clone();
        match update(&base, changes, &options, &limits, &(), &mut parts).unwrap() {
            Outcome::Rebuild(why) => Err(why),
            Outcome::Updated(updated) => {
                let stats = updated.compiled.stats;
                let characters: usize = articles.iter().map(Article::characters).sum();
                assert_eq!(stats.documents, u32::try_from(articles.len()).unwrap());
                assert_eq!(stats.characters, u64::try_from(characters).unwrap());
                let built = Self::of(updated.compiled, parts);
                let (kept, now) = (index.parts(), built.index());
                let now: BTreeSet<PartDigest> = now.parts().iter().map(|own| own.digest).collect();
                let first = self.ledger_end();
                let kept = kept
                    .iter()
                    .take(first)
                    .filter(|own| now.contains(&own.digest));
                assert_eq!(kept.count(), first, "the first segment's parts are kept");
                Ok(built)
            }
        }
    }

    /// The terms' parts of the first segment, which are the first of all.
    fn ledger_end(&self) -> usize {
        let json = serde_json::to_value(&self.ledger).unwrap();
        usize::try_from(json["ends"][0][0].as_u64().unwrap()).unwrap()
    }
}

fn all(engine: &Engine, query: &str, filter: Option<(&str, &str)>) -> SearchResult {
    let options = SearchOptions {
        limit: MAX_LIMIT,
        filters: filter
            .map(|(name, value)| (name.to_owned(), Wanted::Any(vec![value.to_owned()])))
            .into_iter()
            .collect(),
        ..SearchOptions::default()
    };
    engine.search(query, &options).unwrap()
}

/// The ids of hits and of the reprints under them.
fn ids_of<'a>(hits: impl Iterator<Item = &'a Hit>) -> BTreeSet<&'a str> {
    hits.flat_map(|hit| {
        let similar = hit.similar.iter().map(|own| own.id.as_str());
        [hit.id.as_str()].into_iter().chain(similar)
    })
    .collect()
}

fn ids(result: &SearchResult) -> BTreeSet<&str> {
    ids_of(result.hits.iter())
}

/// The articles that have every word of the query.
fn complete(result: &SearchResult) -> BTreeSet<&str> {
    ids_of(result.hits.iter().filter(|hit| hit.missing.is_empty()))
}

/// Fails unless both find the same for some queries.
fn compare(updated: &Built, articles: &[Article], queries: &[String]) {
    let (updated, anew) = (updated.open(), Built::anew(articles).open());
    assert_eq!(updated.index().articles(), anew.index().len());
    assert_eq!(updated.index().meta().newest, anew.index().meta().newest);
    let headlines = |engine: &Engine| {
        let lines = engine.index().headlines().lines();
        lines.map(str::to_owned).collect::<BTreeSet<String>>()
    };
    assert_eq!(headlines(&updated), headlines(&anew));
    for query in queries {
        for filter in [None, Some(("section", "民生"))] {
            let (own, other) = (all(&updated, query, filter), all(&anew, query, filter));
            if !own.corrections.is_empty() || !other.corrections.is_empty() {
                continue;
            }
            // How telling words are decides where unknown ones are cut, whether articles that lack
            // some are shown, and which. Those that have all of them are shown by both.
            let few = own.total.max(other.total) <= MAX_LIMIT;
            assert!(
                !few || complete(&own).is_subset(&ids(&other)),
                "{query} {filter:?}"
            );
            assert!(
                !few || complete(&other).is_subset(&ids(&own)),
                "{query} {filter:?}"
            );
            if own.relaxed.is_some() || other.relaxed.is_some() {
                continue;
            }
            assert_eq!(ids(&own), ids(&other), "{query} {filter:?}");
            assert_eq!(own.total, other.total, "{query}");
            let counts = |result: &SearchResult| -> Vec<(String, BTreeSet<(String, u32)>)> {
                let columns = result.facets.iter();
                let counts = columns.map(|(name, values)| {
                    let values = values.iter().map(|own| (own.value.clone(), own.count));
                    (name.clone(), values.collect())
                });
                counts.collect()
            };
            assert_eq!(counts(&own), counts(&other), "{query}");
        }
    }
    for article in articles {
        let document = updated.index().find(&article.id).expect("is found by id");
        let record = updated.index().record(document).unwrap();
        assert_eq!(record.title, article.title);
        assert_eq!(record.paragraphs, article.paragraphs);
    }
}

/// The demo newspaper.
fn newspaper() -> Vec<Article> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut articles = Vec::new();
    read_paths(&[corpus], &souwen_corpus::Options::default(), &mut |item| {
        articles.push(item.unwrap());
    });
    articles
}

/// Strings that stand in articles, some quoted, and some queries of other kinds.
fn queries(articles: &[Article], seed: u64) -> Vec<String> {
    let mut state = seed;
    let mut draw = |end: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % end.max(1)
    };
    let mut queries: Vec<String> = [
        "",
        "\"\"",
        "大桥 OR 茶",
        "-的 水",
        "type:photo",
        "section:民生",
    ]
    .map(str::to_owned)
    .into();
    for _ in 0..60 {
        let article = &articles[draw(articles.len())];
        let text = format!("{}\n{}", article.title, article.paragraphs.join("\n"));
        let chars: Vec<char> = text.chars().collect();
        let from = draw(chars.len());
        let own: String = chars.iter().skip(from).take(1 + draw(6)).collect();
        let own = own.replace(['\n', '"', ':', '“', '”'], " ");
        queries.push(if draw(3) == 0 {
            format!("\"{own}\"")
        } else {
            own
        });
    }
    queries
}

fn titled(id: &str, title: &str, text: &str) -> Article {
    Article {
        id: id.into(),
        title: title.into(),
        date: Some("2025-03-01".into()),
        section: "民生".into(),
        paragraphs: vec![text.into()],
        ..Article::default()
    }
}

#[test]
fn added_changed_removed() {
    let mut articles = newspaper();
    let mut built = Built::anew(&articles);
    let mut check = |articles: &[Article], segments: &[u32]| {
        built = built.updated(articles).unwrap();
        let index = built.index();
        assert_eq!(index.segments().skip(1).collect::<Vec<_>>(), segments);
        compare(&built, articles, &queries(articles, 7));
    };
    // Nothing.
    check(&articles, &[]);
    articles.push(titled(
        "new-1",
        "沄河上又见白鹭",
        "白鹭在沄河湾的浅水里觅食，志愿者守了三天。",
    ));
    articles.last_mut().unwrap().date = Some("2031-01-01".into());
    check(&articles, &[1]);
    // Characters, scripts, sections and columns that the archive did not have.
    let mut strange = titled(
        "new-2",
        "彧瀞堂開館",
        "彧瀞堂昨日開館，展出𠮷金釜一件，约重3.7斤。",
    );
    strange.section = "彧瀞".into();
    strange.metadata.insert("channel".into(), "展览".into());
    articles.push(strange);
    check(&articles, &[2]);
    let engine = built_engine(&articles);
    for query in [
        "彧瀞堂",
        "彧",
        "开馆",
        "開館",
        "𠮷金",
        "\"彧瀞堂昨日开馆\"",
        "yujing",
    ] {
        assert!(!all(&engine, query, None).hits.is_empty(), "{query}");
    }
    articles[3]
        .paragraphs
        .push("编者按：此文昨日有误，今更正。".into());
    articles.remove(5);
    check(&articles, &[3]);
    // The only one of its day.
    articles.retain(|own| own.id != "new-1");
    check(&articles, &[3]);
}

fn built_engine(articles: &[Article]) -> Engine {
    let (first, last) = articles.split_at(articles.len() - 2);
    Built::anew(first)
        .updated(&[first, last].concat())
        .unwrap()
        .open()
}

#[test]
fn new_articles_of_known_words_are_ranked_as_if_built_anew() {
    let mut articles = newspaper();
    // As the last ones of the input they have the same numbers.
    let built = Built::anew(&articles);
    let (first, second) = (articles[2].clone(), articles[9].clone());
    let text = [first.paragraphs.clone(), second.paragraphs.clone()].concat();
    articles.push(Article {
        id: "both".into(),
        title: second.title.clone(),
        date: first.date.clone(),
        paragraphs: text.into_iter().rev().collect(),
        ..Article::default()
    });
    let updated = built.updated(&articles).unwrap();
    let (own, other) = (updated.open(), Built::anew(&articles).open());
    let mut compared = 0;
    for query in queries(&articles, 3) {
        let (own, other) = (all(&own, &query, None), all(&other, &query, None));
        if other.relaxed.is_some() || !other.corrections.is_empty() {
            continue;
        }
        let scored = |result: &SearchResult| -> Vec<(String, u64)> {
            let hits = result.hits.iter();
            hits.map(|hit| (hit.id.clone(), hit.score)).collect()
        };
        assert_eq!(scored(&own), scored(&other), "{query}");
        compared += own.hits.len();
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn reprints_of_old_articles() {
    let mut articles = newspaper();
    let long = articles.iter().position(|own| {
        own.paragraphs
            .iter()
            .map(|own| own.chars().count())
            .sum::<usize>()
            > 250
    });
    let old = articles[long.unwrap()].clone();
    let built = Built::anew(&articles);
    let mut copy = old.clone();
    copy.id = "copy".into();
    copy.title = "转载".into();
    copy.paragraphs.insert(0, "本报讯　".into());
    articles.push(copy.clone());
    let updated = built.updated(&articles).unwrap();
    let group = |built: &Built, id: &str| {
        let index = built.index();
        index.group(index.find(id).unwrap())
    };
    assert_eq!(group(&updated, "copy"), group(&updated, &old.id));
    // The first one changes: what repeats it stays with it.
    let own = articles.iter_mut().find(|own| own.id == old.id).unwrap();
    own.paragraphs.push("（完）".into());
    let again = updated.updated(&articles).unwrap();
    assert_eq!(group(&again, "copy"), group(&again, &old.id));
    let result = all(&again.open(), &format!("\"{}\"", old.paragraphs[0]), None);
    assert_eq!((result.total, result.hits.len()), (2, 1));
}

#[test]
fn too_much_is_built_anew() {
    let articles = newspaper();
    let built = Built::anew(&articles);
    let fifth = articles.len() / 4;
    assert_eq!(
        built.updated(&articles[fifth..]).err(),
        Some(Rebuild::Outgrown)
    );
    let mut many = articles.clone();
    for number in 0..fifth + 2 {
        many.push(titled(&number.to_string(), "开渔", "沄河今日开渔。"));
    }
    assert_eq!(built.updated(&many).err(), Some(Rebuild::Outgrown));
    assert_eq!(built.updated(&[]).err(), Some(Rebuild::Small));
}

/// What may happen to an archive.
#[derive(Debug, Clone)]
enum Edit {
    Add(usize, usize),
    Change(usize, usize),
    Remove(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0usize..500, 0usize..9).prop_map(|(of, with)| Edit::Add(of, with)),
        (0usize..500, 0usize..9).prop_map(|(of, with)| Edit::Change(of, with)),
        (0usize..500).prop_map(Edit::Remove),
    ]
}

const SENTENCES: [&str; 9] = [
    "沄河湾今日开渔。",
    "白鹭，又见白鹭！",
    "彧瀞堂開館",
    "“创文”工作、创建文明城市",
    "2.77亿元的项目5G覆蓋率",
    "大，桥合。龙",
    "釜𠮷灏",
    "志愿者清理垃圾",
    "pm2.5 EOD C++",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn edits(days in prop::collection::vec(prop::collection::vec(edit(), 0..4), 1..5), seed: u64) {
        let mut articles = newspaper();
        let mut built = Built::anew(&articles);
        let mut number = 0;
        for day in days {
            for edit in day {
                let count = articles.len();
                match edit {
                    Edit::Add(of, with) => {
                        let mut own = articles[of % count].clone();
                        number += 1;
                        own.id = format!("added-{number}");
                        own.paragraphs.truncate(with);
                        own.paragraphs.push(SENTENCES[with].into());
                        articles.push(own);
                    }
                    Edit::Change(of, with) => {
                        articles[of % count].paragraphs.insert(0, SENTENCES[with].into());
                        if with % 3 == 0 {
                            articles[of % count].title.push_str(SENTENCES[with]);
                        }
                    }
                    Edit::Remove(of) => {
                        articles.remove(of % count);
                    }
                }
            }
            built = match built.updated(&articles) {
                Ok(built) => built,
                Err(why) => {
                    prop_assert_eq!(why, Rebuild::Outgrown);
                    Built::anew(&articles)
                }
            };
        }
        let mut asked = queries(&articles, seed);
        asked.extend(SENTENCES.map(str::to_owned));
        asked.extend(SENTENCES.map(|own| format!("\"{own}\"")));
        compare(&built, &articles, &asked);
    }
}
