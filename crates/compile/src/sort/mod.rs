//! Documents × terms → terms × documents, by sorting in parts and merging those.
//!
//! A *key* is a row of alphabet codes; a key that begins another stands before it. Under one key may
//! stand two terms ([`Kind`]): a run of one or two characters, wherever words are cut, and a word.

mod merge;
mod segment;
mod segments;
mod words;

use std::io;

pub(crate) use merge::merge;
pub(crate) use segment::{Builder, Segment, fits, is_single, run};
pub(crate) use segments::Segments;

/// What a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A character or a pair.
    Run,
    /// A word.
    Word,
}

/// What a merge gives: the next term, and its documents, ascending, with the class of each.
pub(crate) trait Emit<E: From<io::Error>> {
    fn emit(&mut self, key: &[u32], kind: Kind, postings: &[(u32, u8)]) -> Result<(), E>;
}

impl<E: From<io::Error>, F> Emit<E> for F
where
    F: FnMut(&[u32], Kind, &[(u32, u8)]) -> Result<(), E>,
{
    fn emit(&mut self, key: &[u32], kind: Kind, postings: &[(u32, u8)]) -> Result<(), E> {
        self(key, kind, postings)
    }
}
