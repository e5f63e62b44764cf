//! Section `alphabet`: the characters of the archive, the commonest first.
//!
//! ```text
//! bits: gamma(number + 1)
//! the first 256: 1 bit, code point in 16 bits if it is 0, else in 21
//! the others in runs of ascending code points: gamma(length), code point of the first 21 bits,
//!   5 bits k, per other character Rice(distance from the one before − 1, k)
//! ```
//!
//! A character's place is its code; [`Alphabet`] says what codes are for, and in which order characters
//! come: behind the first 256 there is a run for each ⌊log8⌋ of the number of occurrences.

use souwen_text::{Alphabet, cast};

use crate::bits::{BitReader, BitWriter};
use crate::error::{OrDamaged, Result, ensure};

const NAME: &str = "alphabet";
/// Bits of a code point.
const POINT: u32 = 21;

pub(crate) fn encode(alphabet: &Alphabet) -> Vec<u8> {
    let mut out = BitWriter::default();
    let chars = alphabet.chars();
    out.gamma(alphabet.len() + 1);
    let (first, others) = chars.split_at(chars.len().min(Alphabet::ORDERED));
    for &c in first {
        let long = u32::from(c) >> 16 > 0;
        out.bits(u32::from(long), 1);
        out.bits(c.into(), if long { POINT } else { 16 });
    }
    for run in others.chunk_by(|a, b| a < b) {
        out.gamma(cast::small(run.len()));
        out.bits(run.first().map_or(0, |&c| c.into()), POINT);
        let step = |[a, b]: &[char; 2]| u32::from(*b) - u32::from(*a) - 1;
        let distances: Vec<u32> = run.array_windows().map(step).collect();
        let bits = |k: &u32| -> u64 {
            let own = distances.iter().map(|distance| distance >> k);
            own.map(|high| u64::from(high + k + 1)).sum()
        };
        let k = (0..POINT).min_by_key(bits).unwrap_or(0);
        out.bits(k, 5);
        distances.iter().for_each(|&distance| out.rice(distance, k));
    }
    out.finish()
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Alphabet> {
    let mut bits = BitReader::new(bytes, 0);
    let count = cast::index(bits.gamma().saturating_sub(1));
    // A character takes a bit at the least.
    let fits = count <= bytes.len().saturating_mul(8);
    ensure(fits, NAME, "has more characters than bits")?;
    let mut chars: Vec<char> = Vec::with_capacity(count);
    let add = |point: u32, chars: &mut Vec<char>| {
        let c = char::from_u32(point);
        chars.push(c.or_damaged(NAME, "names no character")?);
        Ok(())
    };
    for _ in 0..count.min(Alphabet::ORDERED) {
        let width = if bits.bits(1) == 1 { POINT } else { 16 };
        add(bits.bits(width), &mut chars)?;
    }
    while chars.len() < count {
        let len = cast::index(bits.gamma());
        ensure(
            (1..=count - chars.len()).contains(&len),
            NAME,
            "a run is too long",
        )?;
        let mut point = bits.bits(POINT);
        let k = bits.bits(5);
        add(point, &mut chars)?;
        for _ in 1..len {
            point = point.saturating_add(bits.rice(k)).saturating_add(1);
            add(point, &mut chars)?;
        }
    }
    let len = usize::try_from(bits.position().div_ceil(8)).ok();
    ensure(len == Some(bytes.len()), NAME, "has another length")?;
    let alphabet = Alphabet::from_chars(chars);
    ensure(alphabet.is_distinct(), NAME, "names a character twice")?;
    Ok(alphabet)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(frequencies in prop::collection::btree_map(prop_oneof![any::<char>(), prop::char::range('一', '龥')], 0u64..2000, 0..700)) {
            let frequencies: BTreeMap<char, u64> = frequencies;
            let alphabet = Alphabet::new(frequencies.into_iter().collect());
            prop_assert_eq!(decode(&encode(&alphabet))?, alphabet);
        }

        #[test]
        fn any_order_round_trips(chars in prop::collection::hash_set(any::<char>(), 0..600)) {
            let alphabet = Alphabet::from_chars(chars.into_iter().collect());
            prop_assert_eq!(decode(&encode(&alphabet))?, alphabet);
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }
    }
}
