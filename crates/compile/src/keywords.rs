//! Which words say most of what an article is about: what is searched for next by those who read it.
//!
//! How telling a word is depends on how many documents have it, which is known only when all are cut.
//! So the best candidates are noted where a document is cut, and the choice is made where it is written.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use souwen_index::{Field, inverse_document_frequency};
use souwen_text::{Alphabet, Analysis, cast, is_stop_word};

use crate::error::CompileError;
use crate::store::{put_number, take_number};

/// Words kept of a document.
const KEPT: usize = 8;
/// Candidates noted of a document.
const NOTED: usize = 24;
/// What a word of a headline or tag counts, one of the text being 1; and what it counts at most.
const HEADLINE: u32 = 2;
const MOST: u32 = 4;

/// A term's key as a number.
pub(crate) fn hash(key: &[u32]) -> u64 {
    use std::hash::Hasher;
    let mut hasher = FxHasher::default();
    key.iter().for_each(|&code| hasher.write_u32(code));
    hasher.finish()
}

/// The words of a document that may say what it is about.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    /// By [`hash`]; none for what says nothing.
    words: FxHashMap<u64, Option<Candidate>>,
}

#[derive(Debug)]
struct Candidate {
    /// Of its first occurrence among the words.
    place: u32,
    count: u32,
    /// How rare it is in general, as the dictionary has it.
    weight: u16,
    key: Box<[u32]>,
}

impl Candidates {
    /// Counts the words of a field, whose characters have these codes: of two characters or more, no
    /// stop words, no figures. `weight` tells how rare a word that stands there is in general.
    pub(crate) fn add(
        &mut self,
        field: Field,
        analysis: &Analysis,
        codes: &[u32],
        weight: impl Fn(Range<usize>) -> u16,
    ) {
        let count = match field {
            Field::Title | Field::Tags => HEADLINE,
            // Names of the byline lead to all that its reporters wrote.
            Field::Reporters => return,
            _ => 1,
        };
        for word in analysis.segmentation() {
            if word.end - word.start < 2 {
                continue;
            }
            let key = codes.get(word.start..word.end).unwrap_or_default();
            let place = cast::small(self.words.len());
            let own = self.words.entry(hash(key)).or_insert_with(|| {
                let text = analysis.text(word);
                let digits = text.chars().any(|c| c.is_ascii_digit());
                (!digits && !is_stop_word(&text)).then(|| Candidate {
                    place,
                    count: 0,
                    weight: weight(word.start..word.end),
                    key: key.into(),
                })
            });
            if let Some(own) = own {
                own.count += count;
            }
        }
    }

    /// Notes the best candidates, which all end here: number, and per candidate count, length and codes.
    /// Their hashes go to `keys`.
    pub(crate) fn note(&mut self, out: &mut Vec<u8>, keys: &mut FxHashSet<u64>) {
        let words = self.words.drain().filter_map(|(_, word)| word);
        let mut words: Vec<Candidate> = words.collect();
        words.sort_unstable_by_key(|own| {
            let telling = own.count.min(MOST) * u32::from(own.weight);
            (Reverse(telling), own.place)
        });
        words.truncate(NOTED);
        words.sort_unstable_by_key(|own| own.place);
        put_number(out, cast::small(words.len()).into());
        for own in &words {
            keys.insert(hash(&own.key));
            put_number(out, own.count.min(MOST).into());
            put_number(out, cast::small(own.key.len()).into());
            own.key
                .iter()
                .for_each(|&code| put_number(out, code.into()));
        }
    }
}

/// Takes a note off the front: the keys of its words.
pub(crate) fn keys(note: &mut &[u8]) -> Result<Vec<Vec<u32>>, CompileError> {
    let mut number = || {
        let number = take_number(note).ok_or(CompileError::Damaged)?;
        u32::try_from(number).map_err(|_| CompileError::Damaged)
    };
    let mut keys = Vec::new();
    for _ in 0..number()? {
        number()?;
        let length = number()?;
        let key: Result<Vec<u32>, CompileError> = (0..length).map(|_| number()).collect();
        keys.push(key?);
    }
    Ok(keys)
}

/// In how many documents the candidates stand, by [`hash`].
pub(crate) type Frequencies = FxHashMap<u64, u32>;

/// Takes a note off the front: the best of its words by tf · idf, the most telling first. A word that no
/// other document has leads back to this one and counts half; one of every tenth document says nothing.
pub(crate) fn choose(
    note: &mut &[u8],
    alphabet: &Alphabet,
    frequencies: &Frequencies,
    documents: u32,
) -> Result<Vec<String>, CompileError> {
    let mut number = || {
        let number = take_number(note).ok_or(CompileError::Damaged)?;
        u32::try_from(number).map_err(|_| CompileError::Damaged)
    };
    let mut words = Vec::new();
    for place in 0..number()? {
        let count = number()?;
        let mut key = Vec::new();
        for _ in 0..number()? {
            key.push(number()?);
        }
        let df = frequencies.get(&hash(&key)).copied().unwrap_or(0);
        if (1..=documents / 10 + 1).contains(&df) {
            let alone = if df > 1 { 2 } else { 1 };
            let weight = count * inverse_document_frequency(documents, df) * alone;
            words.push((Reverse(weight), place, key));
        }
    }
    words.sort_unstable();
    let words = words.into_iter().take(KEPT);
    let text = |key: Vec<u32>| key.iter().filter_map(|&code| alphabet.char(code)).collect();
    Ok(words.map(|(_, _, key)| text(key)).collect())
}
