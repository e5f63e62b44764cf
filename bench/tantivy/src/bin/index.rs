//! `index ARTICLES.jsonl INDEX`: indexes the articles (`title`, `body`), numbered in their order, and writes the
//! pack of one segment.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};

use serde::Deserialize;
use souwen_bench_tantivy::{Fields, NAME, Pairs, pack};
use tantivy::directory::RamDirectory;
use tantivy::{Index, IndexSettings, doc};

/// Bytes of postings that are held before a segment is written.
const MEMORY: usize = 50_000_000;

#[derive(Deserialize)]
struct Article {
    title: String,
    body: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [articles, out] = arguments.as_slice() else {
        return Err("usage: index ARTICLES.jsonl INDEX".into());
    };
    let directory = RamDirectory::create();
    let index = Index::create(
        directory.clone(),
        Fields::schema(),
        IndexSettings::default(),
    )?;
    index.tokenizers().register(NAME, Pairs);
    let fields = Fields::of(&index.schema())?;
    let mut writer = index.writer_with_num_threads(1, MEMORY)?;
    for (number, line) in (0_u64..).zip(BufReader::new(File::open(articles)?).lines()) {
        let Article { title, body } = serde_json::from_str(&line?)?;
        writer.add_document(
            doc!(fields.number => number, fields.title => title, fields.body => body),
        )?;
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()?;
    fs::write(out, pack(&index, &directory)?)?;
    Ok(())
}
