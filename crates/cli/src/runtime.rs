//! The browser runtime: the scripts and the wasm module that a bundle carries beside its index.

use std::borrow::Cow;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::files;
use crate::manifest::is_plain_name;

/// A file of the runtime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RuntimeFile {
    /// Its name in the bundle.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) content: Cow<'static, [u8]>,
}

/// The files that the build script found, if there were any.
const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/runtime.rs"));

/// `runtime.json`, which lists the files.
#[derive(Debug, Deserialize)]
struct List {
    files: Vec<Listed>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    name: String,
    bytes: u64,
}

/// The runtime of this program, ordered by name; empty when it was built without one.
pub(crate) fn embedded() -> Vec<RuntimeFile> {
    let file = |&(name, content): &(&str, &'static [u8])| RuntimeFile {
        name: name.to_owned(),
        content: Cow::Borrowed(content),
    };
    let mut files: Vec<RuntimeFile> = EMBEDDED.iter().map(file).collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// The runtime in a folder, ordered by name.
pub(crate) fn from_folder(folder: &Path) -> Result<Vec<RuntimeFile>> {
    let path = folder.join("runtime.json");
    let list: List = serde_json::from_slice(&files::read(&path)?)
        .with_context(|| format!("{}: not the list of a runtime's files", path.display()))?;
    let mut runtime = Vec::new();
    for listed in list.files {
        if !is_plain_name(&listed.name) {
            bail!(
                "{}: `{}` is not a plain file name",
                path.display(),
                listed.name
            );
        }
        let file = folder.join(&listed.name);
        let content = files::read(&file)?;
        if u64::try_from(content.len()) != Ok(listed.bytes) {
            bail!(
                "{}: {} bytes long, but runtime.json says {}; build the runtime again",
                file.display(),
                content.len(),
                listed.bytes
            );
        }
        runtime.push(RuntimeFile {
            name: listed.name,
            content: Cow::Owned(content),
        });
    }
    runtime.sort_by(|a, b| a.name.cmp(&b.name));
    if runtime
        .windows(2)
        .any(|pair| pair.first().map(|f| &f.name) == pair.get(1).map(|f| &f.name))
    {
        bail!(
            "{}: lists a file twice; build the runtime again",
            path.display()
        );
    }
    Ok(runtime)
}
