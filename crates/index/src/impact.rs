//! Impacts: how strongly a term speaks for a document, in integers.
//!
//! BM25F (Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009, §3.6) in its simple
//! form: the term's frequencies in the fields, weighted and added, go through one saturation with
//! one length normalisation:
//!
//! ```text
//! impact(tf, len) = tf · (k1 + 1) / (tf + k1 · (1 − b + b · len / average))
//! ```
//!
//! tf is stored as a class (a step of [`class_tf`]), len as a norm; the quotient is computed once per
//! class and norm when an index is opened. Integers and one division: the same on every machine.

use souwen_text::log2;

use crate::facts::{MAX_NORM, norm_length};
use crate::meta::Meta;
use crate::record::Field;

/// An impact of 1.0 in the units of [`Impacts::get`].
pub const IMPACT_ONE: u32 = 256;

/// The first class of a term that stands in the headline.
pub const IN_HEADLINE: u8 = 8;

/// The class of a term that stands in a document only with punctuation inside, and that class in a
/// headline less [`IN_HEADLINE`].
pub const BROKEN: u8 = 7;

/// Only lists of so many documents tell what is [`BROKEN`]: most rare pairs are, and shorter lists
/// are quickly looked into.
pub const TELLS_BROKEN: usize = 32;

/// The field-weighted term frequencies that classes tell apart; the last one is [`BROKEN`].
const STEPS: [u32; 8] = [1, 2, 3, 4, 6, 10, 20, 1];
/// Twice the steps: outside a headline, and in one.
const CLASSES: usize = 2 * STEPS.len();

/// The class of a field-weighted term frequency: the last step that it reaches. `headline` is what an
/// occurrence in the headline counts, if the term stands there, or 0. Of such a term the first
/// occurrence in the headline is told by the class being [`IN_HEADLINE`] or more; the steps count
/// from it on.
#[must_use]
pub fn class_of(tf: u32, headline: u32) -> u8 {
    let (first, tf) = match headline {
        0 => (0, tf),
        weight => (IN_HEADLINE, (tf + 1).saturating_sub(weight)),
    };
    let steps = STEPS.iter().take(usize::from(BROKEN));
    let reached = steps.take_while(|&&step| step <= tf).count();
    first + u8::try_from(reached.saturating_sub(1)).unwrap_or(0)
}

/// The term frequency that a class stands for, `headline` being what an occurrence in the headline
/// counts.
#[must_use]
pub fn class_tf(class: u8, headline: u32) -> u32 {
    let step = STEPS.get(usize::from(class % IN_HEADLINE));
    let above = if class < IN_HEADLINE { 1 } else { headline };
    step.copied().unwrap_or(1) + above - 1
}

/// The impact of every class at every norm.
#[derive(Debug, Clone)]
pub struct Impacts {
    /// By norm, then class.
    table: Vec<[u16; CLASSES]>,
}

impl Impacts {
    /// Computes the table for an archive.
    #[must_use]
    pub fn new(meta: &Meta) -> Self {
        let (k1, b) = (u64::from(meta.k1.min(10_000)), u64::from(meta.b.min(1000)));
        let average = u64::from(meta.average_length.max(1));
        let headline = meta.weight(Field::Title).max(1);
        let row = |norm: u8| {
            // The middle of a class that reaches up to √2 times as far.
            let len = u64::from(norm_length(norm)) * 119 / 100;
            // k1 · (1 − b + b · len / average), in millionths.
            let floor = k1 * (1000 - b) + k1 * b * len / average;
            let mut row = [0; CLASSES];
            for (class, slot) in (0..).zip(&mut row) {
                let tf = u64::from(class_tf(class, headline)) * 1_000_000;
                let impact = tf * (k1 + 1000) / 1000 * u64::from(IMPACT_ONE) / (tf + floor).max(1);
                *slot = u16::try_from(impact).unwrap_or(u16::MAX);
            }
            row
        };
        Self {
            table: (0..=MAX_NORM).map(row).collect(),
        }
    }

    /// The impact of a term of class `class` in a document of norm `norm`, in 1/256.
    #[must_use]
    #[inline]
    pub fn get(&self, class: u8, norm: u8) -> u32 {
        let row = self.table.get(usize::from(norm));
        row.and_then(|row| row.get(usize::from(class)))
            .copied()
            .map_or(0, u32::from)
    }
}

/// ln(1 + (documents − df + ½) / (df + ½)), BM25's inverse document frequency, in 1/256 of a bit
/// (that is, to base 2), by integer arithmetic.
#[must_use]
pub fn inverse_document_frequency(documents: u32, df: u32) -> u32 {
    let (documents, df) = (u64::from(documents), u64::from(df.min(documents)));
    // (2 (N − df) + 1) / (2 df + 1) + 1, with 30 fractional bits: N is below 2³².
    let ratio = ((2 * (documents - df) + 1) << 30) / (2 * df + 1) + (1 << 30);
    log2(ratio, 8) - 30 * 256
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::list::MAX_CLASS;

    #[test]
    fn classes_are_steps() {
        for headline in [1, 6, 80] {
            for class in 0..=MAX_CLASS {
                if class % IN_HEADLINE == BROKEN {
                    continue;
                }
                let flagged = if class < IN_HEADLINE { 0 } else { headline };
                assert_eq!(class_of(class_tf(class, headline), flagged), class);
            }
        }
        assert_eq!(
            (class_of(0, 0), class_of(5, 0), class_of(1000, 0)),
            (0, 3, 6)
        );
        // Once in the headline; once more in the body; not counted at all, but there.
        assert_eq!((class_of(6, 6), class_of(7, 6), class_of(0, 6)), (8, 9, 8));
        assert_eq!((class_tf(8, 6), class_tf(9, 6), class_tf(8, 1)), (6, 7, 1));
    }

    #[test]
    fn impacts_follow_the_formula() {
        let meta = Meta {
            k1: 1200,
            b: 750,
            average_length: 512,
            ..Meta::default()
        };
        let impacts = Impacts::new(&meta);
        for class in 0..=MAX_CLASS {
            for norm in 0..=MAX_NORM {
                let len = (f64::from(norm_length(norm)) * 1.19).floor();
                let tf = f64::from(class_tf(class, meta.weight(Field::Title)));
                let expected = tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * len / 512.0)) * 256.0;
                let found = f64::from(impacts.get(class, norm));
                assert!(
                    (found - expected).abs() <= 1.0,
                    "{class} {norm}: {found} {expected}"
                );
            }
        }
    }

    #[test]
    fn idf_follows_the_formula() {
        for (documents, df) in [
            (1u32, 1u32),
            (57, 1),
            (10_000, 3),
            (10_000, 9_999),
            (1 << 30, 1),
            (7, 0),
        ] {
            let (n, d) = (f64::from(documents), f64::from(df));
            let expected = (1.0 + (n - d + 0.5) / (d + 0.5)).log2() * 256.0;
            let found = f64::from(inverse_document_frequency(documents, df));
            assert!(
                (found - expected).abs() <= 1.0,
                "{documents} {df}: {found} {expected}"
            );
        }
    }
}
