//! Blocks → segments: the pieces that articles are put together from.

use super::blocks::{Block, Role};
use super::punctuation::han_count;
use super::{byline, classify, marks, overlap};

/// A piece of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Segment {
    /// A headline with all its lines and its byline.
    Head(Vec<usize>),
    /// Prose, captions and tables that belong to one article.
    Chunk(Vec<usize>),
    /// A picture with a caption that is news by itself.
    Photo(usize),
    /// The name of a column of the page; no article goes across it.
    Section(usize),
}

/// Cuts the classified blocks into segments.
pub(super) fn cut(blocks: &[Block]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    // Whether the next block of the kind begins a new segment even so.
    let mut closed = true;
    let mut pictures = false;
    for (at, block) in blocks.iter().enumerate() {
        let joins_head = !closed && matches!(segments.last(), Some(Segment::Head(_)));
        match &block.role {
            Role::Folio => {}
            Role::Section if marks::is_part(&block.text) => closed = true,
            Role::Section => {
                pictures = block.text.contains('图');
                segments.push(Segment::Section(at));
                closed = true;
            }
            Role::Head => {
                // Who it is about begins a headline.
                let begins = block.gap > 0 && classify::is_speaker(block);
                let joins = joins_head && !begins && !is_of_text_above(&segments, blocks, at);
                add(&mut segments, joins, Segment::Head(vec![at]), at);
                closed = false;
            }
            Role::Byline(_) => {
                let joins = matches!(segments.last(), Some(Segment::Head(_) | Segment::Chunk(_)));
                add(&mut segments, joins, Segment::Chunk(vec![at]), at);
                closed = matches!(segments.last(), Some(Segment::Head(_)));
            }
            Role::Caption | Role::Credit if pictures || is_photo_news(blocks, at) => {
                segments.push(Segment::Photo(at));
            }
            // The headline above may be this picture's, or that of the text before it: the costs decide.
            Role::Caption if is_under_headline(blocks, at) && tells_news(block) => {
                segments.push(Segment::Chunk(vec![at]));
                closed = true;
            }
            Role::Signature(_) => {
                let joins = matches!(segments.last(), Some(Segment::Chunk(_)));
                add(&mut segments, joins, Segment::Chunk(vec![at]), at);
                closed = true;
            }
            Role::Body | Role::Caption | Role::Credit | Role::Table => {
                let begins = block.is_body()
                    && (byline::has_dateline(&block.text)
                        || marks::continued_end(&block.text).is_some());
                let after_break = at
                    .checked_sub(1)
                    .is_some_and(|i| blocks[i].is_body() && blocks[i].is_closed());
                let begins = begins
                    || (block.is_body() && after_break && marks::begins_with_day(&block.text));
                let joins = !closed && !begins;
                // A photo beside the text does not end it.
                let last = segments
                    .iter()
                    .rposition(|s| !matches!(s, Segment::Photo(_)));
                match last.and_then(|i| segments.get_mut(i)) {
                    Some(Segment::Chunk(members)) if joins => members.push(at),
                    _ => segments.push(Segment::Chunk(vec![at])),
                }
                closed = block.is_body() && byline::read_signature(&block.text).is_some();
            }
        }
    }
    segments
}

/// Whether the headline so far is that of the text above it, and the next line below a blank one begins another: only the
/// one says again what stands above.
fn is_of_text_above(segments: &[Segment], blocks: &[Block], at: usize) -> bool {
    const SAID: usize = 400;
    const FAR: usize = 6;
    let [.., Segment::Chunk(above), Segment::Head(head)] = segments else {
        return false;
    };
    let text = |members: &mut dyn Iterator<Item = usize>| {
        let texts: Vec<&str> = members.map(|i| blocks[i].text.as_str()).collect();
        texts.join("\n")
    };
    let head = text(&mut head.iter().copied());
    let above = text(&mut above.iter().copied());
    let below = text(&mut (at + 1..blocks.len().min(at + 1 + FAR)));
    let said = overlap::share(&head, &above);
    let own = &blocks[at];
    own.gap > 0
        && said >= SAID
        && overlap::share(&head, &below) * 2 < said
        && overlap::share(&own.text, &above) * 2 < SAID
}

fn add(segments: &mut Vec<Segment>, joins: bool, new: Segment, at: usize) {
    match segments.last_mut() {
        Some(Segment::Head(members) | Segment::Chunk(members)) if joins => members.push(at),
        _ => segments.push(new),
    }
}

/// Whether a caption is an item of its own: it tells what happened and when, and no article goes on after it.
fn is_photo_news(blocks: &[Block], at: usize) -> bool {
    let aside = |b: &&Block| matches!(b.role, Role::Caption | Role::Credit | Role::Folio);
    let before_open = blocks[..at]
        .iter()
        .rev()
        .find(|b| !aside(b))
        .is_some_and(|b| b.is_body() && !b.is_closed());
    let goes_on = blocks[at + 1..]
        .iter()
        .find(|b| !aside(b))
        .is_some_and(|b| {
            (b.is_body() && !byline::has_dateline(&b.text)) || matches!(b.role, Role::Signature(_))
        });
    tells_news(&blocks[at]) && !is_under_headline(blocks, at) && !goes_on && !before_open
}

/// Whether a caption says enough to be news: when it was, what the picture shows, or simply much.
pub(super) fn tells_news(block: &Block) -> bool {
    const LONG: usize = 45;
    let han = han_count(&block.text);
    let tells = marks::speaks_of_picture(&block.text) || marks::names_day(&block.text);
    han >= LONG || (tells && han >= 25)
}

fn is_under_headline(blocks: &[Block], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| blocks.get(i));
    before.is_some_and(|b| matches!(b.role, Role::Head | Role::Byline(_)))
}
