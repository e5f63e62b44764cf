//! A JSON file: an array of articles, one article, or an object with `articles`.

use serde_json::Value;

use crate::article::Article;
use crate::jsonl;
use crate::mapping::Mapping;
use crate::problem::Problem;

/// Reads the articles of a JSON file.
pub(crate) fn read(
    file: &str,
    text: &str,
    mapping: &Mapping,
    on_item: &mut dyn FnMut(Result<Article, Problem>),
) {
    let value = match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
        Ok(value) => value,
        Err(error) => {
            let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
            let what = format!("not JSON at column {}", error.column());
            on_item(Err(Problem::new(
                file,
                what,
                "mend the file, or name it .jsonl if it has an article a line",
            )
            .at(line)));
            return;
        }
    };
    let items = match value {
        Value::Array(items) => items,
        Value::Object(mut map) => match map.remove("articles") {
            Some(Value::Array(items)) => items,
            Some(other) => {
                map.insert("articles".to_owned(), other);
                vec![Value::Object(map)]
            }
            None => vec![Value::Object(map)],
        },
        other => vec![other],
    };
    for item in items {
        // The parser keeps no lines; the file's beginning is where to look.
        on_item(jsonl::article(file, 1, item, mapping));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_an_object_or_articles() {
        for text in [
            "[{\"title\":\"一\"}]",
            "{\"title\":\"一\"}",
            "{\"articles\":[{\"title\":\"一\"}]}",
        ] {
            let mut items = Vec::new();
            read("a.json", text, &Mapping::default(), &mut |item| {
                items.push(item.map(|a| a.title))
            });
            assert_eq!(items, [Ok("一".to_owned())], "{text}");
        }
        let mut items = Vec::new();
        read("a.json", "[\n{]", &Mapping::default(), &mut |item| {
            items.push(item.map_err(|p| p.line))
        });
        assert_eq!(items, [Err(Some(2))]);
    }
}
