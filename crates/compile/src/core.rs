//! What an index says of its archive as a whole.

use souwen_index::{MAX_WEIGHT, Meta, USUAL};

use crate::error::CompileError;
use crate::options::Options;
use crate::run::Counts;

/// BM25's k1 and b in thousandths. News articles say the same thing a few times, short and long: a low
/// k1 lets the first occurrence count most, a low b forgives length.
const K1: u32 = 600;
const B: u64 = 300;

/// What is known about the whole from the beginning.
pub(crate) fn meta(options: &Options, documents: u32, counts: &Counts) -> Meta {
    Meta {
        name: options.name.clone(),
        language: options.language.clone(),
        generator: crate::GENERATOR.to_owned(),
        documents,
        characters: counts.characters,
        newest: counts.newest,
        fingerprint: souwen_text::fingerprint(),
        k1: K1,
        half_life_days: options.half_life_days,
        weights: options.weights,
    }
}

/// What a frequency in a document of so many characters of its streams is divided by, in 1/[`USUAL`]:
/// 1 − b + b · length / average. The average is that of the texts as printed, which is known before any
/// is cut; streams lack the punctuation. It is taken in steps, eight to each doubling: what an update adds
/// is then held against the same one as all before, and as a build of everything would.
pub(crate) fn norm(meta: &Meta, length: usize) -> u32 {
    let average = steady(meta.characters / u64::from(meta.documents).max(1) * 7 / 8);
    let length = u64::try_from(length).unwrap_or(u64::MAX).min(1 << 32);
    let usual = u64::from(USUAL);
    let norm = usual - B + B * length / average.max(1);
    u32::try_from(norm).unwrap_or(u32::MAX)
}

/// A number's four highest bits.
fn steady(number: u64) -> u64 {
    let low = (u64::BITS - number.leading_zeros()).saturating_sub(4);
    number >> low << low
}

pub(crate) fn check_weights(options: &Options) -> Result<(), CompileError> {
    let mut weights = options.weights.iter();
    match weights.find(|weight| !(1..=MAX_WEIGHT).contains(*weight)) {
        Some(&weight) => Err(CompileError::WeightOutOfRange(weight)),
        None => Ok(()),
    }
}
