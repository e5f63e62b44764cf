//! `souwen verify`: every checksum and every structure of a bundle.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use souwen_index::Index;

use crate::bundle::{self, Location};
use crate::files;
use crate::manifest::{self, FileEntry, Manifest};
use crate::output::{counted, note};
use crate::{kept, staging};

/// The arguments of `souwen verify`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The bundle: its folder, its souwen.json, or a .souwen file
    bundle: PathBuf,
}

/// Checks the bundle; prints OK, or every fault on standard error.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let location = Location::of(&args.bundle)?;
    let mut faults = Vec::new();
    let mut checked = 1;
    match &location.manifest {
        Some(manifest) => {
            checked += manifest.runtime.len() + 1;
            let bytes = check_file(&location.folder, &manifest.index, &mut faults);
            // Of a file that is too short all is said; of others the index says where it is wrong.
            let whole = |bytes: &Vec<u8>| u64::try_from(bytes.len()) == Ok(manifest.index.bytes);
            if let Some(bytes) = bytes.filter(whole) {
                check_index(&location, &bytes, &mut faults, &mut checked);
            }
            for entry in &manifest.runtime {
                check_file(&location.folder, entry, &mut faults);
            }
            note_strangers(&location.folder, manifest);
        }
        None => {
            let bytes = files::read(&location.index)?;
            check_index(&location, &bytes, &mut faults, &mut checked);
        }
    }
    if faults.is_empty() {
        let mut out = BufWriter::new(io::stdout().lock());
        let checked = counted(u64::try_from(checked).unwrap_or(u64::MAX), "file");
        writeln!(out, "OK {} ({checked})", args.bundle.display())?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    for fault in &faults {
        note(format_args!("{fault}"));
    }
    Err(anyhow!(
        "{}: {}; upload, download or build the bundle again",
        args.bundle.display(),
        counted(u64::try_from(faults.len()).unwrap_or(u64::MAX), "fault")
    ))
}

/// Checks a file against its entry; gives its bytes, sound or not, if it can be read.
fn check_file(folder: &Path, entry: &FileEntry, faults: &mut Vec<String>) -> Option<Vec<u8>> {
    let path = folder.join(&entry.file);
    let bytes = match files::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            faults.push(format!("{error:#}"));
            return None;
        }
    };
    if let Some(fault) = entry.fault(&bytes) {
        faults.push(format!("{}: {fault}", path.display()));
    }
    Some(bytes)
}

fn check_index(location: &Location, bytes: &[u8], faults: &mut Vec<String>, checked: &mut usize) {
    let path = &location.index;
    let index = match bundle::open_index(path, bytes) {
        Ok(index) => index,
        Err(error) => return faults.push(format!("{error:#}")),
    };
    let before = faults.len();
    for (number, part) in (0u32..).zip(index.parts()) {
        let path = location.folder.join(manifest::part_name(part.digest));
        *checked += 1;
        match files::read(&path) {
            Err(error) => faults.push(format!("{error:#}")),
            Ok(bytes) if manifest::part_digest(&bytes) != part.digest => {
                faults.push(format!(
                    "{}: its SHA-256 is not the one of its name",
                    path.display()
                ));
            }
            Ok(bytes) => {
                if let Err(error) = index.supply(number, 0, &bytes) {
                    faults.push(format!("{}: {error}", path.display()));
                }
            }
        }
    }
    // Of parts that are missing or changed all is said.
    if faults.len() == before
        && let Err(error) = index.validate()
    {
        faults.push(format!("{}: {error}", path.display()));
    }
    let manifest = location.manifest.as_ref();
    if manifest.is_some_and(|manifest| !agree(manifest, &index)) {
        faults.push(format!(
            "{}: holds something else than souwen.json says (name, language or figures differ)",
            path.display()
        ));
    }
}

/// Whether the manifest tells the truth about the index.
fn agree(manifest: &Manifest, index: &Index) -> bool {
    let meta = index.meta();
    manifest.name == meta.name
        && manifest.language == meta.language
        && manifest.articles == index.articles()
        && manifest.characters == meta.characters
        && manifest.terms == index.terms()
        && manifest.parts.bytes
            == index
                .parts()
                .iter()
                .map(|part| u64::from(part.bytes))
                .sum::<u64>()
}

/// Names what lies in the folder and is not of the bundle. That is no fault.
fn note_strangers(folder: &Path, manifest: &Manifest) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let names: BTreeSet<String> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let kept = kept::names(folder);
    for name in names {
        if !staging::is_of_bundle(&name, manifest) && !kept.contains(&name) {
            note(format_args!(
                "note: {} is not of the bundle",
                folder.join(name).display()
            ));
        }
    }
}
