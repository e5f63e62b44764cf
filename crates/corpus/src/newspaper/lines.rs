//! The page's physical lines, with the breaks that the page lost put back.
//!
//! What extractors did to the lines is undone before anything is read out of them: see `across`, `unfold` and `glue`.

use super::across::{self, part_columns};
use super::glue::unglue;
use super::punctuation::{han_count, has_sentence_end, is_balanced, is_han};
use super::unfold::unfold;
use super::{byline, marks, spacing};

/// One line of print.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Where it stands in the file, from 1.
    pub(super) number: u32,
    /// How many blank lines stand before it.
    pub(super) gap: u32,
    /// The level of a Markdown heading, 7 for a line in bold type, 0 for none.
    pub(super) heading: u8,
    /// How far it begins from the page's edge, in characters and in half-width cells.
    pub(super) indent: [usize; 2],
    /// The text without its outer white space.
    pub(super) text: String,
    /// The cells of a table's row; empty for text.
    pub(super) cells: Vec<String>,
    /// Whether a headline was cut off before it, so that it is the beginning of a text.
    pub(super) begins: bool,
    /// Whether it says at the page's head which page it is.
    pub(super) is_page_head: bool,
}

impl Line {
    /// Whether the next line of print is separate from this one by its very look.
    pub(super) fn stands_alone(&self) -> bool {
        self.heading > 0
            || self.is_page_head
            || !self.cells.is_empty()
            || marks::is_section(&self.text)
            || marks::is_credit(&self.text)
            || byline::read_line(&self.text).is_some()
            || byline::read_signature(&self.text).is_some_and(|(start, _)| start == 0)
            || marks::without_turn(&self.text).is_empty()
            || marks::continued_end(&self.text).is_some_and(|end| end == self.text.len())
    }
}

/// Among so many lines a page says which it is.
const HEAD: usize = 3;

/// The level of a line in bold type: below every heading.
const BOLD: u8 = 7;

/// Whether a text can be a headline by its looks alone: short, without a sentence's end, nothing left open.
pub(super) fn is_headlineish(text: &str) -> bool {
    let han = han_count(text);
    let commas = text.chars().filter(|c| matches!(c, '，' | ',')).count();
    let lists = text.chars().filter(|c| *c == '、').count();
    (2..=60).contains(&han)
        && !byline::has_dateline(text)
        && commas <= 2
        && lists <= 3
        && !has_sentence_end(text)
        && !text
            .trim_end()
            .ends_with(['，', ',', '、', '：', ':', '-', '—', '…'])
        && !super::punctuation::goes_on(text)
        && is_balanced(text)
        && !is_remark(text)
}

/// Whether all of a text stands in brackets, as where a table's figures are from.
fn is_remark(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(['(', '（'])
        && text.ends_with([')', '）'])
        && text.matches(['(', '（']).count() == 1
}

/// All lines that are not blank.
pub(super) fn read(text: &str) -> Vec<Line> {
    let text = text.replace("\r\n", "\n").replace(
        ['\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{c}', '\u{b}'],
        "\n",
    );
    let mut lines: Vec<Line> = Vec::new();
    let mut gap = 0;
    for (number, raw) in (1_u32..).zip(text.split('\n')) {
        let raw: String = raw.chars().filter(|c| !is_invisible(*c)).collect();
        let bare = raw.trim();
        if bare.is_empty() || is_rule(bare) || is_picture(bare) {
            gap += 1;
            continue;
        }
        let (bare, is_bold) = without_bold(bare);
        let bare = bare.as_str();
        let level = bare.chars().take_while(|&c| c == '#').count();
        let heading = if (1..=6).contains(&level) && bare[level..].starts_with([' ', '\t', '　']) {
            u8::try_from(level).unwrap_or(6)
        } else if is_bold && is_headlineish(bare) {
            BOLD
        } else {
            0
        };
        let text = if level > 0 && heading > 0 {
            bare[level..].trim().trim_end_matches('#').trim_end()
        } else {
            bare
        };
        let cells = read_cells(text);
        lines.push(Line {
            number,
            gap,
            heading,
            indent: across::indent(&raw),
            is_page_head: lines.len() < HEAD
                && (marks::is_page_head(text) || marks::is_folio(text)),
            text: text.to_owned(),
            cells,
            begins: false,
        });
        gap = 0;
    }
    unglue(unfold(part_columns(lines)))
}

/// Whether a line is drawn, not written: a rule, or what parts a Markdown table's head from its rows.
fn is_rule(text: &str) -> bool {
    text.chars().all(|c| "-_=*~·•".contains(c))
        || (text.starts_with('|')
            && text.contains("--")
            && text.chars().all(|c| "|-: ".contains(c)))
}

/// Whether a line is the place of a picture in Markdown or HTML.
fn is_picture(text: &str) -> bool {
    (text.starts_with("![") && text.ends_with(')') && text.contains("]("))
        || (text.starts_with("<img") && text.ends_with('>'))
}

/// A line of Markdown without its marks for bold type, and whether all of it is bold.
fn without_bold(text: &str) -> (String, bool) {
    const MARK: &str = "**";
    let count = text.matches(MARK).count();
    if count == 0 || !count.is_multiple_of(2) {
        return (text.to_owned(), false);
    }
    let is_bold = count == 2 && text.starts_with(MARK) && text.ends_with(MARK);
    (text.replace(MARK, ""), is_bold)
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
    ) || (c.is_control() && !c.is_whitespace())
}

/// A row of a table: at least three cells between tabs (or a Markdown table's bars).
fn read_cells(text: &str) -> Vec<String> {
    let bars = text.starts_with('|') && text.matches('|').count() >= 3;
    let tabs = text.matches('\t').count() >= 2;
    if !(bars || tabs) {
        return Vec::new();
    }
    let separator = if bars { '|' } else { '\t' };
    let mut cells: Vec<String> = text
        .trim_matches(separator)
        .split(separator)
        .map(spacing::prose)
        .filter(|cell| !cell.is_empty())
        .collect();
    // A place name of two or three characters is spread over the column's width: `清\t河镇`.
    if cells.len() >= 3
        && cells[0].chars().all(is_han)
        && cells[0].chars().count() == 1
        && cells[1].chars().all(is_han)
    {
        let rest = cells.remove(1);
        cells[0].push_str(&rest);
    }
    let long = cells.iter().any(|cell| has_sentence_end(cell));
    if cells.len() < 2 || long {
        Vec::new()
    } else {
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_in_brackets_is_no_headline() {
        assert!(!is_headlineish("（数据来源：清河水文站）"));
        assert!(is_headlineish("（上）清河花开（下）清河水清"));
        assert!(is_headlineish("清河两岸花正开（图）"));
    }

    #[test]
    fn blank_lines_and_headings_are_noted() {
        let lines = read("\u{feff}# 清河两岸\r\n\r\n\r\n本报记者 张三\r\n");
        let got: Vec<_> = lines
            .iter()
            .map(|l| (l.number, l.gap, l.heading, l.text.as_str()))
            .collect();
        assert_eq!(got, [(1, 0, 1, "清河两岸"), (4, 2, 0, "本报记者 张三")]);
    }

    #[test]
    fn a_row_of_a_table_is_cells() {
        assert_eq!(read("东镇\t12\t30")[0].cells, ["东镇", "12", "30"]);
        assert!(read("东镇\t很好。\t是的。")[0].cells.is_empty());
    }
}
