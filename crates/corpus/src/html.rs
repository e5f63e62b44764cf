//! An HTML page → its article, without the page around it.

mod content;
mod meta;

use dom_query::Document;

use crate::article::{Article, Kind};
use crate::date;

/// Reads the article of an HTML page; `None` when it has none.
///
/// What the publisher marks goes first: `data-souwen-body` is the text, `data-souwen-ignore` is left out,
/// `data-souwen-meta="section"` gives a field. Otherwise the text is found as reader views find it. The id is left empty.
pub fn read_html_page(file: &str, html: &str) -> Option<Article> {
    let document = Document::from(html);
    document.select("[data-souwen-ignore]").remove();
    let mut article = Article::of_file(file);
    meta::read(&document, &mut article);
    if article.date.is_none() {
        article.date = date::from_path(file);
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

/// The paragraphs and the captions of a piece of HTML, as records hold it in a field.
pub(crate) fn text_of(html: &str) -> (Vec<String>, Vec<String>) {
    content::text_of(html)
}

/// Whether a text is HTML, by the tags that no prose is without.
pub(crate) fn is_markup(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let tags = ["</p>", "<br>", "<br/>", "<br />", "</div>"];
    tags.iter().any(|tag| lower.contains(tag))
}
