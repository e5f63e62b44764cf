//! Reading the input: articles to the command, problems to the reader, progress to a terminal.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use indicatif::ProgressBar;
use souwen_corpus::{Article, Options, read_paths};

use crate::output::{counted, note};

/// How often the figures on a terminal move on.
const TICK: Duration = Duration::from_millis(100);

/// What came of reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Articles read.
    pub(crate) articles: u64,
    /// Characters of their texts.
    pub(crate) characters: u64,
    /// Files, or lines of files, that were skipped.
    pub(crate) skipped: u64,
}

impl Tally {
    /// Fails when there was no article, or, if `strict`, when anything was skipped.
    pub(crate) fn check(&self, inputs: &[PathBuf], strict: bool) -> Result<()> {
        if strict && self.skipped > 0 {
            let problems = counted(self.skipped, "problem");
            bail!("{problems} in the input (see above), and --strict makes them fatal; mend them");
        }
        if self.articles == 0 {
            let names: Vec<String> = inputs
                .iter()
                .map(|input| input.display().to_string())
                .collect();
            bail!(
                "no article was found in {}; check the input",
                names.join(", ")
            );
        }
        Ok(())
    }
}

/// Something moving on a terminal while work goes on; nothing elsewhere.
pub(crate) fn progress() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(TICK);
    bar
}

/// Reads files and folders. Every problem is printed and counted.
pub(crate) fn read(
    inputs: &[PathBuf],
    options: &Options,
    bar: &ProgressBar,
    mut take: impl FnMut(Article),
) -> Tally {
    let mut tally = Tally::default();
    read_paths(inputs, options, &mut |item| match item {
        Ok(article) => {
            tally.articles += 1;
            tally.characters += u64::try_from(article.characters()).unwrap_or(0);
            bar.set_message(counted(tally.articles, "article"));
            take(article);
        }
        Err(problem) => {
            tally.skipped += 1;
            bar.suspend(|| note(format_args!("{problem}")));
        }
    });
    tally
}
