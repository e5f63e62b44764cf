//! A block of terms: neighbours in the order of their keys, each with its documents.
//!
//! ```text
//! ordinal of the first entry varint, address of the first long list in its region varint, then bits:
//!   gamma(number of stems); first stem's characters 16 bits each
//!   1 bit, and if it is 1 and the first stem is no character alone: gamma(ordinals since),
//!     gamma(frequency) of that character as a word
//!   4 bits k
//!   per stem, ascending:
//!     unless it is the first: 1 bit: another first character? gamma(its distance from the one
//!       before); Rice(second, k), or within a row Rice(distance from the one before it − 1, k)
//!     1 bit: a word? gamma(frequency)
//!     1 bit: do longer terms begin so? gamma(number), and for each, ascending:
//!       gamma(characters behind the stem that it shares with the one before + 1), gamma(number of
//!       others), each in Exp-Golomb code of order 8, gamma(frequency + 1)
//!   lists: for each stem its own, then those of the longer terms that begin so
//! ```
//!
//! A *stem* is one character (its *second* is 0) or two (the second's code + 1). All terms that begin
//! with the same two characters are in one block, since segmentation asks for them together. An
//! *entry* is a word of the dictionary or a term of three and more characters; entries are counted in
//! the order of their keys. Frequency 0 is a term that is no word.
//!
//! The word that the first stem's first character may be is repeated, so that segmenting two
//! characters takes one block.

use std::rc::Rc;

use souwen_text::{cast, weight_of};

use crate::bits::{BitReader, BitWriter};
use crate::error::{OrDamaged, Result, ensure};
use crate::store::{CHECKSUM, Region};
use crate::terms::NAME;
use crate::terms::list::{
    HEAD, HEADED, LONG, MAY_BE_LONG, Posting, encode_long, pass_over, read_df, write_df,
    write_short,
};
use crate::wire::{Reader, Writer};

/// Characters of longer terms are coded so: their codes spread widely.
const ORDER: u32 = 8;
/// The longer terms of a block have no more characters behind their stems, however few bits spell them.
const MOST_CODES: usize = 1 << 20;
/// A block has no fewer bytes, unless it is the last one. Of 10,000 articles a query of three words
/// fetches 14 KB of blocks so, 27 KB with blocks of twice the size; the directory takes 30 KB more.
pub(crate) const BYTES: u64 = 1536;
/// A block whose lists have so many bytes takes in no more of [`MAY_BE_LONG`] documents.
const ENOUGH: u64 = 4096;

/// A dictionary word, or a term of three and more characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its place among all entries.
    pub(crate) ordinal: u32,
    /// Its weight in segmentation; 0 for what is no word.
    pub(crate) weight: u16,
}

/// One character or two, and what begins with them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stem {
    pub(crate) first: u16,
    /// 0, or one more than the second character's code.
    pub(crate) second: u16,
    pub(crate) entry: Option<Entry>,
    /// The longer terms that begin so, as places in the block.
    pub(crate) longer: (u32, u32),
    list: u32,
}

/// A term of three and more characters.
#[derive(Debug, Clone, Copy)]
struct Longer {
    entry: Entry,
    /// What follows the stem, as a range of the block's codes.
    tail: (u32, u32),
    list: u32,
}

/// Where a list is in a block, or outside it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    /// From this bit of the block on.
    Bit(u64),
    /// At this address: so many bytes of its head, if it has one, then so many of itself, both with
    /// their checksums.
    Address(u64, u32, u32),
}

/// A block, decoded but for its lists.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) bytes: Rc<[u8]>,
    stems: Vec<Stem>,
    longer: Vec<Longer>,
    codes: Vec<u16>,
    /// Per list: the number of its documents, and where they are.
    lists: Vec<(u32, Place)>,
    /// The first stem's first character as a word.
    carried: Option<Entry>,
}

impl Block {
    /// Decodes a block of an archive, or of a segment, of so many documents.
    pub(crate) fn decode(bytes: Rc<[u8]>, documents: u32) -> Result<Self> {
        let mut reader = Reader::new(NAME, &bytes);
        let mut ordinal = reader.varint32()?;
        let mut address = reader
            .varint()?
            .checked_add(Region::Lists.base())
            .or_damaged(NAME, "a list is out of reach")?;
        let begin = u64::try_from(bytes.len() - reader.rest()).unwrap_or(0) * 8;
        let mut bits = BitReader::new(&bytes, begin);
        let count = bits.gamma();
        // A stem takes three bits at the least.
        ensure(
            cast::index(count) <= bytes.len() * 3 && count > 0,
            NAME,
            "a block has more stems than bits",
        )?;
        let mut block = Self {
            bytes: Rc::clone(&bytes),
            stems: Vec::with_capacity(cast::index(count)),
            longer: Vec::new(),
            codes: Vec::new(),
            lists: Vec::new(),
            carried: None,
        };
        let (mut first, mut second) = (bits.bits(16), bits.bits(16));
        if bits.bits(1) == 1 && second > 0 {
            let since = bits.gamma();
            block.carried = Some(Entry {
                ordinal: ordinal.wrapping_sub(since),
                weight: weight_of(bits.gamma().into()),
            });
        }
        let k = bits.bits(4);
        let mut lists = 0;
        for number in 0..count {
            if number > 0 {
                if bits.bits(1) == 1 {
                    first = first.saturating_add(bits.gamma());
                    second = bits.rice(k);
                } else {
                    second = second.saturating_add(bits.rice(k)).saturating_add(1);
                }
            }
            let mut entry = None;
            if bits.bits(1) == 1 {
                let weight = weight_of(bits.gamma().into());
                entry = Some(Entry { ordinal, weight });
                ordinal = ordinal.wrapping_add(1);
            }
            let list = lists;
            lists += 1;
            let from = cast::small(block.longer.len());
            if bits.bits(1) == 1 {
                block.read_longer(&mut bits, &mut ordinal, &mut lists)?;
            }
            let (Ok(first), Ok(second)) = (u16::try_from(first), u16::try_from(second)) else {
                return None.or_damaged(NAME, "a stem leaves the alphabet");
            };
            ensure(!bits.overrun(), NAME, "a block ends too early")?;
            block.stems.push(Stem {
                first,
                second,
                entry,
                longer: (from, cast::small(block.longer.len())),
                list,
            });
        }
        for _ in 0..lists {
            let df = read_df(&mut bits);
            ensure(df <= documents, NAME, "a list has too many documents")?;
            let many = |least: usize| cast::index(df) >= least;
            let place = if many(LONG) || many(MAY_BE_LONG) && bits.bits(1) == 1 {
                let head = if many(HEADED) { bits.gamma() } else { 0 };
                let len = bits.gamma();
                let place = Place::Address(address, head, len);
                address = address.saturating_add(u64::from(head) + u64::from(len));
                place
            } else {
                let place = Place::Bit(bits.position());
                pass_over(&mut bits, df, documents);
                place
            };
            block.lists.push((df, place));
        }
        let len = usize::try_from(bits.position().div_ceil(8)).ok();
        ensure(
            len == Some(bytes.len()),
            NAME,
            "a block has another length than its lists",
        )?;
        Ok(block)
    }

    /// Reads the longer terms of a stem.
    fn read_longer(
        &mut self,
        bits: &mut BitReader<'_>,
        ordinal: &mut u32,
        lists: &mut u32,
    ) -> Result<()> {
        let mut before = (0u32, 0u32);
        for _ in 0..bits.gamma() {
            let shared = bits.gamma().saturating_sub(1);
            let others = bits.gamma();
            let begin = cast::small(self.codes.len());
            let end = before.0.saturating_add(shared);
            ensure(end <= before.1, NAME, "a term shares too much")?;
            let codes = self.codes.len().saturating_add(cast::index(shared));
            ensure(codes <= MOST_CODES, NAME, "a block's terms are too long")?;
            for at in before.0..end {
                let code = self.codes.get(cast::index(at)).copied();
                self.codes.push(code.unwrap_or(0));
            }
            for _ in 0..others {
                let code = u16::try_from(bits.exp_golomb(ORDER));
                self.codes
                    .push(code.ok().or_damaged(NAME, "a term leaves the alphabet")?);
                ensure(!bits.overrun(), NAME, "a term ends too early")?;
            }
            let weight = weight_of(u64::from(bits.gamma().saturating_sub(1)));
            ensure(!bits.overrun(), NAME, "a term ends too early")?;
            before = (begin, cast::small(self.codes.len()));
            self.longer.push(Longer {
                entry: Entry {
                    ordinal: *ordinal,
                    weight,
                },
                tail: before,
                list: *lists,
            });
            *ordinal = ordinal.wrapping_add(1);
            *lists += 1;
        }
        Ok(())
    }

    /// The stems, ascending.
    pub(crate) fn stems(&self) -> &[Stem] {
        &self.stems
    }

    /// The place of a stem.
    pub(crate) fn stem(&self, first: u16, second: u16) -> Option<u32> {
        let key = |own: &Stem| (own.first, own.second);
        let found = self.stems.binary_search_by_key(&(first, second), key);
        found.ok().map(cast::small)
    }

    /// A character as a word, if this block says so: only the first one's is told where the row began
    /// in an earlier block.
    pub(crate) fn alone(&self, first: u16) -> Option<Entry> {
        let begun = self.stems.first().is_some_and(|stem| stem.first == first);
        match self.stem(first, 0) {
            Some(at) => self.stems.get(cast::index(at))?.entry,
            None if begun => self.carried,
            None => None,
        }
    }

    /// The entry and the tail of a longer term: its characters behind the stem.
    pub(crate) fn longer(&self, at: u32) -> Option<(Entry, &[u16])> {
        let own = self.longer.get(cast::index(at))?;
        let tail = cast::index(own.tail.0)..cast::index(own.tail.1);
        Some((own.entry, self.codes.get(tail)?))
    }

    /// A stem's list.
    pub(crate) fn stem_list(&self, stem: u32) -> Option<(u32, Place)> {
        let own = self.stems.get(cast::index(stem))?;
        self.lists.get(cast::index(own.list)).copied()
    }

    /// A longer term's list.
    pub(crate) fn longer_list(&self, at: u32) -> Option<(u32, Place)> {
        let own = self.longer.get(cast::index(at))?;
        self.lists.get(cast::index(own.list)).copied()
    }

    /// The memory that it takes, about.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
            + size_of_val(self.stems.as_slice())
            + size_of_val(self.longer.as_slice())
            + size_of_val(self.lists.as_slice())
    }
}

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
    /// Begins the first block of a segment of so many documents.
    pub(crate) fn new(documents: u32) -> Self {
        Self {
            documents,
            ordinal: 0,
            lists_at: 0,
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

/// A stem as a key of the directory.
pub(crate) fn directory_key(first: u32, second: u32) -> [u8; 4] {
    let bytes = |code: u32| u16::try_from(code).unwrap_or(u16::MAX).to_be_bytes();
    let ([a, b], [c, d]) = (bytes(first), bytes(second));
    [a, b, c, d]
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
