//! An HTML page → its article, without the page around it.

mod content;
mod meta;

use dom_query::Document;

use crate::article::{Article, Kind, Source};
use crate::date;

/// Reads the article of an HTML page; `None` when it has none.
///
/// What the publisher marks goes first: `data-souwen-body` is the text, `data-souwen-ignore` is left out,
/// `data-souwen-meta="section"` gives a field. Otherwise the text is found as reader views find it. `base_url`, with
/// the file's path behind it, is the address of a page that names none.
pub(crate) fn read(file: &str, html: &str, base_url: Option<&str>) -> Option<Article> {
    let document = Document::from(html);
    document.select("[data-souwen-ignore]").remove();
    let mut article = Article {
        source: Some(Source {
            file: file.to_owned(),
            line: 1,
        }),
        ..Article::default()
    };
    meta::read(&document, &mut article);
    if article.date.is_none() {
        article.date = date::from_path(file);
    }
    if article.url.is_empty()
        && let Some(base) = base_url
    {
        article.url = format!("{}/{file}", base.trim_end_matches('/'));
    }
    let content = content::read(&document, html, &article);
    article.paragraphs = content.paragraphs;
    article.captions = content.captions;
    if article.subtitle.is_empty() {
        article.subtitle = content.subtitle;
    }
    if article.reporters.is_empty() {
        article.reporters = content.reporters;
    }
    if article.paragraphs.is_empty() && !article.captions.is_empty() {
        article.kind = Kind::Photo;
    }
    (!article.paragraphs.is_empty() || !article.captions.is_empty()).then_some(article)
}

/// Reads an HTML page given as text: its article, or none when the page holds no prose. The id is left empty.
pub fn read_html_page(file: &str, html: &str) -> Option<Article> {
    read(file, html, None)
}
