//! Souwen beside its peers, measured in one run: `bench/` builds and asks each of them, this builds what it needs.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::{browser, build, demo, shell, tools};

/// Ten thousand articles, where they are kept beside the repository.
const NEWS: &str = "../shared/corpus/news-10k.jsonl.gz";

/// Where the figures go unless another file is named.
const OUT: &str = "docs/BENCHMARKS.md";

/// The peer that is no npm package.
const TANTIVY: &str = "tantivy";

/// What `wasm-opt` may use for tantivy; no peer is held back by old browsers.
const WASM_OPT: [&str; 9] = [
    "-O3",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What of it all is measured.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// A JSONL file, gzipped or not; without one `news-10k` or, where that is not, the demo newspaper.
    pub(crate) corpus: Option<PathBuf>,
    /// At most so many of its articles.
    pub(crate) articles: Option<u32>,
    /// The peers' names, with commas between them; all of them unless given.
    pub(crate) peers: Option<String>,
    /// The page to write.
    pub(crate) out: Option<PathBuf>,
}

/// Builds everything, installs the peers and writes the page of figures.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    build::everything(project)?;
    tools::bench_packages(project)?;
    shell::run(shell::npm_in(project, "bench").args(["run", "check"]))?;
    let chromium = browser::find_or_install()?;
    let work = project.path("target/bench");
    fs::create_dir_all(&work).with_context(|| format!("cannot make {}", work.display()))?;

    let mut driver = shell::npm_in(project, "bench");
    driver.args(["run", "bench", "--"]);
    driver.arg("--work").arg(&work);
    driver.arg("--souwen").arg(project.program());
    driver.arg("--corpus").arg(corpus(project, options, &work)?);
    driver.arg("--out").arg(absolute(
        options
            .out
            .as_deref()
            .map_or_else(|| project.path(OUT), Path::to_path_buf),
    )?);
    if let Some(articles) = options.articles {
        driver.args(["--articles", &articles.to_string()]);
    }
    if let Some(peers) = &options.peers {
        driver.args(["--peers", peers]);
    }
    let wanted = |peers: &String| peers.split(',').any(|peer| peer == TANTIVY);
    if options.peers.as_ref().is_none_or(wanted) {
        let (program, wasm) = tantivy(project, &work)?;
        driver.arg("--tantivy-program").arg(program);
        driver.arg("--tantivy-wasm").arg(wasm);
    }
    shell::run(driver.env(browser::VARIABLE, chromium))
}

/// The articles to search in.
fn corpus(project: &Project, options: &Options, work: &Path) -> Result<PathBuf> {
    if let Some(named) = &options.corpus {
        return absolute(named.clone());
    }
    let news = project.path(NEWS);
    if news.is_file() {
        return Ok(news);
    }
    let demo = work.join("demo-newspaper.jsonl");
    let file = File::create(&demo).with_context(|| format!("cannot write {}", demo.display()))?;
    shell::run(
        demo::souwen(project)
            .args(["extract", "corpus"])
            .stdout(Stdio::from(file)),
    )?;
    Ok(demo)
}

/// Builds tantivy natively and for the browser: the program that indexes, and the folder of the wasm package.
fn tantivy(project: &Project, work: &Path) -> Result<(PathBuf, PathBuf)> {
    let bindgen = tools::wasm_bindgen(project)?;
    let target = work.join("tantivy-target");
    let cargo = |args: &[&str]| {
        let mut cargo = Command::new("cargo");
        // Its own folder: the settings of its `.cargo/` hold only there.
        cargo.current_dir(project.path("bench/tantivy"));
        cargo.env("CARGO_TARGET_DIR", &target);
        shell::run(cargo.args(["build", "--release", "--locked"]).args(args))
    };
    cargo(&["--bin", "index"])?;
    cargo(&["--lib", "--target", tools::WASM_TARGET])?;

    let package = work.join("tantivy-package");
    let compiled = target
        .join(tools::WASM_TARGET)
        .join("release/souwen_bench_tantivy.wasm");
    shell::run(
        Command::new(bindgen)
            .args(["--target", "web", "--no-typescript"])
            .args(["--out-name", TANTIVY, "--out-dir"])
            .arg(&package)
            .arg(compiled),
    )?;
    let wasm = package.join("tantivy_bg.wasm");
    shell::run(
        Command::new("node")
            .arg(project.path("www/node_modules/binaryen/bin/wasm-opt"))
            .args(WASM_OPT)
            .arg(&wasm)
            .arg("-o")
            .arg(&wasm),
    )?;
    let program = target
        .join("release")
        .join(format!("index{}", env::consts::EXE_SUFFIX));
    if !program.is_file() {
        bail!("{} was not built", program.display());
    }
    Ok((program, package))
}

/// A path that means the same in another folder.
fn absolute(path: PathBuf) -> Result<PathBuf> {
    std::path::absolute(&path)
        .with_context(|| format!("{} is no path of this machine", path.display()))
}
