//! Bits: terms, lists and sounds are bit streams, low bits first.

use souwen_text::cast;

/// Appends bits to a byte vector.
#[derive(Debug, Default)]
pub(crate) struct BitWriter {
    bytes: Vec<u8>,
    /// Bits used of the last byte; 0 when it is full.
    used: u32,
}

impl BitWriter {
    /// The low `width` (at most 32) bits of `value`.
    pub(crate) fn bits(&mut self, value: u32, width: u32) {
        let mut value = u64::from(value) & ((1u64 << width) - 1);
        let mut width = width;
        while width > 0 {
            if self.used == 0 {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= cast::low_byte(value << self.used);
            }
            let taken = (8 - self.used).min(width);
            value >>= taken;
            width -= taken;
            self.used = (self.used + taken) % 8;
        }
    }

    /// `count` zeros and a one.
    pub(crate) fn unary(&mut self, count: u32) {
        for _ in 0..count / 32 {
            self.bits(0, 32);
        }
        self.bits(0, count % 32);
        self.bits(1, 1);
    }

    /// Elias gamma: the number of bits below the leading one in unary, then those bits. `value` ≥ 1.
    pub(crate) fn gamma(&mut self, value: u32) {
        let below = value.max(1).ilog2();
        self.unary(below);
        self.bits(value, below);
    }

    /// Rice: the high part in unary, the low `k` bits as they are.
    pub(crate) fn rice(&mut self, value: u32, k: u32) {
        self.unary(value >> k);
        self.bits(value, k);
    }

    /// Exp-Golomb: the high part plus one in gamma code, the low `order` bits as they are.
    pub(crate) fn exp_golomb(&mut self, value: u32, order: u32) {
        self.gamma((value >> order) + 1);
        self.bits(value, order);
    }

    /// The bits of another writer.
    pub(crate) fn append(&mut self, other: &Self) {
        let mut left = other.len();
        let mut bits = BitReader::new(&other.bytes, 0);
        while left > 0 {
            let width = u32::try_from(left.min(32)).unwrap_or(32);
            self.bits(bits.bits(width), width);
            left -= u64::from(width);
        }
    }

    /// How many bits have been written.
    pub(crate) fn len(&self) -> u64 {
        let bytes = u64::try_from(self.bytes.len()).unwrap_or(u64::MAX / 8);
        bytes * 8 - u64::from((8 - self.used) % 8)
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Reads bits. Past the end it reads zeros and remembers it; callers check [`BitReader::overrun`].
#[derive(Debug, Clone)]
pub(crate) struct BitReader<'a> {
    bytes: &'a [u8],
    at: u64,
}

impl<'a> BitReader<'a> {
    /// Begins at bit `at` of `bytes`.
    pub(crate) fn new(bytes: &'a [u8], at: u64) -> Self {
        Self { bytes, at }
    }

    /// The next 57 or more bits, in the low end.
    #[inline]
    fn peek(&self) -> u64 {
        let byte = usize::try_from(self.at >> 3).unwrap_or(usize::MAX);
        let window = match self
            .bytes
            .get(byte..)
            .and_then(|rest| rest.first_chunk::<8>())
        {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => self.peek_tail(byte),
        };
        window >> (self.at & 7)
    }

    /// [`Self::peek`] within the last seven bytes.
    #[cold]
    fn peek_tail(&self, byte: usize) -> u64 {
        let tail = self.bytes.get(byte..).unwrap_or_default();
        tail.iter()
            .rev()
            .fold(0, |window, &b| window << 8 | u64::from(b))
    }

    /// The next `width` (at most 32) bits.
    #[inline]
    pub(crate) fn bits(&mut self, width: u32) -> u32 {
        let value = self.peek() & ((1u64 << width) - 1);
        self.at += u64::from(width);
        u32::try_from(value).unwrap_or(0)
    }

    /// Counts zeros up to the next one.
    #[inline]
    pub(crate) fn unary(&mut self) -> u32 {
        let mut count = 0;
        loop {
            let window = self.peek();
            if window != 0 {
                let zeros = window.trailing_zeros();
                self.at += u64::from(zeros) + 1;
                return count + zeros;
            }
            if self.overrun() {
                return count;
            }
            // At least 57 zeros were seen; the next look begins on the last of them.
            count += 56;
            self.at += 56;
        }
    }

    /// Elias gamma. 0 when the stream is damaged: no value is coded so.
    #[inline]
    pub(crate) fn gamma(&mut self) -> u32 {
        let below = self.unary();
        if below > 31 {
            return 0;
        }
        self.bits(below) | 1 << below
    }

    /// Rice. `u32::MAX` when the stream is damaged.
    #[inline]
    pub(crate) fn rice(&mut self, k: u32) -> u32 {
        let high = self.unary();
        let shifted = high.checked_shl(k).filter(|shifted| shifted >> k == high);
        shifted.map_or(u32::MAX, |shifted| shifted | self.bits(k))
    }

    /// Exp-Golomb. `u32::MAX` when the stream is damaged.
    #[inline]
    pub(crate) fn exp_golomb(&mut self, order: u32) -> u32 {
        let high = self.gamma().wrapping_sub(1);
        let shifted = high
            .checked_shl(order)
            .filter(|shifted| shifted >> order == high);
        shifted.map_or(u32::MAX, |shifted| shifted | self.bits(order))
    }

    /// Where the next bit stands.
    pub(crate) fn position(&self) -> u64 {
        self.at
    }

    /// Skips bits without looking.
    pub(crate) fn skip(&mut self, bits: u64) {
        self.at = self.at.saturating_add(bits);
    }

    /// Whether more was read than there is.
    #[inline]
    pub(crate) fn overrun(&self) -> bool {
        self.at
            > u64::try_from(self.bytes.len())
                .unwrap_or(0)
                .saturating_mul(8)
    }
}

/// The k with which distances between `count` of `range` things take the fewest bits: ⌊log2⌋ of the
/// mean distance, which needs no place in the file.
pub(crate) fn rice_width(range: u32, count: u32) -> u32 {
    (range / count.saturating_add(1)).max(1).ilog2()
}

/// The number of bits that `value` needs.
#[inline]
pub(crate) fn width_of(value: u32) -> u32 {
    u32::BITS - value.leading_zeros()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(values in prop::collection::vec((any::<u32>(), 0u32..200), 0..300)) {
            let mut writer = BitWriter::default();
            for &(value, run) in &values {
                let width = width_of(value);
                writer.bits(width, 6);
                writer.bits(value, width);
                writer.gamma(value.max(1));
                writer.unary(run);
                writer.rice(run, width % 9);
            }
            let len = writer.len();
            let bytes = writer.finish();
            let mut reader = BitReader::new(&bytes, 0);
            for &(value, run) in &values {
                let width = reader.bits(6);
                prop_assert_eq!(reader.bits(width), value);
                prop_assert_eq!(reader.gamma(), value.max(1));
                prop_assert_eq!(reader.unary(), run);
                prop_assert_eq!(reader.rice(width % 9), run);
            }
            prop_assert_eq!(reader.position(), len);
            prop_assert!(!reader.overrun());
        }

        #[test]
        fn arbitrary_bytes_end(bytes: Vec<u8>) {
            let mut reader = BitReader::new(&bytes, 0);
            let mut steps = 0;
            while !reader.overrun() {
                reader.gamma();
                reader.bits(1);
                steps += 1;
            }
            prop_assert!(steps <= bytes.len() * 8 + 1);
        }
    }
}
