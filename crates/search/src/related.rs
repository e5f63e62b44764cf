//! Related searches: what else the best articles for a query are about.

use souwen_index::inverse_document_frequency;
use souwen_text::{cast, is_stop_word, order};

use crate::engine::{Engine, SearchError};
use crate::filter::Filter;
use crate::find::positions;

/// The best articles, whose headlines are read.
const ARTICLES: usize = 10;

/// A word of the headlines.
struct Word {
    text: String,
    /// Its inverse document frequency, once for every headline that has it.
    weight: u64,
}

impl Engine {
    /// Other searches that readers of a query's answer may want: words of the best articles'
    /// headlines and keywords that the query does not have and other articles have too, by how many of
    /// the headlines have them and how telling they are.
    ///
    /// # Errors
    /// [`SearchError::Damaged`] when a text of the index does not hold together.
    pub fn related(&self, query: &str, limit: usize) -> Result<Vec<String>, SearchError> {
        let filter = Filter::new(self.index(), &Vec::new())?;
        let answer = self.meant(query, &filter)?;
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
            let headline = [prepared.record.title.as_str()];
            let tags = prepared.record.tags.iter().map(String::as_str);
            for text in headline.into_iter().chain(tags) {
                self.read_words(text, &asked, &mut words);
            }
        }
        let weights = words.iter().map(|word| !word.weight).zip(0..);
        let mut keys: Vec<(u64, u32)> = weights.collect();
        order::sort(&mut keys);
        let text = |(_, at): (u64, u32)| words.get(cast::index(at)).map(|word| word.text.clone());
        Ok(keys.into_iter().filter_map(text).take(limit).collect())
    }

    /// Adds the words of a headline.
    fn read_words(&self, headline: &str, asked: &[&[char]], words: &mut Vec<Word>) {
        let analysis = self.index().analyser().analyse(headline);
        let all = self.index().len();
        for word in analysis.segmentation() {
            let own = analysis.stream.chars().get(word.start..word.end);
            let own = own.unwrap_or_default();
            let text: String = own.iter().collect();
            let new = |clause: &&[char]| {
                positions(clause, own).next().is_none() && positions(own, clause).next().is_none()
            };
            let df = self.documents_with(&text);
            // One article is the one that is shown already; words of every fifth say nothing.
            let telling = own.len() > 1 && df > 1 && df <= all / 5 + 1 && !is_stop_word(&text);
            let number = own.iter().any(char::is_ascii_digit);
            if !telling || number || !asked.iter().all(new) {
                continue;
            }
            let weight = u64::from(inverse_document_frequency(all, df));
            match words.iter_mut().find(|word| word.text == text) {
                Some(word) => word.weight += weight,
                None => words.push(Word { text, weight }),
            }
        }
    }
}
