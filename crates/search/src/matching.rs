//! Terms → documents, and documents → scores.

use souwen_index::{IN_HEADLINE, Impacts, Index, TermId};

use souwen_text::{cast, order};

use crate::evidence::Evidence;
use crate::plan::Plan;

/// See [`any_evidence`].
const FLOOR: u64 = 4;

/// A document and how much speaks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scored {
    pub(crate) document: u32,
    pub(crate) score: u64,
    /// The score that its terms alone give.
    pub(crate) base: u64,
    /// How many of the query's own strings stand in it whole; see [`crate::rank`].
    pub(crate) whole: u8,
    /// How many of them stand in its headline.
    pub(crate) headline: u8,
    /// Whether some are counted that it may hold in pieces only.
    pub(crate) open: bool,
}

impl Scored {
    pub(crate) fn new(document: u32, score: u64) -> Self {
        Self {
            document,
            score,
            base: 0,
            whole: 0,
            headline: 0,
            open: false,
        }
    }

    /// Counts that one of the query's strings stands in it whole, with a class.
    pub(crate) fn stands(&mut self, class: u8) {
        self.whole = self.whole.saturating_add(1);
        self.score += self.base / 4;
        if class >= IN_HEADLINE {
            self.headline = self.headline.saturating_add(1);
            self.score += self.base / 2;
        }
    }
}

/// The documents that hold all of the terms, in order.
pub(crate) fn all_of(index: &Index, terms: &[TermId]) -> Vec<u32> {
    let df = |&term: &TermId| u64::from(index.document_frequency(term));
    let keys = terms.iter().map(df).zip(0..);
    let mut keys: Vec<(u64, u32)> = keys.collect();
    // The rarest leads: it decides how many documents are looked at.
    order::sort(&mut keys);
    let mut ordered: Vec<TermId> = Vec::new();
    for term in keys
        .iter()
        .filter_map(|&(_, at)| terms.get(cast::index(at)))
    {
        if !ordered.contains(term) {
            ordered.push(*term);
        }
    }
    let mut cursors = ordered.into_iter().map(|term| index.postings(term));
    let Some(mut leader) = cursors.next() else {
        return Vec::new();
    };
    let mut found: Vec<u32> = Vec::new();
    while let Some(document) = leader.next_document() {
        found.push(document);
    }
    for mut cursor in cursors {
        let mut at = cursor.next_document();
        found.retain(|&document| {
            if at.is_some_and(|here| here < document) {
                at = cursor.seek_document(document);
            }
            at == Some(document)
        });
    }
    found
}

/// Those of the documents (in order) that hold all of the terms, each with the least of their classes.
pub(crate) fn classes_of(index: &Index, terms: &[TermId], documents: &[u32]) -> Vec<(u32, u8)> {
    let mut found: Vec<(u32, u8)> = documents.iter().map(|&own| (own, u8::MAX)).collect();
    for &term in terms {
        let mut cursor = index.postings(term);
        let mut at = cursor.next_document();
        found.retain_mut(|(document, class)| {
            if at.is_some_and(|here| here < *document) {
                at = cursor.seek_document(*document);
            }
            let held = at == Some(*document);
            if held {
                *class = cursor.class().min(*class);
            }
            held
        });
    }
    found
}

/// Scores documents (in order) by the evidence of a plan.
pub(crate) fn score(
    index: &Index,
    impacts: &Impacts,
    plan: &Plan,
    documents: &[u32],
) -> Vec<Scored> {
    let mut scored: Vec<Scored> = documents
        .iter()
        .map(|&document| Scored::new(document, 0))
        .collect();
    for &Evidence { term, weight } in plan.wanted().flat_map(|clause| &clause.evidence) {
        let mut cursor = index.postings(term);
        let mut at = cursor.next_document();
        for own in &mut scored {
            if at.is_some_and(|here| here < own.document) {
                at = cursor.seek_document(own.document);
            }
            let Some(here) = at else { break };
            if here == own.document {
                own.score += speaks(impacts, cursor.class(), weight);
            }
        }
    }
    scored
}

/// Scores every document that anything speaks for, and gives, in order, those for which at least a
/// [`FLOOR`]th as much does as for the best one.
pub(crate) fn any_evidence(index: &Index, impacts: &Impacts, plan: &Plan) -> Vec<Scored> {
    let mut scores = vec![0u64; cast::index(index.len())];
    for &Evidence { term, weight } in plan.wanted().flat_map(|clause| &clause.evidence) {
        let mut cursor = index.postings(term);
        while let Some((document, class)) = cursor.next() {
            if let Some(score) = scores.get_mut(cast::index(document)) {
                *score += speaks(impacts, class, weight);
            }
        }
    }
    let floor = (scores.iter().copied().max().unwrap_or(0) / FLOOR).max(1);
    let scored = (0..).zip(scores).filter(|&(_, score)| score >= floor);
    scored
        .map(|(document, score)| Scored::new(document, score))
        .collect()
}

/// How much a term of a class speaks for a document.
#[inline]
pub(crate) fn speaks(impacts: &Impacts, class: u8, weight: u32) -> u64 {
    u64::from(impacts.get(class)) * u64::from(weight)
}
