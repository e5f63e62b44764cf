//! Markdown with front matter, as Hugo, Hexo, Jekyll and VitePress keep it.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::article::{Article, Kind};
use crate::mapping::Mapping;
use crate::problem::Problem;
use crate::{date, fields, front_matter};

/// Reads a Markdown file as one article.
///
/// Front matter gives the fields; without a `title` there the first heading of the first level is it. Drafts
/// (`draft: true`) and pages without text give `None`.
pub(crate) fn read(file: &str, text: &str, mapping: &Mapping) -> Result<Option<Article>, Problem> {
    let parted = front_matter::part(text);
    let mut article = Article {
        date: date::from_path(file),
        ..Article::of_file(file)
    };
    match parted.fields {
        Some(Ok(mut map)) => {
            let unpublished = map.get("draft").and_then(serde_json::Value::as_bool) == Some(true)
                || map.get("published").and_then(serde_json::Value::as_bool) == Some(false);
            if unpublished {
                return Ok(None);
            }
            // What the file says about its place is ours to say.
            map.remove("source");
            fields::apply(&mut article, mapping.apply(map));
        }
        Some(Err(what)) => {
            return Err(
                Problem::new(file, what, "mend what stands between the marks at the top").at(1),
            );
        }
        None => {}
    }
    let body = Body::read(parted.rest);
    if article.title.is_empty() {
        article.title = body.title.clone().unwrap_or_default();
    }
    article
        .paragraphs
        .extend(body.title.filter(|title| *title != article.title));
    article.paragraphs.extend(body.paragraphs);
    article.captions.extend(body.captions);
    if article.paragraphs.is_empty() && !article.captions.is_empty() {
        article.kind = Kind::Photo;
    }
    let empty =
        article.paragraphs.is_empty() && article.captions.is_empty() && article.title.is_empty();
    Ok((!empty).then_some(article))
}

/// The text of a Markdown document.
#[derive(Default)]
struct Body {
    title: Option<String>,
    paragraphs: Vec<String>,
    captions: Vec<String>,
    text: String,
    image: Option<String>,
    hidden: u32,
}

impl Body {
    fn read(text: &str) -> Self {
        let mut body = Self::default();
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_GFM;
        let mut in_title = false;
        for event in Parser::new_ext(text, options) {
            match event {
                Event::Start(Tag::Image { .. }) => body.image = Some(String::new()),
                Event::End(TagEnd::Image) => {
                    let caption = body.image.take().unwrap_or_default();
                    body.captions
                        .extend(Some(caption.trim().to_owned()).filter(|c| !c.is_empty()));
                }
                Event::Start(Tag::HtmlBlock | Tag::MetadataBlock(_)) => body.hidden += 1,
                Event::End(TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)) => {
                    body.hidden = body.hidden.saturating_sub(1)
                }
                Event::Start(Tag::Heading {
                    level: HeadingLevel::H1,
                    ..
                }) => {
                    body.flush();
                    in_title = body.title.is_none() && body.paragraphs.is_empty();
                }
                Event::End(TagEnd::Heading(_)) if in_title => {
                    in_title = false;
                    body.title = Some(std::mem::take(&mut body.text).trim().to_owned())
                        .filter(|t| !t.is_empty());
                }
                Event::Start(tag) if is_block(&tag) => body.flush(),
                Event::End(end) if ends_block(end) => body.flush(),
                Event::End(TagEnd::TableCell) => body.push("\t"),
                Event::Text(text) | Event::Code(text) => body.push(&text),
                Event::SoftBreak => body.soften(),
                Event::HardBreak | Event::Rule => body.flush(),
                _ => {}
            }
        }
        body.flush();
        body
    }

    fn push(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        match self.image.as_mut() {
            Some(image) => image.push_str(text),
            None => self.text.push_str(text),
        }
    }

    /// A line break within a paragraph: nothing between Han characters, a space between words.
    fn soften(&mut self) {
        if self.text.chars().next_back().is_some_and(|c| c.is_ascii()) {
            self.push(" ");
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.paragraphs.extend(fields::split_paragraphs(&text));
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::TableRow
            | Tag::TableHead
            | Tag::FootnoteDefinition(_)
    )
}

fn ends_block(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::TableRow
            | TagEnd::TableHead
            | TagEnd::FootnoteDefinition
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> Article {
        read("posts/2025-05-07-x.md", text, &Mapping::default())
            .unwrap()
            .unwrap()
    }

    #[test]
    fn front_matter_and_paragraphs() {
        let a = article(
            "---\ntitle: 清河\nauthor: 张三\ncategories: [民生, 水]\n---\n\n第一段\n接着。\n\n- 一项\n- 二项\n\n![花开。张三 摄](a.jpg)\n\n<div>不看</div>\n",
        );
        assert_eq!(
            (a.title.as_str(), a.section.as_str(), a.date.as_deref()),
            ("清河", "民生", Some("2025-05-07"))
        );
        assert_eq!(a.paragraphs, ["第一段接着。", "一项", "二项"]);
        assert_eq!(
            (a.captions, a.reporters, a.tags),
            (
                vec!["花开。张三 摄".to_owned()],
                vec!["张三".to_owned()],
                vec!["水".to_owned()]
            )
        );
    }

    #[test]
    fn the_first_heading_is_the_title() {
        let a = article("# 清河\n\n花开了。[链接](http://x)\n\n## 小标题\n\n水清了。");
        assert_eq!(a.title, "清河");
        assert_eq!(a.paragraphs, ["花开了。链接", "小标题", "水清了。"]);
    }

    #[test]
    fn drafts_are_left_out_and_faults_told() {
        assert_eq!(
            read(
                "x.md",
                "---\ntitle: 清河\ndraft: true\n---\n花。",
                &Mapping::default()
            ),
            Ok(None)
        );
        let faulty = "---\ntitle: [\n---\n花。";
        assert!(read("x.md", faulty, &Mapping::default()).is_err());
    }
}
