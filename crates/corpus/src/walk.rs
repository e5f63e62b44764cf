//! Which files an input names, in an order that does not depend on the machine.

use std::path::{Path, PathBuf};

/// The kinds of files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// A newspaper page.
    Page,
    /// An HTML page.
    Html,
    /// Markdown.
    Markdown,
    /// A JSON file.
    Json,
    /// JSON lines, perhaps compressed.
    JsonLines {
        /// Whether the file is a gzip archive.
        gzip: bool,
    },
}

/// What the extensions are called in messages.
pub(crate) const READ: &str = ".txt, .text, .html, .htm, .xhtml, .shtml, .md, .markdown, .json, .jsonl, .ndjson, .jsonl.gz, .ndjson.gz";

impl Format {
    /// The kind of file that a name tells.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        let (stem, extension) = name.rsplit_once('.')?;
        Some(match extension {
            "txt" | "text" => Self::Page,
            "html" | "htm" | "xhtml" | "shtml" => Self::Html,
            "md" | "markdown" => Self::Markdown,
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::JsonLines { gzip: false },
            "gz" if stem.ends_with(".jsonl") || stem.ends_with(".ndjson") => {
                Self::JsonLines { gzip: true }
            }
            _ => return None,
        })
    }
}

/// The readable files below a folder, sorted by their path's parts. Hidden files and the folder's own papers are left out.
///
/// Folders that cannot be opened are given as errors.
pub(crate) fn files(folder: &Path) -> Vec<Result<PathBuf, (PathBuf, std::io::Error)>> {
    const DEEPEST: usize = 64;
    let mut found = Vec::new();
    visit(folder, DEEPEST, &mut found);
    found
}

fn visit(folder: &Path, depth: usize, found: &mut Vec<Result<PathBuf, (PathBuf, std::io::Error)>>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return found.push(Err((folder.to_owned(), error))),
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    // A bundle that was built into its own input is not part of the archive.
    if paths
        .iter()
        .any(|path| path.file_name().is_some_and(|name| name == "souwen.json"))
    {
        return;
    }
    for path in paths {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().to_lowercase())
            .unwrap_or_default();
        let papers = matches!(
            name.as_str(),
            "readme.md" | "readme.txt" | "souwen.toml" | "node_modules"
        );
        if name.starts_with('.') || papers {
            continue;
        }
        // A link to a folder may lead back up.
        let is_link = path
            .symlink_metadata()
            .is_ok_and(|data| data.file_type().is_symlink());
        if path.is_dir() {
            if !is_link && depth > 0 {
                visit(&path, depth - 1, found);
            }
        } else if Format::of(&path).is_some() {
            found.push(Ok(path));
        }
    }
}

/// A path with `/` between its parts, on every system.
pub(crate) fn name_of(path: &Path) -> String {
    path.to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/")
}
