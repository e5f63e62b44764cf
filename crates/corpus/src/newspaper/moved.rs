//! Lines that an extractor read in another column's place, put back.
//!
//! Extractors that sort by position take two columns' first lines for one line, or the last ones: an article's first line is
//! indented, or set in other type, and a column's last line stands a little higher or lower than its neighbour's. Where such a
//! line belongs the sentences around tell: they break off. Of two ways to read on, the one is right whose characters stand side
//! by side elsewhere on the page.

use std::collections::HashMap;

use super::assemble::Plan;
use super::blocks::Block;
use super::byline;
use super::columns::INDENT;
use super::overlap;
use super::price::displaced_dateline;
use super::punctuation::{is_closed, is_han, width};

/// How often two characters stand side by side within the page's lines.
pub(super) struct Pairs(HashMap<(char, char), u32>);

impl Pairs {
    pub(super) fn of(blocks: &[Block]) -> Self {
        let mut counts = HashMap::new();
        for part in blocks.iter().flat_map(|block| &block.parts) {
            for pair in overlap::pairs(part) {
                *counts.entry(pair).or_insert(0) += 1;
            }
        }
        Self(counts)
    }

    fn count(&self, a: Option<char>, b: Option<char>) -> u32 {
        let pair = a.zip(b);
        pair.and_then(|pair| self.0.get(&pair).copied())
            .unwrap_or(0)
    }

    /// Whether the second line may follow the first: 1 if the page has what stands together then, -1 if it has not, 0 where
    /// that says nothing.
    fn seam(&self, a: &str, b: &str) -> i32 {
        let (a, b) = (
            a.trim_end().chars().next_back(),
            b.trim_start().chars().next(),
        );
        if !(a.is_some_and(is_han) && b.is_some_and(is_han)) {
            0
        } else if self.count(a, b) > 0 {
            1
        } else {
            -1
        }
    }
}

/// The plan's blocks, with every line in its place.
pub(super) fn restore(plan: &Plan, blocks: &[Block], pairs: &Pairs) -> Vec<Block> {
    let mut body: Vec<Block> = plan.body.iter().map(|&at| blocks[at].clone()).collect();
    restore_dateline(&mut body);
    restore_last_line(&mut body);
    restore_first_line(&mut body, pairs);
    restore_end(&mut body, pairs);
    body
}

/// Puts a dateline back before the text that it was parted from.
///
/// The first line of an article is indented and often set apart, so extractors that sort by position read it after the
/// column beside it. The line's own end shows where to cut.
fn restore_dateline(body: &mut [Block]) {
    let first = body.iter().position(Block::is_body);
    let displaced = body
        .iter()
        .position(|b| b.is_body() && byline::has_dateline(&b.text));
    let (Some(first), Some(at)) = (first, displaced) else {
        return;
    };
    if at <= first || displaced_dateline(&body[at]).is_none() {
        return;
    }
    let dateline = body[at].parts.remove(0);
    body[at].refresh();
    let line = body[first].line;
    body[first].parts.insert(0, dateline);
    body[first].refresh();
    body[first].line = line;
}

/// Puts an article's last line back to its end, when the column before took it.
///
/// Then the article breaks off, its last column begins amid a sentence, and yet the column before seems closed: by
/// its last line, behind one that breaks off.
fn restore_last_line(body: &mut [Block]) {
    let prose: Vec<usize> = (0..body.len()).filter(|&at| body[at].is_body()).collect();
    let [.., before, last] = prose.as_slice() else {
        return;
    };
    let (before, last) = (*before, *last);
    let breaks_off = body[last].parts.len() >= 3
        && !body[last].is_closed()
        && body[last].is_indented() == Some(false);
    let parts = &body[before].parts;
    let amid = parts.len() >= 3
        && parts
            .get(parts.len() - 2)
            .is_some_and(|line| !is_closed(line));
    if breaks_off && amid && body[before].is_closed() {
        let line = body[before].parts.pop();
        body[last].parts.extend(line);
        body[before].refresh();
        body[last].refresh();
    }
}

/// Puts the first line of an article's later column back, which was read after the first line of its first one.
///
/// Then neither that line nor the one below it go on with what stands before them, and further down a column breaks off whose
/// next one begins amid a sentence.
fn restore_first_line(body: &mut [Block], pairs: &Pairs) {
    /// Of three seams, by how much the new ones must be better.
    const BETTER: i32 = 3;
    let prose: Vec<usize> = (0..body.len()).filter(|&at| body[at].is_body()).collect();
    let Some(&first) = prose.first() else { return };
    let [head, line, rest, ..] = body[first].parts.as_slice() else {
        return;
    };
    if is_closed(head) || is_closed(line) || width(line) + 2 < width(rest).min(width(head)) {
        return;
    }
    let as_read = pairs.seam(head, line) + pairs.seam(line, rest);
    let without = pairs.seam(head, rest);
    let best = prose
        .windows(2)
        .filter_map(|two| {
            let [at, next] = *two else { return None };
            let (end, begin) = (body[at].parts.last()?, body[next].parts.first()?);
            if body[at].is_closed()
                || byline::has_dateline(begin)
                || body[next].is_indented() == Some(true)
            {
                return None;
            }
            let there = pairs.seam(end, line) + pairs.seam(line, begin);
            let gain = without + there - as_read - pairs.seam(end, begin);
            (gain >= BETTER && there > 0).then_some((gain, next))
        })
        .max_by_key(|&(gain, next)| (gain, std::cmp::Reverse(next)));
    if let Some((_, next)) = best {
        let line = body[first].parts.remove(1);
        body[first].refresh();
        body[next].parts.insert(0, line);
        body[next].refresh();
    }
}

/// Puts the last line of an article's later column back, which was read after the last line of the column before, or was glued
/// to it.
///
/// Then the column before breaks off if that line is taken away, the next one goes on with it, and the next one that breaks off
/// itself has nothing behind it that goes on.
fn restore_end(body: &mut [Block], pairs: &Pairs) {
    /// A column has no more blocks.
    const FAR: usize = 16;
    let prose: Vec<usize> = (0..body.len()).filter(|&at| body[at].is_body()).collect();
    for (i, two) in prose.windows(2).enumerate() {
        let [at, next] = *two else { continue };
        let begins = byline::has_dateline(&body[next].text);
        if !body[at].is_closed() || begins || body[next].is_indented() == Some(true) {
            continue;
        }
        let mut later = prose.iter().skip(i + 1).take(FAR).copied();
        let Some(open) = later.find(|&at| !body[at].is_closed()) else {
            continue;
        };
        let breaks_off = body[open].text.ends_with(is_han);
        let goes_on = later.next().is_some_and(|at| {
            body[at].is_indented() != Some(true) && !body[at].text.starts_with(['“', '"', '「'])
        });
        let first = body[next].parts.first().cloned().unwrap_or_default();
        if !breaks_off || goes_on {
            continue;
        }
        if let Some(line) = take_last_line(&mut body[at], &first, pairs) {
            body[open].parts.push(line);
            body[open].refresh();
            return;
        }
    }
}

/// Takes a block's last line off it, or what is glued to its only line, if `next` goes on with what is left and the line does
/// not.
fn take_last_line(block: &mut Block, next: &str, pairs: &Pairs) -> Option<String> {
    const OFF: usize = 5;
    let line = match block.parts.as_slice() {
        [.., before, last] => {
            let fits = !is_closed(before) && pairs.seam(before, next) == 1;
            (fits && pairs.seam(before, last) == -1).then(|| last.clone())?
        }
        [only] => {
            let column = block
                .column
                .filter(|column| width(only) >= column + 2 * INDENT)?;
            let target = column - INDENT.min(column);
            let cuts = only.char_indices().skip(1).filter_map(|(at, c)| {
                let (before, last) = only.split_at(at);
                let off = width(before).abs_diff(target);
                let parted = pairs.count(before.chars().next_back(), Some(c)) <= 1;
                let fits = off <= OFF && parted && is_han(c) && pairs.seam(before, next) == 1;
                (fits && !is_closed(before)).then(|| (off, last.to_owned()))
            });
            cuts.min()?.1
        }
        [] => return None,
    };
    let only = block.parts.len() == 1;
    let last = block.parts.last_mut()?;
    if only {
        last.truncate(last.len() - line.len());
    } else {
        block.parts.pop();
    }
    block.refresh();
    Some(line)
}

#[cfg(test)]
mod tests {
    use crate::read_newspaper_page;

    const FIRST: &str = "清河镇开展植树活动\n\n本报讯(记者 张三)3月2日,清河\n";
    const TEXT: &str = "镇开展植树活动,党员干部和群众\n一起上山栽树,一天栽下柳树三千\n棵。\n\n镇里的负责人说,今年的植树活动\n比去年早了十天,山上的雨水也比\n去年多,把树栽好是适应今年新形\n\n";
    const MOVED: &str = "势、让群众满意、栽一棵活一棵必然要\n";
    const REST: &str = "求,大家要把水浇足,把树苗扶正。\n植树的形势很好,要求一个接一个\n地提,水跟着一桶一桶地上山来。\n";

    fn check(page: &str) {
        let articles = read_newspaper_page("p.txt", page);
        let paragraphs = &articles[0].paragraphs;
        assert_eq!(paragraphs.len(), 3, "{paragraphs:#?}");
        let first = "3月2日,清河镇开展植树活动,党员干部";
        assert!(paragraphs[0].contains(first), "{paragraphs:#?}");
        let second = "适应今年新形势、让群众满意、栽一棵活一棵必然要求,大家";
        assert!(paragraphs[1].contains(second), "{paragraphs:#?}");
    }

    #[test]
    fn the_first_line_of_the_second_column_goes_back_to_it() {
        check(&format!("{FIRST}{MOVED}{TEXT}{REST}"));
    }

    #[test]
    fn a_line_in_its_place_stays() {
        check(&format!("{FIRST}{TEXT}{MOVED}{REST}"));
    }

    #[test]
    fn the_last_line_of_the_second_column_goes_back_to_it() {
        let first = "清河镇开展植树活动\n\n本报讯(记者 张三)3月2日,清河镇\n开展植树活动,党员干部和群众一起\n上山栽树,大家分成三队,从山脚往\n山顶栽,一天就栽下柳树三千多棵,\n累得直不起腰来。\n\n镇里用广播和标语对植树进行大";
        let end = "的水渠也修好了。";
        let rest = "\n\n力宣传,要求村村都有人上山,家家户\n户都出一把铁锹。大力宣传以后,报名\n的人比去年多了一倍。\n\n山上的树苗都浇过水了,山下新修";
        let more = "\n\n“明年还要来。”带着孩子上山的人\n都这么说。";
        for page in [
            format!("{first}{end}{rest}{more}"),
            format!("{first}\n{end}{rest}{more}"),
        ] {
            let articles = read_newspaper_page("p.txt", &page);
            let text = articles[0].paragraphs.join("\n");
            assert!(text.contains("植树进行大力宣传,要求"), "{text}");
            assert!(text.contains("山下新修的水渠也修好了。"), "{text}");
        }
    }
}
