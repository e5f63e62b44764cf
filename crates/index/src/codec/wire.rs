//! The shared part in bytes.
//!
//! ```text
//! range-coded: characters in 2¹⁶, words in 2¹⁶, layers in 256
//! per context of a flag: trust in 256
//! per layer of words: words in 2¹⁶
//!   per word, sorted: first part, as the distance from the word's before: steps of 63, then the rest
//!                     second part: high bits, then five low bits
//! per character, word and the stranger: level, as the distance from a running mean, plus 40
//! ```
//!
//! A layer's words are made of symbols before the layer. Steps, high bits and distances are coded by
//! frequencies that adapt.

use souwen_text::{Alphabet, cast};

use super::frequencies::Frequencies;
use super::history::CONTEXTS;
use super::range::{RangeDecoder, RangeEncoder};
use super::{MAX_LEVEL, NAME, SLOTS, TextCodec};
use crate::error::{Result, ensure};

/// Steps of the first parts below this are taken at once.
const STEPS: u32 = 63;
/// Low bits of the second parts, which are all alike.
const LOW: u32 = 32;
/// What is added to levels' distances, and how many there are then.
const BIAS: u32 = MAX_LEVEL + 4;
const DISTANCES: usize = 80;
/// How fast frequencies adapt, where they begin at 1.
const MORE: u32 = 8;
/// Numbers are below this.
const NUMBER: u32 = 1 << 16;

/// What levels are expected to be: four times their running mean.
#[derive(Default)]
struct Mean(u32);

impl Mean {
    fn level(&self) -> u32 {
        (self.0 + 2) / 4
    }

    fn add(&mut self, level: u32) {
        self.0 = self.0 - self.level() + level;
    }
}

fn fresh(symbols: usize) -> Frequencies {
    Frequencies::new(vec![1; symbols])
}

/// How many different high bits second parts have.
fn highs(symbols: u32) -> usize {
    cast::index(symbols / LOW) + 1
}

fn write(coder: &mut RangeEncoder, frequencies: &mut Frequencies, symbol: u32) {
    let (start, size) = (frequencies.before(symbol), frequencies.of(symbol));
    coder.encode(start, size, frequencies.total());
    frequencies.add(symbol, MORE);
}

impl TextCodec {
    /// The shared part in bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut coder = RangeEncoder::new();
        let layers = self.layers();
        let symbols = cast::small(self.ends.len());
        coder.encode(self.chars, 1, NUMBER);
        coder.encode(cast::small(self.words.len()), 1, NUMBER);
        coder.encode(cast::small(layers.len()), 1, 256);
        for trust in self.trust {
            coder.encode(trust.into(), 1, 256);
        }
        let (mut steps, mut high) = (fresh(cast::index(STEPS) + 1), fresh(highs(symbols)));
        for layer in layers {
            coder.encode(cast::small(layer.len()), 1, NUMBER);
            let mut last = 0;
            for &(first, second) in layer {
                for _ in 0..(first - last) / STEPS {
                    write(&mut coder, &mut steps, STEPS);
                }
                write(&mut coder, &mut steps, (first - last) % STEPS);
                last = first;
                write(&mut coder, &mut high, second / LOW);
                coder.encode(second % LOW, 1, LOW);
            }
        }
        let (mut distances, mut mean) = (fresh(DISTANCES), Mean::default());
        for &level in &self.levels {
            write(&mut coder, &mut distances, level + BIAS - mean.level());
            mean.add(level);
        }
        coder.finish()
    }

    /// The words by layers: the longest runs that are sorted and do not name each other.
    fn layers(&self) -> Vec<&[(u32, u32)]> {
        let mut layers = Vec::new();
        let (mut start, mut at) = (0, 0);
        while at < self.words.len() {
            at += 1;
            let before = self.words.get(at - 1);
            if before.is_none_or(|before| self.words.get(at).is_none_or(|word| word.0 < before.0)) {
                layers.extend(self.words.get(start..at));
                start = at;
            }
        }
        layers
    }

    /// Reads the shared part. The alphabet is the one of the archive; its first characters are enough.
    ///
    /// # Errors
    /// [`crate::FormatError::Damaged`] when the bytes say anything impossible.
    pub fn from_bytes(alphabet: &Alphabet, bytes: &[u8]) -> Result<Self> {
        let mut coder = RangeDecoder::new(bytes);
        let chars = coder.uniform(NUMBER);
        let count = coder.uniform(NUMBER);
        let layers = coder.uniform(256);
        let symbols = chars + count;
        ensure(
            chars <= alphabet.len() && symbols + SLOTS < NUMBER,
            NAME,
            "has more characters than the alphabet",
        )?;
        let mut trust = [0; CONTEXTS];
        for trust in &mut trust {
            *trust = cast::low_byte(coder.uniform(256).into()).max(1);
        }
        let mut words = Vec::new();
        let (mut steps, mut high) = (fresh(cast::index(STEPS) + 1), fresh(highs(symbols)));
        for _ in 0..layers {
            let mut first = 0;
            for _ in 0..coder.uniform(NUMBER) {
                let is_one_of_them = cast::small(words.len()) < count;
                ensure(
                    is_one_of_them && coder.is_within(),
                    NAME,
                    "has too many words",
                )?;
                loop {
                    let step = steps.read(&mut coder, MORE);
                    first += step;
                    if step < STEPS || first > symbols {
                        break;
                    }
                }
                let second = high.read(&mut coder, MORE) * LOW;
                words.push((first, second + coder.uniform(LOW)));
            }
        }
        let is_whole = cast::small(words.len()) == count;
        ensure(is_whole, NAME, "has another number of words")?;
        let (mut distances, mut mean) = (fresh(DISTANCES), Mean::default());
        let mut levels = Vec::new();
        for _ in 0..=symbols {
            let level = (distances.read(&mut coder, MORE) + mean.level()).checked_sub(BIAS);
            let level = level.unwrap_or(u32::MAX);
            ensure(level <= MAX_LEVEL, NAME, "a level is too high")?;
            mean.add(level);
            levels.push(level);
        }
        ensure(coder.is_at_end(), NAME, "has another length")?;
        Self::new(alphabet, chars, words, levels, trust)
    }
}
