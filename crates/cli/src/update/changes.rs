//! What of the input is not as it was: files by stamp and digest, articles by what the index says.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use souwen_compile::{Base, Changes, CompileError, Gather, Limits, Options};
use souwen_corpus::{Article, Late, Left, Problem, Visit};
use souwen_text::cast;

use super::files::{File, Short, text};
use super::state::State;
use crate::output::grouped;
use crate::resources::Progress;
use crate::tally::Tally;

/// What an update has to do.
pub(super) struct Found {
    pub(super) changes: Changes,
    pub(super) files: Vec<File>,
    /// By document of the older index the place of its file, if it counts.
    pub(super) owners: Vec<Option<u32>>,
    /// By new article the place of its file.
    pub(super) new: Vec<u32>,
    pub(super) texts: Vec<Short>,
    pub(super) repeated: bool,
    pub(super) tally: Tally,
    pub(super) added: u64,
    pub(super) changed: u64,
    pub(super) removed: u64,
}

impl Found {
    /// How many articles are others, for the closing summary.
    pub(super) fn figures(&self) -> [(&'static str, String); 3] {
        [
            ("added", grouped(self.added)),
            ("changed", grouped(self.changed)),
            ("removed", grouped(self.removed)),
        ]
    }
}

/// Reads what may have changed of the input and compares it with an index.
pub(super) fn find(
    inputs: &[PathBuf],
    reading: &souwen_corpus::Options,
    base: &Base<'_>,
    state: &State,
    options: &Options,
    limits: &Limits,
    progress: &Progress,
) -> Result<Found> {
    // Where what a file gives depends on all files, all are read; and once more, if later ones knew more of an article.
    let mut whole = state.repeated;
    let mut late = Late::default();
    for is_first in [true, false, false] {
        let is_last = !late.is_empty();
        let mut visitor = Visitor::new(base, state, options, limits, progress, whole);
        visitor.tally = Tally::new(is_first);
        let read = souwen_corpus::read_files(inputs, reading, late, &mut visitor);
        if let Some(error) = visitor.error {
            return Err(error).context("the bundle cannot be brought up to date");
        }
        let is_alone = !read.is_mixed && !visitor.is_mixed_up() && !visitor.has_twin;
        if is_last || (whole || is_alone) && read.late.is_empty() {
            return visitor.found(read.is_mixed);
        }
        // What a reading of some files found out is not all.
        late = if whole { read.late } else { Late::default() };
        whole = true;
    }
    Err(CompileError::Damaged.into())
}

struct Visitor<'a> {
    base: &'a Base<'a>,
    state: &'a State,
    options: &'a Options,
    progress: &'a Progress,
    /// Whether every file is read.
    whole: bool,
    gather: Gather<'a>,
    /// The files of the last build, and how many articles each has.
    old: HashMap<Short, usize>,
    articles: Vec<u64>,
    old_owners: Vec<u32>,
    files: Vec<File>,
    /// The new places of files that are as they were.
    known: HashMap<u32, u32>,
    owners: Vec<Option<u32>>,
    /// Whether an article that was read has the id of a document.
    claimed: Vec<bool>,
    gone: Vec<u32>,
    new: Vec<u32>,
    /// Of the texts of the articles that were read.
    texts: Vec<Short>,
    /// Whether a new text may be that of an article in a file that was not read.
    has_twin: bool,
    added: u64,
    tally: Tally,
    error: Option<anyhow::Error>,
}

impl<'a> Visitor<'a> {
    fn new(
        base: &'a Base<'a>,
        state: &'a State,
        options: &'a Options,
        limits: &'a Limits,
        progress: &'a Progress,
        whole: bool,
    ) -> Self {
        let documents = cast::index(base.index.len());
        let mut old_owners = state.owners();
        old_owners.resize(documents, 0);
        let mut articles = vec![0; state.files.len()];
        for (document, &owner) in (0..).zip(&old_owners) {
            if let Some(count) = articles.get_mut(cast::index(owner))
                && !base.index.is_gone(document)
            {
                *count += 1;
            }
        }
        let paths = state.files.iter().enumerate();
        Self {
            base,
            state,
            options,
            progress,
            whole,
            gather: Gather::new(options, limits),
            old: paths.map(|(at, file)| (file.path, at)).collect(),
            articles,
            old_owners,
            files: Vec::new(),
            known: HashMap::new(),
            owners: vec![None; documents],
            claimed: vec![false; documents],
            gone: Vec::new(),
            new: Vec::new(),
            texts: Vec::new(),
            has_twin: false,
            added: 0,
            tally: Tally::default(),
            error: None,
        }
    }

    /// Whether an article of a file that changed has the id of one of a file that did not.
    fn is_mixed_up(&self) -> bool {
        let mut owners = self.claimed.iter().zip(&self.old_owners);
        owners.any(|(claimed, owner)| *claimed && self.known.contains_key(owner))
    }

    fn place(&self) -> u32 {
        cast::small(self.files.len().saturating_sub(1))
    }

    fn article(&mut self, article: Article) -> Result<(), CompileError> {
        let place = self.place();
        let document = self.base.find(&article.id)?;
        let text = text(&article);
        self.texts.extend(text);
        if let Some(document) = document {
            let at = cast::index(document);
            if let Some(claimed) = self.claimed.get_mut(at) {
                *claimed = true;
            }
            if self.base.says(document, &article, &self.options.facets)? {
                if let Some(owner) = self.owners.get_mut(at) {
                    *owner = Some(place);
                }
                return Ok(());
            }
            self.gone.push(document);
        } else {
            self.added += 1;
        }
        if text.is_some_and(|text| self.state.texts.binary_search(&text).is_ok()) {
            // One that has changed but for its text is its own twin.
            let same = |document| self.base.text_key(document);
            let before = document.map(same).transpose()?.flatten();
            self.has_twin |= before.is_none() || before != souwen_corpus::text_key(&article);
        }
        self.new.push(place);
        self.gather.add(article)
    }

    fn found(mut self, repeated: bool) -> Result<Found> {
        if !self.whole {
            self.texts.extend(&self.state.texts);
        }
        let changed = u64::try_from(self.gone.len()).unwrap_or(0);
        let mut removed = 0;
        let documents = (0..).zip(&mut self.owners).zip(&self.claimed);
        for ((document, owner), claimed) in documents {
            if *claimed || self.base.index.is_gone(document) {
                continue;
            }
            let old = self.old_owners.get(cast::index(document));
            *owner = old.and_then(|old| self.known.get(old)).copied();
            if owner.is_none() {
                removed += 1;
                self.gone.push(document);
            }
        }
        let articles = self.gather.finish()?;
        Ok(Found {
            changes: Changes {
                gone: self.gone,
                articles,
            },
            files: self.files,
            owners: self.owners,
            new: self.new,
            texts: self.texts,
            repeated,
            tally: self.tally,
            added: self.added,
            changed,
            removed,
        })
    }
}

impl Visit for Visitor<'_> {
    fn file(&mut self, path: &Path) -> Option<u64> {
        let stamped = File::stamped(path);
        let place = self.old.get(&stamped.path).copied();
        let old = place.and_then(|place| self.state.files.get(place));
        let old = old.filter(|_| !self.whole);
        let (file, same) = match old {
            Some(old) if stamped.has_stamp_of(old) => (*old, true),
            Some(old) => {
                let read = File::read(path);
                let same = read.has_content_of(old);
                (read, same)
            }
            None => (File::read(path), false),
        };
        self.files.push(file);
        let place = place.filter(|_| same)?;
        self.known.insert(cast::small(place), self.place());
        let articles = self.articles.get(place).copied().unwrap_or(0);
        self.tally.articles += articles;
        Some(articles)
    }

    fn item(&mut self, item: Result<Article, Problem>) {
        self.tally.count(&item, self.progress.bar());
        if self.error.is_some() {
            return;
        }
        match item {
            Ok(article) => self.error = self.article(article).err().map(Into::into),
            Err(_) => {
                if let Some(file) = self.files.last_mut() {
                    file.has_problem();
                }
            }
        }
    }

    fn left(&mut self, file: &str, why: Left) {
        self.tally.left(file, &why);
    }
}
