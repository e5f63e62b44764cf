//! The documents of a term, and how strongly each holds it.
//!
//! ```text
//! list (bits, in a block of terms):
//!   gamma(size): 1 for df = 1, 2 for df = 0, else df + 1
//!   df < 512: per document Rice(distance from the document before it − 1, k), then classes
//!   df ≥ 512: gamma(bytes of its long list)
//! long list (an extent of its own): blocks of 128 documents (the last one what is left), each
//!   distance of its last document from the block before it varint, length of its bits in bytes
//!   varint, then bits: 5 bits w; n times w bits: distance from the document before it − 1; classes
//! classes: 1 bit: whether any is above 0; if so per document: 0, or 1 and 4 bits class
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

use crate::bits::{BitReader, BitWriter, rice_width, width_of};
use crate::wire::Writer;

/// Documents in a block of a long list.
pub(crate) const BLOCK: usize = 128;
/// Lists of so many documents stand outside their block of terms: it would become too long to be
/// fetched for the sake of its other terms.
pub(crate) const LONG: usize = 512;
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
    if df > 0 && bits.bits(1) == 1 {
        for _ in 0..df {
            if bits.bits(1) == 1 {
                bits.skip(4);
            }
        }
    }
}

/// The bytes of a long list.
pub(crate) fn encode_long(list: &[Posting]) -> Vec<u8> {
    let mut out = Writer::default();
    let mut next = 0;
    let mut last = 0;
    for block in list.chunks(BLOCK) {
        let mut bits = BitWriter::default();
        let distances = distances(block, next);
        let widest = distances.iter().map(|&distance| width_of(distance)).max();
        let width = widest.unwrap_or(0);
        bits.bits(width, 5);
        for distance in distances {
            bits.bits(distance, width);
        }
        write_classes(&mut bits, block);
        let end = block.last().map_or(0, |posting| posting.0);
        let bits = bits.finish();
        out.varint((end - last).into());
        out.count(bits.len());
        out.bytes.extend(bits);
        (last, next) = (end, end + 1);
    }
    out.bytes
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

fn write_classes(out: &mut BitWriter, list: &[Posting]) {
    if list.is_empty() {
        return;
    }
    let any = list.iter().any(|posting| posting.1 > 0);
    out.bits(u32::from(any), 1);
    for &(_, class) in list.iter().filter(|_| any) {
        out.bits(u32::from(class > 0), 1);
        if class > 0 {
            out.bits(class.into(), 4);
        }
    }
}

/// Reads the classes of `count` documents.
pub(crate) fn read_classes(bits: &mut BitReader<'_>, count: usize, classes: &mut Vec<u8>) {
    if bits.bits(1) == 0 {
        classes.resize(count, 0);
        return;
    }
    for _ in 0..count {
        let class = match bits.bits(1) {
            1 => bits.bits(4),
            _ => 0,
        };
        classes.push(cast::low_byte(class.into()));
    }
}
