//! Files of every kind that is read, and the articles that an editor expects of them.
//!
//! `testdata/inputs/NAME/` is what a publisher has, `NAME.json` what comes of it: articles, problems and what is left out.
//! `UPDATE_EXPECT=1 cargo test -p souwen-corpus` writes the latter anew; read the difference as an editor would.

#![allow(
    clippy::unwrap_used,
    reason = "a fixture that cannot be read fails the test"
)]

use std::path::{Path, PathBuf};

use expect_test::expect_file;
use serde::Serialize;
use souwen_corpus::{Article, Late, Left, Mapping, Options, Pattern, Problem, Visit, read_files};

#[derive(Default, Serialize)]
struct Found {
    articles: Vec<Article>,
    problems: Vec<String>,
    left: Vec<String>,
}

impl Visit for Found {
    fn file(&mut self, _: &Path) -> Option<u64> {
        None
    }

    fn item(&mut self, item: Result<Article, Problem>) {
        match item {
            Ok(article) => self.articles.push(article),
            Err(problem) => self.problems.push(problem.to_string()),
        }
    }

    fn left(&mut self, file: &str, why: Left) {
        self.left.push(format!("{file}: {why:?}"));
    }
}

fn check(name: &str, options: &Options) {
    let folder = format!("{}/testdata/inputs", env!("CARGO_MANIFEST_DIR"));
    let inputs = [PathBuf::from(format!("{folder}/{name}"))];
    let mut found = Found::default();
    let late = read_files(&inputs, options, Late::default(), &mut found).late;
    if !late.is_empty() {
        found = Found::default();
        let again = read_files(&inputs, options, late, &mut found);
        assert!(again.late.is_empty(), "{again:?}");
    }
    let actual = serde_json::to_string_pretty(&found).unwrap() + "\n";
    expect_file![format!("{folder}/{name}.json")].assert_eq(&actual);
}

#[test]
fn html() {
    check("html", &Options::default());
}

/// GBK and Big5, declared or not.
#[test]
fn html_in_other_encodings() {
    let base_url = Some("https://news.example/".to_owned());
    check(
        "html-encodings",
        &Options {
            base_url,
            ..Options::default()
        },
    );
}

#[test]
fn pages_in_other_encodings() {
    check("text-encodings", &Options::default());
}

/// As Hugo, Hexo, Jekyll and VitePress keep it.
#[test]
fn markdown() {
    check("markdown", &Options::default());
}

fn fields(fields: &[(&str, &[&str])]) -> Mapping {
    let own = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    let fields = fields
        .iter()
        .map(|(field, keys)| ((*field).to_owned(), own(keys)));
    Mapping::new(fields.collect())
}

#[test]
fn json_under_other_names() {
    let fields = fields(&[
        ("title", &["title.rendered", "headline", "title"]),
        ("body", &["content.rendered", "content", "body"]),
        ("date", &["publish_time", "date"]),
        ("reporters", &["acf.byline"]),
        ("section", &["column"]),
    ]);
    check(
        "json",
        &Options {
            fields,
            ..Options::default()
        },
    );
}

#[test]
fn csv() {
    check("csv", &Options::default());
}

#[test]
fn feeds() {
    check("feeds", &Options::default());
}

#[test]
fn wordpress() {
    check("wordpress", &Options::default());
}

/// The same articles in several files: one each, with what every file says of it.
#[test]
fn one_article_in_several_files() {
    check("together", &Options::default());
}

/// What only a later file knows of an article; and a notice that was printed on two days, once without its day.
#[test]
fn what_later_files_know() {
    check("later", &Options::default());
}

#[test]
fn what_the_settings_say() {
    let pattern = |source: &str| Pattern::new(source).unwrap();
    let options = Options {
        exclude: vec![pattern("drafts/")],
        sections: vec![
            (pattern("要闻/**"), "头版".to_owned()),
            (pattern("**/*.json"), "民生".to_owned()),
        ],
        encodings: vec![(pattern("*.txt"), "gb18030".to_owned())],
        fields: fields(&[
            ("title", &["name", "a"]),
            ("body", &["text", "b"]),
            ("date", &["when"]),
        ]),
        ..Options::default()
    };
    check("settings", &options);
}

#[test]
fn pdf() {
    let installed = std::process::Command::new("pdftotext").arg("-v").output();
    if installed.is_err() {
        println!("skipped: pdftotext is not installed");
        return;
    }
    check("pdf", &Options::default());
}
