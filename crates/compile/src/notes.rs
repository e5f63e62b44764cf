//! What is noted of each document when it is cut, for when it is written.
//!
//! ```text
//! per document: candidates as `keywords` notes them
//! ```

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::error::CompileError;
use crate::limits::Limits;
use crate::store::{Log, Stored};

/// Notes by one thread.
#[derive(Debug)]
pub(crate) struct Writer<'a> {
    log: Log<'a>,
    /// By the first document of what was noted together.
    places: Vec<(u32, Range<u64>)>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(limits: &'a Limits) -> Self {
        Self {
            log: Log::new(limits, limits.share(256)),
            places: Vec::new(),
        }
    }

    /// Adds the notes of documents, of which `first` is the first.
    pub(crate) fn add(&mut self, first: u32, notes: &[u8]) -> Result<(), CompileError> {
        let from = self.log.append(notes)?;
        self.places.push((first, from..self.log.len()));
        Ok(())
    }
}

/// The notes of all threads.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    stores: Vec<Stored>,
    places: FxHashMap<u32, (usize, Range<u64>)>,
}

impl Notes {
    pub(crate) fn add(&mut self, writer: Writer<'_>) -> Result<(), CompileError> {
        let store = self.stores.len();
        let places = writer.places.into_iter();
        self.places
            .extend(places.map(|(first, range)| (first, (store, range))));
        self.stores.push(writer.log.finish()?);
        Ok(())
    }

    /// What was noted together, as it was.
    pub(crate) fn read(&self, first: u32) -> Result<Vec<u8>, CompileError> {
        let (store, range) = self.places.get(&first).ok_or(CompileError::Damaged)?;
        let store = self.stores.get(*store).ok_or(CompileError::Damaged)?;
        let length = usize::try_from(range.end - range.start).unwrap_or(usize::MAX);
        let mut notes = vec![0; length];
        store.read(range.start, &mut notes)?;
        Ok(notes)
    }
}
