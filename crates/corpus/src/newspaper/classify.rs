//! What each block is: headline, byline, caption, table, prose.

use super::blocks::{Block, Role};
use super::captions::{find_captions, join_credits};
use super::columns::INDENT;
use super::lines::is_headlineish;
use super::punctuation::{goes_on, han_count, is_closed, width};
use super::{byline, marks};

/// Gives every block its role.
pub(super) fn classify(blocks: &mut Vec<Block>) {
    let last = blocks.len().saturating_sub(1);
    for (at, block) in blocks.iter_mut().enumerate() {
        block.role = by_itself(block, at == 0 || at == last);
    }
    join_credits(blocks);
    find_heads(blocks);
    find_captions(blocks);
    find_reports(blocks);
}

/// `某某 摄影报道` below a text of several paragraphs closes the text, and no caption.
fn find_reports(blocks: &mut [Block]) {
    for at in 1..blocks.len() {
        let (before, block) = (&blocks[at - 1], &blocks[at]);
        let closes = block.role == Role::Caption
            && marks::is_photo_report(&block.text)
            && !marks::speaks_of_picture(&block.text)
            && block.gap <= 1
            && before.is_body()
            && before.is_closed();
        if closes {
            blocks[at].role = Role::Body;
        }
    }
}

/// What a block's own text tells.
fn by_itself(block: &Block, at_edge: bool) -> Role {
    let text = block.text.as_str();
    if !block.rows.is_empty() {
        return Role::Table;
    }
    let raw = block.parts.join(" ");
    if marks::is_section(&raw) {
        return Role::Section;
    }
    // `本报记者 某某 摄` is no byline.
    if marks::is_credit(&raw) && raw.trim_end().ends_with(['摄', ')', '）']) {
        return Role::Credit;
    }
    if let Some(names) = byline::read_line(&raw) {
        return Role::Byline(names);
    }
    if block.heading > 0 {
        return Role::Head;
    }
    if marks::without_turn(text).is_empty() {
        return Role::Signature(Vec::new());
    }
    if let Some((0, names)) = byline::read_signature(text) {
        return Role::Signature(names);
    }
    if marks::is_credit(&raw) {
        return Role::Credit;
    }
    let page_number = at_edge && text.chars().all(|c| c.is_ascii_digit()) && text.len() <= 3;
    if page_number || marks::is_folio(&raw) || block.is_page_head {
        return Role::Folio;
    }
    if marks::read_credit(&raw).is_some() && han_count(text) <= 400 {
        return Role::Caption;
    }
    Role::Body
}

/// Finds the headlines from the page's end upwards, since what follows a line tells most about it.
fn find_heads(blocks: &mut [Block]) {
    for at in (0..blocks.len()).rev() {
        if !blocks[at].is_body() {
            continue;
        }
        if let Some(names) = is_bare_byline(blocks, at) {
            blocks[at].role = Role::Byline(names);
        } else if is_head(blocks, at) {
            blocks[at].role = Role::Head;
        }
    }
}

/// Whether a block stands beside what is read one after the other.
fn is_aside(block: &Block) -> bool {
    matches!(block.role, Role::Caption | Role::Folio | Role::Section)
}

fn before_of(blocks: &[Block], at: usize) -> Option<&Block> {
    blocks[..at].iter().rev().find(|b| !is_aside(b))
}

/// Whether a block is who or where a headline is about, above it: `清河镇：`.
pub(super) fn is_speaker(block: &Block) -> bool {
    let text = block.text.trim_end();
    text.ends_with([':', '：'])
        && block.parts.len() == 1
        && (2..=14).contains(&han_count(text))
        && !text.contains(['，', ',', '。', '“', '"', '、'])
}

/// How many texts above a headline at the page's end may be its own, and how much of it, in thousandths, one says again.
const NEAR: usize = 8;
const SAID: usize = 600;

fn is_head(blocks: &[Block], at: usize) -> bool {
    let block = &blocks[at];
    let text = block.text.as_str();
    let printed = block.parts.join(" ");
    if block.parts.last().is_some_and(|line| is_sign_off(line)) {
        return false;
    }
    if is_speaker(block) {
        let over = |b: &Block| !b.is_body() || b.is_closed() || is_headlineish(&b.text);
        let before_is_over = before_of(blocks, at).is_none_or(over);
        let next = blocks.get(at + 1);
        return before_is_over && next.is_some_and(|b| b.role == Role::Head && b.gap <= 1);
    }
    if !is_headlineish(text)
        || marks::continued_end(text).is_some()
        || block.parts.len() > 4
        || printed.chars().count() > 90
    {
        return false;
    }
    let before = before_of(blocks, at);
    let next = blocks[at + 1..].iter().find(|b| !is_aside(b));
    let before_is_over = before.is_none_or(|b| !b.is_body() || b.is_closed());
    let comma = text.contains(['，', ',']);
    // The breaks of a folded line are the column's, not the headline's.
    let spaced = block.parts.iter().any(|part| has_phrases(part));
    let exclaims = is_closed(text);
    let dashed = text.starts_with("——") || text.starts_with("―");
    // As wide as the column, or as its indented first line: a line of print rather than a headline.
    let measured = block
        .column
        .filter(|_| block.parts.len() == 1 && !spaced)
        .map(|column| (column, width(&printed)));
    let full_line = measured.is_some_and(|(column, wide)| {
        let left = column.abs_diff(wide);
        left <= 1 || left.abs_diff(INDENT) <= 1
    });
    // Where no other sign speaks for a headline, so does any width between the two.
    let about_full =
        measured.is_some_and(|(column, wide)| wide <= column + 1 && wide + INDENT + 2 >= column);
    let Some(next) = next else {
        // At the page's end nothing goes on; a headline of the text above says it again.
        let above = || blocks[..at].iter().rev().filter(|b| b.is_body()).take(NEAR);
        let said_again = || above().any(|b| super::overlap::share(text, &b.text) >= SAID);
        return before_is_over
            && (spaced || (!full_line && han_count(text) >= 6) || (!comma && said_again()));
    };
    match &next.role {
        // Nothing else stands above a line of names.
        Role::Byline(_) => return !is_sign_off(text),
        Role::Table => return before_is_over || !comma,
        _ if block.begins || (exclaims && comma) => return false,
        Role::Head if marks::begins_with_day(text) && comma => return false,
        Role::Head => {
            return dashed || (before_is_over && (!comma || spaced)) || (!comma && !full_line);
        }
        Role::Signature(_) => return false,
        _ => {}
    }
    if marks::begins_with_day(text) || is_sign_off(&next.text) {
        return false;
    }
    if byline::has_dateline(&next.text) || marks::continued_end(&next.text).is_some() {
        return before_is_over || !comma;
    }
    if goes_on(&next.text) {
        // The dateline of the text below may have been read elsewhere; phrases below a headline are one even so.
        return spaced && !comma && before.is_some_and(|b| b.is_body() && is_headlineish(&b.text));
    }
    let glued = next.gap == 0 && next.line == block.line;
    if glued && before_is_over {
        return true;
    }
    if marks::begins_with_day(&next.text) {
        let edge = before.is_none_or(|b| !b.is_body());
        let said_again = super::overlap::share(text, &next.text) >= 500;
        return if before_is_over {
            edge || said_again || !full_line || spaced
        } else {
            !comma && !full_line
        };
    }
    if !before_is_over || dashed {
        return (spaced && !comma) || (dashed && before.is_some_and(|b| is_headlineish(&b.text)));
    }
    if spaced {
        return true;
    }
    // A short piece of a sentence that a column break cut looks like a headline too; then the next block's
    // first clause makes one short clause with it.
    let clause = next
        .text
        .split(['，', ',', '。', '、', '；', '：', ':'])
        .next()
        .unwrap_or_default();
    let one_clause = block.column.is_none()
        && han_count(text) + han_count(clause) <= 18
        && next.is_indented() != Some(true);
    let announces = || {
        blocks[at + 1..]
            .iter()
            .take(3)
            .map(|b| super::overlap::share(text, &b.text))
            .max()
            >= Some(600)
    };
    // Where an article begins there is no sentence to go on with.
    let edge = before.is_none_or(|b| !b.is_body());
    (!comma || announces())
        && (edge || !(about_full || one_clause))
        && han_count(text) <= 30
        && han_count(text) >= 4
}

/// Whether a text is the day under a notice, which its office signs above.
pub(super) fn is_sign_off(text: &str) -> bool {
    text.trim_end().ends_with('日')
        && han_count(text) <= 12
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || "〇零一二三四五六七八九十年月日 ".contains(c))
}

/// A name alone between a headline and its text, as essays and poems have it.
fn is_bare_byline(blocks: &[Block], at: usize) -> Option<Vec<String>> {
    let block = &blocks[at];
    let before = blocks.get(at.checked_sub(1)?)?;
    let next = blocks.get(at + 1)?;
    let name: String = block.parts.concat().split_whitespace().collect();
    let apart = block.parts.len() == 1 && super::names::looks_like_name(&name);
    let headline = before.is_body() && is_headlineish(&before.text) || before.role == Role::Head;
    (apart && headline && next.is_body() && !goes_on(&next.text)).then(|| vec![name])
}

/// Whether a line consists of two or more phrases with spaces between them, as headlines do.
pub(super) fn has_phrases(text: &str) -> bool {
    let phrases: Vec<usize> = text.split_whitespace().map(han_count).collect();
    phrases.len() >= 2
        && phrases.len() <= 5
        && phrases.iter().all(|&han| han >= 3)
        && !super::spacing::is_spaced_out(text)
}

#[cfg(test)]
mod tests {
    use super::super::{blocks, lines};
    use super::*;

    fn check(page: &str, expected: &str) {
        let mut blocks = blocks::group(&lines::read(page));
        classify(&mut blocks);
        let roles: String = blocks
            .iter()
            .map(|b| match b.role {
                Role::Body => 'b',
                Role::Head => 'H',
                Role::Section => 'S',
                Role::Byline(_) => 'n',
                Role::Signature(_) => 's',
                Role::Caption => 'c',
                Role::Credit => 'x',
                Role::Table => 't',
                Role::Folio => 'f',
            })
            .collect();
        assert_eq!(roles, expected, "{blocks:#?}");
    }

    #[test]
    fn a_stack_of_headlines_with_a_byline() {
        check(
            "一周要闻\n\n清河镇林业站\n\n春风又绿清河岸 万株新柳护家园\n\n本报记者 张三\n\n“树活了,”林业站站长说。\n\n(李四)",
            "SHHnbs",
        );
    }

    #[test]
    fn who_it_is_about_stands_above_a_headline() {
        check(
            "河水清了。\n\n清河镇医保站:\n小窗口 办好大民生\n\n本报记者 张三\n\n花开了。",
            "bHHnb",
        );
        check(
            "清河两岸花正开\n\n本报记者 张三\n\n他说:\n\n花开了。",
            "Hnbb",
        );
    }

    #[test]
    fn a_piece_of_a_sentence_is_no_headline() {
        check(
            "清河两岸花正开\n\n本报记者 张三\n\n柳树发芽了。\n\n以栽好护好每一棵树为目标,正\n\n是全镇今春的大事。\n\n树活了。",
            "Hnbbbb",
        );
        check(
            "清河两岸花正开\n\n本报记者 张三\n\n柳树发芽了。\n\n清河镇位于我县\n\n西北部,三面环山,一面临水。",
            "Hnbbb",
        );
    }

    #[test]
    fn captions_by_credit_by_picture_and_by_room() {
        check(
            "清河两岸花正开\n\n3月2日,花开了。\n\n人们在树下。张三 摄\n\n张四看花。图为河边。\n\n张三 摄",
            "Hbcc",
        );
        check(
            "清河两岸花正开\n\n3月2日,花开了,\n\n\n\n人们在树下。\n\n人人都高兴。\n\n河水也清了。花谢了又开。",
            "Hbcbb",
        );
    }
}
