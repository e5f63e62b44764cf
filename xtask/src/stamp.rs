//! Doing a thing again only when what it is made of has changed.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project::Project;

/// Folders that hold what was made, never what things are made of.
const MADE: [&str; 7] = [
    "node_modules",
    "dist",
    "dist-demo",
    "target",
    "test-results",
    "playwright-report",
    ".git",
];

/// The fingerprint of a step's inputs, and the file that remembers the last one.
#[derive(Debug)]
pub(crate) struct Stamp {
    file: PathBuf,
    fingerprint: String,
}

impl Stamp {
    /// Takes the fingerprint of `inputs`: files and folders relative to the root, by content.
    /// An input that does not exist counts as such. `extra` is whatever else decides the
    /// result, such as the flags of the command.
    pub(crate) fn of(project: &Project, name: &str, inputs: &[&str], extra: &str) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        extra.hash(&mut hasher);
        for input in inputs {
            hash_tree(&project.path(input), Path::new(input), &mut hasher)?;
        }
        Ok(Self {
            file: project.path("target/xtask").join(format!("{name}.stamp")),
            fingerprint: format!("{:016x}", hasher.finish()),
        })
    }

    /// Whether the step was last done with these inputs, and `output` is still there.
    pub(crate) fn is_current(&self, output: &Path) -> bool {
        output.exists() && fs::read_to_string(&self.file).is_ok_and(|last| last == self.fingerprint)
    }

    /// Remembers that the step has been done.
    pub(crate) fn write(&self) -> Result<()> {
        if let Some(dir) = self.file.parent() {
            fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
        }
        fs::write(&self.file, &self.fingerprint)
            .with_context(|| format!("cannot write {}", self.file.display()))
    }
}

/// `name` is hashed in place of `path`, so that a moved repository keeps its fingerprints.
fn hash_tree(path: &Path, name: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    name.hash(hasher);
    if path.is_dir() {
        let mut entries = Vec::new();
        for entry in
            fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))?
        {
            entries.push(entry?.file_name());
        }
        entries.sort();
        for entry in entries {
            if !MADE.iter().any(|made| entry == *made) {
                hash_tree(&path.join(&entry), &name.join(&entry), hasher)?;
            }
        }
    } else if path.is_file() {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        bytes.hash(hasher);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(path: &Path) -> u64 {
        let mut hasher = DefaultHasher::new();
        hash_tree(path, Path::new("x"), &mut hasher).unwrap();
        hasher.finish()
    }

    #[test]
    fn follows_content_names_and_removals_but_not_what_was_made() {
        let dir = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        fs::create_dir_all(dir.join("a/node_modules")).unwrap();
        fs::write(dir.join("a/one"), "1").unwrap();
        let first = fingerprint(&dir);
        fs::write(dir.join("a/node_modules/made"), "made").unwrap();
        assert_eq!(fingerprint(&dir), first);
        fs::write(dir.join("a/one"), "2").unwrap();
        assert_ne!(fingerprint(&dir), first);
        fs::write(dir.join("a/one"), "1").unwrap();
        assert_eq!(fingerprint(&dir), first);
        fs::rename(dir.join("a/one"), dir.join("a/two")).unwrap();
        assert_ne!(fingerprint(&dir), first);
        fs::remove_file(dir.join("a/two")).unwrap();
        assert_ne!(fingerprint(&dir), first);
        fs::remove_dir_all(&dir).unwrap();
    }
}
