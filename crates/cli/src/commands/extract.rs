//! `souwen extract`: files and folders → one JSON article a line.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::{self, ExitCode};

use anyhow::{Context, Result};
use indicatif::ProgressBar;
use souwen_corpus::Article;

use crate::config::Config;
use crate::input;
use crate::output::{counted, note};

/// The arguments of `souwen extract`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files, folders and patterns to read; without any, what the settings name
    input: Vec<PathBuf>,
    /// Settings, of which [input], [sections], [encodings], [fields] and the site's base_url count
    /// here; without any input, souwen.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where the site's pages can be read: the address of an HTML page is this and its path
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Fail (exit status 1) when anything cannot be read
    #[arg(long)]
    strict: bool,
}

/// Prints the articles.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let config = Config::find(args.config.as_deref(), &args.input)?;
    let inputs = input::named(config.inputs(&args.input));
    // Articles that scroll by are progress enough.
    let bar = if io::stdout().is_terminal() {
        ProgressBar::hidden()
    } else {
        input::progress()
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut failed = None;
    let options = config.reading(args.base_url.as_ref());
    let tally = input::read(&inputs, &options, &bar, None, |article| {
        if failed.is_none() {
            failed = print(&mut out, &article).err();
            // The reading cannot be stopped, and nobody wants the rest.
            if failed
                .as_ref()
                .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
            {
                process::exit(0);
            }
        }
    });
    bar.finish_and_clear();
    failed
        .map_or(Ok(()), Err)
        .and_then(|()| out.flush())
        .context("the output cannot be written")?;
    note(format_args!(
        "{}, {}, {} skipped",
        counted(tally.articles, "article"),
        counted(tally.characters, "character"),
        tally.skipped
    ));
    tally.note();
    tally.check(&inputs, args.strict)?;
    Ok(ExitCode::SUCCESS)
}

fn print(out: &mut impl Write, article: &Article) -> io::Result<()> {
    serde_json::to_writer(&mut *out, article)?;
    out.write_all(b"\n")
}
