//! `souwen.toml`: what a publisher settles once about a bundle.

use std::path::Path;

use anyhow::{Result, anyhow};
use serde::Deserialize;

use crate::files;

/// The file's sections. Every one, and every key, may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    /// About the archive.
    pub(crate) site: Site,
    /// About the words.
    pub(crate) dictionary: Dictionary,
    /// About what readers can filter by.
    pub(crate) facets: Facets,
}

/// `[site]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Site {
    /// The archive's name, for people.
    pub(crate) name: Option<String>,
    /// Its language as a BCP 47 tag.
    pub(crate) lang: Option<String>,
    /// Where the site's pages can be read.
    pub(crate) base_url: Option<String>,
}

/// `[dictionary]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Dictionary {
    /// Words that must be known: names of places, firms, people.
    pub(crate) words: Vec<String>,
}

/// `[facets]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Facets {
    /// Metadata to filter and count by, beside the section and the reporters.
    pub(crate) fields: Vec<String>,
}

impl Config {
    /// Reads a configuration file.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        Self::parse(&files::read_text(path)?)
            .map_err(|error| anyhow!("{}: {error}", path.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        // The parser's message has the line, the column and the names that are known.
        toml::from_str(text).map_err(|error| anyhow!("{}", error.to_string().trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_keys() {
        let text = "[site]\nname = '清河报'\nlang = 'zh-Hans'\nbase_url = 'https://example.com/'\n\
            [dictionary]\nwords = ['清河大桥']\n[facets]\nfields = ['channel']\n";
        let config = Config::parse(text).unwrap();
        assert_eq!(config.site.name.as_deref(), Some("清河报"));
        assert_eq!(config.site.lang.as_deref(), Some("zh-Hans"));
        assert_eq!(
            config.site.base_url.as_deref(),
            Some("https://example.com/")
        );
        assert_eq!(config.dictionary.words, ["清河大桥"]);
        assert_eq!(config.facets.fields, ["channel"]);
        assert_eq!(Config::parse("").unwrap(), Config::default());
    }

    #[test]
    fn unknown_keys_are_named_with_their_line_and_the_known_ones() {
        for (text, wanted) in [
            ("[site]\nnmae = 'x'\n", ["line 2", "nmae", "base_url"]),
            (
                "[dictionary]\n\nword = []\n",
                ["line 3", "`word`", "`words`"],
            ),
            ("[sites]\n", ["line 1", "sites", "dictionary"]),
            ("[site]\nname = 3\n", ["line 2", "integer", "string"]),
        ] {
            let message = Config::parse(text).unwrap_err().to_string();
            for part in wanted {
                assert!(message.contains(part), "{part} in: {message}");
            }
        }
    }
}
