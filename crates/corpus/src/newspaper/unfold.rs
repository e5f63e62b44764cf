//! Line breaks that an extractor lost: columns read as one line, paragraphs folded into one line.

use super::byline;
use super::columns::median;
use super::lines::Line;
use super::punctuation::{is_closed, width};

/// Narrower columns are not printed.
const NARROWEST: usize = 16;

/// Puts two columns that were read across, line by line, under each other again.
///
/// Then each of several lines on end consists of just two pieces, each kind about equally wide.
pub(super) fn part_columns(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let end = (at + 1..lines.len())
            .find(|&i| lines[i].gap > 0)
            .unwrap_or(lines.len());
        part_run(&lines[at..end], &mut out);
        at = end;
    }
    out
}

fn part_run(run: &[Line], out: &mut Vec<Line>) {
    let pieces: Vec<Vec<&str>> = run
        .iter()
        .map(|line| {
            if line.cells.is_empty() && line.heading == 0 {
                words(&line.text)
            } else {
                Vec::new()
            }
        })
        .collect();
    let mut at = 0;
    while at < run.len() {
        let count = pieces[at..].iter().take_while(|p| p.len() == 2).count();
        if count < 3 || !are_columns(&pieces[at..at + count]) {
            out.push(run[at].clone());
            at += 1;
            continue;
        }
        // The left column may be longer than the right one.
        let left_wide = width(pieces[at][0]) + 6;
        let more = pieces[at + count..]
            .iter()
            .take_while(|p| p.len() == 1 && width(p[0]) <= left_wide)
            .count();
        let left = (at..at + count + more).map(|i| (i, pieces[i][0]));
        let right = (at..at + count).map(|i| (i, pieces[i][1]));
        for (i, text) in left.chain(right) {
            let gap = if i == at { run[at].gap } else { 0 };
            out.push(Line {
                number: run[i].number,
                gap,
                text: text.to_owned(),
                ..Line::default()
            });
        }
        // The right column's first line does not begin a run.
        if let Some(line) = out.len().checked_sub(count).and_then(|i| out.get_mut(i)) {
            line.gap = 0;
        }
        at += count + more;
    }
}

fn are_columns(pieces: &[Vec<&str>]) -> bool {
    let even = |side: usize, last_free: usize| {
        let mut widths: Vec<usize> = pieces.iter().map(|p| width(p[side])).collect();
        widths.truncate(pieces.len() - last_free);
        let near = |middle: usize| widths.iter().all(|w| w.abs_diff(middle) <= 5);
        let middle = median(&mut widths.clone());
        middle.is_some_and(|middle| middle >= NARROWEST && near(middle))
    };
    // Either column's last line may be a paragraph's; of three lines, two would be left to tell.
    (even(0, 0) || (pieces.len() >= 5 && even(0, 1))) && even(1, 1)
}

/// The words of a line, what stands in brackets counting as one with what is beside it.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut depth, mut start) = (0_u32, None);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c.is_whitespace() && depth == 0 {
            if let Some(from) = start.take() {
                words.push(&text[from..at]);
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    words.extend(start.map(|from| &text[from..]));
    words
}

/// Puts back line breaks that became spaces: the words between them are then all as wide as the column.
pub(super) fn unfold(lines: Vec<Line>) -> Vec<Line> {
    let inner: Vec<Vec<usize>> = lines.iter().map(inner_widths).collect();
    let mut all: Vec<usize> = inner.iter().flatten().copied().collect();
    let Some(page) = median(&mut all).filter(|w| (16..=100).contains(w)) else {
        return lines;
    };
    let near = all.iter().filter(|w| w.abs_diff(page) <= 8).count();
    if all.len() < 4 || near * 4 < all.len() * 3 {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len());
    for (line, mut inner) in lines.into_iter().zip(inner) {
        let column = if inner.len() >= 3 {
            median(&mut inner).unwrap_or(page)
        } else {
            page
        };
        let words = words(&line.text);
        let folded = line.heading == 0
            && line.cells.is_empty()
            && words.len() >= 2
            && width(&line.text) > column + 6
            && words.iter().rev().skip(1).all(|word| {
                let w = width(word);
                w <= column + 8
                    && (w + 8 >= column || is_closed(word) || byline::has_dateline(word))
            });
        if !folded {
            out.push(line);
            continue;
        }
        for (i, word) in words.iter().enumerate() {
            let gap = if i == 0 { line.gap } else { 0 };
            out.push(Line {
                number: line.number,
                gap,
                text: (*word).to_owned(),
                ..Line::default()
            });
        }
    }
    out
}

/// The widths of a long line's words, without the first and the last.
fn inner_widths(line: &Line) -> Vec<usize> {
    if !line.cells.is_empty() {
        return Vec::new();
    }
    let words = words(&line.text);
    match words.as_slice() {
        [_, inner @ .., _] if inner.len() >= 2 => inner.iter().map(|word| width(word)).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::read;

    fn texts(page: &str) -> Vec<String> {
        read(page).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn two_columns_read_across_are_parted() {
        let page = "本报讯(记者 张三)春节以前,清河 喇叭也响起来。二月二的夜里,\n镇的三十个雨量站全部接进新平 河水涨了,平台在四十分钟以前\n台。从前站点一小时报一次数字, 就发出了预警,没有一个人受伤。\n现在五分钟就报一次,手机和大";
        let joined = texts(page).concat();
        assert!(
            joined.contains("接进新平台。从前") && joined.contains("手机和大喇叭也响起来"),
            "{joined}"
        );
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

    #[test]
    fn folded_lines_are_unfolded() {
        let line = "清河两岸的柳树都发了新芽了,镇 里的人们在河边散步,孩子们在草地 上放风筝。河水清了鱼也回来,两岸 又有了白鹭,老人们说三十年没有看 见过这样的春天,都要多走几圈再回 家里去。";
        assert_eq!(texts(line).len(), 6);
        assert_eq!(texts("清河两岸花正开 万株新柳护家园").len(), 1);
    }
}
