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

use crate::bits::BitReader;
use crate::error::{OrDamaged, Result, ensure};
use crate::parts::Region;
use crate::terms::NAME;
use crate::terms::list::{HEADED, LONG, MAY_BE_LONG, pass_over, read_df};
use crate::wire::Reader;

/// Characters of longer terms are coded so: their codes spread widely.
pub(super) const ORDER: u32 = 8;
/// The longer terms of a block have no more characters behind their stems, however few bits spell them.
const MOST_CODES: usize = 1 << 20;

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

/// A stem as a key of the directory.
pub(crate) fn directory_key(first: u32, second: u32) -> [u8; 4] {
    let bytes = |code: u32| u16::try_from(code).unwrap_or(u16::MAX).to_be_bytes();
    let ([a, b], [c, d]) = (bytes(first), bytes(second));
    [a, b, c, d]
}
