//! What of the ranking can be left out, to see what it is worth.

/// The kinds of evidence that ranking takes in. What is found stays the same without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tuning {
    /// Adjacent pairs of characters beside the words.
    pub pairs: bool,
    /// Words close together, in order, in the headline.
    pub proximity: bool,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            pairs: true,
            proximity: true,
        }
    }
}
