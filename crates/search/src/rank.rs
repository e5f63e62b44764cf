//! The order of the documents found.

use souwen_index::{Field, FormatError, USUAL, class_of};
use souwen_text::{cast, order};

use crate::engine::Engine;
use crate::freshness;
use crate::held::{Held, Needle};
use crate::matching::{Scored, classes_of};
use crate::plan::{Plan, Planned, Word};
use crate::proximity::{Asked, MAX_WORDS, Proximity};

/// Of the best documents this many are looked into for words that stand close together: a first page,
/// whose texts are needed anyway. Two more would be found a little better, and cost two more texts.
pub(crate) const CLOSE: usize = 10;
/// A query of so many clauses that the postings leave open is a paste rather than a question. Then no more than so many
/// documents are looked into for which of them they hold whole; those behind count as if they held none.
const MANY: usize = 4;
/// See [`MANY`].
const LOOKED_INTO: usize = 100;
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
pub(crate) fn best_first(own: &Scored) -> u64 {
    // Scores stay far below 2⁵⁶: a thousand terms of 2³² each would not reach it.
    !(u64::from(own.whole) << 56 | own.score.min((1 << 56) - 1))
}

/// How far an order must be settled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Depth {
    /// So many hits, which are documents of different texts, must be in their places.
    pub(crate) hits: usize,
    /// So many of the best documents are looked into for words that stand close together.
    pub(crate) close: usize,
    /// Whether of the others their number is enough.
    pub(crate) alone: bool,
}

impl Depth {
    /// Who is first.
    pub(crate) const FIRST: Self = Self {
        hits: 1,
        close: 0,
        alone: false,
    };

    /// As many hits as that.
    pub(crate) fn hits(hits: usize) -> Self {
        Self {
            hits,
            close: CLOSE,
            alone: false,
        }
    }
}

/// Orders documents (which come in order of number): those that hold more of the query's own strings
/// whole come first, then those that score more, then those with the lesser number.
///
/// A clause that stands whole in a document adds a quarter to its score, one in the headline
/// another half; what stands close together adds as [`crate::proximity`] says. `complete` says that
/// all of the documents fulfil the plan.
///
/// Most of it the postings say. Where they leave open whether a document holds a clause whole, it is
/// taken as if it did until its turn comes; only then its text is looked into, and the document goes
/// where it belongs. So the first places are those that looking into all would give, and those
/// behind what is `wanted` need not be.
pub(crate) fn rank(
    engine: &Engine,
    plan: &Plan,
    mut documents: Vec<Scored>,
    complete: bool,
    wanted: Depth,
) -> Result<Vec<Scored>, FormatError> {
    let half_life = engine.index().meta().half_life_days > 0;
    for own in &mut documents {
        if half_life {
            let kept = freshness::of(engine.index(), engine.newest(), own.document);
            own.score = own.score * kept / freshness::ONE;
        }
        own.base = own.score;
    }
    let numbers: Vec<u32> = documents.iter().map(|own| own.document).collect();
    let mut open = Vec::new();
    for clause in plan.wanted() {
        let Some(whole) = &clause.whole else { continue };
        let holders = classes_of(engine.index(), &whole.terms, &numbers);
        let certain = whole.certain || complete && is_run(clause) && plan.demands(clause);
        if certain {
            count(&holders, true, &mut documents);
            continue;
        }
        let proven = whole.proven(engine.index());
        let is_proven = |own: &(u32, u8)| proven.binary_search(&own.0).is_ok();
        let (proven, holders): (Vec<_>, Vec<_>) = holders.into_iter().partition(is_proven);
        count(&proven, true, &mut documents);
        count(&holders, false, &mut documents);
        if let Some(needle) = &clause.needle {
            open.push(Open { needle, holders });
        }
    }
    let mut ranked = settle(engine, documents, &open, wanted)?;
    if engine.tuning().proximity {
        let close = ranked.len().min(wanted.close);
        let (closest, _) = ranked.split_at_mut(close);
        let mut clauses = plan.wanted();
        match (clauses.next(), clauses.next()) {
            (Some(only), None) if only.stream.len() == 1 => repeated(engine, only, closest)?,
            _ => bring_closest_up(engine, plan, closest)?,
        }
        reorder(closest, best_first);
    }
    Ok(ranked)
}

/// Whether documents that match a clause hold it whole: one of a single word, or a phrase.
fn is_run(clause: &Planned) -> bool {
    let plain = |word: &Word| !word.stop && word.synonyms.is_empty();
    clause.is_phrase() || clause.words.len() == 1 && clause.words.iter().all(plain)
}

/// Counts a clause for the documents that hold its terms.
fn count(holders: &[(u32, u8)], certain: bool, documents: &mut [Scored]) {
    let mut holders = holders.iter().peekable();
    for own in documents {
        let Some((_, class)) = holders.next_if(|(document, _)| *document == own.document) else {
            continue;
        };
        own.open |= !certain;
        own.stands(*class);
    }
}

/// A clause of which the postings do not say which documents hold it whole.
struct Open<'a> {
    needle: &'a Needle,
    /// Those that may.
    holders: Vec<(u32, u8)>,
}

/// The documents in their order, as far as it is wanted.
fn settle(
    engine: &Engine,
    mut documents: Vec<Scored>,
    open: &[Open<'_>],
    wanted: Depth,
) -> Result<Vec<Scored>, FormatError> {
    // The best at the end; of equals the first one.
    let keys = documents.iter().map(best_first).zip(0..);
    let mut keys: Vec<(u64, u32)> = keys.collect();
    order::sort(&mut keys);
    keys.reverse();
    let mut ranked: Vec<Scored> = Vec::with_capacity(documents.len());
    let mut texts: Vec<u32> = Vec::new();
    let mut looked_into = 0;
    // Where many texts turned out not to hold what was hoped for, a quarter as many are asked for beyond those that would do at
    // best: else each that takes another's place would be a round of its own.
    let mut ahead = None;
    while let Some((_, at)) = keys.pop() {
        let Some(own) = documents.get_mut(cast::index(at)) else {
            continue;
        };
        let hits = wanted.hits.saturating_add(ahead.unwrap_or(0));
        let needed = ranked.len() < wanted.close || texts.len() < hits;
        if needed && own.open {
            let held = if open.len() < MANY || looked_into < LOOKED_INTO {
                Some(engine.held(own.document)?)
            } else {
                None
            };
            // As long as it may hold them all, those behind it are not asked for.
            if engine.index().lacks() {
                ahead.get_or_insert(looked_into.saturating_sub(wanted.hits) / 4);
            } else {
                take_back(own, open, held.as_deref());
            }
            looked_into += 1;
            own.open = false;
            let key = (best_first(own), at);
            let place = keys.partition_point(|other| *other > key);
            keys.insert(place, key);
            continue;
        }
        let text = engine.index().group(own.document);
        if needed && !texts.contains(&text) {
            texts.push(text);
        }
        ranked.push(*own);
    }
    Ok(ranked)
}

/// Takes back what was counted for clauses that a document does not hold whole.
fn take_back(own: &mut Scored, open: &[Open<'_>], held: Option<&Held>) {
    for clause in open {
        let holders = &clause.holders;
        let may = holders.binary_search_by_key(&own.document, |&(document, _)| document);
        let holds = held.is_some_and(|held| held.holds(clause.needle));
        if may.is_ok() && !holds {
            own.whole = own.whole.saturating_sub(1);
            own.score -= own.base / 4;
        }
    }
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

/// Adds to the scores of documents what it says that a single character stands there more than once,
/// which its postings do not say.
fn repeated(
    engine: &Engine,
    clause: &Planned,
    documents: &mut [Scored],
) -> Result<(), FormatError> {
    let index = engine.index();
    let meta = index.meta();
    let (Some(needle), Some(term)) = (
        &clause.needle,
        clause.whole.as_ref().and_then(|own| own.terms.first()),
    ) else {
        return Ok(());
    };
    for own in documents {
        let held = engine.held(own.document)?;
        let (mut tf, mut headline) = (0, 0);
        for at in held.positions(needle).take(MOST_PLACES) {
            let field = held.field_at(at);
            tf += meta.weight(field);
            if field == Field::Title {
                headline = meta.weight(field);
            }
        }
        let impact = |class| u64::from(engine.impacts().get(class)).max(1);
        let posting = index.postings(*term).seek(own.document);
        let counted = impact(posting.map_or(0, |(_, class)| class));
        own.score +=
            own.base * impact(class_of(tf, headline, USUAL)).saturating_sub(counted) / counted;
    }
    Ok(())
}
