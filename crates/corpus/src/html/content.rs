//! The article's text in an HTML page.

use std::sync::LazyLock;

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use regex::Regex;

use super::meta::collapse;
use crate::article::Article;
use crate::{fields, newspaper, pattern};

/// The text of a page.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) paragraphs: Vec<String>,
    pub(super) captions: Vec<String>,
    pub(super) subtitle: String,
    pub(super) reporters: Vec<String>,
}

/// Lines of a page's own that stand in its text: where from, who edited, what to do with it.
static FURNITURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\[【(（〔]?\s*(?:责任编辑|责编|编辑|校对|审核|监制|来源|作者|时间|发布时间|发布日期|日期|字号|字体|浏览|点击|分享到?|打印|上一篇|下一篇|相关阅读|相关新闻|相关链接|扫一扫|版权|本文来源|原标题|关键词|标签)\s*[:：】\]]",
    )
});
static INFO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"来源[:：]|责任编辑|字号|打印|点击[:：]|浏览[:：]|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}")
});

/// Finds the text: what the publisher marks, else what a reader view would show, else what the body holds.
pub(super) fn read(document: &Document, html: &str, article: &Article) -> Content {
    let marked = document.select("[data-souwen-body]");
    if marked.exists() {
        return clean(marked.nodes().iter().copied(), article);
    }
    let found = readable(document, html);
    let content = found
        .map(|found| clean(std::iter::once(found.root()), article))
        .unwrap_or_default();
    if !content.paragraphs.is_empty() || !content.captions.is_empty() {
        return content;
    }
    for place in ["article", "main", "body"] {
        let content = clean(document.select(place).nodes().iter().copied(), article);
        if !content.paragraphs.is_empty() {
            return content;
        }
    }
    Content::default()
}

/// The paragraphs and the captions of a piece of HTML.
pub(super) fn text_of(html: &str) -> (Vec<String>, Vec<String>) {
    if !html.contains(['<', '&']) {
        return (fields::split_paragraphs(html), Vec::new());
    }
    let document = Document::fragment(html);
    let mut blocks = Blocks::default();
    blocks.walk(&document.root(), 0);
    blocks.flush(false);
    let paragraphs = blocks.done.into_iter().map(|(text, ..)| text);
    (paragraphs.collect(), blocks.captions)
}

fn readable(document: &Document, html: &str) -> Option<Document> {
    if is_too_deep(document) {
        return None;
    }
    // Chinese says in 25 characters what the defaults expect of 140, and an article may be a caption long.
    let config = Config {
        char_threshold: 100,
        readable_min_content_length: 40,
        keep_classes: true,
        ..Config::default()
    };
    let ignores = html.contains("data-souwen-ignore");
    let source = if ignores {
        document.html().to_string()
    } else {
        html.to_owned()
    };
    let mut reader = Readability::new(source, None, Some(config)).ok()?;
    let found = reader.parse().ok()?;
    Some(Document::fragment(found.content))
}

/// Whether elements are nested deeper than any page's; the reader goes down by recursion and would exhaust the stack.
fn is_too_deep(document: &Document) -> bool {
    const DEEPEST: usize = 300;
    let mut level: Vec<NodeRef<'_>> = document.root().children();
    for _ in 0..DEEPEST {
        if level.is_empty() {
            return false;
        }
        level = level
            .iter()
            .flat_map(NodeRef::children)
            .filter(NodeRef::is_element)
            .collect();
    }
    true
}

/// The paragraphs below these nodes, without the page's furniture.
fn clean<'a>(nodes: impl Iterator<Item = NodeRef<'a>>, article: &Article) -> Content {
    let mut blocks = Blocks::default();
    for node in nodes {
        blocks.walk(&node, 0);
        blocks.flush(false);
    }
    let mut content = Content {
        captions: blocks.captions,
        ..Content::default()
    };
    let bare = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let title = bare(&article.title);
    let subtitle = bare(&article.subtitle);
    for (text, heading, linked) in blocks.done {
        let own = bare(&text);
        let repeats =
            !own.is_empty() && (own == title || own == subtitle || own == bare(&article.kicker));
        let first = content.paragraphs.is_empty();
        let short = text.chars().count() <= 90 && !text.contains('。');
        // A list of links goes with the words above it.
        if short && linked {
            content.paragraphs.pop_if(|last| {
                last.chars().count() <= 12 && last.chars().all(char::is_alphanumeric)
            });
        }
        if own.is_empty() || repeats || FURNITURE.is_match(&text) || (short && linked) {
            continue;
        }
        if let Some(names) = newspaper::read_byline(&text).filter(|_| first) {
            content.reporters = names;
            continue;
        }
        let by_reporter = article
            .reporters
            .iter()
            .any(|name| text.contains(name.as_str()))
            && text.chars().count() <= 12;
        if first && short && (INFO.is_match(&text) || by_reporter) {
            continue;
        }
        if first && heading && short && content.subtitle.is_empty() {
            content.subtitle = text;
            continue;
        }
        content.paragraphs.push(text);
    }
    content
}

/// Text by block elements.
#[derive(Default)]
struct Blocks {
    /// Each block's text, whether it is a heading, and whether it is mostly links.
    done: Vec<(String, bool, bool)>,
    captions: Vec<String>,
    text: String,
    linked: usize,
}

impl Blocks {
    fn walk(&mut self, node: &NodeRef<'_>, depth: u32) {
        // Deeper nesting is no article's; it would only exhaust the stack.
        const DEEPEST: u32 = 400;
        if depth > DEEPEST {
            return;
        }
        for child in node.children_it(false) {
            if child.is_text() {
                self.text.push_str(&child.text());
                continue;
            }
            let name = child.node_name();
            match name.as_deref().unwrap_or_default() {
                "script" | "style" | "noscript" | "template" | "nav" | "footer" | "aside"
                | "form" | "button" | "select" | "iframe" | "svg" | "head" | "title" => {}
                "br" | "hr" => self.flush(false),
                "figcaption" => {
                    self.flush(false);
                    let caption = collapse(&child.text());
                    self.captions
                        .extend(Some(caption).filter(|c| !c.is_empty()));
                }
                "a" => {
                    let before = self.text.chars().count();
                    self.walk(&child, depth + 1);
                    self.linked += self.text.chars().count().saturating_sub(before);
                }
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    self.flush(false);
                    self.walk(&child, depth + 1);
                    self.flush(true);
                }
                "td" | "th" => {
                    self.walk(&child, depth + 1);
                    self.text.push(' ');
                }
                "address" | "article" | "blockquote" | "body" | "center" | "dd" | "div" | "dl"
                | "dt" | "fieldset" | "figure" | "header" | "html" | "li" | "main" | "ol" | "p"
                | "pre" | "section" | "table" | "tbody" | "thead" | "tr" | "ul" => {
                    self.flush(false);
                    self.walk(&child, depth + 1);
                    self.flush(false);
                }
                _ => self.walk(&child, depth + 1),
            }
        }
    }

    fn flush(&mut self, heading: bool) {
        let text = collapse(&std::mem::take(&mut self.text));
        let linked = std::mem::take(&mut self.linked) * 2 > text.chars().count().max(1);
        if !text.is_empty() {
            self.done.push((text, heading, linked));
        }
    }
}
