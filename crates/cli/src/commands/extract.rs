//! `souwen extract`: files and folders → one JSON article a line.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Read, Seek, StdoutLock, Write};
use std::path::PathBuf;
use std::process::{self, ExitCode};

use anyhow::{Context, Result};
use indicatif::ProgressBar;
use souwen_corpus::{Article, Late, count_files};

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
    let options = config.reading(args.base_url.as_ref());
    // A second file may say more of an article that the first one has.
    let mut lines = if count_files(&inputs, &options) < 2 {
        Lines::printed()
    } else {
        Lines::kept()
    };
    // Articles that scroll by are progress enough.
    let bar = if lines.kept.is_none() && io::stdout().is_terminal() {
        ProgressBar::hidden()
    } else {
        input::progress()
    };
    let read = |late: Late, lines: &mut Lines| {
        input::read(&inputs, &options, late, &bar, None, |article| {
            lines.add(&article);
        })
    };
    let (mut tally, late) = read(Late::default(), &mut lines);
    let mut unfinished = 0;
    if !late.is_empty() {
        if lines.discard() {
            (tally, _) = read(late, &mut lines);
        } else {
            unfinished = late.len();
        }
    }
    bar.finish_and_clear();
    lines.finish().context("the output cannot be written")?;
    note(format_args!(
        "{}, {}, {} skipped",
        counted(tally.articles, "article"),
        counted(tally.characters, "character"),
        tally.skipped
    ));
    tally.note();
    if unfinished > 0 {
        let folder = std::env::temp_dir();
        note(format_args!(
            "{unfinished} × printed before a later file told more, such as the date: {} has no room to wait for it; \
             make room, or name another folder by TMPDIR",
            folder.display()
        ));
    }
    tally.check(&inputs, args.strict)?;
    Ok(ExitCode::SUCCESS)
}

/// Lines of JSON on their way to the output.
struct Lines {
    out: BufWriter<StdoutLock<'static>>,
    /// Where they wait until all files are read; none if they are printed at once.
    kept: Option<BufWriter<File>>,
    /// How many bytes of whole lines it has taken.
    bytes: u64,
    failed: Option<io::Error>,
}

impl Lines {
    fn printed() -> Self {
        Self {
            out: BufWriter::new(io::stdout().lock()),
            kept: None,
            bytes: 0,
            failed: None,
        }
    }

    /// They wait in a file without a name, which the system frees however the program ends.
    fn kept() -> Self {
        Self {
            kept: tempfile::tempfile().ok().map(BufWriter::new),
            ..Self::printed()
        }
    }

    fn add(&mut self, article: &Article) {
        if self.failed.is_some() {
            return;
        }
        let mut line = match serde_json::to_vec(article) {
            Ok(line) => line,
            Err(error) => return self.failed = Some(error.into()),
        };
        line.push(b'\n');
        if let Some(kept) = &mut self.kept {
            if kept.write_all(&line).is_ok() {
                self.bytes += u64::try_from(line.len()).unwrap_or(0);
                return;
            }
            // No room to wait: what there is goes out, and the rest at once.
            let poured = self.pour();
            self.tell(poured);
        }
        let written = self.out.write_all(&line);
        self.tell(written);
    }

    /// Drops what has been kept; false if it has been printed.
    fn discard(&mut self) -> bool {
        self.kept.take().is_some()
    }

    fn finish(mut self) -> io::Result<()> {
        let poured = self.pour();
        self.tell(poured);
        let flushed = self.out.flush();
        self.tell(flushed);
        self.failed.map_or(Ok(()), Err)
    }

    /// Prints what has been kept.
    fn pour(&mut self) -> io::Result<()> {
        let Some(kept) = self.kept.take() else {
            return Ok(());
        };
        // What is still in the buffer may not fit into the file, and behind the last whole line may be half a one.
        let (mut file, rest) = kept.into_parts();
        file.rewind()?;
        io::copy(&mut file.take(self.bytes), &mut self.out)?;
        self.out.write_all(&rest.unwrap_or_default())
    }

    fn tell(&mut self, done: io::Result<()>) {
        let Err(error) = done else { return };
        // The reading cannot be stopped, and nobody wants the rest.
        if error.kind() == io::ErrorKind::BrokenPipe {
            process::exit(0);
        }
        self.failed.get_or_insert(error);
    }
}
