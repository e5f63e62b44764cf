//! `souwen.toml`: what a publisher settles once about a bundle.

mod bundle;
mod input;
mod nearest;
mod rank;
mod synonyms;
mod whole;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use serde::Deserialize;
use souwen_corpus::Mapping;

pub(crate) use bundle::Bundle;
use input::{ByPath, Encoding, Input};
use nearest::{nearest, with_nearest};
pub(crate) use rank::Rank;
use synonyms::{Members, with_quoted_keys};

use crate::files;

/// The file that commands read which are given no input.
pub(crate) const NAME: &str = "souwen.toml";
/// What `souwen init` writes.
pub(crate) const TEMPLATE: &str = include_str!("config/template.toml");

/// The file's sections. Every one, and every key, may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    /// About what is read.
    input: Input,
    sections: ByPath<String>,
    encodings: ByPath<Encoding>,
    fields: BTreeMap<String, Members>,
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
    /// Where the file is.
    #[serde(skip)]
    folder: PathBuf,
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
    /// The settings of a file, if one is named; else those of the folder where the program runs, if no input is.
    pub(crate) fn find(path: Option<&Path>, inputs: &[PathBuf]) -> Result<Self> {
        match path {
            Some(path) => Self::read(path),
            None if inputs.is_empty() && Path::new(NAME).is_file() => Self::read(Path::new(NAME)),
            None => Ok(Self::default()),
        }
    }

    fn read(path: &Path) -> Result<Self> {
        let config = Self::parse(&files::read_text(path)?)
            .map_err(|error| anyhow!("{}: {error}", path.display()))?;
        Ok(Self {
            folder: path.parent().unwrap_or(Path::new("")).to_owned(),
            ..config
        })
    }

    /// What to read: what the command names, or else what the settings do.
    pub(crate) fn inputs(&self, named: &[PathBuf]) -> Vec<PathBuf> {
        if named.is_empty() {
            let files = self.input.files.iter();
            files.map(|own| self.folder.join(own)).collect()
        } else {
            named.to_vec()
        }
    }

    /// How to read; the address that the command names goes before the one here.
    pub(crate) fn reading(&self, base_url: Option<&String>) -> souwen_corpus::Options {
        let fields = self.fields.iter();
        let sections = self.sections.0.iter();
        let encodings = self.encodings.0.iter();
        souwen_corpus::Options {
            base_url: base_url.or(self.site.base_url.as_ref()).cloned(),
            root: Some(self.folder.clone()),
            exclude: self.input.exclude.iter().map(|own| own.0.clone()).collect(),
            sections: sections
                .map(|own| (own.0.0.clone(), own.1.clone()))
                .collect(),
            encodings: encodings
                .map(|own| (own.0.0.clone(), own.1.0.clone()))
                .collect(),
            fields: Mapping::new(fields.map(|own| (own.0.clone(), own.1.0.clone())).collect()),
        }
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
        let config: Self = toml::from_str(&with_quoted_keys(text))
            .map_err(|error| anyhow!("{}", with_nearest(&error.to_string())))?;
        config.check_fields()?;
        Ok(config)
    }

    fn check_fields(&self) -> Result<()> {
        // In JavaScript an object's `__proto__` is none of its own properties.
        if self.facets.fields.iter().any(|field| field == "__proto__") {
            bail!(
                "[facets] `__proto__` cannot be the name of a field in a browser; give it another by [fields]"
            );
        }
        let facets = self.facets.fields.iter().map(String::as_str);
        let known: Vec<&str> = Mapping::FIELDS.into_iter().chain(facets).collect();
        for field in self.fields.keys() {
            if !known.contains(&field.as_str()) {
                let meant = nearest(field, known.iter().copied());
                let meant =
                    meant.map_or_else(String::new, |own| format!("; did you mean `{own}`?"));
                let names = known.join("`, `");
                bail!(
                    "[fields] `{field}` is no field of an article and not in [facets], expected one of `{names}`{meant}"
                );
            }
        }
        Ok(())
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
    fn what_is_read_and_how() {
        let text = "[input]\nfiles = ['pages', 'html/**/*.html']\nexclude = ['drafts/']\n\
            [sections]\nz/** = '要闻'\n'a/**' = '民生'\n[encodings]\n*.txt = 'gbk'\n\
            [facets]\nfields = ['channel']\n[fields]\ntitle = 'headline'\nchannel = ['a.b', 'c']\n";
        let config = Config {
            folder: PathBuf::from("site"),
            ..Config::parse(text).unwrap()
        };
        assert_eq!(
            config.inputs(&[]),
            ["site/pages", "site/html/**/*.html"].map(PathBuf::from)
        );
        assert_eq!(config.inputs(&["x".into()]), [PathBuf::from("x")]);
        let reading = config.reading(None);
        let sections: Vec<&str> = reading.sections.iter().map(|own| own.1.as_str()).collect();
        assert_eq!(sections, ["要闻", "民生"], "in the order of the file");
        assert_eq!(reading.encodings.len(), 1);
        assert!(reading.exclude[0].fits(Path::new("site/drafts/x.md"), reading.root.as_deref()));
    }

    #[test]
    fn the_template_sets_nothing_but_the_input_and_shows_every_setting() {
        let config = Config::parse(TEMPLATE).unwrap();
        let files = vec![".".to_owned()];
        assert_eq!(config.input.files, files);
        let input = Input::default();
        assert_eq!(Config { input, ..config }, Config::default());
        let shown: String = TEMPLATE
            .lines()
            .map(|line| {
                line.strip_prefix('#')
                    .filter(|own| !own.starts_with(' '))
                    .unwrap_or(line)
            })
            .map(|line| format!("{line}\n"))
            .collect();
        let config = Config::parse(&shown).unwrap();
        let nothing = Config::default();
        let set = format!("{config:#?}");
        assert!(!set.contains("None") && !set.contains("[],"), "{set}");
        assert_eq!(config.rank.weights(), nothing.rank.weights());
        assert_eq!(config.bundle.options(), nothing.bundle.options());
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
            ("[sites]\n", ["line 1", "sites", "did you mean `site`?"]),
            (
                "[input]\nfile = []\n",
                ["line 2", "`file`", "did you mean `files`?"],
            ),
            (
                "[input]\nexclude = ['a[']\n",
                ["line 2", "`a[`", "is no pattern"],
            ),
            (
                "[encodings]\n'x' = 'gkb'\n",
                ["line 2", "`gkb`", "no encoding that is known"],
            ),
            (
                "[facets]\nfields = ['__proto__']\n",
                ["[facets]", "`__proto__`", "[fields]"],
            ),
            (
                "[fields]\ntilte = 'x'\n",
                ["[fields]", "`tilte`", "did you mean `title`?"],
            ),
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
