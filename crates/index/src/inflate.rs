//! Inflate: RFC 1951, "DEFLATE Compressed Data Format Specification" (1996).
//!
//! An own one, since it is the smaller by kilobytes than the well-known ones, and each page's wasm
//! pays for it. It reads what these read, and refuses what zlib refuses: codes that promise more or
//! fewer symbols than their lengths have room for, and places before the beginning.

use souwen_text::cast;

/// Bits of the longest code.
const LONGEST: u32 = 15;
/// Codes up to so many bits are looked up at once.
const FAST: u32 = 9;
/// Symbols of literals and lengths that are allowed, and of distances.
const LITERALS: usize = 286;
const DISTANCES: usize = 30;
/// The symbol that ends a block; lengths are above it.
const END: u32 = 256;
/// The order in which the lengths of the code of code lengths are stored.
const ORDER: [u8; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/// Inflates data to at most `limit` bytes. None if it is damaged, cut off or longer.
pub(crate) fn inflate(data: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut bits = Bits::new(data);
    let mut out = Vec::new();
    loop {
        let last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => stored(&mut bits, &mut out, limit)?,
            1 => {
                let (literals, distances) = fixed()?;
                block(&mut bits, &literals, &distances, &mut out, limit)?;
            }
            2 => {
                let (literals, distances) = dynamic(&mut bits)?;
                block(&mut bits, &literals, &distances, &mut out, limit)?;
            }
            _ => return None,
        }
        if last {
            return Some(out);
        }
    }
}

/// Bits of bytes, the low ones first.
struct Bits<'a> {
    rest: &'a [u8],
    /// Bits that were read from the bytes and not taken; above them are zeros.
    held: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    fn new(rest: &'a [u8]) -> Self {
        Self {
            rest,
            held: 0,
            count: 0,
        }
    }

    fn fill(&mut self) {
        while self.count <= 56
            && let Some((&byte, rest)) = self.rest.split_first()
        {
            self.held |= u64::from(byte) << self.count;
            self.count += 8;
            self.rest = rest;
        }
    }

    /// The next bits, zeros beyond the end, to be followed by [`Bits::skip`].
    fn peek(&mut self) -> u32 {
        if self.count < 32 {
            self.fill();
        }
        u32::try_from(self.held & 0xFFFF_FFFF).unwrap_or(0)
    }

    fn skip(&mut self, width: u32) -> Option<()> {
        self.count = self.count.checked_sub(width)?;
        self.held >>= width;
        Some(())
    }

    /// The next `width` (at most 16) bits.
    fn take(&mut self, width: u32) -> Option<u32> {
        let bits = self.peek() & ((1 << width) - 1);
        self.skip(width)?;
        Some(bits)
    }
}

/// A canonical Huffman code.
struct Code {
    /// Per length, how many codes have it.
    counts: [u16; 16],
    /// The symbols in the order of their codes.
    symbols: Vec<u16>,
    /// By the next bits: symbol and length, or 0 where the code is longer.
    fast: Vec<u16>,
}

impl Code {
    /// Takes the length of each symbol's code, 0 for those without one. `partial` allows, as zlib
    /// does, a code of a single bit for a single symbol, and one without symbols.
    fn new(lengths: &[u8], partial: bool) -> Option<Self> {
        let mut counts = [0u16; 16];
        for &length in lengths.iter().filter(|&&length| length > 0) {
            *counts.get_mut(usize::from(length))? += 1;
        }
        let mut room = 1i32;
        let mut longest = 0;
        // Where the next symbol of each length goes, and what its code is.
        let mut next = [(0u16, 0u16); 16];
        let (mut place, mut code) = (0u16, 0u16);
        for (length, (&count, next)) in (0u32..).zip(counts.iter().zip(&mut next)).skip(1) {
            room = room * 2 - i32::from(count);
            if room < 0 {
                return None;
            }
            *next = (place, code);
            place += count;
            code = code.wrapping_add(count) << 1;
            if count > 0 {
                longest = length;
            }
        }
        if room > 0 && !(partial && longest <= 1) {
            return None;
        }
        let mut symbols = vec![0; usize::from(place)];
        let mut fast = vec![0; 1 << FAST];
        for (symbol, &length) in (0u16..).zip(lengths).filter(|&(_, &length)| length > 0) {
            let (place, code) = next.get_mut(usize::from(length))?;
            *symbols.get_mut(usize::from(*place))? = symbol;
            let length = u32::from(length);
            if length <= FAST {
                let first = cast::index(u32::from(*code).reverse_bits() >> (32 - length));
                for entry in fast.iter_mut().skip(first).step_by(1 << length) {
                    *entry = symbol << 4 | u16::from(cast::low_byte(length.into()));
                }
            }
            *place += 1;
            *code += 1;
        }
        Some(Self {
            counts,
            symbols,
            fast,
        })
    }

    fn read(&self, bits: &mut Bits) -> Option<u32> {
        let ahead = bits.peek();
        let entry = *self.fast.get(cast::index(ahead & ((1 << FAST) - 1)))?;
        if entry > 0 {
            bits.skip(u32::from(entry & 15))?;
            return Some(u32::from(entry >> 4));
        }
        let (mut code, mut first, mut place) = (0, 0, 0);
        for (length, &count) in (0..=LONGEST).zip(&self.counts).skip(1) {
            let count = u32::from(count);
            code = code << 1 | (ahead >> (length - 1) & 1);
            if code < first + count {
                bits.skip(length)?;
                let symbol = self.symbols.get(cast::index(place + code - first))?;
                return Some(u32::from(*symbol));
            }
            place += count;
            first = (first + count) << 1;
        }
        None
    }
}

fn fixed() -> Option<(Code, Code)> {
    let mut literals = [8; 288];
    literals.get_mut(144..256)?.fill(9);
    literals.get_mut(256..280)?.fill(7);
    Some((Code::new(&literals, false)?, Code::new(&[5; 32], false)?))
}

fn dynamic(bits: &mut Bits) -> Option<(Code, Code)> {
    let literals = cast::index(bits.take(5)?) + 257;
    let distances = cast::index(bits.take(5)?) + 1;
    let count = cast::index(bits.take(4)?) + 4;
    if literals > LITERALS || distances > DISTANCES {
        return None;
    }
    let mut lengths = [0u8; 19];
    for &place in ORDER.iter().take(count) {
        *lengths.get_mut(usize::from(place))? = cast::low_byte(bits.take(3)?.into());
    }
    let code = Code::new(&lengths, false)?;
    let mut lengths: Vec<u8> = Vec::new();
    while lengths.len() < literals + distances {
        let (length, times) = match code.read(bits)? {
            16 => (*lengths.last()?, 3 + bits.take(2)?),
            17 => (0, 3 + bits.take(3)?),
            18 => (0, 11 + bits.take(7)?),
            length => (cast::low_byte(length.into()), 1),
        };
        lengths.resize(lengths.len() + cast::index(times), length);
    }
    if lengths.len() > literals + distances {
        return None;
    }
    let (literals, distances) = lengths.split_at_checked(literals)?;
    // Without an end the block could not end.
    if literals.get(cast::index(END)) == Some(&0) {
        return None;
    }
    Some((Code::new(literals, true)?, Code::new(distances, true)?))
}

fn stored(bits: &mut Bits, out: &mut Vec<u8>, limit: usize) -> Option<()> {
    bits.skip(bits.count % 8)?;
    let length = bits.take(16)?;
    if length != bits.take(16)? ^ 0xFFFF {
        return None;
    }
    for _ in 0..length {
        put(out, bits.take(8)?, limit)?;
    }
    Some(())
}

fn put(out: &mut Vec<u8>, byte: u32, limit: usize) -> Option<()> {
    (out.len() < limit).then(|| out.push(cast::low_byte(byte.into())))
}

fn block(
    bits: &mut Bits,
    literals: &Code,
    distances: &Code,
    out: &mut Vec<u8>,
    limit: usize,
) -> Option<()> {
    loop {
        let symbol = literals.read(bits)?;
        if symbol < END {
            put(out, symbol, limit)?;
            continue;
        }
        let mut length = match symbol - END {
            0 => return Some(()),
            code @ 1..=8 => code + 2,
            code @ 9..=28 => number(bits, code - 1, 4)? + 3,
            29 => 258,
            _ => return None,
        };
        let distance = match distances.read(bits)? {
            code @ 0..=3 => code + 1,
            code @ 4..=29 => number(bits, code, 2)? + 1,
            _ => return None,
        };
        let start = out.len().checked_sub(cast::index(distance))?;
        if out.len() + cast::index(length) > limit {
            return None;
        }
        // What is copied may itself be a part of the copy.
        while length > 0 {
            let piece = (out.len() - start).min(cast::index(length));
            out.extend_from_within(start..start + piece);
            length -= cast::small(piece);
        }
    }
}

/// A number by its code: `steps` codes for each power of two, and the bits that tell numbers of one
/// code apart.
fn number(bits: &mut Bits, code: u32, steps: u32) -> Option<u32> {
    let extra = code / steps - 1;
    Some(((steps + code % steps) << extra) + bits.take(extra)?)
}

#[cfg(test)]
mod tests;
