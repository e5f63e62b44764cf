//! The directory of the blocks of terms, in two levels.
//!
//! ```text
//! root (in the core): the run of the pages; FST: a key up to the first one of each page → its number
//! page (an extent): blocks varint, address of the first varint, first key of the first 4 bytes,
//!   least length varint, then bits: 5 bits k, 5 bits w;
//!   per block but the first: gamma(distance of its first character + 1); Exp-Golomb of order k of the
//!     second, or within a row of its distance from the one before
//!   per block: its length above the least one, w bits
//! ```
//!
//! A key is a stem: two characters, two bytes each, the high one first; the second is one more than its
//! code, or 0 for a character alone. A stem is in the block with the greatest first key that is not
//! above it. So a look-up reads the root, which is always there, one page and one block.

use std::fmt;

use fst::raw::{Fst, Node};
use souwen_text::cast;

use crate::bits::{BitReader, BitWriter, width_of};
use crate::chunks::Run;
use crate::error::{OrDamaged, Result, ensure};
use crate::parts::Extent;
use crate::terms::walkable::is_walkable;
use crate::terms::{NAME, directory_key};
use crate::wire::{Reader, Writer};

/// Blocks in a page: with half as many, what a query reads of pages would be halved, and the root, which
/// is always loaded, doubled.
pub(crate) const PAGE: usize = 128;

/// The upper level: pages by their first keys.
pub(crate) struct Level {
    fst: Fst<Vec<u8>>,
    pages: Run,
}

/// A key that parts what is before a page from its first key: of as few bytes as will do, the others
/// being 0, since an FST shares those.
pub(crate) fn border(before: [u8; 4], first: [u8; 4]) -> [u8; 4] {
    let [a, b, c, _] = first;
    let short = [[a, b, 0, 0], [a, b, c, 0]];
    short.into_iter().find(|own| *own > before).unwrap_or(first)
}

/// Encodes extents that follow each other.
///
/// # Errors
/// What `fst` says of keys out of order.
pub(crate) fn encode(entries: &[([u8; 4], Extent)]) -> std::result::Result<Vec<u8>, fst::Error> {
    let keys = entries.iter().map(|(key, _)| key).zip(0u64..);
    let map = fst::Map::from_iter(keys)?;
    let mut out = Writer::default();
    let pages = Run {
        extents: entries.iter().map(|entry| entry.1).collect(),
    };
    pages.write(&mut out);
    out.bytes.extend_from_slice(map.as_fst().as_bytes());
    Ok(out.bytes)
}

impl fmt::Debug for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Level")
            .field("pages", &self.pages.extents.len())
            .finish_non_exhaustive()
    }
}

impl Level {
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(NAME, bytes);
        let pages = Run::read(&mut reader, NAME)?;
        let nodes = reader.take(reader.rest())?;
        let fst = is_walkable(nodes).then(|| Fst::new(nodes.to_vec()).ok());
        let fst = fst.flatten();
        let fst = fst.or_damaged(NAME, "a directory's FST does not hold")?;
        let fits = fst.len() == pages.extents.len();
        ensure(fits, NAME, "a directory has other keys")?;
        Ok(Self { fst, pages })
    }

    /// The last entry whose key is not above a key; the first one if all are.
    pub(crate) fn floor(&self, key: [u8; 4]) -> u32 {
        let at = floor(&self.fst, key);
        at.filter(|&at| at < self.len()).unwrap_or(0)
    }

    pub(crate) fn extent(&self, at: u32) -> Option<Extent> {
        self.pages.extents.get(cast::index(at)).copied()
    }

    pub(crate) fn len(&self) -> u32 {
        cast::small(self.pages.extents.len())
    }

    /// Checks what opening takes on trust from the checksum.
    ///
    /// # Errors
    /// [`crate::FormatError::Damaged`] when the FST is not sound.
    pub(crate) fn validate(&self) -> Result<()> {
        ensure(
            self.fst.verify().is_ok(),
            NAME,
            "a directory's FST has another checksum",
        )
    }
}

/// The output of the greatest key that is not above `key`. All keys have the same length.
fn floor(fst: &Fst<Vec<u8>>, key: [u8; 4]) -> Option<u32> {
    let mut node = fst.root();
    let mut output = 0u64;
    // Where a lesser character was passed: below it every key is less.
    let mut lesser = None;
    let mut depth = 0;
    for byte in key {
        let at = ways_below(&node, byte);
        if let Some(below) = at.checked_sub(1) {
            let own = node.transition(below);
            lesser = Some((own.addr, output.wrapping_add(own.out.value()), depth + 1));
        }
        let own = (at < node.len()).then(|| node.transition(at));
        let Some(own) = own.filter(|own| own.inp == byte) else {
            break;
        };
        output = output.wrapping_add(own.out.value());
        node = fst.node(own.addr);
        depth += 1;
    }
    if depth < key.len() {
        let (address, before, reached) = lesser?;
        node = fst.node(address);
        output = before;
        for _ in reached..key.len() {
            let last = node.transition(node.len().checked_sub(1)?);
            output = output.wrapping_add(last.out.value());
            node = fst.node(last.addr);
        }
    }
    let last = node.is_final().then(|| node.final_output().value())?;
    u32::try_from(output.wrapping_add(last)).ok()
}

/// How many of the ways from a node, which are in order, have a lesser byte. To go through them one by one
/// was a third of all that a search takes.
fn ways_below(node: &Node<'_>, byte: u8) -> usize {
    let (mut from, mut to) = (0, node.len());
    while from < to {
        let middle = from.midpoint(to);
        if node.transition(middle).inp < byte {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    from
}

/// The lower level: blocks by their first keys.
#[derive(Debug)]
pub(crate) struct Page {
    keys: Vec<[u8; 4]>,
    extents: Vec<Extent>,
}

fn stem(key: [u8; 4]) -> (u32, u32) {
    let [a, b, c, d] = key;
    (
        u32::from(u16::from_be_bytes([a, b])),
        u32::from(u16::from_be_bytes([c, d])),
    )
}

/// How a key is told by the one before it: the distance of the first characters, and of the second
/// ones or the second itself.
fn step(before: [u8; 4], key: [u8; 4]) -> (u32, u32) {
    let ((first, second), (next, other)) = (stem(before), stem(key));
    let own = if first == next { other - second } else { other };
    (next - first, own)
}

/// Encodes a page of blocks that follow each other.
pub(crate) fn encode_page(entries: &[([u8; 4], Extent)]) -> Vec<u8> {
    let mut out = Writer::default();
    out.count(entries.len());
    let (key, first) = entries.first().copied().unwrap_or_default();
    out.varint(first.address);
    out.bytes.extend_from_slice(&key);
    let lengths = entries.iter().map(|entry| entry.1.len);
    let least = lengths.clone().min().unwrap_or(0);
    out.varint(least.into());
    let steps: Vec<(u32, u32)> = entries
        .array_windows()
        .map(|[(before, _), (key, _)]| step(*before, *key))
        .collect();
    let size = |order: &u32| -> u32 {
        let own = steps.iter().map(|step| (step.1 >> order) + 1);
        own.map(|high| 2 * high.ilog2() + 1 + order).sum()
    };
    let order = (0..16).min_by_key(size).unwrap_or(0);
    let width = lengths.clone().map(|len| width_of(len - least)).max();
    let width = width.unwrap_or(0);
    let mut bits = BitWriter::default();
    bits.bits(order, 5);
    bits.bits(width, 5);
    for (first, second) in steps {
        bits.gamma(first + 1);
        bits.exp_golomb(second, order);
    }
    lengths.for_each(|len| bits.bits(len - least, width));
    out.bytes.extend(bits.finish());
    out.bytes
}

impl Page {
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(NAME, bytes);
        let count = reader.count()?;
        ensure(
            (1..=PAGE).contains(&count),
            NAME,
            "a page has too many blocks",
        )?;
        let mut address = reader.varint()?;
        let key = reader.take(4)?.first_chunk().copied();
        let key = key.or_damaged(NAME, "a page has no key")?;
        let least = reader.varint32()?;
        let mut bits = BitReader::new(bytes, cast_bits(bytes.len() - reader.rest()));
        let (order, width) = (bits.bits(5), bits.bits(5));
        let mut keys = vec![key];
        let (mut first, mut second) = stem(key);
        for _ in 1..count {
            let distance = bits.gamma().saturating_sub(1);
            let own = bits.exp_golomb(order);
            second = if distance == 0 {
                second.saturating_add(own)
            } else {
                own
            };
            first = first.saturating_add(distance);
            let fits = first <= u16::MAX.into() && second <= u16::MAX.into();
            ensure(fits, NAME, "a block's key leaves the alphabet")?;
            keys.push(directory_key(first, second));
        }
        let mut extents = Vec::with_capacity(count);
        for _ in 0..count {
            let len = least.saturating_add(bits.bits(width));
            extents.push(Extent { address, len });
            address = address
                .checked_add(len.into())
                .or_damaged(NAME, "a block is out of reach")?;
        }
        ensure(!bits.overrun(), NAME, "a page ends too early")?;
        ensure(keys.is_sorted(), NAME, "a page's keys are out of order")?;
        Ok(Self { keys, extents })
    }

    /// The last block whose key is not above a key; the first one if all are.
    pub(crate) fn floor(&self, key: [u8; 4]) -> u32 {
        let after = self.keys.partition_point(|own| *own <= key);
        cast::small(after.saturating_sub(1))
    }

    pub(crate) fn extent(&self, at: u32) -> Option<Extent> {
        self.extents.get(cast::index(at)).copied()
    }

    pub(crate) fn len(&self) -> u32 {
        cast::small(self.extents.len())
    }
}

fn cast_bits(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(0) * 8
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn floor_is_that_of_a_sorted_list(
            keys in prop::collection::btree_set(any::<[u8; 4]>().prop_map(|key| key.map(|byte| byte % 5)), 1..60),
            asked in prop::collection::vec(any::<[u8; 4]>(), 20),
        ) {
            let keys: BTreeSet<[u8; 4]> = keys;
            let extent = |at: u64| Extent { address: 100 + at * 7, len: 7 };
            let entries: Vec<_> = keys.iter().copied().zip((0..).map(extent)).collect();
            let level = Level::decode(&encode(&entries).expect("sorted"))?;
            level.validate()?;
            prop_assert_eq!(level.len(), cast::small(keys.len()));
            for key in asked.into_iter().map(|key| key.map(|byte| byte % 6)).chain(keys.iter().copied()) {
                let expected = keys.range(..=key).count().saturating_sub(1);
                prop_assert_eq!(level.floor(key), cast::small(expected));
                prop_assert_eq!(level.extent(level.floor(key)), entries.get(expected).map(|entry| entry.1));
            }
        }

        #[test]
        fn pages_round_trip(
            keys in prop::collection::btree_set(any::<[u8; 4]>(), 1..=PAGE),
            asked in prop::collection::vec(any::<[u8; 4]>(), 20),
            lengths in prop::collection::vec(1u32..5000, PAGE),
        ) {
            let keys: BTreeSet<[u8; 4]> = keys;
            let mut address = 77;
            let mut entries = Vec::new();
            for (&key, &len) in keys.iter().zip(&lengths) {
                entries.push((key, Extent { address, len }));
                address += u64::from(len);
            }
            let page = Page::decode(&encode_page(&entries))?;
            prop_assert_eq!(page.len(), cast::small(keys.len()));
            for key in asked.into_iter().chain(keys.iter().copied()) {
                let expected = keys.range(..=key).count().saturating_sub(1);
                prop_assert_eq!(page.floor(key), cast::small(expected));
                prop_assert_eq!(page.extent(page.floor(key)), entries.get(expected).map(|entry| entry.1));
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = Level::decode(&bytes);
            let _ = Page::decode(&bytes);
        }
    }
}
