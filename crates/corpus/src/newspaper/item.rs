//! A plan's blocks → the article: whole paragraphs, names, captions, kind.

use super::assemble::Plan;
use super::blocks::{Block, Role};
use super::classify::is_sign_off;
use super::headline::{HeadLine, compose};
use super::moved::{self, Pairs};
use super::punctuation::{goes_on, is_closed};
use super::{byline, marks, repeat};
use crate::article::{Article, Kind, Source};

/// Makes the article that stands in these blocks; `None` when nothing is left of it.
pub(super) fn build(plan: &Plan, blocks: &[Block], pairs: &Pairs, file: &str) -> Option<Article> {
    let mut names: Vec<String> = Vec::new();
    let mut article = Article::default();
    let mut text = Paragraphs::default();
    let mut rows = 0;
    for block in &moved::restore(plan, blocks, pairs) {
        match &block.role {
            Role::Byline(found) | Role::Signature(found) => names.extend(found.iter().cloned()),
            Role::Head => text.push_whole(super::spacing::headline(&block.parts.join(" "))),
            Role::Caption | Role::Credit => {
                if !article.captions.contains(&block.text) {
                    article.captions.push(block.text.clone());
                }
            }
            Role::Table => {
                for row in &block.rows {
                    rows += 1;
                    text.push_whole(row.join("\t"));
                }
            }
            Role::Body if block.verse => block
                .parts
                .iter()
                .for_each(|line| text.push_whole(line.clone())),
            Role::Body => {
                names.extend(byline::read_dateline(&block.text));
                if marks::is_photo_report(&block.text) {
                    names.extend(marks::read_credit(&block.text).unwrap_or_default());
                }
                let (rest, signed) = strip_marks(&block.text);
                names.extend(signed);
                text.push(rest, block);
            }
            Role::Section | Role::Folio => {}
        }
    }
    let mut lines = Vec::new();
    for &at in &plan.head {
        let block = &blocks[at];
        if let Role::Byline(found) = &block.role {
            names.splice(0..0, found.iter().cloned());
            continue;
        }
        lines.extend(block.parts.iter().enumerate().map(|(i, part)| HeadLine {
            text: part.clone(),
            level: block.heading,
            close: i > 0 || (block.gap == 0 && at > 0),
        }));
    }
    article.paragraphs = text.done;
    repeat::drop_pieces(&mut article.paragraphs);
    // A column break may part the names of a dateline.
    for paragraph in &article.paragraphs {
        names.extend(byline::read_dateline(paragraph));
    }
    article.kind = match (rows, article.paragraphs.len()) {
        (0, 0) if !article.captions.is_empty() => Kind::Photo,
        (rows, all) if rows > 0 && rows * 2 >= all => Kind::Table,
        _ => Kind::Article,
    };
    let headline = compose(&lines, &article.paragraphs.join("\n"));
    (article.kicker, article.title, article.subtitle) =
        (headline.kicker, headline.title, headline.subtitle);
    if article.kind == Kind::Photo {
        names.extend(
            article
                .captions
                .iter()
                .filter_map(|c| marks::read_credit(c))
                .flatten(),
        );
    }
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    article.reporters = names;
    infer_date(&mut article);
    let line = plan
        .head
        .iter()
        .chain(&plan.body)
        .map(|&at| blocks[at].line)
        .min()
        .unwrap_or(1);
    article.source = Some(Source {
        file: file.to_owned(),
        line,
    });
    let empty =
        article.title.is_empty() && article.paragraphs.is_empty() && article.captions.is_empty();
    (!empty).then_some(article)
}

/// Photo news: the caption alone.
pub(super) fn photo(block: &Block, file: &str) -> Article {
    let mut article = Article {
        kind: Kind::Photo,
        reporters: marks::read_credit(&block.text).unwrap_or_default(),
        captions: vec![block.text.clone()],
        source: Some(Source {
            file: file.to_owned(),
            line: block.line,
        }),
        ..Article::default()
    };
    infer_date(&mut article);
    article
}

/// The article's own date, if its news begins with a whole one. Days that a text merely mentions say nothing.
fn infer_date(article: &mut Article) {
    const OPENING: usize = 48;
    let first = article.paragraphs.first().or(article.captions.first());
    let Some(first) = first else { return };
    let from = byline::dateline_end(first).unwrap_or(0);
    let opening: String = first[from..].chars().take(OPENING).collect();
    if marks::begins_with_day(&opening)
        && opening
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit())
    {
        let day: String = opening.split('日').next().unwrap_or_default().to_owned() + "日";
        article.date = marks::full_date(&day);
        article.date_inferred = article.date.is_some();
    }
}

/// Takes `(上接第一版)`, `(下转第三版)` and a closing `(署名)` off a paragraph.
fn strip_marks(text: &str) -> (&str, Vec<String>) {
    let text = marks::continued_end(text).map_or(text, |end| text[end..].trim_start());
    let text = marks::without_turn(text);
    match byline::read_signature(text) {
        Some((start, names)) => (text[..start].trim_end(), names),
        None => (text, Vec::new()),
    }
}

/// Whether a text begins with what somebody says, a whole sentence in quotes. Words in quotes within a sentence have no
/// full stop of their own.
fn begins_with_speech(text: &str) -> bool {
    let mut chars = text.chars();
    let closing = match chars.next() {
        Some('“') => '”',
        Some('"') => '"',
        _ => return false,
    };
    let said = chars.as_str().split(closing).next().unwrap_or_default();
    said.len() < chars.as_str().len() && said.ends_with(['。', '！', '？', '!', '?', '…'])
}

/// Paragraphs in the making.
#[derive(Default)]
struct Paragraphs {
    done: Vec<String>,
    /// Whether the last one breaks off, so that prose that follows continues it.
    open: bool,
    /// Whether it breaks off at a comma, after which no paragraph begins.
    comma: bool,
    /// Whether it is no more than its first line yet, from which a headline was cut off.
    begun: bool,
}

impl Paragraphs {
    fn push_whole(&mut self, text: String) {
        if !text.is_empty() {
            self.done.push(text);
            self.open = false;
        }
    }

    /// Whether a text closes the bracket that the last paragraph leaves open, as around the names of a dateline.
    fn closes_bracket(&self, text: &str) -> bool {
        const OPEN: [char; 2] = ['(', '（'];
        const CLOSE: [char; 2] = [')', '）'];
        let last = self.done.last().map_or("", String::as_str);
        let is_open = last
            .rfind(OPEN)
            .is_some_and(|open| last.rfind(CLOSE).is_none_or(|close| close < open));
        let closes = text
            .find(CLOSE)
            .is_some_and(|close| text.find(OPEN).is_none_or(|open| close < open));
        self.open && is_open && closes
    }

    /// Whether the last paragraph has lost its end rather than announced what comes.
    fn is_cut_off(&self) -> bool {
        let last = self.done.last().map_or("", |last| last.trim_end());
        last.ends_with(super::punctuation::is_han)
    }

    fn push(&mut self, text: &str, block: &Block) {
        if text.is_empty() {
            return;
        }
        let continues = match block.is_indented() {
            _ if goes_on(text) || self.comma || self.closes_bracket(text) => true,
            _ if self.open && self.begun && !byline::has_dateline(text) => true,
            Some(true) => false,
            _ if self.is_cut_off() && begins_with_speech(text) => false,
            _ => self.open && !byline::has_dateline(text) && !text.starts_with(['【', '〔', '［']),
        };
        match self.done.last_mut() {
            // The end of the paragraph, read once more.
            Some(last) if continues && !self.open && last.ends_with(text) => return,
            Some(last) if continues && self.open | goes_on(text) => {
                *last = repeat::stitch(last, text)
            }
            _ => self.done.push(text.to_owned()),
        }
        let signed_off = block.parts.last().is_some_and(|line| is_sign_off(line));
        self.open = !is_closed(text) && !signed_off;
        self.begun = self.open && block.begins && block.parts.len() == 1;
        self.comma = self.open && text.trim_end().ends_with(['，', ',', '、']);
    }
}
