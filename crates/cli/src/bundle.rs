//! Finding and opening a bundle, however it is named: its folder, its manifest, or its index alone.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use souwen_index::Index;

use crate::files;
use crate::manifest::{self, Manifest};

/// Where a bundle's parts are.
#[derive(Debug)]
pub(crate) struct Location {
    /// The manifest; none when the index alone was named.
    pub(crate) manifest: Option<Manifest>,
    /// The folder of the bundle's files.
    pub(crate) folder: PathBuf,
    /// The index file.
    pub(crate) index: PathBuf,
}

impl Location {
    /// Finds a bundle; reads its manifest, nothing else.
    pub(crate) fn of(path: &Path) -> Result<Self> {
        let shown = path.display();
        let wanted =
            "give the folder that `souwen build` wrote, its souwen.json, or a .souwen file";
        if !path.exists() {
            bail!("{shown}: no such bundle; {wanted}");
        }
        let is_json = path
            .extension()
            .is_some_and(|extension| extension == "json");
        if path.is_file() && !is_json {
            return Ok(Self {
                manifest: None,
                folder: parent(path),
                index: path.to_owned(),
            });
        }
        let (folder, file) = if path.is_dir() {
            (path.to_owned(), path.join(manifest::NAME))
        } else {
            (parent(path), path.to_owned())
        };
        if !file.is_file() {
            bail!("{shown}: not a bundle, it has no souwen.json; {wanted}");
        }
        let bytes = files::read(&file)?;
        let manifest = Manifest::parse(&bytes).with_context(|| file.display().to_string())?;
        let index = folder.join(&manifest.index.file);
        Ok(Self {
            manifest: Some(manifest),
            folder,
            index,
        })
    }

    /// Opens the index, whose own checksums are checked then.
    pub(crate) fn open(&self) -> Result<Index> {
        open_index(&self.index, &files::read(&self.index)?)
    }
}

/// Opens a bundle's index.
pub(crate) fn open(path: &Path) -> Result<Index> {
    Location::of(path)?.open()
}

/// Opens an index whose bytes are at hand; `path` is what messages call it.
pub(crate) fn open_index(path: &Path, bytes: &[u8]) -> Result<Index> {
    Index::open(bytes).with_context(|| path.display().to_string())
}

fn parent(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).to_owned()
}
