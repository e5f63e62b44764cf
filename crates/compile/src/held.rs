//! How strongly a document holds a term.

use souwen_index::{BROKEN, Field, IN_HEADLINE, Meta, class_of};
use souwen_text::{Gap, Stream};

/// How strongly a document holds a term.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Held {
    /// How often, what an occurrence counts in each field added.
    tf: u32,
    /// Whether it stands in the headline.
    headline: bool,
    /// Whether it stands in the 肩题 or 副题.
    beside: bool,
    /// Whether it stands anywhere without punctuation inside.
    unbroken: bool,
}

impl Held {
    /// Adds an occurrence. One of weight 0 counts nothing, but stands where it stands.
    pub(crate) fn see(&mut self, field: Field, weight: u32, unbroken: bool) {
        self.tf += weight;
        self.unbroken |= unbroken;
        self.headline |= field == Field::Title;
        self.beside |= matches!(field, Field::Kicker | Field::Subtitle);
    }

    /// The class of a pair or a word in a document of a norm.
    pub(crate) fn class(self, meta: &Meta, norm: u32) -> u8 {
        let headline = meta.weight(Field::Title);
        match self {
            Self { unbroken: true, .. } => {
                class_of(self.tf, if self.headline { headline } else { 0 }, norm)
            }
            Self { headline: true, .. } => IN_HEADLINE + BROKEN,
            _ => BROKEN,
        }
    }

    /// A character alone says where it stands, hardly how much: [`IN_HEADLINE`], and 1 for the 肩题
    /// and 副题.
    pub(crate) fn class_of_single(self) -> u8 {
        let headline = if self.headline { IN_HEADLINE } else { 0 };
        headline + u8::from(self.beside)
    }
}

/// Whether a run of a stream is printed without punctuation inside.
pub(crate) fn is_unbroken(stream: &Stream, start: usize, end: usize) -> bool {
    (start + 1..end).all(|at| stream.gap(at) != Gap::Break)
}
