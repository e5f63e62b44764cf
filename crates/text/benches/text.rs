//! How long a text takes to become a stream, and to be cut into words.

#![allow(clippy::unwrap_used, reason = "a bench fails by it")]

mod made;

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use souwen_text::{Analyser, Dictionary, FoldTable, Stream, weight_of};

use made::Made;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut made = Made::new();
    let frequencies = (0..).map(|rank: u64| weight_of(1 + 4_000_000 / (rank + 40)));
    let words = made.words.iter().zip(frequencies);
    let dictionary = Dictionary::from_words(words);
    let folds = Made::characters().skip(1).step_by(3);
    let folds = folds.zip(Made::characters().step_by(3));
    let folds = folds.take(400).map(|(from, to)| (from, to.into()));
    let folds = FoldTable::new(folds.collect());
    let analyser = Analyser::new(folds.clone(), dictionary);
    let article = made.text(160);
    let query = made.text(1);

    let mut group = criterion.benchmark_group("text");
    let characters = u64::try_from(article.chars().count()).unwrap();
    group.throughput(Throughput::Elements(characters));
    group.bench_function("stream of an article", |bench| {
        bench.iter(|| Stream::new(&folds, black_box(&article)));
    });
    group.bench_function("words of an article", |bench| {
        bench.iter(|| analyser.analyse(black_box(&article)));
    });
    let characters = u64::try_from(query.chars().count()).unwrap();
    group.throughput(Throughput::Elements(characters));
    group.bench_function("words of a query", |bench| {
        bench.iter(|| analyser.analyse(black_box(&query)));
    });
    group.finish();
    criterion.final_summary();
}
