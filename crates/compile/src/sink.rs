//! What a build gives to an encoder, piece by piece.

use souwen_index::{Document, Meta, Posting, Record, SoundParts, Synonyms};
use souwen_text::{Alphabet, FoldTable};

use crate::error::CompileError;

/// Takes an archive: [`Sink::begin`] once, [`Sink::term`] for every term in order, [`Sink::documents`]
/// for all documents in order, [`Sink::finish`] once. The same archive comes in the same calls, but for
/// how many documents come together.
pub trait Sink {
    /// What is known of the whole before its terms.
    ///
    /// # Errors
    /// Whatever keeps it from being encoded; no call follows.
    fn begin(&mut self, core: Core) -> Result<(), CompileError>;

    /// The next term. Keys ascend; a key that begins another comes before it.
    ///
    /// # Errors
    /// As above.
    fn term(&mut self, term: Term<'_>) -> Result<(), CompileError>;

    /// The next documents, of which the first has the number `first`.
    ///
    /// # Errors
    /// As above.
    fn documents(&mut self, first: u32, batch: Vec<DocumentParts>) -> Result<(), CompileError>;

    /// That was all.
    ///
    /// # Errors
    /// As above.
    fn finish(&mut self) -> Result<(), CompileError> {
        Ok(())
    }
}

/// What is known of an archive before its terms.
#[derive(Debug, Clone)]
pub struct Core {
    /// About the whole.
    pub meta: Meta,
    /// What characters fold to.
    pub folds: FoldTable,
    /// What words mean the same.
    pub synonyms: Synonyms,
    /// The characters of texts and terms.
    pub alphabet: Alphabet,
    /// How characters and words are read, and what they look like.
    pub sounds: SoundParts,
    /// The columns to filter and count by.
    pub columns: Vec<Column>,
}

/// A column and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The field's name.
    pub name: String,
    /// The distinct values, sorted.
    pub values: Vec<String>,
}

/// All that stands under one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term<'a> {
    /// Codes of the alphabet.
    pub key: &'a [u32],
    /// Where the characters stand side by side, wherever words are cut: for keys of one or two codes. Of
    /// a single character every class is 0. Empty if they stand nowhere.
    pub run: &'a [Posting],
    /// The lexicon's entry, if it has one.
    pub word: Option<Word<'a>>,
}

/// An entry of the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// Its frequency in the dictionary; 0 if it is a mere term, which cuts no text.
    pub frequency: u64,
    /// Where it stands as a word. Empty for one and two Chinese characters, whose places are those of
    /// the run, and for words that are there for queries only.
    pub postings: &'a [Posting],
}

/// All of one document but its terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentParts {
    /// Its facts.
    pub document: Document,
    /// Per column: the numbers of its values, in its own order, each once.
    pub columns: Vec<Vec<u32>>,
    /// Its text.
    pub record: Record,
}

impl Column {
    /// The numbers of values, each once.
    pub(crate) fn numbers(&self, values: &[String]) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(values.len());
        for value in values {
            if let Ok(at) = self.values.binary_search(value) {
                let number = souwen_text::cast::small(at);
                if !numbers.contains(&number) {
                    numbers.push(number);
                }
            }
        }
        numbers
    }
}
