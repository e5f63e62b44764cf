//! Lines → blocks: what a wrapped paragraph, a headline or a table is before anything says which.

use super::columns::{INDENT, is_first_line, measure};
use super::lines::{Line, is_headlineish};
use super::punctuation::{OPENERS, goes_on, han_count, is_closed, quotes, width};
use super::{byline, marks, spacing};

/// What a block is on the page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Role {
    /// Prose, or a piece of it.
    #[default]
    Body,
    /// A line of a headline: kicker, title, subtitle or sub-heading.
    Head,
    /// A section's name.
    Section,
    /// A line of names.
    Byline(Vec<String>),
    /// A closing `(署名)` on a line of its own.
    Signature(Vec<String>),
    /// The text under a picture.
    Caption,
    /// `某某 摄` on a line of its own.
    Credit,
    /// Rows of cells.
    Table,
    /// What belongs to the page and to no article.
    Folio,
}

/// Lines that belong together, as far as the line breaks tell.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// Its first line in the file, from 1.
    pub(super) line: u32,
    /// How many blank lines stand before it.
    pub(super) gap: u32,
    /// The level of a Markdown heading, 0 for none.
    pub(super) heading: u8,
    /// The lines of print, spaces as they came.
    pub(super) parts: Vec<String>,
    /// The rows of a table.
    pub(super) rows: Vec<Vec<String>>,
    /// Whether a headline was cut off its first line, which is text for sure.
    pub(super) begins: bool,
    /// Whether it says at the page's head which page it is.
    pub(super) is_page_head: bool,
    /// Whether its lines are verses, each a line of its own.
    pub(super) verse: bool,
    /// The width of its column, where lines are wrapped.
    pub(super) column: Option<usize>,
    /// What it is.
    pub(super) role: Role,
    /// The parts as one piece of prose.
    pub(super) text: String,
}

impl Block {
    /// Makes `text` anew after the parts have changed.
    pub(super) fn refresh(&mut self) {
        // Whether a line is stretched shows only in the line; brackets with names go across lines.
        let joined = self.parts.iter().fold(String::new(), |text, part| {
            let part = if spacing::is_spaced_out(part) {
                spacing::prose(part)
            } else {
                part.clone()
            };
            if text.is_empty() {
                part
            } else {
                spacing::join(&text, &part)
            }
        });
        self.text = spacing::prose(&joined);
    }

    /// Whether it is prose.
    pub(super) fn is_body(&self) -> bool {
        self.role == Role::Body
    }

    /// Whether nothing of it is missing at its end: a sentence, a signature or a turn to another page closes it.
    pub(super) fn is_closed(&self) -> bool {
        let text = marks::without_turn(&self.text);
        text.len() < self.text.len() || is_closed(text) || byline::read_signature(text).is_some()
    }

    /// Whether its first line is indented (`Some(true)`), is not (`Some(false)`), or does not tell.
    pub(super) fn is_indented(&self) -> Option<bool> {
        let (first, column) = (self.parts.first()?, self.column?);
        // Three full lines tell the width; a block's own are surer than its neighbours'.
        let mut inner: Vec<usize> = self
            .parts
            .iter()
            .take(self.parts.len() - 1)
            .skip(1)
            .map(|p| width(p))
            .collect();
        inner.sort_unstable();
        let widest = if inner.len() >= 3 {
            *inner.get(inner.len() * 3 / 4)?
        } else {
            column
        };
        let first = width(first);
        // A single line tells only if it is full: then it breaks off.
        if self.parts.len() < 2 && is_closed(&self.text) {
            return None;
        }
        // Quotes are as wide as characters in some type, and at a line's head only half of that.
        let quoted = self.parts.first().map_or(0, |line| quotes(line));
        let may_be_full = self.text.starts_with(OPENERS) && first + quoted + 2 >= widest;
        if may_be_full {
            None
        } else if is_first_line(first, widest) {
            Some(true)
        } else if first + 2 >= widest {
            Some(false)
        } else {
            None
        }
    }
}

/// Groups lines into blocks.
pub(super) fn group(lines: &[Line]) -> Vec<Block> {
    let columns = measure(lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<(Block, usize)> = None;
    let mut verse_end = 0;
    for (at, line) in lines.iter().enumerate() {
        if at >= verse_end {
            verse_end = at + verses(&lines[at..]);
        }
        let in_verse = at < verse_end;
        let column = columns[at];
        if let Some((block, last)) = open.as_mut() {
            let first_of_run = block.parts.len() + block.rows.len() == 1;
            let joins = if in_verse || block.verse {
                in_verse && block.verse && line.gap == 0
            } else {
                !is_cut(&lines[*last], line, column, first_of_run)
            };
            if joins {
                push(block, line);
                *last = at;
                continue;
            }
        }
        if let Some((block, _)) = open.take() {
            blocks.push(block);
        }
        let mut block = Block {
            line: line.number,
            gap: line.gap,
            heading: line.heading,
            begins: line.begins,
            is_page_head: line.is_page_head,
            verse: in_verse,
            column,
            ..Block::default()
        };
        push(&mut block, line);
        open = Some((block, at));
    }
    blocks.extend(open.map(|(block, _)| block));
    blocks.iter_mut().for_each(Block::refresh);
    blocks
}

/// How many lines from here on are the verses of a poem: four at least, without a blank line, each of as many characters
/// as the first and ended by a mark.
fn verses(lines: &[Line]) -> usize {
    let Some(first) = lines
        .first()
        .map(|line| han_count(&line.text))
        .filter(|han| (4..=8).contains(han))
    else {
        return 0;
    };
    let count = lines
        .iter()
        .enumerate()
        .take_while(|(i, line)| {
            let marks = line
                .text
                .chars()
                .filter(|c| "，。！？；、,!?;".contains(*c))
                .count();
            (*i == 0 || line.gap == 0)
                && han_count(&line.text) == first
                && marks == 1
                && line
                    .text
                    .ends_with(['，', '。', '！', '？', '；', ',', '!', '?', ';'])
        })
        .count();
    if count >= 4 { count } else { 0 }
}

fn push(block: &mut Block, line: &Line) {
    if line.cells.is_empty() {
        block.parts.push(line.text.clone());
    } else {
        block.rows.push(line.cells.clone());
    }
}

/// Whether a block ends between two lines.
fn is_cut(a: &Line, b: &Line, column: Option<usize>, first_of_run: bool) -> bool {
    if !a.cells.is_empty() && !b.cells.is_empty() {
        return b.gap > 1;
    }
    if b.begins
        || b.gap > 0
        || a.stands_alone()
        || b.stands_alone()
        || byline::has_dateline(&b.text)
    {
        return true;
    }
    if marks::continued_end(&b.text).is_some() || byline::read_signature(&a.text).is_some() {
        return true;
    }
    let (wide_a, wide_b) = (width(&a.text), width(&b.text));
    let headlineish = is_headlineish(&a.text);
    if is_closed(&a.text) {
        return match column {
            Some(column) => {
                // A paragraph's first line is narrower by its indent, and yet full.
                let full = if first_of_run {
                    column.saturating_sub(INDENT)
                } else {
                    column
                };
                let short = wide_a + INDENT - 1 <= column && wide_a.abs_diff(full) > 1;
                !goes_on(&b.text)
                    && (short || (is_first_line(wide_b, column) && !is_closed(&b.text)))
            }
            None => true,
        };
    }
    let news = marks::begins_with_day(&b.text) && b.text.contains(['，', ',']);
    let both_heads = headlineish && is_headlineish(&b.text) && !news;
    match column {
        _ if first_of_run && headlineish && marks::begins_with_day(&b.text) && !both_heads => {
            column.is_none_or(|column| wide_a + 2 * INDENT <= column || wide_a > column + INDENT)
        }
        Some(column) => {
            let odd = wide_a + 2 * INDENT <= column || wide_a > column + INDENT + 2;
            odd && first_of_run && headlineish && !both_heads && !goes_on(&b.text)
        }
        None => headlineish && !both_heads && wide_b > 80,
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    fn check(page: &str, expected: &[&str]) {
        let blocks = group(&lines::read(page));
        let texts: Vec<&str> = blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn wrapped_lines_are_one_block_and_a_short_last_line_ends_it() {
        check(
            "清河两岸柳树都发了新芽，镇里的\n人们在河边散步，孩子们在草地上\n放风筝。\n河水清了，鱼也回来了，两岸又有\n了白鹭。",
            &[
                "清河两岸柳树都发了新芽，镇里的人们在河边散步，孩子们在草地上放风筝。",
                "河水清了，鱼也回来了，两岸又有了白鹭。",
            ],
        );
    }

    #[test]
    fn names_and_datelines_begin_blocks() {
        check(
            "清河两岸花正开\n本报记者 张三\n（张三）\n清河水变清\n本报讯（记者 李四）昨日，水清了。",
            &[
                "清河两岸花正开",
                "本报记者张三",
                "（张三）",
                "清河水变清",
                "本报讯（记者 李四）昨日，水清了。",
            ],
        );
    }

    #[test]
    fn a_headline_of_two_lines_is_one_block() {
        check(
            "张三主持召开\n植树动员会\n\n3月2日，开会。",
            &["张三主持召开植树动员会", "3月2日，开会。"],
        );
    }
}
