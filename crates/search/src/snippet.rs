//! The snippet: the passage of an article that shows best why it was found.

use souwen_index::Field;

use crate::marks::{Match, marks, matches};
use crate::plan::Plan;
use crate::prepared::{Prepared, PreparedField};
use crate::result::{Marked, Snippet};
use crate::utf16;

/// Matches this close together, in characters of the stream, fit into one snippet.
const WINDOW: usize = 72;
/// A snippet's length in characters, about; the last sentence may add [`TAIL`].
const LENGTH: usize = 92;
const TAIL: usize = 16;
/// How far before the first match a sentence may begin.
const LEAD: usize = 32;

/// Where a snippet may come from. Of body and captions the better one is shown; the others only
/// when neither holds anything that was asked for.
const FIELDS: [Field; 6] = [
    Field::Body,
    Field::Captions,
    Field::Subtitle,
    Field::Kicker,
    Field::Tags,
    Field::Reporters,
];
const FIRST_CHOICE: usize = 2;

/// Makes the snippet of a document.
pub(crate) fn snippet(plan: &Plan, document: &Prepared) -> Snippet {
    let mut best: Option<Candidate<'_>> = None;
    for (at, field) in FIELDS.into_iter().enumerate() {
        let settled = best.as_ref().is_some_and(|best| best.value() > 0);
        if at >= FIRST_CHOICE && settled {
            break;
        }
        let Some(field) = document.field(field) else {
            continue;
        };
        let found = matches(plan, &field.stream);
        let candidate = Candidate {
            field,
            window: best_window(plan, &found),
            found,
        };
        if best
            .as_ref()
            .is_none_or(|best| candidate.value() > best.value())
        {
            best = Some(candidate);
        }
    }
    let Some(Candidate {
        field,
        found,
        window,
    }) = best
    else {
        return Snippet::default();
    };
    let near = window.map_or(0..0, |window| window.start..window.end);
    let span = field.stream.span(near);
    let Marked { text, marks } = passage(field, &found, span.start, span.end);
    Snippet {
        text,
        marks,
        caption: field.field == Field::Captions,
    }
}

struct Candidate<'a> {
    field: &'a PreparedField,
    found: Vec<Match>,
    window: Option<Window>,
}

impl Candidate<'_> {
    fn value(&self) -> u64 {
        self.window.map_or(0, |window| window.value)
    }
}

/// A headline with its marks.
pub(crate) fn headline(plan: &Plan, document: &Prepared) -> Marked {
    let text = document.record.title.clone();
    let marks = document
        .field(Field::Title)
        .map(|field| marks(&field.stream, &matches(plan, &field.stream)));
    Marked {
        text,
        marks: marks.unwrap_or_default(),
    }
}

#[derive(Debug, Clone, Copy)]
struct Window {
    start: usize,
    end: usize,
    value: u64,
}

/// The window with the most telling set of different words; the earliest of equals.
fn best_window(plan: &Plan, found: &[Match]) -> Option<Window> {
    let weights: Vec<u64> = plan
        .words()
        .map(|word| u64::from(word.weight) + 1)
        .collect();
    let mut best: Option<Window> = None;
    for (at, first) in found.iter().enumerate() {
        let mut seen = vec![false; weights.len()];
        let mut window = Window {
            start: first.start,
            end: first.end,
            value: 0,
        };
        let near = found.get(at..).unwrap_or_default().iter();
        for own in near.take_while(|own| own.end <= first.start + WINDOW) {
            // A word once more says little, but says it: one part in sixteen.
            let weight = weights.get(own.word).copied().unwrap_or(1) * 16;
            let first = seen
                .get_mut(own.word)
                .is_some_and(|seen| !std::mem::replace(seen, true));
            window.value += if first { weight } else { weight / 16 };
            window.end = window.end.max(own.end);
        }
        if best.is_none_or(|best| window.value > best.value) {
            best = Some(window);
        }
    }
    best
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '；' | ';' | '\n' | '…')
}

fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '"' | '》')
}

/// Cuts the passage around a span of the field (UTF-16), at sentences where they fit.
fn passage(field: &PreparedField, found: &[Match], start: u32, end: u32) -> Marked {
    let text = &field.text;
    let from = utf16::byte_of(text, start);
    let to = utf16::byte_of(text, end).max(from);
    let (begin, cut_before) = passage_start(text, from);
    let (finish, cut_after) = passage_end(text, begin, to);
    let body = text
        .get(begin..finish)
        .unwrap_or_default()
        .replace('\n', " ");
    let shift = utf16::len(text.get(..begin).unwrap_or_default());
    let limit = shift + utf16::len(&body);
    let lead = u32::from(cut_before);
    let marks = marks(&field.stream, found)
        .into_iter()
        .map(|(start, end)| (start.max(shift), end.min(limit)))
        .filter(|(start, end)| start < end)
        .map(|(start, end)| (start - shift + lead, end - shift + lead))
        .collect();
    let (before, after) = (
        if cut_before { "…" } else { "" },
        if cut_after { "…" } else { "" },
    );
    Marked {
        text: [before, &body, after].concat(),
        marks,
    }
}

/// The byte where the passage begins, and whether a sentence is cut there. Near the end of the text
/// it begins earlier, so that a match in the last line does not stand alone.
fn passage_start(text: &str, from: usize) -> (usize, bool) {
    let before = text.get(..from).unwrap_or_default();
    let left = text
        .get(from..)
        .unwrap_or_default()
        .chars()
        .take(LENGTH / 2)
        .count();
    let least = LENGTH / 2 - left;
    let mut clause = None;
    for (count, (at, c)) in before.char_indices().rev().enumerate() {
        let after = at + c.len_utf8();
        if count >= least && ends_sentence(c) {
            let rest = text.get(after..from).unwrap_or_default();
            let skipped = rest.chars().take_while(|&c| closes(c) || c.is_whitespace());
            return (after + skipped.map(char::len_utf8).sum::<usize>(), false);
        }
        if matches!(c, '，' | ',' | '：' | ':' | '、') && clause.is_none() {
            clause = Some(after);
        }
        if count >= least + LEAD {
            return (clause.unwrap_or(after), true);
        }
    }
    (0, false)
}

/// The byte where the passage ends, and whether a sentence is cut there.
fn passage_end(text: &str, begin: usize, to: usize) -> (usize, bool) {
    let mut last_sentence = None;
    let rest = text.get(begin..).unwrap_or_default();
    for (count, (offset, c)) in rest.char_indices().enumerate() {
        let after = begin + offset + c.len_utf8();
        if ends_sentence(c) {
            let tail = text.get(after..).unwrap_or_default();
            let closing: usize = tail
                .chars()
                .take_while(|&c| closes(c))
                .map(char::len_utf8)
                .sum();
            let end = if c == '\n' {
                after - 1
            } else {
                after + closing
            };
            if count >= LENGTH / 2 && end >= to {
                last_sentence = Some(end);
            }
            if count >= LENGTH && end >= to {
                return (end, false);
            }
        }
        if count >= LENGTH + TAIL && after >= to {
            return last_sentence.map_or((after, true), |end| (end, false));
        }
    }
    (text.len(), false)
}
