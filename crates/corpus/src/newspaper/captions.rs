//! The texts under pictures, with and without a credit.

use super::blocks::{Block, Role};
use super::punctuation::{han_count, is_closed};
use super::{byline, marks};

/// Puts `某某 摄` to the text that it credits: the paragraph before it.
pub(super) fn join_credits(blocks: &mut Vec<Block>) {
    let mut at = 0;
    while at < blocks.len() {
        if blocks[at].role != Role::Credit {
            at += 1;
            continue;
        }
        let before = at
            .checked_sub(1)
            .filter(|&i| blocks[i].is_body() || blocks[i].role == Role::Caption);
        if let Some(before) = before {
            let credit = blocks.remove(at).parts.join(" ");
            let block = &mut blocks[before];
            block.parts.push(format!(" {}", credit.trim()));
            block.text = format!("{} {}", block.text, super::spacing::headline(&credit));
            block.role = Role::Caption;
        } else {
            blocks[at].role = Role::Caption;
            at += 1;
        }
    }
}

/// Finds captions without a credit: a picture left more white than the page has between its paragraphs.
pub(super) fn find_captions(blocks: &mut [Block]) {
    let mut gaps = [0_usize; 8];
    for block in blocks.iter().skip(1) {
        let gap = usize::try_from(block.gap).unwrap_or(7).min(7);
        gaps[gap] += 1;
    }
    let usual = gaps
        .iter()
        .enumerate()
        .max_by_key(|(gap, count)| (**count, 8 - gap))
        .map_or(1, |(gap, _)| gap);
    let wide = u32::try_from(usual).unwrap_or(1) + 2;
    for at in 1..blocks.len() {
        if blocks[at].gap >= wide && is_short_sentence(&blocks[at]) {
            let more = blocks[at + 1..]
                .iter()
                .take_while(|b| is_short_sentence(b))
                .count();
            let chain_ends = blocks.get(at + 1 + more).is_none_or(|b| !b.is_body());
            let count = if chain_ends { more + 1 } else { 1 };
            blocks[at..at + count]
                .iter_mut()
                .for_each(|b| b.role = Role::Caption);
        } else if blocks[at].gap >= wide
            && blocks[at].is_body()
            && marks::speaks_of_picture(&blocks[at].text)
            && han_count(&blocks[at].text) <= 240
        {
            blocks[at].role = Role::Caption;
        }
    }
}

fn is_short_sentence(block: &Block) -> bool {
    let text = block.text.as_str();
    let ends = text
        .chars()
        .filter(|c| matches!(c, '。' | '！' | '？' | '；'))
        .count();
    block.is_body()
        && ends <= 1
        && is_closed(text)
        && han_count(text) <= 45
        && !text.starts_with(['“', '"', '「', '‘'])
        && !byline::has_dateline(text)
}
