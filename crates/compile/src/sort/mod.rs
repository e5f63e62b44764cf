//! Documents × terms → terms × documents, by sorting in parts and merging those.
//!
//! A *key* is a row of alphabet codes; a key that begins another stands before it. Keys of one or two
//! codes are runs of characters, wherever words are cut; longer ones are words.

mod merge;
mod segment;
mod segments;
mod words;

use std::io;

pub(crate) use merge::merge;
pub(crate) use segment::{Builder, Segment, fits, is_single, run};
pub(crate) use segments::Segments;

/// What a merge gives: the next term, and its documents, ascending, with the class of each.
pub(crate) trait Emit<E: From<io::Error>> {
    fn emit(&mut self, key: &[u32], postings: &[(u32, u8)]) -> Result<(), E>;
}

impl<E: From<io::Error>, F> Emit<E> for F
where
    F: FnMut(&[u32], &[(u32, u8)]) -> Result<(), E>,
{
    fn emit(&mut self, key: &[u32], postings: &[(u32, u8)]) -> Result<(), E> {
        self(key, postings)
    }
}
