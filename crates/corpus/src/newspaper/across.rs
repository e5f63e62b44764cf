//! Columns that an extractor read across, line by line, put under each other again.
//!
//! Where it kept the white between them, the columns after the first begin at one place in all lines. Where it left one space,
//! see `beside`.

use super::columns::median;
use super::lines::{Line, is_headlineish};
use super::overlap::share;
use super::punctuation::{is_closed, width};
use super::{beside, byline};

/// Narrower columns are not printed, in half-width cells.
pub(super) const NARROWEST: usize = 16;
/// So many lines with both columns tell that there are two.
pub(super) const LEAST: usize = 3;
/// Lines that are looked at together, and columns: no page has more, and what is no page must not take long.
const LONGEST: usize = 400;
const MOST: usize = 12;
/// By how much a column's lines may begin apart: an indent, and what proportional type does.
const NEAR: usize = 4;

/// Puts columns that were read across under each other.
pub(super) fn part_columns(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let most = lines.len().min(at + LONGEST);
        let end = (at + 1..most).find(|&i| lines[i].gap > 0).unwrap_or(most);
        part_run(&lines[at..end], 1, &mut out);
        at = end;
    }
    out
}

/// `column` is which column of the page the lines begin in, from 1.
fn part_run(run: &[Line], column: usize, out: &mut Vec<Line>) {
    let Some(gutter) = Gutter::of(run).filter(|_| column < MOST) else {
        return beside::part(run, out);
    };
    part_run(&run[..gutter.lines.start], column, out);
    let lines = &run[gutter.lines.clone()];
    let (left, right) = gutter.part(lines);
    let heads = heads(out, &left, &right);
    let above: Vec<Line> = out.split_off(out.len() - heads.len());
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for (line, [a, b]) in above.iter().zip(heads) {
        let own = |text: String, gap: u32| Line {
            text,
            gap,
            ..line.clone()
        };
        let gap = if second.is_empty() { 1 } else { line.gap };
        first.push(own(a, line.gap));
        second.push(own(b, gap));
    }
    // Below its headline a column begins anew, otherwise it goes on with the one before.
    let begins = u32::from(!second.is_empty());
    out.extend(first);
    let at = out.len();
    part_run(&left, column, out);
    if let Some(line) = out.get_mut(at) {
        line.gap = line.gap.max(begins);
    }
    out.extend(second);
    let at = out.len();
    part_run(&right, column + 1, out);
    if let Some(line) = out.get_mut(at) {
        line.gap = begins;
    }
    part_run(&run[gutter.lines.end..], column, out);
}

/// The headlines and bylines of both columns that were read across above them, if each says what its own column says.
fn heads(above: &[Line], left: &[Line], right: &[Line]) -> Vec<[String; 2]> {
    const ROWS: usize = 6;
    const SAID: usize = 500;
    let mut rows: Vec<[String; 2]> = Vec::new();
    for line in above.iter().rev().take(ROWS) {
        let pieces = pieces(line);
        let is_head =
            |piece: &Piece| is_headlineish(piece.text) || byline::read_line(piece.text).is_some();
        match pieces.as_slice() {
            [a, b] if is_head(a) && is_head(b) && line.heading == 0 => {
                rows.push([a.text.to_owned(), b.text.to_owned()]);
            }
            _ => break,
        }
        if line.gap > 2 {
            break;
        }
    }
    rows.reverse();
    let join = |texts: &mut dyn Iterator<Item = &str>| texts.collect::<Vec<_>>().join("");
    let head = |side: usize| join(&mut rows.iter().map(|row| row[side].as_str()));
    let text = |lines: &[Line]| join(&mut lines.iter().map(|line| line.text.as_str()));
    // One article's columns go on with each other.
    let is_over = left.last().is_some_and(|line| is_closed(&line.text));
    let (left, right) = (text(left), text(right));
    let (first, second) = (head(0), head(1));
    let own = share(&first, &left) + share(&second, &right);
    let strange = share(&first, &right) + share(&second, &left);
    if !is_over || own < SAID || own < 2 * strange {
        rows.clear();
    }
    rows
}

/// A piece of a line, behind white that is wider than a space between words.
struct Piece<'a> {
    /// Where it begins in the line, in bytes.
    at: usize,
    /// Where it begins, from the page's edge, in characters and in half-width cells.
    start: [usize; 2],
    text: &'a str,
}

fn cells(c: char) -> usize {
    match c {
        '\t' => 4,
        '\u{0}'..='\u{2FF}' | '“' | '”' | '‘' | '’' => 1,
        _ => 2,
    }
}

/// How much white stands at the head of a text, in characters and in half-width cells.
pub(super) fn indent(text: &str) -> [usize; 2] {
    let white = text.chars().take_while(|c| c.is_whitespace());
    white.fold([0, 0], |[a, b], c| [a + 1, b + cells(c)])
}

fn pieces(line: &Line) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    if !line.cells.is_empty() {
        return pieces;
    }
    let mut place = line.indent;
    let mut white = [0, 0];
    let mut begin: Option<(usize, [usize; 2])> = None;
    let mut end = 0;
    for (at, c) in line.text.char_indices() {
        let wide = [1, cells(c)];
        if c.is_whitespace() {
            white = [white[0] + wide[0], white[1] + wide[1]];
        } else {
            if white[1] >= 2
                && let Some((from, start)) = begin.take()
            {
                let text = &line.text[from..end];
                pieces.push(Piece {
                    at: from,
                    start,
                    text,
                });
            }
            begin.get_or_insert((at, place));
            white = [0, 0];
            end = at + c.len_utf8();
        }
        place = [place[0] + wide[0], place[1] + wide[1]];
    }
    if let Some((from, start)) = begin {
        let text = &line.text[from..end];
        pieces.push(Piece {
            at: from,
            start,
            text,
        });
    }
    pieces
}

/// The white between the first column and the rest.
struct Gutter {
    /// The lines that it parts.
    lines: std::ops::Range<usize>,
    /// Where the second column begins, and in which unit.
    start: usize,
    unit: usize,
}

/// On which side of a gutter a line has text.
enum Side {
    Left,
    Right,
    Both,
}

impl Gutter {
    fn of(run: &[Line]) -> Option<Self> {
        let rows: Vec<Vec<Piece<'_>>> = run.iter().map(pieces).collect();
        // Extractors count a character as one place or as two.
        let unit = |unit: usize| {
            let starts = rows.iter().filter_map(|row| row.get(1));
            let mut starts: Vec<usize> = starts.map(|piece| piece.start[unit]).collect();
            let start = median(&mut starts)?;
            let near = starts.iter().filter(|s| s.abs_diff(start) <= NEAR).count();
            Some((near, unit, start))
        };
        let (near, unit, start) = [unit(0)?, unit(1)?].into_iter().max_by_key(|own| own.0)?;
        if near < LEAST {
            return None;
        }
        let mut gutter = Self {
            lines: 0..0,
            start,
            unit,
        };
        let sides: Vec<Option<Side>> = rows.iter().map(|row| gutter.side(row)).collect();
        let mut at = 0;
        while at < sides.len() {
            let end = (at..sides.len())
                .find(|&i| sides[i].is_none())
                .unwrap_or(sides.len());
            let both = |i: &usize| matches!(sides[*i], Some(Side::Both));
            let (first, last) = ((at..end).find(both), (at..end).rfind(both));
            if let (Some(first), Some(last)) = (first, last)
                && gutter.are_columns(&rows[first..=last])
            {
                // Where one column is longer, the other has no text beside it.
                let longer = (last + 1..end)
                    .take_while(|&i| !run[i].stands_alone())
                    .count();
                gutter.lines = first..last + 1 + longer;
                return Some(gutter);
            }
            at = end + 1;
        }
        None
    }

    fn side(&self, row: &[Piece<'_>]) -> Option<Side> {
        let first = row.first()?;
        let start = first.start[self.unit];
        if start + NEAR >= self.start {
            return Some(Side::Right);
        }
        let length = if self.unit == 0 {
            first.text.chars().count()
        } else {
            first.text.chars().map(cells).sum()
        };
        match row.get(1) {
            // Where the white has a width of its own, a paragraph's end draws the second column near.
            Some(second)
                if second.start[self.unit].abs_diff(self.start) <= NEAR
                    || second.start[self.unit] < self.start && is_closed(first.text) =>
            {
                Some(Side::Both)
            }
            None if start + length <= self.start => Some(Side::Left),
            _ => None,
        }
    }

    /// Whether there are enough lines with text on both sides, each as wide as a column.
    fn are_columns(&self, rows: &[Vec<Piece<'_>>]) -> bool {
        let both = rows
            .iter()
            .filter(|row| matches!(self.side(row), Some(Side::Both)));
        let (mut left, mut right): (Vec<usize>, Vec<usize>) = both
            .filter_map(|row| Some((width(row.first()?.text), width(row.get(1)?.text))))
            .unzip();
        let is_column = |widths: &mut Vec<usize>| median(widths).is_some_and(|w| w >= NARROWEST);
        left.len() >= LEAST && is_column(&mut left) && is_column(&mut right)
    }

    /// The lines left and right of it.
    fn part(&self, lines: &[Line]) -> (Vec<Line>, Vec<Line>) {
        let (mut left, mut right): (Vec<Line>, Vec<Line>) = (Vec::new(), Vec::new());
        for line in lines {
            let row = pieces(line);
            let own = |text: &str, indent: [usize; 2]| Line {
                number: line.number,
                gap: 0,
                text: text.to_owned(),
                indent,
                ..Line::default()
            };
            let side = self.side(&row);
            if let (Some(Side::Both | Side::Left), Some(first)) = (&side, row.first()) {
                left.push(own(first.text, first.start));
            }
            let of_right = usize::from(matches!(side, Some(Side::Both)));
            if let (Some(Side::Both | Side::Right), Some(piece)) = (side, row.get(of_right)) {
                right.push(own(&line.text[piece.at..], piece.start));
            }
        }
        if let (Some(first), Some(line)) = (left.first_mut(), lines.first()) {
            first.gap = line.gap;
        }
        (left, right)
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::read;

    #[test]
    fn headlines_side_by_side_are_parted_with_their_columns() {
        let page = "清河老桥昨天修好了　　镇里的夜校又开学了\n本报记者 张三　　　　　本报记者 李四\n\n清河的老桥修了一个冬　　镇上的夜校昨天晚上又\n天，昨天拆了围挡，两　　开学了，来报名的有六\n岸的人又可以走着赶集　　十多人，最大的一位七\n去了。　　　　　　　　　十一岁，坐满了两间教\n换下来的石头没有扔。　　室。";
        let articles = crate::read_newspaper_page("p.txt", page);
        let got: Vec<_> = articles
            .iter()
            .map(|a| {
                (
                    a.title.as_str(),
                    a.reporters.concat(),
                    a.paragraphs[0].as_str(),
                )
            })
            .collect();
        assert_eq!(
            got,
            [
                (
                    "清河老桥昨天修好了",
                    "张三".to_owned(),
                    "清河的老桥修了一个冬天，昨天拆了围挡，两岸的人又可以走着赶集去了。"
                ),
                (
                    "镇里的夜校又开学了",
                    "李四".to_owned(),
                    "镇上的夜校昨天晚上又开学了，来报名的有六十多人，最大的一位七十一岁，坐满了两间教室。"
                ),
            ]
        );
    }

    #[test]
    fn a_headline_of_two_phrases_above_both_columns_stays_whole() {
        let page = "清河老桥昨天修好　　镇里夜校又开学\n\n清河的老桥修了一个冬　　学了，来报名的有六十\n天，昨天拆了围挡，两　　多人，最大的一位七十\n岸的人又可以走着赶集　　一岁，大家坐满了两间\n去。镇里的夜校又要开　　教室。";
        let articles = crate::read_newspaper_page("p.txt", page);
        assert_eq!(articles.len(), 1, "{articles:#?}");
        assert_eq!(articles[0].title, "清河老桥昨天修好 镇里夜校又开学");
        let text = articles[0].paragraphs.concat();
        assert!(text.contains("夜校又要开学了，来报名"), "{text}");
    }

    fn texts(page: &str) -> Vec<String> {
        read(page).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn both_columns_may_end_with_a_short_line() {
        let page = "昨日,东陵区召开课后服务调度 　　前年,村里建起了养老服务站,开\n会。会议要求,各校要开好课 　　办了食堂。每天中午,老人们凭饭\n后服务,不得布置惩罚性作业, 　　卡就能吃上两菜一汤的热饭,一顿\n不得公布学生成绩。区里将组 　　只要三块钱,家里有事的还可以由\n织明察暗访。 　　志愿者送上门。";
        let joined = texts(page).concat();
        assert!(
            joined.contains("调度会。") && joined.contains("由志愿者"),
            "{joined}"
        );
    }
}
