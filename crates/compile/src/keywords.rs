//! Which words say most of what an article is about: what is searched for next by those who read it.

use std::collections::HashMap;

use souwen_index::{Field, inverse_document_frequency};
use souwen_text::{Analysis, is_stop_word};

use crate::terms::Inverted;

/// Words kept of a document.
const KEPT: usize = 8;
/// What a word of a headline or tag counts, one of the text being 1; and what it counts at most.
const HEADLINE: u32 = 2;
const MOST: u32 = 4;

/// How often a document has the words that may say what it is about.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// By word: the place of its first occurrence among the words, and the count.
    words: HashMap<String, (usize, u32)>,
}

impl Counts {
    /// Counts the words of a field: of two characters or more, no stop words, no figures.
    pub(crate) fn add(&mut self, field: Field, analysis: &Analysis) {
        let count = match field {
            Field::Title | Field::Tags => HEADLINE,
            // Names of the byline lead to all that its reporters wrote.
            Field::Reporters => return,
            _ => 1,
        };
        for word in analysis.segmentation() {
            let text = analysis.text(word);
            let digits = text.chars().any(|c| c.is_ascii_digit());
            if word.end - word.start < 2 || digits || is_stop_word(&text) {
                continue;
            }
            let place = self.words.len();
            self.words.entry(text).or_insert((place, 0)).1 += count;
        }
    }

    /// The best of the words by tf · idf, the most telling first. A word that no other document
    /// has leads back to this one and counts half; one of every tenth document says nothing.
    pub(crate) fn keywords(self, inverted: &Inverted, documents: u32) -> Vec<String> {
        let weigh = |(word, (place, count)): (String, (usize, u32))| {
            let df = inverted.documents_with(&word);
            let known = (1..=documents / 10 + 1).contains(&df);
            let alone = if df > 1 { 2 } else { 1 };
            let weight = count.min(MOST) * inverse_document_frequency(documents, df) * alone;
            known.then_some((std::cmp::Reverse(weight), place, word))
        };
        let mut words: Vec<_> = self.words.into_iter().filter_map(weigh).collect();
        words.sort_unstable();
        let words = words.into_iter().take(KEPT);
        words.map(|(_, _, word)| word).collect()
    }
}
