//! What the texts of an archive share, found in a sample of them.

use souwen_text::{Alphabet, cast, log2};

use super::encode::{Cutter, Sink};
use super::history::CONTEXTS;
use super::{CHARS, LONGEST_WORD, MAX_LEVEL, TextCodec};
use crate::error::Result;

mod words;

/// Fractional bits of costs.
const FRACTION: u32 = 8;
/// The frequencies' logarithm to the base √2 for all symbols together.
const WHOLE: u32 = 36;
/// What a word takes in the shared part. It must save more.
const WORD: u64 = 20 << FRACTION;
/// How many times frequencies are counted and texts cut by them.
const ROUNDS: u32 = 3;
/// Of so many texts of the sample, one is asked how often guesses are right.
const GUESSED: usize = 4;

/// Symbols, with how often they come.
struct Symbols {
    chars: u32,
    words: Vec<(u32, u32)>,
    /// Per symbol, its characters' codes.
    spellings: Vec<Vec<u32>>,
    /// Per symbol, and the stranger's last.
    counts: Vec<u64>,
}

impl Symbols {
    /// What each costs, in 1/2⁸ of a bit.
    fn costs(&self) -> Vec<u32> {
        // Symbols that never came are expected half as often as those that came once.
        let total: u64 = self.counts.iter().map(|count| count * 2 + 1).sum();
        let total = log2(total, FRACTION);
        let cost = |&count: &u64| total - log2(count * 2 + 1, FRACTION);
        self.counts.iter().map(cost).collect()
    }

    /// Counts symbols where the texts are cut by costs.
    fn count(&mut self, texts: &[Vec<u32>], costs: Vec<u32>) {
        let cutter = Cutter::new(self.chars, &self.spellings, costs);
        let stranger = self.spellings.len();
        self.counts = vec![0; stranger + 1];
        for text in texts {
            for (_, symbol) in cutter.cut(text) {
                let place = symbol.map_or(stranger, cast::index);
                if let Some(count) = self.counts.get_mut(place) {
                    *count += 1;
                }
            }
        }
    }

    /// Leaves out words that save less than they take, unless others are made of them.
    fn prune(&mut self) {
        let costs = self.costs();
        let cost = |symbol: u32| u64::from(costs.get(cast::index(symbol)).copied().unwrap_or(0));
        let mut wanted = vec![true; cast::index(self.chars)];
        wanted.resize(self.spellings.len(), false);
        let end = cast::small(self.spellings.len());
        for (symbol, &(first, second)) in (self.chars..end).zip(&self.words).rev() {
            let count = self.counts.get(cast::index(symbol)).copied().unwrap_or(0);
            let saved = (cost(first) + cost(second)).saturating_sub(cost(symbol));
            let is_part = wanted.get(cast::index(symbol)) == Some(&true);
            if count * saved > WORD || is_part {
                for symbol in [symbol, first, second] {
                    if let Some(wanted) = wanted.get_mut(cast::index(symbol)) {
                        *wanted = true;
                    }
                }
            }
        }
        self.arrange(&wanted);
    }

    /// Orders the wanted words by layers (those of parts in earlier layers), sorted in each.
    fn arrange(&mut self, wanted: &[bool]) {
        let all = self.spellings.len();
        let mut number: Vec<Option<u32>> = (0..self.chars).map(Some).collect();
        number.resize(all, None);
        let mut arranged = Vec::new();
        loop {
            let numbered = |part: u32| number.get(cast::index(part)).copied().flatten();
            let waiting = (self.chars..).zip(&self.words).filter(|&(symbol, _)| {
                wanted.get(cast::index(symbol)) == Some(&true) && numbered(symbol).is_none()
            });
            let ready = |(symbol, &(first, second)): (u32, &(u32, u32))| {
                Some((numbered(first)?, numbered(second)?, symbol))
            };
            let mut layer: Vec<(u32, u32, u32)> = waiting.filter_map(ready).collect();
            if layer.is_empty() {
                break;
            }
            layer.sort_unstable();
            for (first, second, symbol) in layer {
                let new = self.chars + cast::small(arranged.len());
                if let Some(number) = number.get_mut(cast::index(symbol)) {
                    *number = Some(new);
                }
                arranged.push(((first, second), symbol));
            }
        }
        let take = |values: &[u64], symbol: u32| values.get(cast::index(symbol)).copied();
        let mut counts: Vec<u64> = self
            .counts
            .get(..cast::index(self.chars))
            .unwrap_or_default()
            .to_vec();
        let mut spellings: Vec<Vec<u32>> = (0..self.chars).map(|code| vec![code]).collect();
        for &(_, symbol) in &arranged {
            counts.extend(take(&self.counts, symbol));
            spellings.extend(self.spellings.get(cast::index(symbol)).cloned());
        }
        counts.extend(self.counts.last());
        self.counts = counts;
        self.spellings = spellings;
        self.words = arranged.into_iter().map(|(word, _)| word).collect();
    }

    fn levels(&self) -> Vec<u32> {
        let cost = |cost: u32| {
            // To the base √2, rounded.
            let halves = (cost * 2 + (1 << (FRACTION - 1))) >> FRACTION;
            WHOLE.saturating_sub(halves).min(MAX_LEVEL)
        };
        self.costs().into_iter().map(cost).collect()
    }
}

/// Counts how often guesses are right and how often wrong.
struct Trust([(u32, u32); CONTEXTS]);

impl Sink for Trust {
    fn flag(&mut self, context: usize, right: bool) {
        if let Some((rights, all)) = self.0.get_mut(context) {
            *rights += u32::from(right);
            *all += 1;
        }
    }

    fn symbol(&mut self, _: u32, _: u32, _: u32) {}
}

impl TextCodec {
    /// As many words as a large archive may well have. Of 10,000 articles:
    ///
    /// | words | shared part | all texts | ten texts and the shared part |
    /// |---|---|---|---|
    /// | 0 | 0.7 KB | 11.46 MB | 12.2 KB |
    /// | 500 | 1.9 KB | 10.71 MB | 12.6 KB |
    /// | 1,000 | 2.9 KB | 10.41 MB | 13.4 KB |
    /// | 1,500 | 4.0 KB | 10.22 MB | 14.2 KB |
    /// | 2,000 | 5.1 KB | 10.08 MB | 15.2 KB |
    /// | 4,000 | 9.5 KB | 9.75 MB | 19.3 KB |
    pub const WORDS: u32 = 1500;

    /// Finds what texts share in a sample of them: some megabytes are enough, and take a second. At
    /// most `words` words become symbols, fewer where they would not save what they take. The same
    /// sample gives the same codec.
    ///
    /// # Errors
    /// None with an alphabet and a sample of one archive.
    pub fn train<S: AsRef<str>>(alphabet: &Alphabet, sample: &[S], words: u32) -> Result<Self> {
        let code = |c| alphabet.code(c).unwrap_or(u32::MAX);
        let text = |text: &S| text.as_ref().chars().map(code).collect();
        let texts: Vec<Vec<u32>> = sample.iter().map(text).collect();
        let chars = alphabet.len().min(CHARS);
        let words = words::find(&texts, chars, words, LONGEST_WORD);
        let mut spellings: Vec<Vec<u32>> = (0..chars).map(|code| vec![code]).collect();
        for &(first, second) in &words {
            let parts = [first, second].map(|part| spellings.get(cast::index(part)));
            let word = parts.into_iter().flatten().flatten().copied().collect();
            spellings.push(word);
        }
        let mut symbols = Symbols {
            chars,
            words,
            counts: Vec::new(),
            spellings,
        };
        // To begin with, what is longer is cheaper.
        let first = symbols.spellings.iter().map(|_| 12 << FRACTION);
        let mut costs: Vec<u32> = first.chain([12 << FRACTION]).collect();
        for round in 0..ROUNDS {
            symbols.count(&texts, costs);
            if round + 2 == ROUNDS {
                symbols.prune();
            }
            costs = symbols.costs();
        }
        let levels = symbols.levels();
        let mut codec = Self::new(alphabet, chars, symbols.words, levels, [128; CONTEXTS])?;
        codec.trust = codec.learn_trust(alphabet, sample);
        Ok(codec)
    }

    fn learn_trust<S: AsRef<str>>(&self, alphabet: &Alphabet, sample: &[S]) -> [u8; CONTEXTS] {
        let encoder = self.encoder(alphabet);
        let mut trust = Trust([(1, 3); CONTEXTS]);
        for text in sample.iter().step_by(GUESSED) {
            self.walk(encoder.symbols(text.as_ref()), &mut trust);
        }
        let share = |(rights, all): (u32, u32)| {
            let share = (u64::from(rights) * 256 + u64::from(all) / 2) / u64::from(all);
            cast::low_byte(share.clamp(1, 255))
        };
        trust.0.map(share)
    }
}
