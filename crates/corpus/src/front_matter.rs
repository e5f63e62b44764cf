//! YAML between `---` or TOML between `+++` at the top of a text.

use serde_json::{Map, Value};

/// A text parted from its front matter.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Parted<'a> {
    /// The keys; `Err` says what is wrong with them.
    pub(crate) fields: Option<Result<Map<String, Value>, String>>,
    /// The text below.
    pub(crate) rest: &'a str,
    /// How many lines stand above `rest`.
    pub(crate) lines: u32,
}

/// Parts front matter from the text; without any, `rest` is the whole text.
pub(crate) fn part(text: &str) -> Parted<'_> {
    let text = text.trim_start_matches('\u{feff}');
    let whole = Parted {
        rest: text,
        ..Parted::default()
    };
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next() else {
        return whole;
    };
    let fence = first.trim_end();
    if fence != "---" && fence != "+++" {
        return whole;
    }
    let mut inner_end = first.len();
    for (count, line) in (2..).zip(lines) {
        if line.trim_end() == fence || (fence == "---" && line.trim_end() == "...") {
            let inner = text.get(first.len()..inner_end).unwrap_or_default();
            let rest = text.get(inner_end + line.len()..).unwrap_or_default();
            let fields = if fence == "---" {
                yaml(inner)
            } else {
                toml(inner)
            };
            // A rule above an ordinary text is not front matter.
            if fence == "---" && inner.trim().is_empty() {
                return whole;
            }
            return Parted {
                fields: Some(fields),
                rest,
                lines: count,
            };
        }
        inner_end += line.len();
    }
    whole
}

fn yaml(text: &str) -> Result<Map<String, Value>, String> {
    match serde_saphyr::from_str::<Value>(text) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err("the front matter is not a list of keys and values".to_owned()),
        Err(error) => Err(format!(
            "the front matter is not YAML: {}",
            first_line(&error.to_string())
        )),
    }
}

/// TOML as JSON: its dates become text.
pub(crate) fn toml(text: &str) -> Result<Map<String, Value>, String> {
    let table: ::toml::Table = text
        .parse()
        .map_err(|error: ::toml::de::Error| format!("not TOML: {}", first_line(error.message())))?;
    Ok(table
        .into_iter()
        .map(|(key, value)| (key, json(value)))
        .collect())
}

fn json(value: ::toml::Value) -> Value {
    match value {
        ::toml::Value::String(text) => Value::String(text),
        ::toml::Value::Integer(number) => Value::from(number),
        ::toml::Value::Float(number) => Value::from(number),
        ::toml::Value::Boolean(truth) => Value::Bool(truth),
        ::toml::Value::Datetime(day) => Value::String(day.to_string()),
        ::toml::Value::Array(items) => Value::Array(items.into_iter().map(json).collect()),
        ::toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(k, v)| (k, json(v))).collect())
        }
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(text: &str) -> Value {
        match part(text).fields {
            Some(Ok(map)) => Value::Object(map),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn yaml_and_toml() {
        assert_eq!(
            fields("---\ntitle: 清河\ndate: 2025-05-07\ntags: [花, 水]\n---\n正文"),
            json!({"title": "清河", "date": "2025-05-07", "tags": ["花", "水"]})
        );
        assert_eq!(
            fields("+++\ntitle = \"清河\"\ndate = 2025-05-07\n+++\n正文"),
            json!({"title": "清河", "date": "2025-05-07"})
        );
        let parted = part("---\ntitle: 清河\n---\n正文");
        assert_eq!((parted.rest, parted.lines), ("正文", 3));
    }

    #[test]
    fn a_text_without_it_is_whole() {
        for text in ["正文", "---\n正文", "", "--- 正文\n---\n"] {
            assert_eq!(part(text).fields, None, "{text}");
            assert_eq!(part(text).rest, text);
        }
    }

    #[test]
    fn faults_are_told() {
        assert!(matches!(
            part("---\ntitle: [\n---\n正文").fields,
            Some(Err(_))
        ));
        assert!(matches!(
            part("+++\ntitle = \n+++\n正文").fields,
            Some(Err(_))
        ));
    }
}
