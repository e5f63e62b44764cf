//! The documents that a query finds: those that hold all of it, and those that hold most.

use souwen_index::FormatError;

use crate::engine::{Engine, SearchError};
use crate::filter::Filter;
use crate::find::{holds, phrase_positions};
use crate::matching::{Scored, all_of, all_words, any_evidence, score};
use crate::plan::{Plan, Planned};
use crate::query::Kind;
use crate::rank::{in_order, rank, reorder};

/// Below this many complete documents a query is filled up with incomplete ones, if it has
/// [`TELLING`] words: a query of one word has nothing to do without.
const ENOUGH: usize = 10;
/// See [`ENOUGH`].
const TELLING: usize = 2;

/// What a query found: documents in their final order.
pub(crate) struct Found {
    pub(crate) documents: Vec<Scored>,
    /// The first so many hold every word.
    pub(crate) complete: usize,
}

impl Engine {
    /// Finds the documents that a plan asks for and a filter lets through, best first.
    pub(crate) fn find(
        &self,
        query: &str,
        plan: &Plan,
        filter: &Filter<'_>,
    ) -> Result<Found, SearchError> {
        let unwanted = self.holders(&plan.unwanted)?;
        let allowed =
            |document: &u32| filter.accepts(*document) && unwanted.binary_search(document).is_err();
        if plan.wanted.is_empty() {
            return Ok(self.browse(query, plan, allowed));
        }
        let mut complete: Vec<u32> = all_words(self.index(), plan);
        complete.retain(allowed);
        complete = self.keep_complete(plan, complete)?;
        let phrases: Vec<&Planned> = plan
            .wanted
            .iter()
            .filter(|clause| clause.kind == Kind::Phrase)
            .collect();
        for phrase in &phrases {
            complete = self.keep_holders(phrase, complete)?;
        }
        let mut documents = score(self.index(), self.impacts(), plan, &complete);
        rank(self, plan, &mut documents)?;
        let complete = documents.len();
        let telling = plan
            .words()
            .filter(|word| !word.stop && word.chars.len() > 1 && word.required.is_some());
        let telling = telling.count();
        if complete < ENOUGH && (complete == 0 || telling >= TELLING) && telling > 0 {
            let mut rest = any_evidence(self.index(), self.impacts(), plan);
            let holders = self.word_holders(plan);
            rest.retain(|own| {
                holders.binary_search(&own.document).is_ok()
                    && allowed(&own.document)
                    && !documents.iter().any(|d| d.document == own.document)
            });
            // A phrase is meant as it stands: it is never done without.
            for phrase in &phrases {
                let documents = rest.iter().map(|own| own.document).collect();
                let holders = self.keep_holders(phrase, documents)?;
                rest.retain(|own| holders.binary_search(&own.document).is_ok());
            }
            rank(self, plan, &mut rest)?;
            documents.extend(rest);
        }
        Ok(Found {
            documents,
            complete,
        })
    }

    /// Everything, newest first; nothing for a query of nothing but punctuation.
    fn browse(&self, query: &str, plan: &Plan, allowed: impl Fn(&u32) -> bool) -> Found {
        let asked = query.chars().any(|c| !c.is_whitespace());
        let all = if asked && plan.is_empty() {
            0
        } else {
            self.index().len()
        };
        let mut documents: Vec<Scored> = (0..all)
            .filter(allowed)
            .map(|document| Scored::new(document, 0))
            .collect();
        self.newest_first(&mut documents);
        let complete = documents.len();
        Found {
            documents,
            complete,
        }
    }

    /// Orders by date, undated last; equals stay as they are.
    pub(crate) fn newest_first(&self, documents: &mut [Scored]) {
        reorder(documents, |own| {
            let date = self
                .index()
                .document(own.document)
                .and_then(|facts| facts.date);
            !date.map_or(0, |date| u64::from(date.days()) + 1)
        });
    }

    /// Those of the documents that hold every word itself, not only all of its pairs. Words of one
    /// or two characters are their term or pair; of longer ones the word's own term, where the
    /// document is cut so, is proof enough.
    fn keep_complete(&self, plan: &Plan, mut documents: Vec<u32>) -> Result<Vec<u32>, FormatError> {
        for word in plan
            .words()
            .filter(|word| !word.stop && word.chars.len() > 2)
        {
            let certain = word
                .term
                .map(|term| all_of(self.index(), &[term]))
                .unwrap_or_default();
            documents = self.keep(documents, |document| {
                Ok(certain.binary_search(&document).is_ok() || {
                    let prepared = self.prepared(document)?;
                    prepared
                        .fields
                        .iter()
                        .any(|field| holds(&field.stream, &word.chars))
                })
            })?;
        }
        Ok(documents)
    }

    /// Those of the documents in which a clause stands as a phrase. A phrase of one character has
    /// nothing to be side by side with.
    fn keep_holders(&self, phrase: &Planned, documents: Vec<u32>) -> Result<Vec<u32>, FormatError> {
        let Some(terms) = &phrase.whole else {
            return Ok(Vec::new());
        };
        let possible = all_of(self.index(), terms);
        self.keep(documents, |document| {
            Ok(possible.binary_search(&document).is_ok()
                && (phrase.stream.len() < 2 || {
                    let prepared = self.prepared(document)?;
                    prepared.fields.iter().any(|field| {
                        phrase_positions(&field.stream, &phrase.stream)
                            .next()
                            .is_some()
                    })
                }))
        })
    }

    /// The documents that hold at least one word of the plan, in order.
    fn word_holders(&self, plan: &Plan) -> Vec<u32> {
        let words = plan.words().filter(|word| !word.stop);
        let holders = words.flat_map(|word| word.required.iter());
        in_order(
            &holders
                .flat_map(|terms| all_of(self.index(), terms))
                .collect::<Vec<_>>(),
        )
    }

    /// The documents that any of the clauses shuts out, in order: a phrase where it stands exactly,
    /// words where they stand side by side whatever punctuation is in between.
    fn holders(&self, clauses: &[Planned]) -> Result<Vec<u32>, FormatError> {
        let mut holders = Vec::new();
        for clause in clauses {
            let Some(terms) = &clause.whole else { continue };
            let possible = all_of(self.index(), terms);
            holders.extend(if clause.kind == Kind::Phrase {
                self.keep_holders(clause, possible)?
            } else {
                self.keep(possible, |document| {
                    Ok(clause.stream.len() < 3 || {
                        let prepared = self.prepared(document)?;
                        let chars = clause.stream.chars();
                        prepared
                            .fields
                            .iter()
                            .any(|field| holds(&field.stream, chars))
                    })
                })?
            });
        }
        Ok(in_order(&holders))
    }

    /// Those of the documents that a test keeps.
    fn keep(
        &self,
        documents: Vec<u32>,
        test: impl Fn(u32) -> Result<bool, FormatError>,
    ) -> Result<Vec<u32>, FormatError> {
        let mut kept = Vec::with_capacity(documents.len());
        for document in documents {
            if test(document)? {
                kept.push(document);
            }
        }
        Ok(kept)
    }
}
