//! `[synonyms]`: words that mean the same.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};

/// The words that mean the same as the key: one string or a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Members(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMore;

        impl<'de> Visitor<'de> for OneOrMore {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a word or a list of words")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Members, E> {
                Ok(Members(vec![word.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut words: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(word) = words.next_element()? {
                    members.push(word);
                }
                if members.is_empty() {
                    return Err(A::Error::custom(
                        "an empty list; name another word that means the same",
                    ));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_any(OneOrMore)
    }
}

/// Sections whose keys are words or patterns.
const FREE: [&str; 3] = ["[synonyms]", "[sections]", "[encodings]"];

/// Puts the keys of such sections in quotes where they have none. TOML wants quotes around a key that
/// is not of ASCII letters, figures, `-` and `_`; people who write `创文 = "…"` mean the same.
pub(super) fn with_quoted_keys(text: &str) -> String {
    let mut inside = false;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let begun = line.trim_start();
        if begun.starts_with('[') {
            let header = begun.split(['#', '\n']).next().unwrap_or_default();
            let name: String = header.chars().filter(|c| !c.is_whitespace()).collect();
            inside = FREE.contains(&name.as_str());
        }
        match begun.split_once('=').filter(|_| inside) {
            Some((key, value)) if is_bare(key.trim_end()) => {
                let indent = line.strip_suffix(begun).unwrap_or_default();
                out.push_str(&format!("{indent}\"{}\" ={value}", key.trim_end()));
            }
            _ => out.push_str(line),
        }
    }
    out
}

/// Whether a key is without quotes, and not one that TOML takes without.
fn is_bare(key: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let special = |c: char| matches!(c, '"' | '\'' | '\\' | '#' | '[' | ']' | '{' | '}' | ',');
    !key.is_empty() && !key.chars().all(plain) && !key.contains(special)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_need_no_quotes() {
        for (text, expected) in [
            (
                "[synonyms]\n创文 = \"创建文明城市\"\n",
                "[synonyms]\n\"创文\" = \"创建文明城市\"\n",
            ),
            (
                "[ synonyms ] # 简称\n  市医院=['甲',\n '乙=丙',\n]\nEOD = 'x'",
                "[ synonyms ] # 简称\n  \"市医院\" =['甲',\n '乙=丙',\n]\nEOD = 'x'",
            ),
            (
                "[synonyms]\n\"创文\" = 1\n# 创文 = 2\n'a b' = 3\n[site]\n名 = 4\n",
                "[synonyms]\n\"创文\" = 1\n# 创文 = 2\n'a b' = 3\n[site]\n名 = 4\n",
            ),
            ("[synonyms]\n = 1\n", "[synonyms]\n = 1\n"),
        ] {
            assert_eq!(with_quoted_keys(text), expected);
        }
    }
}
