//! Articles → postings: every term of every document, weighed by field.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use souwen_index::{BROKEN, Field, IN_HEADLINE, Meta, Posting, TELLS_BROKEN, class_of};
use souwen_text::{Analyser, Gap, Lexicon, Stream, cast, is_han};

use crate::duplicates::Sketch;
use crate::keywords::Counts;

/// How strongly a document holds a term.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    /// How often, what an occurrence counts in each field added.
    tf: u32,
    /// Whether it stands in the headline.
    headline: bool,
    /// Whether it stands in the 肩题 or 副题.
    beside: bool,
    /// Whether it stands anywhere without punctuation inside.
    unbroken: bool,
}

impl Held {
    fn see(&mut self, field: Field, weight: u32, unbroken: bool) {
        self.tf += weight;
        self.unbroken |= unbroken;
        self.headline |= field == Field::Title;
        self.beside |= matches!(field, Field::Kicker | Field::Subtitle);
    }

    fn class(self, meta: &Meta) -> u8 {
        let headline = meta.weight(Field::Title);
        match self {
            Self { unbroken: true, .. } => {
                class_of(self.tf, if self.headline { headline } else { 0 })
            }
            Self { headline: true, .. } => IN_HEADLINE + BROKEN,
            _ => BROKEN,
        }
    }

    /// A character alone says where it stands, hardly how much: [`IN_HEADLINE`], and 1 for the 肩题
    /// and 副题.
    fn class_of_single(self) -> u8 {
        let headline = if self.headline { IN_HEADLINE } else { 0 };
        headline + u8::from(self.beside)
    }
}

/// What one document contributes.
pub(crate) struct DocumentTerms {
    /// Characters and pairs as `(key, class)`; see [`single`] and [`pair`].
    short: Vec<(u64, u8)>,
    /// Words of three and more characters, and all with letters or figures.
    words: HashMap<String, Held>,
    /// Chinese words of any length that its segmentation used, inner ones included.
    pub(crate) cut: HashSet<String>,
    /// The words that may say what it is about.
    pub(crate) counts: Counts,
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

/// Whether a run of a stream is printed without punctuation inside.
fn is_unbroken(stream: &Stream, start: usize, end: usize) -> bool {
    (start + 1..end).all(|at| stream.gap(at) != Gap::Break)
}

/// Cuts a document's fields and adds up its terms, weighed as `meta` says.
pub(crate) fn of_document<L: Lexicon>(
    analyser: &Analyser<L>,
    meta: &Meta,
    fields: &[(Field, String)],
) -> DocumentTerms {
    let mut singles: HashMap<u64, Held> = HashMap::new();
    let mut pairs: HashMap<u64, Held> = HashMap::new();
    let mut words: HashMap<String, Held> = HashMap::new();
    let mut cut = HashSet::new();
    let mut counts = Counts::default();
    let mut length = 0;
    let mut sketch = Sketch::default();
    for (field, text) in fields {
        let weight = meta.weight(*field);
        let analysis = analyser.analyse(text);
        let chars = analysis.stream.chars();
        length += cast::small(chars.len());
        sketch.add(*field, chars);
        counts.add(*field, &analysis);
        for &c in chars {
            singles
                .entry(single(c))
                .or_default()
                .see(*field, weight, true);
        }
        for (at, two) in (1..).zip(chars.windows(2)) {
            if let &[first, second] = two {
                let held = pairs.entry(pair(first, second)).or_default();
                held.see(*field, weight, analysis.stream.gap(at) != Gap::Break);
            }
        }
        for word in &analysis.words {
            let chars = chars.get(word.start..word.end).unwrap_or_default();
            let text: String = chars.iter().collect();
            if chars.iter().all(|&c| is_han(c)) && !cut.contains(&text) {
                cut.insert(text.clone());
            }
            if needs_term(chars) {
                let unbroken = is_unbroken(&analysis.stream, word.start, word.end);
                words.entry(text).or_default().see(*field, weight, unbroken);
            }
        }
    }
    let singles = singles
        .into_iter()
        .map(|(key, own)| (key, own.class_of_single()));
    let pairs = pairs.into_iter().map(|(key, own)| (key, own.class(meta)));
    DocumentTerms {
        short: singles.chain(pairs).collect(),
        words,
        cut,
        counts,
        length,
        sketch,
    }
}

/// Adds to the words of each document those that stand in it although its segmentation did not use
/// them, so that a word's list names every document that holds it. They count nothing: the document's
/// own words speak for it. `dictionary` has the words that have a key anyway. Of numbers and Latin words
/// those are left out that only one document is cut into, since they are not worth one: their pairs
/// find that document as well.
pub(crate) fn complete<'a, L: Lexicon + Sync>(
    documents: &mut [DocumentTerms],
    analyser: &Analyser<L>,
    fields: &[Vec<(Field, String)>],
    dictionary: impl Iterator<Item = &'a String>,
) {
    let mut cut_in: HashMap<&str, u32> = HashMap::new();
    for word in documents.iter().flat_map(|own| own.words.keys()) {
        *cut_in.entry(word).or_default() += 1;
    }
    let often = cut_in.into_iter().filter(|&(_, documents)| documents > 1);
    let mut worth: HashSet<String> = often.map(|(word, _)| word.to_owned()).collect();
    worth.extend(dictionary.cloned());
    // By their first three characters; shorter ones are their pair or character.
    let mut begun: HashMap<[char; 3], Vec<(Vec<char>, &str)>> = HashMap::new();
    for word in &worth {
        let chars: Vec<char> = word.chars().collect();
        if let Some(first) = chars.first_chunk() {
            begun.entry(*first).or_default().push((chars, word));
        }
    }
    documents
        .par_iter_mut()
        .zip(fields)
        .for_each(|(own, fields)| {
            own.words.retain(|word, _| worth.contains(word));
            for (field, text) in fields {
                let stream = analyser.stream(text);
                for at in 0..stream.len() {
                    let rest = stream.chars().get(at..).unwrap_or_default();
                    let Some(first) = rest.first_chunk() else {
                        break;
                    };
                    for (chars, word) in begun.get(first).into_iter().flatten() {
                        if !rest.starts_with(chars) {
                            continue;
                        }
                        let mut held = own.words.get(*word).copied().unwrap_or_default();
                        held.see(*field, 0, is_unbroken(&stream, at, at + chars.len()));
                        match own.words.get_mut(*word) {
                            Some(own) => *own = held,
                            None => drop(own.words.insert((*word).to_owned(), held)),
                        }
                    }
                }
            }
        });
}

/// The postings of an archive, by term.
#[derive(Default)]
pub(crate) struct Inverted {
    pub(crate) singles: Vec<(char, Vec<Posting>)>,
    pub(crate) pairs: Vec<((char, char), Vec<Posting>)>,
    pub(crate) words: Vec<(String, Vec<Posting>)>,
}

impl Inverted {
    /// How many documents hold a word of two or more characters: its own term, or its pair.
    pub(crate) fn documents_with(&self, word: &str) -> u32 {
        let mut chars = word.chars();
        let list = match (chars.next(), chars.next(), chars.next()) {
            (Some(first), Some(second), None) => {
                let pair = (first, second);
                let at = self.pairs.binary_search_by_key(&pair, |own| own.0);
                at.ok().and_then(|at| Some(&self.pairs.get(at)?.1))
            }
            _ => {
                let at = self.words.binary_search_by(|own| own.0.as_str().cmp(word));
                at.ok().and_then(|at| Some(&self.words.get(at)?.1))
            }
        };
        list.map_or(0, |list| cast::small(list.len()))
    }
}

/// Turns documents × terms into terms × documents.
pub(crate) fn invert(documents: Vec<DocumentTerms>, meta: &Meta) -> Inverted {
    let mut short: Vec<(u64, u32, u8)> = Vec::new();
    let mut words: Vec<(String, u32, u8)> = Vec::new();
    for (document, terms) in (0u32..).zip(documents) {
        let own = terms.short.into_iter();
        short.extend(own.map(|(key, class)| (key, document, class)));
        let own = terms.words.into_iter();
        words.extend(own.map(|(word, held)| (word, document, held.class(meta))));
    }
    let postings = |list: &mut dyn ExactSizeIterator<Item = Posting>| {
        let tells = list.len() >= TELLS_BROKEN;
        let class = |class| match class % IN_HEADLINE {
            BROKEN if !tells => class - BROKEN,
            _ => class,
        };
        list.map(|(document, own)| (document, class(own))).collect()
    };
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
        let list = postings(&mut list.iter().map(|&(_, document, class)| (document, class)));
        if first == 0 {
            inverted.singles.push((second, list));
        } else {
            inverted.pairs.push(((char_of(first), second), list));
        }
    }
    for list in words.chunk_by(|a, b| a.0 == b.0) {
        let word = list
            .first()
            .map(|entry| entry.0.clone())
            .unwrap_or_default();
        let list = postings(&mut list.iter().map(|&(_, document, class)| (document, class)));
        inverted.words.push((word, list));
    }
    inverted
}
