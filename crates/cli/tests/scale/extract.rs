//! `souwen extract` streams, and is quick.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::memory::watched;

const ARTICLES: u32 = 50_000;
/// Bytes that reading them may take.
const MEMORY: u64 = 300_000_000;
/// Seconds that reading ten thousand real ones may take.
const SECONDS: f64 = 5.0;

/// Two files, so that what is known of one file's articles for the other's is counted.
#[test]
fn memory_does_not_grow_with_the_archive() {
    if !Path::new("/proc/self/status").is_file() {
        println!("skipped: only Linux tells how much memory a program took");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("articles.jsonl");
    let mut file = BufWriter::new(File::create(&input).unwrap());
    let mut bytes = 0;
    for number in 0..ARTICLES {
        let body =
            format!("清河边的第{number}棵柳树发了新芽，人们到河边散步，说起从前的事。").repeat(30);
        let line = format!("{{\"title\":\"第{number}棵柳树\",\"body\":\"{body}\"}}\n");
        bytes += line.len();
        file.write_all(line.as_bytes()).unwrap();
    }
    file.flush().unwrap();
    let other = dir.path().join("other.md");
    std::fs::write(&other, "# 老桥\n\n老桥修好了。\n").unwrap();
    let mut extract = Command::new(env!("CARGO_BIN_EXE_souwen"));
    let (status, peak) = watched(extract.arg("extract").arg(&input).arg(&other));
    assert!(status.success());
    println!(
        "{ARTICLES} articles, {} MB, read in {} MB",
        bytes / 1_000_000,
        peak / 1_000_000
    );
    assert!(peak > 0, "it was seen while it ran");
    assert!(peak < MEMORY, "it took {peak} bytes");
}

#[test]
fn ten_thousand_articles_are_read_at_once() {
    let name = "../shared/corpus/news-10k.jsonl.gz";
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name);
    if !file.is_file() {
        println!("skipped: {name} is not there");
        return;
    }
    let start = Instant::now();
    let mut extract = Command::new(env!("CARGO_BIN_EXE_souwen"));
    let status = extract
        .arg("extract")
        .arg(&file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let seconds = start.elapsed().as_secs_f64();
    assert!(status.unwrap().success());
    println!("10,000 articles read in {seconds:.2} s");
    assert!(seconds <= SECONDS, "it took {seconds} s");
}
