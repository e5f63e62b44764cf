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
use crate::terms::list::MAX_CLASS;

/// An impact of 1.0 in the units of [`Impacts::get`].
pub const IMPACT_ONE: u32 = 256;

/// The field-weighted term frequency that each class stands for.
const CLASS_TF: [u32; 16] = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 26, 34, 50, 80];

/// The class of a field-weighted term frequency: the last step that it reaches.
#[must_use]
pub fn class_of(tf: u32) -> u8 {
    let reached = CLASS_TF.iter().take_while(|&&step| step <= tf).count();
    u8::try_from(reached.saturating_sub(1)).unwrap_or(MAX_CLASS)
}

/// The term frequency that a class stands for.
#[must_use]
pub fn class_tf(class: u8) -> u32 {
    CLASS_TF.get(usize::from(class)).copied().unwrap_or(1)
}

/// The impact of every class at every norm.
#[derive(Debug, Clone)]
pub struct Impacts {
    /// By norm, then class.
    table: Vec<[u16; CLASS_TF.len()]>,
}

impl Impacts {
    /// Computes the table for an archive.
    #[must_use]
    pub fn new(meta: &Meta) -> Self {
        let (k1, b) = (u64::from(meta.k1.min(10_000)), u64::from(meta.b.min(1000)));
        let average = u64::from(meta.average_length.max(1));
        let row = |norm: u8| {
            // The middle of a class that reaches up to √2 times as far.
            let len = u64::from(norm_length(norm)) * 119 / 100;
            // k1 · (1 − b + b · len / average), in millionths.
            let floor = k1 * (1000 - b) + k1 * b * len / average;
            CLASS_TF.map(|tf| {
                let tf = u64::from(tf) * 1_000_000;
                let impact = tf * (k1 + 1000) / 1000 * u64::from(IMPACT_ONE) / (tf + floor).max(1);
                u16::try_from(impact).unwrap_or(u16::MAX)
            })
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

    #[test]
    fn classes_are_steps() {
        for class in 0..=MAX_CLASS {
            assert_eq!(class_of(class_tf(class)), class);
        }
        assert_eq!((class_of(0), class_of(9), class_of(1000)), (0, 7, 15));
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
                let tf = f64::from(class_tf(class));
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
