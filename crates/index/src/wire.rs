//! Bytes: little-endian integers, LEB128 varints, length-prefixed strings.

use souwen_text::cast;

use crate::error::{OrDamaged, Result};

/// Writes the byte structures of a section.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    pub(crate) bytes: Vec<u8>,
}

impl Writer {
    pub(crate) fn u32(&mut self, value: u32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn u64(&mut self, value: u64) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    /// Seven bits a byte, low bits first, the high bit says that more follow.
    pub(crate) fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(cast::low_byte(value) | 0x80);
            value >>= 7;
        }
        self.bytes.push(cast::low_byte(value));
    }

    pub(crate) fn count(&mut self, value: usize) {
        self.varint(u64::try_from(value).unwrap_or(u64::MAX));
    }

    pub(crate) fn string(&mut self, value: &str) {
        self.count(value.len());
        self.bytes.extend_from_slice(value.as_bytes());
    }
}

/// Reads them back. Every read is bounded by the section's bytes.
#[derive(Debug, Clone)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    section: &'static str,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(section: &'static str, bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            section,
        }
    }

    pub(crate) fn take(&mut self, len: usize) -> Result<&'a [u8]> {
        let end = self
            .at
            .checked_add(len)
            .or_damaged(self.section, "a length overflows")?;
        let taken = self
            .bytes
            .get(self.at..end)
            .or_damaged(self.section, "ends too early")?;
        self.at = end;
        Ok(taken)
    }

    pub(crate) fn u8(&mut self) -> Result<u8> {
        let byte = self
            .bytes
            .get(self.at)
            .copied()
            .or_damaged(self.section, "ends too early")?;
        self.at += 1;
        Ok(byte)
    }

    pub(crate) fn u32(&mut self) -> Result<u32> {
        let bytes = self
            .take(4)?
            .try_into()
            .ok()
            .or_damaged(self.section, "ends too early")?;
        Ok(u32::from_le_bytes(bytes))
    }

    pub(crate) fn u64(&mut self) -> Result<u64> {
        let bytes = self
            .take(8)?
            .try_into()
            .ok()
            .or_damaged(self.section, "ends too early")?;
        Ok(u64::from_le_bytes(bytes))
    }

    pub(crate) fn varint(&mut self) -> Result<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.u8()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        None.or_damaged(self.section, "a number is too long")
    }

    pub(crate) fn varint32(&mut self) -> Result<u32> {
        u32::try_from(self.varint()?)
            .ok()
            .or_damaged(self.section, "a number is too large")
    }

    /// A count of things that take at least one bit each of what is left, so that no count, however
    /// wrong, makes the reader reserve more than a small multiple of the section's own size.
    pub(crate) fn count(&mut self) -> Result<usize> {
        let count = usize::try_from(self.varint()?)
            .ok()
            .or_damaged(self.section, "a count overflows")?;
        let bits = self.rest().saturating_mul(8);
        (count <= bits)
            .then_some(count)
            .or_damaged(self.section, "a count is larger than the section")
    }

    /// A number of bytes that are elsewhere, or not yet inflated.
    pub(crate) fn count_unbounded(&mut self) -> Result<usize> {
        usize::try_from(self.varint()?)
            .ok()
            .or_damaged(self.section, "a count overflows")
    }

    pub(crate) fn string(&mut self) -> Result<&'a str> {
        let len = self.count()?;
        std::str::from_utf8(self.take(len)?)
            .ok()
            .or_damaged(self.section, "text is not UTF-8")
    }

    /// How many bytes are left.
    pub(crate) fn rest(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// Fails unless everything was read: trailing bytes mean that writer and reader disagree.
    pub(crate) fn finish(self) -> Result<()> {
        (self.rest() == 0)
            .then_some(())
            .or_damaged(self.section, "has bytes left over")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(numbers: Vec<u64>, small: u32, text: String) {
            let mut writer = Writer::default();
            writer.u32(small);
            writer.string(&text);
            writer.count(numbers.len());
            numbers.iter().for_each(|&n| writer.varint(n));
            let mut reader = Reader::new("test", &writer.bytes);
            prop_assert_eq!(reader.u32()?, small);
            prop_assert_eq!(reader.string()?, text);
            let count = reader.count()?;
            let back = (0..count).map(|_| reader.varint()).collect::<Result<Vec<_>>>()?;
            prop_assert_eq!(back, numbers);
            reader.finish()?;
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let mut reader = Reader::new("test", &bytes);
            while reader.varint().is_ok() && reader.string().is_ok() && reader.u32().is_ok() {}
        }
    }
}
