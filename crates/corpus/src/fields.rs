//! Keys and values, out of JSON or front matter → an article's fields.

use serde_json::{Map, Value};

use crate::article::{Article, Kind, Source};
use crate::{date, html};

/// Fills the article from keys and values; keys that mean nothing to an article become its metadata.
pub(crate) fn apply(article: &mut Article, fields: Map<String, Value>) {
    for (key, value) in fields {
        if !apply_one(article, &key, &value) && !value.is_null() {
            article.metadata.insert(key, value);
        }
    }
}

/// Whether the key is one of an article's and its value could be read.
fn apply_one(article: &mut Article, key: &str, value: &Value) -> bool {
    let text = text_of(value);
    let set = |field: &mut String, text: Option<String>| text.map(|text| *field = text).is_some();
    match key {
        "id" => set(&mut article.id, text),
        "title" => set(&mut article.title, text),
        "kicker" => set(&mut article.kicker, text),
        "subtitle" => set(&mut article.subtitle, text),
        "section" => set(&mut article.section, text),
        "url" | "permalink" | "canonical" => match text.filter(|url| is_safe_url(url)) {
            Some(url) => set(&mut article.url, Some(url)),
            None => false,
        },
        "kind" => match text.as_deref() {
            Some("article") => true,
            Some("photo") => {
                article.kind = Kind::Photo;
                true
            }
            Some("table") => {
                article.kind = Kind::Table;
                true
            }
            _ => false,
        },
        "date" => match text.as_deref().and_then(date::from_given) {
            Some(day) => {
                article.date = Some(day);
                true
            }
            None => false,
        },
        "date_inferred" => value
            .as_bool()
            .map(|inferred| article.date_inferred = inferred)
            .is_some(),
        "reporters" | "reporter" | "authors" | "author" => list_of(value, true)
            .map(|l| article.reporters = l)
            .is_some(),
        "tags" | "keywords" => list_of(value, true)
            .map(|list| article.tags.extend(list))
            .is_some(),
        "categories" | "category" => {
            let Some(list) = list_of(value, true) else {
                return false;
            };
            let mut list = list.into_iter();
            if article.section.is_empty() {
                article.section = list.next().unwrap_or_default();
            }
            article.tags.extend(list);
            true
        }
        "body" if text.as_deref().is_some_and(html::is_markup) => {
            let (paragraphs, captions) = html::text_of(&text.unwrap_or_default());
            article.paragraphs = paragraphs;
            article.captions.extend(captions);
            true
        }
        "paragraphs" | "body" => paragraphs_of(value)
            .map(|list| article.paragraphs = list)
            .is_some(),
        "captions" => list_of(value, false)
            .map(|list| article.captions = list)
            .is_some(),
        "source" => match serde_json::from_value::<Source>(value.clone()) {
            Ok(source) => {
                article.source = Some(source);
                true
            }
            Err(_) => false,
        },
        _ => false,
    }
}

/// A text, a number or a truth value as text.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// A list of texts; a single text is a list of one, or of several between commas when `split` is set.
/// Objects are read by their `name`, as JSON-LD has them.
pub(crate) fn list_of(value: &Value, split: bool) -> Option<Vec<String>> {
    let list: Vec<String> = match value {
        Value::Array(items) => items
            .iter()
            .map(|item| list_of(item, false))
            .collect::<Option<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect(),
        Value::Object(object) => vec![text_of(object.get("name")?)?],
        Value::String(text) if split => split_list(text),
        other => vec![text_of(other)?],
    };
    Some(list.into_iter().filter(|text| !text.is_empty()).collect())
}

/// The parts of a list that is one text.
pub(crate) fn split_list(text: &str) -> Vec<String> {
    text.split(['、', '，', ',', ';', '；'])
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// Paragraphs: a list, or one text with line breaks.
fn paragraphs_of(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(split_paragraphs(text)),
        Value::Array(_) => list_of(value, false),
        _ => None,
    }
}

/// Each line that is not blank, without its indent.
pub(crate) fn split_paragraphs(text: &str) -> Vec<String> {
    text.split(['\n', '\r', '\u{2028}', '\u{2029}'])
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

/// A link that may be shown to readers; nothing for any other.
pub(crate) fn safe_url(url: &str) -> String {
    let url = Some(url.trim()).filter(|url| is_safe_url(url));
    url.unwrap_or_default().to_owned()
}

/// Whether a link may be shown to readers: `http:`, `https:` or relative to the site.
fn is_safe_url(url: &str) -> bool {
    let lower = url.trim_start().to_ascii_lowercase();
    let clean = !url.is_empty() && !url.chars().any(|c| c.is_control());
    // What stands before the first of `/ ? # :` is a scheme only if it is the colon that comes first.
    let scheme = lower
        .find([':', '/', '?', '#'])
        .is_some_and(|at| lower[at..].starts_with(':'));
    clean && (!scheme || lower.starts_with("http://") || lower.starts_with("https://"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn article(value: Value) -> Article {
        let mut article = Article::default();
        let Value::Object(map) = value else {
            panic!("an object")
        };
        apply(&mut article, map);
        article
    }

    #[test]
    fn known_keys_are_fields_and_others_metadata() {
        let a = article(json!({
            "id": 7, "title": " 清河两岸 ", "author": "张三、李四", "date": "2025/6/8 09:00",
            "body": "　　花开了。\r\n\r\n水清了。", "keywords": ["花"], "pages": 3
        }));
        assert_eq!(
            (a.id.as_str(), a.title.as_str(), a.date.as_deref()),
            ("7", "清河两岸", Some("2025-06-08"))
        );
        assert_eq!(a.reporters, ["张三", "李四"]);
        assert_eq!(a.paragraphs, ["花开了。", "水清了。"]);
        assert_eq!(a.metadata.get("pages"), Some(&json!(3)));
    }

    #[test]
    fn what_cannot_be_read_is_kept_as_metadata() {
        let a = article(json!({"title": "清河", "date": "spring", "url": "javascript:alert(1)"}));
        assert_eq!((a.date, a.url.as_str()), (None, ""));
        assert_eq!(a.metadata.get("date"), Some(&json!("spring")));
    }

    #[test]
    fn urls() {
        for url in [
            "https://a.example/x",
            "/a/b:c",
            "a/b.html",
            "HTTP://a.example",
        ] {
            assert!(is_safe_url(url), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            " javascript:x",
            "data:text/html,x",
            "",
            "java\nscript:x",
        ] {
            assert!(!is_safe_url(url), "{url}");
        }
    }
}
