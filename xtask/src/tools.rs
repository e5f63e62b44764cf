//! The tools that the build needs: is each there in the right version? If not, it is installed.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};

use crate::project::Project;
use crate::shell;

/// The one wasm target.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The `wasm-pack` that everyone builds with.
const WASM_PACK: &str = "0.15.1";
const CARGO_DENY: &str = "0.20.2";
const CARGO_CYCLONEDX: &str = "0.5.9";
const GECKODRIVER: &str = "0.37.1";

/// The tools run for a second or less, so that optimising them would cost a minute and save none.
const FAST_INSTALL: [&str; 3] = [
    "profile.dev.debug=false",
    "profile.dev.debug-assertions=false",
    "profile.dev.overflow-checks=false",
];

/// The oldest Node that the front-end tools in `www/package.json` run on.
const NODE: (u32, u32) = (20, 19);

/// Makes sure that the pinned toolchain can build for wasm.
///
/// `rust-toolchain.toml` names the target, but where rustup's automatic installation is
/// switched off nothing has fetched it.
pub(crate) fn wasm_target(project: &Project) -> Result<()> {
    let sysroot = shell::output(shell::command(project, "rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(WASM_TARGET)
        .is_dir()
    {
        return Ok(());
    }
    rustup(project, &["target", "add", WASM_TARGET])
}

/// Makes sure that `cargo fmt` and `cargo clippy` are there.
pub(crate) fn linters(project: &Project) -> Result<()> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !shell::succeeds(shell::command(project, "cargo").args([subcommand, "--version"])) {
            rustup(project, &["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(project: &Project, args: &[&str]) -> Result<()> {
    if shell::find("rustup").is_none() {
        bail!(
            "rustup was not found, and `rustup {}` has to be run: install it from https://rustup.rs",
            args.join(" ")
        );
    }
    shell::run(shell::command(project, "rustup").args(args))
}

/// Makes sure that Node and npm are there, and Node new enough.
pub(crate) fn node(project: &Project) -> Result<()> {
    let (major, minor) = NODE;
    let remedy =
        format!("install Node.js {major}.{minor} or newer, npm included, from https://nodejs.org");
    let version = shell::output(shell::command(project, "node").arg("--version"))
        .map_err(|_| anyhow!("Node.js was not found: {remedy}"))?;
    if node_version(&version).is_none_or(|found| found < NODE) {
        bail!("Node.js {} is too old: {remedy}", version.trim());
    }
    // npm runs in `www/`, which every clone has.
    shell::output(shell::npm(project).arg("--version"))
        .map_err(|_| anyhow!("npm was not found: {remedy}"))?;
    Ok(())
}

/// Major and minor version out of `v20.19.1`.
fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Installs the npm packages that the build needs.
pub(crate) fn npm_packages(project: &Project) -> Result<()> {
    npm_install(project, "www", &["ci"])
}

/// Installs the packages that Souwen is measured beside. Not by `npm ci`, which refuses a lock file that leaves
/// out programs for other systems, and Pagefind's are not in every registry.
pub(crate) fn bench_packages(project: &Project) -> Result<()> {
    npm_install(project, "bench", &["install", "--no-save"])
}

/// Installs a folder's npm packages when its `package-lock.json` is not the one they were installed from.
fn npm_install(project: &Project, folder: &str, command: &[&str]) -> Result<()> {
    let folder_path = project.path(folder);
    let lock = folder_path.join("package-lock.json");
    // A copy of the lock file, inside the folder that it describes: they go together.
    let stamp = folder_path.join("node_modules/.installed-from.json");
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let mut npm = shell::npm_in(project, folder);
    shell::run(npm.args(command).args(["--no-audit", "--no-fund"]))?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

/// Makes sure that `geckodriver` is there, by which the tests drive Firefox.
pub(crate) fn geckodriver(project: &Project) -> Result<PathBuf> {
    cargo_tool(project, "geckodriver", "geckodriver", GECKODRIVER)
}

/// Makes sure that `cargo-deny` is there, which looks at licences and advisories.
pub(crate) fn cargo_deny(project: &Project) -> Result<PathBuf> {
    cargo_tool(project, "cargo-deny", "cargo-deny", CARGO_DENY)
}

/// Makes sure that `cargo-cyclonedx` is there, which lists what a crate is built from.
pub(crate) fn cargo_cyclonedx(project: &Project) -> Result<PathBuf> {
    cargo_tool(
        project,
        "cargo-cyclonedx",
        "cargo-cyclonedx",
        CARGO_CYCLONEDX,
    )
}

/// Makes sure that `wasm-pack` is there in the pinned version.
pub(crate) fn wasm_pack(project: &Project) -> Result<PathBuf> {
    cargo_tool(project, "wasm-pack", "wasm-pack", WASM_PACK)
}

/// Makes sure that `wasm-bindgen` is there in exactly the version of the library in
/// `Cargo.lock`: the two speak a private format. `wasm-pack` would fetch a prebuilt one, but
/// from a host that not every machine reaches; the crate registry is reached wherever the build works.
pub(crate) fn wasm_bindgen(project: &Project) -> Result<PathBuf> {
    let lock = project.path("Cargo.lock");
    let text =
        fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let version =
        locked_version(&text, "wasm-bindgen").context("Cargo.lock holds no wasm-bindgen")?;
    cargo_tool(project, "wasm-bindgen-cli", "wasm-bindgen", version)
}

/// The version of a package in the text of a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

/// Makes sure that a Rust program is there, in `.tools/` or on `PATH`, in exactly this version,
/// and returns its path.
fn cargo_tool(project: &Project, package: &str, program: &str, version: &str) -> Result<PathBuf> {
    let own = project
        .tools()
        .join("bin")
        .join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    for path in [Some(own.clone()), shell::find(program)]
        .into_iter()
        .flatten()
    {
        if has_version(&path, version) {
            return Ok(path);
        }
    }
    eprintln!("Building {package} {version} into .tools/ (once; one to three minutes)");
    let install = |locked: Option<&str>| {
        let mut command = shell::command(project, "cargo");
        command.args(["install", package, "--version", version, "--force"]);
        command
            .args(
                FAST_INSTALL
                    .iter()
                    .flat_map(|setting| ["--config", setting]),
            )
            .arg("--debug");
        command.args(locked).arg("--root").arg(project.tools());
        if !io::stderr().is_terminal() {
            command.arg("--quiet");
        }
        shell::run(&mut command)
    };
    // The crate registry that is in use may lack a release that the tool's own lock file names.
    if install(Some("--locked")).is_err() {
        eprintln!("Trying again with other versions of its dependencies");
        install(None)?;
    }
    if !has_version(&own, version) {
        bail!(
            "`cargo install {package}` left no {program} {version} in {}",
            own.display()
        );
    }
    Ok(own)
}

fn has_version(program: &Path, version: &str) -> bool {
    let stem = program.file_stem().unwrap_or_default().to_string_lossy();
    // Some of cargo's own commands know their version only when they are called as such.
    let command = stem.strip_prefix("cargo-");
    let says = |command: Option<&str>| {
        shell::output(Command::new(program).args(command).arg("--version"))
            .is_ok_and(|text| text.split_whitespace().any(|word| word == version))
    };
    says(None) || command.is_some() && says(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_locked_version_of_the_very_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.10\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.10"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }

    #[test]
    fn reads_node_versions() {
        assert_eq!(node_version("v20.19.1\n"), Some((20, 19)));
        assert_eq!(node_version("v24.0.0-nightly"), Some((24, 0)));
        assert_eq!(node_version("node"), None);
        assert!(node_version("v20.3.0").unwrap() < NODE);
    }
}
