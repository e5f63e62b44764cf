//! A finished index → a bundle in its folder.

use std::path::{Path, PathBuf};

use anyhow::Result;
use souwen_compile::{Compiled, Options};

use crate::manifest::{self, FORMAT, FileEntry, GENERATOR, Manifest, sha256};
use crate::output::{clean, grouped, note};
use crate::runtime::{self, RuntimeFile};
use crate::staging::{self, StagedFile};

/// Digits of an index's SHA-256 that make its name.
const HASH_DIGITS: usize = 16;

/// The runtime that goes into a bundle: a folder's, or the one inside this program.
pub(crate) fn runtime(folder: Option<&PathBuf>) -> Result<Vec<RuntimeFile>> {
    folder.map_or_else(|| Ok(runtime::embedded()), |own| runtime::from_folder(own))
}

/// Writes a bundle; gives its files and their bytes.
pub(crate) fn publish(
    out: &Path,
    compiled: &Compiled,
    options: Options,
    runtime: &[RuntimeFile],
) -> Result<(usize, usize)> {
    let manifest = manifest_of(compiled, options, runtime);
    let json = manifest.to_json()?;
    let mut files = vec![StagedFile {
        name: &manifest.index.file,
        content: &compiled.bytes,
    }];
    files.extend(runtime.iter().map(|file| StagedFile {
        name: &file.name,
        content: &file.content,
    }));
    files.push(StagedFile {
        name: manifest::NAME,
        content: &json,
    });
    staging::write(out, &files)?;
    if runtime.is_empty() {
        note(format_args!(
            "this souwen was built without the browser runtime; the bundle can be searched by \
             souwen, but not in a browser until it is built with --runtime DIR"
        ));
    }
    Ok((
        files.len(),
        files.iter().map(|file| file.content.len()).sum(),
    ))
}

/// Prints figures under a folder's name.
pub(crate) fn summarise(out: &Path, figures: &[(&str, String)]) {
    note(format_args!("{}:", out.display()));
    for (what, figure) in figures {
        note(format_args!("  {what:<10} {figure:>13}"));
    }
}

/// The figures of a bundle.
pub(crate) fn figures(
    compiled: &Compiled,
    (files, bytes): (usize, usize),
) -> Vec<(&'static str, String)> {
    let count = |count: usize| grouped(u64::try_from(count).unwrap_or(u64::MAX));
    vec![
        ("articles", grouped(compiled.stats.documents.into())),
        ("characters", grouped(compiled.stats.characters)),
        ("terms", grouped(compiled.stats.terms.into())),
        ("repeated", grouped(compiled.stats.repeated.into())),
        ("files", count(files)),
        ("bytes", count(bytes)),
    ]
}

/// Says which synonyms do nothing.
pub(crate) fn note_idle(compiled: &Compiled) {
    for group in &compiled.idle_synonyms {
        note(format_args!(
            "no article holds any of the synonyms {}; check how the articles spell them",
            clean(group)
        ));
    }
}

fn manifest_of(compiled: &Compiled, options: Options, runtime: &[RuntimeFile]) -> Manifest {
    let digits: String = sha256(&compiled.bytes).chars().take(HASH_DIGITS).collect();
    Manifest {
        format: FORMAT,
        generator: GENERATOR.to_owned(),
        name: options.name,
        language: options.language,
        articles: compiled.stats.documents,
        characters: compiled.stats.characters,
        terms: compiled.stats.terms,
        index: FileEntry::new(format!("index-{digits}.souwen"), &compiled.bytes),
        runtime: runtime
            .iter()
            .map(|file| FileEntry::new(file.name.clone(), &file.content))
            .collect(),
    }
}
