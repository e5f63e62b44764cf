//! The articles: each readable alone.
//!
//! ```text
//! chunk of the directory, of 256 documents (packed): bytes of the texts before it in its group varint,
//!   least length of an extent varint, then bits: 5 bits k, per document Rice(its length above that, k);
//!   lengths are in units of 32 bytes
//! record (an extent):
//!   flags u8: bits 0–1 kind, bit 2 the date is inferred, bit 3 the id is hexadecimal, bit 4 the text
//!     is not coded
//!   date varint: days since 1 January of year 0, plus 1; 0 if there is none
//!   id: 8 bytes if hexadecimal, else a string
//!   the text, as [`crate::codec`] codes it; or its UTF-8, if it would expand further than a reader
//!     allows
//!   FF, then zeros until the extent's length is a multiple of 32
//! ```
//!
//! The zeros are a hundredth of the texts; without them lengths would take twice the bytes, and those
//! of an archive of some thousand articles are loaded with the core.

use souwen_text::cast;
use souwen_text::digits::hexadecimal;

use crate::codec::{TextCodec, TextEncoder};
use crate::date::Date;
use crate::error::{OrDamaged, Result, ensure};
use crate::facts::Kind;
use crate::record::Record;
use crate::store::CHECKSUM;
use crate::wire::{Reader, Writer};

pub(crate) const NAME: &str = "texts";
/// Documents in a chunk of lengths.
pub(crate) const CHUNK: u32 = 256;
/// Of so many chunks the directory tells the place of the first text only.
pub(crate) const GROUP: usize = 32;
/// Lengths of extents are multiples of so many bytes.
pub(crate) const UNIT: u32 = 32;
/// A text may take so many bytes however short its code is, and so many times its code else.
const FREE: usize = 1 << 20;
const EXPANSION: usize = 64;

const KIND: u8 = 0b0011;
const INFERRED: u8 = 0b0100;
const HEX_ID: u8 = 0b1000;
const PLAIN: u8 = 0b1_0000;
/// Ends a text, whose last bytes may be zeros.
const END: u8 = 0xFF;

/// How long a text may be that so many bytes code.
fn limit(coded: usize) -> usize {
    FREE.max(coded.saturating_mul(EXPANSION))
}

fn hex_id(id: &str) -> Option<u64> {
    let hex = id.len() == 16 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    hex.then(|| u64::from_str_radix(id, 16).ok()).flatten()
}

/// A record as it is stored.
#[must_use]
pub fn encode_record(encoder: &TextEncoder<'_>, record: &Record) -> Vec<u8> {
    let mut out = Writer::default();
    let hex = hex_id(&record.id);
    let flag = |is: bool, flag: u8| if is { flag } else { 0 };
    let text = record.join();
    let coded = encoder.encode(&text);
    let plain = text.len() > limit(coded.len());
    let flags =
        flag(record.date_inferred, INFERRED) | flag(hex.is_some(), HEX_ID) | flag(plain, PLAIN);
    out.bytes.push(record.kind.number() | flags);
    out.varint(record.date.map_or(0, |date| u64::from(date.days()) + 1));
    match hex {
        Some(number) => out.u64(number),
        None => out.string(&record.id),
    }
    out.bytes
        .extend(if plain { text.into_bytes() } else { coded });
    out.bytes.push(END);
    let unit = cast::index(UNIT);
    let len = out.bytes.len() + cast::index(CHECKSUM);
    out.bytes
        .resize(len.next_multiple_of(unit) - cast::index(CHECKSUM), 0);
    out.bytes
}

/// Headlines as they are stored: one on a line.
pub(crate) fn encode_headlines(encoder: &TextEncoder<'_>, headlines: &[String]) -> Vec<u8> {
    encoder.encode(&headlines.join("\n"))
}

/// Headlines as they were.
pub(crate) fn decode_headlines(codec: &TextCodec, bytes: &[u8]) -> Result<String> {
    codec.decode(bytes, FREE.max(bytes.len().saturating_mul(EXPANSION)))
}

/// A record as it was.
pub(crate) fn decode(codec: &TextCodec, bytes: &[u8]) -> Result<Record> {
    let mut reader = Reader::new(NAME, bytes);
    let flags = reader.u8()?;
    ensure(flags >> 5 == 0, NAME, "a record has unknown flags")?;
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
        hexadecimal(&reader.u64()?.to_be_bytes())
    };
    let rest = reader.take(reader.rest())?;
    let zeros = rest.iter().rev().take_while(|&&byte| byte == 0).count();
    let coded = rest.get(..rest.len() - zeros).unwrap_or_default();
    let coded = coded.strip_suffix(&[END]);
    let coded = coded.or_damaged(NAME, "a record has no end")?;
    let mut record = if flags & PLAIN == 0 {
        Record::split(&codec.decode(coded, limit(coded.len()))?)
    } else {
        let text = std::str::from_utf8(coded).ok();
        Record::split(text.or_damaged(NAME, "text is not UTF-8")?)
    };
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
    use souwen_text::Alphabet;

    use super::*;

    fn codec(text: &str, stranger: char) -> (Alphabet, TextCodec) {
        let mut frequencies = BTreeMap::new();
        for c in text.chars().filter(|&c| c != stranger) {
            *frequencies.entry(c).or_insert(0u64) += 1;
        }
        let alphabet = Alphabet::new(frequencies.into_iter().collect());
        let codec = TextCodec::train(&alphabet, &[text], TextCodec::WORDS).expect("trains");
        (alphabet, codec)
    }

    proptest! {
        #[test]
        fn round_trip(text in "[^\u{1e}\u{1f}]{0,40}|[一-龥]{0,300}", stranger: char, id in "[0-9a-f]{16}|\\PC{0,20}", days in prop::option::of(0..Date::END), inferred: bool) {
            let (alphabet, codec) = codec(&text, stranger);
            let date = days.and_then(Date::from_days);
            let record = Record { id, title: text, date, date_inferred: inferred, kind: Kind::Photo, ..Record::default() };
            let bytes = encode_record(&codec.encoder(&alphabet), &record);
            prop_assert_eq!((bytes.len() + cast::index(CHECKSUM)) % cast::index(UNIT), 0);
            prop_assert_eq!(decode(&codec, &bytes)?, record);
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let (_, codec) = codec("清河花开，清河水清。", '水');
            let _ = decode(&codec, &bytes);
        }
    }

    #[test]
    fn what_would_expand_too_far_is_not_coded() {
        let text = "一".repeat(FREE / 3 + 1);
        let (alphabet, codec) = codec(&"一".repeat(4000), '三');
        let title = text.clone();
        let record = Record {
            title,
            ..Record::default()
        };
        let bytes = encode_record(&codec.encoder(&alphabet), &record);
        assert!(bytes.len() >= text.len());
        assert_eq!(decode(&codec, &bytes), Ok(record));
    }
}
