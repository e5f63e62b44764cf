//! Section `documents`: what ranking, filtering and naming need to know of each document.
//!
//! ```text
//! per document: norm u8                      (the column, then the next column)
//! per document: flags u8                     bits 0–1 kind, bit 2 date inferred, bit 3 id is hex
//! per document: date varint                  days since 1 January of year 0, plus 1; 0 if none
//! per document: id                           8 bytes if hex, else a string
//! per document: distance varint              from the first document of the same text to this one; 0 if none is
//! ```

use souwen_text::cast;

use crate::error::{OrDamaged, Result, ensure};
use crate::wire::{Reader, Writer};

const NAME: &str = "documents";
const KIND: u8 = 0b0011;
const INFERRED: u8 = 0b0100;
const HEX_ID: u8 = 0b1000;

/// What sort of item a document is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// Prose with a headline.
    #[default]
    Article,
    /// Photo news.
    Photo,
    /// Tabular matter.
    Table,
}

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Days since 1 January of year 0 in the proleptic Gregorian calendar.
    days: u32,
}

impl Date {
    /// Reads `YYYY-MM-DD`; nothing unless it is a day of the calendar.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let shape = parts.next().is_none() && (year.len(), month.len(), day.len()) == (4, 2, 2);
        let digits = text.bytes().all(|b| b == b'-' || b.is_ascii_digit());
        let (year, month, day): (u32, u32, u32) =
            (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        if year > 9999 || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let date = Self {
            days: days_of(year, month, day),
        };
        // A day that is not in the calendar comes back as another one.
        (shape && digits && date.parts() == (year, month, day)).then_some(date)
    }

    /// Days since 1 January of year 0, for sorting.
    #[must_use]
    pub fn days(self) -> u32 {
        self.days
    }

    /// Year, month (1–12), day (1–31).
    #[must_use]
    pub fn parts(self) -> (u32, u32, u32) {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": civil_from_days. Years begin
        // in March so that the leap day comes last; one era (400 years) more keeps all unsigned.
        let days = self.days + EPOCH;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year_of_era + era * 400 + u32::from(month <= 2);
        (year.saturating_sub(400), month, day)
    }
}

/// 1 January of year 0, counted from 1 March of the year 401 before it.
const EPOCH: u32 = 146_037;

/// Days since 1 January of year 0; the same source's days_from_civil.
fn days_of(year: u32, month: u32, day: u32) -> u32 {
    let year = year + 400 - u32::from(month <= 2);
    let (era, of_era) = (year / 400, year % 400);
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * shifted + 2) / 5 + day.saturating_sub(1);
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    days.saturating_sub(EPOCH)
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// One document's facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its length class, see [`norm_of`].
    pub norm: u8,
    /// What it is.
    pub kind: Kind,
    /// Its day, if known.
    pub date: Option<Date>,
    /// Whether the day was read out of the text.
    pub date_inferred: bool,
    /// Its id, unique in the archive.
    pub id: String,
    /// The first document, by number, whose text is the same but for a little: its own number if there
    /// is none before it. All documents of one group name the same.
    pub group: u32,
}

/// The length class of a document of `len` characters: eight classes an octave, so that 256 classes
/// reach 2³² and a class is never more than 9 % off.
#[must_use]
pub fn norm_of(len: u32) -> u8 {
    let fits = |norm: &u8| norm_length(*norm) <= len.max(1);
    (0..=u8::MAX).rev().find(fits).unwrap_or(0)
}

/// The least length of a class, in characters: 2^(norm / 8), in integers.
#[must_use]
pub fn norm_length(norm: u8) -> u32 {
    // 256 · 2^(i/8), rounded; a table because powers of floats differ between machines.
    const STEPS: [u64; 8] = [256, 279, 304, 332, 362, 395, 431, 470];
    let step = STEPS.get(usize::from(norm % 8)).copied().unwrap_or(256);
    u32::try_from((step << (norm / 8)) >> 8).unwrap_or(u32::MAX)
}

fn hex_id(id: &str) -> Option<u64> {
    let hex = id.len() == 16 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    hex.then(|| u64::from_str_radix(id, 16).ok()).flatten()
}

pub(crate) fn encode(documents: &[Document]) -> Vec<u8> {
    let mut out = Writer::default();
    out.bytes
        .extend(documents.iter().map(|document| document.norm));
    out.bytes.extend(documents.iter().map(|document| {
        let kind = match document.kind {
            Kind::Article => 0,
            Kind::Photo => 1,
            Kind::Table => 2,
        };
        let inferred = if document.date_inferred { INFERRED } else { 0 };
        kind | inferred
            | if hex_id(&document.id).is_some() {
                HEX_ID
            } else {
                0
            }
    }));
    for document in documents {
        out.varint(document.date.map_or(0, |date| u64::from(date.days) + 1));
    }
    for document in documents {
        match hex_id(&document.id) {
            Some(number) => out.u64(number),
            None => out.string(&document.id),
        }
    }
    for (number, document) in (0u32..).zip(documents) {
        out.varint(number.saturating_sub(document.group).into());
    }
    out.bytes
}

pub(crate) fn decode(bytes: &[u8], count: u32) -> Result<Vec<Document>> {
    let mut reader = Reader::new(NAME, bytes);
    let norms = reader.take(cast::index(count))?;
    let flags = reader.take(cast::index(count))?;
    let mut documents = Vec::with_capacity(flags.len());
    for (&norm, &flags) in norms.iter().zip(flags) {
        let kind = match flags & KIND {
            0 => Kind::Article,
            1 => Kind::Photo,
            2 => Kind::Table,
            _ => return None.or_damaged(NAME, "a document is of an unknown kind"),
        };
        let days = reader.varint32()?;
        ensure(days < 3_652_426, NAME, "a date is out of range")?;
        let date = days.checked_sub(1).map(|days| Date { days });
        let date_inferred = flags & INFERRED != 0;
        documents.push(Document {
            norm,
            kind,
            date,
            date_inferred,
            id: String::new(),
            group: 0,
        });
    }
    for (document, &flags) in documents.iter_mut().zip(flags) {
        document.id = if flags & HEX_ID == 0 {
            reader.string()?.to_owned()
        } else {
            format!("{:016x}", reader.u64()?)
        };
    }
    for number in 0..count {
        let first = number
            .checked_sub(reader.varint32()?)
            .or_damaged(NAME, "a group begins before the first document")?;
        if let Some(document) = documents.get_mut(cast::index(number)) {
            document.group = first;
        }
        let begins = documents.get(cast::index(first)).map(|first| first.group);
        ensure(
            begins == Some(first),
            NAME,
            "a group begins with a document of another one",
        )?;
    }
    reader.finish()?;
    Ok(documents)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn document() -> impl Strategy<Value = Document> {
        let kind = prop_oneof![Just(Kind::Article), Just(Kind::Photo), Just(Kind::Table)];
        let date = prop::option::of((0u32..3_652_000).prop_map(|days| Date { days }));
        let id = prop_oneof!["[0-9a-f]{16}", "\\PC{0,20}"];
        (any::<u8>(), kind, date, any::<bool>(), id).prop_map(|(norm, kind, date, inferred, id)| {
            Document {
                norm,
                kind,
                date,
                date_inferred: inferred,
                id,
                group: 0,
            }
        })
    }

    /// Documents, some of which repeat an earlier one that repeats none.
    fn documents() -> impl Strategy<Value = Vec<Document>> {
        let repeats = prop::option::weighted(0.3, any::<prop::sample::Index>());
        prop::collection::vec((document(), repeats), 0..40).prop_map(|drawn| {
            let mut documents: Vec<Document> = Vec::new();
            for (mut document, repeats) in drawn {
                document.group = match repeats.filter(|_| !documents.is_empty()) {
                    Some(earlier) => documents[earlier.index(documents.len())].group,
                    None => cast::small(documents.len()),
                };
                documents.push(document);
            }
            documents
        })
    }

    proptest! {
        #[test]
        fn round_trip(documents in documents()) {
            let back = decode(&encode(&documents), cast::small(documents.len()))?;
            prop_assert_eq!(back, documents);
        }

        #[test]
        fn dates_round_trip(days in 0u32..3_652_000) {
            let date = Date { days };
            prop_assert_eq!(Date::parse(&date.to_string()), Some(date));
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>, count in 0u32..60) {
            let _ = decode(&bytes, count);
        }

        #[test]
        fn norms_are_close(len in 1u32..u32::MAX) {
            let norm = norm_of(len);
            prop_assert!(norm_length(norm) <= len);
            prop_assert!(u64::from(norm_length(norm)) * 110 / 100 + 1 >= u64::from(len), "{} {}", norm_length(norm), len);
        }
    }

    #[test]
    fn a_group_begins_with_its_own_first() {
        let groups = |groups: &[u32]| {
            let document = |&group: &u32| Document {
                group,
                ..Document::default()
            };
            let documents: Vec<Document> = groups.iter().map(document).collect();
            decode(&encode(&documents), cast::small(documents.len())).is_ok()
        };
        assert!(groups(&[0, 0, 2, 0, 2]));
        assert!(!groups(&[0, 0, 1]));
    }

    #[test]
    fn calendar() {
        assert_eq!(Date { days: 0 }.to_string(), "0000-01-01");
        for good in [
            "2024-02-29",
            "2022-12-31",
            "2000-02-29",
            "1900-03-01",
            "9998-12-31",
        ] {
            assert_eq!(
                Date::parse(good).map(|date| date.to_string()).as_deref(),
                Some(good)
            );
        }
        for bad in [
            "2023-02-29",
            "2022-13-01",
            "2022-00-10",
            "2022-1-1",
            "22-01-01",
            "2022-01-32",
            "",
            "2022-01-00",
            "1900-02-29",
            "+022-01-01",
        ] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        assert!(Date::parse("2022-12-31") < Date::parse("2023-01-01"));
    }
}
