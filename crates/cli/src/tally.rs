//! What came of reading the input: articles, and what was skipped and left out, and why.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Result, bail};
use indicatif::ProgressBar;
use souwen_corpus::{Article, Left, Problem};

use crate::output::{clean, counted, grouped, note};

/// Of one reason, so many problems are told as they come.
const TOLD: u64 = 10;
/// Files that are named for a reason in the end.
const NAMED: usize = 3;
/// Reasons that are told in the end.
const REASONS: usize = 20;

/// What came of reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Articles read.
    pub(crate) articles: u64,
    /// Characters of their texts.
    pub(crate) characters: u64,
    /// Files, or lines of files, that were skipped.
    pub(crate) skipped: u64,
    /// What is wrong, and with what.
    reasons: BTreeMap<String, Places>,
    /// What was left out on purpose.
    left: BTreeMap<&'static str, Places>,
    /// Whether problems have been printed by an earlier reading.
    is_told: bool,
}

/// Where something is so: how often, the first places, and how often by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Places {
    count: u64,
    first: Vec<String>,
}

impl Places {
    fn add(&mut self, place: impl FnOnce() -> String) {
        self.count += 1;
        if self.first.len() <= NAMED {
            let place = place();
            if !self.first.contains(&place) {
                self.first.push(place);
            }
        }
    }

    fn line(&self, reason: &str) -> String {
        let named: Vec<&str> = self.first.iter().take(NAMED).map(String::as_str).collect();
        let more = if self.first.len() > NAMED { " …" } else { "" };
        format!(
            "  {} × {reason}: {}{more}",
            grouped(self.count),
            clean(&named.join(", "))
        )
    }
}

impl Tally {
    /// Of a reading that is the first of these files, or one more.
    pub(crate) fn new(is_first: bool) -> Self {
        Self {
            is_told: !is_first,
            ..Self::default()
        }
    }

    /// Counts an article, or prints and counts a problem.
    pub(crate) fn count(&mut self, item: &Result<Article, Problem>, bar: &ProgressBar) {
        match item {
            Ok(article) => {
                self.articles += 1;
                self.characters += u64::try_from(article.characters()).unwrap_or(0);
                bar.set_message(counted(self.articles, "article"));
            }
            Err(problem) => {
                self.skipped += 1;
                let mut reason = reason(&problem.what);
                if self.reasons.len() >= REASONS && !self.reasons.contains_key(&reason) {
                    reason = "something else".to_owned();
                }
                let places = self.reasons.entry(reason).or_default();
                places.add(|| match problem.line {
                    Some(line) => format!("{}:{line}", problem.file),
                    None => problem.file.clone(),
                });
                let told = if problem.is_general { 1 } else { TOLD };
                if places.count <= told && !self.is_told {
                    bar.suspend(|| note(format_args!("{problem}")));
                }
            }
        }
    }

    /// Counts what was left out.
    pub(crate) fn left(&mut self, file: &str, why: &Left) {
        let (reason, place) = match why {
            Left::OtherKind => {
                let name = file.rsplit('/').next().unwrap_or(file);
                let kind = name.rsplit_once('.').map_or(name, |(_, kind)| kind);
                ("of a kind that is not read", format!(".{kind}"))
            }
            Left::Excluded => ("left out by the settings", file.to_owned()),
            Left::Draft => ("a draft, or no article", file.to_owned()),
            Left::SameAs(other) => (
                "the same article as in another file",
                format!("{file} as {other}"),
            ),
        };
        self.left.entry(reason).or_default().add(|| place);
    }

    /// Says what was skipped and left out, and why.
    pub(crate) fn note(&self) {
        for (what, lines) in [
            ("skipped", lines(&self.reasons)),
            ("left out", lines(&self.left)),
        ] {
            if !lines.is_empty() {
                note(format_args!("{what}:"));
            }
            for line in lines {
                note(format_args!("{line}"));
            }
        }
    }

    /// Fails when there was no article, or, if `strict`, when anything was skipped.
    pub(crate) fn check(&self, inputs: &[PathBuf], strict: bool) -> Result<()> {
        if strict && self.skipped > 0 {
            let problems = counted(self.skipped, "problem");
            bail!("{problems} in the input (see above), and --strict makes them fatal; mend them");
        }
        if self.articles == 0 {
            let names: Vec<String> = inputs
                .iter()
                .map(|input| input.display().to_string())
                .collect();
            bail!(
                "no article was found in {}; check the input",
                names.join(", ")
            );
        }
        Ok(())
    }
}

/// The commonest first.
fn lines<K: AsRef<str> + Ord>(reasons: &BTreeMap<K, Places>) -> Vec<String> {
    let mut all: Vec<(&str, &Places)> = reasons
        .iter()
        .map(|(why, own)| (why.as_ref(), own))
        .collect();
    all.sort_by_key(|(_, own)| std::cmp::Reverse(own.count));
    all.into_iter().map(|(why, own)| own.line(why)).collect()
}

/// What is wrong without the figures of the single case.
fn reason(what: &str) -> String {
    let what = what.split(" at column ").next().unwrap_or(what);
    let mut out = String::new();
    for c in what.chars() {
        if !c.is_ascii_digit() {
            out.push(c);
        } else if !out.ends_with('…') {
            out.push('…');
        }
    }
    clean(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_have_no_figures() {
        assert_eq!(reason("not JSON at column 12"), "not JSON");
        assert_eq!(
            reason("a row of 12 cells below 3 columns"),
            "a row of … cells below … columns"
        );
    }

    #[test]
    fn the_first_places_are_named() {
        let mut tally = Tally::default();
        for file in ["a.png", "b/c.png", "d.css", "e.js", "f.ico"] {
            tally.left(file, &Left::OtherKind);
        }
        tally.left("x.md", &Left::Draft);
        assert_eq!(
            lines(&tally.left),
            [
                "  5 × of a kind that is not read: .png, .css, .js …",
                "  1 × a draft, or no article: x.md"
            ]
        );
    }
}
