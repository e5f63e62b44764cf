//! How likely a stretch of segments is one article: the signs, and what each costs.

use std::collections::HashSet;

use super::blocks::{Block, Role};
use super::overlap::pairs;
use super::punctuation::is_balanced;
use super::segments::{Segment, tells_news};
use super::{byline, marks};

/// The longest article, in segments; more would be an article of over twenty sub-headings.
pub(super) const LONGEST: usize = 48;

/// What the signs cost, in hundredths of "one more article".
mod cost {
    pub(super) const ARTICLE: i64 = 100;
    pub(super) const NO_HEAD: i64 = 250;
    pub(super) const NO_HEAD_BUT_DATELINE: i64 = 130;
    pub(super) const NO_HEAD_BUT_CONTINUED: i64 = 60;
    pub(super) const NO_HEAD_BUT_BRIEF: i64 = 60;
    pub(super) const NO_TEXT: i64 = 400;
    pub(super) const TEXT_BEFORE_HEAD: i64 = 80;
    /// Beside that, if the headline is marked as a heading: converters put those above.
    pub(super) const TEXT_BEFORE_HEADING: i64 = 150;
    pub(super) const TEXT_ON_BOTH_SIDES: i64 = 60;
    pub(super) const GOES_ON_AFTER_SIGNATURE: i64 = 400;
    pub(super) const SECOND_DATELINE: i64 = 400;
    pub(super) const DISPLACED_DATELINE: i64 = 120;
    pub(super) const BYLINE_AND_DATELINE: i64 = 200;
    pub(super) const CONTINUED_AMID: i64 = 400;
    pub(super) const PHOTO_NEWS_IN_ARTICLE: i64 = 150;
    pub(super) const STRANGE_TEXT: i64 = 120;
    pub(super) const NO_START: i64 = 120;
    pub(super) const SUBHEAD: i64 = 70;
    pub(super) const SUBHEAD_BEFORE_HEAD: i64 = 100;
    pub(super) const SUBHEAD_WITH_BYLINE: i64 = 500;
    pub(super) const SUBHEAD_BEFORE_NEWS: i64 = 300;
    pub(super) const SUBHEAD_BEFORE_DAY: i64 = 120;
    pub(super) const SUBHEAD_AS_HIGH: i64 = 150;
    pub(super) const SUBHEAD_OF_ANOTHER_MAKE: i64 = 350;
    pub(super) const SUBHEAD_OF_SEVERAL_LINES: i64 = 200;
    pub(super) const SUBHEAD_BEFORE_SIGNED: i64 = 200;
    /// A table has its headline and nothing that would need another.
    pub(super) const SUBHEAD_BELOW_TABLE: i64 = 300;
    /// Times the share of the headline that the text says again.
    pub(super) const SAID_AGAIN: i64 = 300;
}

/// What is known of a segment, for the costs.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) is_head: bool,
    has_byline: bool,
    /// Whether a headline has several lines of its own: kicker, title, subtitle.
    stacked: bool,
    level: u8,
    /// The headline's character pairs; as many as a mask has bits.
    wanted: Vec<(char, char)>,
    dateline: bool,
    displaced: bool,
    continued: bool,
    day: bool,
    /// Whether it is one of several short texts, each behind a mark.
    brief: bool,
    signed: bool,
    only_captions: bool,
    /// Whether it is a picture with a caption that is news.
    photo: bool,
    /// Whether it begins with a table.
    table: bool,
    there: HashSet<(char, char)>,
}

impl Facts {
    /// The facts of a headline or a chunk.
    pub(super) fn of(segment: &Segment, blocks: &[Block]) -> Option<Self> {
        let mut facts = Self::default();
        match segment {
            Segment::Head(members) => {
                facts.is_head = true;
                let mut wanted = HashSet::new();
                facts.stacked = members
                    .iter()
                    .filter(|&&at| blocks[at].role == Role::Head)
                    .count()
                    > 1;
                for &at in members {
                    let block = &blocks[at];
                    if let Role::Byline(_) = block.role {
                        facts.has_byline = true;
                    } else {
                        wanted.extend(pairs(&block.text));
                        facts.level = if facts.level == 0 {
                            block.heading
                        } else {
                            facts.level.min(block.heading)
                        };
                    }
                }
                facts.wanted = wanted.into_iter().take(128).collect();
                // The mask's bits must mean the same on every run.
                facts.wanted.sort_unstable();
            }
            Segment::Chunk(members) => {
                facts.table = members
                    .first()
                    .is_some_and(|&at| blocks[at].role == Role::Table);
                facts.only_captions = members.iter().all(|&at| blocks[at].role == Role::Caption);
                facts.photo = matches!(members.as_slice(), [at] if blocks[*at].role == Role::Caption && tells_news(&blocks[*at]));
                for &at in members {
                    facts.there.extend(pairs(&blocks[at].text));
                    facts.signed |= matches!(blocks[at].role, Role::Signature(_))
                        || (blocks[at].is_body()
                            && byline::read_signature(&blocks[at].text).is_some());
                }
                if let Some(first) = members.iter().map(|&at| &blocks[at]).find(|b| b.is_body()) {
                    facts.dateline = byline::has_dateline(&first.text);
                    facts.displaced = facts.dateline && displaced_dateline(first).is_some();
                    facts.continued = marks::continued_end(&first.text).is_some();
                    facts.day = marks::begins_with_day(&first.text);
                    facts.brief = marks::is_brief(&first.text);
                }
                facts.has_byline = members
                    .iter()
                    .any(|&at| matches!(blocks[at].role, Role::Byline(_)));
            }
            Segment::Photo(_) | Segment::Section(_) => return None,
        }
        Some(facts)
    }

    fn starts(&self) -> bool {
        self.dateline || self.continued || self.day || self.has_byline || self.table
    }
}

/// Whether a block's first line is a dateline that the column before pushed away from its sentence: then it is that
/// line's own length, and nothing of the news stands in it.
pub(super) fn displaced_dateline(block: &Block) -> Option<usize> {
    const DAY: usize = 14;
    let first = block.parts.first().filter(|_| block.parts.len() >= 2)?;
    let end = byline::dateline_end(first)?;
    (first[end..].chars().count() <= DAY && !first.trim_end().ends_with('。') && is_balanced(first))
        .then_some(end)
}

/// Which of a headline's pairs each text near it holds, as a mask.
pub(super) struct Hits(Vec<Vec<u128>>);

impl Hits {
    pub(super) fn new(facts: &[Facts]) -> Self {
        Self(
            (0..facts.len())
                .map(|head| {
                    let near = head.saturating_sub(LONGEST)..(head + LONGEST).min(facts.len());
                    near.map(|text| mask(&facts[head].wanted, &facts[text].there))
                        .collect()
                })
                .collect(),
        )
    }

    fn get(&self, head: usize, text: usize) -> u128 {
        let offset = text.checked_sub(head.saturating_sub(LONGEST));
        offset
            .and_then(|i| self.0.get(head)?.get(i).copied())
            .unwrap_or(0)
    }
}

fn mask(wanted: &[(char, char)], there: &HashSet<(char, char)>) -> u128 {
    wanted.iter().enumerate().fold(0, |mask, (bit, pair)| {
        if there.contains(pair) {
            mask | (1 << bit)
        } else {
            mask
        }
    })
}

/// `part` of `whole` times `weight`.
fn share(part: u32, whole: usize, weight: i64) -> i64 {
    i64::from(part) * weight / i64::try_from(whole.max(1)).unwrap_or(i64::MAX)
}

/// What it costs to take the segments `start..end` for one article with that main headline.
pub(super) fn price(
    facts: &[Facts],
    hits: &Hits,
    start: usize,
    end: usize,
    main: Option<usize>,
) -> i64 {
    let mut price = cost::ARTICLE;
    let split = main.unwrap_or(start);
    let mut texts = (split..end)
        .chain(start..split)
        .filter(|&i| !facts[i].is_head)
        .peekable();
    let first = texts.peek().copied();
    let last = texts.clone().last();
    let main_facts = main.map(|i| &facts[i]);
    let alone = first == last;
    let mut all_hits = 0_u128;
    let (mut before, mut after, mut datelined) = (false, false, false);
    for i in texts {
        let text = &facts[i];
        if i < split {
            before = true;
            price += cost::TEXT_BEFORE_HEAD;
            if main_facts.is_some_and(|head| head.level > 0) {
                price += cost::TEXT_BEFORE_HEADING;
            }
        } else {
            after = true;
        }
        if text.signed && Some(i) != last {
            price += cost::GOES_ON_AFTER_SIGNATURE;
        }
        datelined |= text.dateline;
        if text.dateline && Some(i) != first {
            price += if text.displaced {
                cost::DISPLACED_DATELINE
            } else {
                cost::SECOND_DATELINE
            };
        }
        if text.photo && !alone {
            price += cost::PHOTO_NEWS_IN_ARTICLE;
        }
        if text.continued && Some(i) != first {
            price += cost::CONTINUED_AMID;
        }
        if let (Some(main), Some(head)) = (main, main_facts) {
            let mask = hits.get(main, i);
            all_hits |= mask;
            if head.has_byline && text.dateline {
                price += cost::BYLINE_AND_DATELINE;
            }
            // A quarter of the headline's pairs is as much as any of an article's columns says of it.
            let said = share(mask.count_ones(), head.wanted.len(), 4 * cost::STRANGE_TEXT)
                .min(cost::STRANGE_TEXT);
            // A sub-heading announces what the headline does not.
            let announced = i > start && facts[i - 1].is_head;
            if Some(i) != first && !text.dateline && !text.only_captions && !announced {
                price += cost::STRANGE_TEXT - said;
            }
        }
    }
    if before && after {
        price += cost::TEXT_ON_BOTH_SIDES;
    }
    let Some(first) = first.map(|i| &facts[i]) else {
        return price + cost::NO_TEXT;
    };
    let (Some(main), Some(head)) = (main, main_facts) else {
        return price
            + match first {
                first if first.photo && alone => 0,
                first if first.continued => cost::NO_HEAD_BUT_CONTINUED,
                first if first.brief => cost::NO_HEAD_BUT_BRIEF,
                first if first.dateline => cost::NO_HEAD_BUT_DATELINE,
                _ => cost::NO_HEAD,
            };
    };
    if !(head.has_byline || first.starts() || datelined || last.is_some_and(|i| facts[i].signed)) {
        price += cost::NO_START;
    }
    price -= share(all_hits.count_ones(), head.wanted.len(), cost::SAID_AGAIN);
    for i in (start..end).filter(|&i| facts[i].is_head && i != main) {
        price += price_subhead(facts, head, i, end, i < main);
        if first.table && i > main {
            price += cost::SUBHEAD_BELOW_TABLE;
        }
    }
    price
}

fn price_subhead(facts: &[Facts], main: &Facts, at: usize, end: usize, before_main: bool) -> i64 {
    let sub = &facts[at];
    let mut price = cost::SUBHEAD;
    if before_main {
        price += cost::SUBHEAD_BEFORE_HEAD;
    }
    if sub.has_byline {
        price += cost::SUBHEAD_WITH_BYLINE;
    }
    if sub.stacked {
        price += cost::SUBHEAD_OF_SEVERAL_LINES;
    }
    if sub.level > 0 && main.level == 0 {
        price += cost::SUBHEAD_OF_ANOTHER_MAKE;
    } else if sub.level > 0 && sub.level <= main.level {
        price += cost::SUBHEAD_AS_HIGH;
    }
    if let Some(next) = facts
        .get(at + 1)
        .filter(|next| at + 1 < end && !next.is_head)
    {
        if next.dateline && !next.displaced || next.continued || next.table {
            price += cost::SUBHEAD_BEFORE_NEWS;
        } else if next.day {
            price += cost::SUBHEAD_BEFORE_DAY;
        }
        if next.signed {
            price += cost::SUBHEAD_BEFORE_SIGNED;
        }
    }
    price
}
