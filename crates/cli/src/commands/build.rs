//! `souwen build`: files and folders → a bundle.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use souwen_compile::{Options, Run, build, map};
use souwen_corpus::Late;

use crate::config::Config;
use crate::input;
use crate::output::grouped;
use crate::publish::Folder;
use crate::resources::{self, Progress, parse_memory, parse_shard};
use crate::tally::Tally;
use crate::update::{self, Recorder, Request};
use crate::{interrupt, publish, staging};

/// The arguments of `souwen build`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files, folders and patterns to read; without any, what the settings name
    input: Vec<PathBuf>,
    /// The folder to write: new, empty, or an older bundle, which is replaced
    #[arg(long, value_name = "DIR", required_unless_present = "update")]
    out: Option<PathBuf>,
    /// Bring a bundle that was built of this input up to date: only what has changed is read and
    /// written. It is replaced, unless --out names another folder
    #[arg(long, value_name = "BUNDLE", conflicts_with = "shard")]
    update: Option<PathBuf>,
    /// Settings, as `souwen init` writes and explains them; without any input, souwen.toml
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
    /// The memory to use at most, about; the rest goes into temporary files beside the bundle
    #[arg(long, value_name = "SIZE", default_value = "1G", value_parser = parse_memory)]
    memory: u64,
    /// Let the files of the N builds before stay in the folder, for pages that were opened before this one
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "shard")]
    keep: usize,
    /// Write the I-th of N shards in place of a bundle; `souwen merge` makes one of them all
    #[arg(long, value_name = "I/N", value_parser = parse_shard)]
    shard: Option<(u32, u32)>,
    /// Write nothing and fail (exit status 1) when anything cannot be read
    #[arg(long)]
    strict: bool,
}

/// Builds the bundle.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let start = Instant::now();
    interrupt::install();
    // Whatever can fail at once does so before the long work.
    let config = Config::find(args.config.as_deref(), &args.input)?;
    let inputs = input::named(config.inputs(&args.input));
    let runtime = publish::runtime(args.runtime.as_ref())?;
    let out = args.out.as_ref().or(args.update.as_ref());
    let out = out.context("name the folder to write with --out")?;
    match args.shard {
        Some(_) => staging::check_new(out)?,
        None => staging::check(out)?,
    }
    let reading = config.reading(args.base_url.as_ref());
    let options = options(args, config);
    let limits = resources::limits(out, args.memory);
    if let Some(bundle) = &args.update {
        let request = Request {
            bundle,
            out,
            input: &inputs,
            strict: args.strict,
            reading: &reading,
            options: &options,
            limits: &limits,
            runtime: &runtime,
            keep: args.keep,
        };
        if update::run(&request, start)? {
            return Ok(ExitCode::SUCCESS);
        }
    }
    let settings = update::settings(&options, &reading);
    let progress = Progress::new();
    let mut recorder = Recorder::default();
    let files = args.shard.is_none().then_some(&mut recorder);
    let (run, tally) = read(
        args,
        (&inputs, &reading),
        &options,
        &limits,
        &progress,
        files,
    )?;
    if args.shard.is_some() {
        drop(progress);
        return save(out, &run, &options, &tally, start);
    }
    let mut folder = Folder::begin(out)?.keeping(args.keep);
    let compiled = build(vec![run], &options, &limits, &progress, &mut folder);
    drop(progress);
    let compiled = compiled.context("the articles cannot be compiled")?;
    let ledger = compiled.ledger.clone();
    let state = update::text_of(settings, &compiled.bytes, ledger, recorder);
    let mut figures = folder.finish(&compiled, options, &runtime, Some(&state))?;
    figures.extend(closing(&tally, start));
    publish::summarise(out, &figures);
    tally.note();
    publish::note_remarks(&compiled);
    Ok(ExitCode::SUCCESS)
}

/// Reads the input, or the shard's part of it: of `I/N` every N-th article. Ids depend on all articles
/// before, so all are read.
fn read(
    args: &Args,
    (inputs, reading): (&[PathBuf], &souwen_corpus::Options),
    options: &Options,
    limits: &souwen_compile::Limits,
    progress: &Progress,
    recorder: Option<&mut Recorder>,
) -> Result<(Run, Tally)> {
    let (shard, of) = args.shard.unwrap_or((1, 1));
    let mut recorder = recorder;
    let mut again = Late::default();
    // Where later files knew more of an article, all is read once more, with that.
    loop {
        let is_last = !again.is_empty();
        let mut tally = Tally::default();
        let mut late = Late::default();
        let run = map(options, limits, progress, (shard, of), |take| {
            let mut ordinal = 0;
            let before = std::mem::take(&mut again);
            let recorder = recorder.as_deref_mut();
            (tally, late) = input::read(
                inputs,
                reading,
                before,
                progress.bar(),
                recorder,
                |article| {
                    if ordinal % u64::from(of) == u64::from(shard - 1) {
                        take(ordinal, article);
                    }
                    ordinal += 1;
                },
            );
        });
        tally.check(inputs, args.strict)?;
        let run = run.context("the articles cannot be compiled")?;
        if is_last || late.is_empty() {
            return Ok((run, tally));
        }
        again = late;
    }
}

/// Writes a shard.
fn save(
    out: &Path,
    run: &Run,
    options: &Options,
    tally: &Tally,
    start: Instant,
) -> Result<ExitCode> {
    let writing = staging::begin(out)?;
    let bytes = run
        .save(writing.path(), options)
        .context("the shard cannot be written; nothing was changed")?;
    writing.finish()?;
    let mut figures = vec![
        ("articles", grouped(run.articles().into())),
        ("of", grouped(tally.articles)),
        ("bytes", grouped(bytes)),
    ];
    figures.extend(closing(tally, start));
    publish::summarise(out, &figures);
    tally.note();
    Ok(ExitCode::SUCCESS)
}

fn closing(tally: &Tally, start: Instant) -> [(&'static str, String); 2] {
    [
        ("skipped", grouped(tally.skipped)),
        ("seconds", format!("{:.1}", start.elapsed().as_secs_f64())),
    ]
}

fn options(args: &Args, config: Config) -> Options {
    let default = Options::default();
    let synonyms = config.synonyms();
    Options {
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
        bundle: config.bundle.options(),
    }
}
