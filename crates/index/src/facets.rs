//! Columns of values that documents are filtered and counted by.
//!
//! ```text
//! in the core, per column: name string, number of values varint, run of the table of values,
//!   run of the chunks
//! table of values (packed): the values, strings, ascending
//! chunk of 4,096 documents (packed): per document the number of its values varint, then their
//!   numbers (varints, in the document's own order: a byline keeps its order)
//! ```
//!
//! A later segment's table has only the values that no earlier one has, and its numbers count on from
//! theirs.

use std::cell::OnceCell;
use std::rc::Rc;

use souwen_text::cast;

use crate::chunks::{Run, within};
use crate::error::{OrDamaged, Result, ensure};
use crate::store::Store;
use crate::wire::{Reader, Writer};

pub(crate) const NAME: &str = "facets";
/// Documents in a chunk.
pub(crate) const CHUNK: u32 = 4096;

/// Where a segment's part of a column is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Root {
    pub(crate) name: String,
    pub(crate) values: u32,
    pub(crate) table: Run,
    pub(crate) chunks: Run,
}

impl Root {
    pub(crate) fn write(&self, out: &mut Writer) {
        out.string(&self.name);
        out.varint(self.values.into());
        self.table.write(out);
        self.chunks.write(out);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self {
            name: reader.string()?.to_owned(),
            values: reader.varint32()?,
            table: Run::read(reader, NAME)?,
            chunks: Run::read(reader, NAME)?,
        })
    }
}

/// The values of some documents.
#[derive(Debug, Default)]
struct Numbers {
    /// Where each document's values end in `numbers`.
    ends: Vec<u32>,
    numbers: Vec<u32>,
}

/// A column over the documents of one segment.
#[derive(Debug)]
struct Stretch {
    first: u32,
    documents: u32,
    root: Root,
    chunks: Vec<OnceCell<Numbers>>,
}

/// One column: a field's distinct values, and which of them each document has. Read when it is first
/// asked for.
#[derive(Debug)]
pub struct Facet {
    name: String,
    store: Rc<Store>,
    stretches: Vec<Stretch>,
    values: OnceCell<Vec<String>>,
}

impl Facet {
    pub(crate) fn new(name: &str, store: Rc<Store>) -> Self {
        Self {
            name: name.to_owned(),
            store,
            stretches: Vec::new(),
            values: OnceCell::new(),
        }
    }

    /// Adds the documents of the next segment.
    pub(crate) fn extend(&mut self, root: Root, first: u32, documents: u32) {
        let chunks = root.chunks.extents.len();
        self.stretches.push(Stretch {
            first,
            documents,
            root,
            chunks: std::iter::repeat_with(OnceCell::new).take(chunks).collect(),
        });
    }

    /// The field's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The distinct values, by number; those of the first segment are sorted.
    #[must_use]
    pub fn values(&self) -> &[String] {
        if let Some(values) = self.values.get() {
            return values;
        }
        let mut all = Vec::new();
        for stretch in &self.stretches {
            let read = |bytes: &[u8]| decode_values(bytes, stretch.root.values);
            if stretch.root.values > 0 {
                let Some(values) = stretch.root.table.chunk(&self.store, 0, NAME, read) else {
                    return &[];
                };
                all.extend(values);
            }
        }
        self.values.get_or_init(|| all)
    }

    /// The number of a value, for filtering.
    #[must_use]
    pub fn number(&self, value: &str) -> Option<u32> {
        let at = self.values().iter().position(|own| own == value)?;
        u32::try_from(at).ok()
    }

    /// The numbers of a document's values, in the document's order.
    #[must_use]
    pub fn of(&self, document: u32) -> &[u32] {
        self.numbers(document).unwrap_or_default()
    }

    fn numbers(&self, document: u32) -> Option<&[u32]> {
        let after = self.stretches.partition_point(|own| own.first <= document);
        let stretch = self.stretches.get(after.checked_sub(1)?)?;
        let (number, at) = within(document - stretch.first, CHUNK);
        let cell = stretch.chunks.get(number)?;
        let numbers = match cell.get() {
            Some(numbers) => numbers,
            None => {
                let before = cast::small(number) * CHUNK;
                let count = stretch.documents.saturating_sub(before).min(CHUNK);
                let read = |bytes: &[u8]| decode_numbers(bytes, count);
                let read = stretch.root.chunks.chunk(&self.store, number, NAME, read)?;
                cell.get_or_init(|| read)
            }
        };
        let start = match at.checked_sub(1) {
            Some(before) => *numbers.ends.get(before)?,
            None => 0,
        };
        let end = *numbers.ends.get(at)?;
        numbers.numbers.get(cast::index(start)..cast::index(end))
    }

    /// A document's values as text.
    pub fn texts_of(&self, document: u32) -> impl Iterator<Item = &str> {
        let values = self.values();
        let value = |&number: &u32| values.get(cast::index(number)).map(String::as_str);
        self.of(document).iter().filter_map(value)
    }
}

/// Encodes a table of values.
pub(crate) fn encode_values(values: &[String]) -> Vec<u8> {
    let mut out = Writer::default();
    values.iter().for_each(|value| out.string(value));
    out.bytes
}

fn decode_values(bytes: &[u8], count: u32) -> Result<Vec<String>> {
    let mut reader = Reader::new(NAME, bytes);
    let mut values: Vec<String> = Vec::new();
    for _ in 0..count {
        values.push(reader.string()?.to_owned());
    }
    reader.finish()?;
    let sorted = values.is_sorted_by(|a, b| a < b);
    ensure(sorted, NAME, "values are out of order")?;
    Ok(values)
}

/// Encodes the numbers of some documents' values.
pub(crate) fn encode_numbers(documents: &[Vec<u32>]) -> Vec<u8> {
    let mut out = Writer::default();
    for own in documents {
        out.count(own.len());
        own.iter().for_each(|&number| out.varint(number.into()));
    }
    out.bytes
}

fn decode_numbers(bytes: &[u8], count: u32) -> Result<Numbers> {
    let mut reader = Reader::new(NAME, bytes);
    let mut numbers = Numbers::default();
    for _ in 0..count {
        for _ in 0..reader.count()? {
            numbers.numbers.push(reader.varint32()?);
        }
        let end = u32::try_from(numbers.numbers.len()).ok();
        numbers
            .ends
            .push(end.or_damaged(NAME, "has too many values")?);
    }
    reader.finish()?;
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn values_round_trip(values in prop::collection::btree_set("\\PC{0,6}", 0..20)) {
            let values: Vec<String> = values.into_iter().collect();
            prop_assert_eq!(decode_values(&encode_values(&values), cast::small(values.len()))?, values);
        }

        #[test]
        fn numbers_round_trip(documents in prop::collection::vec(prop::collection::vec(any::<u32>(), 0..4), 0..40)) {
            let back = decode_numbers(&encode_numbers(&documents), cast::small(documents.len()))?;
            prop_assert_eq!(back.numbers, documents.concat());
            let ends = documents.iter().scan(0, |end, own| { *end += cast::small(own.len()); Some(*end) });
            prop_assert!(back.ends.into_iter().eq(ends));
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>, count in 0u32..60) {
            let _ = decode_values(&bytes, count);
            let _ = decode_numbers(&bytes, count);
        }
    }

    #[test]
    fn values_out_of_order_are_damage() {
        let values = ["乙".to_owned(), "丙".to_owned()];
        assert!(decode_values(&encode_values(&values), 2).is_err());
    }
}
