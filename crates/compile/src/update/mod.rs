//! An index brought up to date: what is new and changed goes into a segment behind those that an older
//! index has, which stay as they are, byte for byte.
//!
//! ```text
//! older index ─► policy: how many of its segments are kept ─► kept.rs: what is said of their documents
//!      │                                                           │
//!      └─► base.rs: dictionary, alphabet,                          ▼
//!          the documents of the other segments ─┐        souwen_index::Writer::behind ─► parts
//! new and changed articles ─────────────────────┴─► cut ─► terms, documents ┘
//! ```
//!
//! The dictionary and how texts are coded stay those of the last full build.

mod base;
mod kept;
mod policy;
mod reprints;
mod script;
mod segment;

use std::fmt;

use serde::{Deserialize, Serialize};
use souwen_index::{Core, Index, Kept, Meta, Sink, SoundParts, Writer};
use souwen_text::cast;

use crate::columns::{self, Column};
use crate::documents::Documents;
use crate::error::CompileError;
use crate::limits::{Limits, Stage, Watch};
use crate::options::{Options, Stats};
use crate::run::{Counts, Gather, Run, Spool};
use crate::{Compiled, Reprints, core, folds};

pub use base::Base;
use kept::{Leaving, Staying};
use policy::Held;
use reprints::Old;
use script::Script;
use segment::Segment;

/// What an update must know of an index and cannot read out of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// By segment: how many parts each region has up to its end.
    pub(crate) ends: Vec<[u32; 5]>,
}

/// What has changed since.
#[derive(Debug)]
pub struct Changes {
    /// The documents that count no more, be it that another one takes their place or none does.
    pub gone: Vec<u32>,
    /// The articles that are new or changed, collected by a [`Gather`].
    pub articles: Run,
}

/// What came of an update.
#[derive(Debug)]
pub enum Outcome {
    /// The index is up to date.
    Updated(Box<Updated>),
    /// It is not to be brought up to date, but built anew of all articles. Nothing was written.
    Rebuild(Rebuild),
}

/// An index that is up to date.
#[derive(Debug)]
pub struct Updated {
    /// The index. Its parts are the older index's first ones and those that were given to the sink;
    /// its figures are of the articles that count.
    pub compiled: Compiled,
    /// So many documents are those of the older index.
    pub kept: u32,
    /// Behind them come these of its documents, written again, and then the articles.
    pub carried: Vec<u32>,
}

/// Why an index is to be built anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rebuild {
    /// Too much of it is not as it was when all was built.
    Outgrown,
    /// It has more characters than a key can name.
    Characters,
    /// It has no parts that could be kept, or nothing is left of it.
    Small,
}

impl fmt::Display for Rebuild {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Outgrown => "more than a fifth has changed since everything was built",
            Self::Characters => "there are more characters than an update can add",
            Self::Small => "the archive is small",
        })
    }
}

/// Brings an index up to date; parts that it did not have go to `sink`.
///
/// # Errors
/// [`CompileError`]: the older index or the disk cannot be read.
pub fn update(
    base: &Base<'_>,
    changes: Changes,
    options: &Options,
    limits: &Limits,
    watch: &dyn Watch,
    sink: &mut dyn Sink,
) -> Result<Outcome, CompileError> {
    let Some(plan) = Plan::of(base, &changes) else {
        return Ok(Outcome::Rebuild(Rebuild::Small));
    };
    let Some(segments) = policy::kept(&plan.held, changes.articles.articles()) else {
        return Ok(Outcome::Rebuild(Rebuild::Outgrown));
    };
    watch.stage(Stage::Read, 0);
    let ends = base.ledger.ends.get(..segments).unwrap_or_default();
    let end = ends.last().copied().unwrap_or_default();
    let keep = |index: &Index| Kept::new(index, base.core, segments, end, &plan.gone);
    let mut kept = base.ask(keep)??;
    let first = kept.documents();
    let carried = plan.carried(first, base.index.len());
    let mut leaving = Leaving::default();
    let mut again = Gather::from(options, limits, 0);
    for &document in &carried {
        again.add(leaving.add(base, document)?)?;
    }
    for &document in &plan.newly_gone {
        leaving.add(base, document)?;
    }
    let runs = vec![again.finish()?, changes.articles];
    let (spool, counts) = if runs.iter().all(|run| run.articles() == 0) {
        (None, Counts::default())
    } else {
        let (spool, counts) = Spool::new(runs)?;
        (Some(spool), counts)
    };
    let Some(script) = Script::of(base, segments, &counts, limits)? else {
        return Ok(Outcome::Rebuild(Rebuild::Characters));
    };
    if let Some(sounds) = &script.sounds {
        base.ask(|index| kept.renew_sounds(index, sounds))?;
    }
    let staying = Staying::of(base, &kept)?;
    let new = spool.as_ref().map_or(0, Spool::documents);
    let articles = staying.articles() + new;

    let mut meta = core::meta(options, first.saturating_add(new), &counts);
    meta.newest = counts.newest.max(staying.newest());
    meta.characters += base.index.meta().characters;
    meta.characters = meta.characters.saturating_sub(leaving.characters);
    // Lengths are held against the average of the articles that count.
    let counting = Meta {
        documents: articles,
        ..meta.clone()
    };
    let segment = match &spool {
        Some(spool) => Some(Segment::cut(
            base, segments, spool, &script, &counting, limits, watch,
        )?),
        None => None,
    };

    let columns = columns(base, &kept, options, counts)?;
    let facets = columns.iter();
    let facets = facets.map(|own| (own.name.clone(), own.values.clone()));
    let codec = base.ask(|index| index.codec().cloned())?;
    let codec = codec.ok_or(CompileError::Damaged)?;
    let characters = meta.characters;
    let core = Core {
        meta,
        folds: script.folds,
        synonyms: base.index.synonyms().clone(),
        alphabet: script.alphabet.clone(),
        sounds: SoundParts::default(),
        codec: codec.clone(),
        facets: facets.collect(),
    };
    let gone = kept.gone().to_vec();
    let layout = options.bundle.layout(articles, characters);
    let mut writer = Writer::behind(core, kept, layout, sink);
    staying.headlines(base, &mut writer)?;
    let mut repeated = staying.repeated(base)?;
    let mut reprints = Reprints::default();
    if let (Some(spool), Some(segment)) = (&spool, segment) {
        let old = Old {
            base,
            segments,
            documents: first,
            gone: &gone,
            fold: &folds::complete(),
        };
        watch.stage(Stage::Reprints, 0);
        let groups = segment.groups(spool, &old, limits)?;
        let own = (first..).zip(groups.iter().copied());
        let own = own.filter(|(own, group)| own != group);
        repeated += cast::small(own.clone().count());
        // What is only cut again was named when it came.
        let new = first.saturating_add(cast::small(carried.len()));
        let named = own.filter(|(own, _)| *own >= new);
        reprints = Reprints::new(
            named.map(|(own, group)| [own, group]),
            |document| match document.checked_sub(first) {
                Some(new) => spool.record(new),
                None => base.record(document),
            },
        )?;
        let (notes, frequencies) = segment.terms(base, limits, watch, &mut writer)?;
        let documents = Documents {
            spool,
            columns: &columns,
            notes: &notes,
            groups: &groups,
            provisional: &script.alphabet,
            frequencies: &frequencies,
            all: articles,
            encoder: codec.encoder(&script.alphabet),
        };
        documents.write(limits, watch, &mut writer)?;
    }
    let (bytes, end) = writer.finish_in_parts()?;
    let mut ends = ends.to_vec();
    ends.extend((new > 0).then_some(end));
    let stats = Stats {
        documents: articles,
        characters,
        terms: Index::open(&bytes)?.terms(),
        words: cast::small(script.words.len()),
        repeated,
    };
    Ok(Outcome::Updated(Box::new(Updated {
        compiled: Compiled {
            bytes,
            stats,
            ledger: Ledger { ends },
            idle_synonyms: Vec::new(),
            reprints,
        },
        kept: first,
        carried,
    })))
}

/// What is there, and what is gone.
struct Plan {
    newly_gone: Vec<u32>,
    /// All that is gone, ascending.
    gone: Vec<u32>,
    held: Vec<Held>,
}

impl Plan {
    /// None if there is nothing to go on with.
    fn of(base: &Base<'_>, changes: &Changes) -> Option<Self> {
        let index = base.index;
        let all = index.len();
        let mut newly_gone = changes.gone.clone();
        newly_gone.sort_unstable();
        newly_gone.dedup();
        newly_gone.retain(|&own| own < all && !index.is_gone(own));
        let is_gone = |own: &u32| index.is_gone(*own) || newly_gone.binary_search(own).is_ok();
        let gone: Vec<u32> = (0..all).filter(is_gone).collect();
        let known = base.ledger.ends.len() == index.segments().count();
        let left = cast::index(all) > gone.len() || changes.articles.articles() > 0;
        let held = held(index, &gone);
        (known && left && !index.parts().is_empty()).then_some(Self {
            newly_gone,
            gone,
            held,
        })
    }

    /// The documents from a first one on that count.
    fn carried(&self, first: u32, end: u32) -> Vec<u32> {
        let counts = |own: &u32| self.gone.binary_search(own).is_err();
        (first..end).filter(counts).collect()
    }
}

/// The columns, of which the segments that are kept have values.
fn columns(
    base: &Base<'_>,
    kept: &Kept,
    options: &Options,
    counts: Counts,
) -> Result<Vec<Column>, CompileError> {
    let mut columns = Vec::new();
    for column in columns::columns(&options.facets, counts.values) {
        let values = base.ask(|index| {
            let facet = index.facet(&column.name);
            facet.map_or_else(Vec::new, |facet| facet.values().to_vec())
        })?;
        let known = values.get(..cast::index(kept.values(&column.name)));
        columns.push(column.after(known.unwrap_or_default()));
    }
    Ok(columns)
}

fn held(index: &Index, gone: &[u32]) -> Vec<Held> {
    let mut first = 0;
    let mut held = Vec::new();
    for documents in index.segments() {
        let from = gone.partition_point(|&own| own < first);
        let to = gone.partition_point(|&own| own < first + documents);
        let gone = cast::small(to - from);
        held.push(Held {
            live: documents - gone,
            gone,
        });
        first += documents;
    }
    held
}
