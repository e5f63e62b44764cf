//! How long some hundred articles take to become an index.

#![allow(clippy::unwrap_used, reason = "a bench fails by it")]

#[path = "../../text/benches/made/mod.rs"]
mod made;

use criterion::{Criterion, Throughput};
use souwen_compile::{Options, compile};
use souwen_corpus::{Article, read_paths};

use made::Made;

const ARTICLES: usize = 300;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut made = Made::new();
    let article = |number: usize| Article {
        id: format!("{number:x}"),
        title: made.text(1),
        paragraphs: (0..4).map(|_| made.text(30)).collect(),
        date: Some(format!("20{:02}-{:02}-11", number % 25, 1 + number % 12)),
        ..Article::default()
    };
    let archive: Vec<Article> = (0..ARTICLES).map(article).collect();
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut demo = Vec::new();
    read_paths(&[corpus], &souwen_corpus::Options::default(), &mut |item| {
        demo.push(item.unwrap());
    });
    let mut group = criterion.benchmark_group("compile");
    group.sample_size(10);
    for (name, articles) in [("300 articles", &archive), ("the demo newspaper", &demo)] {
        let characters: usize = articles.iter().map(Article::characters).sum();
        group.throughput(Throughput::Elements(u64::try_from(characters).unwrap()));
        group.bench_function(name, |bench| {
            bench.iter(|| compile(articles, &Options::default()).unwrap());
        });
    }
    group.finish();
    criterion.final_summary();
}
