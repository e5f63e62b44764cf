//! The segment that an update writes.

use rustc_hash::FxHashSet;
use souwen_index::{Meta, Posting, Writer};
use souwen_text::{Analyser, Dictionary, cast};

use super::base::Base;
use super::reprints::Old;
use super::script::Script;
use crate::cut::{self, Cut, Cutting};
use crate::duplicates;
use crate::error::CompileError;
use crate::folds;
use crate::keywords::{self, Frequencies};
use crate::limits::{Limits, Stage, Watch};
use crate::notes::Notes;
use crate::run::Spool;
use crate::sort;

/// Terms that are done between two reports.
const REPORT: u64 = 1 << 14;

/// Documents that have been cut.
pub(super) struct Segment {
    cut: Cut,
    /// In how many documents of the kept segments what may be a keyword stands.
    frequencies: Frequencies,
}

impl Segment {
    /// Cuts documents with the words of the older index.
    pub(super) fn cut(
        base: &Base<'_>,
        segments: usize,
        spool: &Spool,
        script: &Script,
        meta: &Meta,
        limits: &Limits,
        watch: &dyn Watch,
    ) -> Result<Self, CompileError> {
        let words = script.words.iter();
        let begun: FxHashSet<u64> = words
            .clone()
            .filter_map(|(word, _)| cut::begun(&word.chars().collect::<Vec<char>>()))
            .collect();
        let dictionary = Dictionary::from_words(words.map(|(word, weight)| (word, *weight)));
        let cutting = Cutting {
            analyser: &Analyser::new(folds::complete(), dictionary),
            begun: &begun,
            alphabet: &script.alphabet,
            meta,
            sought: &[],
        };
        let cut = cut::cut(&cutting, spool, limits, watch)?;
        let mut frequencies = Frequencies::default();
        for chunk in spool.chunks() {
            let notes = cut.notes.read(chunk.start)?;
            let mut notes = notes.as_slice();
            for _ in chunk {
                for key in keywords::keys(&mut notes)? {
                    let hash = keywords::hash(&key);
                    if frequencies.contains_key(&hash) {
                        continue;
                    }
                    let df = base.ask(|index| {
                        let term = index.term(&key);
                        term.map_or(0, |term| index.document_frequency_in(segments, term))
                    })?;
                    frequencies.insert(hash, df);
                }
            }
        }
        Ok(Self { cut, frequencies })
    }

    /// By document the first one of the same text, by number in the whole index.
    pub(super) fn groups(
        &self,
        spool: &Spool,
        old: &Old<'_>,
        limits: &Limits,
    ) -> Result<Vec<u32>, CompileError> {
        let read = |documents: &[u32]| {
            let entries = spool.read(documents)?;
            Ok(entries.into_iter().map(cut::compared).collect())
        };
        let bands = &self.cut.bands;
        let groups = duplicates::groups(bands, spool.documents(), old.fold, limits, read)?;
        old.groups(spool, &groups)
    }

    /// Writes the terms; gives what is left to write the documents.
    ///
    /// A longer term is worth a list only if the first segment, which has the words, knows it. All
    /// lists tell what stands only with punctuation inside, however short they are: the first
    /// segment's may be long.
    pub(super) fn terms(
        self,
        base: &Base<'_>,
        limits: &Limits,
        watch: &dyn Watch,
        writer: &mut Writer<'_>,
    ) -> Result<(Notes, Frequencies), CompileError> {
        watch.stage(Stage::Terms, 0);
        let mut frequencies = self.frequencies;
        let mut terms = 0u64;
        let write = &mut |key: &[u32], postings: &[Posting]| {
            let known = key.len() < 3 || base.ask(|index| index.term(key).is_some())?;
            if known {
                writer.term(key, 0, postings)?;
                terms += 1;
                if terms.is_multiple_of(REPORT) {
                    watch.advance(REPORT);
                }
                if let Some(slot) = frequencies.get_mut(&keywords::hash(key)) {
                    *slot += cast::small(postings.len());
                }
            }
            Ok::<_, CompileError>(())
        };
        sort::merge(self.cut.segments, limits, write)?;
        Ok((self.cut.notes, frequencies))
    }
}
