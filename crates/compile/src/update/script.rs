//! The characters of an updated index: those of the older one keep their codes, new ones come behind.

use rustc_hash::FxHashSet;
use souwen_index::SoundParts;
use souwen_text::{Alphabet, FoldTable, cast, is_han};

use super::base::Base;
use crate::error::CompileError;
use crate::limits::Limits;
use crate::run::Counts;
use crate::sounds::{self, Prepared};
use crate::{dictionary, folds, sort};

/// The codes that keys can name.
const KEYS: usize = 0xFFFF;

/// Characters, what folds to them, how they sound.
pub(super) struct Script {
    pub(super) alphabet: Alphabet,
    pub(super) folds: FoldTable,
    /// None if nothing about sounds is new.
    pub(super) sounds: Option<SoundParts>,
    /// The words of the dictionary with their weights.
    pub(super) words: Vec<(String, u16)>,
}

impl Script {
    /// The characters of the first segments of an index, so many, and of what is counted. None if they
    /// are too many.
    pub(super) fn of(
        base: &Base<'_>,
        segments: usize,
        counts: &Counts,
        limits: &Limits,
    ) -> Result<Option<Self>, CompileError> {
        let old = base.index.alphabet();
        let complete = folds::complete();
        let folded = |c: &&char| complete.get(**c).is_some();
        let needed = counts.printed.iter().filter(folded).chain(&counts.streams);
        let mut new: Vec<char> = needed.copied().filter(|&c| old.code(c).is_none()).collect();
        new.sort_unstable();
        new.dedup();
        let mut chars = old.chars().to_vec();
        chars.extend(new);
        let alphabet = Alphabet::from_chars(chars);
        if cast::index(alphabet.len()) >= KEYS || !sort::fits(alphabet.len()) {
            return Ok(None);
        }
        let mut folds = base.ask(|index| {
            // Whatever is in no archive brings all of them.
            index.ready_for("\u{10FFFF}");
            pairs(index.analyser().fold())
        })?;
        let words = base.words()?;
        let held = |c: char| {
            base.ask(|index| {
                let term = index.single(c);
                term.is_some_and(|term| index.document_frequency_in(segments, term) > 0)
            })
        };
        let mut is_new = false;
        for &c in &counts.streams {
            is_new |= !held(c)?;
        }
        is_new |= alphabet.len() > old.len();
        let mut sounds = None;
        if is_new {
            let mut streams: FxHashSet<char> = counts.streams.clone();
            streams.extend(base.index.synonyms().groups().iter().flatten().flatten());
            for &c in old.chars() {
                if held(c)? {
                    streams.insert(c);
                }
            }
            folds.extend(pairs(&folds::for_archive(&streams, &counts.printed)));
            let own = words.iter().map(|own| &own.0);
            let prepared = Prepared::new(own.filter(|word| is_word(word)));
            if !limits.keeps_dictionary {
                dictionary::release();
            }
            sounds = Some(sounds::for_archive(&alphabet, &streams, prepared, |_| true));
        }
        Ok(Some(Self {
            alphabet,
            folds: FoldTable::new(folds),
            sounds,
            words,
        }))
    }
}

fn is_word(word: &str) -> bool {
    word.chars().all(is_han)
}

fn pairs(table: &FoldTable) -> Vec<(char, String)> {
    let pair = |(source, target): (char, &[char])| (source, target.iter().collect());
    table.pairs().map(pair).collect()
}
