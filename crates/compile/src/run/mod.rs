//! A *run*: what one pass over articles leaves. The reduce step reads runs and nothing else, so that
//! it does not matter which of them came from where.

mod counts;
mod entry;
mod folder;
mod gather;
mod map;
mod spool;

use souwen_text::cast;

use crate::limits::Limits;
use crate::store::Stored;

pub(crate) use counts::Counts;
pub(crate) use entry::Entry;
pub use folder::{ShardError, is_shard, open_shards};
pub use gather::Gather;
pub use map::map;
pub(crate) use map::{blocks, is_han_word, text_of};
pub(crate) use spool::Spool;

/// What one pass over articles left: the articles, and what can be counted of each alone.
#[derive(Debug)]
pub struct Run {
    /// The articles as [`Entry`]s.
    articles: Stored,
    places: Vec<Place>,
    counts: Counts,
    /// Which part of the input it is: the `.0`th of `.1` shards.
    shard: (u32, u32),
}

impl Run {
    /// How many articles it holds.
    #[must_use]
    pub fn articles(&self) -> u32 {
        cast::small(self.places.len())
    }
}

/// Where an article stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Its number in the input. Documents are in this order, whichever run they are in.
    ordinal: u64,
    /// Where it begins.
    at: u64,
    /// Its bytes.
    length: u32,
    /// Characters of its text.
    characters: u32,
    /// Its id's hash.
    id: u64,
    /// Which of the runs it is in.
    run: u32,
}

/// What of a run's articles stays in memory.
fn kept(limits: &Limits) -> usize {
    limits.share(32)
}

/// FNV-1a, 64 bits: the same on every machine.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
