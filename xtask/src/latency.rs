//! How long queries take in a real browser, and how much it loads for them.

use anyhow::Result;

use crate::project::Project;
use crate::{browser, build, shell};

/// Builds everything and prints the figures of `www/bench/` for a bundle of the newspaper pages
/// beside the repository or, where there are none, of the demo newspaper; and for one of ten thousand
/// articles, where they are there.
pub(crate) fn run(project: &Project) -> Result<()> {
    build::everything(project)?;
    let chromium = browser::find_or_install()?;
    shell::run(
        shell::npm(project)
            .args(["run", "bench"])
            .env(browser::VARIABLE, chromium)
            .env("SOUWEN_BIN", project.program()),
    )
}
