//! A segment: documents that were indexed together, with their terms, columns and texts.
//!
//! ```text
//! documents varint
//! terms: number varint, entries varint, length of the directory's root varint, root
//! facts, dates: runs
//! texts: run of their lengths' chunks, address of the first text varint, per 64 chunks the bytes of
//!   their texts varint
//! ids: run, per chunk its first hash varint
//! columns varint, per column: as `facets` says
//!
//! chunk of dates, of 4,096 documents (packed): per document varint: days since 1 January of year 0,
//!   plus 1; 0 if there is none
//! ```
//!
//! An archive has one segment as a rule. One that was brought up to date has others behind it, with
//! what was added since; documents are numbered through all of them.

use std::cell::OnceCell;
use std::rc::Rc;

use souwen_text::cast;

use crate::bits::{BitReader, BitWriter};
use crate::chunks::{Run, within};
use crate::codec::TextCodec;
use crate::date::Date;
use crate::error::{OrDamaged, Result, ensure};
use crate::facts::{self, Facts};
use crate::parts::Extent;
use crate::record::Record;
use crate::store::Store;
use crate::terms::{self, Terms};
use crate::wire::{Reader, Writer};
use crate::{facets, ids, texts};

pub(crate) const DATES: &str = "dates";
/// Documents in a chunk of dates.
pub(crate) const DATES_CHUNK: u32 = 4096;

/// Where everything of a segment is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Roots {
    pub(crate) documents: u32,
    pub(crate) terms: terms::Roots,
    pub(crate) facts: Run,
    pub(crate) dates: Run,
    pub(crate) texts: Run,
    /// The address of the first text of each [`texts::GROUP`] of chunks, and of the end.
    pub(crate) text_addresses: Vec<u64>,
    pub(crate) ids: ids::Root,
    pub(crate) facets: Vec<facets::Root>,
}

impl Roots {
    pub(crate) fn write(&self, out: &mut Writer) {
        out.varint(self.documents.into());
        self.terms.write(out);
        self.facts.write(out);
        self.dates.write(out);
        self.texts.write(out);
        out.varint(self.text_addresses.first().copied().unwrap_or(0));
        for [from, to] in self.text_addresses.array_windows() {
            out.varint(to - from);
        }
        self.ids.write(out);
        out.count(self.facets.len());
        self.facets.iter().for_each(|facet| facet.write(out));
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let mut roots = Self {
            documents: reader.varint32()?,
            terms: terms::Roots::read(reader)?,
            facts: Run::read(reader, facts::NAME)?,
            dates: Run::read(reader, DATES)?,
            texts: Run::read(reader, texts::NAME)?,
            ..Self::default()
        };
        let mut address = reader.varint()?;
        roots.text_addresses.push(address);
        for _ in roots.texts.extents.chunks(texts::GROUP) {
            address = address
                .checked_add(reader.varint()?)
                .or_damaged(texts::NAME, "a text is out of reach")?;
            roots.text_addresses.push(address);
        }
        roots.ids = ids::Root::read(reader)?;
        for _ in 0..reader.count()? {
            let root = facets::Root::read(reader)?;
            let mut before = roots.facets.iter();
            let new = before.all(|own: &facets::Root| own.name != root.name);
            ensure(new, facets::NAME, "a column is named twice")?;
            root.table.has(1, facets::NAME)?;
            roots.facets.push(root);
        }
        let need = |per_chunk: u32| roots.documents.div_ceil(per_chunk);
        roots.facts.has(need(facts::CHUNK), facts::NAME)?;
        roots.dates.has(need(DATES_CHUNK), DATES)?;
        roots.texts.has(need(texts::CHUNK), texts::NAME)?;
        let ids = need(cast::small(ids::CHUNK));
        roots.ids.chunks.has(ids, ids::NAME)?;
        for root in &roots.facets {
            root.chunks.has(need(facets::CHUNK), facets::NAME)?;
        }
        Ok(roots)
    }
}

/// An open segment.
#[derive(Debug)]
pub(crate) struct Segment {
    /// Its first document.
    pub(crate) first: u32,
    pub(crate) terms: Rc<Terms>,
    pub(crate) roots: Roots,
    facts: Vec<OnceCell<Facts>>,
    dates: Vec<OnceCell<Vec<u32>>>,
    /// By chunk: where each text begins, and where the last one ends.
    texts: Vec<OnceCell<Vec<u64>>>,
}

fn cells<T>(run: &Run) -> Vec<OnceCell<T>> {
    run.extents.iter().map(|_| OnceCell::new()).collect()
}

impl Segment {
    pub(crate) fn new(
        store: &Rc<Store>,
        roots: Roots,
        first: u32,
        gone: Rc<[u32]>,
    ) -> Result<Self> {
        let terms = Terms::new(Rc::clone(store), &roots.terms, first, roots.documents, gone)?;
        Ok(Self {
            first,
            terms: Rc::new(terms),
            facts: cells(&roots.facts),
            dates: cells(&roots.dates),
            texts: cells(&roots.texts),
            roots,
        })
    }

    pub(crate) fn documents(&self) -> u32 {
        self.roots.documents
    }

    /// How many documents a chunk has.
    fn count(&self, chunk: usize, per_chunk: u32) -> usize {
        let before = cast::small(chunk).saturating_mul(per_chunk);
        cast::index(self.roots.documents.saturating_sub(before).min(per_chunk))
    }

    /// The chunk of facts with a document (counted from the segment's first), and its place there.
    #[inline]
    pub(crate) fn facts(&self, store: &Store, own: u32) -> Option<(&Facts, usize)> {
        let (chunk, at) = within(own, facts::CHUNK);
        let cell = self.facts.get(chunk)?;
        if let Some(facts) = cell.get() {
            return Some((facts, at));
        }
        let count = self.count(chunk, facts::CHUNK);
        let read = |bytes: &[u8]| Facts::decode(bytes, count);
        let read = self.roots.facts.chunk(store, chunk, facts::NAME, read)?;
        Some((cell.get_or_init(|| read), at))
    }

    pub(crate) fn date(&self, store: &Store, own: u32) -> Option<Date> {
        let (chunk, at) = within(own, DATES_CHUNK);
        let cell = self.dates.get(chunk)?;
        let dates = match cell.get() {
            Some(dates) => dates,
            None => {
                let count = self.count(chunk, DATES_CHUNK);
                let read = |bytes: &[u8]| decode_dates(bytes, count);
                let read = self.roots.dates.chunk(store, chunk, DATES, read)?;
                cell.get_or_init(|| read)
            }
        };
        Date::from_days(dates.get(at)?.checked_sub(1)?)
    }

    /// A document's record. Without a codec the record is only asked for.
    pub(crate) fn record(
        &self,
        store: &Store,
        codec: Option<&TextCodec>,
        own: u32,
    ) -> Option<Record> {
        let (chunk, at) = within(own, texts::CHUNK);
        let cell = self.texts.get(chunk)?;
        let begins = match cell.get() {
            Some(begins) => begins,
            None => {
                let count = self.count(chunk, texts::CHUNK);
                let group = chunk / texts::GROUP;
                let begin = *self.roots.text_addresses.get(group)?;
                let end = *self.roots.text_addresses.get(group + 1)?;
                let read = |bytes: &[u8]| decode_texts(bytes, count, begin, end);
                let read = self.roots.texts.chunk(store, chunk, texts::NAME, read)?;
                cell.get_or_init(|| read)
            }
        };
        let (address, end) = (*begins.get(at)?, *begins.get(at + 1)?);
        let len = u32::try_from(end - address).ok()?;
        let extent = Extent { address, len };
        let read = |bytes: &[u8]| match codec {
            Some(codec) => texts::decode(codec, bytes).map(Some),
            None => Ok(None),
        };
        store.read(extent, texts::NAME, read)?
    }

    /// The documents whose id may be this one, by number.
    pub(crate) fn candidates(&self, store: &Store, id: &str) -> Vec<u32> {
        let own = self.roots.ids.candidates(store, id).into_iter();
        own.map(|own| self.first.saturating_add(own)).collect()
    }
}

/// Encodes the dates of some documents.
pub(crate) fn encode_dates(dates: &[Option<Date>]) -> Vec<u8> {
    let mut out = Writer::default();
    for date in dates {
        out.varint(date.map_or(0, |date| u64::from(date.days()) + 1));
    }
    out.bytes
}

fn decode_dates(bytes: &[u8], count: usize) -> Result<Vec<u32>> {
    let mut reader = Reader::new(DATES, bytes);
    let mut dates = Vec::with_capacity(count);
    for _ in 0..count {
        let days = reader.varint32()?;
        ensure(days <= Date::END, DATES, "a date is out of range")?;
        dates.push(days);
    }
    reader.finish()?;
    Ok(dates)
}

/// Encodes the lengths of some texts' extents, which are multiples of [`texts::UNIT`], `before` being
/// the bytes of those before them in their group.
pub(crate) fn encode_texts(lengths: &[u32], before: u64) -> Vec<u8> {
    let lengths: Vec<u32> = lengths.iter().map(|len| len / texts::UNIT).collect();
    let mut out = Writer::default();
    out.varint(before);
    let least = lengths.iter().copied().min().unwrap_or(0);
    out.varint(least.into());
    let size = |k: &u32| -> u64 {
        let own = lengths.iter().map(|len| (len - least) >> k);
        own.map(|high| u64::from(high + k + 1)).sum()
    };
    let k = (0..24).min_by_key(size).unwrap_or(0);
    let mut bits = BitWriter::default();
    bits.bits(k, 5);
    lengths.iter().for_each(|len| bits.rice(len - least, k));
    out.bytes.extend(bits.finish());
    out.bytes
}

fn decode_texts(bytes: &[u8], count: usize, begin: u64, end: u64) -> Result<Vec<u64>> {
    let mut reader = Reader::new(texts::NAME, bytes);
    let before = reader.varint()?;
    let least = reader.varint32()?;
    let read = u64::try_from(bytes.len() - reader.rest()).unwrap_or(0);
    let mut bits = BitReader::new(bytes, read * 8);
    let k = bits.bits(5);
    let mut begins = Vec::with_capacity(count + 1);
    let mut address = begin.saturating_add(before);
    begins.push(address);
    for _ in 0..count {
        let units = u64::from(least.saturating_add(bits.rice(k)));
        address = address.saturating_add(units * u64::from(texts::UNIT));
        begins.push(address);
    }
    ensure(!bits.overrun(), texts::NAME, "lengths are missing")?;
    ensure(address <= end, texts::NAME, "a text is out of reach")?;
    Ok(begins)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn dates_round_trip(days in prop::collection::vec(prop::option::of(0..Date::END), 0..60)) {
            let dates: Vec<_> = days.iter().map(|days| days.and_then(Date::from_days)).collect();
            let back = decode_dates(&encode_dates(&dates), dates.len())?;
            let expected = days.iter().map(|days| days.map_or(0, |days| days + 1));
            prop_assert!(back.into_iter().eq(expected));
        }

        #[test]
        fn lengths_round_trip(lengths in prop::collection::vec((0u32..3_000).prop_map(|units| units * texts::UNIT), 0..60), begin in 0u64..1 << 40, before in 0u64..1 << 30) {
            let end = begin + before + lengths.iter().map(|&len| u64::from(len)).sum::<u64>();
            let back = decode_texts(&encode_texts(&lengths, before), lengths.len(), begin, end)?;
            prop_assert_eq!(back.first(), Some(&(begin + before)));
            let own = back.array_windows().map(|[from, to]| to - from);
            prop_assert!(own.eq(lengths.iter().map(|&len| u64::from(len))));
            let short = end.checked_sub(1).map(|end| decode_texts(&encode_texts(&lengths, before), lengths.len(), begin, end));
            prop_assert!(short.is_none_or(|short| short.is_err()));
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>, count in 0usize..60) {
            let _ = decode_dates(&bytes, count);
            let _ = decode_texts(&bytes, count, 0, 100);
            let _ = Roots::read(&mut Reader::new("test", &bytes));
        }
    }
}
