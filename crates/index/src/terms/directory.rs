//! The directory of the blocks of terms, in two levels of FSTs.
//!
//! ```text
//! root (in the core): number of pages varint, and of the region's bytes of directory pages: address
//!   varint, per page length varint; FST length varint, FST: first key of each page → its number
//! page (an extent): blocks varint, address of the first varint, per block length varint;
//!   FST: first key of each block → its place in the page
//! ```
//!
//! A key is a stem: two characters, two bytes each, the high one first; the second is one more than its
//! code, or 0 for a character alone. A stem is in the block with the greatest first key that is not
//! above it. So a look-up reads the root, which is always there, one page and one block.

use std::fmt;

use fst::raw::Fst;
use souwen_text::cast;

use crate::error::{OrDamaged, Result, ensure};
use crate::store::Extent;
use crate::terms::NAME;
use crate::wire::{Reader, Writer};

/// Blocks in a page.
pub(crate) const PAGE: usize = 64;

/// One level: extents by their first keys.
pub(crate) struct Level {
    fst: Fst<Vec<u8>>,
    extents: Vec<Extent>,
}

/// Encodes extents that follow each other.
///
/// # Errors
/// What `fst` says of keys out of order.
pub(crate) fn encode(entries: &[([u8; 4], Extent)]) -> std::result::Result<Vec<u8>, fst::Error> {
    let keys = entries.iter().map(|(key, _)| key).zip(0u64..);
    let map = fst::Map::from_iter(keys)?;
    let mut out = Writer::default();
    out.count(entries.len());
    out.varint(entries.first().map_or(0, |(_, extent)| extent.address));
    entries
        .iter()
        .for_each(|(_, extent)| out.varint(extent.len.into()));
    out.bytes.extend_from_slice(map.as_fst().as_bytes());
    Ok(out.bytes)
}

impl fmt::Debug for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Level")
            .field("extents", &self.extents.len())
            .finish_non_exhaustive()
    }
}

impl Level {
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(NAME, bytes);
        let count = reader.count()?;
        let mut address = reader.varint()?;
        let mut extents = Vec::new();
        for _ in 0..count {
            let len = reader.varint32()?;
            extents.push(Extent { address, len });
            address = address
                .checked_add(len.into())
                .or_damaged(NAME, "a block is out of reach")?;
        }
        let fst = Fst::new(reader.take(reader.rest())?.to_vec()).ok();
        let fst = fst.or_damaged(NAME, "a directory's FST does not hold")?;
        ensure(fst.len() == count, NAME, "a directory has other keys")?;
        Ok(Self { fst, extents })
    }

    /// The last entry whose key is not above a key; the first one if all are.
    pub(crate) fn floor(&self, key: [u8; 4]) -> u32 {
        let at = floor(&self.fst, key);
        at.filter(|&at| at < self.len()).unwrap_or(0)
    }

    pub(crate) fn extent(&self, at: u32) -> Option<Extent> {
        self.extents.get(cast::index(at)).copied()
    }

    pub(crate) fn len(&self) -> u32 {
        cast::small(self.extents.len())
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
        let below = node.transitions().take_while(|own| own.inp < byte).last();
        if let Some(own) = below {
            lesser = Some((own.addr, output.wrapping_add(own.out.value()), depth + 1));
        }
        let Some(at) = node.find_input(byte) else {
            break;
        };
        let own = node.transition(at);
        output = output.wrapping_add(own.out.value());
        node = fst.node(own.addr);
        depth += 1;
    }
    if depth < key.len() {
        let (address, before, reached) = lesser?;
        node = fst.node(address);
        output = before;
        for _ in reached..key.len() {
            let last = node.transitions().last()?;
            output = output.wrapping_add(last.out.value());
            node = fst.node(last.addr);
        }
    }
    let last = node.is_final().then(|| node.final_output().value())?;
    u32::try_from(output.wrapping_add(last)).ok()
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
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = Level::decode(&bytes);
        }
    }
}
