//! Documents in the shortest form that can be looked into: whether, and where, one holds a run of
//! characters.
//!
//! A character is sixteen bits: its code in the alphabet, and a bit for punctuation before it. Four
//! of them are a word of the machine, and a look-up passes over a document a word at a time, looking
//! for the rarest character of the run only: codes go by frequency, so that is the highest.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use souwen_index::{Field, FormatError, Index};
use souwen_text::{Gap, Stream, cast};

use crate::prepared::{self, Prepared};

/// Punctuation stands before the character.
const BREAK: u64 = 1 << 15;
/// The bits of the code.
const CODE: u64 = BREAK - 1;
/// Stands between fields, and at the end. No run holds it.
const BORDER: u64 = CODE;
/// Every character whose own code would be as high as this; which one it is stands beside.
const RARE: u64 = CODE - 1;
/// Characters in a word.
const LANES: u32 = 4;
/// A one in every lane of a word.
const ONES: u64 = 0x0001_0001_0001_0001;

/// A run of characters to look for.
#[derive(Debug, Clone)]
pub(crate) struct Needle {
    /// What every place holds once its mask is laid on it.
    places: Vec<Place>,
    /// The place of the rarest character.
    rarest: u32,
    /// The characters coded [`RARE`], by place.
    rare: Vec<(u32, char)>,
}

#[derive(Debug, Clone)]
struct Place {
    code: u64,
    mask: u64,
}

impl Needle {
    /// The characters side by side, whatever punctuation stands between them. None where the
    /// archive lacks one of them: no document can hold it.
    pub(crate) fn new(index: &Index, chars: &[char]) -> Option<Self> {
        Self::of(code_in(index), chars, |_| None)
    }

    /// The characters of a phrase exactly: punctuation between them where the phrase has some, and
    /// only there. White space is no difference, since layout puts it anywhere.
    pub(crate) fn phrase(index: &Index, phrase: &Stream) -> Option<Self> {
        Self::of(code_in(index), phrase.chars(), |at| {
            Some(broken(phrase, at))
        })
    }

    fn of(
        code: impl Fn(char) -> Option<u32>,
        chars: &[char],
        broken: impl Fn(usize) -> Option<bool>,
    ) -> Option<Self> {
        let mut needle = Self {
            places: Vec::with_capacity(chars.len()),
            rarest: 0,
            rare: Vec::new(),
        };
        let mut highest = 0;
        for (at, &c) in chars.iter().enumerate() {
            let code = u64::from(code(c)?).min(RARE);
            if code == RARE {
                needle.rare.push((cast::small(at), c));
            }
            if code > highest {
                (highest, needle.rarest) = (code, cast::small(at));
            }
            // What stands before the first one is no part of the run.
            needle.places.push(match broken(at).filter(|_| at > 0) {
                Some(broken) => Place {
                    code: code | if broken { BREAK } else { 0 },
                    mask: BREAK | CODE,
                },
                None => Place { code, mask: CODE },
            });
        }
        Some(needle)
    }
}

fn code_in(index: &Index) -> impl Fn(char) -> Option<u32> {
    |c| index.code(c)
}

fn broken(stream: &Stream, at: usize) -> bool {
    stream.gap(at) == Gap::Break
}

/// The characters of a document, one field after the other.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// The first character in the lowest bits; what is left over at the end are borders.
    words: Vec<u64>,
    len: u32,
    /// The fields, and the place where each begins.
    fields: Vec<(u32, Field)>,
    /// The characters coded [`RARE`], by place.
    rare: Vec<(u32, char)>,
}

impl Held {
    /// A document in this form.
    fn new(index: &Index, prepared: &Prepared) -> Self {
        let mut held = Self::default();
        for own in &prepared.fields {
            held.add(code_in(index), own.field, &own.stream);
        }
        held
    }

    fn add(&mut self, code: impl Fn(char) -> Option<u32>, field: Field, stream: &Stream) {
        if !self.fields.is_empty() {
            self.push(BORDER);
        }
        self.fields.push((self.len, field));
        for (at, &c) in stream.chars().iter().enumerate() {
            let code = code(c).map_or(RARE, u64::from).min(RARE);
            if code == RARE {
                self.rare.push((self.len, c));
            }
            self.push(code | if broken(stream, at) { BREAK } else { 0 });
        }
    }

    fn push(&mut self, code: u64) {
        let shift = self.len % LANES * 16;
        if shift == 0 {
            self.words.push(BORDER * ONES);
        }
        if let Some(word) = self.words.last_mut() {
            *word = *word & !(0xFFFF << shift) | code << shift;
        }
        self.len += 1;
    }

    /// Where a run stands, from the front: the places of its first character.
    pub(crate) fn positions<'a>(&'a self, needle: &'a Needle) -> impl Iterator<Item = u32> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.find(needle, from..self.len)?;
            from = found + 1;
            Some(found)
        })
    }

    /// Whether a run stands anywhere.
    pub(crate) fn holds(&self, needle: &Needle) -> bool {
        self.find(needle, 0..self.len).is_some()
    }

    /// Whether a run stands in a field.
    pub(crate) fn holds_in(&self, needle: &Needle, field: Field) -> bool {
        let at = self.fields.iter().position(|&(_, own)| own == field);
        at.is_some_and(|at| {
            let begin = |at: usize| self.fields.get(at).map_or(self.len, |&(begin, _)| begin);
            self.find(needle, begin(at)..begin(at + 1)).is_some()
        })
    }

    /// The codes from a place on, up to punctuation, the field's end or a rare character.
    pub(crate) fn run(&self, place: u32) -> impl Iterator<Item = u32> + '_ {
        let codes = (place..).map(|at| (at, self.code(at)));
        let run = codes.take_while(move |&(at, code)| {
            code & CODE < RARE && (at == place || code & BREAK == 0)
        });
        run.map(|(_, code)| u32::try_from(code & CODE).unwrap_or(u32::MAX))
    }

    /// The code of the character before a place, unless a field begins there or the character is rare.
    pub(crate) fn before(&self, place: u32) -> Option<u32> {
        let code = self.code(place.checked_sub(1)?) & CODE;
        u32::try_from(code).ok().filter(|_| code < RARE)
    }

    /// Whether a field begins with a run.
    pub(crate) fn begins(&self, needle: &Needle, field: Field) -> bool {
        let begin = self.fields.iter().find(|&&(_, own)| own == field);
        begin.is_some_and(|&(begin, _)| self.stands_at(needle, begin))
    }

    /// The fields, each with the places from where it begins to where it ends.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (Field, Range<u32>)> + '_ {
        let ends = self.fields.iter().skip(1).map(|&(begin, _)| begin);
        let fields = self.fields.iter().zip(ends.chain([self.len]));
        fields.map(|(&(begin, field), end)| (field, begin..end))
    }

    /// The field in which a place lies.
    pub(crate) fn field_at(&self, place: u32) -> Field {
        let mut fields = self.fields.iter().rev();
        let field = fields.find(|&&(begin, _)| begin <= place);
        field.map_or(Field::Body, |&(_, field)| field)
    }

    /// The first place within a range at which a run begins.
    fn find(&self, needle: &Needle, range: Range<u32>) -> Option<u32> {
        let rarest = needle.places.get(cast::index(needle.rarest))?;
        let wanted = (rarest.code & CODE) * ONES;
        let begin = range.start + needle.rarest;
        let mut place = begin / LANES * LANES;
        let mut ahead = u64::MAX << (begin % LANES * 16);
        for word in self.words.get(cast::index(begin / LANES)..)? {
            // In a lane that is as wanted nothing is left; in any other the sum reaches the high
            // bit, and never the next lane: both addends are below 2¹⁵.
            let differs = (word & (CODE * ONES) ^ wanted) + CODE * ONES;
            let mut equal = !differs & (BREAK * ONES) & ahead;
            ahead = u64::MAX;
            while equal != 0 {
                let start = place + equal.trailing_zeros() / 16 - needle.rarest;
                if start >= range.end {
                    return None;
                }
                if self.stands_at(needle, start) {
                    return Some(start);
                }
                equal &= equal - 1;
            }
            place += LANES;
        }
        None
    }

    fn stands_at(&self, needle: &Needle, start: u32) -> bool {
        let codes = (start..).zip(&needle.places);
        codes
            .into_iter()
            .all(|(at, own)| self.code(at) & own.mask == own.code)
            && needle.rare.iter().all(|&(at, c)| {
                let place = start + at;
                let found = self.rare.binary_search_by_key(&place, |&(place, _)| place);
                found.is_ok_and(|found| self.rare.get(found) == Some(&(place, c)))
            })
    }

    fn code(&self, at: u32) -> u64 {
        let word = self.words.get(cast::index(at / LANES));
        word.map_or(BORDER, |word| word >> (at % LANES * 16) & 0xFFFF)
    }
}

/// Characters kept ready, at two bytes each: 32 MB for an archive of more than that.
const BUDGET: u32 = 16_000_000;

/// The documents that were looked into.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    kept: RefCell<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// By document.
    documents: Vec<Option<Rc<Held>>>,
    characters: u32,
}

impl Cache {
    /// Forgets all documents. By document: whether it was kept.
    pub(crate) fn forget(&self) -> Vec<bool> {
        let kept = self.kept.take();
        kept.documents.iter().map(Option::is_some).collect()
    }

    /// A document, which is read by way of those that are made `ready` to be shown.
    pub(crate) fn get(
        &self,
        index: &Index,
        ready: &prepared::Cache,
        document: u32,
    ) -> Result<Rc<Held>, FormatError> {
        let at = cast::index(document);
        if let Some(Some(held)) = self.kept.borrow().documents.get(at) {
            return Ok(Rc::clone(held));
        }
        let held = Rc::new(Held::new(index, &*ready.read(index, document)?));
        if index.lacks() {
            return Ok(held);
        }
        let mut kept = self.kept.borrow_mut();
        let characters = kept.characters.saturating_add(held.len);
        kept.characters = if characters > BUDGET || kept.documents.is_empty() {
            kept.documents = vec![None; cast::index(index.len())];
            held.len
        } else {
            characters
        };
        if let Some(slot) = kept.documents.get_mut(at) {
            *slot = Some(Rc::clone(&held));
        }
        Ok(held)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use souwen_text::FoldTable;

    use super::*;
    use crate::find::{phrase_positions, positions};

    /// Codes on both sides of the highest that a character has to itself.
    fn code(c: char) -> Option<u32> {
        "天地玄黄宇宙洪荒"
            .chars()
            .zip(32_762..)
            .find_map(|(own, code)| (own == c).then_some(code))
    }

    fn text(most: usize) -> impl Strategy<Value = String> {
        let run = prop::sample::select(vec![
            "天", "地", "玄", "黄", "宇", "宙", "洪", "荒", "天地", "黄宇", "洪荒", "，", " ", "。",
        ]);
        prop::collection::vec(run, 0..most).prop_map(|runs| runs.concat())
    }

    fn stream(text: &str) -> Stream {
        Stream::new(&FoldTable::default(), text)
    }

    proptest! {
        #[test]
        fn finds_what_a_plain_look_finds(
            texts in prop::collection::vec(text(60), 0..4),
            needles in prop::collection::vec(text(5), 1..8),
        ) {
            let fields = [Field::Title, Field::Body, Field::Captions, Field::Tags];
            let mut held = Held::default();
            let mut streams = Vec::new();
            for (text, field) in texts.iter().zip(fields) {
                let stream = stream(text);
                held.add(code, field, &stream);
                streams.push((field, held.len - cast::small(stream.len()), stream));
            }
            for text in &needles {
                let phrase = stream(text);
                let loose = Needle::of(code, phrase.chars(), |_| None).expect("all have codes");
                let exact = Needle::of(code, phrase.chars(), |at| Some(broken(&phrase, at)));
                let exact = exact.expect("all have codes");
                let (mut in_loose, mut in_exact) = (Vec::new(), Vec::new());
                for (field, begin, own) in &streams {
                    let places = |at: usize| begin + cast::small(at);
                    let before = in_loose.len();
                    in_loose.extend(positions(own.chars(), phrase.chars()).map(places));
                    in_exact.extend(phrase_positions(own, &phrase).map(places));
                    prop_assert_eq!(held.holds_in(&loose, *field), in_loose.len() > before);
                    for &place in in_loose.iter().skip(before) {
                        prop_assert_eq!(held.field_at(place), *field);
                    }
                }
                prop_assert_eq!(held.holds(&loose), !in_loose.is_empty());
                prop_assert_eq!(held.positions(&loose).collect::<Vec<_>>(), in_loose);
                prop_assert_eq!(held.positions(&exact).collect::<Vec<_>>(), in_exact);
            }
        }
    }

    #[test]
    fn a_character_that_the_archive_lacks_is_nowhere() {
        assert!(Needle::of(code, &['天', '人'], |_| None).is_none());
    }
}
