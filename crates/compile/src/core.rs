//! What an index says of its archive as a whole.

use rustc_hash::FxHashSet;
use souwen_index::{MAX_WEIGHT, Meta, Synonyms};
use souwen_text::{Alphabet, Analyser, Dictionary, FoldTable, weight_of};

use crate::columns;
use crate::dictionary::Words;
use crate::error::CompileError;
use crate::options::Options;
use crate::sink::{Column, Core};
use crate::sounds::{self, Prepared};

/// BM25's k1 and b in thousandths. News articles say the same thing a few times, short and long:
/// a low k1 lets the first occurrence count most, a low b forgives length.
const K1: u32 = 600;
const B: u32 = 300;

/// What goes into a [`Core`].
pub(crate) struct Known {
    pub(crate) alphabet: Alphabet,
    pub(crate) folds: FoldTable,
    /// The characters of streams and of synonyms.
    pub(crate) streams: FxHashSet<char>,
    pub(crate) synonyms: Synonyms,
    pub(crate) prepared: Prepared,
    /// The synonyms that stand nowhere.
    pub(crate) idle: Vec<String>,
}

impl Known {
    pub(crate) fn into_core(
        self,
        mut meta: Meta,
        words: &Words,
        columns: Vec<Column>,
    ) -> Result<Core, CompileError> {
        // The fingerprint that an engine will compute from the finished index.
        let weighted = words
            .iter()
            .map(|(word, &frequency)| (word, weight_of(frequency)));
        let analyser = Analyser::new(self.folds, Dictionary::from_words(weighted)?);
        meta.fingerprint = analyser.fingerprint();
        let is_word = |word: &str| words.contains_key(word);
        Ok(Core {
            meta,
            sounds: sounds::for_archive(&self.alphabet, &self.streams, self.prepared, is_word),
            folds: analyser.fold().clone(),
            synonyms: self.synonyms,
            alphabet: self.alphabet,
            columns,
        })
    }
}

/// What is known about the whole from the beginning.
pub(crate) fn meta(options: &Options, documents: u32, characters: u64) -> Meta {
    Meta {
        name: options.name.clone(),
        language: options.language.clone(),
        generator: crate::GENERATOR.to_owned(),
        documents,
        characters,
        k1: K1,
        b: B,
        half_life_days: options.half_life_days,
        weights: options.weights,
        ..Meta::default()
    }
}

pub(crate) fn check_weights(options: &Options) -> Result<(), CompileError> {
    let mut weights = options.weights.iter();
    match weights.find(|weight| !(1..=MAX_WEIGHT).contains(*weight)) {
        Some(&weight) => Err(CompileError::WeightOutOfRange(weight)),
        None => Ok(()),
    }
}

/// The mean of lengths, at least 1.
pub(crate) fn average(lengths: &[u32]) -> u32 {
    let total: u64 = lengths.iter().map(|&len| u64::from(len)).sum();
    let documents = u64::try_from(lengths.len()).unwrap_or(1).max(1);
    u32::try_from(total / documents).unwrap_or(u32::MAX).max(1)
}

/// The columns with their values in order.
pub(crate) fn columns(options: &Options, values: Vec<FxHashSet<String>>) -> Vec<Column> {
    let names = columns::names(&options.facets).into_iter();
    let columns = names.zip(values).map(|(name, values)| {
        let mut values: Vec<String> = values.into_iter().collect();
        values.sort_unstable();
        Column { name, values }
    });
    columns.collect()
}
