//! A run as a folder: a shard that another machine made.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Counts, Place, Run};
use crate::error::CompileError;
use crate::options::Options;
use crate::store::{Stored, put_number, take_number};

/// The version of the files in a shard's folder.
const VERSION: u32 = 1;
/// What tells a shard from other folders.
const MANIFEST: &str = "shard.json";
const ARTICLES: &str = "articles";
const PLACES: &str = "places";
const COUNTS: &str = "counts";

/// What stands in a shard's folder.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    version: u32,
    generator: String,
    shard: u32,
    of: u32,
    articles: u32,
    bytes: u64,
    options: Options,
}

/// Why shards cannot be merged.
#[derive(Debug)]
pub enum ShardError {
    /// A folder is no shard, or one of another version: what is wrong with it.
    Unreadable(PathBuf, String),
    /// Two shards were built with other settings, or of another input.
    Different(PathBuf, PathBuf, &'static str),
    /// Two folders hold the same shard.
    Twice(PathBuf, PathBuf),
    /// Of so many shards, these are not there.
    Missing(u32, Vec<u32>),
}

impl fmt::Display for ShardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, what) => write!(
                f,
                "{}: {what}; build the shard anew with `souwen build --shard`",
                path.display()
            ),
            Self::Different(a, b, what) => write!(
                f,
                "{} and {} have different {what}; build all shards with the same souwen, settings \
                 and number of shards",
                a.display(),
                b.display()
            ),
            Self::Twice(a, b) => write!(
                f,
                "{} and {} are the same shard; name each once",
                a.display(),
                b.display()
            ),
            Self::Missing(of, numbers) => {
                let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
                write!(
                    f,
                    "of {of} shards, {} {} missing; name the folders of all",
                    numbers.join(", "),
                    if numbers.len() == 1 { "is" } else { "are" }
                )
            }
        }
    }
}

impl std::error::Error for ShardError {}

/// Whether a folder holds a shard.
#[must_use]
pub fn is_shard(folder: &Path) -> bool {
    folder.join(MANIFEST).is_file()
}

impl Run {
    /// Writes a run into a folder, which must be there; gives its size in bytes.
    ///
    /// # Errors
    /// What the disk says.
    pub fn save(&self, folder: &Path, options: &Options) -> Result<u64, CompileError> {
        let mut articles = File::create(folder.join(ARTICLES))?;
        io::copy(&mut self.articles.reader(), &mut articles)?;
        let mut places = Vec::new();
        for place in &self.places {
            for number in [
                place.ordinal,
                place.at,
                place.length.into(),
                place.characters.into(),
                place.id,
            ] {
                put_number(&mut places, number);
            }
        }
        let counts = postcard::to_stdvec(&self.counts).map_err(|_| CompileError::Damaged)?;
        fs::write(folder.join(PLACES), &places)?;
        fs::write(folder.join(COUNTS), &counts)?;
        let manifest = Manifest {
            version: VERSION,
            generator: crate::GENERATOR.to_owned(),
            shard: self.shard.0,
            of: self.shard.1,
            articles: self.articles(),
            bytes: self.articles.len(),
            options: options.clone(),
        };
        let mut json = serde_json::to_vec_pretty(&manifest).map_err(io::Error::from)?;
        json.push(b'\n');
        // Last: a folder without it is no shard.
        File::create(folder.join(MANIFEST))?.write_all(&json)?;
        let bytes = places.len() + counts.len() + json.len();
        Ok(self.articles.len() + u64::try_from(bytes).unwrap_or(0))
    }

    fn open(folder: &Path, manifest: &Manifest) -> Result<Self, String> {
        let read = |name: &str| fs::read(folder.join(name)).map_err(|e| format!("{name}: {e}"));
        let articles = Stored::open(&folder.join(ARTICLES));
        let articles = articles.map_err(|error| format!("{ARTICLES}: {error}"))?;
        let damaged = || "it is damaged".to_owned();
        let bytes = read(PLACES)?;
        let mut rest = bytes.as_slice();
        let mut places = Vec::new();
        while !rest.is_empty() {
            let place = take_place(&mut rest).filter(|place| {
                let end = place.at.checked_add(place.length.into());
                end.is_some_and(|end| end <= articles.len())
            });
            places.push(place.ok_or_else(damaged)?);
        }
        let counts: Counts =
            postcard::from_bytes(&read(COUNTS)?).map_err(|_| "it is damaged".to_owned())?;
        let run = Self {
            articles,
            places,
            counts,
            shard: (manifest.shard, manifest.of),
        };
        let whole = run.articles() == manifest.articles && run.articles.len() == manifest.bytes;
        whole.then_some(run).ok_or_else(damaged)
    }
}

fn take_place(rest: &mut &[u8]) -> Option<Place> {
    let ordinal = take_number(rest)?;
    let at = take_number(rest)?;
    let length = u32::try_from(take_number(rest)?).ok()?;
    let characters = u32::try_from(take_number(rest)?).ok()?;
    let id = take_number(rest)?;
    Some(Place {
        ordinal,
        at,
        length,
        characters,
        id,
        run: 0,
    })
}

/// Opens all shards of an archive; gives the settings that they were built with, too.
///
/// # Errors
/// [`ShardError`]: some folder is no shard, or they do not go together, or some are missing.
pub fn open_shards(folders: &[PathBuf]) -> Result<(Vec<Run>, Options), ShardError> {
    let mut manifests: Vec<(&PathBuf, Manifest)> = Vec::new();
    for folder in folders {
        let manifest =
            manifest(folder).map_err(|what| ShardError::Unreadable(folder.clone(), what))?;
        if let Some((first, other)) = manifests.first() {
            let what = if other.generator != manifest.generator {
                Some("versions of souwen")
            } else if other.of != manifest.of {
                Some("numbers of shards")
            } else if other.options != manifest.options {
                Some("settings")
            } else {
                None
            };
            if let Some(what) = what {
                return Err(ShardError::Different(
                    (*first).clone(),
                    folder.clone(),
                    what,
                ));
            }
        }
        let same = manifests.iter().find(|own| own.1.shard == manifest.shard);
        if let Some((other, _)) = same {
            return Err(ShardError::Twice((*other).clone(), folder.clone()));
        }
        manifests.push((folder, manifest));
    }
    manifests.sort_by_key(|(_, manifest)| manifest.shard);
    let Some((options, of)) = manifests
        .first()
        .map(|(_, first)| (first.options.clone(), first.of))
    else {
        return Err(ShardError::Missing(1, vec![1]));
    };
    let there = |number: &u32| manifests.iter().any(|(_, own)| own.shard == *number);
    let missing: Vec<u32> = (1..=of).filter(|number| !there(number)).collect();
    if !missing.is_empty() {
        return Err(ShardError::Missing(of, missing));
    }
    let open = |(folder, manifest): &(&PathBuf, Manifest)| {
        let run = Run::open(folder, manifest);
        run.map_err(|what| ShardError::Unreadable((*folder).clone(), what))
    };
    let runs: Result<Vec<Run>, ShardError> = manifests.iter().map(open).collect();
    Ok((runs?, options))
}

fn manifest(folder: &Path) -> Result<Manifest, String> {
    let bytes = fs::read(folder.join(MANIFEST)).map_err(|_| "not a shard".to_owned())?;
    let json: serde_json::Value =
        serde_json::from_slice(&bytes).map_err(|error| format!("{MANIFEST}: {error}"))?;
    if json.get("version") != Some(&VERSION.into()) {
        return Err("a shard of another version of souwen".to_owned());
    }
    let manifest: Manifest =
        serde_json::from_value(json).map_err(|error| format!("{MANIFEST}: {error}"))?;
    let sound = (1..=manifest.of).contains(&manifest.shard);
    sound
        .then_some(manifest)
        .ok_or_else(|| format!("{MANIFEST}: no such shard"))
}
