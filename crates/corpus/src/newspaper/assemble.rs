//! Segments → articles: which headline belongs to which text.
//!
//! A headline stands before its text, after it (the extractor read the column first), or amid it (between two columns).
//! No single sign tells which, so every way to cut the page into articles gets a cost from all signs together, and
//! the cheapest way is taken: dynamic programming over the segments, an article being a stretch of them with one
//! main headline at most. The strongest sign is what the headline says being said again in the text.

use super::blocks::Block;
use super::price::{Facts, Hits, LONGEST, price};
use super::segments::Segment;

/// One article: its headline's blocks, and its other blocks in reading order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Plan {
    /// The blocks of the main headline with its byline.
    pub(super) head: Vec<usize>,
    /// Prose, captions, tables, and sub-headings at their place.
    pub(super) body: Vec<usize>,
}

/// Cuts the segments into articles. Photo news and section names stay out.
pub(super) fn assemble(segments: &[Segment], blocks: &[Block]) -> Vec<Plan> {
    let mut plans = Vec::new();
    for stretch in segments.split(|s| matches!(s, Segment::Section(_))) {
        let mut facts = Vec::new();
        let mut members = Vec::new();
        for segment in stretch {
            if let (Some(f), Segment::Head(m) | Segment::Chunk(m)) =
                (Facts::of(segment, blocks), segment)
            {
                facts.push(f);
                members.push(m.as_slice());
            }
        }
        for (start, end, main) in cheapest(&facts) {
            plans.push(plan(&facts, &members, start, end, main));
        }
    }
    plans
}

/// The blocks of one article in reading order: what follows the headline, then what the extractor read before it.
fn plan(
    facts: &[Facts],
    members: &[&[usize]],
    start: usize,
    end: usize,
    main: Option<usize>,
) -> Plan {
    let mut plan = Plan::default();
    let split = main.unwrap_or(start);
    if let Some(main) = main {
        plan.head = members[main].to_vec();
    }
    let after = split + usize::from(main.is_some())..end;
    let has_text_after = after.clone().any(|i| !facts[i].is_head);
    let order: Vec<usize> = if has_text_after {
        after.chain(start..split).collect()
    } else {
        (start..split).chain(after).collect()
    };
    plan.body = order
        .into_iter()
        .flat_map(|i| members[i].iter().copied())
        .collect();
    plan
}

/// The cheapest way to cut: (first, one past the last, main headline) of each article.
fn cheapest(facts: &[Facts]) -> Vec<(usize, usize, Option<usize>)> {
    let hits = Hits::new(facts);
    let count = facts.len();
    let mut best: Vec<(i64, usize, Option<usize>)> = vec![(i64::MAX, 0, None); count + 1];
    if let Some(first) = best.first_mut() {
        first.0 = 0;
    }
    for end in 1..=count {
        for start in end.saturating_sub(LONGEST)..end {
            let (before, ..) = best[start];
            if before == i64::MAX {
                continue;
            }
            let heads = (start..end).filter(|&i| facts[i].is_head).map(Some);
            let none = std::iter::once(None).filter(|_| (start..end).all(|i| !facts[i].is_head));
            for main in heads.chain(none) {
                let cost = before.saturating_add(price(facts, &hits, start, end, main));
                if cost < best[end].0 {
                    best[end] = (cost, start, main);
                }
            }
        }
    }
    let mut articles = Vec::new();
    let mut end = count;
    while end > 0 {
        let (_, start, main) = best[end];
        articles.push((start, end, main));
        end = start;
    }
    articles.reverse();
    articles
}

#[cfg(test)]
mod tests {
    use super::super::{blocks, classify, lines, segments};
    use super::*;

    /// Each article as its first headline's line (0 for none) and the lines of its other blocks.
    fn check(page: &str, expected: &[(u32, &[u32])]) {
        let mut blocks = blocks::group(&lines::read(page));
        classify::classify(&mut blocks);
        let plans = assemble(&segments::cut(&blocks), &blocks);
        let got: Vec<(u32, Vec<u32>)> = plans
            .iter()
            .map(|plan| {
                let line = |&at: &usize| blocks[at].line;
                (
                    plan.head.first().map_or(0, line),
                    plan.body.iter().map(line).collect(),
                )
            })
            .collect();
        let expected: Vec<(u32, Vec<u32>)> = expected
            .iter()
            .map(|(head, body)| (*head, body.to_vec()))
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn headlines_before_their_texts() {
        check(
            "清河两岸花正开\n\n本报讯(记者 张三)清河两岸的花都开了。\n\n老桥修好了\n\n本报讯(记者 李四)清河的老桥昨天修好了。",
            &[(1, &[3]), (5, &[7])],
        );
    }

    #[test]
    fn headlines_after_their_texts() {
        check(
            "本报讯(记者 张三)清河两岸的花都开了。\n\n清河两岸花正开\n\n本报讯(记者 李四)清河老桥昨天修好了。\n\n清河老桥修好了",
            &[(3, &[1]), (7, &[5])],
        );
    }

    #[test]
    fn a_headline_amid_its_text_and_subheadings_below_it() {
        check(
            "山上的核桃树七年才挂果。\n\n种核桃的人 守着一座山\n\n本报记者 张三\n\n核桃树种下去,山就绿了。\n\n头七年 只长叶子\n\n人们都说他傻。",
            &[(3, &[7, 9, 11, 1])],
        );
    }

    #[test]
    fn a_signature_ends_an_article() {
        check(
            "植树动员会召开\n\n3月2日,植树动员会召开。\n\n(县宣)\n\n清淤工程完工\n\n日前,清淤工程完工。(水宣)",
            &[(1, &[3, 5]), (7, &[9])],
        );
    }
}
