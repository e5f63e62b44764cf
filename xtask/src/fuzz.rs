//! Fuzzing: the targets of `fuzz/`, each for a while, from the inputs that are kept of earlier runs.
//!
//! LLVM's libFuzzer comes with the crate `libfuzzer-sys`, and what it needs of the compiler is in the stable
//! one; so no nightly compiler and no `cargo fuzz` is wanted.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::shell;

const TARGETS: [&str; 4] = ["index", "parts", "queries", "readers"];
/// Seconds for each.
const SECONDS: u32 = 60;
/// Nothing may take longer, in seconds.
const HANGS: u32 = 1;
/// Megabytes that no input may take.
const MEMORY: u32 = 1024;

/// Counts what an input reaches, for libFuzzer; `fuzzing` turns checksums off.
const FLAGS: [&str; 6] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Ccodegen-units=1",
];

/// Runs every target. What breaks one is left in `fuzz/artifacts/`, and named.
pub(crate) fn run(project: &Project) -> Result<()> {
    if !cfg!(target_os = "linux") {
        println!("skipped: fuzzing is set up for Linux");
        return Ok(());
    }
    let target = project.path("target/fuzz");
    let mut build = shell::command(project, "cargo");
    build.args([
        "build",
        "--release",
        "--locked",
        "--manifest-path",
        "fuzz/Cargo.toml",
    ]);
    build.env("CARGO_TARGET_DIR", &target);
    // With a target, build scripts and macros are built without the flags.
    let host = "x86_64-unknown-linux-gnu";
    build.args(["--target", host]);
    build.env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\x1f"));
    shell::run(&mut build)?;
    for name in TARGETS {
        let kept = project.path(&format!("fuzz/corpus/{name}"));
        let new = target.join("new").join(name);
        let artifacts = project.path("fuzz/artifacts");
        for folder in [&kept, &new, &artifacts] {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        let mut fuzz = Command::new(target.join(host).join("release").join(name));
        fuzz.arg(format!("-max_total_time={SECONDS}"));
        fuzz.arg(format!("-timeout={HANGS}"))
            .arg(format!("-rss_limit_mb={MEMORY}"));
        fuzz.arg(format!("-artifact_prefix={}/{name}-", artifacts.display()));
        fuzz.args(["-max_len=65536", "-print_final_stats=1", "-verbosity=0"]);
        // What is new goes into the first folder.
        shell::run(fuzz.arg(new).arg(kept))?;
    }
    Ok(())
}
