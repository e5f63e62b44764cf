//! Files and folders → articles, one after the other.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use crate::article::Article;
use crate::encoding::{self, NotText};
use crate::id::Ids;
use crate::problem::Problem;
use crate::walk::{self, Format};
use crate::{fields, front_matter, html, json, jsonl, markdown, newspaper};

/// How to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Where the site's pages can be read: the address of an HTML page is this and its path, unless the page names its own.
    pub base_url: Option<String>,
}

/// Takes what a reader finds.
pub trait Visit {
    /// A file comes next. Gives how many articles it has if they are known already: then it is not
    /// read.
    fn file(&mut self, path: &Path) -> Option<u64>;

    /// An article, or what is wrong with a file or a line, of the file that came last; of a folder or
    /// an input if it is no file's.
    fn item(&mut self, item: Result<Article, Problem>);
}

/// Reads files and folders, giving every article and every problem to the caller as they come.
///
/// Folders are read with all that is below them, sorted by path, so the order is the same on every machine; hidden files,
/// `README.md`, `README.txt`, `souwen.toml`, `node_modules`, bundles and files of other kinds are skipped there. A file named in `inputs` must be of a known kind. One bad file or
/// line never costs the others. Only one file is held in memory at a time, of JSON lines only one line. Every article has an id;
/// the same input gives the same ids.
pub fn read_paths(
    inputs: &[PathBuf],
    options: &Options,
    on_item: &mut dyn FnMut(Result<Article, Problem>),
) {
    struct All<'a>(&'a mut dyn FnMut(Result<Article, Problem>));
    impl Visit for All<'_> {
        fn file(&mut self, _: &Path) -> Option<u64> {
            None
        }
        fn item(&mut self, item: Result<Article, Problem>) {
            (self.0)(item);
        }
    }
    read_files(inputs, options, &mut All(on_item));
}

/// Reads as [`read_paths`] does, but for the files that the visitor knows. Tells whether any article
/// got another id than its own, since one before it has that: then ids depend on all files.
pub fn read_files(inputs: &[PathBuf], options: &Options, visit: &mut dyn Visit) -> bool {
    let mut reader = Reader {
        options,
        ids: Ids::default(),
        articles: 0,
        problems: 0,
        visit,
    };
    for input in inputs {
        reader.read_input(input);
    }
    reader.ids.has_repeated()
}

/// The file beside a file that says something of all its articles, if a file of this kind may have
/// one.
#[must_use]
pub fn side_file(path: &Path) -> Option<PathBuf> {
    let is_page = Format::of(path) == Some(Format::Page);
    is_page.then(|| path.with_extension("toml"))
}

struct Reader<'a> {
    options: &'a Options,
    ids: Ids,
    articles: u64,
    problems: u64,
    visit: &'a mut dyn Visit,
}

impl Reader<'_> {
    fn give(&mut self, item: Result<Article, Problem>) {
        let item = item.map(|mut article| {
            self.ids.assign(&mut article);
            article
        });
        match item {
            Ok(_) => self.articles += 1,
            Err(_) => self.problems += 1,
        }
        self.visit.item(item);
    }

    fn read_input(&mut self, input: &Path) {
        let name = walk::name_of(input);
        if input.is_dir() {
            return self.read_folder(input, &name);
        }
        if !input.exists() {
            return self.give(Err(Problem::new(
                &name,
                "no such file or folder",
                "check the path",
            )));
        }
        match Format::of(input) {
            Some(format) => self.read_file(input, &name, format),
            None => self.give(Err(Problem::new(
                &name,
                "not a kind of file that is read",
                format!("give one of {}", walk::READ),
            ))),
        }
    }

    fn read_folder(&mut self, folder: &Path, name: &str) {
        let (articles, problems) = (self.articles, self.problems);
        for file in walk::files(folder) {
            match file {
                Ok(path) => {
                    let relative = walk::name_of(path.strip_prefix(folder).unwrap_or(&path));
                    if let Some(format) = Format::of(&path) {
                        self.read_file(&path, &relative, format);
                    }
                }
                Err((path, error)) => {
                    let problem = Problem::new(
                        &walk::name_of(&path),
                        format!("the folder cannot be opened: {error}"),
                        "check its rights",
                    );
                    self.give(Err(problem));
                }
            }
        }
        if self.articles == articles && self.problems == problems {
            let remedy = format!(
                "give a folder with files of one of these kinds: {}",
                walk::READ
            );
            self.give(Err(Problem::new(
                name,
                "the folder holds no article",
                remedy,
            )));
        }
    }

    fn read_file(&mut self, path: &Path, name: &str, format: Format) {
        if let Some(known) = self.visit.file(path) {
            self.articles += known;
            return;
        }
        let (articles, problems) = (self.articles, self.problems);
        match format {
            Format::JsonLines { gzip } => self.read_lines(path, name, gzip),
            _ => self.read_whole(path, name, format),
        }
        if self.articles == articles && self.problems == problems && format != Format::Markdown {
            self.give(Err(Problem::new(
                name,
                "no article was found in it",
                "check that it is the right file, or leave it out",
            )));
        }
    }

    fn read_lines(&mut self, path: &Path, name: &str, gzip: bool) {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => return self.give(Err(unreadable(name, &error))),
        };
        if file.metadata().is_ok_and(|data| data.len() == 0) {
            return self.give(Err(empty(name)));
        }
        if gzip {
            jsonl::read(
                name,
                BufReader::new(MultiGzDecoder::new(file)),
                &mut |item| self.give(item),
            );
        } else {
            jsonl::read(name, BufReader::new(file), &mut |item| self.give(item));
        }
    }

    fn read_whole(&mut self, path: &Path, name: &str, format: Format) {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return self.give(Err(unreadable(name, &error))),
        };
        let declared = if format == Format::Html {
            encoding::declared_by_html(&bytes)
        } else {
            None
        };
        let text = match encoding::decode(&bytes, declared.as_deref()) {
            Ok(text) => text,
            Err(NotText::Binary) => {
                return self.give(Err(Problem::new(
                    name,
                    "a binary file, not a text",
                    "give the text itself, or leave the file out",
                )));
            }
            Err(NotText::Undecodable) => {
                return self.give(Err(Problem::new(
                    name,
                    "its characters cannot be decoded",
                    "save the file as UTF-8",
                )));
            }
        };
        if text.trim().is_empty() {
            return self.give(Err(empty(name)));
        }
        match format {
            Format::Page => self.read_page(path, name, &text),
            Format::Html => {
                if let Some(article) = html::read(name, &text, self.options.base_url.as_deref()) {
                    self.give(Ok(article));
                }
            }
            Format::Markdown => {
                if let Some(item) = markdown::read(name, &text).transpose() {
                    self.give(item);
                }
            }
            Format::Json => json::read(name, &text, &mut |item| self.give(item)),
            Format::JsonLines { .. } => {}
        }
    }

    /// A newspaper page, with what front matter or a side file `NAME.toml` says of all its articles.
    fn read_page(&mut self, path: &Path, name: &str, text: &str) {
        let parted = front_matter::part(text);
        let mut page = match parted.fields.unwrap_or_else(|| Ok(serde_json::Map::new())) {
            Ok(fields) => fields,
            Err(what) => {
                return self.give(Err(Problem::new(
                    name,
                    what,
                    "mend what stands between the marks at the top",
                )
                .at(1)));
            }
        };
        let side = path.with_extension("toml");
        if let Ok(side_text) = std::fs::read_to_string(&side) {
            match front_matter::toml(&side_text) {
                Ok(fields) => page.extend(fields),
                Err(what) => self.give(Err(Problem::new(
                    &walk::name_of(&side),
                    what,
                    "mend the side file",
                ))),
            }
        }
        // What one article alone can have, a page cannot give to all of them.
        for key in [
            "id",
            "title",
            "body",
            "paragraphs",
            "source",
            "kind",
            "captions",
        ] {
            page.remove(key);
        }
        for mut article in newspaper::read_newspaper_page(name, parted.rest) {
            if let Some(source) = article.source.as_mut() {
                source.line = source.line.saturating_add(parted.lines);
            }
            let own = (article.section.clone(), article.reporters.clone());
            let inferred = article.date_inferred;
            fields::apply(&mut article, page.clone());
            if !own.0.is_empty() {
                article.section = own.0;
            }
            if !own.1.is_empty() {
                article.reporters = own.1;
            }
            article.date_inferred = inferred && !page.contains_key("date");
            self.give(Ok(article));
        }
    }
}

fn unreadable(name: &str, error: &std::io::Error) -> Problem {
    Problem::new(
        name,
        format!("cannot be read: {error}"),
        "check that it exists and may be read",
    )
}

fn empty(name: &str) -> Problem {
    Problem::new(name, "the file is empty", "make it anew, or leave it out")
}
