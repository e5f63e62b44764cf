//! The documents that a query finds: those that hold all of it, and those that hold most.

use souwen_index::HEAD;
use souwen_text::cast;

use crate::engine::{Engine, SearchError};
use crate::filter::Filter;
use crate::matching::{Scored, any_evidence, score, speaks};
use crate::plan::Plan;
use crate::rank::{Depth, best_first, rank, reorder};
use crate::select::Demand;

/// Below this many complete documents a query is filled up with incomplete ones, if it has
/// [`TELLING`] words: a query of one word has nothing to do without.
pub(crate) const ENOUGH: usize = 10;
/// See [`ENOUGH`].
const TELLING: usize = 2;

/// Beside complete documents, those that hold less than one part in so many are noise.
const LITTLE: u64 = 3;

/// A term that weighs less may give documents of different classes the same score.
const LEAST: u32 = 8;

/// What a query found: documents in their final order.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) documents: Vec<Scored>,
    /// The first so many hold every word.
    pub(crate) complete: usize,
    /// How many more there are, which hold every word and come behind them.
    pub(crate) others: u32,
}

impl Engine {
    /// Finds the documents that a plan asks for and a filter lets through, best first, as far as is
    /// `wanted`. If none holds all of it, `relaxed` is wanted of those that hold some.
    pub(crate) fn find(
        &self,
        query: &str,
        plan: &Plan,
        filter: &Filter<'_>,
        wanted: Depth,
        relaxed: Depth,
    ) -> Result<Found, SearchError> {
        // Nothing for a query of nothing but punctuation.
        if plan.empty && query.chars().any(|c| !c.is_whitespace()) {
            return Ok(Found::default());
        }
        if let Some(found) = self.best_of(plan, wanted) {
            return Ok(found);
        }
        let mut complete = self.select(plan, Demand::All)?;
        complete.retain(|&document| filter.accepts(document));
        if plan.wanted().next().is_none() {
            return Ok(self.browse(&complete));
        }
        let documents = score(self.index(), self.impacts(), plan, &complete);
        let rest = self.incomplete(plan, filter, &documents)?;
        // Which ones come behind the complete ones is known without any text: so those that are to be looked into or shown
        // of both are asked for together.
        let known = !self.index().lacks();
        let mut documents = rank(self, plan, documents, true, wanted)?;
        let complete = documents.len();
        if known {
            let mut wanted = if complete > 0 { wanted } else { relaxed };
            // Those before them were looked into.
            wanted.close = wanted.close.saturating_sub(complete);
            documents.extend(rank(self, plan, rest, false, wanted)?);
        }
        Ok(Found {
            documents,
            complete,
            others: 0,
        })
    }

    /// The documents that hold much of a query, if there are not enough `complete` ones.
    fn incomplete(
        &self,
        plan: &Plan,
        filter: &Filter<'_>,
        complete: &[Scored],
    ) -> Result<Vec<Scored>, SearchError> {
        let telling = plan
            .words()
            .filter(|word| !word.stop && word.chars.len() > 1 && word.required.is_some());
        let few = complete.is_empty() || complete.len() < ENOUGH && telling.count() >= TELLING;
        // Whether there are enough is not known before everything is there.
        if !few || self.index().lacks() {
            return Ok(Vec::new());
        }
        let mut rest = any_evidence(self.index(), self.impacts(), plan);
        let (held, all) = self.coverage(plan);
        // Beside articles with every word, those with little of it are noise.
        let least = if complete.is_empty() {
            1
        } else {
            all.div_ceil(LITTLE)
        };
        let possible = self.select(plan, Demand::NoWords)?;
        rest.retain(|own| {
            let covered = held.get(cast::index(own.document)).copied();
            covered.is_some_and(|covered| covered >= least.max(1))
                && possible.binary_search(&own.document).is_ok()
                && filter.accepts(own.document)
                && !complete.iter().any(|d| d.document == own.document)
        });
        Ok(rest)
    }

    /// The best documents of a query that is one word of two characters, if their head says which those
    /// are: the same, in the same order, as all that the pair's list holds would give. None for every
    /// other query.
    fn best_of(&self, plan: &Plan, wanted: Depth) -> Option<Found> {
        let index = self.index();
        let own = plan.pair()?;
        let looked_at = wanted.hits.max(wanted.close);
        let few = wanted.alone && looked_at <= HEAD;
        // Freshness needs the dates of all; of a term that stands nearly everywhere no class counts.
        if !few || index.meta().half_life_days > 0 || own.weight < LEAST {
            return None;
        }
        let Some(mut head) = index.head(own.term) else {
            // If it is only not there yet, the whole list is not asked for.
            return index.lacks().then(Found::default);
        };
        let mut documents = Vec::new();
        while let Some((document, class)) = head.next() {
            let mut scored = Scored::new(document, speaks(self.impacts(), class, own.weight));
            scored.base = scored.score;
            scored.stands(class);
            documents.push(scored);
        }
        reorder(&mut documents, best_first);
        // A reprint names the others of its text, which may be anywhere in the list.
        let mut first = documents.iter().take(looked_at);
        if first.any(|own| !index.is_alone(own.document)) {
            return None;
        }
        let complete = documents.len();
        let others = index.document_frequency(own.term);
        Some(Found {
            others: others.saturating_sub(cast::small(complete)),
            documents,
            complete,
        })
    }

    /// Everything that a query without words lets through, newest first.
    fn browse(&self, documents: &[u32]) -> Found {
        let documents = documents.iter().map(|&document| Scored::new(document, 0));
        let mut documents: Vec<Scored> = documents.collect();
        self.newest_first(&mut documents);
        let complete = documents.len();
        Found {
            documents,
            complete,
            others: 0,
        }
    }

    /// Orders by date, undated last; equals stay as they are.
    pub(crate) fn newest_first(&self, documents: &mut [Scored]) {
        reorder(documents, |own| {
            let date = self.index().date(own.document);
            !date.map_or(0, |date| u64::from(date.days()) + 1)
        });
    }
}
