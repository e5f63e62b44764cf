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

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use souwen_index::{Date, Field};
use souwen_text::{FoldTable, Stream, cast};

/// Characters of a shingle.
const SHINGLE: usize = 5;
/// Values of a sketch: as many as the six highest bits of a hash can name.
const BINS: usize = 64;
/// Bins of a band.
const ROWS: usize = 4;
/// Texts are the same from this resemblance on, in percent.
const SAME: usize = 80;
/// Texts of fewer shingles must also have the same headline and the same figures: a notice resembles
/// the next one, or that of the year before, by its form.
const SHORT: usize = 200;
/// So must texts that are more days apart: what comes back every year is announced in the same words.
const DAYS: u32 = 31;
/// Short texts without a headline are the same from this resemblance on, in percent.
const SAME_UNTITLED: usize = 95;
/// Of the texts that agree in a band, each is compared with so many before it. Those of one group
/// follow each other closely enough; only where many agree in a band by chance is one passed over.
const COMPARED: usize = 16;

/// What is compared first of a text: for each bin the least hash of its shingles.
#[derive(Debug, Clone)]
pub(crate) struct Sketch([u64; BINS]);

/// The value of a bin without a shingle.
const EMPTY: u64 = u64::MAX;

impl Default for Sketch {
    fn default() -> Self {
        Self([EMPTY; BINS])
    }
}

impl Sketch {
    /// Adds a field, if it is part of the text that is compared.
    pub(crate) fn add(&mut self, field: Field, stream: &[char]) {
        if !is_compared(field) {
            return;
        }
        for run in stream.windows(SHINGLE) {
            let hash = hash(run);
            let bin = usize::try_from(hash >> 58).ok();
            if let Some(least) = bin.and_then(|bin| self.0.get_mut(bin)) {
                *least = (*least).min(hash);
            }
        }
    }

    /// A number for each band, unless the text has no shingle.
    fn bands(&self) -> Vec<(usize, u64)> {
        // How far the next bin with a shingle is makes it another value there.
        let value = |bin: usize| {
            let ahead = self.0.iter().cycle().skip(bin).zip(0u64..);
            let mut held = ahead.take(BINS).filter(|(least, _)| **least != EMPTY);
            held.next().map(|(least, distance)| mix(least ^ distance))
        };
        let values: Option<Vec<u64>> = (0..BINS).map(value).collect();
        let values = values.unwrap_or_default();
        let key = |rows: &[u64]| rows.iter().fold(0, |key, row| mix(key ^ row));
        values.chunks(ROWS).map(key).enumerate().collect()
    }
}

/// For each document the first, by number, of those with the same text: itself, as a rule. All lists
/// are by document.
pub(crate) fn groups(
    sketches: &[Sketch],
    fold: &FoldTable,
    fields: &[Vec<(Field, String)>],
    dates: &[Option<Date>],
) -> Vec<u32> {
    let pairs = candidates(sketches);
    let distinct: HashSet<u32> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    let texts: HashMap<u32, Text> = distinct
        .into_par_iter()
        .filter_map(|document| {
            let at = cast::index(document);
            let text = Text::new(fold, fields.get(at)?, *dates.get(at)?);
            Some((document, text))
        })
        .collect();
    let same: Vec<(u32, u32)> = pairs
        .into_par_iter()
        .filter(|(a, b)| {
            let both = texts.get(a).zip(texts.get(b));
            both.is_some_and(|(a, b)| a.is_same(b))
        })
        .collect();
    let mut groups = Groups((0..cast::small(sketches.len())).collect());
    same.into_iter().for_each(|(a, b)| groups.join(a, b));
    (0..cast::small(sketches.len()))
        .map(|document| groups.first(document))
        .collect()
}

/// Pairs of documents that agree in a band, each once, in order.
fn candidates(sketches: &[Sketch]) -> Vec<(u32, u32)> {
    let bands = (0u32..).zip(sketches).flat_map(|(document, sketch)| {
        sketch.bands().into_iter().map(move |band| (band, document))
    });
    let mut bands: Vec<((usize, u64), u32)> = bands.collect();
    bands.par_sort_unstable();
    let mut pairs = Vec::new();
    for alike in bands.chunk_by(|a, b| a.0 == b.0) {
        for (at, &(_, own)) in alike.iter().enumerate() {
            let before = alike.get(at.saturating_sub(COMPARED)..at);
            let before = before.into_iter().flatten();
            pairs.extend(before.map(|&(_, other)| (other, own)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// What decides whether two documents have the same text.
struct Text {
    /// The hashes of its shingles, each once, in order. With 64 bits, two shingles of one archive
    /// hardly ever share one.
    shingles: Vec<u64>,
    headline: Vec<char>,
    /// The digits of the text in order, Chinese ones too.
    figures: Vec<char>,
    date: Option<Date>,
}

impl Text {
    fn new(fold: &FoldTable, fields: &[(Field, String)], date: Option<Date>) -> Self {
        let mut shingles = Vec::new();
        let mut headline = Vec::new();
        let mut figures = Vec::new();
        for (field, text) in fields {
            if is_compared(*field) {
                let stream = Stream::new(fold, text);
                shingles.extend(stream.chars().windows(SHINGLE).map(hash));
                figures.extend(stream.chars().iter().filter(|&&c| is_figure(c)));
            } else if *field == Field::Title {
                headline = Stream::new(fold, text).chars().to_vec();
            }
        }
        shingles.sort_unstable();
        shingles.dedup();
        Self {
            shingles,
            headline,
            figures,
            date,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        let short = self.shingles.len().min(other.shingles.len()) < SHORT;
        let dates = self.date.zip(other.date);
        let apart = dates.is_some_and(|(a, b)| a.days().abs_diff(b.days()) > DAYS);
        if (short || apart) && (self.headline != other.headline || self.figures != other.figures) {
            return false;
        }
        let same = if short && self.headline.is_empty() {
            SAME_UNTITLED
        } else {
            SAME
        };
        let both = common(&self.shingles, &other.shingles);
        let either = self.shingles.len() + other.shingles.len() - both;
        both * 100 >= either * same
    }
}

/// How many numbers two ascending lists have in common.
fn common(a: &[u64], b: &[u64]) -> usize {
    let mut b = b.iter().peekable();
    let in_b = |own: &&u64| {
        while b.next_if(|other| other < own).is_some() {}
        b.next_if_eq(own).is_some()
    };
    a.iter().filter(in_b).count()
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
fn is_compared(field: Field) -> bool {
    matches!(field, Field::Body | Field::Captions)
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十".contains(c)
}

fn hash(run: &[char]) -> u64 {
    // A character takes 21 bits: three fill 63, the others are mixed in behind them.
    let join = |own: u64, c: &char| own << 21 | u64::from(u32::from(*c));
    run.chunks(3)
        .map(|part| part.iter().fold(0, join))
        .fold(0, |hash, part| mix(hash ^ part))
}

/// SplitMix64's step (Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
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
        let sketches: Vec<Sketch> = fields.iter().map(sketch).collect();
        groups(&sketches, &fold, &fields, dates)
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

    #[test]
    fn resemblance_is_that_of_the_sets() {
        // Of 900 and 900 shingles 800 in common are 0.8, of 800 and 800 only 600 are 0.6.
        let text = |numbers: std::ops::Range<u64>| Text {
            shingles: numbers.collect(),
            headline: Vec::new(),
            figures: Vec::new(),
            date: None,
        };
        assert!(text(0..900).is_same(&text(100..1000)));
        assert!(!text(0..900).is_same(&text(101..1001)));
        assert!(!text(0..800).is_same(&text(200..1000)));
        assert_eq!(common(&[1, 3, 5, 9], &[0, 3, 4, 5, 6]), 2);
    }
}
