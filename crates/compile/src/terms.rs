//! Articles → postings: every term of every document, weighed by field.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use souwen_index::{Field, Meta, Posting, class_of};
use souwen_text::{Analyser, Lexicon, cast, is_han};

use crate::duplicates::Sketch;

/// What one document contributes.
pub(crate) struct DocumentTerms {
    /// Characters and pairs as `(key, field-weighted frequency)`; see [`single`] and [`pair`].
    short: Vec<(u64, u32)>,
    /// Words of three and more characters, and all with letters or figures.
    words: Vec<(String, u32)>,
    /// Chinese words of any length that its segmentation used, inner ones included.
    pub(crate) cut: HashSet<String>,
    /// Characters of its streams.
    pub(crate) length: u32,
    /// What tells whether another document has the same text.
    pub(crate) sketch: Sketch,
}

/// The key of a single character: below every pair's.
fn single(c: char) -> u64 {
    u64::from(u32::from(c))
}

/// The key of a pair. A first character is never NUL, so no pair is a single.
fn pair(first: char, second: char) -> u64 {
    u64::from(u32::from(first)) << 32 | u64::from(u32::from(second))
}

/// Whether a word needs a term of its own: one or two characters are a single or a pair.
fn needs_term(word: &[char]) -> bool {
    word.len() > 2
}

/// Cuts a document's fields and adds up its terms, weighed as `meta` says.
pub(crate) fn of_document<L: Lexicon>(
    analyser: &Analyser<L>,
    meta: &Meta,
    fields: &[(Field, String)],
) -> DocumentTerms {
    let mut short: HashMap<u64, u32> = HashMap::new();
    let mut words: HashMap<String, u32> = HashMap::new();
    let mut cut = HashSet::new();
    let mut length = 0;
    let mut sketch = Sketch::default();
    for (field, text) in fields {
        let weight = meta.weight(*field);
        let analysis = analyser.analyse(text);
        let chars = analysis.stream.chars();
        length += cast::small(chars.len());
        sketch.add(*field, chars);
        for &c in chars {
            *short.entry(single(c)).or_default() += weight;
        }
        for two in chars.windows(2) {
            if let &[first, second] = two {
                *short.entry(pair(first, second)).or_default() += weight;
            }
        }
        for word in &analysis.words {
            let chars = chars.get(word.start..word.end).unwrap_or_default();
            let text: String = chars.iter().collect();
            if chars.iter().all(|&c| is_han(c)) && !cut.contains(&text) {
                cut.insert(text.clone());
            }
            if needs_term(chars) {
                *words.entry(text).or_default() += weight;
            }
        }
    }
    DocumentTerms {
        short: short.into_iter().collect(),
        words: words.into_iter().collect(),
        cut,
        length,
        sketch,
    }
}

/// The postings of an archive, by term.
#[derive(Default)]
pub(crate) struct Inverted {
    pub(crate) singles: Vec<(char, Vec<Posting>)>,
    pub(crate) pairs: Vec<((char, char), Vec<Posting>)>,
    pub(crate) words: Vec<(String, Vec<Posting>)>,
}

/// Turns documents × terms into terms × documents.
pub(crate) fn invert(documents: Vec<DocumentTerms>) -> Inverted {
    let mut short: Vec<(u64, u32, u8)> = Vec::new();
    let mut words: Vec<(String, u32, u8)> = Vec::new();
    for (document, terms) in (0u32..).zip(documents) {
        short.extend(
            terms
                .short
                .into_iter()
                .map(|(key, tf)| (key, document, class_of(tf))),
        );
        words.extend(
            terms
                .words
                .into_iter()
                .map(|(word, tf)| (word, document, class_of(tf))),
        );
    }
    short.par_sort_unstable();
    words.par_sort_unstable();
    let mut inverted = Inverted::default();
    let char_of = |code: u64| {
        u32::try_from(code)
            .ok()
            .and_then(char::from_u32)
            .unwrap_or_default()
    };
    for list in short.chunk_by(|a, b| a.0 == b.0) {
        let key = list.first().map_or(0, |entry| entry.0);
        let (first, second) = (key >> 32, char_of(key & 0xFFFF_FFFF));
        // A character alone says where, hardly how much: its class is not kept.
        let class_kept = |class| if first == 0 { 0 } else { class };
        let postings = list
            .iter()
            .map(|&(_, document, class)| (document, class_kept(class)))
            .collect();
        if first == 0 {
            inverted.singles.push((second, postings));
        } else {
            inverted.pairs.push(((char_of(first), second), postings));
        }
    }
    for list in words.chunk_by(|a, b| a.0 == b.0) {
        let postings = list
            .iter()
            .map(|&(_, document, class)| (document, class))
            .collect();
        let word = list
            .first()
            .map(|entry| entry.0.clone())
            .unwrap_or_default();
        inverted.words.push((word, postings));
    }
    inverted
}
