//! The order of the documents found.

use souwen_index::{Field, FormatError, class_of};
use souwen_text::{cast, order};

use crate::engine::Engine;
use crate::find::holds;
use crate::matching::{Scored, all_of};
use crate::plan::{Plan, Planned};

/// Of the best documents this many are looked into for the query's own string. Others keep their
/// place: they are beyond any page that readers turn to.
const LOOKED_INTO: usize = 200;

/// Sorts documents by a key, least first; equals stay as they are.
pub(crate) fn reorder(documents: &mut [Scored], key: impl Fn(&Scored) -> u64) {
    let mut keys: Vec<(u64, u32)> = documents.iter().map(key).zip(0..).collect();
    order::sort(&mut keys);
    let before = documents.to_vec();
    for (slot, (_, at)) in documents.iter_mut().zip(keys) {
        if let Some(own) = before.get(cast::index(at)) {
            *slot = *own;
        }
    }
}

/// Documents in order, each once.
pub(crate) fn in_order(documents: &[u32]) -> Vec<u32> {
    let mut keys: Vec<(u64, u32)> = documents.iter().map(|&document| (0, document)).collect();
    order::sort(&mut keys);
    keys.dedup();
    keys.into_iter().map(|(_, document)| document).collect()
}

/// Orders documents (which come in order of number): those that hold more of the query's own strings
/// whole come first, then those that score more, then those with the lesser number.
///
/// A clause that stands whole in a document adds a quarter to its score, one in the headline
/// another half.
pub(crate) fn rank(
    engine: &Engine,
    plan: &Plan,
    documents: &mut [Scored],
) -> Result<(), FormatError> {
    reorder(documents, |own| !own.score);
    let looked_into = documents.len().min(LOOKED_INTO);
    let (best, _) = documents.split_at_mut(looked_into);
    let scores: Vec<u64> = best.iter().map(|own| own.score).collect();
    for clause in &plan.wanted {
        let holders = Holders::of(engine, clause);
        for (own, &base) in best.iter_mut().zip(&scores) {
            let (anywhere, headline) = holders.whole_in(engine, own.document)?;
            if anywhere {
                own.whole = own.whole.saturating_add(1);
                own.score += base / 4 + if headline { base / 2 } else { 0 };
            }
        }
    }
    // Scores stay far below 2⁵⁶: a thousand terms of 2³² each would not reach it.
    reorder(best, |own| {
        !(u64::from(own.whole) << 56 | own.score.min((1 << 56) - 1))
    });
    Ok(())
}

/// The documents that may hold a clause whole: those that hold all of its pairs.
struct Holders<'a> {
    clause: &'a Planned,
    documents: Vec<u32>,
    /// For a clause of one pair: its class in each document.
    classes: Vec<u8>,
}

impl<'a> Holders<'a> {
    fn of(engine: &Engine, clause: &'a Planned) -> Self {
        let mut holders = Self {
            clause,
            documents: Vec::new(),
            classes: Vec::new(),
        };
        match clause.whole.as_deref() {
            Some(&[pair]) if clause.stream.len() == 2 => {
                let mut cursor = engine.index().postings(pair);
                while let Some((document, class)) = cursor.next() {
                    holders.documents.push(document);
                    holders.classes.push(class);
                }
            }
            Some(terms) => holders.documents = all_of(engine.index(), terms),
            None => {}
        }
        holders
    }

    /// Whether the clause stands whole in a document, and whether in its headline. Looks into the
    /// text only where the postings do not say.
    fn whole_in(&self, engine: &Engine, document: u32) -> Result<(bool, bool), FormatError> {
        let Ok(at) = self.documents.binary_search(&document) else {
            return Ok((false, false));
        };
        let below_headline = self
            .classes
            .get(at)
            .is_some_and(|&class| class < headline_class());
        if below_headline {
            return Ok((true, false));
        }
        let prepared = engine.prepared(document)?;
        let chars = self.clause.stream.chars();
        let mut anywhere = false;
        for field in prepared
            .fields
            .iter()
            .filter(|field| holds(&field.stream, chars))
        {
            anywhere = true;
            if field.field == Field::Title {
                return Ok((true, true));
            }
        }
        Ok((anywhere, false))
    }
}

/// The least class of a pair that stands in a headline.
pub(crate) fn headline_class() -> u8 {
    class_of(Field::Title.weight())
}
