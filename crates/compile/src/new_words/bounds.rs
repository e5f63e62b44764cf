//! How much is counted at the same time.

use crate::limits::Limits;

/// Bytes of a run in a table, with the room that a table leaves free and what it grew out of.
const RUN: u64 = 72;
/// Bytes of what stands beside a word.
const NEIGHBOUR: u64 = 24;

/// Of more memory no more is taken: the turns would hardly be fewer.
const ENOUGH: u64 = 512 << 20;

/// What of it is in memory together. The rest has its turn later: with less memory texts are gone over more
/// often, and the words are the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub(super) threads: usize,
    /// Runs, about.
    pub(super) runs: u32,
    /// What stands beside words, at any of their places.
    pub(super) beside: u64,
}

impl Bounds {
    pub(super) fn new(limits: &Limits) -> Self {
        let share = limits.memory.clamp(Limits::LEAST_MEMORY, ENOUGH) / 4;
        Self {
            threads: limits.threads,
            runs: u32::try_from(share / RUN).unwrap_or(u32::MAX),
            beside: share / 2 / NEIGHBOUR,
        }
    }
}
