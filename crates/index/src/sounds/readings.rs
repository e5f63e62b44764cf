//! How characters are read.
//!
//! ```text
//! bits, per rank of readings (everyone's first, then the second ones, …), per syllable:
//!   gamma(number of characters + 1)
//!   per character, ascending: Rice(distance from the code before it − 1, k)
//! ```
//!
//! By syllable and not by character: 8.9 bits a character instead of 10.

use souwen_text::cast;

use super::NAME;
use super::lists::Lists;
use crate::bits::{BitReader, BitWriter, rice_width};
use crate::error::{OrDamaged, Result, ensure};

/// The readings of all characters, by code and by syllable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Readings {
    /// Per code: syllables, the commonest first.
    of: Lists<u16>,
    /// Per syllable: codes, ascending.
    with: Lists<u32>,
    /// The characters that have a reading, by their first one, then by code: like sounds stand near
    /// each other.
    order: Vec<u32>,
}

/// Encodes the readings per code, as places among `syllables` syllables; gives the number of ranks
/// and the characters in the order of their first readings.
pub(super) fn encode(
    out: &mut BitWriter,
    readings: &[Vec<u16>],
    syllables: u16,
) -> (u32, Vec<u32>) {
    let alphabet = cast::small(readings.len());
    let ranks = readings.iter().map(Vec::len).max().unwrap_or(0);
    let mut order = Vec::new();
    for rank in 0..ranks {
        for syllable in 0..syllables {
            let read_so = |(_, own): &(u32, &Vec<u16>)| own.get(rank) == Some(&syllable);
            let codes: Vec<u32> = (0..)
                .zip(readings)
                .filter(read_so)
                .map(|(code, _)| code)
                .collect();
            let count = cast::small(codes.len());
            out.gamma(count + 1);
            let k = rice_width(alphabet, count);
            let mut next = 0;
            for code in codes {
                out.rice(code - next, k);
                next = code + 1;
                if rank == 0 {
                    order.push(code);
                }
            }
        }
    }
    (cast::small(ranks), order)
}

impl Readings {
    pub(super) fn decode(
        bits: &mut BitReader<'_>,
        ranks: u32,
        syllables: u16,
        alphabet: u32,
    ) -> Result<Self> {
        let mut pairs: Vec<(u32, u16)> = Vec::new();
        // How many readings each character has so far: a second one needs a first, so that there are
        // no more in all than the alphabet and the ranks allow.
        let mut known = vec![0u32; cast::index(alphabet)];
        let mut order = Vec::new();
        for rank in 0..ranks {
            for syllable in 0..syllables {
                let count = bits.gamma().checked_sub(1);
                let count = count.or_damaged(NAME, "a syllable's characters are damaged")?;
                let k = rice_width(alphabet, count);
                let mut next = 0u32;
                for _ in 0..count {
                    let code = next
                        .checked_add(bits.rice(k))
                        .or_damaged(NAME, "a code is too large")?;
                    let known = known
                        .get_mut(cast::index(code))
                        .or_damaged(NAME, "a reading is of no character")?;
                    ensure(*known == rank, NAME, "a character skips a reading")?;
                    *known += 1;
                    pairs.push((code, syllable));
                    if rank == 0 {
                        order.push(code);
                    }
                    next = code + 1;
                }
                ensure(!bits.overrun(), NAME, "the readings end too early")?;
            }
        }
        let of = Lists::sorted(alphabet, &pairs);
        let mut by_code: Vec<(u32, u32)> = Vec::new();
        for code in 0..alphabet {
            for &syllable in of.get(code) {
                by_code.push((u32::from(syllable), code));
            }
        }
        let with = Lists::sorted(u32::from(syllables), &by_code);
        Ok(Self { of, with, order })
    }

    pub(super) fn of(&self, code: u32) -> &[u16] {
        self.of.get(code)
    }

    pub(super) fn with(&self, syllable: u16) -> &[u32] {
        self.with.get(syllable.into())
    }

    pub(super) fn order(&self) -> &[u32] {
        &self.order
    }
}
