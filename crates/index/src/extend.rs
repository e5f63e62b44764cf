//! What a new index keeps of an older one: its first segments, byte for byte, and what goes with them.
//!
//! Whatever is written comes behind the parts that are kept, so that these stay the files that they
//! are. Tables that follow no segment (headlines, sounds, folds) are kept where they are if they lie
//! in a part that is and say the same; else they are written again.

use souwen_text::{Lexicon, cast};

use crate::chunks::{Run, pack};
use crate::container::{Container, SectionId};
use crate::directory::{Directory, NAME};
use crate::error::{OrDamaged, Result, ensure};
use crate::open::Index;
use crate::parts::{Extent, PartDigest, Region};
use crate::segment;
use crate::sounds::{self, SoundParts};
use crate::store::Store;
use crate::wire::Reader;

/// The first segments of an older index.
#[derive(Debug, Default)]
pub struct Kept {
    pub(crate) parts: Vec<(Region, u32, PartDigest)>,
    /// What is kept of the core's own region.
    pub(crate) core: Vec<u8>,
    /// With these segments only, and of the tables nothing yet.
    pub(crate) directory: Directory,
    /// The tables that lie in a part that is kept, with their stored content.
    pub(crate) tables: Vec<(Run, Vec<u8>)>,
    /// How characters and words are read, as it is to be stored.
    pub(crate) sounds: Option<Vec<u8>>,
}

impl Kept {
    /// Keeps the first segments, so many, of an index, and of it what [`Writer::finish_in_parts`] told
    /// of the last of them. `core` are the bytes that the index was opened of; `gone` the documents of all its segments that
    /// count no more. If the index lacks something, this is to be asked again when it has been brought.
    ///
    /// # Errors
    /// [`crate::FormatError::Damaged`] if the index does not have so many, or `core` is another's.
    pub fn new(
        index: &Index,
        core: &[u8],
        segments: usize,
        end: [u32; 5],
        gone: &[u32],
    ) -> Result<Self> {
        let mut container = Container::open(core)?;
        let directory = container.take(SectionId::Directory);
        let mut reader = Reader::new(NAME, &directory);
        let store = Store::decode(&mut reader, container.take(SectionId::Heap))?;
        let old = Directory::read(&mut reader)?;
        let there = (1..=old.segments.len()).contains(&segments);
        ensure(there, NAME, "has not so many segments")?;
        let [counts @ .., at_hand] = end;
        let at_hand = store.at_hand(at_hand);
        let mut kept = Self {
            parts: store.first_parts(&counts),
            core: at_hand.or_damaged(NAME, "has not so much in it")?.to_vec(),
            ..Self::default()
        };
        let has = |region| kept.parts.iter().filter(|part| part.0 == region).count();
        let fits = Region::FILES
            .into_iter()
            .zip(counts)
            .all(|(region, count)| has(region) == cast::index(count));
        ensure(fits, NAME, "has not so many parts")?;
        for run in [&old.folds, &old.sounds, &old.codec, &old.headlines] {
            kept.keep_table(index, run);
        }
        kept.sounds = content(index, &old.sounds);
        kept.directory.segments = old.segments;
        kept.directory.segments.truncate(segments);
        let documents = kept.documents();
        kept.directory.gone = gone.to_vec();
        kept.directory.gone.sort_unstable();
        kept.directory.gone.dedup();
        kept.directory.gone.retain(|&own| own < documents);
        Ok(kept)
    }

    fn keep_table(&mut self, index: &Index, run: &Run) {
        let lies = |extent: &Extent| {
            Region::of(extent.address).is_some_and(|region| {
                let own = self.parts.iter().filter(|part| part.0 == region);
                let bytes = match region {
                    Region::Core => u64::from(cast::small(self.core.len())),
                    _ => own.map(|part| u64::from(part.1)).sum(),
                };
                extent.address + u64::from(extent.len) <= region.base() + bytes
            })
        };
        if run.extents.iter().all(lies)
            && let Some(content) = content(index, run)
        {
            self.tables.push((run.clone(), content));
        }
    }

    pub(crate) fn segments(&self) -> &[segment::Roots] {
        &self.directory.segments
    }

    /// The documents that are kept, those that are gone included.
    #[must_use]
    pub fn documents(&self) -> u32 {
        let segments = self.directory.segments.iter();
        segments.map(|segment| segment.documents).sum()
    }

    /// The documents that count no more, ascending.
    #[must_use]
    pub fn gone(&self) -> &[u32] {
        &self.directory.gone
    }

    /// How many values of a column the segments have: the first, by number.
    #[must_use]
    pub fn values(&self, column: &str) -> u32 {
        let columns = self.directory.segments.iter().flat_map(|own| &own.facets);
        let own = columns.filter(|own| own.name == column);
        own.map(|own| own.values).sum()
    }

    /// Says anew how characters and words are read. `index` has the words; if it lacks any, this is to
    /// be asked again.
    pub fn renew_sounds(&mut self, index: &Index, parts: &SoundParts) {
        let mut parts = parts.clone();
        let words = index.analyser().dictionary();
        let ordinal = |word: &str| words.ordinal(word);
        parts.words.retain(|(word, _)| ordinal(word).is_some());
        let segments = self.directory.segments.first();
        let entries = segments.map_or(0, |first| first.terms.entries);
        self.sounds = Some(pack(&sounds::encode(&parts, entries, ordinal)));
    }
}

/// The stored content of a table.
fn content(index: &Index, run: &Run) -> Option<Vec<u8>> {
    let extent = *run.extents.first()?;
    let read = |bytes: &[u8]| Ok(bytes.to_vec());
    index.store.read(extent, NAME, read)
}
