//! The engine: a query in, a result out.

use std::fmt;
use std::rc::Rc;

use souwen_index::{Document, FormatError, Impacts, Index};
use souwen_text::cast;

use crate::facets;
use crate::filter::{Filter, FilterError, Filters, kind_name};
use crate::find::{holds, phrase_positions};
use crate::matching::{Scored, all_of, all_words, any_evidence, score};
use crate::plan::{Plan, Planned};
use crate::prepared::{Cache, Prepared};
use crate::query::Kind;
use crate::rank::{in_order, rank, reorder};
use crate::result::{Article, Hit, Relaxed, SearchResult};
use crate::snippet::{headline, snippet};

/// The most hits that one search gives.
pub const MAX_LIMIT: u32 = 1000;
/// Queries of this many telling words are questions or sentences: few documents hold them all, and
/// those that hold most are wanted too.
const LONG_QUERY: usize = 2;
/// Below this many complete documents a long query is filled up with incomplete ones.
const ENOUGH: usize = 10;

/// How hits are ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Newest first, undated last.
    Date,
}

/// What can be asked of a search beside its query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchOptions {
    /// Hits wanted, up to [`MAX_LIMIT`].
    pub limit: u32,
    /// Hits passed over before them.
    pub offset: u32,
    /// Their order.
    pub sort: Sort,
    /// Which documents may be given at all.
    pub filters: Filters,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self {
            limit: 10,
            offset: 0,
            sort: Sort::Relevance,
            filters: Filters::new(),
        }
    }
}

/// Why a search gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchError {
    /// A text of the index does not hold together.
    Damaged(FormatError),
    /// A filter makes no sense for this index.
    Filter(FilterError),
}

impl fmt::Display for SearchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(error) => error.fmt(f),
            Self::Filter(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SearchError {}

impl From<FormatError> for SearchError {
    fn from(error: FormatError) -> Self {
        Self::Damaged(error)
    }
}

impl From<FilterError> for SearchError {
    fn from(error: FilterError) -> Self {
        Self::Filter(error)
    }
}

/// An index with all that searching it needs.
#[derive(Debug)]
pub struct Engine {
    index: Index,
    impacts: Impacts,
    cache: Cache,
}

/// What a query found: documents in their final order.
struct Found {
    documents: Vec<Scored>,
    /// The first so many hold every word.
    complete: usize,
}

impl Engine {
    /// Makes an index ready to be searched.
    #[must_use]
    pub fn new(index: Index) -> Self {
        let impacts = Impacts::new(index.meta());
        Self {
            index,
            impacts,
            cache: Cache::default(),
        }
    }

    /// The index.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    pub(crate) fn prepared(&self, document: u32) -> Result<Rc<Prepared>, FormatError> {
        self.cache.get(&self.index, document)
    }

    /// Searches. Any text is a query; one without words gives every document, newest first.
    ///
    /// # Errors
    /// [`SearchError`] for filters that the index cannot answer, or a damaged index.
    pub fn search(
        &self,
        query: &str,
        options: &SearchOptions,
    ) -> Result<SearchResult, SearchError> {
        let plan = Plan::new(&self.index, query);
        let filter = Filter::new(&self.index, &options.filters)?;
        let mut found = self.find(query, &plan, &filter)?;
        if options.sort == Sort::Date {
            let (complete, rest) = found.documents.split_at_mut(found.complete);
            self.newest_first(complete);
            self.newest_first(rest);
        }
        let page = found.documents.iter().skip(cast::index(options.offset));
        let page = page.take(cast::index(options.limit.min(MAX_LIMIT)));
        let hits = page
            .map(|&own| self.hit(&plan, own))
            .collect::<Result<Vec<_>, _>>()?;
        let relaxed = (found.complete < found.documents.len()).then(|| {
            let missing =
                |word: &&str| hits.iter().any(|hit| hit.missing.iter().any(|m| m == word));
            let mut dropped: Vec<String> = Vec::new();
            for word in plan.words().map(|word| word.typed.as_str()).filter(missing) {
                if !dropped.iter().any(|own| own == word) {
                    dropped.push(word.to_owned());
                }
            }
            Relaxed {
                dropped,
                complete: cast::small(found.complete),
            }
        });
        Ok(SearchResult {
            total: cast::small(found.documents.len()),
            total_is_exact: true,
            facets: facets::counts(&self.index, &found.documents),
            hits,
            corrections: Vec::new(),
            relaxed,
        })
    }

    fn find(&self, query: &str, plan: &Plan, filter: &Filter<'_>) -> Result<Found, SearchError> {
        let unwanted = self.holders(&plan.unwanted)?;
        let allowed =
            |document: &u32| filter.accepts(*document) && unwanted.binary_search(document).is_err();
        if plan.wanted.is_empty() {
            return Ok(self.browse(query, plan, allowed));
        }
        let mut complete: Vec<u32> = all_words(&self.index, plan);
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
        let mut documents = score(&self.index, &self.impacts, plan, &complete);
        rank(self, plan, &mut documents)?;
        let complete = documents.len();
        let telling = plan
            .words()
            .filter(|word| !word.stop && word.chars.len() > 1 && word.required.is_some());
        let telling = telling.count();
        if complete < ENOUGH && (complete == 0 || telling >= LONG_QUERY) && telling > 0 {
            let mut rest = any_evidence(&self.index, &self.impacts, plan);
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
            self.index.len()
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
    fn newest_first(&self, documents: &mut [Scored]) {
        reorder(documents, |own| {
            let date = self
                .index
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
                .map(|term| all_of(&self.index, &[term]))
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
        let possible = all_of(&self.index, terms);
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
                .flat_map(|terms| all_of(&self.index, terms))
                .collect::<Vec<_>>(),
        )
    }

    /// The documents that any of the clauses shuts out, in order: a phrase where it stands exactly,
    /// words where they stand side by side whatever punctuation is in between.
    fn holders(&self, clauses: &[Planned]) -> Result<Vec<u32>, FormatError> {
        let mut holders = Vec::new();
        for clause in clauses {
            let Some(terms) = &clause.whole else { continue };
            let possible = all_of(&self.index, terms);
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

    /// A whole article by its id.
    ///
    /// # Errors
    /// [`FormatError::Damaged`] when its text does not hold together.
    pub fn article(&self, id: &str) -> Result<Option<Article>, FormatError> {
        let Some(number) = self.index.find(id) else {
            return Ok(None);
        };
        let record = self.index.record(number)?;
        let no_facts = Document::default();
        let document = self.index.document(number).unwrap_or(&no_facts);
        Ok(Some(Article {
            id: id.to_owned(),
            kind: kind_name(document.kind),
            title: record.title,
            kicker: record.kicker,
            subtitle: record.subtitle,
            reporters: self.values("reporter", number),
            date: document.date.map(|date| date.to_string()),
            date_inferred: document.date_inferred,
            section: self
                .values("section", number)
                .into_iter()
                .next()
                .unwrap_or_default(),
            url: record.url,
            tags: record.tags,
            paragraphs: record.paragraphs,
            captions: record.captions,
            metadata: record.metadata,
        }))
    }

    /// A document's values of a column.
    fn values(&self, name: &str, document: u32) -> Vec<String> {
        let facet = self.index.facet(name);
        facet
            .into_iter()
            .flat_map(|facet| facet.texts_of(document))
            .map(str::to_owned)
            .collect()
    }

    fn hit(&self, plan: &Plan, own: Scored) -> Result<Hit, FormatError> {
        let prepared = self.prepared(own.document)?;
        let no_facts = Document::default();
        let document = self.index.document(own.document).unwrap_or(&no_facts);
        let mut missing: Vec<String> = Vec::new();
        for word in plan.words().filter(|word| !word.stop) {
            let held = prepared
                .fields
                .iter()
                .any(|field| holds(&field.stream, &word.chars));
            if !held && !missing.contains(&word.typed) {
                missing.push(word.typed.clone());
            }
        }
        Ok(Hit {
            id: document.id.clone(),
            url: prepared.record.url.clone(),
            kind: kind_name(document.kind),
            date: document.date.map(|date| date.to_string()),
            date_inferred: document.date_inferred,
            section: self
                .values("section", own.document)
                .into_iter()
                .next()
                .unwrap_or_default(),
            reporters: self.values("reporter", own.document),
            score: own.score,
            title: headline(plan, &prepared),
            kicker: prepared.record.kicker.clone(),
            subtitle: prepared.record.subtitle.clone(),
            snippet: snippet(plan, &prepared),
            missing,
        })
    }
}
