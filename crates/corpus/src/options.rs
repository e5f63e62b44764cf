//! How to read, and what a reader tells.

use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use serde::Serialize;

use crate::article::Article;
use crate::glob::Pattern;
use crate::inputs::InputFile;
use crate::mapping::Mapping;
use crate::problem::Problem;
use crate::walk::Format;

/// How to read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Options {
    /// Where the site's pages can be read: the address of an HTML page is this and its path, unless the page names its own.
    pub base_url: Option<String>,
    /// The folder that patterns are of.
    #[serde(skip)]
    pub root: Option<PathBuf>,
    /// What is left out.
    pub exclude: Vec<Pattern>,
    /// The section of articles that name none, by their file; the first pattern that fits counts.
    pub sections: Vec<(Pattern, String)>,
    /// The encoding of files, as labels of the web (`gbk`, `big5`); the first pattern that fits counts.
    pub encodings: Vec<(Pattern, String)>,
    /// Which keys of records are which fields.
    pub fields: Mapping,
}

impl Options {
    fn find<'a, T>(&self, rules: &'a [(Pattern, T)], path: &Path) -> Option<&'a T> {
        let fits = |rule: &&(Pattern, T)| rule.0.fits(path, self.root.as_deref());
        rules.iter().find(fits).map(|rule| &rule.1)
    }

    /// Whether a file is left out.
    pub(crate) fn excludes(&self, path: &Path) -> bool {
        let fits = |pattern: &Pattern| pattern.fits(path, self.root.as_deref());
        self.exclude.iter().any(fits)
    }

    /// The section of a file's articles that name none.
    pub(crate) fn section(&self, path: &Path) -> &str {
        self.find(&self.sections, path).map_or("", String::as_str)
    }

    /// A file's encoding, where it is settled.
    pub(crate) fn encoding(&self, path: &Path) -> Option<&'static Encoding> {
        let label = self.find(&self.encodings, path)?;
        Encoding::for_label(label.as_bytes())
    }

    /// The address of a page that names none.
    pub(crate) fn address(&self, file: &InputFile) -> Option<String> {
        let base = self.base_url.as_ref()?;
        let is_page = file.format == Format::Html;
        is_page.then(|| format!("{}/{}", base.trim_end_matches('/'), file.name))
    }
}

/// Whether a label names an encoding that can be read.
#[must_use]
pub fn is_encoding(label: &str) -> bool {
    Encoding::for_label(label.as_bytes()).is_some()
}

/// Why something of the input is no article, without being a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// A file in a folder that is of no kind that is read.
    OtherKind,
    /// A file that the settings leave out.
    Excluded,
    /// A draft, or an item of a dump that is no article.
    Draft,
    /// An article that stands in that file as well.
    SameAs(String),
}

/// Takes what a reader finds.
pub trait Visit {
    /// A file comes next. Gives how many articles it has if they are known already: then it is not
    /// read.
    fn file(&mut self, path: &Path) -> Option<u64>;

    /// An article, or what is wrong with a file or a line, of the file that came last; of a folder or
    /// an input if it is no file's.
    fn item(&mut self, item: Result<Article, Problem>);

    /// A file, or something in it, is left out.
    fn left(&mut self, file: &str, why: Left) {
        let _ = (file, why);
    }
}
