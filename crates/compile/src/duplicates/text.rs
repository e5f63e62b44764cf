//! The texts themselves, compared.

use souwen_index::{Date, Field};
use souwen_text::{FoldTable, Stream};

use super::{SHINGLE, hash, is_compared};

/// Texts are the same from this resemblance on, in percent.
const SAME: usize = 80;
/// Texts of fewer shingles must also have the same headline and the same figures: a notice resembles
/// the next one, or that of the year before, by its form.
const SHORT: usize = 200;
/// So must texts that are more days apart: what comes back every year is announced in the same words.
const DAYS: u32 = 31;
/// Short texts without a headline are the same from this resemblance on, in percent.
const SAME_UNTITLED: usize = 95;

/// What decides whether two documents have the same text.
pub(crate) struct Text {
    /// The hashes of its shingles, each once, in order. With 64 bits, two shingles of one archive
    /// hardly ever share one.
    shingles: Vec<u64>,
    headline: Vec<char>,
    /// The digits of the text in order, Chinese ones too.
    figures: Vec<char>,
    date: Option<Date>,
}

impl Text {
    pub(crate) fn new(fold: &FoldTable, fields: &[(Field, String)], date: Option<Date>) -> Self {
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

    pub(crate) fn is_same(&self, other: &Self) -> bool {
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

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

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
