//! Reprints: articles that are the same text but for a little.
//!
//! Texts are compared as sets of shingles, runs of [`SHINGLE`] characters of the stream, by their
//! resemblance |A ∩ B| / |A ∪ B| (Broder, "On the resemblance and containment of documents", 1997).
//! Which texts to compare at all says a sketch: shingles are dealt out by their hash over [`BINS`]
//! bins, and of each bin the least hash is kept; two texts agree in a bin with a probability equal to
//! their resemblance (Li, Owen & Zhang, "One Permutation Hashing", 2012). A bin without a shingle
//! takes the next one's (Shrivastava & Li, "Densifying One Permutation Hashing via Rotation", 2014).
//! Texts that agree in a whole band of [`ROWS`] bins are compared (Leskovec, Rajaraman & Ullman,
//! "Mining of Massive Datasets", §3.4): of the pairs that resemble each other by 0.8, 16 bands of 4
//! miss one in 4,000 or so.

mod sketch;
mod text;

use std::collections::BTreeMap;
use std::mem;

use souwen_index::{Date, Field};
use souwen_text::{FoldTable, cast};

use crate::error::CompileError;
use crate::limits::Limits;
use crate::pool;
use crate::sample::mix;
use crate::store::{Log, Stored};
use sketch::BANDS;

pub(crate) use sketch::Sketch;
pub(crate) use text::Text;

/// Characters of a shingle.
pub(crate) const SHINGLE: usize = 5;
/// Of the texts that agree in a band, each is compared with so many before it. Those of one group
/// follow each other closely enough; only where many agree in a band by chance is one passed over.
const COMPARED: usize = 16;
/// Pairs that are compared before the next ones are looked for.
const PAIRS: usize = 4096;
/// Documents whose texts are compared together.
const TEXTS: usize = 64;
/// Bytes of a document's bands as they are put down: its number, and a number a band.
const ROW: usize = 4 + 8 * BANDS;
/// Bytes of a band's entry in memory.
const ENTRY: usize = 16;

/// The bands of documents, put down.
#[derive(Debug)]
pub(crate) struct Bands<'a>(Log<'a>);

impl<'a> Bands<'a> {
    pub(crate) fn new(limits: &'a Limits) -> Self {
        Self(Log::new(limits, limits.share(256)))
    }

    /// Adds a document's.
    pub(crate) fn add(&mut self, document: u32, sketch: &Sketch) -> Result<(), CompileError> {
        if let Some(bands) = sketch.bands() {
            let mut row = [0; ROW];
            let (number, rest) = row.split_at_mut(4);
            number.copy_from_slice(&document.to_le_bytes());
            for (slot, band) in rest.chunks_exact_mut(8).zip(bands) {
                slot.copy_from_slice(&band.to_le_bytes());
            }
            self.0.append(&row)?;
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<Stored, CompileError> {
        Ok(self.0.finish()?)
    }
}

/// What is compared: the fields and the day of a document.
pub(crate) type Compared = (Vec<(Field, String)>, Option<Date>);

/// For each document the first, by number, of those with the same text: itself, as a rule. `read` gives
/// documents in the order asked for.
pub(crate) fn groups(
    bands: &[Stored],
    documents: u32,
    fold: &FoldTable,
    limits: &Limits,
    read: impl Fn(&[u32]) -> Result<Vec<Compared>, CompileError> + Sync,
) -> Result<Vec<u32>, CompileError> {
    let mut groups = Groups((0..documents).collect());
    let at_a_time = (limits.share(8) / ENTRY / cast::index(documents).max(1)).clamp(1, BANDS);
    let compare = |groups: &mut Groups, pairs: &mut Vec<(u32, u32)>| {
        // Those that are in one group by now need no comparing.
        pairs.retain(|&(a, b)| groups.first(a) != groups.first(b));
        pairs.sort_unstable();
        pairs.dedup();
        for (a, b) in same(&mem::take(pairs), fold, limits, &read)? {
            groups.join(a, b);
        }
        Ok::<_, CompileError>(())
    };
    for first in (0..BANDS).step_by(at_a_time) {
        let mut entries = Vec::new();
        for store in bands {
            read_bands(store, first..(first + at_a_time).min(BANDS), &mut entries)?;
        }
        entries.sort_unstable();
        // The nearest first: of many copies they join all.
        for distances in [1..2, 2..COMPARED + 1] {
            let mut pairs = Vec::new();
            for alike in entries.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
                for (at, own) in alike.iter().enumerate() {
                    let others = distances.clone().map_while(|far| at.checked_sub(far));
                    let others = others.filter_map(|other| alike.get(other));
                    let apart =
                        |other: &&(u8, u64, u32)| groups.first(other.2) != groups.first(own.2);
                    pairs.extend(others.filter(apart).map(|other| (other.2, own.2)));
                    if pairs.len() >= PAIRS {
                        compare(&mut groups, &mut pairs)?;
                    }
                }
            }
            compare(&mut groups, &mut pairs)?;
        }
    }
    Ok((0..documents)
        .map(|document| groups.first(document))
        .collect())
}

/// Reads some bands of all documents: band, number, document.
fn read_bands(
    store: &Stored,
    wanted: std::ops::Range<usize>,
    entries: &mut Vec<(u8, u64, u32)>,
) -> Result<(), CompileError> {
    let mut rows = vec![0; ROW * 1024];
    let mut at = 0;
    while at < store.len() {
        let left = usize::try_from(store.len() - at).unwrap_or(usize::MAX);
        rows.truncate(left);
        store.read(at, &mut rows)?;
        at += u64::try_from(rows.len()).unwrap_or(0);
        for row in rows.chunks_exact(ROW) {
            let (number, rest) = row.split_first_chunk().ok_or(CompileError::Damaged)?;
            let bands = (0u8..).zip(rest.as_chunks::<8>().0);
            let bands = bands.skip(wanted.start).take(wanted.len());
            let document = u32::from_le_bytes(*number);
            entries.extend(bands.map(|(band, own)| (band, u64::from_le_bytes(*own), document)));
        }
    }
    Ok(())
}

/// Those of sorted pairs that are the same text.
fn same(
    pairs: &[(u32, u32)],
    fold: &FoldTable,
    limits: &Limits,
    read: &(impl Fn(&[u32]) -> Result<Vec<Compared>, CompileError> + Sync),
) -> Result<Vec<(u32, u32)>, CompileError> {
    let work = |same: &mut Vec<(u32, u32)>, pairs: Vec<(u32, u32)>| {
        let mut texts: BTreeMap<u32, Option<Text>> = pairs
            .iter()
            .flat_map(|&(a, b)| [(a, None), (b, None)])
            .collect();
        let documents: Vec<u32> = texts.keys().copied().collect();
        let read = read(&documents)?;
        for (slot, (fields, date)) in texts.values_mut().zip(read) {
            *slot = Some(Text::new(fold, &fields, date));
        }
        let text = |document: &u32| texts.get(document).and_then(Option::as_ref);
        same.extend(pairs.iter().copied().filter(|(a, b)| {
            let both = text(a).zip(text(b));
            both.is_some_and(|(a, b)| a.is_same(b))
        }));
        Ok(())
    };
    let produce = |give: &mut dyn FnMut(Vec<(u32, u32)>)| {
        pairs.chunks(TEXTS).for_each(|chunk| give(chunk.to_vec()));
        Ok::<_, CompileError>(())
    };
    let found = pool::spread(limits.threads, Vec::new, produce, work)?;
    Ok(found.concat())
}

/// Disjoint sets; the first of each stands for it.
struct Groups(Vec<u32>);

impl Groups {
    fn first(&self, mut document: u32) -> u32 {
        while let Some(&above) = self.0.get(cast::index(document)).filter(|&&o| o < document) {
            document = above;
        }
        document
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.first(a), self.first(b));
        if let Some(slot) = self.0.get_mut(cast::index(a.max(b))) {
            *slot = a.min(b);
        }
    }
}

/// Whether a field is part of the text that is compared. Headlines differ from paper to paper.
pub(crate) fn is_compared(field: Field) -> bool {
    matches!(field, Field::Body | Field::Captions)
}

fn hash(run: &[char]) -> u64 {
    // A character takes 21 bits: three fill 63, the others are mixed in behind them.
    let join = |own: u64, c: &char| own << 21 | u64::from(u32::from(*c));
    run.chunks(3)
        .map(|part| part.iter().fold(0, join))
        .fold(0, |hash, part| mix(hash ^ part))
}

#[cfg(test)]
mod tests {
    use souwen_text::Stream;

    use super::*;

    /// A text of characters that are as good as drawn.
    fn text(seed: u64, length: u64) -> String {
        let number = |at| u32::try_from(mix(seed * 100_000 + at) % 3000).unwrap();
        let char = |at| char::from_u32(0x4E00 + number(at)).unwrap();
        (0..length).map(char).collect()
    }

    fn grouped(articles: &[(&str, String)]) -> Vec<u32> {
        dated(articles, &vec![None; articles.len()])
    }

    fn dated(articles: &[(&str, String)], dates: &[Option<Date>]) -> Vec<u32> {
        let fold = FoldTable::default();
        let fields: Vec<Vec<(Field, String)>> = articles
            .iter()
            .map(|(title, body)| {
                vec![
                    (Field::Title, (*title).to_owned()),
                    (Field::Body, body.clone()),
                ]
            })
            .collect();
        let sketch = |fields: &Vec<(Field, String)>| {
            let mut sketch = Sketch::default();
            for (field, text) in fields {
                sketch.add(*field, Stream::new(&fold, text).chars());
            }
            sketch
        };
        let mut all = Vec::new();
        for memory in [0, 1 << 30] {
            let limits = Limits {
                memory,
                ..Limits::default()
            };
            let mut bands = Bands::new(&limits);
            for (document, fields) in (0..).zip(&fields) {
                bands.add(document, &sketch(fields)).unwrap();
            }
            let bands = [bands.finish().unwrap()];
            let read = |documents: &[u32]| {
                let compared = |&document: &u32| {
                    let at = cast::index(document);
                    (fields[at].clone(), dates[at])
                };
                Ok(documents.iter().map(compared).collect())
            };
            let count = cast::small(fields.len());
            all.push(groups(&bands, count, &fold, &limits, read).unwrap());
        }
        assert_eq!(all[0], all[1]);
        all.swap_remove(0)
    }

    #[test]
    fn reprints_are_grouped_under_the_first() {
        let long = text(1, 600);
        let cut: String = long.chars().skip(40).collect();
        let half: String = long.chars().take(300).collect();
        let articles = [
            ("甲", text(2, 600)),
            ("乙", long.clone()),
            ("丙", text(3, 600)),
            ("丁", format!("本报讯　{long}")),
            ("戊", cut),
            ("己", half),
        ];
        assert_eq!(grouped(&articles), [0, 1, 2, 1, 1, 5]);
    }

    #[test]
    fn short_texts_are_the_same_only_under_the_same_headline() {
        let notice = text(1, 40);
        let articles = [
            ("开会", notice.clone()),
            ("停水", notice.clone()),
            ("“开会”", format!("{notice}。")),
        ];
        assert_eq!(grouped(&articles), [0, 1, 0]);
    }

    #[test]
    fn short_texts_with_other_figures_are_others() {
        let notice = text(1, 120);
        for (a, b) in [("2024", "2025"), ("二〇二四", "二〇二五")] {
            let articles = [
                ("贺词", format!("{a}{notice}")),
                ("贺词", format!("{b}{notice}")),
                ("贺词", format!("{a}{notice}据")),
            ];
            assert_eq!(grouped(&articles), [0, 1, 0]);
        }
        let long = text(2, 400);
        let articles = [
            ("贺词", format!("2024{long}")),
            ("贺词", format!("2025{long}")),
        ];
        assert_eq!(grouped(&articles), [0, 0]);
    }

    #[test]
    fn what_comes_back_every_year_is_not_a_reprint() {
        let long = text(1, 400);
        let articles = ["2023", "2024", "2024"].map(|year| ("敬献花篮", format!("{year}{long}")));
        let dates = ["2023-09-29", "2024-09-29", "2024-09-30"].map(Date::parse);
        assert_eq!(dated(&articles, &dates), [0, 1, 1]);
    }

    #[test]
    fn short_texts_without_a_headline_hardly_differ() {
        let caption = text(1, 60);
        let articles = [
            ("", caption.clone()),
            ("", format!("{caption}据")),
            ("", format!("{caption}据报道")),
            ("", format!("甲乙丙{caption}")),
        ];
        assert_eq!(grouped(&articles), [0, 0, 0, 3]);
    }

    #[test]
    fn without_a_text_none_is_a_reprint() {
        let articles = [("甲", String::new()), ("甲", String::new())];
        assert_eq!(grouped(&articles), [0, 1]);
    }

    #[test]
    fn many_copies_are_one_group() {
        let long = text(1, 200);
        let articles = vec![("甲", long); 300];
        assert_eq!(grouped(&articles), vec![0; 300]);
    }
}
