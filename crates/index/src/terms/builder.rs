//! Terms → a [block](super::block) of them.

use souwen_text::cast;

use crate::bits::BitWriter;
use crate::store::CHECKSUM;
use crate::terms::block::{ORDER, directory_key};
use crate::terms::list::{
    HEAD, HEADED, LONG, MAY_BE_LONG, Posting, encode_long, write_df, write_short,
};
use crate::wire::Writer;

/// A block has no fewer bytes, unless it is the last one. Of 10,000 articles a query of three words
/// fetches 4.5 KB of blocks so, 11 KB with blocks of three times the size; the index has 0.3 MB more.
const BYTES: u64 = 512;
/// A block whose lists have so many bytes takes in no more of [`MAY_BE_LONG`] documents.
const ENOUGH: u64 = 4096;

/// A term on its way into a block.
#[derive(Debug)]
struct Pending {
    /// Characters behind the stem; empty for the stem itself.
    tail: Vec<u32>,
    frequency: u32,
}

/// Collects the terms of a block, which come in the order of their keys.
#[derive(Debug)]
pub(crate) struct Builder {
    documents: u32,
    ordinal: u32,
    lists_at: u64,
    /// Stems with their terms: the first one stands for the stem.
    stems: Vec<((u32, u32), Vec<Pending>)>,
    lists: BitWriter,
    keys: u64,
    /// The character of the last row as a word: its code, ordinal and frequency.
    carried: Option<(u32, u32, u32)>,
}

/// The two characters that a key begins with; the second is one more than its code, or 0.
fn stem_of(key: &[u32]) -> (u32, u32) {
    let first = key.first().copied().unwrap_or(0);
    (first, key.get(1).map_or(0, |second| second + 1))
}

impl Builder {
    /// Begins the first block of a segment of so many documents. `lists_at` is where in its region the first
    /// long list will be: behind those of older segments.
    pub(crate) fn new(documents: u32, lists_at: u64) -> Self {
        Self {
            documents,
            ordinal: 0,
            lists_at,
            stems: Vec::new(),
            lists: BitWriter::default(),
            keys: 0,
            carried: None,
        }
    }

    /// The first key, as [`crate::terms::directory`] has it.
    pub(crate) fn key(&self) -> [u8; 4] {
        let (first, second) = self.stems.first().map_or((0, 0), |stem| stem.0);
        directory_key(first, second)
    }

    /// The last key.
    pub(crate) fn last_key(&self) -> [u8; 4] {
        let (first, second) = self.stems.last().map_or((0, 0), |stem| stem.0);
        directory_key(first, second)
    }

    /// Whether the block is full, and a term begins another stem.
    pub(crate) fn is_full_before(&self, key: &[u32]) -> bool {
        let same = self.stems.last().is_some_and(|stem| stem.0 == stem_of(key));
        !same && (self.lists.len() + self.keys) / 8 >= BYTES
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.stems.is_empty()
    }

    /// Adds a term. Gives what of its list must stand outside the block, its head and itself; they are
    /// to be stored next in their region, each with a checksum. `speaks` is what a class is worth.
    pub(crate) fn add(
        &mut self,
        key: &[u32],
        frequency: u64,
        list: &[Posting],
        speaks: impl Fn(u8) -> u64,
    ) -> Vec<Vec<u8>> {
        let stem = stem_of(key);
        let tail = key.get(2..).unwrap_or_default().to_vec();
        if self.stems.last().is_none_or(|own| own.0 != stem) {
            self.stems.push((stem, Vec::new()));
            self.keys += 10;
            if !tail.is_empty() {
                // A term whose first two characters have no list of their own.
                self.push(Vec::new(), 0);
                write_df(&mut self.lists, 0);
            }
        }
        self.keys += u64::from(cast::small(tail.len())) * 11 + 4;
        self.push(tail, frequency);
        let df = cast::small(list.len());
        write_df(&mut self.lists, df);
        let mut outside = Vec::new();
        if (MAY_BE_LONG..LONG).contains(&list.len()) {
            let full = self.lists.len() / 8 >= ENOUGH;
            self.lists.bits(u32::from(full), 1);
            if full {
                outside.push(encode_long(list));
            }
        }
        if list.len() >= LONG {
            if list.len() >= HEADED {
                outside.push(self.head(list, speaks));
            }
            outside.push(encode_long(list));
        }
        if outside.is_empty() {
            write_short(&mut self.lists, list, self.documents);
        }
        for bytes in &outside {
            self.lists.gamma(cast::small(bytes.len()) + CHECKSUM);
        }
        outside
    }

    /// The documents that a term speaks for most; of equals the first ones.
    fn head(&self, list: &[Posting], speaks: impl Fn(u8) -> u64) -> Vec<u8> {
        let mut best = list.to_vec();
        best.sort_by_key(|own| std::cmp::Reverse(speaks(own.1)));
        best.truncate(HEAD);
        best.sort_unstable();
        let mut bits = BitWriter::default();
        write_short(&mut bits, &best, self.documents);
        bits.finish()
    }

    fn push(&mut self, tail: Vec<u32>, frequency: u64) {
        let frequency = u32::try_from(frequency).unwrap_or(u32::MAX - 1);
        if let Some((_, terms)) = self.stems.last_mut() {
            terms.push(Pending { tail, frequency });
        }
    }

    /// The block's bytes; the next one begins. `lists_at` is where in its region the next long list
    /// will be.
    pub(crate) fn finish(&mut self, lists_at: u64) -> Vec<u8> {
        let mut out = Writer::default();
        out.varint(self.ordinal.into());
        out.varint(self.lists_at);
        let mut bits = BitWriter::default();
        let stems = std::mem::take(&mut self.stems);
        let ordinal = self.ordinal;
        bits.gamma(cast::small(stems.len()));
        let (mut first, mut second) = stems.first().map_or((0, 0), |stem| stem.0);
        bits.bits(first, 16);
        bits.bits(second, 16);
        let carried = self.carried;
        let carried = carried.filter(|&(code, ..)| code == first && second > 0);
        bits.bits(u32::from(carried.is_some()), 1);
        if let Some((_, own, frequency)) = carried {
            bits.gamma(ordinal.saturating_sub(own));
            bits.gamma(frequency);
        }
        let k = width(&stems);
        bits.bits(k, 4);
        // The word that the last row's character is, for the block that goes on with that row.
        let mut row = (first, carried);
        for (number, (stem, terms)) in stems.iter().enumerate() {
            if number > 0 {
                let other = stem.0 != first;
                bits.bits(u32::from(other), 1);
                if other {
                    bits.gamma(stem.0 - first);
                    bits.rice(stem.1, k);
                } else {
                    bits.rice(stem.1 - second - 1, k);
                }
            }
            (first, second) = *stem;
            let own = terms.first().map_or(0, |term| term.frequency);
            bits.bits(u32::from(own > 0), 1);
            if row.0 != first {
                row = (first, None);
            }
            if own > 0 {
                bits.gamma(own);
                if second == 0 {
                    row = (first, Some((first, self.ordinal, own)));
                }
                self.ordinal += 1;
            }
            let longer = terms.get(1..).unwrap_or_default();
            bits.bits(u32::from(!longer.is_empty()), 1);
            if !longer.is_empty() {
                bits.gamma(cast::small(longer.len()));
            }
            let mut before: &[u32] = &[];
            for term in longer {
                let shared = before.iter().zip(&term.tail).take_while(|(a, b)| a == b);
                let shared = shared.count();
                bits.gamma(cast::small(shared) + 1);
                let others = term.tail.get(shared..).unwrap_or_default();
                bits.gamma(cast::small(others.len()));
                others.iter().for_each(|&code| bits.exp_golomb(code, ORDER));
                bits.gamma(term.frequency + 1);
                before = &term.tail;
                self.ordinal += 1;
            }
        }
        bits.append(&std::mem::take(&mut self.lists));
        out.bytes.extend(bits.finish());
        self.carried = row.1;
        self.lists_at = lists_at;
        self.keys = 0;
        out.bytes
    }
}

/// The k that codes the second characters of stems in the fewest bits.
fn width(stems: &[((u32, u32), Vec<Pending>)]) -> u32 {
    let mut distances = Vec::new();
    for [(before, _), (stem, _)] in stems.array_windows() {
        let next = if before.0 == stem.0 { before.1 + 1 } else { 0 };
        distances.push(u64::from(stem.1 - next));
    }
    let bits = |k: &u32| -> u64 {
        distances
            .iter()
            .map(|distance| (distance >> k) + u64::from(*k) + 1)
            .sum()
    };
    (0..16).min_by_key(bits).unwrap_or(0)
}
