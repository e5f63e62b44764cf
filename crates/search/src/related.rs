//! Related searches: what else the best articles for a query are about.

use souwen_index::{Field, inverse_document_frequency};
use souwen_text::{cast, is_stop_word, order};

use crate::engine::{Engine, SearchError};
use crate::filter::Filter;
use crate::find::positions;

/// The best articles, which are read.
const ARTICLES: usize = 5;
/// What a word of a headline counts, one of the text being 1; and what it counts at most in one
/// article.
const HEADLINE: u64 = 2;
const MOST: u64 = 4;

/// A word of the articles.
struct Word {
    text: String,
    /// How often the article at hand has it.
    here: u64,
    /// Over the articles so far: how often each has it, times its inverse document frequency.
    weight: u64,
}

impl Engine {
    /// Other searches that readers of a query's answer may want: words of the best articles that
    /// the query does not have, by how often the articles have them and how telling they are.
    ///
    /// # Errors
    /// [`SearchError::Damaged`] when a text of the index does not hold together.
    pub fn related(&self, query: &str, limit: usize) -> Result<Vec<String>, SearchError> {
        let filter = Filter::new(self.index(), &Vec::new())?;
        let answer = self.meant(query, &filter, true)?;
        let asked: Vec<&[char]> = answer
            .plan
            .wanted()
            .map(|clause| clause.stream.chars())
            .collect();
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let mut words: Vec<Word> = Vec::new();
        for own in answer.found.documents.iter().take(ARTICLES) {
            let prepared = self.prepared(own.document)?;
            for field in &prepared.fields {
                let count = match field.field {
                    Field::Title | Field::Tags => HEADLINE,
                    Field::Reporters => continue,
                    _ => 1,
                };
                self.read_words(&field.text, count, &asked, &mut words);
            }
            for word in &mut words {
                let df = self.documents_with(&word.text);
                let telling = u64::from(inverse_document_frequency(self.index().len(), df));
                // A word of this article alone leads back to it.
                let alone = if df > 1 { 2 } else { 1 };
                word.weight += std::mem::take(&mut word.here).min(MOST) * telling * alone;
            }
        }
        let weights = words.iter().map(|word| !word.weight).zip(0..);
        let mut keys: Vec<(u64, u32)> = weights.collect();
        order::sort(&mut keys);
        let text = |(_, at): (u64, u32)| words.get(cast::index(at)).map(|word| word.text.clone());
        Ok(keys.into_iter().filter_map(text).take(limit).collect())
    }

    /// Counts the words of a text.
    fn read_words(&self, text: &str, count: u64, asked: &[&[char]], words: &mut Vec<Word>) {
        let analysis = self.index().analyser().analyse(text);
        let all = self.index().len();
        for word in analysis.segmentation() {
            let own = analysis.stream.chars().get(word.start..word.end);
            let own = own.unwrap_or_default();
            let text: String = own.iter().collect();
            if own.len() < 2 || is_stop_word(&text) || own.iter().any(char::is_ascii_digit) {
                continue;
            }
            if let Some(word) = words.iter_mut().find(|word| word.text == text) {
                word.here += count;
                continue;
            }
            let new = |clause: &&[char]| {
                positions(clause, own).next().is_none() && positions(own, clause).next().is_none()
            };
            let df = self.documents_with(&text);
            // Words of every tenth article say nothing.
            if df > 0 && df <= all / 10 + 1 && asked.iter().all(new) {
                words.push(Word {
                    text,
                    here: count,
                    weight: 0,
                });
            }
        }
    }
}
