//! What readers type, and what must come first: every file of `testdata/queries`, over the demo newspaper and, where
//! they are at hand, the shared pages.
//!
//! `cargo test -p souwen-search --test queries -- --nocapture` prints the rates by kind and group.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod archives;
mod check;
mod completions;
mod format;
mod gap;
mod shown;
mod verdict;

use std::path::{Path, PathBuf};

use archives::Archives;
use format::{Case, File};

/// Cases, and how many of them went well.
#[derive(Default)]
struct Rate {
    total: usize,
    passed: usize,
    firsts: usize,
    right: usize,
}

impl Rate {
    fn add(&mut self, other: &Self) {
        self.total += other.total;
        self.passed += other.passed;
        self.firsts += other.firsts;
        self.right += other.right;
    }

    fn show(&self) -> String {
        let Self {
            total,
            passed,
            firsts,
            right,
        } = self;
        let rate = match firsts {
            0 => String::new(),
            _ => format!(
                ", first hits {right}/{firsts} = {:.1} %",
                100.0 * f64::from(u32::try_from(*right).unwrap())
                    / f64::from(u32::try_from(*firsts).unwrap())
            ),
        };
        format!("{passed}/{total} passed{rate}")
    }
}

fn typed(case: &Case) -> String {
    let parts = [
        ("", &case.query),
        ("suggest ", &case.suggest),
        ("related ", &case.related),
    ];
    let part =
        |(what, text): (&str, &Option<String>)| text.as_ref().map(|text| format!("{what}`{text}`"));
    parts.into_iter().filter_map(part).collect()
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/queries");
    let files = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no queries in {}", folder.display());
    files
}

#[test]
fn every_query() {
    let mut archives = Archives::default();
    let (mut all, mut skipped, mut wrong) = (Rate::default(), 0, Vec::new());
    for path in files() {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (mut kind, mut lines) = (Rate::default(), Vec::new());
        for (group, by_archive) in &file.group {
            let mut rate = Rate::default();
            for (archive, cases) in by_archive {
                let Some(opened) = archives.open(&file, archive) else {
                    skipped += cases.len();
                    continue;
                };
                for case in cases {
                    let verdict = check::check(opened, case);
                    rate.total += 1;
                    rate.passed += usize::from(verdict.wrong.is_empty());
                    rate.firsts += usize::from(verdict.first.is_some());
                    rate.right += usize::from(verdict.first == Some(true));
                    if !verdict.wrong.is_empty() {
                        let faults = verdict.wrong.join("\n      ");
                        wrong.push(format!(
                            "  {name}, {group}, {archive}: {}\n      {faults}",
                            typed(case)
                        ));
                    }
                }
            }
            lines.push(format!("    {group}: {}", rate.show()));
            kind.add(&rate);
        }
        println!("{name} ({}): {}", file.kind, kind.show());
        lines.iter().for_each(|line| println!("{line}"));
        all.add(&kind);
    }
    println!("all: {}", all.show());
    if skipped > 0 {
        println!("skipped: {skipped} queries, ../shared/corpus/newspaper-pages is not there");
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
