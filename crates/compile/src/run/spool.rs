//! The articles of several runs, in the order of the input.

use std::ops::Range;

use souwen_index::Record;
use souwen_text::cast;

use super::{Counts, Entry, Place, Run};
use crate::error::CompileError;
use crate::store::Stored;

/// Articles, and bytes of them, that are read together.
const CHUNK: (u32, u32) = (64, 1 << 20);

/// All articles of an archive; their places are the documents' numbers.
#[derive(Debug)]
pub(crate) struct Spool {
    stores: Vec<Stored>,
    places: Vec<Place>,
}

impl Spool {
    /// Joins runs; gives their counts, too.
    pub(crate) fn new(runs: Vec<Run>) -> Result<(Self, Counts), CompileError> {
        let mut counts = Counts::default();
        let mut stores = Vec::new();
        let mut places = Vec::new();
        for (number, run) in (0..).zip(runs) {
            let own = run.places.into_iter();
            places.extend(own.map(|place| Place {
                run: number,
                ..place
            }));
            counts.add(run.counts);
            stores.push(run.articles);
        }
        if places.is_empty() {
            return Err(CompileError::Empty);
        }
        u32::try_from(places.len()).map_err(|_| CompileError::TooLarge)?;
        places.sort_unstable_by_key(|place| place.ordinal);
        let spool = Self { stores, places };
        spool.check_ids()?;
        Ok((spool, counts))
    }

    /// How many documents there are.
    pub(crate) fn documents(&self) -> u32 {
        cast::small(self.places.len())
    }

    /// The characters of a document's text.
    pub(crate) fn characters(&self, document: u32) -> u64 {
        let place = self.places.get(cast::index(document));
        place.map_or(0, |place| place.characters.into())
    }

    /// The bytes that a document takes here.
    pub(crate) fn bytes(&self, document: u32) -> u64 {
        let place = self.places.get(cast::index(document));
        place.map_or(0, |place| place.length.into())
    }

    /// A number that stands for a document in whichever run it is.
    pub(crate) fn ordinal(&self, document: u32) -> u64 {
        let place = self.places.get(cast::index(document));
        place.map_or(0, |place| place.ordinal)
    }

    /// Fails if two documents have the same id.
    fn check_ids(&self) -> Result<(), CompileError> {
        let mut ids: Vec<(u64, u32)> = (0..)
            .zip(&self.places)
            .map(|(document, place)| (place.id, document))
            .collect();
        ids.sort_unstable();
        let mut second: Option<(u32, String)> = None;
        for alike in ids.chunk_by(|a, b| a.0 == b.0).filter(|own| own.len() > 1) {
            let documents: Vec<u32> = alike.iter().map(|own| own.1).collect();
            let mut before = Vec::new();
            for entry in self.read(&documents)? {
                let document = documents.get(before.len()).copied().unwrap_or(0);
                let is_first = second.as_ref().is_none_or(|(own, _)| document < *own);
                if before.contains(&entry.id) && is_first {
                    second = Some((document, entry.id.clone()));
                }
                before.push(entry.id);
            }
        }
        match second {
            Some((_, id)) => Err(CompileError::DuplicateId(id)),
            None => Ok(()),
        }
    }

    /// Documents by the handful, all of them in order.
    pub(crate) fn chunks(&self) -> impl Iterator<Item = Range<u32>> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let rest = self.places.get(cast::index(from)..).unwrap_or_default();
            let (mut count, mut bytes) = (0, 0u32);
            for place in rest {
                bytes = bytes.saturating_add(place.length);
                if count == CHUNK.0 || count > 0 && bytes > CHUNK.1 {
                    break;
                }
                count += 1;
            }
            let chunk = from..from + count;
            from += count;
            (count > 0).then_some(chunk)
        })
    }

    /// A document's record.
    pub(crate) fn record(&self, document: u32) -> Result<Record, CompileError> {
        let entry = self.read(&[document])?.pop().ok_or(CompileError::Damaged)?;
        Ok(entry.into_record())
    }

    /// Reads documents, in the order given.
    pub(crate) fn read(&self, documents: &[u32]) -> Result<Vec<Entry>, CompileError> {
        let place = |&document: &u32| self.places.get(cast::index(document));
        let places: Vec<&Place> = documents.iter().filter_map(place).collect();
        // What stands in a row is read in one go.
        let mut bytes = Vec::new();
        let mut entries = Vec::with_capacity(places.len());
        let follows = |a: &&Place, b: &&Place| (a.run, a.at + u64::from(a.length)) == (b.run, b.at);
        for row in places.chunk_by(follows) {
            let Some((first, store)) = row
                .first()
                .and_then(|first| Some((first, self.stores.get(cast::index(first.run))?)))
            else {
                continue;
            };
            let total: usize = row.iter().map(|place| cast::index(place.length)).sum();
            bytes.resize(total, 0);
            store.read(first.at, &mut bytes)?;
            let mut rest = bytes.as_slice();
            for place in row {
                let (own, after) = rest
                    .split_at_checked(cast::index(place.length))
                    .unwrap_or_default();
                entries.push(Entry::read(own)?);
                rest = after;
            }
        }
        Ok(entries)
    }
}
