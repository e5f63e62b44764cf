//! The demo newspaper: its pages, and the bundle that searches them.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, anyhow};

use crate::project::Project;
use crate::{shell, www};

/// Where the demo is served unless another port is named.
pub(crate) const PORT: u16 = 8080;

/// Serves the demo site, which must have been made, until it is stopped.
pub(crate) fn serve(project: &Project, port: u16) -> Result<()> {
    shell::run(
        souwen(project)
            .arg("serve")
            .arg(project.demo())
            .args(["--port", &port.to_string()]),
    )
}

/// Makes the demo site in `target/demo/`; everything must have been built.
pub(crate) fn site(project: &Project) -> Result<()> {
    // The articles' own pages are made from what `extract` writes, and their addresses go into the index.
    let extracted = project.path("target/demo-extracted.jsonl");
    let articles = project.path("target/demo-articles.jsonl");
    let lines = shell::output(souwen(project).args(["extract", "corpus"]))?;
    fs::write(&extracted, lines)
        .with_context(|| format!("cannot write {}", extracted.display()))?;
    www::build_demo(project, &extracted, &articles)?;
    let demo = project.demo();
    if demo.exists() {
        fs::remove_dir_all(&demo).with_context(|| format!("cannot remove {}", demo.display()))?;
    }
    copy(&project.path("www/dist-demo"), &demo)?;
    shell::run(
        souwen(project)
            .arg("build")
            .arg(articles)
            .args(["--config", "corpus/souwen.toml", "--out"])
            .arg(demo.join("search")),
    )
}

/// The program that was just built, in the repository's root.
pub(crate) fn souwen(project: &Project) -> Command {
    let mut command = Command::new(project.program());
    command.current_dir(project.root());
    command
}

/// Copies a folder with all that is in it; `to` is made.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot list {}", from.display()))? {
        let path = entry?.path();
        let name = path
            .file_name()
            .ok_or_else(|| anyhow!("{} has no name", path.display()))?;
        let target = to.join(name);
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target).with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}
