//! Compile articles into a Souwen index.
//!
//! ```text
//! articles ─► map ─► run ─┐
//!                         ├─► reduce: dictionary ─► cut ─► sorted segments ─► merge ─► index
//! articles ─► map ─► run ─┘                                                  texts ─┘
//! ```
//!
//! [`map`] puts articles down and counts what can be counted of each alone; [`build`] reads nothing but
//! what it left, and writes an index, whose parts go to a [`Sink`] as they are filled. Neither holds more
//! than [`Limits`] allow. [`compile`] is both, for articles that are in memory. [`update`] writes what
//! is new behind an older index.
//!
//! Native only: here live jieba's full dictionary, its model for new words and the Unicode tables,
//! so that none of them is in the reader's browser. What they know of this archive goes into the
//! index. The same articles give the same bytes, whatever the limits and however they are parted.

mod columns;
mod core;
mod cut;
pub mod dictionary;
mod documents;
mod duplicates;
mod error;
mod folds;
mod held;
mod keywords;
mod lexicon;
mod limits;
mod new_words;
mod notes;
mod options;
mod pool;
mod reduce;
mod run;
mod sample;
mod sort;
mod sounds;
mod store;
mod synonyms;
mod update;
mod used;

use std::io;

use souwen_corpus::Article;
use souwen_index::{Layout, PartDigest, Sink};

pub use error::CompileError;
pub use limits::{Limits, Stage, Watch};
pub use options::{Bundle, Options, Stats};
pub use run::{Gather, Run, ShardError, is_shard, map, open_shards};
pub use update::{Base, Changes, Ledger, Outcome, Rebuild, Updated, update};

/// What an index, or a shard, says that it was made by.
const GENERATOR: &str = concat!("souwen ", env!("CARGO_PKG_VERSION"));

/// A finished index.
#[derive(Debug)]
pub struct Compiled {
    /// The bytes of the index file.
    pub bytes: Vec<u8>,
    /// Its figures.
    pub stats: Stats,
    /// What an update of it must know.
    pub ledger: Ledger,
    /// The synonyms of which none stands in any article, as `甲 = 乙`.
    pub idle_synonyms: Vec<String>,
    /// The articles of this build or update that repeat an earlier one but for a little.
    pub reprints: Reprints,
}

/// Articles that repeat an earlier one but for a little.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reprints {
    /// The first of them, each with that one: headline and id.
    pub first: Vec<[String; 2]>,
    /// How many more there are.
    pub more: u32,
}

impl Reprints {
    /// Those who are named.
    pub(crate) const NAMED: usize = 5;

    /// Of each document that is one, and what it is one of.
    pub(crate) fn new<E>(
        pairs: impl Iterator<Item = [u32; 2]>,
        record: impl Fn(u32) -> Result<souwen_index::Record, E>,
    ) -> Result<Self, E> {
        let mut own = Self::default();
        for [repeated, first] in pairs {
            if own.first.len() == Self::NAMED {
                own.more += 1;
                continue;
            }
            let name = |document| {
                let record = record(document)?;
                Ok(format!("{} ({})", record.title, record.id))
            };
            own.first.push([name(repeated)?, name(first)?]);
        }
        Ok(own)
    }
}

/// Compiles articles into an index of one file.
///
/// # Errors
/// [`CompileError`] says what is wrong with the articles.
pub fn compile(articles: &[Article], options: &Options) -> Result<Compiled, CompileError> {
    /// Keeps nothing: everything is in the index file.
    struct Nowhere;
    impl Sink for Nowhere {
        fn part(&mut self, _: Vec<u8>) -> io::Result<PartDigest> {
            Err(io::Error::other("an index of one file has no parts"))
        }
    }
    let layout = Layout {
        single: u64::MAX,
        ..Layout::default()
    };
    compile_to(articles, options, layout, &mut Nowhere)
}

/// Compiles articles into an index, whose parts go to `sink` if it is too large for one file.
///
/// # Errors
/// [`CompileError`] says what is wrong with the articles, or that a part could not be kept.
pub fn compile_to(
    articles: &[Article],
    options: &Options,
    layout: Layout,
    sink: &mut dyn Sink,
) -> Result<Compiled, CompileError> {
    let limits = Limits::default();
    let run = map(options, &limits, &(), (1, 1), |take| {
        let articles = (0..).zip(articles);
        articles.for_each(|(ordinal, article)| take(ordinal, article.clone()));
    })?;
    reduce::reduce(vec![run], options, &limits, &(), |_, _| layout, sink)
}

/// Makes an index of runs, cut into files as the options say, of which the parts go to `sink`. Which
/// articles are in which run makes no difference.
///
/// # Errors
/// [`CompileError`] says what is wrong with the articles, the settings or the disk.
pub fn build(
    runs: Vec<Run>,
    options: &Options,
    limits: &Limits,
    watch: &dyn Watch,
    sink: &mut dyn Sink,
) -> Result<Compiled, CompileError> {
    let layout = |documents, characters| options.bundle.layout(documents, characters);
    reduce::reduce(runs, options, limits, watch, layout, sink)
}
