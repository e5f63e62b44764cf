//! Articles → a run for an update, which needs no words of jieba's: an older index has them.

use souwen_corpus::Article;
use souwen_text::{FoldTable, Stream};

use super::{Counts, Entry, Place, Run, hash, kept, text_of};
use crate::error::CompileError;
use crate::folds;
use crate::limits::Limits;
use crate::options::Options;
use crate::store::Log;

/// Collects articles one by one.
#[derive(Debug)]
pub struct Gather<'a> {
    facets: &'a [String],
    fold: FoldTable,
    log: Log<'a>,
    places: Vec<Place>,
    counts: Counts,
    next: u64,
}

impl<'a> Gather<'a> {
    /// Begins a run for [`update`](crate::update).
    #[must_use]
    pub fn new(options: &'a Options, limits: &'a Limits) -> Self {
        // Behind those that are carried over from the older index.
        Self::from(options, limits, 1 << 40)
    }

    /// Begins with a number in the input.
    pub(crate) fn from(options: &'a Options, limits: &'a Limits, next: u64) -> Self {
        Self {
            facets: &options.facets,
            fold: folds::complete(),
            log: Log::new(limits, kept(limits)),
            places: Vec::new(),
            counts: Counts::default(),
            next,
        }
    }

    /// Adds an article.
    ///
    /// # Errors
    /// What the disk says.
    pub fn add(&mut self, article: Article) -> Result<(), CompileError> {
        let characters = article.characters();
        let entry = Entry::new(article, self.facets);
        let mut bytes = Vec::new();
        entry.write(&mut bytes)?;
        self.places.push(Place {
            ordinal: self.next,
            at: self.log.append(&bytes)?,
            length: u32::try_from(bytes.len()).map_err(|_| CompileError::TooLarge)?,
            characters: u32::try_from(characters).unwrap_or(u32::MAX),
            id: hash(&entry.id),
            run: 0,
        });
        self.next += 1;
        let counts = &mut self.counts;
        counts.characters += u64::try_from(characters).unwrap_or(0);
        counts.add_values(&entry.facets);
        if let Some(date) = entry.date() {
            counts.newest = counts.newest.max(date.days() + 1);
        }
        let text = text_of(&entry.into_fields());
        counts.printed.extend(text.chars());
        let stream = Stream::new(&self.fold, &text);
        counts.streams.extend(stream.chars());
        Ok(())
    }

    /// How many articles there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Ends the run.
    ///
    /// # Errors
    /// What the disk says.
    pub fn finish(self) -> Result<Run, CompileError> {
        Ok(Run {
            articles: self.log.finish()?,
            places: self.places,
            counts: self.counts,
            shard: (1, 1),
        })
    }
}
