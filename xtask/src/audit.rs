//! What the project is made of: licences, known holes, and the lists of it all for a release.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::{shell, tools};

/// Folders with packages from npm.
const NPM: [&str; 2] = ["www", "bench"];
/// The folders of the crates that are released, and what their lists are called.
const RELEASED: [(&str, &str); 2] = [("", "wasm"), ("crates/cli", "program")];

/// Checks what everything is built from by the rules of `deny.toml`, and writes the lists of it (SBOM, in
/// CycloneDX) into `target/sbom/`. A check that asks a service which cannot be reached is skipped, and says so.
pub(crate) fn run(project: &Project) -> Result<()> {
    let lists = project.path("target/sbom");
    fs::create_dir_all(&lists).with_context(|| format!("cannot make {}", lists.display()))?;
    crates(project, &lists)?;
    for folder in NPM {
        packages(project, folder, &lists)?;
    }
    println!("What Souwen is built from is listed in {}", lists.display());
    Ok(())
}

fn crates(project: &Project, lists: &Path) -> Result<()> {
    let deny = tools::cargo_deny(project)?;
    let deny = |args: &[&str]| {
        let mut command = Command::new(&deny);
        command.current_dir(project.root()).args(args);
        command
    };
    shell::run(&mut deny(&["check", "bans", "licenses", "sources"]))?;
    if shell::succeeds(&mut deny(&["fetch", "db"])) {
        shell::run(&mut deny(&["check", "advisories"]))?;
    } else {
        println!("skipped: the advisories on crates (https://rustsec.org) cannot be fetched");
    }
    let cyclonedx = tools::cargo_cyclonedx(project)?;
    let mut list = Command::new(cyclonedx);
    list.current_dir(project.root());
    shell::run(list.args([
        "cyclonedx",
        "--format",
        "json",
        "--override-filename",
        "sbom",
    ]))?;
    for (folder, name) in RELEASED {
        let list = project.path(folder).join("sbom.json");
        fs::copy(&list, lists.join(format!("{name}.cdx.json")))
            .with_context(|| format!("cannot read {}", list.display()))?;
    }
    // It leaves a list in the folder of every crate.
    let members = fs::read_dir(project.path("crates"))?
        .flatten()
        .map(|entry| entry.path());
    for folder in members.chain([project.path("xtask"), project.path("")]) {
        let _ = fs::remove_file(folder.join("sbom.json"));
    }
    Ok(())
}

fn packages(project: &Project, folder: &str, lists: &Path) -> Result<()> {
    let npm = |args: &[&str]| {
        let mut npm = shell::npm_in(project, folder);
        npm.args(args);
        npm
    };
    // It fails where there are holes, and where there is nobody to ask.
    if !shell::succeeds(&mut npm(&["audit"])) {
        let answer = npm(&["audit", "--json"]).output()?;
        let answer = String::from_utf8_lossy(&answer.stdout).into_owned();
        if answer.contains("\"vulnerabilities\"") {
            shell::run(&mut npm(&["audit"]))?;
        }
        println!(
            "skipped: this registry of npm's knows no advisories on the packages of {folder}/"
        );
    }
    let list = shell::output(&mut npm(&[
        "sbom",
        "--sbom-format=cyclonedx",
        "--package-lock-only",
    ]))?;
    let path = lists.join(format!("{folder}.cdx.json"));
    fs::write(&path, list).with_context(|| format!("cannot write {}", path.display()))
}
