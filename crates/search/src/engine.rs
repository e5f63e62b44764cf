//! The engine: a query in, a result out.

use std::fmt;
use std::rc::Rc;

use souwen_index::{Document, FormatError, Impacts, Index};
use souwen_text::cast;

use crate::facets;
use crate::filter::{Filter, FilterError, Filters, kind_name};
use crate::find::holds;
use crate::held::{self, Held};
use crate::matching::Scored;
use crate::plan::Plan;
use crate::prepared::{Cache, Prepared};
use crate::result::{Article, Hit, Relaxed, SearchResult};
use crate::snippet::{headline, snippet};

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
    held: held::Cache,
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
            held: held::Cache::default(),
        }
    }

    /// The index.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    pub(crate) fn impacts(&self) -> &Impacts {
        &self.impacts
    }

    pub(crate) fn prepared(&self, document: u32) -> Result<Rc<Prepared>, FormatError> {
        self.cache.get(&self.index, document)
    }

    /// A document to look into. Costs its reading the first time, next to nothing later.
    pub(crate) fn held(&self, document: u32) -> Result<Rc<Held>, FormatError> {
        self.held.get(&self.index, document)
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
