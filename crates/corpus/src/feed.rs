//! RSS and Atom → articles.

use feed_rs::model::{Entry, Feed, Text};
use feed_rs::parser;

use crate::article::Article;
use crate::problem::Problem;
use crate::{date, fields, html};

/// The articles of a feed. An item's text is all of its content, or its summary where it has no other.
pub(crate) fn read(file: &str, text: &str) -> Vec<Result<Article, Problem>> {
    let reader = parser::Builder::new().timestamp_parser(|text| {
        // The day is what counts, as the feed's own time has it.
        date::from_given(text)?
            .parse::<chrono::NaiveDate>()
            .ok()
            .and_then(|day| day.and_hms_opt(0, 0, 0))
            .map(|time| time.and_utc())
    });
    // The encoding that it declares is no longer that of the text, and the parser panics if one is declared amid it: so
    // declarations become instructions that it passes over.
    let text = text.trim_start().replace("<?xml", "<?was-xml");
    match reader.build().parse(text.as_bytes()) {
        Ok(feed) => articles(file, feed),
        Err(error) => vec![Err(Problem::new(
            file,
            format!("not a feed that can be read: {error}"),
            "make the file anew, or leave it out",
        ))],
    }
}

fn articles(file: &str, feed: Feed) -> Vec<Result<Article, Problem>> {
    let article = |(number, entry): (u32, Entry)| {
        let article = article(file, entry);
        let has_text = !article.title.is_empty()
            || !article.paragraphs.is_empty()
            || !article.captions.is_empty();
        has_text.then_some(article).ok_or_else(|| {
            Problem::new(
                file,
                format!("item {number} of the feed has neither title nor text"),
                "give it one, or leave it out",
            )
        })
    };
    (1..).zip(feed.entries).map(article).collect()
}

fn article(file: &str, entry: Entry) -> Article {
    let body = entry.content.and_then(|content| content.body);
    let summary = entry.summary.map(|summary| summary.content);
    let text = body
        .filter(|body| !body.trim().is_empty())
        .or(summary)
        .unwrap_or_default();
    let (paragraphs, captions) = html::text_of(&text);
    let title = |text: Text| html::text_of(&text.content).0.join(" ");
    let mut names: Vec<String> = Vec::new();
    for person in entry.authors {
        for name in fields::split_list(person.name.as_deref().unwrap_or_default()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let mut labels = entry
        .categories
        .into_iter()
        .map(|category| category.label.unwrap_or(category.term))
        .map(|label| label.trim().to_owned())
        .filter(|label| !label.is_empty());
    let section = labels.next().unwrap_or_default();
    let link = |rel: Option<&str>| {
        let mut links = entry.links.iter();
        links.find(|link| link.rel.as_deref() == rel)
    };
    let url = link(Some("alternate")).or_else(|| link(None));
    Article {
        title: entry.title.map(title).unwrap_or_default(),
        date: entry
            .published
            .or(entry.updated)
            .map(|time| time.date_naive().to_string()),
        reporters: names,
        section,
        tags: labels.collect(),
        url: url.map_or_else(String::new, |link| fields::safe_url(&link.href)),
        paragraphs,
        captions,
        ..Article::of_file(file)
    }
}
