//! A build keeps to `--memory`, also where all words are new.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::Duration;

use souwen_compile::Limits;

use crate::short;

/// Enough short articles that half as much again as the limit would be taken if nothing were put off.
const ARTICLES: usize = 100_000;

#[test]
fn a_build_keeps_to_its_memory() {
    if !Path::new("/proc/self/status").is_file() {
        println!("skipped: only Linux tells how much memory a program took");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("articles.jsonl");
    let mut file = BufWriter::new(File::create(&input).unwrap());
    short::write(ARTICLES, &mut file).unwrap();
    drop(file);
    let mut build = Command::new(env!("CARGO_BIN_EXE_souwen"));
    build.args([
        "build",
        "--memory",
        &Limits::LEAST_MEMORY.to_string(),
        "--out",
    ]);
    build.arg(dir.path().join("bundle")).arg(&input);
    let (status, peak) = watched(&mut build);
    assert!(status.success());
    println!(
        "{ARTICLES} articles of new words: {} of {} MB",
        peak / 1_000_000,
        Limits::LEAST_MEMORY / 1_000_000
    );
    assert!(peak > 0, "it was seen while it ran");
    assert!(peak <= Limits::LEAST_MEMORY, "it took {peak} bytes");
}

/// Runs a program; gives how it ended and the most memory that it took, in bytes.
pub(crate) fn watched(program: &mut Command) -> (ExitStatus, u64) {
    let program = program.stdout(Stdio::null()).stderr(Stdio::null());
    let mut program = program.spawn().unwrap();
    let mut peak = 0;
    loop {
        peak = peak_of(program.id()).unwrap_or(peak);
        if let Some(status) = program.try_wait().unwrap() {
            return (status, peak);
        }
        sleep(Duration::from_millis(10));
    }
}

/// The most memory that a process has taken so far, in bytes.
fn peak_of(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = peak.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024)
}
