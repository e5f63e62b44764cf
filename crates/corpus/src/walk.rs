//! Which files an input names, in an order that does not depend on the machine.

use std::path::{Path, PathBuf};

use crate::inputs;
use crate::xml::Xml;

/// The kinds of files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// A newspaper page.
    Page,
    /// A newspaper page as PDF.
    Pdf,
    /// An HTML page.
    Html,
    /// Markdown.
    Markdown,
    /// A JSON file.
    Json,
    /// JSON lines.
    JsonLines,
    /// A table with a header.
    Csv,
    /// A feed or a dump of WordPress, unless it is of another kind.
    Xml(Option<Xml>),
}

/// What the extensions are called in messages.
pub(crate) const READ: &str = ".txt, .text, .pdf, .html, .htm, .xhtml, .shtml, .md, .markdown, .json, .jsonl, .ndjson, \
     .csv, .tsv, .xml, .rss, .atom, .wxr, or one of them with .gz behind it";

/// The kind of a file, by its name and for XML by its first bytes, and whether it is packed by gzip.
pub(crate) fn format_of(path: &Path) -> Option<(Format, bool)> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    let (name, gzip) = match name.strip_suffix(".gz") {
        Some(name) => (name, true),
        None => (name.as_str(), false),
    };
    let format = match name.rsplit_once('.')?.1 {
        "txt" | "text" => Format::Page,
        "pdf" if !gzip => Format::Pdf,
        "html" | "htm" | "xhtml" | "shtml" => Format::Html,
        "md" | "markdown" => Format::Markdown,
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::JsonLines,
        "csv" | "tsv" => Format::Csv,
        "xml" | "rss" | "atom" | "rdf" | "wxr" => Format::Xml(inputs::xml_kind(path, gzip)),
        _ => return None,
    };
    Some((format, gzip))
}
/// A path below a folder.
#[derive(Debug)]
pub(crate) enum Entry {
    /// A file that can be read.
    File(PathBuf, Format, bool),
    /// A file of another kind.
    Other(PathBuf),
    /// A folder that cannot be opened.
    Closed(PathBuf, std::io::Error),
}

/// The files below a folder, sorted by their path's parts. Hidden files and the folder's own papers are left out, and
/// files beside pages that say something of them.
pub(crate) fn files(folder: &Path) -> Vec<Entry> {
    const DEEPEST: usize = 64;
    let mut found = Vec::new();
    visit(folder, DEEPEST, &mut found);
    found
}

fn visit(folder: &Path, depth: usize, found: &mut Vec<Entry>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return found.push(Entry::Closed(folder.to_owned(), error)),
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
        } else if let Some((format, gzip)) = format_of(&path) {
            found.push(Entry::File(path, format, gzip));
        } else if !name.ends_with(".toml") {
            found.push(Entry::Other(path));
        }
    }
}

/// A path with `/` between its parts, on every system.
pub(crate) fn name_of(path: &Path) -> String {
    path.to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/")
}
