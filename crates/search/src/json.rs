//! Results as JSON text, which is how they cross into JavaScript: `JSON.parse` makes the objects.
//!
//! Written by hand: of a serialiser for every type there is, a browser would load two kilobytes, and
//! setting properties one by one takes longer than parsing.

use souwen_text::cast;
use souwen_text::digits::{decimal, hexadecimal};

/// JSON text on its way.
#[derive(Debug, Default)]
pub struct Json {
    text: String,
}

/// What can be written as JSON.
pub trait ToJson {
    /// Writes the value at the end of `json`.
    fn write(&self, json: &mut Json);
}

/// A value as JSON text.
pub fn to_json(value: &impl ToJson) -> String {
    let mut json = Json::default();
    value.write(&mut json);
    json.text
}

impl Json {
    /// An object: `entries` writes each [`key`](Self::key) and its value.
    pub fn object(&mut self, entries: impl FnOnce(&mut Self)) {
        self.text.push('{');
        entries(self);
        self.text.push('}');
    }

    /// The name of the entry whose value is written next.
    #[inline(never)]
    pub fn key(&mut self, name: &str) {
        self.next();
        self.string(name);
        self.text.push(':');
    }

    /// Another entry or element: a comma, unless it is the first.
    fn next(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }

    #[inline(never)]
    fn string(&mut self, text: &str) {
        self.text.push('"');
        for c in text.chars() {
            if c < ' ' {
                self.text.push_str("\\u00");
                self.text
                    .push_str(&hexadecimal(&[cast::low_byte(u64::from(c))]));
                continue;
            }
            if matches!(c, '"' | '\\') {
                self.text.push('\\');
            }
            self.text.push(c);
        }
        self.text.push('"');
    }

    #[inline(never)]
    fn number(&mut self, number: u64) {
        self.text.push_str(&decimal(number, 0));
    }
}

impl ToJson for bool {
    fn write(&self, json: &mut Json) {
        json.text.push_str(if *self { "true" } else { "false" });
    }
}

impl ToJson for u32 {
    fn write(&self, json: &mut Json) {
        json.number(u64::from(*self));
    }
}

impl ToJson for u64 {
    fn write(&self, json: &mut Json) {
        json.number(*self);
    }
}

impl ToJson for &str {
    fn write(&self, json: &mut Json) {
        json.string(self);
    }
}

impl ToJson for String {
    fn write(&self, json: &mut Json) {
        json.string(self);
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn write(&self, json: &mut Json) {
        match self {
            Some(value) => value.write(json),
            None => json.text.push_str("null"),
        }
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn write(&self, json: &mut Json) {
        json.text.push('[');
        for value in self {
            json.next();
            value.write(json);
        }
        json.text.push(']');
    }
}

impl ToJson for (u32, u32) {
    fn write(&self, json: &mut Json) {
        json.text.push('[');
        json.number(u64::from(self.0));
        json.text.push(',');
        json.number(u64::from(self.1));
        json.text.push(']');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::result::{Article, FacetCount, Marked, SearchResult};

    /// As any reader of JSON has it.
    fn read(text: &str) -> serde_json::Value {
        serde_json::from_str(text).unwrap()
    }

    proptest! {
        /// Both ways to write a result mean the same.
        #[test]
        fn as_serde_writes_it(
            texts in proptest::collection::vec(".*", 3),
            control in "[\\x00-\\x1f\"\\\\{\\[,]*",
            marks: Vec<(u32, u32)>,
            count: u32,
            flag: bool,
        ) {
            let marked = Marked { text: control.clone(), marks };
            prop_assert_eq!(read(&to_json(&marked)), serde_json::to_value(&marked).unwrap());
            let article = Article {
                title: texts.concat(),
                date: flag.then_some(control.clone()),
                date_inferred: flag,
                paragraphs: texts.clone(),
                ..Article::default()
            };
            prop_assert_eq!(read(&to_json(&article)), serde_json::to_value(&article).unwrap());
            let value = FacetCount { value: control.clone(), count };
            let result = SearchResult {
                total: count,
                facets: vec![(control, vec![value.clone(), value]), ("none".to_owned(), vec![])],
                ..SearchResult::default()
            };
            prop_assert_eq!(read(&to_json(&result)), serde_json::to_value(&result).unwrap());
        }
    }
}
