//! The engine: a query in, a result out.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use souwen_index::{FormatError, Impacts, Index};
use souwen_text::cast;

use crate::correct::{Effort, spelt_apart};
use crate::facets;
use crate::filter::{Filter, FilterError, Filters};
use crate::found::Found;
use crate::held::{self, Held};
use crate::plan::Plan;
use crate::prepared::{Cache, Prepared};
use crate::query::is_plain;
use crate::rank::Depth;
use crate::result::{Correction, Hit, Relaxed, SearchResult};
use crate::tuning::Tuning;

/// The most hits that one search gives.
pub const MAX_LIMIT: u32 = 1000;
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
    /// Hits wanted, up to [`MAX_LIMIT`]; 0 asks how many there are, and for the facets, only.
    pub limit: u32,
    /// Hits passed over before them.
    pub offset: u32,
    /// Their order.
    pub sort: Sort,
    /// Which documents may be given at all.
    pub filters: Filters,
    /// Whether a query that stands nowhere is searched as it was probably meant.
    pub correct: bool,
    /// Whether the documents found are counted by their values.
    pub facets: bool,
}

impl SearchOptions {
    /// Up to the how-manieth hit is asked for; 0 if for none.
    pub(crate) fn last(&self) -> usize {
        match self.limit.min(MAX_LIMIT) {
            0 => 0,
            limit => cast::index(self.offset.saturating_add(limit)),
        }
    }

    /// How far the order must be settled for the first `hits`.
    fn depth(&self, hits: usize) -> Depth {
        // Dates are known; and nothing is shown of a search for how many there are.
        let depth = if self.sort == Sort::Date || hits == 0 {
            Depth::FIRST
        } else {
            Depth::hits(hits)
        };
        let alone = self.sort == Sort::Relevance && !self.facets && self.filters.is_empty();
        Depth { alone, ..depth }
    }
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self {
            limit: 10,
            offset: 0,
            sort: Sort::Relevance,
            filters: Filters::new(),
            correct: true,
            facets: true,
        }
    }
}

/// Why a search gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchError {
    /// A text of the index does not hold together.
    Damaged(FormatError),
    /// A filter makes no sense for this index.
    Filter(Box<FilterError>),
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
        Self::Filter(Box::new(error))
    }
}

/// An index with all that searching it needs.
#[derive(Debug)]
pub struct Engine {
    index: Index,
    impacts: Impacts,
    /// The day of the newest article.
    newest: Option<u32>,
    tuning: Tuning,
    cache: Cache,
    held: held::Cache,
    effort: Effort,
    /// The headlines with their initials, once they were asked for.
    initials: RefCell<Vec<(char, u32)>>,
}

impl Engine {
    /// Makes an index ready to be searched.
    #[must_use]
    pub fn new(index: Index) -> Self {
        let impacts = Impacts::new(index.meta());
        let newest = index.meta().newest.checked_sub(1);
        Self {
            index,
            impacts,
            newest,
            tuning: Tuning::default(),
            cache: Cache::default(),
            held: held::Cache::default(),
            effort: Effort::default(),
            initials: RefCell::default(),
        }
    }

    /// The same engine with another ranking, for measuring what a part of it is worth.
    #[must_use]
    pub fn with_tuning(self, tuning: Tuning) -> Self {
        Self { tuning, ..self }
    }

    /// The index.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    pub(crate) fn effort(&self) -> &Effort {
        &self.effort
    }

    pub(crate) fn initials(&self) -> &RefCell<Vec<(char, u32)>> {
        &self.initials
    }

    pub(crate) fn tuning(&self) -> Tuning {
        self.tuning
    }

    pub(crate) fn newest(&self) -> Option<u32> {
        self.newest
    }

    pub(crate) fn impacts(&self) -> &Impacts {
        &self.impacts
    }

    pub(crate) fn prepared(&self, document: u32) -> Result<Rc<Prepared>, FormatError> {
        self.cache.get(&self.index, document)
    }

    /// A document to look into. Costs its reading the first time, next to nothing later.
    pub(crate) fn held(&self, document: u32) -> Result<Rc<Held>, FormatError> {
        self.held.get(&self.index, &self.cache, document)
    }

    /// How many documents' texts were looked into or shown since this was last asked. All are
    /// forgotten by it. For tests.
    #[doc(hidden)]
    #[must_use]
    pub fn texts_read(&self) -> usize {
        let (held, prepared) = (self.held.forget(), self.cache.forget());
        let read = |at| {
            [&held, &prepared]
                .iter()
                .any(|own| own.get(at) == Some(&true))
        };
        let documents = 0..held.len().max(prepared.len());
        documents.filter(|&at| read(at)).count()
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
        let answer = self.ordered(query, options, options.last())?;
        self.result(answer, options)
    }

    /// The answer of [`search`](Self::search) to plain words (no operators, filters or other order than
    /// by relevance) that stand in the archive as they were typed. None if there is more to the query, or
    /// if it may be meant otherwise, which `search` looks into: of the code for that nothing is needed
    /// here, so that a browser may load it later. `www/scripts/build.mjs` names the functions that must
    /// not be called here.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn search_as_typed(
        &self,
        query: &str,
        options: &SearchOptions,
    ) -> Result<Option<SearchResult>, SearchError> {
        let by_relevance = options.sort == Sort::Relevance && options.filters.is_empty();
        if !by_relevance || !is_plain(query) {
            return Ok(None);
        }
        let filter = Filter::new(&self.index, &options.filters)?;
        let answer = self.as_typed(query, &filter, options.depth(options.last()))?;
        if self.in_doubt(query, &answer) {
            return Ok(None);
        }
        self.result(answer, options).map(Some)
    }

    /// What to show of an answer.
    #[inline(never)]
    fn result(&self, answer: Answer, options: &SearchOptions) -> Result<SearchResult, SearchError> {
        let Answer {
            plan,
            found,
            corrections,
        } = answer;
        let limit = options.limit.min(MAX_LIMIT);
        let hits = self.page(&plan, &found, options.offset, limit)?;
        let relaxed = (found.complete < found.documents.len()).then(|| Relaxed {
            dropped: dropped(&plan, &hits),
            complete: cast::small(found.complete),
        });
        Ok(SearchResult {
            total: cast::small(found.documents.len()).saturating_add(found.others),
            total_is_exact: true,
            facets: if options.facets {
                facets::counts(&self.index, &found.documents)
            } else {
                Vec::new()
            },
            hits,
            corrections,
            relaxed,
        })
    }

    /// All documents that a search would give, by number, in its order: quicker than to turn its
    /// pages, since what to show of them is not made. Reprints stand where they rank.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn documents(&self, query: &str, options: &SearchOptions) -> Result<Vec<u32>, SearchError> {
        let found = self.ordered(query, options, usize::MAX)?.found;
        Ok(found.documents.iter().map(|own| own.document).collect())
    }

    /// What a search finds, in the order that it asks for, as far as the first `hits`.
    pub(crate) fn ordered(
        &self,
        query: &str,
        options: &SearchOptions,
        hits: usize,
    ) -> Result<Answer, SearchError> {
        let filter = Filter::new(&self.index, &options.filters)?;
        let wanted = options.depth(hits);
        let mut answer = self.meant(query, &filter, options.correct, wanted)?;
        self.order(&mut answer, options.sort);
        Ok(answer)
    }

    /// Puts what was found into the order that is asked for, if that is another than the best first.
    fn order(&self, answer: &mut Answer, sort: Sort) {
        if sort == Sort::Date {
            let found = &mut answer.found;
            let (complete, rest) = found.documents.split_at_mut(found.complete);
            self.newest_first(complete);
            self.newest_first(rest);
        }
    }

    /// What a query finds, or, if it stands nowhere and `correct` says so, what it was probably meant
    /// to be; its order as far as is `wanted`.
    pub(crate) fn meant(
        &self,
        query: &str,
        filter: &Filter<'_>,
        correct: bool,
        wanted: Depth,
    ) -> Result<Answer, SearchError> {
        let mut answer = self.as_typed(query, filter, wanted)?;
        if !self.in_doubt(query, &answer) {
            return Ok(answer);
        }
        let nothing = answer.found.complete == 0;
        let mut corrections: Vec<Correction> = Vec::new();
        for proposal in self.proposals(query, &answer.plan, answer.found.complete)? {
            let sure = proposal.sure || answer.found.complete == 0;
            let applied = correct && corrections.is_empty() && sure;
            let wanted = if applied { wanted } else { Depth::FIRST };
            let corrected = self.answer(&proposal.query, filter, wanted, Depth::FIRST)?;
            if self.index.lacks() {
                break;
            }
            if corrected.found.complete == 0 {
                continue;
            }
            if applied {
                answer = corrected;
            }
            corrections.push(Correction {
                query: proposal.query,
                reason: proposal.reason.name(),
                applied,
            });
        }
        if nothing && answer.found.complete == 0 {
            answer = self.answer(query, filter, wanted, wanted)?;
        }
        answer.corrections = corrections;
        Ok(answer)
    }

    /// What a query finds as it was typed; its order as far as is `wanted`.
    fn as_typed(
        &self,
        query: &str,
        filter: &Filter<'_>,
        wanted: Depth,
    ) -> Result<Answer, SearchError> {
        self.index.ready_for(query);
        // If no document holds all of it, another query may take its place.
        self.answer(query, filter, wanted, Depth::FIRST)
    }

    /// Whether a query may be meant otherwise than it was typed.
    fn in_doubt(&self, query: &str, answer: &Answer) -> bool {
        // What is found when something is lacking says nothing about what was meant.
        if self.index.lacks() {
            return false;
        }
        // What stands somewhere as it was typed, all of it, is in no doubt.
        let clauses = answer.plan.wanted().count();
        let best = answer.found.documents.first();
        let stands = best.is_some_and(|best| usize::from(best.whole) >= clauses);
        !stands || spelt_apart(query, &answer.plan)
    }

    /// What a query finds. A name with a colon after it that finds nothing as a field is words:
    /// whatever stands in an article is found by typing it.
    #[inline(never)]
    fn answer(
        &self,
        query: &str,
        filter: &Filter<'_>,
        wanted: Depth,
        relaxed: Depth,
    ) -> Result<Answer, SearchError> {
        let plan = Plan::new(self, query, true);
        let found = self.find(query, &plan, filter, wanted, relaxed)?;
        if plan.fields && found.complete == 0 && !self.index.lacks() {
            let plan = Plan::new(self, query, false);
            let words = self.find(query, &plan, filter, wanted, relaxed)?;
            if words.complete > 0 {
                return Ok(Answer::new(plan, words));
            }
        }
        Ok(Answer::new(plan, found))
    }
}

/// A query made ready, and what it found.
pub(crate) struct Answer {
    pub(crate) plan: Plan,
    pub(crate) found: Found,
    /// What the query was probably meant to be.
    pub(crate) corrections: Vec<Correction>,
}

impl Answer {
    fn new(plan: Plan, found: Found) -> Self {
        Self {
            plan,
            found,
            corrections: Vec::new(),
        }
    }
}

/// The words that some of the hits lack, in the query's order, each once.
fn dropped(plan: &Plan, hits: &[Hit]) -> Vec<String> {
    let mut dropped: Vec<String> = Vec::new();
    for word in plan.words() {
        let lacks = |hit: &Hit| hit.missing.contains(&word.typed);
        if hits.iter().any(lacks) && !dropped.contains(&word.typed) {
            dropped.push(word.typed.clone());
        }
    }
    dropped
}
