//! Newspaper pages with what front matter or a file beside them says of all their articles.

use std::path::Path;

use crate::article::Article;
use crate::problem::Problem;
use crate::{fields, front_matter, newspaper, walk};

/// What one article alone can have, and a page cannot give to all of them.
const OF_ONE: [&str; 7] = [
    "id",
    "title",
    "body",
    "paragraphs",
    "source",
    "kind",
    "captions",
];

/// Reads the articles of a file's pages, giving each, or what is wrong. `side` is the file beside it, which need not be there.
pub(crate) fn read(
    side: Option<&Path>,
    name: &str,
    pages: &[String],
    give: &mut dyn FnMut(Result<Article, Problem>),
) {
    let first = pages.first().map_or("", String::as_str);
    let parted = front_matter::part(first);
    let mut page = match parted.fields.unwrap_or_else(|| Ok(serde_json::Map::new())) {
        Ok(fields) => fields,
        Err(what) => {
            let remedy = "mend what stands between the marks at the top";
            return give(Err(Problem::new(name, what, remedy).at(1)));
        }
    };
    if let Some(side) = side
        && let Ok(text) = std::fs::read_to_string(side)
    {
        match front_matter::toml(&text) {
            Ok(fields) => page.extend(fields),
            Err(what) => give(Err(Problem::new(
                &walk::name_of(side),
                what,
                "mend the side file",
            ))),
        }
    }
    for key in OF_ONE {
        page.remove(key);
    }
    let mut above = parted.lines;
    let rest = pages.iter().skip(1).map(String::as_str);
    for text in std::iter::once(parted.rest).chain(rest) {
        for mut article in newspaper::read_newspaper_page(name, text) {
            if let Some(source) = article.source.as_mut() {
                source.line = source.line.saturating_add(above);
            }
            let own = (article.section.clone(), article.reporters.clone());
            let inferred = article.date_inferred;
            fields::apply(&mut article, page.clone());
            if !own.0.is_empty() {
                article.section = own.0;
            }
            if !own.1.is_empty() {
                article.reporters = own.1;
            }
            article.date_inferred = inferred && !page.contains_key("date");
            give(Ok(article));
        }
        let lines = u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX);
        above = above.saturating_add(lines);
    }
}
