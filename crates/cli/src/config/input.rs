//! `[input]`, `[sections]`, `[encodings]`, `[fields]`: what is read, and how.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use souwen_corpus::Pattern;

/// `[input]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Input {
    /// Files, folders and patterns, from the folder of the settings on.
    pub(super) files: Vec<String>,
    /// What is left out.
    pub(super) exclude: Vec<Glob>,
}

/// A pattern of paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glob(pub(super) Pattern);

impl<'de> Deserialize<'de> for Glob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        glob(&String::deserialize(deserializer)?)
    }
}

fn glob<E: Error>(source: &str) -> Result<Glob, E> {
    let pattern = Pattern::new(source);
    pattern
        .map(Glob)
        .map_err(|why| E::custom(format!("`{source}` is no pattern: {why}")))
}

/// The label of an encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Encoding(pub(super) String);

impl<'de> Deserialize<'de> for Encoding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let label = String::deserialize(deserializer)?;
        if souwen_corpus::is_encoding(&label) {
            return Ok(Self(label));
        }
        Err(D::Error::custom(format!(
            "`{label}` is no encoding that is known; write gbk, gb18030, big5, utf-8, utf-16le or utf-16be"
        )))
    }
}

/// Patterns of paths and what holds for them, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ByPath<T>(pub(super) Vec<(Glob, T)>);

impl<T> Default for ByPath<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ByPath<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rules<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Rules<T> {
            type Value = ByPath<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("patterns of paths, each with its value")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ByPath<T>, A::Error> {
                let mut rules = Vec::new();
                while let Some((source, value)) = map.next_entry::<String, T>()? {
                    rules.push((glob(&source)?, value));
                }
                Ok(ByPath(rules))
            }
        }

        deserializer.deserialize_map(Rules(PhantomData))
    }
}
