//! Newspaper pages of our own invention, each with every defect of one kind of extractor, and the articles that stand on them.
//!
//! `UPDATE_EXPECT=1 cargo test -p souwen-corpus` writes the expected files anew; read the difference as an editor would.

#![allow(
    clippy::unwrap_used,
    reason = "a fixture that cannot be read fails the test"
)]

use expect_test::expect_file;

fn check(name: &str) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/pages");
    let text = std::fs::read_to_string(format!("{folder}/{name}.txt")).unwrap();
    let articles = souwen_corpus::read_newspaper_page(&format!("{name}.txt"), &text);
    let actual = serde_json::to_string_pretty(&articles).unwrap() + "\n";
    expect_file![format!("{folder}/{name}.json")].assert_eq(&actual);
}

/// A PDF's text layer in reading order of columns: hard wraps, headlines after their texts and glued to the next.
#[test]
fn trailing_headlines() {
    check("trailing");
}

/// An OCR engine's paragraphs: wraps as spaces, a dateline out of its place, a continuation, a table as tabs.
#[test]
fn folded_lines() {
    check("folded");
}

/// A converter's Markdown headings among bare headlines, sections, captions that cut sentences.
#[test]
fn markdown_headings() {
    check("headings");
}

/// Headlines behind their texts and one before its own right below; a feature with sub-headings; photo news signed `本报记者`.
#[test]
fn a_trailing_headline_above_a_feature() {
    check("trailing-and-feature");
}

/// What a converter makes of a page: bold sub-headings, pictures, a table with bars, briefs behind marks.
#[test]
fn converted_to_markdown() {
    check("converted");
}

/// An author behind a square, `（记者 …）` in front of the news, a notice, headline lines that say the same.
#[test]
fn a_local_page() {
    check("local");
}

/// A sentence that a caption cuts, headlines behind their texts, a line about the page's pictures.
#[test]
fn cut_by_a_caption() {
    check("cut-by-caption");
}

/// Wraps as spaces, a kicker, a text that closes with `摄影报道`.
#[test]
fn folded_news() {
    check("folded-short");
}

/// A stack of kicker, title and subtitle, headlines glued to their news, a feature with marked sub-headings.
#[test]
fn a_front_page() {
    check("front");
}

/// A headline behind its text, one that says above it whom it is about, a paragraph read twice, a table, a notice.
#[test]
fn notices() {
    check("notices");
}
