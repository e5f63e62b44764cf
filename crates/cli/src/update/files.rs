//! The input's files as they were when they were read.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use souwen_corpus::{Article, Problem, side_file, text_key};

/// A time of change that is nearer than this to the reading says nothing: the file may change once
/// more within it.
const RESOLUTION: Duration = Duration::from_secs(2);

/// The first bytes of a digest. Of what is no longer the same one in four thousand million has the same.
pub(super) type Short = [u8; 4];

/// An input file. Zeros for what is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct File {
    /// Of its path. Two files of one are read each time.
    pub(super) path: Short,
    /// Of its length and the time of its last change, and of those of the file beside it.
    pub(super) stamp: Short,
    /// Of its content, and of that of the file beside it.
    pub(super) digest: Short,
}

impl File {
    /// A file as it is now, without its digest.
    pub(super) fn stamped(path: &Path) -> Self {
        Self {
            path: path_of(path),
            stamp: stamp(path).unwrap_or_default(),
            digest: Short::default(),
        }
    }

    /// A file as it is now.
    pub(super) fn read(path: &Path) -> Self {
        Self {
            digest: digest(path),
            ..Self::stamped(path)
        }
    }

    /// Whether it is as it was, as far as stamps tell.
    pub(super) fn has_stamp_of(&self, other: &Self) -> bool {
        self.stamp == other.stamp && self.stamp != Short::default()
    }

    /// Something in it could not be read: then it is read each time, so that this is said each time.
    pub(super) fn has_problem(&mut self) {
        (self.stamp, self.digest) = Default::default();
    }

    /// Whether it holds what it held.
    pub(super) fn has_content_of(&self, other: &Self) -> bool {
        self.digest == other.digest && self.digest != Short::default()
    }
}

fn path_of(path: &Path) -> Short {
    let mut hasher = Sha256::new();
    hasher.update(path.to_string_lossy().as_bytes());
    short(hasher)
}

/// The first bytes of the SHA-256 of what a hasher was given.
fn short(hasher: Sha256) -> Short {
    let digest: [u8; 32] = hasher.finalize().into();
    digest.first_chunk().copied().unwrap_or_default()
}

fn stamp(path: &Path) -> Option<Short> {
    let mut hasher = Sha256::new();
    let side = side_file(path);
    let now = SystemTime::now();
    for own in [Some(path), side.as_deref()].into_iter().flatten() {
        let Ok(data) = fs::metadata(own) else {
            hasher.update([0]);
            continue;
        };
        let changed = data.modified().ok()?;
        if now.duration_since(changed).ok()? < RESOLUTION {
            return None;
        }
        let changed = changed.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        hasher.update(data.len().to_le_bytes());
        hasher.update(changed.as_nanos().to_le_bytes());
    }
    Some(short(hasher))
}

/// Zeros for a file that cannot be read, which is said when it is.
fn digest(path: &Path) -> Short {
    let mut hasher = Sha256::new();
    let mut add = |path: &Path| -> std::io::Result<()> {
        let mut file = fs::File::open(path)?;
        let mut bytes = vec![0; 64 * 1024];
        loop {
            let count = file.read(&mut bytes)?;
            if count == 0 {
                return Ok(());
            }
            hasher.update(bytes.get(..count).unwrap_or_default());
        }
    };
    if add(path).is_err() {
        return Short::default();
    }
    if let Some(side) = side_file(path) {
        // It need not be there.
        let _ = add(&side);
    }
    short(hasher)
}

/// Of an article's text, by which one of another file is told that is the same.
pub(super) fn text(article: &Article) -> Option<Short> {
    text_key(article).and_then(|key| key.to_le_bytes().first_chunk().copied())
}

/// Remembers the files of a full build.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    pub(super) files: Vec<File>,
    /// By article the place of its file.
    pub(super) owners: Vec<u32>,
    pub(super) texts: Vec<Short>,
    pub(super) repeated: bool,
}

impl Recorder {
    /// A file comes next.
    pub(crate) fn file(&mut self, path: &Path) {
        self.files.push(File::read(path));
    }

    /// An article or a problem of it.
    pub(crate) fn item(&mut self, item: &Result<Article, Problem>) {
        let place = self.files.len().saturating_sub(1);
        match (item, self.files.last_mut()) {
            (Ok(article), _) => {
                self.owners.push(souwen_text::cast::small(place));
                self.texts.extend(text(article));
            }
            (Err(_), Some(file)) => file.has_problem(),
            (Err(_), None) => {}
        }
    }

    /// The input has ended.
    pub(crate) fn end(&mut self, repeated: bool) {
        self.repeated = repeated;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &str, changed: SystemTime) {
        fs::write(path, text).unwrap();
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(changed).unwrap();
    }

    #[test]
    fn a_file_and_the_one_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let page = dir.path().join("01.txt");
        let old = SystemTime::now() - Duration::from_secs(1000);
        write(&page, "甲", old);
        let first = File::read(&page);
        assert!(first.has_stamp_of(&File::read(&page)) && first.has_content_of(&File::read(&page)));
        // Touched.
        write(&page, "甲", old + Duration::from_nanos(1_000_000));
        let touched = File::read(&page);
        assert!(!touched.has_stamp_of(&first) && touched.has_content_of(&first));
        // As long, and as old.
        write(&page, "乙", old);
        let other = File::read(&page);
        assert!(other.has_stamp_of(&first) && !other.has_content_of(&first));
        write(&dir.path().join("01.toml"), "section = '要闻'", old);
        let beside = File::read(&page);
        assert!(!beside.has_stamp_of(&other) && !beside.has_content_of(&other));
        // What has changed just now may change once more.
        write(&page, "丙", SystemTime::now());
        let fresh = File::read(&page);
        assert!(
            !fresh.has_stamp_of(&File::read(&page)) && fresh.has_content_of(&File::read(&page))
        );
        let none = File::read(&dir.path().join("none.txt"));
        assert!(!none.has_content_of(&none));
    }
}
