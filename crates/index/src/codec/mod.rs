//! The code of the articles' texts: each is readable alone, and what all share is a few kilobytes.
//!
//! A text is cut into *symbols*: the archive's commonest characters, its commonest words, and
//! *strangers*, which are characters spelt out. [`TextCodec`] holds what all texts share: the words,
//! how often each symbol is expected, and how far repetitions are to be trusted. Within a text,
//!
//! 1. the symbols that came after the last ones before are guessed ([`history`]); a flag each says
//!    whether the guess is right;
//! 2. else the symbol is coded by its frequency, without the wrong guesses, and is expected the more
//!    from then on ([`frequencies`]);
//! 3. all of it by a range coder ([`range`]).
//!
//! ```text
//! text: bytes of its UTF-8 varint, range-coded symbols
//! stranger, after the symbol that announces it: its place among the Han characters, in 20,993, or
//!           the number above them all, then its code point's high part in 272 and low part in 4096
//! ```
//!
//! On 10,000 news articles of 1,200 characters a text takes 6.7 bits a character, 0.86 of what deflate
//! with a dictionary of 32 KB makes of it.

mod encode;
mod frequencies;
mod history;
mod range;
mod train;
mod wire;

#[cfg(test)]
mod tests;

use std::ops::Range;

use souwen_text::{Alphabet, cast};

use crate::error::{OrDamaged, Result, ensure};
use crate::wire::Reader;
use frequencies::Frequencies;
use history::{CONTEXTS, History};
use range::RangeDecoder;

pub use encode::TextEncoder;

const NAME: &str = "texts";
/// Characters with a symbol of their own at most: with 2,500 one in a hundred is a stranger.
const CHARS: u32 = 2500;
/// Characters of a word at most.
const LONGEST_WORD: usize = 16;
/// Strangers of a text that are remembered.
const SLOTS: u32 = 64;
/// How much more a symbol is expected each time it comes: the shared frequencies count as some 1,000
/// symbols together.
const MORE: u32 = 256;
/// Frequencies are powers of √2; the highest.
const MAX_LEVEL: u32 = 36;
/// Flags are coded in so many parts.
const FLAG: u32 = 256;
/// Han characters that a stranger is one of: U+4E00 to U+9FFF.
const HAN: Range<u32> = 0x4E00..0xA000;
const HAN_COUNT: u32 = HAN.end - HAN.start;
/// Code points' low parts, and how many high parts there are.
const LOW: u32 = 0x1000;
const HIGH: u32 = 0x110;

/// What the texts of an archive share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextCodec {
    /// Characters that are symbols: the first of the alphabet.
    chars: u32,
    /// Words by the symbols that they are made of, which come before them. Their symbols follow the
    /// characters; the stranger's follows the words, and the slots' follow it.
    words: Vec<(u32, u32)>,
    /// Of each character, word and the stranger: its frequency's logarithm to the base √2.
    levels: Vec<u32>,
    /// Per context, in 256ths, how often a guess is right: 1 to 255.
    trust: [u8; CONTEXTS],
    /// The characters and words, spelt out.
    spellings: String,
    /// Where each of them ends.
    ends: Vec<u32>,
    frequencies: Frequencies,
}

/// √2 to the power of `level`.
fn frequency(level: u32) -> u32 {
    match level % 2 {
        0 => 1 << (level / 2),
        _ => (181 << (level / 2)) >> 7,
    }
}

/// Counts a stranger, and remembers it if there is a slot: gives the symbol that stands for it in what
/// follows. `symbol` is the one that announced it.
fn remember(strangers: &mut Vec<char>, c: char, symbol: u32, frequencies: &mut Frequencies) -> u32 {
    frequencies.add(symbol, MORE);
    // A slot needs a frequency.
    if cast::small(strangers.len()) >= SLOTS || frequencies.are_settled() {
        return symbol;
    }
    strangers.push(c);
    symbol + cast::small(strangers.len())
}

impl TextCodec {
    /// Puts together what is stored and what follows from it.
    fn new(
        alphabet: &Alphabet,
        chars: u32,
        words: Vec<(u32, u32)>,
        levels: Vec<u32>,
        trust: [u8; CONTEXTS],
    ) -> Result<Self> {
        let mut spellings = String::new();
        let mut ends: Vec<u32> = Vec::new();
        let own = alphabet.chars().get(..cast::index(chars));
        for &c in own.or_damaged(NAME, "has more characters than the alphabet")? {
            spellings.push(c);
            ends.push(cast::small(spellings.len()));
        }
        for &(first, second) in &words {
            let mut word = String::new();
            for part in [first, second] {
                let part = spelling(&spellings, &ends, part);
                word.push_str(part.or_damaged(NAME, "a word's part comes after it")?);
            }
            // Not `count`, which is nearly a kilobyte of wasm.
            let is_short = word.chars().nth(LONGEST_WORD).is_none();
            ensure(is_short, NAME, "a word is too long")?;
            spellings.push_str(&word);
            ends.push(cast::small(spellings.len()));
        }
        let mut frequencies: Vec<u32> = levels.iter().map(|&level| frequency(level)).collect();
        let total: u64 = frequencies.iter().copied().map(u64::from).sum();
        ensure(total < 1 << 22, NAME, "frequencies are too high")?;
        frequencies.extend([0; cast::index(SLOTS)]);
        Ok(Self {
            chars,
            words,
            levels,
            trust,
            spellings,
            ends,
            frequencies: Frequencies::new(frequencies),
        })
    }

    /// The symbol that announces a stranger.
    fn stranger(&self) -> u32 {
        cast::small(self.ends.len())
    }

    /// How many symbols there are.
    fn symbols(&self) -> usize {
        self.ends.len() + 1 + cast::index(SLOTS)
    }

    fn trust(&self, context: usize) -> u32 {
        self.trust.get(context).copied().unwrap_or(1).into()
    }

    /// Decodes what [`TextEncoder::encode`] made: a text of at most `limit` bytes. Time and memory are
    /// bounded by the limit, whatever the bytes are.
    ///
    /// # Errors
    /// [`crate::FormatError::Damaged`] when the bytes are not the code of such a text.
    pub fn decode(&self, bytes: &[u8], limit: usize) -> Result<String> {
        let mut reader = Reader::new(NAME, bytes);
        let length = reader.count_unbounded()?;
        ensure(length <= limit, NAME, "a text is longer than it may be")?;
        let mut coder = RangeDecoder::new(reader.take(reader.rest())?);
        let mut frequencies = self.frequencies.clone();
        let mut history = History::new(self.symbols());
        let mut strangers: Vec<char> = Vec::new();
        let mut text = String::new();
        while text.len() < length {
            ensure(coder.is_within(), NAME, "a text is cut off")?;
            let (mut symbol, foretold) = self.symbol(&mut coder, &frequencies, &history);
            if let Some(spelling) = spelling(&self.spellings, &self.ends, symbol) {
                text.push_str(spelling);
            } else if let Some(slot) = symbol.checked_sub(self.stranger() + 1) {
                let c = strangers.get(cast::index(slot)).copied();
                text.push(c.or_damaged(NAME, "a stranger has not come yet")?);
            } else {
                let c = stranger(&mut coder).or_damaged(NAME, "names no character")?;
                text.push(c);
                symbol = remember(&mut strangers, c, symbol, &mut frequencies);
            }
            frequencies.add(symbol, MORE);
            history.push(symbol, foretold);
        }
        let is_whole = text.len() == length && coder.is_at_end();
        ensure(is_whole, NAME, "a text has another length than it claims")?;
        Ok(text)
    }

    /// The next symbol, and whether it was foretold.
    fn symbol(
        &self,
        coder: &mut RangeDecoder,
        frequencies: &Frequencies,
        history: &History,
    ) -> (u32, bool) {
        let guesses = history.guesses();
        let mut total = frequencies.total();
        for (symbol, context) in guesses.iter() {
            let trust = self.trust(context);
            if coder.position(FLAG) < trust {
                coder.accept(0, trust);
                return (symbol, true);
            }
            coder.accept(trust, FLAG - trust);
            total -= frequencies.of(symbol);
        }
        // What was guessed wrongly has no room: places beyond it are further on.
        let mut place = coder.position(total);
        let mut skipped = 0;
        for symbol in guesses.ascending() {
            if frequencies.before(symbol) <= place {
                place += frequencies.of(symbol);
                skipped += frequencies.of(symbol);
            }
        }
        let (symbol, before) = frequencies.find(place);
        coder.accept(before - skipped, frequencies.of(symbol));
        (symbol, false)
    }
}

fn spelling<'a>(spellings: &'a str, ends: &[u32], symbol: u32) -> Option<&'a str> {
    let symbol = cast::index(symbol);
    let end = *ends.get(symbol)?;
    let start = symbol.checked_sub(1).and_then(|before| ends.get(before));
    spellings.get(cast::index(start.copied().unwrap_or(0))..cast::index(end))
}

fn stranger(coder: &mut RangeDecoder) -> Option<char> {
    let han = coder.uniform(HAN_COUNT + 1);
    let code = if han < HAN_COUNT {
        HAN.start + han
    } else {
        let high = coder.uniform(HIGH);
        high * LOW + coder.uniform(LOW)
    };
    char::from_u32(code)
}
