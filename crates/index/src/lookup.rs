//! Characters and words → terms, and terms → the documents that hold them.

use souwen_text::Alphabet;

use crate::open::Index;
use crate::segment::Segment;
use crate::terms::{Cursor, List, Spot};

/// A term: a character, a pair of adjacent ones, or a longer entry of the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(u64);

/// What the two high bits of a [`TermId`] say.
const PAIR: u64 = 1 << 62;
const WORD: u64 = 2 << 62;
const CODE: u64 = 0xFFFF_FFFF;
/// Bits for the place of a longer term in its block: a block has fewer than 2²⁰ bits.
const PLACE: u32 = 24;

impl TermId {
    /// A number that orders terms, the same for the same term.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}

impl Index {
    /// The term of one character of the stream.
    #[must_use]
    pub fn single(&self, c: char) -> Option<TermId> {
        Some(TermId(self.alphabet.code(c)?.into()))
    }

    /// The archive's characters, each with its code.
    #[must_use]
    pub fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    /// The code of a character that the archive has.
    #[must_use]
    pub fn code(&self, c: char) -> Option<u32> {
        self.alphabet.code(c)
    }

    /// The term of two adjacent characters of the stream, if they stand so anywhere.
    #[must_use]
    pub fn pair(&self, first: char, second: char) -> Option<TermId> {
        let (first, second) = (self.alphabet.code(first)?, self.alphabet.code(second)?);
        let term = pair(first, second);
        (self.document_frequency(term) > 0).then_some(term)
    }

    /// The characters that stand after a character anywhere in the archive, and the terms of the
    /// pairs.
    #[must_use]
    pub fn following(&self, first: char) -> Vec<(char, TermId)> {
        let mut found: Vec<(char, TermId)> = Vec::new();
        let Some(first) = self.alphabet.code(first) else {
            return found;
        };
        for (number, segment) in self.segments.iter().enumerate() {
            for (second, ..) in segment.terms.following(first) {
                let term = pair(first, second);
                let known = number > 0 && found.iter().any(|own| own.1 == term);
                if let Some(c) = self.alphabet.char(second).filter(|_| !known) {
                    found.push((c, term));
                }
            }
        }
        found
    }

    /// The term of a word of three and more characters.
    #[must_use]
    pub fn word(&self, word: &str) -> Option<TermId> {
        let codes: Option<Vec<u32>> = word.chars().map(|c| self.alphabet.code(c)).collect();
        let (block, spot) = self.segments.first()?.terms.spot(&codes?)?;
        match spot {
            Spot::Longer(at) => Some(TermId(WORD | u64::from(block) << PLACE | u64::from(at))),
            Spot::Stem(_) => None,
        }
    }

    /// Where a term is in a segment.
    fn spot(&self, segment: &Segment, term: TermId) -> Option<(u32, Spot)> {
        let low = |shift: u32| u32::try_from(term.0 >> shift & CODE).unwrap_or(u32::MAX);
        if term.0 & WORD == 0 {
            let (first, second) = (low(0), low(31));
            return if term.0 & PAIR == 0 {
                segment.terms.spot(&[first])
            } else {
                segment
                    .terms
                    .spot(&[first & 0x7FFF_FFFF, second & 0x7FFF_FFFF])
            };
        }
        let place = low(0) & ((1 << PLACE) - 1);
        let own = (low(PLACE), Spot::Longer(place));
        if segment.first == 0 {
            return Some(own);
        }
        // Other segments know it by its key.
        let key = self.segments.first()?.terms.key(own.0, own.1)?;
        segment.terms.spot(&key)
    }

    /// A cursor over a term's documents.
    #[must_use]
    pub fn postings(&self, term: TermId) -> Cursor {
        let list = |segment: &Segment| -> Option<List> {
            let (block, spot) = self.spot(segment, term)?;
            segment.terms.list(block, spot)
        };
        Cursor::new(self.segments.iter().filter_map(list).collect())
    }

    /// A cursor over the documents that a term speaks for most, [`HEAD`](crate::HEAD) of each segment,
    /// in order; none if they are not told apart from its others.
    #[must_use]
    pub fn head(&self, term: TermId) -> Option<Cursor> {
        let head = |segment: &Segment| -> Option<List> {
            let (block, spot) = self.spot(segment, term)?;
            segment.terms.head(block, spot)
        };
        let heads: Option<Vec<List>> = self.segments.iter().map(head).collect();
        // What is gone is in the number of documents.
        heads.filter(|_| self.gone.is_empty()).map(Cursor::new)
    }

    /// The number of documents that hold a term.
    #[must_use]
    pub fn document_frequency(&self, term: TermId) -> u32 {
        let df = |segment: &Segment| {
            let spot = self.spot(segment, term);
            spot.map_or(0, |(block, spot)| segment.terms.df(block, spot))
        };
        self.segments.iter().map(df).sum()
    }
}

fn pair(first: u32, second: u32) -> TermId {
    TermId(PAIR | u64::from(second) << 31 | u64::from(first))
}
