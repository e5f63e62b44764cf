//! `souwen build`: files and folders → a bundle.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use souwen_compile::{Compiled, compile_to};
use souwen_index::{Layout, Sink};

use crate::config::Config;
use crate::input::{self, Tally};
use crate::interrupt;
use crate::manifest::{self, FORMAT, FileEntry, GENERATOR, Manifest, Parts, sha256};
use crate::output::{clean, grouped, note};
use crate::runtime::{self, RuntimeFile};
use crate::staging::{self, Writing};

/// Digits of an index's SHA-256 that make its name.
const HASH_DIGITS: usize = 16;

/// The arguments of `souwen build`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files and folders to read: .txt, .html, .md, .json, .jsonl, .jsonl.gz
    #[arg(required = true)]
    input: Vec<PathBuf>,
    /// The folder to write: new, empty, or an older bundle, which is replaced
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Settings: [site] name, lang, base_url; [dictionary] words; [facets] fields;
    /// [rank] half_life_days; [rank.fields] title, body …; [synonyms] word = word
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The archive's name, for people; goes before the one in the settings
    #[arg(long)]
    name: Option<String>,
    /// Where the site's pages can be read; goes before the one in the settings
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// A folder with the browser runtime, in place of the one inside this program
    #[arg(long, value_name = "DIR")]
    runtime: Option<PathBuf>,
    /// Write nothing and fail (exit status 1) when anything cannot be read
    #[arg(long)]
    strict: bool,
}

/// Builds the bundle.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let start = Instant::now();
    interrupt::install();
    // Whatever can fail at once does so before the long work.
    let config = args
        .config
        .as_deref()
        .map(Config::read)
        .transpose()?
        .unwrap_or_default();
    let runtime = match &args.runtime {
        Some(folder) => runtime::from_folder(folder)?,
        None => runtime::embedded(),
    };
    staging::check(&args.out)?;

    let bar = input::progress();
    let read = souwen_corpus::Options {
        base_url: args.base_url.clone().or(config.site.base_url.clone()),
    };
    let mut articles = Vec::new();
    let tally = input::read(&args.input, &read, &bar, |article| articles.push(article));
    if let Err(error) = tally.check(&args.input, args.strict) {
        bar.finish_and_clear();
        return Err(error);
    }
    let options = options(args, config);
    bar.set_message(format!("compiling {} articles", grouped(tally.articles)));
    let mut folder = Folder::new(staging::begin(&args.out)?);
    let compiled = compile_to(&articles, &options, Layout::default(), &mut folder);
    bar.finish_and_clear();
    let compiled = compiled.context("the articles cannot be compiled")?;

    let manifest = manifest_of(&compiled, options, folder.parts, &runtime);
    folder.put(&manifest.index.file, &compiled.bytes)?;
    for file in &runtime {
        folder.put(&file.name, &file.content)?;
    }
    folder.put(manifest::NAME, &manifest.to_json()?)?;
    let (files, bytes) = (folder.files, folder.bytes);
    folder.writing.finish()?;

    if runtime.is_empty() {
        note(format_args!(
            "this souwen was built without the browser runtime; the bundle can be searched by \
             souwen, but not in a browser until it is built with --runtime DIR"
        ));
    }
    summarise(args, &compiled, (files, bytes), tally, start);
    Ok(ExitCode::SUCCESS)
}

/// The bundle's folder on its way, and what is in it.
struct Folder {
    writing: Writing,
    files: u64,
    bytes: u64,
    parts: Parts,
}

impl Folder {
    fn new(writing: Writing) -> Self {
        Self {
            writing,
            files: 0,
            bytes: 0,
            parts: Parts::default(),
        }
    }

    fn put(&mut self, name: &str, content: &[u8]) -> Result<()> {
        self.files += 1;
        self.bytes += u64::try_from(content.len()).unwrap_or(0);
        self.writing.put(name, content)
    }
}

impl Sink for Folder {
    fn part(&mut self, bytes: Vec<u8>) -> io::Result<[u8; 8]> {
        let digest = manifest::part_digest(&bytes);
        let put = self.put(&manifest::part_name(digest), &bytes);
        put.map_err(|error| io::Error::other(format!("{error:#}")))?;
        self.parts.files += 1;
        self.parts.bytes += u64::try_from(bytes.len()).unwrap_or(0);
        Ok(digest)
    }
}

fn options(args: &Args, config: Config) -> souwen_compile::Options {
    let default = souwen_compile::Options::default();
    let synonyms = config.synonyms();
    souwen_compile::Options {
        name: args
            .name
            .clone()
            .or(config.site.name)
            .unwrap_or(default.name),
        language: config.site.lang.unwrap_or(default.language),
        words: config.dictionary.words,
        half_life_days: config.rank.half_life_days(),
        weights: config.rank.weights(),
        synonyms,
        facets: config.facets.fields,
    }
}

fn manifest_of(
    compiled: &Compiled,
    options: souwen_compile::Options,
    parts: Parts,
    runtime: &[RuntimeFile],
) -> Manifest {
    let digits: String = sha256(&compiled.bytes).chars().take(HASH_DIGITS).collect();
    Manifest {
        format: FORMAT,
        generator: GENERATOR.to_owned(),
        name: options.name,
        language: options.language,
        articles: compiled.stats.documents,
        characters: compiled.stats.characters,
        terms: compiled.stats.terms,
        index: FileEntry::new(format!("index-{digits}.souwen"), &compiled.bytes),
        parts,
        runtime: runtime
            .iter()
            .map(|file| FileEntry::new(file.name.clone(), &file.content))
            .collect(),
    }
}

fn summarise(
    args: &Args,
    compiled: &Compiled,
    (files, bytes): (u64, u64),
    tally: Tally,
    start: Instant,
) {
    note(format_args!("{}:", args.out.display()));
    for (what, figure) in [
        ("articles", grouped(compiled.stats.documents.into())),
        ("characters", grouped(compiled.stats.characters)),
        ("terms", grouped(compiled.stats.terms.into())),
        ("repeated", grouped(compiled.stats.repeated.into())),
        ("files", grouped(files)),
        ("bytes", grouped(bytes)),
        ("skipped", grouped(tally.skipped)),
        ("seconds", format!("{:.1}", start.elapsed().as_secs_f64())),
    ] {
        note(format_args!("  {what:<10} {figure:>13}"));
    }
    for group in &compiled.idle_synonyms {
        note(format_args!(
            "no article holds any of the synonyms {}; check how the articles spell them",
            clean(group)
        ));
    }
}
