//! The same sources give the same wasm, wherever they are built.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{self, Command};

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::{shell, wasm};

/// Builds the wasm that bundles carry in another folder, with cargo's own files elsewhere, too, and compares it with the
/// one that was built here.
pub(crate) fn run(project: &Project) -> Result<()> {
    wasm::build(project)?;
    let elsewhere = env::temp_dir().join(format!("souwen elsewhere {}", process::id()));
    let compared = compare(project, &elsewhere);
    fs::remove_dir_all(&elsewhere)
        .with_context(|| format!("cannot remove {}", elsewhere.display()))?;
    compared
}

fn compare(project: &Project, elsewhere: &Path) -> Result<()> {
    let [root, home] = ["sources", "cargo"].map(|name| elsewhere.join(name));
    fs::create_dir_all(&home).with_context(|| format!("cannot make {}", home.display()))?;
    copy(project, &root)?;
    let built = wasm::build_elsewhere(project, &root, &home)?;
    let own = project.path(wasm::RUNTIME_FILE);
    let same = read(&built)? == read(&own)?;
    if !same {
        bail!(
            "{} is not what the same sources give in another folder; something of this machine is in it",
            own.display()
        );
    }
    println!("The wasm of a bundle is the same, to the byte, when it is built in another folder.");
    Ok(())
}

/// Copies the sources, as they are now.
fn copy(project: &Project, to: &Path) -> Result<()> {
    let mut list = Command::new("git");
    list.current_dir(project.root());
    let names = shell::output(list.args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        let (from, to) = (project.path(name), to.join(name));
        // What was removed is still listed.
        if !from.is_file() {
            continue;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::copy(&from, &to).with_context(|| format!("cannot write {}", to.display()))?;
    }
    Ok(())
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}
