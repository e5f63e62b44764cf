//! How words are read in which some character is not read in its first way.
//!
//! ```text
//! bits, per word, by ordinal:
//!   Rice(distance from the ordinal before it − 1, k), gamma(number of characters)
//!   per character: its syllable in as many bits as the number of syllables needs
//! ```

use souwen_text::{MAX_WORD, cast};

use super::NAME;
use super::lists::Lists;
use crate::bits::{BitReader, BitWriter, rice_width, width_of};
use crate::error::{OrDamaged, Result, ensure};

/// Readings by the words' ordinals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// Ascending.
    ordinals: Vec<u32>,
    readings: Lists<u16>,
}

/// Encodes `(ordinal, reading)`, ascending, of a lexicon of `lexicon` words.
pub(super) fn encode(out: &mut BitWriter, words: &[(u32, Vec<u16>)], lexicon: u32, syllables: u16) {
    let k = rice_width(lexicon, cast::small(words.len()));
    let width = width_of(syllables.into());
    let mut next = 0;
    for (ordinal, reading) in words {
        out.rice(ordinal - next, k);
        next = ordinal + 1;
        out.gamma(cast::small(reading.len()));
        for &syllable in reading {
            out.bits(syllable.into(), width);
        }
    }
}

impl Words {
    pub(super) fn decode(
        bits: &mut BitReader<'_>,
        count: u32,
        lexicon: u32,
        syllables: u16,
    ) -> Result<Self> {
        let k = rice_width(lexicon, count);
        let width = width_of(syllables.into());
        let mut words = Self::default();
        let mut next = 0u32;
        for _ in 0..count {
            let ordinal = next
                .checked_add(bits.rice(k))
                .filter(|&ordinal| ordinal < lexicon)
                .or_damaged(NAME, "a reading is of no word")?;
            next = ordinal + 1;
            words.ordinals.push(ordinal);
            let len = bits.gamma();
            let fits = (1..=cast::small(MAX_WORD)).contains(&len);
            ensure(fits, NAME, "a word's reading has an impossible length")?;
            for _ in 0..len {
                let syllable = u16::try_from(bits.bits(width))
                    .ok()
                    .filter(|&syllable| syllable < syllables);
                words
                    .readings
                    .push(syllable.or_damaged(NAME, "a word is read as no syllable")?);
            }
            words.readings.end();
            ensure(!bits.overrun(), NAME, "the words end too early")?;
        }
        Ok(words)
    }

    pub(super) fn get(&self, ordinal: u32) -> Option<&[u16]> {
        let at = self.ordinals.binary_search(&ordinal).ok()?;
        Some(self.readings.get(cast::small(at)))
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (u32, &[u16])> {
        (0..)
            .zip(&self.ordinals)
            .map(|(at, &ordinal)| (ordinal, self.readings.get(at)))
    }
}
