//! `souwen merge`: shards → a bundle.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use souwen_compile::{build, open_shards};

use crate::output::grouped;
use crate::publish::Folder;
use crate::resources::{self, Progress, parse_memory};
use crate::{interrupt, publish, staging};

/// The arguments of `souwen merge`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folders that `souwen build --shard` wrote, all of them, in any order
    #[arg(required = true, value_name = "SHARD")]
    shards: Vec<PathBuf>,
    /// The folder to write: new, empty, or an older bundle, which is replaced
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// A folder with the browser runtime, in place of the one inside this program
    #[arg(long, value_name = "DIR")]
    runtime: Option<PathBuf>,
    /// The memory to use at most, about; the rest goes into temporary files beside the bundle
    #[arg(long, value_name = "SIZE", default_value = "1G", value_parser = parse_memory)]
    memory: u64,
}

/// Makes the bundle that a build of everything at once would have made.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let start = Instant::now();
    interrupt::install();
    let runtime = publish::runtime(args.runtime.as_ref())?;
    staging::check(&args.out)?;
    let (runs, options) = open_shards(&args.shards)?;
    if runs.iter().all(|run| run.articles() == 0) {
        bail!("the shards hold no article; check the input that they were built of");
    }
    let shards = u64::try_from(runs.len()).unwrap_or(0);
    let progress = Progress::new();
    let limits = resources::limits(&args.out, args.memory);
    let mut folder = Folder::begin(&args.out)?;
    let compiled = build(runs, &options, &limits, &progress, &mut folder);
    drop(progress);
    let compiled = compiled.context("the shards cannot be merged")?;
    let mut figures = folder.finish(&compiled, options, &runtime, None)?;
    figures.push(("shards", grouped(shards)));
    figures.push(("seconds", format!("{:.1}", start.elapsed().as_secs_f64())));
    publish::summarise(&args.out, &figures);
    publish::note_remarks(&compiled);
    Ok(ExitCode::SUCCESS)
}
