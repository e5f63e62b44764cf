//! The terms of all segments beside the words of the dictionary.

use std::iter::Peekable;
use std::vec::IntoIter;

use rustc_hash::FxHashSet;
use souwen_text::{Alphabet, cast};

use crate::dictionary::Words;
use crate::error::CompileError;
use crate::limits::{Limits, Stage, Watch};
use crate::sink::{Sink, Term, Word};
use crate::sort::{self, Kind, Segment};

/// Terms that are done between two reports.
const REPORT: u64 = 1 << 14;

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

    /// Gives every term to a sink; gives their number.
    pub(crate) fn merge(
        self,
        segments: Vec<Segment>,
        limits: &Limits,
        watch: &dyn Watch,
        sink: &mut impl Sink,
    ) -> Result<u32, CompileError> {
        watch.stage(Stage::Terms, 0);
        let singles = u64::from(self.alphabet.len());
        let mut joiner = Joiner {
            sink,
            watch,
            words: self.words.into_iter().peekable(),
            key: Vec::new(),
            run: Vec::new(),
            word: None,
            terms: singles,
            reported: singles,
        };
        let codes = self.codes;
        let mut own = Vec::new();
        sort::merge(
            segments,
            limits,
            &mut |key: &[u32], kind, postings: &[(u32, u8)]| {
                let code = |&code: &u32| codes.get(cast::index(code)).copied();
                own.clear();
                own.extend(key.iter().filter_map(code));
                joiner.add(&own, kind, postings)
            },
        )?;
        joiner.end()?;
        u32::try_from(joiner.terms).map_err(|_| CompileError::TooLarge)
    }
}

/// Puts together what stands under one key.
struct Joiner<'a, S> {
    sink: &'a mut S,
    watch: &'a dyn Watch,
    words: Peekable<IntoIter<(Box<[u32]>, u64)>>,
    key: Vec<u32>,
    run: Vec<(u32, u8)>,
    word: Option<Vec<(u32, u8)>>,
    terms: u64,
    reported: u64,
}

impl<S: Sink> Joiner<'_, S> {
    fn add(&mut self, key: &[u32], kind: Kind, postings: &[(u32, u8)]) -> Result<(), CompileError> {
        if self.key != key {
            self.flush()?;
            self.before(key)?;
            self.key.clear();
            self.key.extend_from_slice(key);
        }
        match kind {
            Kind::Run => self.run.extend_from_slice(postings),
            Kind::Word => self.word = Some(postings.to_vec()),
        }
        Ok(())
    }

    /// Gives what stands under the key.
    fn flush(&mut self) -> Result<(), CompileError> {
        if self.key.is_empty() {
            return Ok(());
        }
        let is_own = |own: &(Box<[u32]>, u64)| *own.0 == *self.key;
        let frequency = self.words.next_if(is_own).map(|own| own.1);
        // A number or a Latin word that stands in one document only is not worth a key: its pairs
        // find that document as well.
        let of_word = self.word.take();
        let of_word = of_word.filter(|list| frequency.is_some() || list.len() > 1);
        let word = (frequency.is_some() || of_word.is_some()).then(|| Word {
            frequency: frequency.unwrap_or(0),
            postings: of_word.as_deref().unwrap_or_default(),
        });
        self.terms += u64::from(self.key.len() == 2 && !self.run.is_empty());
        self.terms += u64::from(word.is_some());
        if !self.run.is_empty() || word.is_some() {
            let key = &self.key;
            let run = &self.run;
            self.sink.term(Term { key, run, word })?;
        }
        self.run.clear();
        if self.terms - self.reported > REPORT {
            self.watch.advance(self.terms - self.reported);
            self.reported = self.terms;
        }
        Ok(())
    }

    /// Gives the words that come before a key and stand in no text.
    fn before(&mut self, key: &[u32]) -> Result<(), CompileError> {
        while let Some((own, frequency)) = self.words.next_if(|own| *own.0 < *key) {
            self.alone(&own, frequency)?;
        }
        Ok(())
    }

    fn alone(&mut self, key: &[u32], frequency: u64) -> Result<(), CompileError> {
        self.terms += 1;
        let word = Some(Word {
            frequency,
            postings: &[],
        });
        self.sink.term(Term {
            key,
            run: &[],
            word,
        })
    }

    fn end(&mut self) -> Result<(), CompileError> {
        self.flush()?;
        while let Some((own, frequency)) = self.words.next() {
            self.alone(&own, frequency)?;
        }
        Ok(())
    }
}
