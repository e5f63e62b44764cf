//! The wasm packages of the root crate, made by `wasm-pack`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use wasmparser::{Validator, WasmFeatures};

use crate::project::Project;
use crate::stamp::Stamp;
use crate::{shell, tools};

/// What the root crate's packages are made of.
const INPUTS: [&str; 9] = [
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "www/package-lock.json",
    "www/scripts",
    ".cargo",
    "build.rs",
    "src",
    "crates",
];

/// One package of the root crate.
#[derive(Debug)]
struct Package {
    /// Names its stamp.
    name: &'static str,
    /// Where it goes, relative to the root.
    out: &'static str,
    /// What cargo is told.
    cargo_args: &'static [&'static str],
    /// The folder whose articles are embedded, if any.
    corpus: Option<&'static str>,
}

/// The bare runtime: what a bundle carries, with no index inside.
const RUNTIME: Package = Package {
    name: "wasm-runtime",
    out: "www/pkg",
    cargo_args: &["--no-default-features"],
    corpus: None,
};

/// Where the bare runtime's wasm is, relative to the root.
pub(crate) const RUNTIME_FILE: &str = "www/pkg/souwen_bg.wasm";

/// The package with the index of `corpus/` inside, for `open()` without an argument.
const EMBEDDED: Package = Package {
    name: "wasm-embedded",
    out: "pkg",
    cargo_args: &[],
    corpus: Some("corpus"),
};

/// Makes both packages, unless they are up to date, and checks what they demand of a browser.
/// Set-up must have been done.
pub(crate) fn build(project: &Project) -> Result<()> {
    for package in [RUNTIME, EMBEDDED] {
        make(project, &package)?;
    }
    Ok(())
}

/// Runs the root crate's tests as wasm, under Node.
pub(crate) fn test(project: &Project) -> Result<()> {
    shell::run(wasm_pack(project)?.args(["test", "--node"]))
}

fn make(project: &Project, package: &Package) -> Result<()> {
    let out = project.path(package.out);
    let wasm = out.join("souwen_bg.wasm");
    let mut inputs = INPUTS.to_vec();
    inputs.extend(package.corpus);
    let stamp = Stamp::of(
        project,
        package.name,
        &inputs,
        &package.cargo_args.join(" "),
    )?;
    // Another folder, named by the environment, is not looked at here: cargo decides.
    let elsewhere = package.corpus.is_some() && env::var_os("SOUWEN_CORPUS").is_some();
    if stamp.is_current(&wasm) && !elsewhere {
        return Ok(());
    }
    shell::run(pack(&mut wasm_pack(project)?, package))?;
    check(&wasm)?;
    // The bare runtime goes on into a bundle's files, and is made smaller there.
    if package.corpus.is_some() {
        shell::run(
            Command::new("node")
                .arg(project.path("www/scripts/slim-wasm.mjs"))
                .arg(&wasm),
        )?;
    }
    if elsewhere { Ok(()) } else { stamp.write() }
}

/// Has `wasm-pack` build a package.
fn pack<'c>(command: &'c mut Command, package: &Package) -> &'c mut Command {
    command.args([
        "build",
        "--profile",
        "wasm",
        "--target",
        "web",
        "--out-dir",
        package.out,
    ]);
    if !package.cargo_args.is_empty() {
        command.arg("--").args(package.cargo_args);
    }
    command
}

/// Builds the bare runtime of a copy of the repository, with cargo's files in `home`, by the tools of this one; where it is
/// then.
pub(crate) fn build_elsewhere(project: &Project, root: &Path, home: &Path) -> Result<PathBuf> {
    let mut command = wasm_pack(project)?;
    command
        .current_dir(root)
        .env("CARGO_HOME", home)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .env("CARGO_ENCODED_RUSTFLAGS", remap_paths(root, Some(home)));
    shell::run(pack(&mut command, &RUNTIME))?;
    Ok(root.join(RUNTIME_FILE))
}

/// `wasm-pack` with the pinned tools before all others on its `PATH`, so that it finds them
/// and fetches nothing.
fn wasm_pack(project: &Project) -> Result<Command> {
    let program = tools::wasm_pack(project)?;
    let bindgen = tools::wasm_bindgen(project)?;
    // `wasm-opt`, out of npm's binaryen.
    let mut dirs = vec![project.path("www/node_modules/.bin")];
    dirs.extend(bindgen.parent().map(Path::to_path_buf));
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let mut command = Command::new(program);
    command
        .current_dir(project.root())
        .env("PATH", shell::path_with(&dirs)?)
        .env(
            "CARGO_ENCODED_RUSTFLAGS",
            remap_paths(project.root(), home.as_deref()),
        );
    Ok(command)
}

/// Compiler flags that keep this machine's folders out of the wasm (they would stand in the texts
/// of panics): the same sources give the same bytes wherever they are built.
fn remap_paths(root: &Path, home: Option<&Path>) -> String {
    let mut flags = vec![format!("--remap-path-prefix={}=souwen", root.display())];
    flags.extend(home.map(|home| format!("--remap-path-prefix={}=cargo", home.display())));
    // What cargo puts between flags here, so that a folder's name may hold spaces.
    flags.join("\u{1f}")
}

/// Checks that a wasm file is valid with no more than WebAssembly 2.0 less SIMD: what the
/// oldest browsers that the project supports understand.
fn check(wasm: &Path) -> Result<()> {
    let bytes = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    validate(&bytes).with_context(|| {
        format!(
            "{} asks more of a browser than the project allows",
            wasm.display()
        )
    })
}

fn validate(wasm: &[u8]) -> Result<()> {
    let features = WasmFeatures::WASM2.difference(WasmFeatures::SIMD);
    Validator::new_with_features(features).validate_all(wasm)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module of one function whose body is `body`, `end` included.
    fn module(body: &[u8]) -> Vec<u8> {
        let length = |bytes: usize| u8::try_from(bytes).unwrap();
        let mut wasm = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0".to_vec();
        wasm.extend([10, length(body.len() + 3), 1, length(body.len() + 1), 0]);
        wasm.extend(body);
        wasm
    }

    #[test]
    fn sign_extension_is_allowed_and_simd_is_not() {
        // i32.const 1, i32.extend8_s, drop
        validate(&module(b"\x41\x01\xc0\x1a\x0b")).unwrap();
        // v128.const 0, drop
        let simd = [b"\xfd\x0c".as_slice(), &[0; 16], b"\x1a\x0b"].concat();
        let error = validate(&module(&simd)).unwrap_err().to_string();
        assert!(error.contains("SIMD"), "{error}");
    }
}
