//! Runs of extents that follow each other: a column in chunks of so many documents, or one table.
//!
//! ```text
//! run: address of the first varint, number varint; if there are any the least length varint; if there
//!   are several w u8, per chunk w bits: its length above the least one
//! packed content: coding u8 (0 as it is, 1 deflated), length inflated varint, bytes
//! ```

use souwen_text::cast;

use crate::bits::{BitReader, BitWriter, width_of};
use crate::deflate::{deflate, inflate};
use crate::error::{OrDamaged, Result, ensure};
use crate::parts::Extent;
use crate::store::Store;
use crate::wire::{Reader, Writer};

/// A run has no more chunks: more could be made up with few bytes.
const MOST: usize = 1 << 20;

/// Where the chunks of a column are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) extents: Vec<Extent>,
}

impl Run {
    pub(crate) fn write(&self, out: &mut Writer) {
        out.varint(self.extents.first().map_or(0, |first| first.address));
        out.count(self.extents.len());
        let lengths = self.extents.iter().map(|extent| extent.len);
        let Some(least) = lengths.clone().min() else {
            return;
        };
        out.varint(least.into());
        if self.extents.len() > 1 {
            let width = lengths.clone().map(|len| width_of(len - least)).max();
            let width = width.unwrap_or(0);
            out.bytes.push(cast::low_byte(width.into()));
            let mut bits = BitWriter::default();
            lengths.for_each(|len| bits.bits(len - least, width));
            out.bytes.extend(bits.finish());
        }
    }

    pub(crate) fn read(reader: &mut Reader<'_>, section: &'static str) -> Result<Self> {
        let mut address = reader.varint()?;
        let mut extents = Vec::new();
        let count = reader.count_unbounded()?;
        ensure(count <= MOST, section, "has too many chunks")?;
        let least = if count > 0 { reader.varint32()? } else { 0 };
        let width = if count > 1 { reader.u8()?.min(32) } else { 0 };
        let bytes = reader.take((count * usize::from(width)).div_ceil(8))?;
        let mut bits = BitReader::new(bytes, 0);
        for _ in 0..count {
            let len = least.saturating_add(bits.bits(width.into()));
            extents.push(Extent { address, len });
            address = address
                .checked_add(len.into())
                .or_damaged(section, "a chunk is out of reach")?;
        }
        Ok(Self { extents })
    }

    /// Fails unless there are so many chunks: one that is not there would be answered as if it were
    /// empty.
    pub(crate) fn has(&self, chunks: u32, section: &'static str) -> Result<()> {
        let fits = self.extents.len() == cast::index(chunks);
        ensure(fits, section, "has another number of chunks than it needs")
    }

    /// Reads a chunk.
    pub(crate) fn chunk<T>(
        &self,
        store: &Store,
        number: usize,
        section: &'static str,
        read: impl FnOnce(&[u8]) -> Result<T>,
    ) -> Option<T> {
        store.fail(read(&self.unpacked(store, number, section)?))
    }

    /// A chunk's content.
    #[inline(never)]
    fn unpacked(&self, store: &Store, number: usize, section: &'static str) -> Option<Vec<u8>> {
        let extent = *self.extents.get(number)?;
        store.read(extent, section, |bytes| unpack(bytes, section))
    }
}

/// Content as it is stored: deflated if that is shorter.
pub(crate) fn pack(content: &[u8]) -> Vec<u8> {
    let deflated = deflate(content);
    let mut out = Writer::default();
    let shorter = deflated.len() < content.len();
    out.bytes.push(u8::from(shorter));
    out.count(content.len());
    out.bytes
        .extend_from_slice(if shorter { &deflated } else { content });
    out.bytes
}

/// Stored content as it was.
pub(crate) fn unpack(bytes: &[u8], section: &'static str) -> Result<Vec<u8>> {
    let mut reader = Reader::new(section, bytes);
    let coding = reader.u8()?;
    let raw = reader.count_unbounded()?;
    let stored = reader.take(reader.rest())?;
    match coding {
        0 if raw == stored.len() => Ok(stored.to_vec()),
        1 => inflate(stored, raw, section),
        _ => None.or_damaged(section, "is coded in an unknown way"),
    }
}

/// The number of the chunk with a document, and the document's place in it.
pub(crate) fn within(document: u32, per_chunk: u32) -> (usize, usize) {
    (
        cast::index(document / per_chunk),
        cast::index(document % per_chunk),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn packs_and_unpacks(content: Vec<u8>, repeats in 1usize..50) {
            let content = content.repeat(repeats);
            prop_assert_eq!(unpack(&pack(&content), "test")?, content);
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = unpack(&bytes, "test");
            let _ = Run::read(&mut Reader::new("test", &bytes), "test");
        }
    }
}
