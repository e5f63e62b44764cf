//! Finding and opening a bundle, however it is named: its folder, its manifest, or its index alone.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use souwen_index::{FormatError, Index, Need};
use souwen_search::{Engine, settle};

use crate::files;
use crate::manifest::{self, FileEntry, Manifest};
use crate::runtime::RuntimeFile;

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

    /// Whether the bundle has this runtime.
    pub(crate) fn has_runtime(&self, runtime: &[RuntimeFile]) -> bool {
        let entry = |file: &RuntimeFile| FileEntry::new(file.name.clone(), &file.content);
        let own = self.manifest.iter().flat_map(|manifest| &manifest.runtime);
        own.cloned().eq(runtime.iter().map(entry))
    }

    /// Opens the index, whose own checksums are checked then.
    pub(crate) fn open(&self) -> Result<Opened> {
        let index = open_index(&self.index, &files::read(&self.index)?)?;
        Ok(Opened::new(self.folder.clone(), index))
    }
}

/// Opens a bundle's index.
pub(crate) fn open(path: &Path) -> Result<Opened> {
    Location::of(path)?.open()
}

/// Opens an index whose bytes are at hand; `path` is what messages call it.
pub(crate) fn open_index(path: &Path, bytes: &[u8]) -> Result<Index> {
    Index::open(bytes).with_context(|| path.display().to_string())
}

fn parent(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).to_owned()
}

/// An index with the folder where its parts are. They are read where they are needed.
#[derive(Debug)]
pub(crate) struct Opened {
    folder: PathBuf,
    pub(crate) engine: Engine,
}

impl Opened {
    pub(crate) fn new(folder: PathBuf, index: Index) -> Self {
        Self {
            folder,
            engine: Engine::new(index),
        }
    }

    pub(crate) fn index(&self) -> &Index {
        self.engine.index()
    }

    /// Asks until nothing is lacking.
    pub(crate) fn ask<T, E: Into<anyhow::Error>>(
        &self,
        mut ask: impl FnMut(&Engine) -> Result<T, E>,
    ) -> Result<T> {
        let ask = |engine: &Engine| ask(engine).map_err(|error| Failure(error.into()));
        let answer = settle(&self.engine, ask, |engine, needs| {
            self.bring(engine.index(), needs).map_err(Failure)
        });
        answer.map_err(|failure| failure.0)
    }

    /// Reads what is needed.
    pub(crate) fn bring(&self, index: &Index, needs: &[Need]) -> Result<()> {
        for need in needs {
            let path = self.part(index, need.part)?;
            let cannot = || {
                format!(
                    "{}: cannot be read; upload or build the bundle again",
                    path.display()
                )
            };
            let mut file = File::open(&path).with_context(cannot)?;
            file.seek(SeekFrom::Start(need.offset.into()))
                .with_context(cannot)?;
            let mut bytes = vec![0; souwen_text::cast::index(need.len)];
            file.read_exact(&mut bytes).with_context(cannot)?;
            index.supply(need.part, need.offset, &bytes)?;
        }
        Ok(())
    }

    /// Reads every part.
    pub(crate) fn bring_all(&self) -> Result<()> {
        let index = self.index();
        for number in 0..souwen_text::cast::small(index.parts().len()) {
            let bytes = files::read(&self.part(index, number)?)?;
            index.supply(number, 0, &bytes)?;
        }
        Ok(())
    }

    fn part(&self, index: &Index, number: u32) -> Result<PathBuf> {
        let part = index.parts().get(souwen_text::cast::index(number));
        let part = part.context("the index has no such part")?;
        Ok(self.folder.join(manifest::part_name(part.digest)))
    }
}

/// Whatever keeps an answer from being given.
struct Failure(anyhow::Error);

impl From<FormatError> for Failure {
    fn from(error: FormatError) -> Self {
        Self(error.into())
    }
}
