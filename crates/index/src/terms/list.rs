//! The documents of a term, and how strongly each holds it.
//!
//! ```text
//! list (bits, in a block of terms):
//!   gamma(size): 1 for df = 1, 2 for df = 0, else df + 1
//!   64 ≤ df < 512: 1 bit: a long list?
//!   a short list: per document Rice(distance from the document before it − 1, k), then classes
//!   a long one, always from 512 documents on: gamma(bytes of its head) if df ≥ 2048; gamma(bytes)
//! long list (an extent of its own): blocks of 128 documents (the last one what is left), each
//!   distance of its last document from the block before it varint, length of its bits in bytes
//!   varint, then bits: 5 bits k; if k < 31 n times Rice(distance from the document before it − 1, k),
//!   else the same of the documents that are passed over; classes
//! head (an extent of its own): a short list of the 32 documents that the term speaks for most
//! classes of n documents:
//!   0: all are 0
//!   10: gamma(number of those above 0), 4 bits the commonest class c; per one above 0:
//!     Rice(distance of its place from the one before − 1, k), 1 if it is c, else 0 and 4 bits class
//!   11: per document 0 for class 0, else 1 and the class by the table of `CODES`
//! ```
//!
//! k = ⌊log2(documents / (df + 1))⌋, the mean distance, needs no place in the file. df = 1 takes the
//! shortest code because such lists are by far the commonest.
//!
//! A posting's *class* is its precomputed impact before the document's length comes in: the
//! field-weighted term frequency of BM25F in steps. Together with the document's norm it gives the
//! impact by one look into a table; apart from each other the two compress far better than their
//! product (two bits instead of eight, most classes being 0).

use souwen_text::cast;

use crate::bits::{BitReader, BitWriter, rice_width};
use crate::wire::Writer;

/// Documents in a block of a long list.
pub(crate) const BLOCK: usize = 128;
/// Lists of so many documents stand outside their block of terms: it would become too long to be
/// fetched for the sake of its other terms.
pub(crate) const LONG: usize = 512;
/// Lists of so many may stand outside, too, if the block has enough without them.
pub(crate) const MAY_BE_LONG: usize = 64;
/// Lists of so many documents have a head.
pub(crate) const HEADED: usize = 2048;
/// Documents in the head of a list: as many as a first page looks at, and some.
pub const HEAD: usize = 32;
/// In place of a block's k: it tells the documents that it passes over.
pub(crate) const PASSED_OVER: u32 = 31;
/// Classes run from 0 to this.
pub const MAX_CLASS: u8 = 15;

/// One document of a term's list, and the class of the term in it.
pub type Posting = (u32, u8);

/// Writes how many documents a list has.
pub(crate) fn write_df(out: &mut BitWriter, df: u32) {
    out.gamma(match df {
        1 => 1,
        0 => 2,
        df => df + 1,
    });
}

/// Reads the size of a list. A damaged one is empty.
pub(crate) fn read_df(bits: &mut BitReader<'_>) -> u32 {
    match bits.gamma() {
        1 => 1,
        size => size.saturating_sub(1).max(1) - u32::from(size <= 2),
    }
}

/// Writes the postings of a short list, after its size. `documents` is how many there are to hold a
/// term.
pub(crate) fn write_short(out: &mut BitWriter, list: &[Posting], documents: u32) {
    let k = rice_width(documents, cast::small(list.len()));
    for distance in distances(list, 0) {
        out.rice(distance, k);
    }
    write_classes(out, list);
}

/// Passes over the postings of a short list of `df` documents.
pub(crate) fn pass_over(bits: &mut BitReader<'_>, df: u32, documents: u32) {
    let k = rice_width(documents, df);
    for _ in 0..df {
        bits.unary();
        bits.skip(k.into());
    }
    if df > 0 {
        pass_classes(bits, df);
    }
}

/// The bytes of a long list.
pub(crate) fn encode_long(list: &[Posting]) -> Vec<u8> {
    let mut out = Writer::default();
    let mut next = 0;
    let mut last = 0;
    for block in list.chunks(BLOCK) {
        let mut bits = BitWriter::default();
        let end = block.last().map_or(0, |posting| posting.0);
        write_documents(&mut bits, block, next);
        write_classes(&mut bits, block);
        let bits = bits.finish();
        out.varint((end - last).into());
        out.count(bits.len());
        out.bytes.extend(bits);
        (last, next) = (end, end + 1);
    }
    out.bytes
}

/// Writes the documents of a block of a long list, or those that it passes over if that is shorter.
fn write_documents(out: &mut BitWriter, block: &[Posting], next: u32) {
    let held = distances(block, next);
    let size = |k: &u32| -> u64 {
        let own = held
            .iter()
            .map(|distance| u64::from((distance >> k) + k + 1));
        own.sum()
    };
    let k = (0..PASSED_OVER).min_by_key(size).unwrap_or(0);
    let mut own = BitWriter::default();
    own.bits(k, 5);
    held.iter().for_each(|&distance| own.rice(distance, k));
    let mut other = BitWriter::default();
    other.bits(PASSED_OVER, 5);
    let passed: u64 = held.iter().map(|&distance| u64::from(distance)).sum();
    // Where more are passed over than held, the documents themselves are shorter.
    if passed < u64::from(cast::small(block.len())) {
        let passed = u32::try_from(passed).unwrap_or(0);
        let k = rice_width(cast::small(block.len()) + passed, passed);
        let mut since = 0;
        for distance in held {
            for _ in 0..distance {
                other.rice(since, k);
                since = 0;
            }
            since += 1;
        }
        if other.len() < own.len() {
            own = other;
        }
    }
    out.append(&own);
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

/// How a class above 0 is coded where most documents have one: its bits, the first one lowest, and
/// their number. Shorter where 10,000 news articles have more of it.
const CODES: [(u32, u32); 15] = [
    (0b100, 3),
    (0b0010, 4),
    (0b01010, 5),
    (0b0001110, 7),
    (0b0101110, 7),
    (0b1, 1),
    (0b000, 3),
    (0b11010, 5),
    (0b00110, 5),
    (0b1001110, 7),
    (0b1101110, 7),
    (0b0010110, 7),
    (0b0110110, 7),
    (0b1010110, 7),
    (0b1110110, 7),
];

fn code(class: u8) -> (u32, u32) {
    let at = usize::from(class).saturating_sub(1);
    CODES.get(at).copied().unwrap_or((1, 1))
}

/// Classes above 0 and their places.
fn above(list: &[Posting]) -> Vec<(u32, u8)> {
    let classes = (0..).zip(list).map(|(at, posting)| (at, posting.1));
    classes.filter(|own| own.1 > 0).collect()
}

fn write_classes(out: &mut BitWriter, list: &[Posting]) {
    if list.is_empty() {
        return;
    }
    let above = above(list);
    if above.is_empty() {
        out.bits(0, 1);
        return;
    }
    let count = |class: &u8| above.iter().filter(|own| own.1 == *class).count();
    let usual = (1..=MAX_CLASS).rev().max_by_key(count).unwrap_or(1);
    let mut sparse = BitWriter::default();
    sparse.bits(0b01, 2);
    sparse.gamma(cast::small(above.len()));
    sparse.bits(usual.into(), 4);
    let k = rice_width(cast::small(list.len()), cast::small(above.len()));
    let mut next = 0;
    for &(at, class) in &above {
        sparse.rice(at - next, k);
        next = at + 1;
        sparse.bits(u32::from(class == usual), 1);
        if class != usual {
            sparse.bits(class.into(), 4);
        }
    }
    let mut dense = BitWriter::default();
    dense.bits(0b11, 2);
    for &(_, class) in list {
        dense.bits(u32::from(class > 0), 1);
        if class > 0 {
            let (bits, width) = code(class);
            dense.bits(bits, width);
        }
    }
    out.append(if sparse.len() < dense.len() {
        &sparse
    } else {
        &dense
    });
}

/// Reads the classes of `count` documents.
pub(crate) fn read_classes(bits: &mut BitReader<'_>, count: usize, classes: &mut Vec<u8>) {
    if bits.bits(1) == 0 {
        classes.resize(count, 0);
        return;
    }
    if bits.bits(1) == 1 {
        for _ in 0..count {
            let class = if bits.bits(1) == 1 {
                read_code(bits)
            } else {
                0
            };
            classes.push(class);
        }
        return;
    }
    classes.resize(count, 0);
    let above = bits.gamma();
    let usual = low(bits.bits(4));
    let k = rice_width(cast::small(count), above);
    let mut next = 0;
    for _ in 0..above {
        let at = bits.rice(k).saturating_add(next);
        let class = if bits.bits(1) == 1 {
            usual
        } else {
            low(bits.bits(4))
        };
        match classes.get_mut(cast::index(at)) {
            Some(slot) => *slot = class,
            // Damaged: nothing follows.
            None => return,
        }
        next = at + 1;
    }
}

fn low(value: u32) -> u8 {
    cast::low_byte(value.into())
}

/// Reads a class above 0 by [`CODES`].
#[inline]
fn read_code(bits: &mut BitReader<'_>) -> u8 {
    if bits.bits(1) == 1 {
        return 6;
    }
    match bits.bits(2) {
        0b00 => 7,
        0b10 => 1,
        0b01 => match bits.bits(1) {
            0 => 2,
            _ => 3 + 5 * low(bits.bits(1)),
        },
        _ => match bits.bits(2) {
            0b00 => 9,
            own => {
                let rest = own << 2 | bits.bits(2);
                // 4 to 15: the classes that are left, in their order.
                match rest {
                    4 => 4,
                    5 => 5,
                    rest => low(rest.saturating_add(4)).min(MAX_CLASS),
                }
            }
        },
    }
}

/// Passes over the classes of `count` documents.
fn pass_classes(bits: &mut BitReader<'_>, count: u32) {
    if bits.bits(1) == 0 {
        return;
    }
    if bits.bits(1) == 1 {
        for _ in 0..count {
            if bits.bits(1) == 1 {
                read_code(bits);
            }
        }
        return;
    }
    let above = bits.gamma().min(count);
    bits.skip(4);
    let k = rice_width(count, above);
    for _ in 0..above {
        bits.unary();
        bits.skip(k.into());
        if bits.bits(1) == 0 {
            bits.skip(4);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list() -> impl Strategy<Value = Vec<Posting>> {
        let class = prop_oneof![Just(0), Just(8), 0..=MAX_CLASS];
        let usual = prop::sample::select(vec![0u8, 0, 0, 1, 8]);
        let dense = prop::collection::btree_map(0u32..3000, class, 0..300);
        let sparse = prop::collection::btree_map(0u32..3000, usual, 0..300);
        prop_oneof![dense, sparse].prop_map(|list| list.into_iter().collect())
    }

    proptest! {
        #[test]
        fn classes_round_trip(list in list(), behind in 0u32..1 << 20) {
            let mut bits = BitWriter::default();
            write_short(&mut bits, &list, 3000);
            bits.bits(behind, 20);
            let bytes = bits.finish();
            let mut reader = BitReader::new(&bytes, 0);
            pass_over(&mut reader, cast::small(list.len()), 3000);
            prop_assert_eq!(reader.bits(20), behind);
            let mut reader = BitReader::new(&bytes, 0);
            let k = rice_width(3000, cast::small(list.len()));
            let mut next = 0;
            for &(document, _) in &list {
                prop_assert_eq!(reader.rice(k) + next, document);
                next = document + 1;
            }
            let mut classes = Vec::new();
            if !list.is_empty() {
                read_classes(&mut reader, list.len(), &mut classes);
            }
            let expected: Vec<u8> = list.iter().map(|posting| posting.1).collect();
            prop_assert_eq!(classes, expected);
            prop_assert_eq!(reader.bits(20), behind);
        }

        #[test]
        fn arbitrary_bits_never_panic(bytes: Vec<u8>, count in 0u32..400) {
            pass_over(&mut BitReader::new(&bytes, 0), count, 3000);
            let mut classes = Vec::new();
            read_classes(&mut BitReader::new(&bytes, 0), cast::index(count), &mut classes);
            prop_assert_eq!(classes.len(), cast::index(count));
        }
    }

    #[test]
    fn every_class_has_its_code() {
        for class in 1..=MAX_CLASS {
            let mut out = BitWriter::default();
            let (bits, width) = code(class);
            out.bits(bits, width);
            assert_eq!(u64::from(width), out.len());
            assert_eq!(read_code(&mut BitReader::new(&out.finish(), 0)), class);
        }
    }
}
