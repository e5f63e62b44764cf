//! How much is done to find out what a query was meant to be.

use std::cell::Cell;

use souwen_text::cast;

/// Steps for one query at most. Whoever makes a slip takes a part of it; what takes all of it is no slip, but
/// nonsense, for which there are endless ways to read it.
const MOST: u32 = 10_000;

/// What it costs to look into a text, in steps.
pub(crate) const TEXT: usize = 40;
/// To weigh a candidate: whether it is a word, which documents hold it.
pub(super) const CANDIDATE: usize = 40;
/// To look for a candidate's words in all documents.
pub(super) const SEARCH: usize = 150;

/// Steps that are left, each about a microsecond on a desk. They are counted, not timed, so that a query has
/// one answer everywhere.
#[derive(Debug, Default)]
pub(crate) struct Effort(Cell<u32>);

impl Effort {
    /// Begins anew, for another query.
    pub(super) fn begin(&self) {
        self.0.set(MOST);
    }

    /// Whether there is so much left; then it is spent.
    pub(crate) fn spend(&self, steps: usize) -> bool {
        let left = self.0.get().checked_sub(cast::small(steps));
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_with_what_is_too_much() {
        let effort = Effort::default();
        assert!(!effort.spend(1));
        effort.begin();
        assert!(effort.spend(cast::index(MOST) - 1) && effort.spend(1));
        assert!(!effort.spend(1));
        effort.begin();
        assert!(!effort.spend(cast::index(MOST) + 1) && !effort.spend(1));
    }
}
