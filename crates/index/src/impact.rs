//! Impacts: how strongly a term speaks for a document, in integers.
//!
//! BM25F (Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009, §3.6) in its simple
//! form: the term's frequencies in the fields, weighted and added, go through one saturation with one
//! length normalisation:
//!
//! ```text
//! impact = tf' · (k1 + 1) / (tf' + k1)        tf' = tf / (1 − b + b · length / average)
//! ```
//!
//! tf' is stored as a class (a step of [`class_tf`]); the quotient is computed once per class when an
//! index is opened. Integers and one division: the same on every machine.
//!
//! The length is in the class, so that nothing has to be known of a document to rank it: norms of
//! 100,000 documents would be 50 KB before the first answer.

use souwen_text::log2;

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

/// What classes stand for, in hundredths of a field-weighted term frequency in a document of usual
/// length; the last one but one is below the first, the last one is [`BROKEN`].
const STEPS: [u32; 8] = [105, 175, 290, 520, 800, 1400, 72, 100];
/// From where on frequencies are of the second class, the third, and so on; below [`LITTLE`] they are of
/// the class [`MUCH_TEXT`].
const BOUNDS: [u32; 5] = [140, 220, 400, 650, 1000];
const LITTLE: u32 = 85;
const MUCH_TEXT: u8 = 6;
/// Twice the steps: outside a headline, and in one.
const CLASSES: usize = 2 * STEPS.len();

/// The norm of a document of usual length.
pub const USUAL: u32 = 1000;

/// The class of a field-weighted term frequency in a document of a norm: what BM25F divides the
/// frequency by, 1 − b + b · length / average, in thousandths. `headline` is what an occurrence in the
/// headline counts, if the term stands there, or 0. Of such a term the first occurrence in the headline
/// is told by the class being [`IN_HEADLINE`] or more; the steps count from it on.
#[must_use]
pub fn class_of(tf: u32, headline: u32, norm: u32) -> u8 {
    let (first, tf) = match headline {
        0 => (0, tf),
        weight => (IN_HEADLINE, (tf + 1).saturating_sub(weight)),
    };
    let tf = tf.max(1).saturating_mul(100 * USUAL) / norm.max(1);
    if tf < LITTLE {
        return first + MUCH_TEXT;
    }
    let reached = BOUNDS.iter().take_while(|&&bound| bound <= tf).count();
    first + u8::try_from(reached).unwrap_or(0)
}

/// The term frequency that a class stands for, in hundredths, `headline` being what an occurrence in
/// the headline counts.
#[must_use]
pub fn class_tf(class: u8, headline: u32) -> u32 {
    let step = STEPS.get(usize::from(class % IN_HEADLINE));
    let above = if class < IN_HEADLINE { 1 } else { headline };
    step.copied().unwrap_or(100) + above * 100 - 100
}

/// The impact of every class.
#[derive(Debug, Clone)]
pub struct Impacts {
    table: [u32; CLASSES],
}

impl Impacts {
    /// Computes the table for an archive.
    #[must_use]
    pub fn new(meta: &Meta) -> Self {
        let k1 = u64::from(meta.k1.min(10_000));
        let headline = meta.weight(Field::Title).max(1);
        let mut table = [0; CLASSES];
        for (class, slot) in (0..).zip(&mut table) {
            let tf = u64::from(class_tf(class, headline)) * 10;
            let impact = tf * (k1 + 1000) / 1000 * u64::from(IMPACT_ONE) / (tf + k1).max(1);
            *slot = u32::try_from(impact).unwrap_or(u32::MAX);
        }
        Self { table }
    }

    /// The impact of a term of class `class`, in 1/256.
    #[must_use]
    #[inline]
    pub fn get(&self, class: u8) -> u32 {
        self.table.get(usize::from(class)).copied().unwrap_or(0)
    }

    /// What a class is worth in a document that is looked for with nothing but the term, in 1/1024: a
    /// quarter more for holding it, half as much again for holding it in the headline.
    #[must_use]
    pub fn alone(&self, class: u8) -> u64 {
        let impact = u64::from(self.get(class));
        let headline = if class >= IN_HEADLINE { 2 } else { 0 };
        impact * (5 + headline)
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
                let (step, flagged) = match class.checked_sub(IN_HEADLINE) {
                    Some(step) => (step, headline),
                    None => (class, 0),
                };
                if step == BROKEN {
                    continue;
                }
                // So often in a document of a hundredth of the norm.
                let tf = class_tf(step, 1);
                let whole = if flagged > 0 { tf + flagged - 1 } else { tf };
                assert_eq!(class_of(whole, flagged, 100 * USUAL), class);
            }
        }
        let usual = |tf, headline| class_of(tf, headline, USUAL);
        assert_eq!((usual(0, 0), usual(5, 0), usual(1000, 0)), (0, 3, 5));
        // Once in the headline; once more in the body; not counted at all, but there.
        assert_eq!((usual(6, 6), usual(7, 6), usual(0, 6)), (8, 9, 8));
        assert_eq!(
            (class_tf(8, 6), class_tf(9, 6), class_tf(8, 1)),
            (605, 675, 105)
        );
        // Twice in a short text is more than in a long one.
        assert_eq!(
            (
                class_of(2, 0, 800),
                class_of(2, 0, 1600),
                class_of(1, 0, 1300)
            ),
            (2, 0, 6)
        );
    }

    #[test]
    fn impacts_follow_the_formula() {
        let meta = Meta {
            k1: 1200,
            ..Meta::default()
        };
        let impacts = Impacts::new(&meta);
        for class in 0..=MAX_CLASS {
            let tf = f64::from(class_tf(class, meta.weight(Field::Title))) / 100.0;
            let expected = tf * 2.2 / (tf + 1.2) * 256.0;
            let found = f64::from(impacts.get(class));
            assert!(
                (found - expected).abs() <= 1.0,
                "{class}: {found} {expected}"
            );
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
