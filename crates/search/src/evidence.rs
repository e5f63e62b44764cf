//! What speaks for a document: weighed terms.

use souwen_index::{Index, TermId, inverse_document_frequency};
use souwen_text::is_han;

/// Weights of the kinds of evidence, tuned on the retrieval sets that `docs/SEARCH.md` names.
pub(crate) const WORD: u32 = 10;
pub(crate) const PAIR: u32 = 3;
pub(crate) const SINGLE: u32 = 2;
/// A synonym speaks a little less than the word itself.
const SYNONYM: u32 = 8;

/// A term that speaks for a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Evidence {
    pub(crate) term: TermId,
    /// Kind of evidence × inverse document frequency.
    pub(crate) weight: u32,
}

/// Collects the evidence of a clause.
pub(crate) struct Evidences<'a> {
    index: &'a Index,
    /// Whether pairs count beside words.
    pairs: bool,
    pub(crate) list: Vec<Evidence>,
}

impl<'a> Evidences<'a> {
    pub(crate) fn new(index: &'a Index, pairs: bool) -> Self {
        Self {
            index,
            pairs,
            list: Vec::new(),
        }
    }

    /// Adds a term; of one that is there already the greater weight counts.
    pub(crate) fn add(&mut self, term: Option<TermId>, weight: u32) {
        let Some(term) = term else { return };
        let df = self.index.document_frequency(term);
        if df > 0 {
            let weight = weight * inverse_document_frequency(self.index.articles(), df);
            match self.list.iter_mut().find(|own| own.term == term) {
                Some(own) => own.weight = own.weight.max(weight),
                None => self.list.push(Evidence { term, weight }),
            }
        }
    }

    /// What speaks for a word.
    pub(crate) fn word(&mut self, chars: &[char], unknown: bool) {
        match *chars {
            [first, second] if !unknown && is_han(first) && is_han(second) => {
                let weight = if self.pairs { WORD + PAIR } else { WORD };
                self.add(self.index.pair(first, second), weight);
            }
            _ if unknown => {
                // Beside pairs, characters would say little, and theirs are the longest lists.
                if chars.len() == 1 || !self.pairs {
                    let weight = if self.pairs { SINGLE } else { WORD };
                    for &c in chars {
                        self.add(self.index.single(c), weight);
                    }
                }
                self.pairs(chars, WORD);
            }
            _ => {
                // A word without a term of its own is a rare number or Latin word: its pairs, or
                // its one character, speak for it.
                let term = self.term(chars);
                self.add(term, WORD);
                self.pairs(chars, if term.is_some() { PAIR } else { WORD });
                if let [c] = *chars {
                    self.add(self.index.single(c), WORD);
                }
            }
        }
    }

    /// What speaks for a word that means the same as one of the query.
    pub(crate) fn synonym(&mut self, chars: &[char]) {
        match *chars {
            [first, second] => self.add(self.index.pair(first, second), SYNONYM),
            _ => match self.term(chars) {
                Some(term) => self.add(Some(term), SYNONYM),
                None => self.pairs(chars, PAIR),
            },
        }
    }

    fn term(&self, chars: &[char]) -> Option<TermId> {
        let word: String = chars.iter().collect();
        let held = |&term: &TermId| self.index.document_frequency(term) > 0;
        self.index.word(&word).filter(held)
    }

    fn pairs(&mut self, chars: &[char], weight: u32) {
        for &[first, second] in chars.array_windows() {
            self.pair(first, second, weight);
        }
    }

    /// Adds a pair, if pairs count.
    pub(crate) fn pair(&mut self, first: char, second: char, weight: u32) {
        if self.pairs {
            self.add(self.index.pair(first, second), weight);
        }
    }
}
