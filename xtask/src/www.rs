//! The TypeScript half: npm's scripts in `www/`.

use std::path::Path;

use anyhow::Result;

use crate::browser;
use crate::project::Project;
use crate::shell;
use crate::stamp::Stamp;
use crate::test::{LONG, Options};

/// Builds the bundle's runtime files into `www/dist/`, unless they are up to date. The bare
/// wasm runtime must have been made.
pub(crate) fn build(project: &Project) -> Result<()> {
    let stamp = Stamp::of(project, "www", &["www"], "")?;
    if stamp.is_current(&project.path("www/dist")) {
        return Ok(());
    }
    script(project, "build")?;
    stamp.write()
}

/// Builds the demo newspaper's pages into `www/dist-demo/`: its own, and one for each article of
/// `extracted`, whose addresses are in what is written to `articles`. The runtime must have been built.
pub(crate) fn build_demo(project: &Project, extracted: &Path, articles: &Path) -> Result<()> {
    let mut build = shell::npm(project);
    build.args(["run", "build:demo", "--"]);
    shell::run(build.arg(extracted).arg(articles))
}

/// Checks the types.
pub(crate) fn check(project: &Project) -> Result<()> {
    script(project, "check")
}

/// Runs the tests that need no browser.
pub(crate) fn test(project: &Project) -> Result<()> {
    script(project, "test")
}

/// Runs the end-to-end tests in the browser, on the demo site, which must have been built.
pub(crate) fn end_to_end(project: &Project, options: Options) -> Result<()> {
    let chromium = browser::find_or_install()?;
    let mut test = shell::npm(project);
    test.args(["run", "e2e"]).env(browser::VARIABLE, chromium);
    if options.long {
        test.env(LONG, "1");
    }
    shell::run(&mut test)
}

/// Runs the core paths in those of the other browsers that are there.
pub(crate) fn other_browsers(project: &Project) -> Result<()> {
    let mut test = shell::npm(project);
    test.args(["run", "webdriver"]);
    if let Some(driver) = browser::geckodriver(project) {
        test.env("SOUWEN_GECKODRIVER", driver);
    }
    shell::run(&mut test)
}

fn script(project: &Project, name: &str) -> Result<()> {
    shell::run(shell::npm(project).args(["run", name]))
}
