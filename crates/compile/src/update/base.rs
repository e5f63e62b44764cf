//! The older index that an update begins with.

use std::collections::BTreeMap;
use std::io;

use souwen_corpus::{Article, Kind};
use souwen_index::{Index, Need, Record};
use souwen_text::Lexicon;

use super::Ledger;
use crate::error::CompileError;
use crate::run::Entry;

/// An open index, of which what is lacking is brought as it is needed.
pub struct Base<'a> {
    /// The index.
    pub index: &'a Index,
    /// The bytes that it was opened of.
    pub core: &'a [u8],
    /// What was noted when it was built.
    pub ledger: &'a Ledger,
    /// Supplies the index with what it needs.
    pub bring: &'a dyn Fn(&Index, &[Need]) -> io::Result<()>,
}

impl std::fmt::Debug for Base<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Base").finish_non_exhaustive()
    }
}

impl Base<'_> {
    /// Asks until nothing is lacking.
    pub(super) fn ask<T>(&self, mut ask: impl FnMut(&Index) -> T) -> Result<T, CompileError> {
        self.index.trim();
        let mut before = Vec::new();
        loop {
            let answer = ask(self.index);
            let needs = self.index.needs()?;
            if needs.is_empty() {
                return Ok(answer);
            }
            if needs == before {
                return Err(CompileError::Damaged);
            }
            (self.bring)(self.index, &needs)?;
            before = needs;
        }
    }

    /// The document with an id.
    ///
    /// # Errors
    /// [`CompileError`] if the index cannot be read.
    pub fn find(&self, id: &str) -> Result<Option<u32>, CompileError> {
        self.ask(|index| index.find(id))
    }

    /// Whether an article says what a document says, in every field. `facets` are the options'.
    ///
    /// # Errors
    /// [`CompileError`] if the index cannot be read.
    pub fn says(
        &self,
        document: u32,
        article: &Article,
        facets: &[String],
    ) -> Result<bool, CompileError> {
        let old = Record {
            keywords: Vec::new(),
            ..self.record(document)?
        };
        let new = Entry::new(article.clone(), facets).into_record();
        // As it is read back.
        let read = Record {
            id: new.id.clone(),
            kind: new.kind,
            date: new.date,
            date_inferred: new.date_inferred,
            ..Record::split(&new.join())
        };
        Ok(old == read)
    }

    /// What a document's text is, see [`souwen_corpus::text_key`].
    ///
    /// # Errors
    /// [`CompileError`] if the index cannot be read.
    pub fn text_key(&self, document: u32) -> Result<Option<u64>, CompileError> {
        let article = article(self.record(document)?)?;
        Ok(souwen_corpus::text_key(&article))
    }

    pub(super) fn record(&self, document: u32) -> Result<Record, CompileError> {
        Ok(self.ask(|index| index.record(document))??)
    }

    /// The words of the dictionary with their weights.
    pub(super) fn words(&self) -> Result<Vec<(String, u16)>, CompileError> {
        let mut all = Vec::new();
        for (code, &c) in (0..).zip(self.index.alphabet().chars()) {
            all.extend(self.ask(|index| {
                let words = index.analyser().dictionary();
                let mut found = Vec::new();
                if let Some(place) = words.step(words.root(), code) {
                    walk(words, place, c.to_string(), &mut found);
                }
                found
            })?);
        }
        Ok(all)
    }
}

/// A document's record as it was read.
pub(super) fn article(record: Record) -> Result<Article, CompileError> {
    let metadata = match record.metadata.as_str() {
        "" => BTreeMap::default(),
        json => serde_json::from_str(json).map_err(|_| CompileError::Damaged)?,
    };
    Ok(Article {
        id: record.id,
        kind: match record.kind {
            souwen_index::Kind::Article => Kind::Article,
            souwen_index::Kind::Photo => Kind::Photo,
            souwen_index::Kind::Table => Kind::Table,
        },
        title: record.title,
        kicker: record.kicker,
        subtitle: record.subtitle,
        reporters: record.reporters,
        date: record.date.map(|date| date.to_string()),
        date_inferred: record.date_inferred,
        section: record.section,
        url: record.url,
        tags: record.tags,
        paragraphs: record.paragraphs,
        captions: record.captions,
        source: None,
        metadata,
    })
}

/// Collects the words from a place on.
fn walk<L: Lexicon>(words: &L, place: L::Place, text: String, found: &mut Vec<(String, u16)>) {
    if let Some((_, weight)) = words.word(place) {
        found.push((text.clone(), weight));
    }
    words.steps(place, &mut |code, place| {
        if let Some(c) = words.alphabet().char(code) {
            let mut text = text.clone();
            text.push(c);
            walk(words, place, text, found);
        }
    });
}
