//! Text that the scan read more than once.
//!
//! A paper does not print a paragraph twice within one article, an extractor whose text frames overlap does. So a block
//! that repeats another whole, or that is a long piece of one just before it, is dropped. Refrains, slogans and
//! sentences taken up again in another paragraph stay: they are short, or only a part of what they stand in.

use std::collections::HashMap;

use super::blocks::{Block, Role};
use super::punctuation::{goes_on, is_han};

/// Shorter blocks may be repeated by the paper itself.
const WHOLE: usize = 24;
/// Shorter pieces may be common turns of phrase.
const PIECE: usize = 16;
/// How many blocks back a piece is looked for: frames that overlap are neighbours.
const NEAR: usize = 8;

fn key(text: &str) -> String {
    text.chars()
        .filter(|c| is_han(*c) || c.is_alphanumeric())
        .collect()
}

/// Drops prose that has been read before.
pub(super) fn drop_repeats(blocks: &mut Vec<Block>) {
    let keys: Vec<String> = blocks
        .iter()
        .map(|b| {
            if matches!(b.role, Role::Body | Role::Caption) {
                key(&b.text)
            } else {
                String::new()
            }
        })
        .collect();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut keep = vec![true; blocks.len()];
    for (at, text) in keys.iter().enumerate() {
        let length = text.chars().count();
        if length < PIECE {
            continue;
        }
        let again = length >= WHOLE && seen.contains_key(text.as_str());
        let near = at.saturating_sub(NEAR)..at;
        let piece = near
            .clone()
            .any(|i| keep[i] && keys[i].chars().count() > length && is_piece(&keys[i], text))
            && (length >= 2 * WHOLE || starts_amid(blocks, at) || follows_cut(blocks, at));
        if again || piece {
            keep[at] = false;
            continue;
        }
        seen.insert(text, at);
        // The longer version may come after its piece: then the piece goes.
        for i in near {
            if keep[i]
                && keys[i].chars().count() >= 2 * WHOLE
                && keys[i].len() < text.len()
                && text.starts_with(&keys[i])
            {
                keep[i] = false;
            }
        }
    }
    for at in 1..blocks.len() {
        if keep[at] && blocks[at].is_body() {
            let earlier = (at.saturating_sub(NEAR)..at).find_map(|i| {
                let text = blocks[i].text.as_str();
                let long =
                    keys[i].chars().count() >= 2 * WHOLE && text.len() < blocks[at].text.len();
                (long && blocks[at].text.ends_with(text)).then_some(text.len())
            });
            if let Some(length) = earlier {
                let left = blocks[at].text.len() - length;
                blocks[at].text.truncate(left);
                blocks[at].parts = vec![blocks[at].text.clone()];
            }
        }
    }
    let mut keep = keep.into_iter();
    blocks.retain(|_| keep.next().unwrap_or(true));
}

/// Drops paragraphs that are one not far above, or its end, or a beginning of it that breaks off: repeats of which a caption or
/// a column break made pieces.
pub(super) fn drop_pieces(paragraphs: &mut Vec<String>) {
    /// A broken beginning that is shorter may be that of another sentence.
    const BROKEN: usize = 8;
    let is_row = |text: &str| text.contains('\t');
    let keys: Vec<String> = paragraphs.iter().map(|text| key(text)).collect();
    let is_again = |at: usize| {
        let (own, text) = (&keys[at], &paragraphs[at]);
        let length = own.chars().count();
        let broken = length >= BROKEN && text.trim_end().ends_with(is_han);
        (at.saturating_sub(NEAR)..at).any(|i| {
            let fits = keys[i].len() > own.len() || length >= WHOLE && keys[i] == *own;
            fits && !is_row(&paragraphs[i])
                && (length >= PIECE && keys[i].ends_with(own.as_str())
                    || broken && keys[i].starts_with(own.as_str()))
        })
    };
    let keep: Vec<bool> = (0..keys.len())
        .map(|at| is_row(&paragraphs[at]) || !is_again(at))
        .collect();
    let mut keep = keep.into_iter();
    paragraphs.retain(|_| keep.next().unwrap_or(true));
}

/// Whether `text` is the beginning or the end of `whole`.
fn is_piece(whole: &str, text: &str) -> bool {
    whole.ends_with(text) || whole.starts_with(text)
}

/// Whether a block begins in the middle of a sentence.
fn starts_amid(blocks: &[Block], at: usize) -> bool {
    goes_on(&blocks[at].text) || blocks[at].is_indented() == Some(false)
}

/// Whether the block before breaks off, so that this one should have continued it.
fn follows_cut(blocks: &[Block], at: usize) -> bool {
    blocks[..at]
        .iter()
        .rev()
        .find(|b| b.is_body())
        .is_some_and(|b| !b.is_closed())
}

/// Joins two pieces of a sentence; what the end of the first and the beginning of the second share is kept once.
pub(super) fn stitch(before: &str, after: &str) -> String {
    const LEAST: usize = 8;
    const MOST: usize = 80;
    let tail: Vec<char> = before.chars().collect();
    let head: Vec<char> = after.chars().take(MOST).collect();
    let most = tail.len().min(head.len());
    for length in (LEAST..=most).rev() {
        if tail[tail.len() - length..] == head[..length] {
            let rest: String = after.chars().skip(length).collect();
            return format!("{before}{rest}");
        }
    }
    super::spacing::join(before, after)
}

#[cfg(test)]
mod tests {
    use super::super::{blocks, lines};
    use super::*;

    fn left(page: &str) -> usize {
        let mut blocks = blocks::group(&lines::read(page));
        drop_repeats(&mut blocks);
        blocks.len()
    }

    #[test]
    fn a_paragraph_stands_once() {
        let text = "清河镇今春栽下的柳树都有了名牌,谁栽的谁浇水,谁浇水谁看护,栽一棵就要活一棵。";
        assert_eq!(left(&format!("{text}\n\n{text}\n\n{text}")), 1);
    }

    #[test]
    fn a_refrain_is_kept() {
        assert_eq!(
            left("栽树吧,清河!\n\n春天来了,大家都去栽树。\n\n栽树吧,清河!"),
            3
        );
    }

    #[test]
    fn a_piece_of_the_paragraph_before_goes_where_that_broke_off() {
        let page = "老桥拆了三天,桥板一块一块编了号,堆在河滩的草棚子里面。\n\n新桥比老桥宽两尺,桥墩用的是山里运来的青石,桥栏上刻着柳\n\n一块一块编了号,堆在河滩的草棚子里面。\n\n枝和燕子。";
        assert_eq!(left(page), 3);
    }

    #[test]
    fn pieces_of_a_repeat_go() {
        let page = "清河开渔了\n\n本报讯(记者 张三)3月2日,清河开渔,\n第一网就打上来三百多斤,\n\n岸上等着买鱼的人排到了桥头那边去。\n\n镇里的负责人说,今年的渔期比去\n\n\n\n张四在船头撒网。李五 摄\n\n年长了十天,村里的船都补好了。\n\n本报讯(记者 张三)3月2日,清河开渔,\n第一网就打上来三百多斤,\n\n岸上等着买鱼的人排到了桥头那边去。\n\n镇里的负责人说,今年的渔期比去\n\n\n\n张四在船头撒网。李五 摄\n\n年长了十天,村里的船都补好了。";
        let articles = crate::read_newspaper_page("p.txt", page);
        assert_eq!(articles.len(), 1, "{articles:#?}");
        assert_eq!(
            articles[0].paragraphs,
            [
                "本报讯(记者 张三)3月2日,清河开渔,第一网就打上来三百多斤,岸上等着买鱼的人排到了桥头那边去。",
                "镇里的负责人说,今年的渔期比去年长了十天,村里的船都补好了。"
            ]
        );
        assert_eq!(articles[0].captions.len(), 1);
    }

    #[test]
    fn what_two_pieces_share_is_said_once() {
        assert_eq!(
            stitch(
                "3月2日,清河区召开春季植树动员会",
                "清河区召开春季植树动员会。会上"
            ),
            "3月2日,清河区召开春季植树动员会。会上"
        );
        assert_eq!(stitch("清河", "两岸"), "清河两岸");
    }
}
