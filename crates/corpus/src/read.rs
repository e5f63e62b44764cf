//! Files and folders → articles, one after the other.

use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use flate2::read::MultiGzDecoder;
use serde::Serialize;

use crate::article::Article;
use crate::encoding::{self, NotText};
use crate::glob::Pattern;
use crate::id::Ids;
use crate::inputs::{self, InputFile, Step};
use crate::mapping::Mapping;
use crate::merge::Merge;
use crate::problem::Problem;
use crate::walk::Format;
use crate::wordpress::Item;
use crate::xml::Xml;
use crate::{csv, feed, html, json, jsonl, markdown, page, pdf, walk, wordpress};

/// Bytes of a file that is read as a whole, unpacked.
const MOST: u64 = 1 << 30;

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

/// Reads files and folders, giving every article and every problem to the caller as they come.
///
/// Folders are read with all that is below them, sorted by path, so the order is the same on every machine; hidden files,
/// `README.md`, `README.txt`, `souwen.toml`, `node_modules`, bundles and files of other kinds are left out there. An input
/// with `*` in it stands for the files of its folder that fit. A file named in `inputs` must be of a known kind, and is read
/// once. One bad file or line never costs the others. Of most kinds one file is held in memory at a time, of JSON lines, CSV
/// and WordPress's dumps one article; of feeds all, which come last. An article that several files have comes once. Every
/// article has an id; the same input gives the same ids.
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
/// got another id than its own, since one before it has that, or was the same as one of another file:
/// then what a file gives depends on all files.
pub fn read_files(inputs: &[PathBuf], options: &Options, visit: &mut dyn Visit) -> bool {
    let steps = inputs::steps(inputs, options);
    let mut reader = Reader {
        options,
        ids: Ids::default(),
        merge: Merge::default(),
        feeds: Vec::new(),
        articles: 0,
        told: 0,
        visit,
    };
    reader.merge.is_single = inputs::is_single(&steps);
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
    reader.ids.has_repeated() || reader.merge.has_merged()
}

/// The file beside a file that says something of all its articles, if a file of this kind may have
/// one.
#[must_use]
pub fn side_file(path: &Path) -> Option<PathBuf> {
    let (format, _) = walk::format_of(path)?;
    matches!(format, Format::Page | Format::Pdf).then(|| path.with_extension("toml"))
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
            file.and_then(|file| self.address(file)),
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
            let fits = |(pattern, _): &&(Pattern, String)| pattern.fits(&file.path, self.root());
            let rule = self.options.sections.iter().find(fits);
            article.section = rule.map(|(_, name)| name.clone()).unwrap_or_default();
        }
        self.ids.assign(&mut article);
        self.articles += 1;
        self.visit.item(Ok(article));
    }

    fn left(&mut self, file: &str, why: Left) {
        self.told += 1;
        self.visit.left(file, why);
    }

    fn root(&self) -> Option<&Path> {
        self.options.root.as_deref()
    }

    /// The address of a page that names none.
    fn address(&self, file: &InputFile) -> Option<String> {
        let base = self.options.base_url.as_ref()?;
        let is_page = file.format == Format::Html;
        is_page.then(|| format!("{}/{}", base.trim_end_matches('/'), file.name))
    }

    /// The encoding that the settings tell of a file.
    fn told(&self, file: &InputFile) -> Option<&'static Encoding> {
        let fits = |(pattern, _): &&(Pattern, String)| pattern.fits(&file.path, self.root());
        let (_, label) = self.options.encodings.iter().find(fits)?;
        Encoding::for_label(label.as_bytes())
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
            self.give(Err(no_article(&file.name)), None);
        }
    }

    fn read_stream(&mut self, file: &InputFile) {
        let input = match self.open_lines(file) {
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

    fn open_lines(&self, file: &InputFile) -> Result<Box<dyn BufRead>, Problem> {
        let name = &file.name;
        let input = open(file).map_err(|error| unreadable(name, &error))?;
        let mut input = encoding::decoded(input, self.told(file), file.format != Format::JsonLines)
            .map_err(|error| unreadable(name, &error))?
            .map_err(|why| not_text(name, why))?;
        // What is broken is told by whoever reads on.
        if input.fill_buf().is_ok_and(<[u8]>::is_empty) {
            return Err(empty(name));
        }
        Ok(input)
    }

    fn read_whole(&mut self, file: &InputFile) {
        let name = &file.name;
        let text = match self.text(file) {
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

    fn text(&self, file: &InputFile) -> Result<String, Problem> {
        let name = &file.name;
        let bytes = bytes(file).map_err(|error| unreadable(name, &error))?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST) {
            let remedy = "part it, or write its articles as JSON lines";
            return Err(Problem::new(name, "more than 1 GB", remedy));
        }
        let declares = matches!(file.format, Format::Html | Format::Xml(_));
        let declared = encoding::declared_by(&bytes).filter(|_| declares);
        let text = encoding::decode(&bytes, declared.as_deref(), self.told(file))
            .map_err(|why| not_text(name, why))?;
        if text.trim().is_empty() {
            return Err(empty(name));
        }
        Ok(text)
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
        match self.text(file) {
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
                self.give(Err(no_article(name)), None);
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

fn open(file: &InputFile) -> io::Result<Box<dyn Read>> {
    let own = File::open(&file.path)?;
    Ok(if file.gzip {
        Box::new(MultiGzDecoder::new(own))
    } else {
        Box::new(own)
    })
}

/// A file's bytes, one more than the most at the most.
fn bytes(file: &InputFile) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(file)?.take(MOST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn not_text(name: &str, why: NotText) -> Problem {
    match why {
        NotText::Binary => Problem::new(
            name,
            "a binary file, not a text",
            "give the text itself, or leave the file out",
        ),
        NotText::Undecodable => Problem::new(
            name,
            "its characters cannot be decoded",
            "name its encoding in [encodings] of souwen.toml, or save the file as UTF-8",
        ),
    }
}

fn no_article(name: &str) -> Problem {
    Problem::new(
        name,
        "no article was found in it",
        "check that it is the right file, or leave it out",
    )
}

fn unreadable(name: &str, error: &io::Error) -> Problem {
    Problem::new(
        name,
        format!("cannot be read: {error}"),
        "check that it exists and may be read",
    )
}

fn empty(name: &str) -> Problem {
    Problem::new(name, "the file is empty", "make it anew, or leave it out")
}
