//! A plan's blocks → the article: whole paragraphs, names, captions, kind.

use super::assemble::Plan;
use super::blocks::{Block, Role};
use super::classify::is_sign_off;
use super::headline::{HeadLine, compose};
use super::price::displaced_dateline;
use super::punctuation::{goes_on, is_closed};
use super::{byline, marks, repeat};
use crate::article::{Article, Kind, Source};

/// Makes the article that stands in these blocks; `None` when nothing is left of it.
pub(super) fn build(plan: &Plan, blocks: &[Block], file: &str) -> Option<Article> {
    let mut names: Vec<String> = Vec::new();
    let mut article = Article::default();
    let mut text = Paragraphs::default();
    let mut rows = 0;
    let mut body = restore_dateline(plan, blocks);
    restore_last_line(&mut body);
    for block in &body {
        match &block.role {
            Role::Byline(found) | Role::Signature(found) => names.extend(found.iter().cloned()),
            Role::Head => text.push_whole(super::spacing::headline(&block.parts.join(" "))),
            Role::Caption | Role::Credit => article.captions.push(block.text.clone()),
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

/// Puts a dateline back before the text that it was parted from.
///
/// The first line of an article is indented and often set apart, so extractors that sort by position read it after the
/// column beside it. The line's own end shows where to cut.
fn restore_dateline(plan: &Plan, blocks: &[Block]) -> Vec<Block> {
    let mut body: Vec<Block> = plan.body.iter().map(|&at| blocks[at].clone()).collect();
    let first = body.iter().position(Block::is_body);
    let displaced = body
        .iter()
        .position(|b| b.is_body() && byline::has_dateline(&b.text));
    let (Some(first), Some(at)) = (first, displaced) else {
        return body;
    };
    if at <= first || displaced_dateline(&body[at]).is_none() {
        return body;
    }
    let dateline = body[at].parts.remove(0);
    body[at].refresh();
    let line = body[first].line;
    body[first].parts.insert(0, dateline);
    body[first].refresh();
    body[first].line = line;
    body
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

/// Paragraphs in the making.
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

#[derive(Default)]
struct Paragraphs {
    done: Vec<String>,
    /// Whether the last one breaks off, so that prose that follows continues it.
    open: bool,
    /// Whether it breaks off at a comma, after which no paragraph begins.
    comma: bool,
}

impl Paragraphs {
    fn push_whole(&mut self, text: String) {
        if !text.is_empty() {
            self.done.push(text);
            self.open = false;
        }
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
            _ if goes_on(text) || self.comma => true,
            Some(true) => false,
            _ if self.is_cut_off() && begins_with_speech(text) => false,
            _ => self.open && !byline::has_dateline(text) && !text.starts_with(['【', '〔', '［']),
        };
        match self.done.last_mut() {
            Some(last) if continues && self.open | goes_on(text) => {
                *last = repeat::stitch(last, text)
            }
            _ => self.done.push(text.to_owned()),
        }
        let signed_off = block.parts.last().is_some_and(|line| is_sign_off(line));
        self.open = !is_closed(text) && !signed_off;
        self.comma = self.open && text.trim_end().ends_with(['，', ',', '、']);
    }
}
