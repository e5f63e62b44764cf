//! What an index says of its archive as a whole.

use souwen_index::{MAX_WEIGHT, Meta};

use crate::error::CompileError;
use crate::options::Options;
use crate::run::Counts;

/// BM25's k1 and b in thousandths. News articles say the same thing a few times, short and long:
/// a low k1 lets the first occurrence count most, a low b forgives length.
const K1: u32 = 600;
const B: u32 = 300;

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
        b: B,
        half_life_days: options.half_life_days,
        weights: options.weights,
        ..Meta::default()
    }
}

pub(crate) fn check_weights(options: &Options) -> Result<(), CompileError> {
    let mut weights = options.weights.iter();
    match weights.find(|weight| !(1..=MAX_WEIGHT).contains(*weight)) {
        Some(&weight) => Err(CompileError::WeightOutOfRange(weight)),
        None => Ok(()),
    }
}
