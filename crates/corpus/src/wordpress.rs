//! WXR, WordPress's dump of a whole site, read as a stream.

use std::io::BufRead;
use std::sync::LazyLock;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use regex::Regex;

use crate::article::Article;
use crate::problem::Problem;
use crate::{date, fields, html, pattern, xml};

/// `[caption …]…[/caption]`: a picture and what stands below it.
static CAPTION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)\[(?:wp_)?caption[^\]]*\](.*?)\[/(?:wp_)?caption\]"));
/// Marks of plug-ins: `[gallery ids="1,2"]`, `[/su_box]`. What stands between two of them is text.
static SHORTCODE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"\[/?[a-z][a-z0-9_-]*(?:\s+[a-z][a-z0-9_-]*=[^\]]*)?\s*/?\]"#));

/// What comes of an item of the dump.
pub(crate) enum Item {
    /// A published article.
    Article(Box<Article>),
    /// A draft, or what is no article: a picture, a menu.
    Other,
}

/// Reads the dump's articles one by one, giving each, or what is wrong.
pub(crate) fn read(
    file: &str,
    input: impl BufRead,
    on_item: &mut dyn FnMut(Result<Item, Problem>),
) {
    let mut reader = Reader::from_reader(input);
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    let mut item: Option<Post> = None;
    let mut number = 0_u32;
    loop {
        buffer.clear();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => break,
            Ok(event) => event,
            Err(error) => {
                let problem = Problem::new(
                    file,
                    format!("cannot be read on behind item {number}: {error}"),
                    "export the site anew; what stands before is used",
                );
                return on_item(Err(problem));
            }
        };
        match (event, &mut item) {
            (Event::Start(tag), None) if tag.name().as_ref() == "item" => {
                item = Some(Post::default());
            }
            (Event::End(tag), Some(post)) if tag.name().as_ref() == "item" => {
                number = number.saturating_add(1);
                let post = std::mem::take(post);
                item = None;
                on_item(post.finish(file, number));
            }
            (Event::Start(tag), Some(post)) => post.open(&tag),
            (Event::End(_), Some(post)) => post.close(),
            (Event::Text(text), Some(post)) => post.text.push_str(&text.xml10_content()),
            (Event::CData(text), Some(post)) => post.text.push_str(&text.xml10_content()),
            (Event::GeneralRef(name), Some(post)) => post.text.extend(xml::character(&name)),
            _ => {}
        }
    }
    if item.is_some() {
        on_item(Err(Problem::new(
            file,
            format!("breaks off within item {}", number.saturating_add(1)),
            "export the site anew; what stands before is used",
        )));
    }
}

/// An item as it is read.
#[derive(Default)]
struct Post {
    /// The element whose text is read, and a category's domain and short name.
    element: String,
    domain: String,
    nicename: String,
    text: String,
    title: String,
    link: String,
    author: String,
    content: String,
    excerpt: String,
    published: String,
    posted: String,
    status: String,
    kind: String,
    categories: Vec<String>,
    tags: Vec<String>,
}

impl Post {
    fn open(&mut self, tag: &BytesStart<'_>) {
        self.element = tag.name().as_ref().to_owned();
        let attribute = |name: &str| {
            let found = tag.try_get_attribute(name).ok().flatten();
            found.map(|own| own.value.into_owned()).unwrap_or_default()
        };
        self.domain = attribute("domain");
        self.nicename = attribute("nicename");
        self.text.clear();
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.text);
        let field = match std::mem::take(&mut self.element).as_str() {
            "title" => &mut self.title,
            "link" => &mut self.link,
            "dc:creator" => &mut self.author,
            "content:encoded" => &mut self.content,
            "excerpt:encoded" => &mut self.excerpt,
            "pubDate" => &mut self.published,
            "wp:post_date" => &mut self.posted,
            "wp:status" => &mut self.status,
            "wp:post_type" => &mut self.kind,
            "category" => {
                let label = text.trim().to_owned();
                // What WordPress files under when the editor has chosen nothing.
                if label.is_empty() || self.nicename == "uncategorized" {
                    return;
                }
                match self.domain.as_str() {
                    "category" => self.categories.push(label),
                    "post_tag" => self.tags.push(label),
                    _ => {}
                }
                return;
            }
            _ => return,
        };
        *field = text;
    }

    fn finish(self, file: &str, number: u32) -> Result<Item, Problem> {
        let is_published = self.status.is_empty() || self.status.trim() == "publish";
        let is_article = matches!(self.kind.trim(), "" | "post" | "page");
        if !is_published || !is_article {
            return Ok(Item::Other);
        }
        let content = if self.content.trim().is_empty() {
            &self.excerpt
        } else {
            &self.content
        };
        let (paragraphs, captions) = html::text_of(&markup(content));
        let title = html::text_of(&self.title).0.join(" ");
        if title.is_empty() && paragraphs.is_empty() && captions.is_empty() {
            return Err(Problem::new(
                file,
                format!("item {number} has neither title nor text"),
                "give it one, or leave it out",
            ));
        }
        let mut categories = self.categories.into_iter();
        let section = categories.next().unwrap_or_default();
        Ok(Item::Article(Box::new(Article {
            title,
            // The site's own clock goes before Greenwich's.
            date: date::from_given(&self.posted).or_else(|| date::from_given(&self.published)),
            reporters: fields::split_list(&self.author),
            section,
            tags: categories.chain(self.tags).collect(),
            url: fields::safe_url(&self.link),
            paragraphs,
            captions,
            ..Article::of_file(file)
        })))
    }
}

/// A post's text as HTML: WordPress keeps line breaks for paragraphs, and marks of its own.
fn markup(content: &str) -> String {
    let content = CAPTION.replace_all(content, "<figure><figcaption>$1</figcaption></figure>");
    let content = SHORTCODE.replace_all(&content, "");
    if content.contains("<p>") || content.contains("<p ") {
        content.into_owned()
    } else {
        content.replace('\n', "<br>")
    }
}
