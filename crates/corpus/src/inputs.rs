//! What the inputs stand for: files, in their order, and what is left out or wrong.

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use crate::glob::{self, Pattern};
use crate::options::{Left, Options};
use crate::problem::Problem;
use crate::walk::{self, Entry, Format};
use crate::xml;

/// A file and what is known of it.
#[derive(Debug, Clone)]
pub(crate) struct InputFile {
    pub(crate) path: PathBuf,
    /// As its articles name it: by what is behind the folder that it was found in.
    pub(crate) name: String,
    pub(crate) format: Format,
    pub(crate) gzip: bool,
}

/// What comes next of the input.
#[derive(Debug)]
pub(crate) enum Step {
    /// A file to read.
    File(InputFile),
    /// An input, or a folder, that is none.
    Problem(Problem),
    /// A file that is not read.
    Left(String, Left),
}

/// What inputs stand for.
pub(crate) fn steps(inputs: &[PathBuf], options: &Options) -> Vec<Step> {
    let mut finder = Finder {
        options,
        seen: HashSet::new(),
        steps: Vec::new(),
    };
    for input in inputs {
        finder.input(input);
    }
    finder.steps
}

/// How many files there are to read; of one, none can have the articles of another.
pub(crate) fn count(steps: &[Step]) -> usize {
    let files = steps.iter().filter(|step| matches!(step, Step::File(_)));
    files.count()
}

struct Finder<'a> {
    options: &'a Options,
    seen: HashSet<PathBuf>,
    steps: Vec<Step>,
}

impl Finder<'_> {
    fn input(&mut self, input: &Path) {
        let name = walk::name_of(input);
        if input.is_dir() {
            return self.folder(input, &name, None);
        }
        if !input.exists() {
            if let Some(base) = glob::base(input) {
                return self.glob(input, &base, &name);
            }
            let problem = Problem::new(&name, "no such file or folder", "check the path");
            return self.steps.push(Step::Problem(problem));
        }
        let Some((format, gzip)) = walk::format_of(input) else {
            let problem = Problem::new(
                &name,
                "not a kind of file that is read",
                format!("give one of {}", walk::READ),
            );
            return self.steps.push(Step::Problem(problem));
        };
        let file = InputFile {
            path: input.to_owned(),
            name,
            format,
            gzip,
        };
        if file.format == Format::Xml(None) {
            let problem = Problem::new(
                &file.name,
                "neither RSS, Atom nor a dump of WordPress",
                "check that it is the right file, or leave it out",
            );
            return self.steps.push(Step::Problem(problem));
        }
        self.file(file);
    }

    /// The files that fit a pattern, named as those of the folder that it begins with.
    fn glob(&mut self, input: &Path, base: &Path, name: &str) {
        let folder = if base.as_os_str().is_empty() {
            Path::new(".")
        } else {
            base
        };
        let rest = input.strip_prefix(base).unwrap_or(input);
        match Pattern::new(&format!("/{}", walk::name_of(rest))) {
            Ok(pattern) if folder.is_dir() => self.folder(folder, name, Some(&pattern)),
            Ok(_) => {
                let problem = Problem::new(name, "no such folder", "check the path");
                self.steps.push(Step::Problem(problem));
            }
            Err(why) => {
                let problem = Problem::new(name, why, "mend the pattern");
                self.steps.push(Step::Problem(problem));
            }
        }
    }

    fn folder(&mut self, folder: &Path, name: &str, pattern: Option<&Pattern>) {
        let before = self.steps.len();
        let fits = |path: &Path| pattern.is_none_or(|own| own.fits(path, Some(folder)));
        let mut is_empty = true;
        for entry in walk::files(folder) {
            let relative = |path: &Path| walk::name_of(path.strip_prefix(folder).unwrap_or(path));
            match entry {
                Entry::File(path, format, gzip) if fits(&path) => {
                    let name = relative(&path);
                    is_empty = false;
                    if format == Format::Xml(None) {
                        self.steps.push(Step::Left(name, Left::OtherKind));
                    } else {
                        self.file(InputFile {
                            path,
                            name,
                            format,
                            gzip,
                        });
                    }
                }
                Entry::Other(path) if fits(&path) => {
                    self.steps
                        .push(Step::Left(relative(&path), Left::OtherKind));
                }
                Entry::Closed(path, error) if pattern.is_none() => {
                    let problem = Problem::new(
                        &walk::name_of(&path),
                        format!("the folder cannot be opened: {error}"),
                        "check its rights",
                    );
                    is_empty = false;
                    self.steps.push(Step::Problem(problem));
                }
                _ => {}
            }
        }
        if is_empty {
            let (what, remedy) = if pattern.is_some() {
                (
                    "no file fits the pattern",
                    "check it; it has to fit files of one of these kinds",
                )
            } else {
                (
                    "the folder holds no article",
                    "give a folder with files of one of these kinds",
                )
            };
            let problem = Problem::new(name, what, format!("{remedy}: {}", walk::READ));
            self.steps.insert(before, Step::Problem(problem));
        }
    }

    fn file(&mut self, file: InputFile) {
        if self.options.excludes(&file.path) {
            return self.steps.push(Step::Left(file.name, Left::Excluded));
        }
        // Inputs may overlap.
        let place = std::path::absolute(&file.path).unwrap_or_else(|_| file.path.clone());
        if self.seen.insert(place) {
            self.steps.push(Step::File(file));
        }
    }
}

/// What an XML file is. One that cannot be read is taken for a feed, so that this is said.
pub(crate) fn xml_kind(path: &Path, gzip: bool) -> Option<xml::Xml> {
    const HEAD: u64 = 8 * 1024;
    let Ok(file) = File::open(path) else {
        return Some(xml::Xml::Feed);
    };
    let mut head = Vec::new();
    // What comes before a fault is enough, or else is no feed.
    let _ = if gzip {
        MultiGzDecoder::new(file).take(HEAD).read_to_end(&mut head)
    } else {
        file.take(HEAD).read_to_end(&mut head)
    };
    xml::kind(&head)
}
