//! A range coder: symbols cost −log₂ of their share of a total, in fractions of a bit.
//!
//! After G. N. N. Martin, "Range encoding: an algorithm for removing redundancy from a digitised
//! message" (1979). The range keeps 40 to 48 bits, so that totals up to 2²⁴ lose nothing worth
//! counting. A carry is added to the bytes that are written already.

use souwen_text::cast;

/// The range is widened below this.
const NARROW: u64 = 1 << 40;
/// The range at the beginning; `low` and `code` stay below it.
const WHOLE: u64 = 1 << 48;
/// Bytes of `code`.
const AHEAD: usize = 6;

/// Writes what [`RangeDecoder`] reads.
#[derive(Debug)]
pub(super) struct RangeEncoder {
    bytes: Vec<u8>,
    low: u64,
    range: u64,
}

impl RangeEncoder {
    pub(super) fn new() -> Self {
        Self {
            bytes: Vec::new(),
            low: 0,
            range: WHOLE,
        }
    }

    /// Codes a symbol that has `size` of `total`, from `start` on. `size` > 0, `total` ≤ 2²⁴.
    pub(super) fn encode(&mut self, start: u32, size: u32, total: u32) {
        self.range /= u64::from(total);
        self.raise(u64::from(start) * self.range);
        self.range *= u64::from(size);
        while self.range < NARROW {
            self.shift();
            self.range <<= 8;
        }
    }

    fn raise(&mut self, by: u64) {
        self.low += by;
        if self.low >= WHOLE {
            self.low -= WHOLE;
            for byte in self.bytes.iter_mut().rev() {
                *byte = byte.wrapping_add(1);
                if *byte != 0 {
                    break;
                }
            }
        }
    }

    fn shift(&mut self) {
        self.bytes.push(cast::low_byte(self.low >> 40));
        self.low = (self.low << 8) & (WHOLE - 1);
    }

    /// The bytes, with as few at the end as tell the last range from others when zeros follow.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let mut zeros = WHOLE;
        let mut written = 0;
        loop {
            let up = self.low.wrapping_neg() & (zeros - 1);
            if up < self.range {
                self.raise(up);
                (0..written).for_each(|_| self.shift());
                return self.bytes;
            }
            zeros >>= 8;
            written += 1;
        }
    }
}

/// Reads symbols back. Bytes beyond the end are zeros, so that it can always go on; who reads asks
/// [`RangeDecoder::is_within`] whether it still makes sense.
#[derive(Debug)]
pub(super) struct RangeDecoder<'a> {
    bytes: &'a [u8],
    /// Bytes taken so far, with those beyond the end.
    taken: usize,
    code: u64,
    range: u64,
}

impl<'a> RangeDecoder<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut decoder = Self {
            bytes,
            taken: 0,
            code: 0,
            range: WHOLE,
        };
        (0..AHEAD).for_each(|_| decoder.shift());
        decoder
    }

    fn shift(&mut self) {
        let byte = self.bytes.get(self.taken).copied().unwrap_or(0);
        self.code = self.code << 8 | u64::from(byte);
        self.taken += 1;
    }

    /// Where in `total` the next symbol lies. Must be followed by [`RangeDecoder::accept`].
    pub(super) fn position(&mut self, total: u32) -> u32 {
        let total = total.max(1);
        self.range /= u64::from(total);
        let position = u32::try_from(self.code / self.range).unwrap_or(u32::MAX);
        position.min(total - 1)
    }

    /// Takes the symbol that has `size` from `start` on, around what [`RangeDecoder::position`] gave.
    pub(super) fn accept(&mut self, start: u32, size: u32) {
        // Only damaged bytes give a symbol that does not hold the position.
        self.code = self.code.saturating_sub(u64::from(start) * self.range);
        self.range *= u64::from(size.max(1));
        while self.range < NARROW {
            self.shift();
            self.range <<= 8;
        }
    }

    /// One of `total` symbols that are equally likely.
    pub(super) fn uniform(&mut self, total: u32) -> u32 {
        let symbol = self.position(total);
        self.accept(symbol, 1);
        symbol
    }

    /// Whether all that was read was there, or may have been left out as zeros.
    pub(super) fn is_within(&self) -> bool {
        self.taken <= self.bytes.len() + AHEAD
    }

    /// Whether everything was read.
    pub(super) fn is_at_end(&self) -> bool {
        self.is_within() && self.taken >= self.bytes.len() + AHEAD - 1
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(symbols in prop::collection::vec((0u32..1 << 24, 1u32..=1 << 24), 0..200)) {
            let symbols: Vec<_> = symbols.into_iter().map(|(s, total)| (s % total, total)).collect();
            let mut encoder = RangeEncoder::new();
            for &(symbol, total) in &symbols {
                encoder.encode(symbol, 1, total);
            }
            let bytes = encoder.finish();
            let mut decoder = RangeDecoder::new(&bytes);
            for &(symbol, total) in &symbols {
                prop_assert!(decoder.is_within());
                prop_assert_eq!(decoder.uniform(total), symbol);
            }
            prop_assert!(decoder.is_at_end());
        }

        #[test]
        fn the_likely_costs_little(bits in prop::collection::vec(0u32..256, 800)) {
            let mut encoder = RangeEncoder::new();
            for &bit in &bits {
                let (start, size) = if bit == 0 { (255, 1) } else { (0, 255) };
                encoder.encode(start, size, 256);
            }
            let bytes = encoder.finish();
            let rare = bits.iter().filter(|&&bit| bit == 0).count();
            prop_assert!(bytes.len() <= 3 + rare);
            let mut decoder = RangeDecoder::new(&bytes);
            for &bit in &bits {
                let is_rare = decoder.position(256) == 255;
                decoder.accept(if is_rare { 255 } else { 0 }, if is_rare { 1 } else { 255 });
                prop_assert_eq!(is_rare, bit == 0);
            }
            prop_assert!(decoder.is_at_end());
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>, totals: Vec<u32>) {
            let mut decoder = RangeDecoder::new(&bytes);
            for total in totals {
                decoder.uniform(total % (1 << 24));
            }
        }
    }

    #[test]
    fn a_carry_goes_through() {
        let mut encoder = RangeEncoder::new();
        for _ in 0..40 {
            encoder.encode((1 << 24) - 1, 1, 1 << 24);
        }
        encoder.encode(1, 1, 3);
        let bytes = encoder.finish();
        let mut decoder = RangeDecoder::new(&bytes);
        for _ in 0..40 {
            assert_eq!(decoder.uniform(1 << 24), (1 << 24) - 1);
        }
        assert_eq!(decoder.uniform(3), 1);
        assert!(decoder.is_at_end());
    }
}
