//! Section `postings`: for each term, the documents that hold it and how strongly.
//!
//! ```text
//! samples varint, per sample: its bit position in the short lists, as
//! the distance from the one before it varint
//! short length varint, short lists (bits), long lists (bytes)
//!
//! short lists, per term in order:
//!   gamma(size): 1 for df = 1, 2 for df = 0, else df + 1
//!   df < 128: per document Rice(distance from the document before it − 1, k), then classes
//!   df ≥ 128: 32 bits: where the term's blocks begin in the long lists, in bytes
//! long list: blocks of 128 documents (the last one what is left), each
//!   distance of its last document from the block before it varint, length of its bits in bytes
//!   varint, then bits: 5 bits w; n times w bits: distance from the document before it − 1; classes
//! classes: 1 bit: whether any is above 0; if so per document: 0, or 1 and 4 bits class
//! ```
//!
//! k = ⌊log2(documents / (df + 1))⌋, the mean distance, needs no place in the file.
//!
//! In a small archive most terms stand in one document; such a list takes about nine bits. A sample every
//! [`SAMPLE`] terms says where to begin to look for a term; long lists stand apart so that passing
//! over them costs nothing, and a seek in one passes over blocks by their heads.
//!
//! A posting's *class* is its precomputed impact before the document's length comes in: the
//! field-weighted term frequency of BM25F in sixteen steps. Together with the document's norm it
//! gives the impact by one look into a table; apart from each other the two compress far better
//! than their product (two bits instead of eight, most classes being 0).

use std::sync::OnceLock;

use souwen_text::cast;

use crate::bits::{BitReader, BitWriter, rice_width, width_of};
use crate::cursor::Cursor;
use crate::error::{OrDamaged, Result, ensure};
use crate::wire::{Reader, Writer};

pub(crate) const NAME: &str = "postings";
/// The first look-up of a term passes over at most this many lists.
const SAMPLE: usize = 32;
/// Documents in a block.
pub(crate) const BLOCK: usize = 128;
/// Classes run from 0 to this.
pub const MAX_CLASS: u8 = 15;

/// One document of a term's list, and the class of the term in it.
pub type Posting = (u32, u8);

/// Collects lists in the order of the terms.
#[derive(Debug)]
pub(crate) struct Encoder {
    documents: u32,
    samples: Vec<u64>,
    terms: usize,
    short: BitWriter,
    long: Vec<u8>,
}

impl Encoder {
    /// Begins the lists of an archive of so many documents.
    pub(crate) fn new(documents: u32) -> Self {
        let (samples, long) = (Vec::new(), Vec::new());
        Self {
            documents,
            samples,
            terms: 0,
            short: BitWriter::default(),
            long,
        }
    }

    /// Adds the next term's list, sorted by document.
    pub(crate) fn add(&mut self, list: &[Posting]) {
        if self.terms.is_multiple_of(SAMPLE) {
            self.samples.push(self.short.len());
        }
        self.terms += 1;
        let df = cast::small(list.len());
        self.short.gamma(match df {
            1 => 1,
            0 => 2,
            df => df + 1,
        });
        if list.len() >= BLOCK {
            self.short.bits(cast::small(self.long.len()), 32);
            self.add_long(list);
            return;
        }
        let k = rice_width(self.documents, df);
        for distance in distances(list, 0) {
            self.short.rice(distance, k);
        }
        classes(&mut self.short, list);
    }

    fn add_long(&mut self, list: &[Posting]) {
        let (mut next, mut head) = (0, 0);
        for chunk in list.chunks(BLOCK) {
            let mut bits = BitWriter::default();
            block(&mut bits, chunk, next);
            let last = chunk.last().map_or(next, |posting| posting.0);
            let bits = bits.finish();
            let mut out = Writer::default();
            out.varint(u64::from(last - head));
            out.count(bits.len());
            self.long.extend(out.bytes);
            self.long.extend(bits);
            (next, head) = (last + 1, last);
        }
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        let mut out = Writer::default();
        out.count(self.samples.len());
        let mut before = 0;
        for sample in self.samples {
            out.varint(sample - before);
            before = sample;
        }
        let short = self.short.finish();
        out.count(short.len());
        out.bytes.extend(short);
        out.bytes.extend(self.long);
        out.bytes
    }
}

/// How many documents are passed over before each one, beginning with document `next`.
fn distances(list: &[Posting], mut next: u32) -> Vec<u32> {
    let step = |&(document, _): &Posting| {
        let distance = document - next;
        next = document + 1;
        distance
    };
    list.iter().map(step).collect()
}

fn block(out: &mut BitWriter, list: &[Posting], next: u32) {
    let distances = distances(list, next);
    let width = distances
        .iter()
        .map(|&distance| width_of(distance))
        .max()
        .unwrap_or(0);
    out.bits(width, 5);
    distances
        .iter()
        .for_each(|&distance| out.bits(distance, width));
    classes(out, list);
}

fn classes(out: &mut BitWriter, list: &[Posting]) {
    if list.is_empty() {
        return;
    }
    let any = list.iter().any(|posting| posting.1 > 0);
    out.bits(u32::from(any), 1);
    for &(_, class) in list.iter().filter(|_| any) {
        out.bits(u32::from(class > 0), 1);
        if class > 0 {
            out.bits(class.into(), 4);
        }
    }
}

/// The short lists from one sample to the next.
#[derive(Debug, Clone, Default)]
struct Group {
    /// Where it begins, in bits.
    sample: u64,
    /// Where each of its lists begins, from there; found out when one of them is first asked for.
    begins: OnceLock<Vec<u32>>,
}

/// The lists, in place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Postings {
    groups: Vec<Group>,
    short: Vec<u8>,
    long: Vec<u8>,
    terms: u32,
    documents: u32,
}

impl Postings {
    pub(crate) fn decode(bytes: &[u8], terms: u32, documents: u32) -> Result<Self> {
        let mut reader = Reader::new(NAME, bytes);
        let count = reader.count()?;
        ensure(
            count == cast::index(terms).div_ceil(SAMPLE),
            NAME,
            "samples are missing",
        )?;
        let mut groups = Vec::with_capacity(count);
        let mut position = 0u64;
        for _ in 0..count {
            position = position
                .checked_add(reader.varint()?)
                .or_damaged(NAME, "a sample overflows")?;
            groups.push(Group {
                sample: position,
                begins: OnceLock::new(),
            });
        }
        let short_len = reader.count()?;
        let short = reader.take(short_len)?.to_vec();
        let bits = u64::try_from(short_len)
            .unwrap_or(u64::MAX)
            .saturating_mul(8);
        ensure(position <= bits, NAME, "a sample leaves the lists")?;
        let long = reader.take(reader.rest())?.to_vec();
        Ok(Self {
            groups,
            short,
            long,
            terms,
            documents,
        })
    }

    /// How many terms have a list (perhaps an empty one).
    pub(crate) fn terms(&self) -> u32 {
        self.terms
    }

    /// A cursor over a term's list, before its first document.
    pub(crate) fn cursor(&self, term: u32) -> Cursor<'_> {
        match self.list(term) {
            Some(bits) => Cursor::new(bits, &self.long, self.documents),
            None => Cursor::empty(),
        }
    }

    /// The number of documents that hold a term.
    pub(crate) fn document_frequency(&self, term: u32) -> u32 {
        self.list(term).map_or(0, |mut bits| read_df(&mut bits))
    }

    /// Where a term's list begins in the short lists.
    fn list(&self, term: u32) -> Option<BitReader<'_>> {
        let at = cast::index(term);
        let group = self.groups.get(at / SAMPLE).filter(|_| term < self.terms)?;
        let begins = group.begins.get_or_init(|| self.begins(group.sample));
        let &begin = begins.get(at % SAMPLE)?;
        Some(BitReader::new(&self.short, group.sample + u64::from(begin)))
    }

    /// Where the lists from a sample on begin. Those behind the last term are read as zeros.
    fn begins(&self, sample: u64) -> Vec<u32> {
        let mut bits = BitReader::new(&self.short, sample);
        let mut begins = Vec::with_capacity(SAMPLE);
        for _ in 0..SAMPLE {
            let begin = bits.position() - sample;
            begins.push(u32::try_from(begin).unwrap_or(u32::MAX));
            let df = read_df(&mut bits);
            if cast::index(df) >= BLOCK {
                bits.skip(32);
            } else {
                pass_over(&mut bits, df, rice_width(self.documents, df));
            }
        }
        begins
    }

    /// Reads every list once.
    ///
    /// # Errors
    /// [`crate::FormatError::Damaged`] when a list is out of order or leaves the archive.
    pub(crate) fn validate(&self) -> Result<()> {
        for term in 0..self.terms {
            let mut cursor = self.cursor(term);
            let (mut count, mut last) = (0, None);
            while let Some((document, _)) = cursor.next() {
                ensure(
                    last < Some(document) && document < self.documents,
                    NAME,
                    "a list is out of order",
                )?;
                last = Some(document);
                count += 1;
            }
            ensure(
                count == cursor.document_frequency(),
                NAME,
                "a list ends too early",
            )?;
        }
        Ok(())
    }
}

/// Reads the size of a list. A damaged one is empty.
pub(crate) fn read_df(bits: &mut BitReader<'_>) -> u32 {
    match bits.gamma() {
        1 => 1,
        size => size.saturating_sub(1).max(1) - u32::from(size <= 2),
    }
}

/// Passes over a short list of `count` documents.
fn pass_over(bits: &mut BitReader<'_>, count: u32, k: u32) {
    for _ in 0..count {
        bits.unary();
        bits.skip(k.into());
    }
    if count > 0 && bits.bits(1) == 1 {
        for _ in 0..count {
            if bits.bits(1) == 1 {
                bits.skip(4);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn lists() -> impl Strategy<Value = Vec<Vec<Posting>>> {
        let list = |max: usize| {
            prop::collection::btree_map(0u32..2000, 0u8..=MAX_CLASS, 0..max)
                .prop_map(|map: BTreeMap<u32, u8>| map.into_iter().collect())
        };
        prop::collection::vec(
            prop_oneof![8 => list(3), 2 => list(60), 1 => list(700)],
            0..100,
        )
    }

    fn encode(lists: &[Vec<Posting>]) -> Vec<u8> {
        let mut encoder = Encoder::new(2000);
        lists.iter().for_each(|list| encoder.add(list));
        encoder.finish()
    }

    fn all(mut cursor: Cursor<'_>) -> Vec<Posting> {
        std::iter::from_fn(|| cursor.next()).collect()
    }

    proptest! {
        #[test]
        fn round_trip(lists in lists()) {
            let postings = Postings::decode(&encode(&lists), cast::small(lists.len()), 2000)?;
            postings.validate()?;
            for (term, list) in (0..).zip(&lists) {
                prop_assert_eq!(postings.cursor(term).document_frequency(), cast::small(list.len()));
                prop_assert_eq!(&all(postings.cursor(term)), list);
            }
        }

        #[test]
        fn seek_finds_what_a_scan_finds(lists in lists(), targets in prop::collection::vec(0u32..2100, 1..20)) {
            let postings = Postings::decode(&encode(&lists), cast::small(lists.len()), 2000)?;
            let mut targets = targets;
            targets.sort_unstable();
            targets.dedup();
            for (term, list) in (0..).zip(&lists) {
                let mut cursor = postings.cursor(term);
                let mut passed = None;
                for &target in targets.iter().filter(|_| !list.is_empty()) {
                    // A cursor does not go back: what it gave is behind it.
                    let ahead = |posting: &&Posting| posting.0 >= target && Some(posting.0) > passed;
                    let expected = list.iter().find(ahead).copied();
                    let found = cursor.seek(target);
                    prop_assert_eq!(found, expected);
                    passed = found.map(|posting| posting.0).or(passed);
                    if found.is_none() { break }
                }
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>, terms in 0u32..200) {
            if let Ok(postings) = Postings::decode(&bytes, terms, 10) {
                let _ = postings.validate();
            }
        }
    }
}
