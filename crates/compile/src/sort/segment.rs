//! A segment: the terms of some documents, sorted.
//!
//! ```text
//! per term: number of codes varint, per code varint
//!           documents varint, per document 16 × distance from the one before + class varint
//! ```
//!
//! A run's posting is one number while it is sorted: two codes, a document and a class, in 64 bits. So
//! a segment has 2²⁰ documents at most, and an alphabet as many characters.

use std::io;

use souwen_text::cast;

use super::Emit;
use super::words::Words;
use crate::limits::Limits;
use crate::store::{Log, Stored, put_number};

/// Bits of a code, and of a document's place in its segment.
const BITS: u32 = 20;
const MASK: u64 = (1 << BITS) - 1;
/// Bits of a class.
const CLASS_BITS: u32 = 4;
const CLASS_MASK: u64 = (1 << CLASS_BITS) - 1;
/// Bytes that are handed to the log together.
const BUFFER: usize = 64 * 1024;
/// Postings that a segment has room for whatever the memory.
const LEAST: usize = 256;
/// Bytes of a segment that are enough: larger ones sort no faster.
const ENOUGH: usize = 48 << 20;

/// Whether an alphabet of so many characters can be sorted.
pub(crate) fn fits(characters: u32) -> bool {
    u64::from(characters) < MASK
}

/// One that has been written.
pub(crate) type Segment = Stored;

/// One that is being collected.
#[derive(Debug)]
pub(crate) struct Builder {
    /// The document of each place, ascending.
    documents: Vec<u32>,
    /// First code, second code + 1 or 0, place, class.
    runs: Vec<u64>,
    words: Words,
    /// Word, place, class.
    of_words: Vec<u64>,
    most: usize,
}

impl Builder {
    /// An empty one, which may take a share of the memory.
    pub(crate) fn new(limits: &Limits) -> Self {
        let threads = u64::try_from(limits.threads).unwrap_or(1).max(1);
        Self {
            documents: Vec::new(),
            runs: Vec::new(),
            words: Words::default(),
            of_words: Vec::new(),
            most: limits.share(6 * threads).min(ENOUGH),
        }
    }

    /// Begins a document; it must be greater than all before.
    pub(crate) fn begin(&mut self, document: u32) {
        self.documents.push(document);
    }

    fn place(&self) -> u64 {
        u64::from(cast::small(self.documents.len().saturating_sub(1)))
    }

    /// The document's characters and pairs, each once, with its class: see [`run`].
    pub(crate) fn add_runs(&mut self, runs: impl Iterator<Item = (u64, u8)>) {
        let place = self.place();
        self.runs.extend(
            runs.map(|(run, class)| (run << BITS | place) << CLASS_BITS | u64::from(class)),
        );
    }

    /// The number of a word in this segment.
    pub(crate) fn word(&mut self, word: &[u32]) -> u32 {
        self.words.number(word)
    }

    /// The document's words, each once, with its class.
    pub(crate) fn add_words(&mut self, words: impl Iterator<Item = (u32, u8)>) {
        let place = self.place();
        let entry = |(word, class): (u32, u8)| {
            (u64::from(word) << BITS | place) << CLASS_BITS | u64::from(class)
        };
        self.of_words.extend(words.map(entry));
    }

    /// Whether it is time to write it.
    pub(crate) fn is_full(&self) -> bool {
        let postings = self.runs.len() + self.of_words.len();
        // A list that grows is there twice for a moment.
        let bytes = 12 * postings + self.words.bytes();
        let places = u64::try_from(self.documents.len()).unwrap_or(u64::MAX);
        places >= MASK || postings >= LEAST && bytes >= self.most
    }

    /// Sorts and writes it, and leaves it empty.
    pub(crate) fn write(&mut self, limits: &Limits) -> io::Result<Option<Segment>> {
        if self.documents.is_empty() {
            return Ok(None);
        }
        let mut out = Writer::new(limits);
        let (words, places) = self.words.take();
        self.of_words.iter_mut().for_each(|entry| {
            let (word, rest) = (
                *entry >> (BITS + CLASS_BITS),
                *entry & (((MASK + 1) << CLASS_BITS) - 1),
            );
            let word = usize::try_from(word).ok().and_then(|word| places.get(word));
            *entry = u64::from(word.copied().unwrap_or(0)) << (BITS + CLASS_BITS) | rest;
        });
        drop(places);
        self.runs.sort_unstable();
        self.of_words.sort_unstable();
        let same = |a: &u64, b: &u64| a >> (BITS + CLASS_BITS) == b >> (BITS + CLASS_BITS);
        let mut postings = Vec::new();
        let documents = &self.documents;
        let collect = |list: &[u64], postings: &mut Vec<(u32, u8)>| {
            postings.clear();
            postings.extend(list.iter().map(|entry| {
                let place = usize::try_from(entry >> CLASS_BITS & MASK).unwrap_or(0);
                let class = cast::low_byte(entry & CLASS_MASK);
                (documents.get(place).copied().unwrap_or(0), class)
            }));
        };
        let of_word = |list: &[u64]| {
            let word = list.first().map_or(0, |entry| entry >> (BITS + CLASS_BITS));
            usize::try_from(word).ok().and_then(|word| words.get(word))
        };
        let mut of_words = self.of_words.chunk_by(same).peekable();
        let mut runs = self.runs.chunk_by(same).peekable();
        loop {
            let run = runs.peek().map(|list| key_of(list));
            let word = of_words.peek().and_then(|list| of_word(list));
            let run_first = match (&run, word) {
                (Some((codes, length)), Some(word)) => codes.get(..*length) <= Some(word.as_ref()),
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => break,
            };
            if let Some((codes, length)) = run.filter(|_| run_first) {
                collect(runs.next().unwrap_or_default(), &mut postings);
                let key = codes.get(..length).unwrap_or_default();
                Emit::<io::Error>::emit(&mut out, key, &postings)?;
            } else if let Some(word) = word {
                collect(of_words.next().unwrap_or_default(), &mut postings);
                Emit::<io::Error>::emit(&mut out, word, &postings)?;
            }
        }
        self.documents.clear();
        self.runs.clear();
        self.of_words.clear();
        out.finish().map(Some)
    }
}

/// The number of a character or a pair in the order of their keys.
pub(crate) fn run(first: u32, second: Option<u32>) -> u64 {
    u64::from(first) << BITS | second.map_or(0, |second| u64::from(second) + 1)
}

/// Whether a run is a single character.
pub(crate) fn is_single(run: u64) -> bool {
    run & MASK == 0
}

/// The codes of the run that a list is of, and how many they are.
fn key_of(list: &[u64]) -> ([u32; 2], usize) {
    let run = list.first().map_or(0, |entry| entry >> (BITS + CLASS_BITS));
    let code = |code: u64| u32::try_from(code).unwrap_or(u32::MAX);
    let second = run & MASK;
    let length = if second == 0 { 1 } else { 2 };
    ([code(run >> BITS), code(second.saturating_sub(1))], length)
}

/// Writes terms that come in order.
pub(super) struct Writer<'a> {
    log: Log<'a>,
    buffer: Vec<u8>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self {
            log: Log::new(limits, limits.share(1024)),
            buffer: Vec::new(),
        }
    }

    pub(super) fn finish(mut self) -> io::Result<Segment> {
        self.log.append(&self.buffer)?;
        self.log.finish()
    }
}

impl<E: From<io::Error>> Emit<E> for Writer<'_> {
    fn emit(&mut self, key: &[u32], postings: &[(u32, u8)]) -> Result<(), E> {
        let out = &mut self.buffer;
        put_number(out, cast::small(key.len()).into());
        key.iter().for_each(|&code| put_number(out, code.into()));
        put_number(out, cast::small(postings.len()).into());
        let mut before = 0;
        for &(document, class) in postings {
            let distance = u64::from(document.wrapping_sub(before));
            put_number(out, distance << CLASS_BITS | u64::from(class));
            before = document;
        }
        if out.len() > BUFFER {
            self.log.append(out)?;
            out.clear();
        }
        Ok(())
    }
}
