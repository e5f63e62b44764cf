//! Files → articles: newspaper pages as text and PDF, HTML, Markdown, JSON, JSON lines, CSV, feeds, WordPress's dumps.
//!
//! Publishers rarely have clean records. This crate takes what they have and gives back the articles as an editor would have
//! cut them: [`read_paths`] for files and folders, and one function for a single document of each kind.
//!
//! ```
//! let page = "清河两岸花正开\n\n本报记者 张三\n\n清河边的花都开了,人们到河边散步。";
//! let articles = souwen_corpus::read_newspaper_page("2025-03-09/01.txt", page);
//! assert_eq!(articles[0].title, "清河两岸花正开");
//! assert_eq!(articles[0].reporters, ["张三"]);
//! assert_eq!(articles[0].date.as_deref(), Some("2025-03-09"));
//! ```
//!
//! **Invariant:** nothing here depends on which paper a page is from. The rules follow from how newspapers are made; no place,
//! name or headline stands in the code.

mod article;
mod csv;
mod date;
mod encoding;
mod feed;
mod fields;
mod front_matter;
mod glob;
mod html;
mod id;
mod inputs;
mod json;
mod jsonl;
mod mapping;
mod markdown;
mod merge;
mod newspaper;
mod open;
mod options;
mod page;

mod pdf;
mod problem;
mod read;
mod walk;
mod wordpress;
mod xml;

pub use article::{Article, Kind, Source};
pub use glob::Pattern;
pub use html::read_html_page;
pub use mapping::Mapping;
pub use merge::{Late, text_key};
pub use newspaper::read_newspaper_page;
pub use options::{Left, Options, Visit, is_encoding};
pub use problem::Problem;
pub use read::{Reading, count_files, read_files, read_paths, side_file};

/// Reads a Markdown file's text, front matter included. `Ok(None)` for a draft or a page without text; the id is left empty.
///
/// # Errors
///
/// Front matter that is not YAML or TOML.
pub fn read_markdown(file: &str, text: &str) -> Result<Option<Article>, Problem> {
    markdown::read(file, text, &Mapping::default())
}

/// Compiles one of this crate's own patterns.
#[allow(
    clippy::expect_used,
    reason = "every pattern is a constant and is compiled by the tests"
)]
fn pattern(source: &str) -> regex::Regex {
    regex::Regex::new(source).expect("the pattern is well formed")
}
