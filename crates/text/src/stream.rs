//! The stream: the characters of a text that matching looks at, each with its place in the original.
//!
//! Everything that readers leave out, or that a page's layout puts in, is passed over: punctuation,
//! white space, zero-width characters. What is left is folded. Two texts with the same stream are
//! the same text to a search; a gap before a character remembers that something stood there.

use std::ops::Range;

use crate::cast;
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
    gaps: Vec<Gap>,
    /// Start and end in UTF-16 code units of the original character.
    spans: Vec<(u32, u32)>,
}

/// One folded character on its way into the stream.
struct Folded {
    original: char,
    c: char,
    class: Class,
    span: (u32, u32),
}

impl Stream {
    /// Reads a text. Positions are UTF-16 code units, as JavaScript counts.
    #[must_use]
    pub fn new(fold: &FoldTable, text: &str) -> Self {
        let folded = fold_all(fold, text);
        let mut stream = Self::default();
        let mut gap = Gap::None;
        for (at, f) in folded.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|i| folded.get(i));
            let after = folded.get(at + 1);
            match f.class {
                Class::Han | Class::Letter | Class::Digit => {
                    stream.push(f.c, f.class, gap, f.span);
                    gap = Gap::None;
                }
                Class::Space => gap = gap.max(Gap::Space),
                Class::Ignored => {}
                Class::Break if f.c == '.' && is_digit(before) && is_digit(after) => {
                    stream.push(f.c, Class::Digit, gap, f.span);
                }
                Class::Break if f.original == ',' && groups_thousands(&folded, at) => {}
                // C++, C#, A+: the sign belongs to the name.
                Class::Break
                    if matches!(f.c, '+' | '#')
                        && gap == Gap::None
                        && stream.classes.last() == Some(&Class::Letter) =>
                {
                    stream.push(f.c, Class::Letter, gap, f.span);
                }
                Class::Break => gap = Gap::Break,
            }
        }
        stream.settle_spaces();
        stream
    }

    fn push(&mut self, c: char, class: Class, gap: Gap, span: (u32, u32)) {
        let gap = if self.chars.is_empty() {
            Gap::Break
        } else {
            gap
        };
        self.chars.push(c);
        self.classes.push(class);
        self.gaps.push(gap);
        self.spans.push(span);
    }

    /// Decides which white space is a border. Between two words of letters or digits it always is.
    /// Beside a Chinese character it is one only between two runs of at least two characters each:
    /// a headline's `支部建在小区 服务沉到家门口`, but not the `旺 能 环 境` of a justified line.
    fn settle_spaces(&mut self) {
        let run_ends: Vec<usize> = (1..=self.len())
            .filter(|&at| self.gap(at) != Gap::None)
            .collect();
        let mut start = 0;
        let mut borders = Vec::new();
        for pair in run_ends.windows(2) {
            let &[border, end] = pair else { continue };
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
            if !keep {
                borders.push(border);
            }
        }
        for at in borders {
            if let Some(gap) = self.gaps.get_mut(at) {
                *gap = Gap::None;
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
        self.gaps.get(at).copied().unwrap_or(Gap::Break)
    }

    /// Where a run of the stream stands in the original, in UTF-16 code units.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Range<u32> {
        let start = self.spans.get(range.start).map_or(0, |span| span.0);
        let last = range.last().and_then(|at| self.spans.get(at));
        start..last.map_or(start, |span| span.1.max(start))
    }

    /// A run of the stream as text.
    #[must_use]
    pub fn text(&self, range: Range<usize>) -> String {
        self.chars.get(range).unwrap_or_default().iter().collect()
    }
}

fn fold_all(fold: &FoldTable, text: &str) -> Vec<Folded> {
    let mut folded = Vec::with_capacity(text.len() / 3 + 8);
    let mut at = 0;
    for original in text.chars() {
        let end = at + cast::small(original.len_utf16());
        fold.fold(original, |c| {
            let class = classify(c);
            if class != Class::Ignored {
                folded.push(Folded {
                    original,
                    c,
                    class,
                    span: (at, end),
                });
            }
        });
        at = end;
    }
    folded
}

fn is_digit(folded: Option<&Folded>) -> bool {
    folded.is_some_and(|f| f.class == Class::Digit)
}

/// Whether the comma at `at` stands between a digit and exactly three digits: `1,984`, not `12,5`.
fn groups_thousands(folded: &[Folded], at: usize) -> bool {
    let digit = |i: usize| is_digit(folded.get(i));
    at > 0 && digit(at - 1) && (1..=3).all(|step| digit(at + step)) && !digit(at + 4)
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
