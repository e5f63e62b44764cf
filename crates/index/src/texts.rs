//! Section `texts`: the articles as they are shown.
//!
//! ```text
//! blocks varint
//! per block: documents varint, per document its coded length varint,
//!            coded length varint, deflated length varint
//! blocks: deflated coded texts, back to back
//! ```
//!
//! A text is coded by the alphabet: the [`ONE_BYTE`] commonest characters in one byte, the others in
//! two, strangers in four. Chinese in UTF-8 takes three. Deflate then finds the repetitions in what
//! is left: together a fifth less than deflated UTF-8 (28.9 KB instead of 37.3 for 33,000
//! characters). A block holds the documents of about [`BLOCK`] coded bytes; reading one inflates
//! its block.

use std::sync::Mutex;

use souwen_text::{Alphabet, cast};

use crate::deflate::{deflate, inflate};
use crate::error::{OrDamaged, Result, ensure};
use crate::wire::{Reader, Writer};

const NAME: &str = "texts";
/// Codes below this take one byte.
const ONE_BYTE: u32 = 160;
/// The first byte of a character that the alphabet's two-byte codes do not reach.
const STRANGER: u8 = 0xFF;
/// Two-byte codes end here: first bytes 160 to 254.
const TWO_BYTES: u32 = ONE_BYTE + (0xFF - ONE_BYTE) * 256;
/// Coded bytes that are deflated together. Larger blocks deflate better and open slower.
const BLOCK: usize = 48 * 1024;
/// Inflated bytes that are kept: a query's hits stand in as many blocks, and the next query's in the
/// same ones again.
const BUDGET: usize = 32 << 20;

/// Inflated blocks.
#[derive(Debug, Default)]
struct Kept {
    /// By number; empty where a block is not kept.
    blocks: Vec<Vec<u8>>,
    bytes: usize,
}

fn code_text(alphabet: &Alphabet, text: &str, out: &mut Vec<u8>) {
    for c in text.chars() {
        match alphabet.code(c) {
            Some(code) if code < ONE_BYTE => out.push(cast::low_byte(code.into())),
            Some(code) if code < TWO_BYTES => {
                let rest = code - ONE_BYTE;
                out.push(cast::low_byte(u64::from(ONE_BYTE + (rest >> 8))));
                out.push(cast::low_byte(rest.into()));
            }
            _ => {
                let [_, high, middle, low] = u32::from(c).to_be_bytes();
                out.extend_from_slice(&[STRANGER, high, middle, low]);
            }
        }
    }
}

fn decode_text(alphabet: &Alphabet, coded: &[u8]) -> Result<String> {
    let mut text = String::with_capacity(coded.len() * 2 + 8);
    let mut rest = coded;
    while let Some((&byte, after)) = rest.split_first() {
        let lead = u32::from(byte);
        let c = if lead < ONE_BYTE {
            rest = after;
            alphabet.char(lead)
        } else if byte < STRANGER {
            let (&low, after) = after
                .split_first()
                .or_damaged(NAME, "a character is cut off")?;
            rest = after;
            alphabet.char(ONE_BYTE + ((lead - ONE_BYTE) << 8 | u32::from(low)))
        } else {
            let (&[high, middle, low], after) = after
                .split_first_chunk()
                .or_damaged(NAME, "a character is cut off")?;
            rest = after;
            char::from_u32(u32::from_be_bytes([0, high, middle, low]))
        };
        text.push(c.or_damaged(NAME, "names no character")?);
    }
    Ok(text)
}

/// Encodes the documents' texts.
pub(crate) fn encode(texts: &[String], alphabet: &Alphabet) -> Vec<u8> {
    let mut head = Writer::default();
    let mut bodies = Vec::new();
    let mut blocks = 0;
    let mut coded = Vec::new();
    let mut lengths = Vec::new();
    let mut close = |coded: &mut Vec<u8>, lengths: &mut Vec<usize>| {
        let deflated = deflate(coded);
        head.count(lengths.len());
        lengths.drain(..).for_each(|len| head.count(len));
        head.count(coded.len());
        head.count(deflated.len());
        bodies.extend(deflated);
        coded.clear();
        blocks += 1;
    };
    for text in texts {
        let before = coded.len();
        code_text(alphabet, text, &mut coded);
        lengths.push(coded.len() - before);
        if coded.len() >= BLOCK {
            close(&mut coded, &mut lengths);
        }
    }
    if !lengths.is_empty() {
        close(&mut coded, &mut lengths);
    }
    let mut out = Writer::default();
    out.count(blocks);
    out.bytes.extend(head.bytes);
    out.bytes.extend(bodies);
    out.bytes
}

#[derive(Debug)]
struct Block {
    /// Where each of its documents ends in the coded bytes.
    ends: Vec<usize>,
    raw: usize,
    /// Where its deflated bytes are.
    start: usize,
    end: usize,
}

/// The texts, inflated as they are wanted.
#[derive(Debug)]
pub(crate) struct Texts {
    bytes: Vec<u8>,
    blocks: Vec<Block>,
    /// Per document: block, and place in it.
    places: Vec<(u32, u32)>,
    kept: Mutex<Kept>,
}

impl Texts {
    pub(crate) fn decode(bytes: Vec<u8>, documents: u32) -> Result<Self> {
        let mut reader = Reader::new(NAME, &bytes);
        let mut blocks = Vec::new();
        let mut places = Vec::new();
        let mut offset = 0usize;
        for block in 0..reader.count()? {
            let mut ends = Vec::new();
            let mut end = 0usize;
            for place in 0..reader.count()? {
                end = end
                    .checked_add(reader.count_unbounded()?)
                    .or_damaged(NAME, "a length overflows")?;
                ends.push(end);
                places.push((cast::small(block), cast::small(place)));
            }
            let raw = reader.count_unbounded()?;
            ensure(raw == end, NAME, "a block's lengths do not add up")?;
            let start = offset;
            offset = offset
                .checked_add(reader.count_unbounded()?)
                .or_damaged(NAME, "a length overflows")?;
            blocks.push(Block {
                ends,
                raw,
                start,
                end: offset,
            });
        }
        ensure(
            reader.rest() == offset,
            NAME,
            "blocks do not fill the section",
        )?;
        ensure(
            cast::small(places.len()) == documents,
            NAME,
            "documents are missing",
        )?;
        let base = bytes.len() - offset;
        for block in &mut blocks {
            block.start += base;
            block.end += base;
        }
        Ok(Self {
            bytes,
            blocks,
            places,
            kept: Mutex::default(),
        })
    }

    /// The text of a document.
    ///
    /// # Errors
    /// [`crate::FormatError::Damaged`] when the block does not inflate to what it should.
    pub(crate) fn get(&self, alphabet: &Alphabet, document: u32) -> Result<String> {
        let place = self
            .places
            .get(cast::index(document))
            .or_damaged(NAME, "no such document")?;
        let (number, place) = (cast::index(place.0), cast::index(place.1));
        let block = self.blocks.get(number).or_damaged(NAME, "no such block")?;
        let mut kept = self
            .kept
            .lock()
            .ok()
            .or_damaged(NAME, "an earlier read failed")?;
        let coded = kept.block(number, || {
            let data = self.bytes.get(block.start..block.end);
            inflate(
                data.or_damaged(NAME, "a block is missing")?,
                block.raw,
                NAME,
            )
        })?;
        let start = place
            .checked_sub(1)
            .and_then(|before| block.ends.get(before))
            .copied()
            .unwrap_or(0);
        let range = block.ends.get(place).and_then(|&end| coded.get(start..end));
        decode_text(
            alphabet,
            range.or_damaged(NAME, "a document leaves its block")?,
        )
    }
}

impl Kept {
    /// A block, inflated if it is not kept.
    fn block(&mut self, number: usize, inflate: impl FnOnce() -> Result<Vec<u8>>) -> Result<&[u8]> {
        if self.blocks.get(number).is_none_or(Vec::is_empty) {
            let block = inflate()?;
            // When there is no room it is as good to begin afresh as to find out which block was
            // used least.
            if self.bytes + block.len() > BUDGET {
                *self = Self::default();
            }
            if self.blocks.len() <= number {
                self.blocks.resize(number + 1, Vec::new());
            }
            self.bytes += block.len();
            if let Some(slot) = self.blocks.get_mut(number) {
                *slot = block;
            }
        }
        Ok(self
            .blocks
            .get(number)
            .map(Vec::as_slice)
            .unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn alphabet(texts: &[String], leave_out: char) -> Alphabet {
        let mut frequencies = BTreeMap::new();
        for c in texts
            .iter()
            .flat_map(|text| text.chars())
            .filter(|&c| c != leave_out)
        {
            *frequencies.entry(c).or_insert(0u64) += 1;
        }
        Alphabet::new(frequencies.into_iter().collect())
    }

    proptest! {
        #[test]
        fn round_trip(texts in prop::collection::vec(".{0,40}|[一-龥]{0,300}", 0..30), stranger: char) {
            let alphabet = alphabet(&texts, stranger);
            let back = Texts::decode(encode(&texts, &alphabet), cast::small(texts.len()))?;
            for (document, text) in (0..).zip(&texts) {
                prop_assert_eq!(&back.get(&alphabet, document)?, text);
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>, documents in 0u32..20) {
            if let Ok(texts) = Texts::decode(bytes, documents) {
                let _ = texts.get(&Alphabet::default(), 0);
            }
        }
    }

    #[test]
    fn many_blocks() {
        let texts: Vec<String> = (0..300).map(|i| format!("第{i}篇").repeat(200)).collect();
        let alphabet = alphabet(&texts, 'x');
        let back = Texts::decode(encode(&texts, &alphabet), 300).expect("decodes");
        assert!(back.blocks.len() > 3);
        for (document, text) in (0u32..300).zip(&texts).rev() {
            assert_eq!(&back.get(&alphabet, document).expect("reads"), text);
        }
    }
}
