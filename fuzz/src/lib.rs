//! What the targets have in common.

use souwen_compile::{Options, compile_to};
use souwen_corpus::{Article, read_newspaper_page};
use souwen_index::{Index, Layout, PartDigest, Sink};
use souwen_search::{Engine, SearchOptions, Sort};

const QUERIES: [&str; 9] = [
    "棠川",
    "图书馆停电",
    "\"桥面\" OR 渡口 -雨",
    "title:渡口 2025",
    "tangchuan",
    "渡囗",
    "三号桥 夜市",
    "的",
    "1200",
];

/// Articles, made of one page.
fn articles() -> Vec<Article> {
    let mut articles = read_newspaper_page("page.txt", include_str!("page.txt"));
    for (number, article) in articles.iter_mut().enumerate() {
        article.id = number.to_string();
    }
    articles
}

/// An index in parts, and the parts in order.
pub fn in_parts() -> (Vec<u8>, Vec<Vec<u8>>) {
    #[derive(Default)]
    struct Parts(Vec<Vec<u8>>);
    impl Sink for Parts {
        fn part(&mut self, bytes: Vec<u8>) -> std::io::Result<PartDigest> {
            self.0.push(bytes);
            Ok((self.0.len() as u128).to_be_bytes())
        }
    }
    let mut parts = Parts::default();
    let layout = Layout {
        single: 0,
        ..Layout::default()
    };
    let core = compile_to(&articles(), &Options::default(), layout, &mut parts)
        .expect("compiles")
        .bytes;
    let index = Index::open(&core).expect("opens");
    let number = |digest| u128::from_be_bytes(digest) as usize - 1;
    let parts = index
        .parts()
        .iter()
        .map(|part| parts.0[number(part.digest)].clone());
    let parts = parts.collect();
    (core, parts)
}

/// The same in one file.
pub fn in_one_file() -> Vec<u8> {
    souwen_compile::compile(&articles(), &Options::default())
        .expect("compiles")
        .bytes
}

/// Asks an index for all that a reader can ask for. What it says is not the point.
pub fn exercise(index: Index) {
    let _ = index.validate();
    let engine = Engine::new(index);
    for query in QUERIES {
        ask(&engine, query);
    }
    for document in 0..engine.index().len().min(9) {
        let _ = engine.index().record(document);
    }
}

/// Asks an engine all that can be asked of a text.
pub fn ask(engine: &Engine, query: &str) {
    let by_date = SearchOptions {
        sort: Sort::Date,
        ..SearchOptions::default()
    };
    let _ = engine.search(query, &SearchOptions::default());
    let _ = engine.search(query, &by_date);
    let _ = engine.search_as_typed(query, &SearchOptions::default());
    let _ = engine.suggest(query, 8);
    let _ = engine.related(query, 8);
}
