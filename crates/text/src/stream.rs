//! The stream: the characters of a text that matching looks at, each with its place in the original.
//!
//! Everything that readers leave out, or that a page's layout puts in, is passed over: punctuation,
//! white space, zero-width characters. What is left is folded. Two texts with the same stream are
//! the same text to a search; a gap before a character remembers that something stood there.

use std::ops::Range;

use crate::class::{Class, classify};
use crate::fold::FoldTable;

/// What stood before a character of the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// The character follows the one before it directly, or as good as directly.
    None,
    /// White space that no word may reach across.
    Space,
    /// Punctuation: no word may reach across.
    Break,
}

/// The folded, matchable characters of a text and where each stands in the original.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stream {
    chars: Vec<char>,
    classes: Vec<Class>,
    /// Where the original character starts, in UTF-16 code units, with [`WIDE`], [`SPACE`] and
    /// [`BREAK`]. Texts end far below these.
    places: Vec<u32>,
}

/// The original character takes two UTF-16 code units, not one.
const WIDE: u32 = 1 << 31;
/// The gap before the character.
const SPACE: u32 = 1 << 30;
const BREAK: u32 = 1 << 29;
const START: u32 = BREAK - 1;

impl Stream {
    /// Reads a text. Positions are UTF-16 code units, as JavaScript counts.
    #[must_use]
    pub fn new(fold: &FoldTable, text: &str) -> Self {
        let mut stream = Self::with_capacity(text.len() / 3 + 8);
        let mut gap = Gap::None;
        let mut before = Class::Ignored;
        let mut start = 0;
        for (byte, original) in text.char_indices() {
            let wide = original.len_utf16() > 1;
            let place = start | if wide { WIDE } else { 0 };
            let digits = |nth, most| digits_after(fold, text.get(byte..), nth, most);
            let mut nth = 0;
            fold.fold(original, |c| {
                let class = classify(c);
                match class {
                    Class::Han | Class::Letter | Class::Digit => {
                        stream.push(c, class, gap, place);
                        gap = Gap::None;
                    }
                    Class::Space => gap = gap.max(Gap::Space),
                    Class::Ignored => return,
                    Class::Break if c == '.' && before == Class::Digit && digits(nth, 1) == 1 => {
                        stream.push(c, Class::Digit, gap, place);
                    }
                    // 1,984, not 12,5.
                    Class::Break
                        if original == ',' && before == Class::Digit && digits(nth, 4) == 3 => {}
                    // C++, C#, A+: the sign belongs to the name.
                    Class::Break
                        if matches!(c, '+' | '#')
                            && gap == Gap::None
                            && stream.classes.last() == Some(&Class::Letter) =>
                    {
                        stream.push(c, Class::Letter, gap, place);
                    }
                    Class::Break => gap = Gap::Break,
                }
                before = class;
                nth += 1;
            });
            start += 1 + u32::from(wide);
        }
        stream.settle_spaces();
        stream
    }

    fn with_capacity(chars: usize) -> Self {
        Self {
            chars: Vec::with_capacity(chars),
            classes: Vec::with_capacity(chars),
            places: Vec::with_capacity(chars),
        }
    }

    #[inline]
    fn push(&mut self, c: char, class: Class, gap: Gap, place: u32) {
        let gap = match gap {
            _ if self.chars.is_empty() => BREAK,
            Gap::None => 0,
            Gap::Space => SPACE,
            Gap::Break => BREAK,
        };
        self.chars.push(c);
        self.classes.push(class);
        self.places.push(place | gap);
    }

    /// Decides which white space is a border. Between two words of letters or digits it always is.
    /// Beside a Chinese character it is one only between two runs of at least two characters each:
    /// a headline's `支部建在小区 服务沉到家门口`, but not the `旺 能 环 境` of a justified line.
    fn settle_spaces(&mut self) {
        // The run before the border that is looked at began here.
        let mut start = 0;
        let mut last: Option<usize> = None;
        for end in 1..=self.len() {
            if self.gap(end) == Gap::None {
                continue;
            }
            let Some(border) = last.replace(end) else {
                continue;
            };
            let (left, right) = (border - start, end - border);
            start = border;
            if self.gap(border) != Gap::Space {
                continue;
            }
            let han = |at: usize| self.classes.get(at) == Some(&Class::Han);
            let keep = match (han(border - 1), han(border)) {
                (false, false) => true,
                (true, true) => left > 1 && right > 1,
                _ => false,
            };
            if let Some(place) = self.places.get_mut(border).filter(|_| !keep) {
                *place &= !SPACE;
            }
        }
    }

    /// How many characters the stream has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether nothing in the text can be matched.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The folded characters.
    #[must_use]
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The class of each character.
    #[must_use]
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// What stood before the character at `at`; at the end, a border.
    #[must_use]
    pub fn gap(&self, at: usize) -> Gap {
        match self.places.get(at) {
            Some(place) if place & (SPACE | BREAK) == 0 => Gap::None,
            Some(place) if place & SPACE != 0 => Gap::Space,
            _ => Gap::Break,
        }
    }

    /// Where a run of the stream stands in the original, in UTF-16 code units.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Range<u32> {
        let start = self
            .places
            .get(range.start)
            .map_or(0, |place| place & START);
        let last = range.last().and_then(|at| self.places.get(at));
        let end = last.map_or(start, |place| (place & START) + 1 + (place >> 31));
        start..end.max(start)
    }

    /// A run of the stream as text.
    #[must_use]
    pub fn text(&self, range: Range<usize>) -> String {
        self.chars.get(range).unwrap_or_default().iter().collect()
    }
}

/// How many digits, of `most`, stand right behind the `nth` of the characters that a text folds to.
fn digits_after(fold: &FoldTable, text: Option<&str>, nth: u32, most: u32) -> u32 {
    let (mut passed, mut digits) = (0, 0);
    for original in text.unwrap_or_default().chars() {
        let mut ended = false;
        fold.fold(original, |c| match classify(c) {
            Class::Ignored => {}
            _ if passed <= nth => passed += 1,
            Class::Digit if !ended => digits += 1,
            _ => ended = true,
        });
        if ended || digits >= most {
            break;
        }
    }
    digits.min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(text: &str) -> Stream {
        Stream::new(
            &FoldTable::new(vec![('務', "务".into()), ('㎡', "m2".into())]),
            text,
        )
    }

    #[test]
    fn layout_and_punctuation_vanish() {
        for (text, expected) in [
            ("“五星”支部", "五星支部"),
            ("旺 能 环 境 EOD 无 废", "旺能环境eod无废"),
            ("政務\u{200B}服\n务", "政务服务"),
            ("2.77亿元，1,984户、12,5", "2.77亿元1984户125"),
            ("C++、C# 和 5＋3", "c++c#和53"),
            ("30㎡。", "30m2"),
            ("，。！", ""),
        ] {
            assert_eq!(
                stream(text).text(0..99.min(stream(text).len())),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn spans_point_into_the_original_in_utf16() {
        let s = stream("𠮷：“务” 5㎡");
        assert_eq!(s.text(0..s.len()), "𠮷务5m2");
        assert_eq!(s.span(0..1), 0..2);
        assert_eq!(s.span(1..2), 4..5);
        assert_eq!(s.span(2..4), 7..9);
        assert_eq!(s.span(0..s.len()), 0..9);
        assert_eq!(s.span(5..5), 0..0);
    }

    #[test]
    fn spaces_are_borders_only_between_real_runs() {
        let s = stream("家门口 服务好");
        assert_eq!(s.gap(3), Gap::Space);
        let s = stream("旺 能 环 境");
        assert!((1..4).all(|at| s.gap(at) == Gap::None));
        let s = stream("open ai 时代");
        assert_eq!((s.gap(4), s.gap(6)), (Gap::Space, Gap::None));
        assert_eq!(stream("会议，要求").gap(2), Gap::Break);
    }
}
