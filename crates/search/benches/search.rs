//! How long queries take over an index that is all there.

#![allow(clippy::unwrap_used, reason = "a bench fails by it")]

#[path = "../../text/benches/made/mod.rs"]
mod made;

use criterion::Criterion;
use souwen_compile::{Options, compile};
use souwen_corpus::Article;
use souwen_index::Index;
use souwen_search::{Engine, Filters, SearchOptions, Wanted};

use made::Made;

const ARTICLES: usize = 2000;
const SECTIONS: [&str; 4] = ["要闻", "民生", "经济", "文化"];

fn articles(made: &mut Made) -> Vec<Article> {
    let article = |number: usize| Article {
        id: format!("{number:x}"),
        title: made.text(1),
        paragraphs: (0..4).map(|_| made.text(20)).collect(),
        section: SECTIONS[number % SECTIONS.len()].into(),
        date: Some(format!("20{:02}-{:02}-11", number % 25, 1 + number % 12)),
        ..Article::default()
    };
    (0..ARTICLES).map(article).collect()
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut made = Made::new();
    let articles = articles(&mut made);
    let compiled = compile(&articles, &Options::default()).unwrap();
    let engine = Engine::new(Index::open(&compiled.bytes).unwrap());

    let words: Vec<&String> = made
        .words
        .iter()
        .filter(|word| word.chars().count() == 2)
        .collect();
    let one = |at: usize| words[at % 40 * 3].clone();
    let two = |at: usize| format!("{} {}", one(at), one(at + 17));
    // As they stand in an article.
    let phrase = |at: usize| -> String {
        let text = &articles[at * 31 % articles.len()].paragraphs[1];
        text.chars().skip(at % 9).take(9).collect()
    };
    let quoted = |at: usize| format!("\"{}\"", phrase(at).trim_matches(['，', '。']));
    let all = SearchOptions::default();
    let filters: Filters = [("section".to_owned(), Wanted::Any(vec!["民生".into()]))].into();
    let filtered = SearchOptions {
        filters,
        ..SearchOptions::default()
    };
    let mut group = criterion.benchmark_group("search");
    let mut bench = |name: &str, query: &dyn Fn(usize) -> String, options: &SearchOptions| {
        let queries: Vec<String> = (0..40).map(query).collect();
        let found = |query: &String| engine.search(query, options).unwrap().total > 0;
        assert!(queries.iter().all(found), "{name}: all are found");
        let mut turn = queries.iter().cycle();
        group.bench_function(name, |bench| {
            bench.iter(|| engine.search(turn.next().unwrap(), options).unwrap());
        });
    };
    bench("one word", &one, &all);
    bench("two words", &two, &all);
    bench("phrase", &phrase, &all);
    bench("quoted", &quoted, &all);
    bench("one word, one section", &one, &filtered);

    let query = one(5);
    group.bench_function("matching and ranking alone", |bench| {
        bench.iter(|| engine.documents(&query, &all).unwrap());
    });
    group.bench_function("snippets of articles not shown lately", |bench| {
        bench.iter(|| {
            let _ = engine.texts_read();
            engine.search(&query, &all).unwrap()
        });
    });
    group.finish();
    criterion.final_summary();
}
