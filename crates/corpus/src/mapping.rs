//! Which keys of a record are which fields of an article.

use serde::Serialize;
use serde_json::{Map, Value};

/// Names that tables and dumps use, by the field that they are. They count where the field's own name is not there and
/// the settings say nothing of it.
const USUAL: [(&str, &[&str]); 9] = [
    ("title", &["标题", "headline"]),
    ("kicker", &["肩题", "引题"]),
    ("subtitle", &["副题", "副标题"]),
    ("reporters", &["记者", "作者"]),
    ("date", &["日期", "发布日期", "发布时间", "pubDate"]),
    ("section", &["栏目", "版面"]),
    ("body", &["正文", "内容", "content"]),
    ("tags", &["关键词", "标签"]),
    ("url", &["网址", "链接", "link"]),
];

/// Fields, and the keys that may hold each, the first that is there counting. Keys of objects inside are behind a dot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Mapping(Vec<(String, Vec<String>)>);

impl Mapping {
    /// Of fields and the keys that may hold each.
    #[must_use]
    pub fn new(fields: Vec<(String, Vec<String>)>) -> Self {
        Self(fields)
    }

    /// The names of the fields that an article has.
    pub const FIELDS: [&str; 12] = [
        "id",
        "kind",
        "title",
        "kicker",
        "subtitle",
        "reporters",
        "date",
        "section",
        "url",
        "tags",
        "body",
        "captions",
    ];

    /// The record under the names of an article's fields.
    pub(crate) fn apply(&self, mut record: Map<String, Value>) -> Map<String, Value> {
        for (field, keys) in &self.0 {
            if let Some(value) = keys.iter().find_map(|key| take(&mut record, key)) {
                // What goes by the names of both would be there twice.
                if field == "body" {
                    record.remove("paragraphs");
                }
                record.insert(field.clone(), value);
            }
        }
        for (field, names) in USUAL {
            let is_there =
                record.contains_key(field) || field == "body" && record.contains_key("paragraphs");
            if is_there || self.0.iter().any(|(own, _)| own == field) {
                continue;
            }
            if let Some(value) = names.iter().find_map(|name| take(&mut record, name)) {
                record.insert(field.to_owned(), value);
            }
        }
        record
    }
}

/// Takes what a key holds, unless that is nothing. Of an object, what else is in it stays.
fn take(record: &mut Map<String, Value>, key: &str) -> Option<Value> {
    let says = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        // Of people and places a name is what counts.
        Value::Object(object) => object.contains_key("name"),
        _ => true,
    };
    if record.get(key).is_some_and(says) {
        return record.remove(key);
    }
    let (first, rest) = key.split_once('.')?;
    let inside = record.get_mut(first)?.as_object_mut()?;
    let value = take(inside, rest);
    if inside.is_empty() {
        record.remove(first);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn mapped(fields: &[(&str, &[&str])], record: Value) -> Value {
        let own = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
        let fields = fields
            .iter()
            .map(|(field, keys)| ((*field).to_owned(), own(keys)));
        let Value::Object(record) = record else {
            panic!("an object")
        };
        Value::Object(Mapping::new(fields.collect()).apply(record))
    }

    #[test]
    fn what_the_settings_say_goes_first_and_then_what_is_usual() {
        assert_eq!(
            mapped(&[], json!({"标题": "清河", "content": "花。", "x": 1})),
            json!({"title": "清河", "body": "花。", "x": 1})
        );
        assert_eq!(
            mapped(
                &[("title", &["name", "t"]), ("body", &["content.rendered"])],
                json!({"t": "清河", "name": " ", "content": {"rendered": "花。", "raw": "x"}})
            ),
            json!({"title": "清河", "name": " ", "body": "花。", "content": {"raw": "x"}})
        );
        // Nothing is taken for what is there under its own name.
        assert_eq!(
            mapped(
                &[],
                json!({"title": "清河", "headline": "河", "paragraphs": ["花。"], "content": "x"})
            ),
            json!({"title": "清河", "headline": "河", "paragraphs": ["花。"], "content": "x"})
        );
    }
}
