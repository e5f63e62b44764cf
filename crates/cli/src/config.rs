//! `souwen.toml`: what a publisher settles once about a bundle.

mod bundle;
mod rank;
mod synonyms;
mod whole;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, anyhow};
use serde::Deserialize;

pub(crate) use bundle::Bundle;
pub(crate) use rank::Rank;
use synonyms::{Members, with_quoted_keys};

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
    /// About what counts how much.
    pub(crate) rank: Rank,
    /// About the files.
    pub(crate) bundle: Bundle,
    /// Words that mean the same.
    synonyms: BTreeMap<String, Members>,
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

    /// The synonyms, entry by entry.
    pub(crate) fn synonyms(&self) -> Vec<Vec<String>> {
        let entry = |(word, members): (&String, &Members)| {
            [word].into_iter().chain(&members.0).cloned().collect()
        };
        self.synonyms.iter().map(entry).collect()
    }

    fn parse(text: &str) -> Result<Self> {
        // The parser's message has the line, the column and the names that are known.
        toml::from_str(&with_quoted_keys(text))
            .map_err(|error| anyhow!("{}", error.to_string().trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_keys() {
        let text = "[site]\nname = '清河报'\nlang = 'zh-Hans'\nbase_url = 'https://example.com/'\n\
            [dictionary]\nwords = ['清河大桥']\n[facets]\nfields = ['channel']\n\
            [rank]\nhalf_life_days = 365\n[rank.fields]\ntitle = 8\nbody = 2\n\
            [bundle]\nsingle_file = 0\npart = 65536\nmax_files = 32\n\
            [synonyms]\n'创文' = '创建文明城市'\n'市医院' = ['清河市人民医院', '人民医院']\n";
        let config = Config::parse(text).unwrap();
        assert_eq!(config.site.name.as_deref(), Some("清河报"));
        assert_eq!(config.site.lang.as_deref(), Some("zh-Hans"));
        assert_eq!(
            config.site.base_url.as_deref(),
            Some("https://example.com/")
        );
        assert_eq!(config.dictionary.words, ["清河大桥"]);
        assert_eq!(config.facets.fields, ["channel"]);
        assert_eq!(config.rank.half_life_days(), 365);
        assert_eq!(config.rank.weights(), [8, 3, 3, 2, 1, 3, 3]);
        assert_eq!(
            config.synonyms(),
            [
                vec!["创文", "创建文明城市"],
                vec!["市医院", "清河市人民医院", "人民医院"]
            ]
        );
        let bundle = config.bundle.options();
        assert_eq!(
            (bundle.single_file, bundle.part, bundle.max_files),
            (0, 65_536, 32)
        );
        assert_eq!(Config::parse("").unwrap(), Config::default());
        let default = souwen_compile::Options::default();
        assert_eq!(Config::default().rank.weights(), default.weights);
        assert_eq!(Config::default().rank.half_life_days(), 0);
        assert_eq!(Config::default().bundle.options(), default.bundle);
    }

    #[test]
    fn a_value_that_cannot_be_says_where_and_how_to_mend_it() {
        for (text, wanted) in [
            (
                "[rank.fields]\ntitle = 0\n",
                ["line 2", "title = 0", "from 1 to 80"],
            ),
            (
                "[rank.fields]\n\nbody = 81\n",
                ["line 3", "body = 81", "from 1 to 80"],
            ),
            (
                "[rank.fields]\ntitle = 1.5\n",
                ["line 2", "title = 1.5", "from 1 to 80"],
            ),
            (
                "[rank]\nhalf_life_days = -1\n",
                ["line 2", "half_life_days = -1", "0 to 36500"],
            ),
            (
                "[bundle]\npart = 100\n",
                ["line 2", "part = 100", "from 16384 to"],
            ),
            (
                "[bundle]\nmax_files = 0\n",
                ["line 2", "max_files = 0", "from 8 to 65536"],
            ),
            (
                "[synonyms]\n'创文' = 3\n",
                ["line 2", "integer `3`", "a word or a list of words"],
            ),
            (
                "[synonyms]\n'创文' = []\n",
                ["line 2", "'创文' = []", "another word"],
            ),
            (
                "[synonyms]\n'创文' = ['a', ['b']]\n",
                ["line 2", "sequence", "string"],
            ),
        ] {
            let message = Config::parse(text).unwrap_err().to_string();
            for part in wanted {
                assert!(message.contains(part), "{part} in: {message}");
            }
        }
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
            (
                "[rank]\nhalflife = 3\n",
                ["line 2", "halflife", "half_life_days"],
            ),
            ("[bundle]\nparts = 3\n", ["line 2", "parts", "single_file"]),
            (
                "[rank.fields]\nheadline = 3\n",
                ["line 2", "headline", "title"],
            ),
        ] {
            let message = Config::parse(text).unwrap_err().to_string();
            for part in wanted {
                assert!(message.contains(part), "{part} in: {message}");
            }
        }
    }
}
