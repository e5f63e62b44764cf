//! The order of the documents found.

use souwen_index::{Field, FormatError, Index, class_of};
use souwen_text::{cast, order};

use crate::engine::Engine;
use crate::freshness;
use crate::matching::{Scored, all_of};
use crate::plan::{Plan, Planned, Word};
use crate::proximity::{Asked, MAX_WORDS, Proximity};

/// Of the best documents this many are looked into for what the postings do not say. Others keep
/// their place: they are beyond any page that readers turn to.
const LOOKED_INTO: usize = 200;

/// Of the best documents this many are looked into for words that stand close together: whoever
/// scores less does not come up to a first page by it.
const CLOSE: usize = 20;
/// Places of a single character that are counted.
const MOST_PLACES: usize = 80;

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

/// More of the query's own strings whole come first, then the greater score.
fn best_first(own: &Scored) -> u64 {
    // Scores stay far below 2⁵⁶: a thousand terms of 2³² each would not reach it.
    !(u64::from(own.whole) << 56 | own.score.min((1 << 56) - 1))
}

/// Orders documents (which come in order of number): those that hold more of the query's own strings
/// whole come first, then those that score more, then those with the lesser number.
///
/// A clause that stands whole in a document adds a quarter to its score, one in the headline
/// another half; what stands close together adds as [`crate::proximity`] says. `complete` says that
/// all of the documents hold every word.
///
/// `watch` sees the documents after every step; steps have the names of `docs/SEARCH.md`.
pub(crate) fn rank(
    engine: &Engine,
    plan: &Plan,
    documents: &mut [Scored],
    complete: bool,
    watch: &mut dyn FnMut(&'static str, &[Scored]),
) -> Result<(), FormatError> {
    watch("terms", documents);
    for own in documents.iter_mut() {
        if engine.index().meta().half_life_days > 0 {
            let kept = freshness::of(engine.index(), engine.newest(), own.document);
            own.score = own.score * kept / freshness::ONE;
        }
        own.base = own.score;
    }
    watch("freshness", documents);
    let mut in_headline = Vec::new();
    for clause in plan.wanted() {
        let holders = Holders::of(engine, clause, complete);
        holders.count(engine, documents)?;
        in_headline.push(holders);
    }
    watch("whole strings", documents);
    reorder(documents, best_first);
    let looked_into = documents.len().min(LOOKED_INTO);
    let (best, _) = documents.split_at_mut(looked_into);
    let alone = matches!(in_headline.as_slice(), [own] if own.clause.stream.len() == 1);
    for holders in &in_headline {
        for own in best.iter_mut() {
            if holders.in_headline(engine, own.document)? {
                own.score += own.base / 2;
            }
            if alone {
                own.score += holders.repeated(engine, own)?;
            }
        }
    }
    watch("headline", best);
    if engine.tuning().proximity {
        let close = best.len().min(CLOSE);
        reorder(best, best_first);
        let (closest, _) = best.split_at_mut(close);
        bring_closest_up(engine, plan, closest)?;
    }
    watch("proximity", best);
    reorder(best, best_first);
    Ok(())
}

/// Adds to the scores of documents in which the words of a query stand together.
fn bring_closest_up(
    engine: &Engine,
    plan: &Plan,
    documents: &mut [Scored],
) -> Result<(), FormatError> {
    let mut asked = Vec::new();
    let mut needles = Vec::new();
    let mut at = 0;
    for word in plan.words() {
        let counts = !word.stop && word.weight > 0 && needles.len() < MAX_WORDS;
        if let Some(needle) = word.needle.as_ref().filter(|_| counts) {
            let weight = word.weight;
            asked.push(Asked { weight, at });
            needles.push(needle);
        }
        at += word.chars.len();
    }
    // One word is always close to itself.
    if needles.len() < 2 {
        return Ok(());
    }
    for own in documents {
        let held = engine.held(own.document)?;
        let all = needles
            .iter()
            .map(|needle| held.positions(needle).collect());
        let all: Vec<Vec<u32>> = all.collect();
        let mut proximity = Proximity::new(&asked);
        for (field, range) in held.fields() {
            let within = |places: &Vec<u32>| {
                let places = places.iter().filter(|place| range.contains(place));
                places.map(|&place| cast::index(place)).collect()
            };
            let places: Vec<Vec<usize>> = all.iter().map(within).collect();
            proximity.field(&places, field == Field::Title);
        }
        own.score = proximity.boosted(own.score);
    }
    Ok(())
}

/// The documents that may hold a clause whole: those that hold all of its pairs.
struct Holders<'a> {
    clause: &'a Planned,
    documents: Vec<u32>,
    /// For a clause of one pair: its class in each document.
    classes: Vec<u8>,
    /// Whether every document to be ranked holds it: a complete match of a phrase, or of a clause of
    /// one word, says so.
    all: bool,
}

impl<'a> Holders<'a> {
    fn of(engine: &Engine, clause: &'a Planned, complete: bool) -> Self {
        let plain = |word: &Word| !word.stop && word.synonyms.is_empty();
        let one_word = clause.words.len() == 1 && clause.words.iter().all(plain);
        let mut holders = Self {
            clause,
            documents: Vec::new(),
            classes: Vec::new(),
            all: complete && clause.stream.len() > 2 && (one_word || clause.is_phrase()),
        };
        match clause.whole.as_deref() {
            _ if holders.all => {}
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

    /// Counts the clause for the documents that hold it whole. The postings say it of one or two
    /// characters.
    fn count(&self, engine: &Engine, documents: &mut [Scored]) -> Result<(), FormatError> {
        let clause = self.clause;
        let Some(needle) = &clause.needle else {
            return Ok(());
        };
        let proven = clause.stream.len() < 3;
        let mut possible = self.documents.iter().peekable();
        for own in documents {
            while possible
                .next_if(|document| **document < own.document)
                .is_some()
            {}
            let holds = self.all
                || possible.peek().is_some_and(|next| **next == own.document)
                    && (proven || engine.held(own.document)?.holds(needle));
            if holds {
                own.whole = own.whole.saturating_add(1);
                own.score += own.base / 4;
            }
        }
        Ok(())
    }

    /// What it adds to a score that a single character stands in a document more than once, which its
    /// postings do not say.
    fn repeated(&self, engine: &Engine, own: &Scored) -> Result<u64, FormatError> {
        let index = engine.index();
        let Some(needle) = self.clause.needle.as_ref() else {
            return Ok(0);
        };
        let held = engine.held(own.document)?;
        let places = held.positions(needle).take(MOST_PLACES);
        let frequency = places
            .map(|at| index.meta().weight(held.field_at(at)))
            .sum();
        let norm = index.norm(own.document);
        let impact = |class| u64::from(engine.impacts().get(class, norm)).max(1);
        Ok(own.base * (impact(class_of(frequency)) - impact(0)) / impact(0))
    }

    /// Whether the clause stands whole in the headline.
    fn in_headline(&self, engine: &Engine, document: u32) -> Result<bool, FormatError> {
        let at = self.documents.binary_search(&document).ok();
        if at.is_none() && !self.all {
            return Ok(false);
        }
        let class = at.and_then(|at| self.classes.get(at));
        if class.is_some_and(|&class| class < headline_class(engine.index())) {
            return Ok(false);
        }
        let Some(needle) = &self.clause.needle else {
            return Ok(false);
        };
        Ok(engine.held(document)?.holds_in(needle, Field::Title))
    }
}

/// The least class of a pair that stands in a headline.
pub(crate) fn headline_class(index: &Index) -> u8 {
    class_of(index.meta().weight(Field::Title))
}
