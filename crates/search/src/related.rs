//! Related searches: what else the best articles for a query are about.

use souwen_text::{cast, order};

use crate::engine::{Engine, SearchError};
use crate::filter::Filter;
use crate::find::positions;
use crate::rank::Depth;

/// The best articles, whose keywords are taken together.
const ARTICLES: usize = 10;
/// What an article's first keyword counts more than one that it does not have; each further one
/// counts one less.
const FIRST: u64 = 12;

impl Engine {
    /// Other searches that readers of a query's answer may want: keywords of the best articles that
    /// the query does not have, by how many of the articles have them and how far in front.
    ///
    /// # Errors
    /// [`SearchError::Damaged`] when a text of the index does not hold together.
    pub fn related(&self, query: &str, limit: usize) -> Result<Vec<String>, SearchError> {
        let filter = Filter::new(self.index(), &Vec::new())?;
        let answer = self.meant(query, &filter, true, Depth::hits(ARTICLES))?;
        let asked: Vec<&[char]> = answer
            .plan
            .wanted()
            .map(|clause| clause.stream.chars())
            .collect();
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let mut words: Vec<String> = Vec::new();
        let mut weights: Vec<u64> = Vec::new();
        for own in answer.found.documents.iter().take(ARTICLES) {
            let prepared = self.prepared(own.document)?;
            for (word, place) in prepared.record.keywords.iter().zip(0..) {
                let weight = FIRST - place;
                if let Some(at) = words.iter().position(|own| own == word) {
                    if let Some(own) = weights.get_mut(at) {
                        *own += weight;
                    }
                    continue;
                }
                let chars: Vec<char> = word.chars().collect();
                let new = |clause: &&[char]| {
                    positions(clause, &chars).next().is_none()
                        && positions(&chars, clause).next().is_none()
                };
                if asked.iter().all(new) {
                    words.push(word.clone());
                    weights.push(weight);
                }
            }
        }
        let mut keys: Vec<(u64, u32)> = weights.iter().map(|weight| !weight).zip(0..).collect();
        order::sort(&mut keys);
        let text = |(_, at): (u64, u32)| words.get(cast::index(at)).cloned();
        Ok(keys.into_iter().filter_map(text).take(limit).collect())
    }
}
