//! The articles: each readable alone.
//!
//! ```text
//! chunk of the directory, of 128 documents (packed): per document length of its extent varint
//! record (an extent):
//!   flags u8: bits 0–1 kind, bit 2 the date is inferred, bit 3 the id is hexadecimal
//!   date varint: days since 1 January of year 0, plus 1; 0 if there is none
//!   id: 8 bytes if hexadecimal, else a string
//!   length of the coded text varint, then the coded text, deflated
//! ```
//!
//! A text is coded by the alphabet: the [`ONE_BYTE`] commonest characters in one byte, the others in
//! two, strangers in four. Chinese in UTF-8 takes three.

use souwen_text::{Alphabet, cast};

use crate::date::Date;
use crate::deflate::{deflate, inflate};
use crate::error::{OrDamaged, Result, ensure};
use crate::facts::Kind;
use crate::record::Record;
use crate::wire::{Reader, Writer};

pub(crate) const NAME: &str = "texts";
/// Documents in a chunk of the directory.
pub(crate) const CHUNK: u32 = 128;
/// Codes below this take one byte.
const ONE_BYTE: u32 = 160;
/// The first byte of a character that the alphabet's two-byte codes do not reach.
const STRANGER: u8 = 0xFF;
/// Two-byte codes end here: first bytes 160 to 254.
const TWO_BYTES: u32 = ONE_BYTE + (0xFF - ONE_BYTE) * 256;

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

const KIND: u8 = 0b0011;
const INFERRED: u8 = 0b0100;
const HEX_ID: u8 = 0b1000;

fn hex_id(id: &str) -> Option<u64> {
    let hex = id.len() == 16 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    hex.then(|| u64::from_str_radix(id, 16).ok()).flatten()
}

/// A record as it is stored.
pub(crate) fn encode(alphabet: &Alphabet, record: &Record) -> Vec<u8> {
    let mut out = Writer::default();
    let hex = hex_id(&record.id);
    let flag = |is: bool, flag: u8| if is { flag } else { 0 };
    let flags = flag(record.date_inferred, INFERRED) | flag(hex.is_some(), HEX_ID);
    out.bytes.push(record.kind.number() | flags);
    out.varint(record.date.map_or(0, |date| u64::from(date.days()) + 1));
    match hex {
        Some(number) => out.u64(number),
        None => out.string(&record.id),
    }
    let mut coded = Vec::new();
    code_text(alphabet, &record.join(), &mut coded);
    out.count(coded.len());
    out.bytes.extend(deflate(&coded));
    out.bytes
}

/// A record as it was.
pub(crate) fn decode(alphabet: &Alphabet, bytes: &[u8]) -> Result<Record> {
    let mut reader = Reader::new(NAME, bytes);
    let flags = reader.u8()?;
    ensure(flags >> 4 == 0, NAME, "a record has unknown flags")?;
    let kind = Kind::of(flags & KIND).or_damaged(NAME, "a document is of an unknown kind")?;
    let days = reader.varint32()?;
    let date = days.checked_sub(1).map(Date::from_days);
    let date = match date {
        None => None,
        Some(date) => Some(date.or_damaged(NAME, "a date is out of range")?),
    };
    let id = if flags & HEX_ID == 0 {
        reader.string()?.to_owned()
    } else {
        format!("{:016x}", reader.u64()?)
    };
    let raw = reader.count_unbounded()?;
    let coded = inflate(reader.take(reader.rest())?, raw, NAME)?;
    let mut record = Record::split(&decode_text(alphabet, &coded)?);
    record.id = id;
    record.kind = kind;
    record.date = date;
    record.date_inferred = flags & INFERRED != 0;
    Ok(record)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(text in "[^\u{1e}\u{1f}]{0,40}|[一-龥]{0,300}", stranger: char, id in "[0-9a-f]{16}|\\PC{0,20}", days in prop::option::of(0..Date::END), inferred: bool) {
            let mut frequencies = BTreeMap::new();
            for c in text.chars().filter(|&c| c != stranger) {
                *frequencies.entry(c).or_insert(0u64) += 1;
            }
            let alphabet = Alphabet::new(frequencies.into_iter().collect());
            let date = days.and_then(Date::from_days);
            let record = Record { id, title: text, date, date_inferred: inferred, kind: Kind::Photo, ..Record::default() };
            prop_assert_eq!(decode(&alphabet, &encode(&alphabet, &record))?, record);
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = decode(&Alphabet::default(), &bytes);
        }
    }
}
