//! Section `meta`: numbers and names about the whole archive.
//!
//! ```text
//! name, language, generator: strings
//! documents, characters, average length: varints
//! k1, b (thousandths): varints
//! analyser fingerprint: u64
//! ```

use crate::error::Result;
use crate::wire::{Reader, Writer};

/// What `meta` holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// Mean length of a document, in characters of its stream.
    pub average_length: u32,
    /// BM25's k1 in thousandths.
    pub k1: u32,
    /// BM25's b in thousandths.
    pub b: u32,
    /// The analyser's fingerprint at build time.
    pub fingerprint: u64,
}

pub(crate) fn encode(meta: &Meta) -> Vec<u8> {
    let mut out = Writer::default();
    out.string(&meta.name);
    out.string(&meta.language);
    out.string(&meta.generator);
    out.varint(meta.documents.into());
    out.varint(meta.characters);
    out.varint(meta.average_length.into());
    out.varint(meta.k1.into());
    out.varint(meta.b.into());
    out.u64(meta.fingerprint);
    out.bytes
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Meta> {
    let mut reader = Reader::new("meta", bytes);
    let meta = Meta {
        name: reader.string()?.to_owned(),
        language: reader.string()?.to_owned(),
        generator: reader.string()?.to_owned(),
        documents: reader.varint32()?,
        characters: reader.varint()?,
        average_length: reader.varint32()?,
        k1: reader.varint32()?,
        b: reader.varint32()?,
        fingerprint: reader.u64()?,
    };
    reader.finish()?;
    Ok(meta)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(name: String, language: String, generator: String, numbers: [u32; 4], characters: u64, fingerprint: u64) {
            let [documents, average_length, k1, b] = numbers;
            let meta = Meta { name, language, generator, documents, characters, average_length, k1, b, fingerprint };
            prop_assert_eq!(decode(&encode(&meta))?, meta);
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }
    }
}
