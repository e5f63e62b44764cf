//! Reading the input: articles to the command, problems to the reader, progress to a terminal.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};
use indicatif::ProgressBar;
use souwen_corpus::{Article, Options, Problem, Visit, read_files};

use crate::output::{counted, note};
use crate::update::Recorder;

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
    /// Counts an article, or prints and counts a problem.
    pub(crate) fn count(&mut self, item: &Result<Article, Problem>, bar: &ProgressBar) {
        match item {
            Ok(article) => {
                self.articles += 1;
                self.characters += u64::try_from(article.characters()).unwrap_or(0);
                bar.set_message(counted(self.articles, "article"));
            }
            Err(problem) => {
                self.skipped += 1;
                bar.suspend(|| note(format_args!("{problem}")));
            }
        }
    }

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

/// Reads files and folders. Every problem is printed and counted, every file noted.
pub(crate) fn read(
    inputs: &[PathBuf],
    options: &Options,
    bar: &ProgressBar,
    recorder: Option<&mut Recorder>,
    take: impl FnMut(Article),
) -> Tally {
    let mut all = All {
        tally: Tally::default(),
        bar,
        recorder,
        take,
    };
    let repeated = read_files(inputs, options, &mut all);
    if let Some(recorder) = all.recorder {
        recorder.end(repeated);
    }
    all.tally
}

struct All<'a, T> {
    tally: Tally,
    bar: &'a ProgressBar,
    recorder: Option<&'a mut Recorder>,
    take: T,
}

impl<T: FnMut(Article)> Visit for All<'_, T> {
    fn file(&mut self, path: &Path) -> Option<u64> {
        if let Some(recorder) = &mut self.recorder {
            recorder.file(path);
        }
        None
    }

    fn item(&mut self, item: Result<Article, Problem>) {
        self.tally.count(&item, self.bar);
        if let Some(recorder) = &mut self.recorder {
            recorder.item(&item);
        }
        if let Ok(article) = item {
            (self.take)(article);
        }
    }
}
