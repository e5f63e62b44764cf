//! What an HTML page says about its article: `<meta>`, Open Graph, JSON-LD, `rel=canonical`.

use dom_query::Document;
use serde_json::Value;

use crate::article::Article;
use crate::{date, fields};

/// Names that Chinese content systems and the web use, the surest first.
const DATE: [&str; 9] = [
    "article:published_time",
    "og:published_time",
    "datePublished",
    "publishdate",
    "pubdate",
    "PubDate",
    "publish_time",
    "date",
    "DC.date.issued",
];
const AUTHOR: [&str; 4] = ["author", "Author", "article:author", "byline"];
const SECTION: [&str; 5] = [
    "article:section",
    "section",
    "ColumnName",
    "columnname",
    "channel",
];

/// Fills the article's fields from the page's metadata.
pub(super) fn read(document: &Document, article: &mut Article) {
    let json_ld = news_article(document);
    let from_json = |key: &str| json_ld.as_ref().and_then(|object| object.get(key));
    let text = |value: Option<&Value>| {
        value
            .and_then(Value::as_str)
            .map(|t| t.trim().to_owned())
            .filter(|t| !t.is_empty())
    };
    let given = |name: &str| {
        document
            .select("[data-souwen-meta]")
            .nodes()
            .iter()
            .find(|node| node.attr("data-souwen-meta").as_deref() == Some(name))
            .map(|node| {
                node.attr("content")
                    .unwrap_or_else(|| node.text())
                    .trim()
                    .to_owned()
            })
            .filter(|text| !text.is_empty())
    };
    article.title = given("title")
        .or_else(|| text(from_json("headline")))
        .or_else(|| meta(document, &["og:title", "ArticleTitle"]))
        .or_else(|| heading(document))
        .or_else(|| title(document))
        .unwrap_or_default();
    article.kicker = given("kicker").unwrap_or_default();
    article.subtitle = given("subtitle")
        .or_else(|| text(from_json("alternativeHeadline")))
        .unwrap_or_default();
    article.section = given("section")
        .or_else(|| section(from_json("articleSection")))
        .or_else(|| meta(document, &SECTION))
        .unwrap_or_default();
    article.date = given("date")
        .or_else(|| text(from_json("datePublished")))
        .or_else(|| meta(document, &DATE))
        .or_else(|| {
            document
                .select("time[datetime]")
                .nodes()
                .first()
                .and_then(|n| n.attr("datetime"))
                .map(|t| t.to_string())
        })
        .and_then(|text| date::from_given(&text));
    let names = |text: String| {
        fields::list_of(&Value::String(text.replace(['/', '|'], ",")), true).unwrap_or_default()
    };
    article.reporters = given("reporters")
        .map(names)
        .or_else(|| from_json("author").and_then(|author| fields::list_of(author, true)))
        .or_else(|| meta(document, &AUTHOR).map(names))
        .unwrap_or_default();
    // A profile's address is no name.
    article
        .reporters
        .retain(|name| !name.contains("://") && name.chars().count() <= 24);
    article.tags = from_json("keywords")
        .and_then(|list| fields::list_of(list, true))
        .or_else(|| meta(document, &["keywords", "Keywords", "news_keywords"]).map(names))
        .unwrap_or_else(|| all_meta(document, "article:tag"));
    article.url = given("url")
        .or_else(|| {
            document
                .select("link[rel=canonical]")
                .attr("href")
                .map(|href| href.trim().to_owned())
        })
        .filter(|url| url.starts_with("http://") || url.starts_with("https://"))
        .unwrap_or_default();
}

fn section(value: Option<&Value>) -> Option<String> {
    fields::list_of(value?, false)?.into_iter().next()
}

fn meta(document: &Document, names: &[&str]) -> Option<String> {
    names
        .iter()
        .find_map(|name| all_meta(document, name).into_iter().next())
}

fn all_meta(document: &Document, name: &str) -> Vec<String> {
    let named = |node: &&dom_query::NodeRef<'_>| {
        ["property", "name", "itemprop"]
            .iter()
            .any(|key| node.attr(key).as_deref() == Some(name))
    };
    document
        .select("meta")
        .nodes()
        .iter()
        .filter(named)
        .filter_map(|node| node.attr("content"))
        .map(|content| content.trim().to_owned())
        .filter(|content| !content.is_empty())
        .collect()
}

/// The only first heading; a page with several uses them for other things.
fn heading(document: &Document) -> Option<String> {
    let headings = document.select("h1");
    let texts: Vec<String> = headings
        .nodes()
        .iter()
        .map(|h| collapse(&h.text()))
        .filter(|t| !t.is_empty())
        .collect();
    match texts.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// The page's title without the name of the site behind it: `标题_栏目_报名`.
fn title(document: &Document) -> Option<String> {
    let whole = collapse(&document.select("title").text());
    let parts: Vec<&str> = whole
        .split(['_', '|', '－'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|p| p.split("--"))
        .collect();
    let longest = parts
        .iter()
        .map(|part| part.trim())
        .max_by_key(|part| part.chars().count())?;
    (!longest.is_empty()).then(|| longest.to_owned())
}

pub(super) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The `NewsArticle` (or the like) in the page's JSON-LD, alone, in an array or in a graph.
fn news_article(document: &Document) -> Option<serde_json::Map<String, Value>> {
    let scripts = document.select("script[type=\"application/ld+json\"]");
    scripts.nodes().iter().find_map(|script| {
        let value: Value = serde_json::from_str(script.text().trim()).ok()?;
        find_article(&value, 0)
    })
}

fn find_article(value: &Value, depth: u32) -> Option<serde_json::Map<String, Value>> {
    if depth > 4 {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| find_article(item, depth + 1)),
        Value::Object(object) => {
            let is_article = object
                .get("@type")
                .and_then(|kind| fields::list_of(kind, false))
                .is_some_and(|kinds| {
                    kinds
                        .iter()
                        .any(|kind| kind.ends_with("Article") || kind == "BlogPosting")
                });
            if is_article {
                Some(object.clone())
            } else {
                find_article(object.get("@graph")?, depth + 1)
            }
        }
        _ => None,
    }
}
