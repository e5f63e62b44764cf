//! The terms of all segments beside the words of the dictionary.

use std::iter::Peekable;
use std::vec::IntoIter;

use rustc_hash::FxHashSet;
use souwen_index::{BROKEN, IN_HEADLINE, Posting, TELLS_BROKEN, Writer};
use souwen_text::{Alphabet, FRAGMENT, cast, is_han};

use crate::dictionary::Words;
use crate::error::CompileError;
use crate::keywords::{self, Frequencies};
use crate::limits::{Limits, Stage, Watch};
use crate::sort::{self, Segment};

/// Terms that are done between two reports.
const REPORT: u64 = 1 << 14;
/// What has no smaller code can be part of no key: it could be in no reader's query either.
const KEYS: u32 = 0xFFFF;

/// The words, spelled in the archive's alphabet, and the way there from the one that texts were cut with.
pub(crate) struct Lexicon {
    alphabet: Alphabet,
    /// Codes that texts were cut with → codes of the alphabet. Ascending, so that order stays.
    codes: Vec<u32>,
    /// The dictionary's words with their frequencies, in order of their keys.
    words: Vec<(Box<[u32]>, u64)>,
}

impl Lexicon {
    /// `needed` are the characters that must be in the alphabet beside those of the words.
    pub(crate) fn new(provisional: &Alphabet, words: &Words, mut needed: FxHashSet<char>) -> Self {
        needed.extend(words.keys().flat_map(|word| word.chars()));
        let mut codes = Vec::new();
        let mut chars = Vec::new();
        for &c in provisional.chars() {
            codes.push(cast::small(chars.len()));
            if needed.contains(&c) {
                chars.push(c);
            }
        }
        let alphabet = Alphabet::from_chars(chars);
        let code = |c| alphabet.code(c).unwrap_or(u32::MAX);
        let mut words: Vec<(Box<[u32]>, u64)> = words
            .iter()
            .map(|(word, &frequency)| (word.chars().map(code).collect(), frequency))
            .collect();
        words.sort_unstable();
        Self {
            alphabet,
            codes,
            words,
        }
    }

    /// The archive's alphabet.
    pub(crate) fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    /// Writes every term; gives their number. `frequencies` are set for the keys that they have.
    pub(crate) fn merge(
        self,
        segments: Vec<Segment>,
        frequencies: &mut Frequencies,
        limits: &Limits,
        watch: &dyn Watch,
        writer: &mut Writer<'_>,
    ) -> Result<u32, CompileError> {
        watch.stage(Stage::Terms, 0);
        let mut joiner = Joiner {
            writer,
            watch,
            alphabet: self.alphabet,
            words: self.words.into_iter().peekable(),
            list: Vec::new(),
            terms: 0,
        };
        let codes = self.codes;
        let mut own = Vec::new();
        sort::merge(
            segments,
            limits,
            &mut |key: &[u32], postings: &[Posting]| {
                let code = |&code: &u32| codes.get(cast::index(code)).copied();
                own.clear();
                own.extend(key.iter().filter_map(code));
                let written = joiner.add(&own, postings)?;
                if written && let Some(slot) = frequencies.get_mut(&keywords::hash(key)) {
                    *slot = cast::small(postings.len());
                }
                Ok::<_, CompileError>(())
            },
        )?;
        joiner.rest()?;
        u32::try_from(joiner.terms).map_err(|_| CompileError::TooLarge)
    }
}

/// Joins what documents hold with the dictionary, which has words for queries only, too.
struct Joiner<'a, 's> {
    writer: &'a mut Writer<'s>,
    watch: &'a dyn Watch,
    alphabet: Alphabet,
    words: Peekable<IntoIter<(Box<[u32]>, u64)>>,
    list: Vec<Posting>,
    terms: u64,
}

impl Joiner<'_, '_> {
    /// Adds what stands in documents; says whether it is worth a key.
    fn add(&mut self, key: &[u32], postings: &[Posting]) -> Result<bool, CompileError> {
        while let Some((own, frequency)) = self.words.next_if(|own| *own.0 < *key) {
            self.write(&own, frequency, &[])?;
        }
        let frequency = self.words.next_if(|own| *own.0 == *key).map(|own| own.1);
        // A Chinese word that is none of the dictionary any more is no text's. A number or a Latin
        // word that stands in one document only is not worth a key: its pairs find that document
        // as well. What fragment there is none of, though, is in no document.
        let several = postings.len() > 1 || self.is_fragment(key);
        let worth = key.len() < 3 || frequency.is_some() || several && !self.is_han(key);
        if worth {
            self.write(key, frequency.unwrap_or(0), postings)?;
        }
        Ok(worth)
    }

    fn is_fragment(&self, key: &[u32]) -> bool {
        let last = key.last().and_then(|&code| self.alphabet.char(code));
        last == Some(FRAGMENT)
    }

    fn is_han(&self, key: &[u32]) -> bool {
        let is_han = |&code: &u32| self.alphabet.char(code).is_some_and(is_han);
        key.iter().all(is_han)
    }

    /// Gives the words that come after all that stands in documents.
    fn rest(&mut self) -> Result<(), CompileError> {
        while let Some((own, frequency)) = self.words.next() {
            self.write(&own, frequency, &[])?;
        }
        Ok(())
    }

    fn write(
        &mut self,
        key: &[u32],
        frequency: u64,
        postings: &[Posting],
    ) -> Result<(), CompileError> {
        if key.iter().any(|&code| code >= KEYS) {
            return Ok(());
        }
        let tells = postings.len() >= TELLS_BROKEN;
        let class = |class| match class % IN_HEADLINE {
            BROKEN if !tells => class - BROKEN,
            _ => class,
        };
        self.list.clear();
        let own = postings.iter();
        self.list
            .extend(own.map(|&(document, own)| (document, class(own))));
        self.writer.term(key, frequency, &self.list)?;
        self.terms += 1;
        if self.terms.is_multiple_of(REPORT) {
            self.watch.advance(REPORT);
        }
        Ok(())
    }
}
