//! Reading the input: articles to the command, problems to the reader, progress to a terminal.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::ProgressBar;
use souwen_corpus::{Article, Late, Left, Options, Problem, Visit, read_files};

use crate::config;
use crate::tally::Tally;
use crate::update::Recorder;

/// How often the figures on a terminal move on.
const TICK: Duration = Duration::from_millis(100);

/// Something moving on a terminal while work goes on; nothing elsewhere.
pub(crate) fn progress() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(TICK);
    bar
}

/// What a command reads; ends it as wrongly used if that is nothing.
pub(crate) fn named(inputs: Vec<PathBuf>) -> Vec<PathBuf> {
    if inputs.is_empty() {
        let what = format!(
            "name files or folders to read, or put them into [input] of {} (`souwen init` writes one)\n",
            config::NAME
        );
        clap::Error::raw(clap::error::ErrorKind::MissingRequiredArgument, what).exit();
    }
    inputs
}

/// Reads files and folders. Every problem is printed and counted, every file noted. `late` is what an
/// earlier reading of the same files gave, or nothing: with it, nothing is printed once more.
pub(crate) fn read(
    inputs: &[PathBuf],
    options: &Options,
    late: Late,
    bar: &ProgressBar,
    mut recorder: Option<&mut Recorder>,
    take: impl FnMut(Article),
) -> (Tally, Late) {
    if let Some(recorder) = &mut recorder {
        **recorder = Recorder::default();
    }
    let mut all = All {
        tally: Tally::new(late.is_empty()),
        bar,
        recorder,
        take,
    };
    let reading = read_files(inputs, options, late, &mut all);
    if let Some(recorder) = all.recorder {
        recorder.end(reading.is_mixed);
    }
    (all.tally, reading.late)
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

    fn left(&mut self, file: &str, why: Left) {
        self.tally.left(file, &why);
    }
}
