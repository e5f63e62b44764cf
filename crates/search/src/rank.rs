//! The order of the documents found.

use souwen_index::{Field, FormatError};
use souwen_text::{cast, order};

use crate::engine::Engine;
use crate::find::holds;
use crate::matching::{Scored, all_of};
use crate::plan::{Plan, Planned};
use crate::prepared::Prepared;

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
    // A document can hold a clause whole only if it holds all of its pairs.
    let clauses: Vec<(&Planned, Vec<u32>)> = plan
        .wanted
        .iter()
        .filter_map(|clause| Some((clause, all_of(engine.index(), clause.whole.as_ref()?))))
        .collect();
    let looked_into = documents.len().min(LOOKED_INTO);
    let (best, _) = documents.split_at_mut(looked_into);
    let mut whole = vec![0u64; cast::index(engine.index().len())];
    for own in best.iter_mut() {
        let base = own.score;
        for (clause, holders) in &clauses {
            if holders.binary_search(&own.document).is_err() {
                continue;
            }
            let prepared = engine.prepared(own.document)?;
            let (anywhere, headline) = stands_in(&prepared, clause.stream.chars());
            if let (true, Some(whole)) = (anywhere, whole.get_mut(cast::index(own.document))) {
                *whole += 1;
                own.score += base / 4 + if headline { base / 2 } else { 0 };
            }
        }
    }
    // Scores stay far below 2⁵⁶: a thousand terms of 2³² each would not reach it.
    let held = |own: &Scored| {
        whole
            .get(cast::index(own.document))
            .copied()
            .unwrap_or(0)
            .min(255)
    };
    reorder(best, |own| {
        !(held(own) << 56 | own.score.min((1 << 56) - 1))
    });
    Ok(())
}

/// Whether characters stand side by side in a document, and whether in its headline.
fn stands_in(document: &Prepared, chars: &[char]) -> (bool, bool) {
    let mut anywhere = false;
    for field in document
        .fields
        .iter()
        .filter(|field| holds(&field.stream, chars))
    {
        anywhere = true;
        if field.field == Field::Title {
            return (true, true);
        }
    }
    (anywhere, false)
}
