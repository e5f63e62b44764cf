//! The way from an article's id to its number.
//!
//! ```text
//! in the core: run of the chunks, and per chunk its first hash varint
//! chunk of 1,024 entries (packed), ascending by hash, equals by document:
//!   distance of the hash from the one before (from the chunk's first for the first) varint,
//!   document varint
//! ```
//!
//! Whether a document of the right hash is the right one, its record says.

use crate::chunks::Run;
use crate::error::{Result, ensure};
use crate::store::Store;
use crate::wire::{Reader, Writer};

pub(crate) const NAME: &str = "ids";
/// Entries in a chunk.
pub(crate) const CHUNK: usize = 1024;

/// The high 24 bits of FNV-1a: enough that hardly two ids in a million share one.
pub(crate) fn hash(id: &str) -> u32 {
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    id.bytes().fold(0x811C_9DC5, mix) >> 8
}

/// Where a segment's ids are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Root {
    pub(crate) chunks: Run,
    pub(crate) firsts: Vec<u32>,
}

impl Root {
    pub(crate) fn write(&self, out: &mut Writer) {
        self.chunks.write(out);
        self.firsts
            .iter()
            .for_each(|&first| out.varint(first.into()));
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let chunks = Run::read(reader, NAME)?;
        let mut firsts = Vec::new();
        for _ in &chunks.extents {
            firsts.push(reader.varint32()?);
        }
        ensure(firsts.is_sorted(), NAME, "chunks are out of order")?;
        Ok(Self { chunks, firsts })
    }

    /// The documents whose id may be this one.
    pub(crate) fn candidates(&self, store: &Store, id: &str) -> Vec<u32> {
        let hash = hash(id);
        // Equal hashes may lie on both sides of a border.
        let from = self.firsts.partition_point(|&first| first < hash);
        let to = self.firsts.partition_point(|&first| first <= hash);
        let mut found = Vec::new();
        for number in from.saturating_sub(1)..to {
            let first = self.firsts.get(number).copied().unwrap_or(0);
            let read = |bytes: &[u8]| decode(bytes, first);
            let entries = self.chunks.chunk(store, number, NAME, read);
            let own = entries.unwrap_or_default().into_iter();
            found.extend(own.filter(|entry| entry.0 == hash).map(|entry| entry.1));
        }
        found
    }
}

/// Encodes entries of a chunk, `(hash, document)` in order.
pub(crate) fn encode(entries: &[(u32, u32)]) -> Vec<u8> {
    let mut out = Writer::default();
    let mut before = entries.first().map_or(0, |entry| entry.0);
    for &(hash, document) in entries {
        out.varint((hash - before).into());
        out.varint(document.into());
        before = hash;
    }
    out.bytes
}

fn decode(bytes: &[u8], first: u32) -> Result<Vec<(u32, u32)>> {
    let mut reader = Reader::new(NAME, bytes);
    let mut entries = Vec::new();
    let mut hash = first;
    while reader.rest() > 0 {
        hash = hash.saturating_add(reader.varint32()?);
        entries.push((hash, reader.varint32()?));
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(mut entries in prop::collection::vec((0u32..1 << 24, any::<u32>()), 0..60)) {
            entries.sort_unstable();
            let first = entries.first().map_or(0, |entry| entry.0);
            prop_assert_eq!(decode(&encode(&entries), first)?, entries);
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>, first: u32) {
            let _ = decode(&bytes, first);
        }
    }

    #[test]
    fn hashes_spread() {
        assert_ne!(hash("a"), hash("b"));
        assert!(hash("一篇文章") < 1 << 24);
    }
}
