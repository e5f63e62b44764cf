//! Cutting a text into symbols, and coding them.

use souwen_text::{Alphabet, cast, log2};

use super::frequencies::Frequencies;
use super::history::History;
use super::range::RangeEncoder;
use super::{FLAG, HAN, HAN_COUNT, HIGH, LOW, MORE, TextCodec, remember};
use crate::wire::Writer;

/// Fractional bits of costs.
const FRACTION: u32 = 8;
/// What spelling out a stranger costs beside its symbol.
const SPELLING: u32 = 15 << FRACTION;

/// Codes texts by a [`TextCodec`].
#[derive(Debug)]
pub struct TextEncoder<'a> {
    codec: &'a TextCodec,
    alphabet: &'a Alphabet,
    cutter: Cutter,
}

/// A symbol; a stranger's with its character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    Known(u32),
    Stranger(char),
}

/// Cuts texts so that the symbols' frequencies make them cheapest.
#[derive(Debug)]
pub(super) struct Cutter {
    /// Per character's code, the words that begin with it: the codes that follow, and the symbol.
    words: Vec<Vec<(Vec<u32>, u32)>>,
    /// Per symbol, the stranger's last.
    costs: Vec<u32>,
}

impl Cutter {
    /// Takes the symbols' codes, characters first, and their costs in 1/2⁸ of a bit.
    pub(super) fn new(chars: u32, spellings: &[Vec<u32>], costs: Vec<u32>) -> Self {
        let mut words = vec![Vec::new(); cast::index(chars)];
        for (spelling, symbol) in spellings.iter().zip(0..).skip(words.len()) {
            if let Some((&first, rest)) = spelling.split_first()
                && let Some(words) = words.get_mut(cast::index(first))
            {
                words.push((rest.to_vec(), symbol));
            }
        }
        Self { words, costs }
    }

    fn cost(&self, symbol: Option<u32>) -> u64 {
        let cost = match symbol {
            Some(symbol) => self.costs.get(cast::index(symbol)).copied().unwrap_or(0),
            None => self.costs.last().map_or(SPELLING, |cost| cost + SPELLING),
        };
        cost.into()
    }

    /// The symbols of a text of codes, of which those from `chars` on are strangers; None stands for
    /// these.
    pub(super) fn cut(&self, codes: &[u32]) -> Vec<(usize, Option<u32>)> {
        // Per place: the least cost up to it, the last symbol there, and where that begins.
        let mut best = vec![(u64::MAX, None, 0); codes.len() + 1];
        let mut cost = 0;
        let reach = |best: &mut Vec<(u64, Option<u32>, usize)>, cost, symbol, from, to: usize| {
            if let Some(best) = best.get_mut(to)
                && cost < best.0
            {
                *best = (cost, symbol, from);
            }
        };
        for (from, &code) in codes.iter().enumerate() {
            let words = self.words.get(cast::index(code));
            let own = words.map(|_| code);
            reach(&mut best, cost + self.cost(own), own, from, from + 1);
            let rest = codes.get(from + 1..).unwrap_or_default();
            for (word, symbol) in words.into_iter().flatten() {
                if rest.starts_with(word) {
                    let cost = cost + self.cost(Some(*symbol));
                    reach(&mut best, cost, Some(*symbol), from, from + 1 + word.len());
                }
            }
            cost = best.get(from + 1).map_or(0, |best| best.0);
        }
        let mut symbols = Vec::new();
        let mut to = codes.len();
        while let Some(&(_, symbol, from)) = best.get(to)
            && to > 0
        {
            symbols.push((from, symbol));
            to = from;
        }
        symbols.reverse();
        symbols
    }
}

/// Where a text's symbols go.
pub(super) trait Sink {
    /// Whether a guess in this context is right.
    fn flag(&mut self, context: usize, right: bool);
    /// A symbol by its place in a total.
    fn symbol(&mut self, start: u32, size: u32, total: u32);
}

impl TextCodec {
    /// Makes ready to code texts of the archive with this alphabet.
    #[must_use]
    pub fn encoder<'a>(&'a self, alphabet: &'a Alphabet) -> TextEncoder<'a> {
        let mut spellings: Vec<Vec<u32>> = (0..self.chars).map(|code| vec![code]).collect();
        for &(first, second) in &self.words {
            let parts = [first, second].map(|part| spellings.get(cast::index(part)));
            let word = parts.into_iter().flatten().flatten().copied().collect();
            spellings.push(word);
        }
        let total = log2(self.frequencies.total().into(), FRACTION);
        let cost = |symbol| total - log2(self.frequencies.of(symbol).into(), FRACTION);
        let costs = (0..=self.stranger()).map(cost).collect();
        TextEncoder {
            codec: self,
            alphabet,
            cutter: Cutter::new(self.chars, &spellings, costs),
        }
    }

    /// Hands a text's symbols to a sink as [`TextCodec::decode`] asks for them.
    pub(super) fn walk(&self, symbols: impl Iterator<Item = Symbol>, sink: &mut impl Sink) {
        let mut frequencies = self.frequencies.clone();
        let mut history = History::new(self.symbols());
        let mut strangers: Vec<char> = Vec::new();
        for symbol in symbols {
            let (known, new) = match symbol {
                Symbol::Known(symbol) => (symbol, None),
                Symbol::Stranger(c) => match strangers.iter().position(|&other| other == c) {
                    Some(slot) => (self.stranger() + 1 + cast::small(slot), None),
                    None => (self.stranger(), Some(c)),
                },
            };
            let foretold = place(known, &frequencies, &history, sink);
            let mut symbol = known;
            if let Some(c) = new {
                spell(c, sink);
                symbol = remember(&mut strangers, c, symbol, &mut frequencies);
            }
            frequencies.add(symbol, MORE);
            history.push(symbol, foretold);
        }
    }
}

/// Hands one symbol to a sink; says whether it was foretold.
fn place(symbol: u32, frequencies: &Frequencies, history: &History, sink: &mut impl Sink) -> bool {
    let guesses = history.guesses();
    let mut total = frequencies.total();
    let mut start = frequencies.before(symbol);
    for (guess, context) in guesses.iter() {
        let right = guess == symbol;
        sink.flag(context, right);
        if right {
            return true;
        }
        total -= frequencies.of(guess);
        if guess < symbol {
            start -= frequencies.of(guess);
        }
    }
    sink.symbol(start, frequencies.of(symbol), total);
    false
}

/// Hands a stranger's character to a sink.
fn spell(c: char, sink: &mut impl Sink) {
    let code = u32::from(c);
    if HAN.contains(&code) {
        sink.symbol(code - HAN.start, 1, HAN_COUNT + 1);
    } else {
        sink.symbol(HAN_COUNT, 1, HAN_COUNT + 1);
        sink.symbol(code / LOW, 1, HIGH);
        sink.symbol(code % LOW, 1, LOW);
    }
}

/// Codes what it is given.
struct Coder<'a> {
    codec: &'a TextCodec,
    range: RangeEncoder,
}

impl Sink for Coder<'_> {
    fn flag(&mut self, context: usize, right: bool) {
        let trust = self.codec.trust(context);
        if right {
            self.range.encode(0, trust, FLAG);
        } else {
            self.range.encode(trust, FLAG - trust, FLAG);
        }
    }

    fn symbol(&mut self, start: u32, size: u32, total: u32) {
        self.range.encode(start, size, total);
    }
}

impl TextEncoder<'_> {
    /// The symbols of a text.
    pub(super) fn symbols(&self, text: &str) -> impl Iterator<Item = Symbol> {
        let chars: Vec<char> = text.chars().collect();
        let code = |&c: &char| self.alphabet.code(c).unwrap_or(u32::MAX);
        let codes: Vec<u32> = chars.iter().map(code).collect();
        let symbol = move |(from, symbol): (usize, Option<u32>)| match symbol {
            Some(symbol) => Symbol::Known(symbol),
            None => Symbol::Stranger(chars.get(from).copied().unwrap_or_default()),
        };
        self.cutter.cut(&codes).into_iter().map(symbol)
    }

    /// Codes a text, for [`TextCodec::decode`].
    #[must_use]
    pub fn encode(&self, text: &str) -> Vec<u8> {
        let mut out = Writer::default();
        out.count(text.len());
        let mut coder = Coder {
            codec: self.codec,
            range: RangeEncoder::new(),
        };
        self.codec.walk(self.symbols(text), &mut coder);
        out.bytes.extend(coder.range.finish());
        out.bytes
    }
}
