//! Texts in pieces.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use souwen_text::{STOP_WORDS, cast, is_han};

use super::texts::put_length;
use crate::store::{put_number, take_number};

/// A word is of so many pieces at most.
pub(super) const MAX_PIECES: usize = 4;
/// A word is so long at most, in characters.
pub(super) const MAX_LENGTH: usize = 6;
/// Bits of a character in a [`Key`].
const CHAR_BITS: u32 = 21;

/// Pieces that bind, ask, count or point, and so are in no word; stop words besides.
const LOOSE: &str = "将已曾让使给向往按经据因而但则却且即若如虽不没未无非很更最太再才只仅均皆各每某该此本另全约近超达至自起始共\
    所称说道讲指表谈问答写摄做作来去进出入后前中内外上下时日月年号点分秒今昨当正需应须想好叫令跟比像用拿获持属系遭受";

/// The stop word that may join all the same: a surname as well.
const SURNAME: &str = "何";

/// Figures. A word does not begin after one, and neither begins nor ends with a piece made of them.
pub(super) const FIGURES: &str = "一二三四五六七八九十百千万亿两零几第余半0123456789";
/// The figures that a word may begin with all the same: 万人同行.
pub(super) const MAGNITUDES: &str = "百千万亿";

/// Up to six characters packed; of longer pieces, the last six.
pub(super) type Key = u128;

/// Packs characters.
pub(super) fn key(chars: &[char]) -> Key {
    let add = |key: Key, &c: &char| key << CHAR_BITS | Key::from(u32::from(c));
    chars.iter().fold(0, add)
}

/// What [`key`] packed.
pub(super) fn unpacked(mut key: Key) -> Vec<char> {
    let mut chars = Vec::new();
    while key > 0 {
        let code = u32::try_from(key & ((1 << CHAR_BITS) - 1)).unwrap_or(0);
        chars.extend(char::from_u32(code));
        key >>= CHAR_BITS;
    }
    chars.reverse();
    chars
}

/// A key and the characters after it.
pub(super) fn grown(before: Key, piece: &[char]) -> Key {
    before << (CHAR_BITS * cast::small(piece.len())) | key(piece)
}

/// A text cut into pieces: words of the dictionary and lone characters.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Pieces {
    chars: Vec<char>,
    /// Their lengths in characters, and whether each may be part of a new word; of what is
    /// [reduced](Pieces::reduced), whether together with the one before.
    lengths: Vec<(u8, bool)>,
    /// Where jieba's model saw words, by character.
    seen: Vec<(u32, u32)>,
}

/// One of them, and whether it joins as [`Pieces`] has it.
#[derive(Clone, Copy, Default)]
pub(super) struct Piece<'a> {
    pub(super) chars: &'a [char],
    pub(super) joins: bool,
}

impl Pieces {
    /// Adds a piece.
    pub(crate) fn push(&mut self, piece: &str) {
        let before = self.chars.len();
        self.chars.extend(piece.chars());
        let mut length = self.chars.len() - before;
        let joins = length <= MAX_PIECES && may_join(piece);
        // What is longer than any word, a long number, may fall into parts.
        while length > 0 {
            let part = u8::try_from(length).unwrap_or(u8::MAX);
            self.lengths.push((part, joins));
            length -= usize::from(part);
        }
    }

    /// Adds a word that jieba's model saw, as lone characters.
    pub(crate) fn push_seen(&mut self, word: &str) {
        let start = cast::small(self.chars.len());
        word.chars()
            .for_each(|c| self.push(c.encode_utf8(&mut [0; 4])));
        self.seen.push((start, cast::small(self.chars.len())));
    }

    /// Adds the bytes that [`Pieces::read`] takes.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        put_length(out, self.chars.iter().map(|c| c.len_utf8()).sum());
        for c in &self.chars {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        put_length(out, self.lengths.len());
        for &(length, joins) in &self.lengths {
            out.extend_from_slice(&[length, joins.into()]);
        }
        put_length(out, self.seen.len());
        for &(start, end) in &self.seen {
            put_number(out, start.into());
            put_number(out, end.into());
        }
    }

    /// Becomes the next of those that were written.
    pub(super) fn read(&mut self, bytes: &mut &[u8]) -> Option<()> {
        let count = |bytes: &mut &[u8]| usize::try_from(take_number(bytes)?).ok();
        self.chars.clear();
        let length = count(bytes)?;
        let (text, rest) = bytes.split_at_checked(length)?;
        self.chars.extend(std::str::from_utf8(text).ok()?.chars());
        *bytes = rest;
        self.lengths.clear();
        for _ in 0..count(bytes)? {
            let (&[length, joins], rest) = bytes.split_first_chunk()?;
            self.lengths.push((length, joins > 0));
            *bytes = rest;
        }
        self.seen.clear();
        for _ in 0..count(bytes)? {
            let start = u32::try_from(take_number(bytes)?).ok()?;
            let end = u32::try_from(take_number(bytes)?).ok()?;
            self.seen.push((start, end));
        }
        Some(())
    }

    /// Leaves out what is in no new word and stands beside none: pieces that do not join the one before
    /// or behind them, as `join` says, nor have a neighbour that does, nor are of a word that the model saw.
    pub(super) fn reduced(&self, join: impl Fn(Piece<'_>, Piece<'_>) -> bool) -> Self {
        let pieces: Vec<Piece<'_>> = self.iter().collect();
        let pairs = pieces.array_windows().map(|&[a, b]| join(a, b));
        // By piece, whether it joins the one before; and none behind the last.
        let joins: Vec<bool> = [false].into_iter().chain(pairs).chain([false; 2]).collect();
        // Whether a run of pieces may go through it.
        let is_within = |at: usize| joins.get(at..at + 2).is_some_and(|own| own.contains(&true));
        let mut reduced = Self::default();
        let mut seen = self.seen.iter().peekable();
        let (mut at, mut dropped) = (0, 0);
        for (place, (piece, &joins)) in pieces.iter().zip(&joins).enumerate() {
            let length = cast::small(piece.chars.len());
            seen.next_if(|own| own.1 <= at);
            let is_seen = seen.peek().is_some_and(|own| own.0 <= at);
            if is_seen || (place.saturating_sub(1)..place + 2).any(is_within) {
                if let Some(own) = seen.peek().filter(|own| own.0 == at) {
                    reduced.seen.push((own.0 - dropped, own.1 - dropped));
                }
                reduced.chars.extend_from_slice(piece.chars);
                let length = u8::try_from(length).unwrap_or(u8::MAX);
                reduced.lengths.push((length, joins));
            } else {
                dropped += length;
            }
            at += length;
        }
        reduced
    }

    /// Whether there is no piece.
    pub(super) fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// How many characters there are.
    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The words that jieba's model saw, with where they begin.
    pub(super) fn seen(&self) -> impl Iterator<Item = (usize, &[char])> {
        self.seen.iter().map(|&(start, end)| {
            let (start, end) = (cast::index(start), cast::index(end));
            (start, self.chars.get(start..end).unwrap_or_default())
        })
    }

    /// Every piece in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Piece<'_>> {
        let mut rest = self.chars.as_slice();
        self.lengths.iter().map(move |&(length, joins)| {
            let (chars, after) = rest.split_at_checked(length.into()).unwrap_or_default();
            rest = after;
            Piece { chars, joins }
        })
    }
}

/// [`LOOSE`] and the stop words.
static ALL_LOOSE: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let stop = STOP_WORDS.iter().map(|&word| word.to_owned());
    let loose = LOOSE.chars().map(String::from);
    let all = loose.chain(stop);
    all.filter(|word| word != SURNAME).collect()
});

/// Whether a piece may be part of a new word.
pub(super) fn may_join(piece: &str) -> bool {
    piece.chars().all(is_han) && !ALL_LOOSE.contains(piece)
}

pub(super) fn is_figure(piece: &[char]) -> bool {
    !piece.is_empty() && piece.iter().all(|&c| FIGURES.contains(c))
}
