//! How long an index takes to be opened, a term to be looked up, lists to be decoded, texts to be coded and
//! decoded.

#![allow(clippy::unwrap_used, reason = "a bench fails by it")]

mod archive;
#[path = "../../text/benches/made/mod.rs"]
mod made;

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use souwen_index::{Index, TermId, TextCodec};
use souwen_text::Alphabet;

use made::Made;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let (bytes, keys) = archive::written();
    criterion.bench_function("index/open", |bench| {
        bench.iter(|| Index::open(black_box(&bytes)).unwrap());
    });
    let index = Index::open(&bytes).unwrap();
    look_up(&mut criterion, &index, &keys);
    lists(&mut criterion, &index);
    texts(&mut criterion);
    criterion.final_summary();
}

fn look_up(criterion: &mut Criterion, index: &Index, keys: &[String]) {
    let of_length = |length: usize| -> Vec<Vec<char>> {
        let keys = keys.iter().map(|key| key.chars().collect::<Vec<char>>());
        keys.filter(|key| key.len() == length).collect()
    };
    let mut group = criterion.benchmark_group("index/look up");
    let pairs = of_length(2);
    let mut turn = pairs.iter().cycle();
    group.bench_function("pair", |bench| {
        bench.iter(|| {
            let pair = turn.next().unwrap();
            index.pair(pair[0], pair[1]).unwrap()
        });
    });
    let mut turn = pairs.iter().cycle();
    group.bench_function("pair that is not there", |bench| {
        bench.iter(|| index.pair(turn.next().unwrap()[0], archive::NOWHERE));
    });
    let words: Vec<String> = of_length(4)
        .iter()
        .map(|word| word.iter().collect())
        .collect();
    let mut turn = words.iter().cycle();
    group.bench_function("word", |bench| {
        bench.iter(|| index.word(turn.next().unwrap()).unwrap());
    });
    group.bench_function("pair in a block that is not decoded", |bench| {
        let pair = &pairs[pairs.len() / 2];
        bench.iter(|| {
            index.forget();
            index.pair(pair[0], pair[1]).unwrap()
        });
    });
    group.finish();
}

fn lists(criterion: &mut Criterion, index: &Index) {
    let mut group = criterion.benchmark_group("index/list");
    for (name, c) in archive::LISTS {
        let term = index.single(c).unwrap();
        let documents = u64::from(index.document_frequency(term));
        group.throughput(Throughput::Elements(documents));
        group.bench_function(name, |bench| bench.iter(|| drained(index, term)));
        group.bench_function(format!("{name}, with classes"), |bench| {
            bench.iter(|| {
                let mut cursor = index.postings(term);
                let mut sum = 0u64;
                while let Some((document, class)) = cursor.next() {
                    sum += u64::from(document) + u64::from(class);
                }
                sum
            });
        });
    }
    let (_, dense) = archive::LISTS[0];
    let term = index.single(dense).unwrap();
    let targets = (0..archive::DOCUMENTS).step_by(997);
    group.throughput(Throughput::Elements(u64::try_from(targets.len()).unwrap()));
    group.bench_function("dense, sought in", |bench| {
        bench.iter(|| {
            let mut cursor = index.postings(term);
            targets
                .clone()
                .filter_map(|target| cursor.seek_document(target))
                .count()
        });
    });
    group.finish();
}

fn drained(index: &Index, term: TermId) -> u64 {
    let mut cursor = index.postings(term);
    let mut sum = 0;
    while let Some(document) = cursor.next_document() {
        sum += u64::from(document);
    }
    sum
}

fn texts(criterion: &mut Criterion) {
    let mut made = Made::new();
    let sample: Vec<String> = (0..400).map(|_| made.text(100)).collect();
    let mut alphabet: Vec<char> = Made::characters().collect();
    alphabet.extend("0123456789年，。".chars());
    let alphabet = Alphabet::from_chars(alphabet);
    let codec = TextCodec::train(&alphabet, &sample, TextCodec::WORDS).unwrap();
    let encoder = codec.encoder(&alphabet);
    let text = made.text(100);
    let coded = encoder.encode(&text);
    let decoded = codec.decode(&coded, 1 << 20).unwrap();
    assert_eq!(decoded, text);
    let mut group = criterion.benchmark_group("index/text");
    group.throughput(Throughput::Elements(
        u64::try_from(text.chars().count()).unwrap(),
    ));
    group.bench_function("encode", |bench| {
        bench.iter(|| encoder.encode(black_box(&text)))
    });
    group.bench_function("decode", |bench| {
        bench.iter(|| codec.decode(black_box(&coded), 1 << 20).unwrap());
    });
    group.finish();
}
