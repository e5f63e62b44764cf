//! Characters and words → terms, and terms → the documents that hold them.

use souwen_text::{Alphabet, FRAGMENT, cast};

use crate::impact::TELLS_BROKEN;
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
        let stands = |segment: &Segment| {
            let spot = self.spot(segment, term);
            spot.is_some_and(|(block, spot)| segment.terms.stands(block, spot))
        };
        self.segments.iter().any(stands).then_some(term)
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
        self.longer(&codes?)
    }

    /// The term of a [fragment](souwen_text::fragment).
    #[must_use]
    pub fn fragment(&self, fragment: &[char]) -> Option<TermId> {
        let codes: Option<Vec<u32>> = fragment.iter().map(|&c| self.alphabet.code(c)).collect();
        self.longer(&codes?)
    }

    /// Whether a fragment without a term stands nowhere. If not, there are none, or documents came later
    /// than the first segment, which decides what has a term.
    #[must_use]
    pub fn knows_fragments(&self) -> bool {
        self.segments.len() == 1 && self.alphabet.code(FRAGMENT).is_some()
    }

    fn longer(&self, key: &[u32]) -> Option<TermId> {
        let (block, spot) = self.segments.first()?.terms.spot(key)?;
        match spot {
            Spot::Longer(at) => Some(TermId(WORD | u64::from(block) << PLACE | u64::from(at))),
            Spot::Stem(_) => None,
        }
    }

    /// The term of a key, whether or not it stands anywhere. One of three and more characters is
    /// known only to who has a list of its own.
    #[must_use]
    pub fn term(&self, key: &[u32]) -> Option<TermId> {
        match key {
            [] => None,
            [first] => Some(TermId((*first).into())),
            [first, second] => Some(pair(*first, *second)),
            _ => self.longer(key),
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

    /// The number of documents that hold a term and count; of a long list about that.
    #[must_use]
    pub fn document_frequency(&self, term: TermId) -> u32 {
        let segments = self.segments.iter();
        segments.map(|segment| self.held_by(segment, term)).sum()
    }

    /// The same of the first segments, so many.
    #[must_use]
    pub fn document_frequency_in(&self, segments: usize, term: TermId) -> u32 {
        let segments = self.segments.iter().take(segments);
        segments.map(|segment| self.held_by(segment, term)).sum()
    }

    /// The number of documents of a segment that hold a term and count.
    fn held_by(&self, segment: &Segment, term: TermId) -> u32 {
        let spot = self.spot(segment, term);
        spot.map_or(0, |(block, spot)| segment.terms.live(block, spot))
    }

    /// Whether a term's classes say of every document that holds it whether it stands there only with
    /// punctuation inside ([`BROKEN`](crate::BROKEN)): a short list of the first segment does not, later ones all do.
    #[must_use]
    pub fn tells_broken(&self, term: TermId) -> bool {
        let held = self.segments.first().map_or(0, |first| {
            let spot = self.spot(first, term);
            spot.map_or(0, |(block, spot)| first.terms.df(block, spot))
        });
        held == 0 || cast::index(held) >= TELLS_BROKEN
    }
}

fn pair(first: u32, second: u32) -> TermId {
    TermId(PAIR | u64::from(second) << 31 | u64::from(first))
}
