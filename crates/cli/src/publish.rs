//! An index as it is written → a bundle in its folder.

use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result, bail};
use souwen_compile::{Compiled, Options};
use souwen_index::{Index, PartDigest, Sink};

use crate::manifest::{self, FORMAT, FileEntry, GENERATOR, Manifest, Parts, sha256};
use crate::output::{clean, grouped, note};
use crate::runtime::{self, RuntimeFile};
use crate::staging::{self, Writing};
use crate::{kept, update};

/// Digits of an index's SHA-256 that make its name.
const HASH_DIGITS: usize = 16;

/// The runtime that goes into a bundle: a folder's, or the one inside this program.
pub(crate) fn runtime(folder: Option<&PathBuf>) -> Result<Vec<RuntimeFile>> {
    folder.map_or_else(|| Ok(runtime::embedded()), |own| runtime::from_folder(own))
}

/// The bundle's folder on its way, and what is in it. The index's parts come first, as they are filled.
pub(crate) struct Folder {
    writing: Writing,
    files: u64,
    bytes: u64,
    parts: Parts,
    older: Option<Older>,
    /// Of how many earlier builds the files stay.
    keep: usize,
}

/// The bundle that is brought up to date.
struct Older {
    folder: PathBuf,
    /// Whether it will be gone: then its files need not be copied.
    is_replaced: bool,
    /// Files and bytes that it does not have.
    files: u64,
    bytes: u64,
}

impl Folder {
    /// Begins to write a bundle, in place of the one that may be there.
    pub(crate) fn begin(out: &Path) -> Result<Self> {
        Ok(Self {
            writing: staging::begin(out)?,
            files: 0,
            bytes: 0,
            parts: Parts::default(),
            older: None,
            keep: 0,
        })
    }

    /// The same with the files of so many earlier builds of the bundle that it replaces.
    pub(crate) fn keeping(self, keep: usize) -> Self {
        Self { keep, ..self }
    }

    /// Begins to write a bundle that has much in common with an older one, in place of that if
    /// `is_replaced`.
    pub(crate) fn behind(out: &Path, older: &Path, is_replaced: bool) -> Result<Self> {
        Ok(Self {
            older: Some(Older {
                folder: older.to_owned(),
                is_replaced,
                files: 0,
                bytes: 0,
            }),
            ..Self::begin(out)?
        })
    }

    /// Takes those parts of an index, given by the bytes of its file, that were not written from the
    /// older bundle.
    pub(crate) fn keep(&mut self, core: &[u8]) -> Result<()> {
        let index = Index::open(core)?;
        self.parts = Parts::default();
        for part in index.parts() {
            self.parts.files += 1;
            self.parts.bytes += u64::from(part.bytes);
            let name = manifest::part_name(part.digest);
            let own = self.writing.path().join(&name);
            if own.exists() {
                continue;
            }
            let Some(older) = &self.older else { continue };
            let old = older.folder.join(&name);
            let sound = fs::metadata(&old).is_ok_and(|data| data.len() == u64::from(part.bytes));
            if !sound {
                bail!(
                    "{}: is missing or has another length; build the bundle again with --out",
                    old.display()
                );
            }
            // A link keeps the time of the last change, too, by which uploads may go.
            let linked = older.is_replaced && fs::hard_link(&old, &own).is_ok();
            if !linked {
                fs::copy(&old, &own).with_context(|| {
                    format!("{}: cannot be written; nothing was changed", own.display())
                })?;
            }
            self.files += 1;
            self.bytes += u64::from(part.bytes);
        }
        Ok(())
    }

    fn put(&mut self, name: &str, content: &[u8]) -> Result<()> {
        self.files += 1;
        self.bytes += u64::try_from(content.len()).unwrap_or(0);
        if let Some(older) = &mut self.older {
            let old = fs::read(older.folder.join(name));
            if old.ok().is_none_or(|old| old != content) {
                older.files += 1;
                older.bytes += u64::try_from(content.len()).unwrap_or(0);
            }
        }
        self.writing.put(name, content)
    }

    /// Writes what is left beside the parts and puts the bundle in its place; gives its figures.
    /// `state` is what an update is to know.
    pub(crate) fn finish(
        mut self,
        compiled: &Compiled,
        options: Options,
        runtime: &[RuntimeFile],
        state: Option<&[u8]>,
    ) -> Result<Vec<(&'static str, String)>> {
        let manifest = manifest_of(compiled, options, self.parts, runtime);
        self.put(&manifest.index.file, &compiled.bytes)?;
        for file in runtime {
            self.put(&file.name, &file.content)?;
        }
        if let Some(state) = state {
            self.put(update::NAME, state)?;
        }
        let manifest = manifest.to_json()?;
        self.put(manifest::NAME, &manifest)?;
        if let (1.., Some((old, before))) = (self.keep, self.writing.older()) {
            let list = kept::take_over(old, before, self.keep, self.writing.path())?;
            if let Some(list) = list {
                self.writing.put(kept::NAME, &list)?;
            }
        }
        self.writing.finish()?;
        if runtime.is_empty() {
            note(format_args!(
                "this souwen was built without the browser runtime; the bundle can be searched by \
                 souwen, but not in a browser until it is built with --runtime DIR"
            ));
        }
        let mut figures = vec![
            ("articles", grouped(compiled.stats.documents.into())),
            ("characters", grouped(compiled.stats.characters)),
            ("terms", grouped(compiled.stats.terms.into())),
            ("repeated", grouped(compiled.stats.repeated.into())),
            ("files", grouped(self.files)),
            ("bytes", grouped(self.bytes)),
            ("integrity", manifest::integrity(&manifest)),
        ];
        if let Some(older) = &self.older {
            figures.push(("new files", grouped(older.files)));
            figures.push(("new bytes", grouped(older.bytes)));
        }
        Ok(figures)
    }
}

impl Sink for Folder {
    fn part(&mut self, bytes: Vec<u8>) -> io::Result<PartDigest> {
        let digest = manifest::part_digest(&bytes);
        let put = self.put(&manifest::part_name(digest), &bytes);
        put.map_err(|error| io::Error::other(format!("{error:#}")))?;
        self.parts.files += 1;
        self.parts.bytes += u64::try_from(bytes.len()).unwrap_or(0);
        Ok(digest)
    }
}

/// Prints figures under a folder's name.
pub(crate) fn summarise(out: &Path, figures: &[(&str, String)]) {
    note(format_args!("{}:", out.display()));
    for (what, figure) in figures {
        note(format_args!("  {what:<10} {figure:>13}"));
    }
}

/// Says which articles repeat others but for a little, and which synonyms do nothing.
pub(crate) fn note_remarks(compiled: &Compiled) {
    for [own, first] in &compiled.reprints.first {
        note(format_args!("  {} repeats {}", clean(own), clean(first)));
    }
    let more = compiled.reprints.more;
    if more > 0 {
        note(format_args!("  … and {more} more"));
    }
    for group in &compiled.idle_synonyms {
        note(format_args!(
            "no article holds any of the synonyms {}; check how the articles spell them",
            clean(group)
        ));
    }
}

fn manifest_of(
    compiled: &Compiled,
    options: Options,
    parts: Parts,
    runtime: &[RuntimeFile],
) -> Manifest {
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
        parts,
        runtime: runtime
            .iter()
            .map(|file| FileEntry::new(file.name.clone(), &file.content))
            .collect(),
    }
}
