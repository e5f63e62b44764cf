//! Patterns of paths, as settings have them: which files to read, to leave out, to put under a section.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::{Serialize, Serializer};

/// A pattern of paths: `*` and `?` stand for anything but `/`, `**` for any number of folders.
///
/// It fits at any depth (`drafts/` is every folder of that name, with all that is in it), unless it begins with `/`, which is
/// the folder of the settings.
#[derive(Debug, Clone)]
pub struct Pattern {
    source: String,
    set: GlobSet,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn new(source: &str) -> Result<Self, String> {
        let bare = source.trim_end_matches('/');
        let at = bare.strip_prefix('/');
        let bare = at.map_or_else(|| format!("**/{bare}"), str::to_owned);
        let mut set = GlobSetBuilder::new();
        for glob in [bare.clone(), format!("{bare}/**")] {
            let glob = GlobBuilder::new(&glob).literal_separator(true).build();
            set.add(glob.map_err(|error| error.kind().to_string())?);
        }
        let set = set.build().map_err(|error| error.kind().to_string())?;
        Ok(Self {
            source: source.to_owned(),
            set,
        })
    }

    /// Whether a path fits; one below `root`, the folder of the settings, by what is behind that.
    #[must_use]
    pub fn fits(&self, path: &Path, root: Option<&Path>) -> bool {
        let below = root.and_then(|root| below(path, root));
        match &below {
            Some(below) => self.set.is_match(below),
            None => !self.source.starts_with('/') && self.set.is_match(path),
        }
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Pattern {}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.source.serialize(serializer)
    }
}

/// What of a path is behind a folder, if it is in it.
fn below(path: &Path, root: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    // Settings that are named without their folder are in the one where the program runs.
    let is_here = root.as_os_str().is_empty();
    let root = std::path::absolute(if is_here { Path::new(".") } else { root }).ok()?;
    path.strip_prefix(root).ok().map(Path::to_owned)
}

/// The folder that a path with `*`, `?`, `[…]` or `{…}` in it begins with; nothing for one without.
pub(crate) fn base(path: &Path) -> Option<PathBuf> {
    let wild = |part: &Component<'_>| {
        part.as_os_str()
            .to_string_lossy()
            .contains(['*', '?', '[', '{'])
    };
    let parts: Vec<Component<'_>> = path.components().collect();
    let first = parts.iter().position(wild)?;
    Some(parts.into_iter().take(first).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits() {
        for (pattern, path, expected) in [
            ("drafts/", "a/drafts/x/y.md", true),
            ("drafts", "a/drafts.md", false),
            ("*.bak.txt", "a/b/x.bak.txt", true),
            ("html/要闻/**", "site/html/要闻/a.html", true),
            ("html/*/a.html", "html/x/y/a.html", false),
            ("html/**/a.html", "html/x/y/a.html", true),
            ("{a,b}/*.txt", "b/1.txt", true),
            ("/pages/*.txt", "pages/1.txt", true),
            ("/pages/*.txt", "old/pages/1.txt", false),
        ] {
            let own = Pattern::new(pattern).unwrap();
            let path = Path::new("site-of-ours").join(path);
            assert_eq!(
                own.fits(&path, Some(Path::new("site-of-ours"))),
                expected,
                "{pattern} {path:?}"
            );
        }
        assert!(Pattern::new("a[").is_err());
        assert!(!Pattern::new("/a").unwrap().fits(Path::new("a"), None));
        assert!(Pattern::new("a").unwrap().fits(Path::new("a"), None));
        let here = Some(Path::new(""));
        assert!(Pattern::new("/a").unwrap().fits(Path::new("a"), here));
        assert!(!Pattern::new("/a").unwrap().fits(Path::new("b/a"), here));
    }

    #[test]
    fn bases() {
        for (path, expected) in [
            ("a/b/*.txt", Some("a/b")),
            ("*.txt", Some("")),
            ("a/b", None),
        ] {
            assert_eq!(base(Path::new(path)).as_deref(), expected.map(Path::new));
        }
    }
}
