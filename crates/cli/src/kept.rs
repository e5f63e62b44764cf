//! `build --keep N`: files of earlier builds that stay in the folder, for pages that were opened before a
//! deploy and go on asking for them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use souwen_index::Index;

use crate::files;
use crate::manifest::{self, Manifest, is_plain_name};
use crate::staging::share;

/// The name of the list of them.
pub(crate) const NAME: &str = "souwen.kept.json";

/// Names of files, by build: the newest of the earlier ones first.
type Builds = Vec<BTreeSet<String>>;

/// The names of the files that a folder keeps of earlier builds.
pub(crate) fn names(folder: &Path) -> BTreeSet<String> {
    read(folder).into_iter().flatten().collect()
}

/// What a folder keeps of earlier builds. A list that cannot be read keeps nothing.
fn read(folder: &Path) -> Builds {
    let bytes = fs::read(folder.join(NAME)).unwrap_or_default();
    let builds: Builds = serde_json::from_slice(&bytes).unwrap_or_default();
    let plain = |names: BTreeSet<String>| {
        names
            .into_iter()
            .filter(|name| is_plain_name(name))
            .collect()
    };
    builds.into_iter().map(plain).collect()
}

/// Gives a new folder the files of the bundle in `old`, and of those that it keeps itself: of `builds` builds in
/// all. Gives the text of the list of them, if there are any.
pub(crate) fn take_over(
    old: &Path,
    manifest: &Manifest,
    builds: usize,
    new: &Path,
) -> Result<Option<Vec<u8>>> {
    let mut kept = vec![files_of(old, manifest)?];
    kept.extend(read(old));
    kept.truncate(builds);
    for name in kept.iter().flatten() {
        let (from, to) = (old.join(name), new.join(name));
        // What an earlier build has lost is lost; scripts under fixed names are the new build's.
        if from.is_file() && to.symlink_metadata().is_err() {
            share(&from, &to).with_context(|| {
                format!("{}: cannot be kept; nothing was changed", from.display())
            })?;
        }
    }
    let list =
        serde_json::to_vec_pretty(&kept).context("the list of kept files cannot be written")?;
    Ok((!kept.is_empty()).then_some(list))
}

/// The files of a bundle but its manifest, which the next one replaces.
fn files_of(folder: &Path, manifest: &Manifest) -> Result<BTreeSet<String>> {
    let path = folder.join(&manifest.index.file);
    let index = Index::open(&files::read(&path)?).with_context(|| path.display().to_string())?;
    let parts = index
        .parts()
        .iter()
        .map(|part| manifest::part_name(part.digest));
    Ok(manifest
        .entries()
        .map(|entry| entry.file.clone())
        .chain(parts)
        .collect())
}
