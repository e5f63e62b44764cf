//! Columns that an extractor read across with but one space between them, put under each other again.
//!
//! Then each of several lines on end consists of just two pieces, and either side's are about equally wide unless a paragraph ends.

use super::across::{LEAST, NARROWEST};
use super::columns::median;
use super::lines::Line;
use super::punctuation::{is_closed, width};
use super::unfold::words;

/// Puts the columns of a run of lines under each other.
pub(super) fn part(run: &[Line], out: &mut Vec<Line>) {
    let pieces = pairs(run);
    let mut at = 0;
    while at < run.len() {
        let two: Vec<[&str; 2]> = pieces[at..].iter().map_while(|pair| *pair).collect();
        let count = two.len();
        if count < LEAST || !are_columns(&two) {
            out.push(run[at].clone());
            at += 1;
            continue;
        }
        // The left column may be longer than the right one.
        let left_wide = width(two[0][0]) + 6;
        let more = run[at + count..]
            .iter()
            .take_while(|line| words(&line.text).len() == 1 && width(&line.text) <= left_wide)
            .take_while(|line| line.cells.is_empty() && line.heading == 0)
            .count();
        let rest = run[at + count..at + count + more].iter();
        let left = two.iter().map(|pair| pair[0]);
        let left = left.chain(rest.map(|line| line.text.as_str()));
        let left = (at..).zip(left);
        let right = (at..).zip(two.iter().map(|pair| pair[1]));
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

/// Each line's two pieces, if it has two. A line of more words, as the names of a dateline, is parted where the others are.
fn pairs(run: &[Line]) -> Vec<Option<[&str; 2]>> {
    let is_text = |line: &Line| line.cells.is_empty() && line.heading == 0;
    let mut pairs: Vec<Option<[&str; 2]>> = run
        .iter()
        .map(|line| {
            <[&str; 2]>::try_from(words(&line.text))
                .ok()
                .filter(|_| is_text(line))
        })
        .collect();
    let middle = |side: usize| {
        let widths = pairs.iter().flatten().map(|pair| width(pair[side]));
        let mut widths: Vec<usize> = widths.collect();
        median(&mut widths).filter(|_| widths.len() >= LEAST)
    };
    let (Some(left), Some(right)) = (middle(0), middle(1)) else {
        return pairs;
    };
    for (line, pair) in run.iter().zip(&mut pairs) {
        let wide = width(&line.text) > left + right + 2 * EVEN;
        if pair.is_some() || wide || !is_text(line) {
            continue;
        }
        let off = |text: &str, middle: usize| {
            Some(width(text).abs_diff(middle)).filter(|off| *off <= EVEN)
        };
        let at_space = line.text.char_indices().filter(|(_, c)| c.is_whitespace());
        let parted = at_space.filter_map(|(at, _)| {
            let (a, b) = (line.text[..at].trim_end(), line.text[at..].trim_start());
            Some((off(a, left)? + off(b, right)?, [a, b]))
        });
        *pair = parted.min_by_key(|own| own.0).map(|own| own.1);
    }
    pairs
}

/// By how much the lines of a column may differ in width.
const EVEN: usize = 5;
/// By how much a paragraph's first line may be narrower, its indent and a mark that did not fit.
const FIRST: usize = 8;

fn are_columns(pieces: &[[&str; 2]]) -> bool {
    // Of three lines, two would be left to tell if either column's last line might be a paragraph's.
    let few = pieces.len() < 5;
    let last = pieces.len().saturating_sub(1);
    let even = |side: usize| {
        let widths: Vec<usize> = pieces.iter().map(|p| width(p[side])).collect();
        let Some(middle) = median(&mut widths.clone()) else {
            return false;
        };
        let near = |w: usize| w <= middle + EVEN && w + FIRST >= middle;
        let fits = |(at, w): (usize, &usize)| {
            let is_end = at == last && (side == 1 || !few) || !few && is_closed(pieces[at][side]);
            near(*w) || is_end && *w < middle
        };
        let full = widths.iter().filter(|w| near(**w)).count();
        middle >= NARROWEST && full * 3 >= widths.len() * 2 && widths.iter().enumerate().all(fits)
    };
    even(0) && even(1)
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
    fn a_dateline_s_names_do_not_hide_the_columns() {
        let page = "本报讯(记者 张三 通讯员 李四)昨日, 河边的树也修剪过了,砍下来的枝条\n清河镇的老桥修好了,两岸的人又能 都送给了敬老院当柴烧。镇里说,明\n走着去赶集,不用再绕到下游的公路 年还要把桥头的路灯换成太阳能的,\n桥。修桥的石匠把换下来的石头砌在 夜里也能走。";
        let joined = texts(page).concat();
        assert!(
            joined.contains("昨日,清河镇的老桥") && joined.contains("砌在河边的树也修剪"),
            "{joined}"
        );
    }
}
