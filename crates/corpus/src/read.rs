//! Files and folders → articles, one after the other.

use std::path::{Path, PathBuf};

use crate::article::Article;
use crate::id::Ids;
use crate::inputs::{self, InputFile, Step};
use crate::merge::{Late, Merge};
use crate::options::{Left, Options, Visit};
use crate::problem::Problem;
use crate::walk::Format;
use crate::wordpress::Item;
use crate::xml::Xml;
use crate::{csv, feed, html, json, jsonl, markdown, open, page, pdf, walk, wordpress};

/// Reads files and folders, giving every article and every problem to the caller as they come.
///
/// Folders are read with all that is below them, sorted by path, so the order is the same on every machine; hidden files,
/// `README.md`, `README.txt`, `souwen.toml`, `node_modules`, bundles and files of other kinds are left out there. An input
/// with `*` in it stands for the files of its folder that fit. A file named in `inputs` must be of a known kind, and is read
/// once. One bad file or line never costs the others. Of most kinds one file is held in memory at a time, of JSON lines, CSV
/// and WordPress's dumps one article; of feeds all, which come last. An article that several files have comes once; what only
/// a later file knows of it, [`read_files`] tells. Every article has an id; the same input gives the same ids.
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
    let _ = read_files(inputs, options, Late::default(), &mut All(on_item));
}

/// How many files the inputs stand for. None are read.
#[must_use]
pub fn count_files(inputs: &[PathBuf], options: &Options) -> usize {
    inputs::count(&inputs::steps(inputs, options))
}

/// What came of reading.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Reading {
    /// Whether any article got another id than its own, since one before it has that, or was the same as one of another
    /// file: then what a file gives depends on all files.
    pub is_mixed: bool,
    /// What later files said of articles that had been given: read the same once more with it, and they are complete.
    pub late: Late,
}

/// Reads as [`read_paths`] does, but for the files that the visitor knows. `late` is what an earlier reading of the same
/// files gave, or nothing.
pub fn read_files(
    inputs: &[PathBuf],
    options: &Options,
    late: Late,
    visit: &mut dyn Visit,
) -> Reading {
    let steps = inputs::steps(inputs, options);
    let mut reader = Reader {
        options,
        ids: Ids::default(),
        merge: Merge::new(inputs::count(&steps) < 2, late),
        feeds: Vec::new(),
        articles: 0,
        told: 0,
        visit,
    };
    for step in &steps {
        if let Step::File(file) = step
            && file.format == Format::Xml(Some(Xml::Feed))
        {
            reader.hold(file);
        }
    }
    for step in steps {
        match step {
            Step::File(file) if file.format == Format::Xml(Some(Xml::Feed)) => {}
            Step::File(file) => reader.read_file(&file),
            Step::Problem(problem) => reader.give(Err(problem), None),
            Step::Left(file, why) => reader.left(&file, why),
        }
    }
    reader.give_feeds();
    Reading {
        is_mixed: reader.ids.has_repeated() || reader.merge.has_merged(),
        late: reader.merge.into_late(),
    }
}

/// The file beside a file that says something of all its articles, if a file of this kind may have
/// one.
#[must_use]
pub fn side_file(path: &Path) -> Option<PathBuf> {
    let (format, gzip) = walk::format_of(path)?;
    let is_page = matches!(format, Format::Page | Format::Pdf);
    let unpacked = if gzip {
        path.with_extension("")
    } else {
        path.to_owned()
    };
    is_page.then(|| unpacked.with_extension("toml"))
}

/// A feed that has been read.
struct FeedFile {
    file: InputFile,
    problems: Vec<Problem>,
    /// Items that an earlier feed has, with its name.
    same: Vec<String>,
    /// Whether it held anything.
    has_items: bool,
}

struct Reader<'a> {
    options: &'a Options,
    ids: Ids,
    merge: Merge,
    feeds: Vec<FeedFile>,
    articles: u64,
    /// Problems, and what was left out.
    told: u64,
    visit: &'a mut dyn Visit,
}

impl Reader<'_> {
    /// Gives what a file has, unless another one has the same article.
    fn give(&mut self, item: Result<Article, Problem>, file: Option<&InputFile>) {
        let mut article = match item {
            Ok(article) => article,
            Err(problem) => {
                self.told += 1;
                return self.visit.item(Err(problem));
            }
        };
        let mut items = Vec::new();
        let same = self.merge.take(
            &mut article,
            file.and_then(|file| self.options.address(file)),
            &mut |item, file| {
                let feed = item.source.as_ref().map(|source| source.file.clone());
                items.push((feed.unwrap_or_default(), file.to_owned()));
            },
        );
        for (feed, file) in items {
            self.visit.left(&feed, Left::SameAs(file));
        }
        if let Some(same) = same {
            return self.left(file.map_or("", |file| &file.name), Left::SameAs(same));
        }
        self.give_article(article, file);
    }

    fn give_article(&mut self, mut article: Article, file: Option<&InputFile>) {
        if article.section.is_empty()
            && let Some(file) = file
        {
            article.section = self.options.section(&file.path).to_owned();
        }
        self.ids.assign(&mut article);
        self.articles += 1;
        self.visit.item(Ok(article));
    }

    fn left(&mut self, file: &str, why: Left) {
        self.told += 1;
        self.visit.left(file, why);
    }

    fn read_file(&mut self, file: &InputFile) {
        if let Some(known) = self.visit.file(&file.path) {
            self.articles += known;
            return;
        }
        self.merge.file(&file.name);
        let before = (self.articles, self.told);
        match file.format {
            Format::JsonLines | Format::Csv | Format::Xml(_) => self.read_stream(file),
            Format::Pdf => self.read_pdf(file),
            _ => self.read_whole(file),
        }
        if before == (self.articles, self.told) {
            self.give(Err(open::no_article(&file.name)), None);
        }
    }

    fn read_stream(&mut self, file: &InputFile) {
        let input = match open::lines(file, self.options) {
            Ok(input) => input,
            Err(problem) => return self.give(Err(problem), None),
        };
        let mapping = &self.options.fields;
        match file.format {
            Format::JsonLines => jsonl::read(&file.name, input, mapping, &mut |item| {
                self.give(item, Some(file));
            }),
            Format::Csv => csv::read(&file.name, input, mapping, &mut |item| {
                self.give(item, Some(file));
            }),
            _ => wordpress::read(&file.name, input, &mut |item| match item {
                Ok(Item::Article(article)) => self.give(Ok(*article), Some(file)),
                Ok(Item::Other) => self.left(&file.name, Left::Draft),
                Err(problem) => self.give(Err(problem), None),
            }),
        }
    }

    fn read_whole(&mut self, file: &InputFile) {
        let name = &file.name;
        let text = match open::text(file, self.options) {
            Ok(text) => text,
            Err(problem) => return self.give(Err(problem), None),
        };
        let mapping = &self.options.fields;
        match file.format {
            Format::Html => {
                if let Some(article) = html::read_html_page(name, &text) {
                    self.give(Ok(article), Some(file));
                }
            }
            Format::Markdown => match markdown::read(name, &text, mapping) {
                Ok(Some(article)) => self.give(Ok(article), Some(file)),
                Ok(None) => self.left(name, Left::Draft),
                Err(problem) => self.give(Err(problem), None),
            },
            Format::Json => json::read(name, &text, mapping, &mut |item| {
                self.give(item, Some(file))
            }),
            _ => {
                let side = side_file(&file.path);
                page::read(side.as_deref(), name, &[text], &mut |item| {
                    self.give(item, Some(file));
                });
            }
        }
    }

    fn read_pdf(&mut self, file: &InputFile) {
        let pages = match pdf::pages(&file.path) {
            Ok(pages) => pages,
            Err(why) => return self.give(Err(why.problem(&file.name)), None),
        };
        if pages.iter().all(|page| page.trim().is_empty()) {
            let remedy = "have its pages recognised, for instance by ocrmypdf, or leave it out";
            let problem = Problem::new(&file.name, "a PDF without text", remedy);
            return self.give(Err(problem), None);
        }
        let side = side_file(&file.path);
        page::read(side.as_deref(), &file.name, &pages, &mut |item| {
            self.give(item, Some(file));
        });
    }

    /// Reads a feed for what it says of other files' articles.
    fn hold(&mut self, file: &InputFile) {
        let mut own = FeedFile {
            file: file.clone(),
            problems: Vec::new(),
            same: Vec::new(),
            has_items: false,
        };
        match open::text(file, self.options) {
            Ok(text) => {
                for item in feed::read(&file.name, &text) {
                    own.has_items = true;
                    match item {
                        Ok(article) => own.same.extend(self.merge.hold(article)),
                        Err(problem) => own.problems.push(problem),
                    }
                }
            }
            Err(problem) => own.problems.push(problem),
        }
        self.feeds.push(own);
    }

    fn give_feeds(&mut self) {
        let mut rest = self.merge.rest();
        for feed in std::mem::take(&mut self.feeds) {
            let name = &feed.file.name;
            let own: Vec<Article>;
            (own, rest) = rest.into_iter().partition(|article| {
                article
                    .source
                    .as_ref()
                    .is_some_and(|source| source.file == *name)
            });
            if let Some(known) = self.visit.file(&feed.file.path) {
                self.articles += known;
                continue;
            }
            self.merge.file(name);
            if !feed.has_items && feed.problems.is_empty() {
                self.give(Err(open::no_article(name)), None);
            }
            for problem in feed.problems {
                self.give(Err(problem), None);
            }
            for same in feed.same {
                self.left(name, Left::SameAs(same));
            }
            for article in own {
                self.give(Ok(article), Some(&feed.file));
            }
        }
    }
}
