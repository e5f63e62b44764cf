//! Compile articles into a Souwen index.
//!
//! ```text
//! articles ─► map ─► run ─┐
//!                         ├─► reduce: dictionary ─► cut ─► sorted segments ─► merge ─► Sink
//! articles ─► map ─► run ─┘                                                  texts ─┘
//! ```
//!
//! [`map`] puts articles down and counts what can be counted of each alone; [`reduce`] reads nothing but
//! what it left, and gives an archive to a [`Sink`], which encodes it. Neither holds more than [`Limits`]
//! allow. [`compile`] is both, for articles that are in memory.
//!
//! Native only: here live jieba's full dictionary, its model for new words and the Unicode tables,
//! so that none of them is in the reader's browser. What they know of this archive goes into the
//! index. The same articles give the same bytes, whatever the limits and however they are parted.

mod columns;
mod core;
mod cut;
pub mod dictionary;
mod duplicates;
mod error;
mod folds;
mod lexicon;
mod limits;
mod new_words;
mod options;
mod parts;
mod pool;
mod reduce;
mod run;
mod sample;
mod sink;
mod sort;
mod sounds;
mod store;
mod synonyms;
mod used;

use souwen_corpus::Article;

pub use error::CompileError;
pub use limits::{Limits, Stage, Watch};
pub use options::{Options, Stats};
pub use reduce::{Summary, reduce};
pub use run::{Run, ShardError, is_shard, map, open_shards};
pub use sink::{Column, Core, DocumentParts, Sink, Term, Word};

/// What an index, or a shard, says that it was made by.
const GENERATOR: &str = concat!("souwen ", env!("CARGO_PKG_VERSION"));

/// A finished index.
#[derive(Debug)]
pub struct Compiled {
    /// The bytes of the index file.
    pub bytes: Vec<u8>,
    /// Its figures.
    pub stats: Stats,
    /// The synonyms of which none stands in any article, as `甲 = 乙`.
    pub idle_synonyms: Vec<String>,
}

/// Compiles articles into the bytes of an index.
///
/// # Errors
/// [`CompileError`] says what is wrong with the articles.
pub fn compile(articles: &[Article], options: &Options) -> Result<Compiled, CompileError> {
    let limits = Limits::default();
    let run = map(options, &limits, &(), (1, 1), |take| {
        let articles = (0..).zip(articles);
        articles.for_each(|(ordinal, article)| take(ordinal, article.clone()));
    })?;
    build(vec![run], options, &limits, &())
}

/// Makes the bytes of an index from runs.
///
/// # Errors
/// As [`reduce`].
pub fn build(
    runs: Vec<Run>,
    options: &Options,
    limits: &Limits,
    watch: &dyn Watch,
) -> Result<Compiled, CompileError> {
    let mut collector = parts::Collector::default();
    let summary = reduce(runs, options, limits, watch, &mut collector)?;
    Ok(Compiled {
        bytes: collector.encode()?,
        stats: summary.stats,
        idle_synonyms: summary.idle_synonyms,
    })
}
