//! Section `meta`: numbers and names about the whole archive.
//!
//! ```text
//! name, language, generator: strings
//! documents, characters: varints
//! k1 (thousandths): varint
//! half life, days: varint
//! per field in the order of `Field::ALL`: weight varint
//! newest: varint, days of the newest article since 1 January of year 0, plus 1; 0 if none has a date
//! analyser fingerprint: u64
//! ```

use crate::error::{Result, ensure};
use crate::record::Field;
use crate::wire::{Reader, Writer};

const NAME: &str = "meta";
/// A field weighs this much at most, so that one occurrence is never above the last class of term
/// frequencies.
pub const MAX_WEIGHT: u32 = 80;

/// What `meta` holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The archive's name, for people.
    pub name: String,
    /// Its language as a BCP 47 tag.
    pub language: String,
    /// The program that made the index.
    pub generator: String,
    /// Documents.
    pub documents: u32,
    /// Characters of all texts.
    pub characters: u64,
    /// BM25's k1 in thousandths.
    pub k1: u32,
    /// After so many days an article's freshness is worth half; 0 if age does not count.
    pub half_life_days: u32,
    /// How much an occurrence counts, by field in the order of [`Field::ALL`]: 1 to [`MAX_WEIGHT`].
    pub weights: [u32; Field::ALL.len()],
    /// One more than the day of the newest article, as [`Date::days`](crate::Date::days) counts; 0 if
    /// no article has a date.
    pub newest: u32,
    /// The analyser's fingerprint at build time.
    pub fingerprint: u64,
}

impl Meta {
    /// How much an occurrence in a field counts: 1 to [`MAX_WEIGHT`].
    #[must_use]
    pub fn weight(&self, field: Field) -> u32 {
        let mut weights = Field::ALL.iter().zip(self.weights);
        weights
            .find(|&(&own, _)| own == field)
            .map_or(1, |(_, weight)| weight)
    }
}

impl Default for Meta {
    fn default() -> Self {
        Self {
            name: String::new(),
            language: String::new(),
            generator: String::new(),
            documents: 0,
            characters: 0,
            k1: 0,
            half_life_days: 0,
            weights: Field::ALL.map(Field::default_weight),
            newest: 0,
            fingerprint: 0,
        }
    }
}

pub(crate) fn encode(meta: &Meta) -> Vec<u8> {
    let mut out = Writer::default();
    out.string(&meta.name);
    out.string(&meta.language);
    out.string(&meta.generator);
    out.varint(meta.documents.into());
    out.varint(meta.characters);
    out.varint(meta.k1.into());
    out.varint(meta.half_life_days.into());
    meta.weights
        .iter()
        .for_each(|&weight| out.varint(weight.into()));
    out.varint(meta.newest.into());
    out.u64(meta.fingerprint);
    out.bytes
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Meta> {
    let mut reader = Reader::new(NAME, bytes);
    let mut meta = Meta {
        name: reader.string()?.to_owned(),
        language: reader.string()?.to_owned(),
        generator: reader.string()?.to_owned(),
        documents: reader.varint32()?,
        characters: reader.varint()?,
        k1: reader.varint32()?,
        half_life_days: reader.varint32()?,
        ..Meta::default()
    };
    for weight in &mut meta.weights {
        *weight = reader.varint32()?;
        let in_range = (1..=MAX_WEIGHT).contains(weight);
        ensure(in_range, NAME, "a field's weight is out of range")?;
    }
    meta.newest = reader.varint32()?;
    meta.fingerprint = reader.u64()?;
    reader.finish()?;
    Ok(meta)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(name: String, language: String, generator: String, numbers: [u32; 4], characters: u64, weights in prop::array::uniform7(1..=MAX_WEIGHT), fingerprint: u64) {
            let [documents, k1, half_life_days, newest] = numbers;
            let meta = Meta { name, language, generator, documents, characters, k1, half_life_days, weights, newest, fingerprint };
            prop_assert_eq!(decode(&encode(&meta))?, meta);
        }

        #[test]
        fn a_weight_out_of_range_is_damage(at in 0..Field::ALL.len(), weight in prop_oneof![Just(0), MAX_WEIGHT + 1..]) {
            let mut meta = Meta::default();
            meta.weights[at] = weight;
            prop_assert!(decode(&encode(&meta)).is_err());
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }
    }
    #[test]
    fn weights_are_those_of_the_fields() {
        let mut meta = Meta::default();
        for field in Field::ALL {
            assert_eq!(meta.weight(field), field.default_weight());
        }
        meta.weights = [7, 6, 5, 4, 3, 2, 1];
        assert_eq!(Field::ALL.map(|field| meta.weight(field)), meta.weights);
    }
}
