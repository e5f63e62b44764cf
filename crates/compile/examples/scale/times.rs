//! An archive's sentences, put together anew.

use std::io::{self, Write};
use std::path::PathBuf;

use serde_json::json;
use souwen_corpus::{Article, Options, read_paths};

use crate::random::Random;

/// Writes `times` articles for each one of a file: with its headline's form, its day and as many
/// sentences in as many paragraphs, each drawn out of all.
pub(crate) fn write(times: usize, file: &str, out: &mut impl Write) -> io::Result<()> {
    let mut models: Vec<Model> = Vec::new();
    let mut sentences: Vec<String> = Vec::new();
    read_paths(&[PathBuf::from(file)], &Options::default(), &mut |item| {
        models.push(Model::new(item.unwrap(), &mut sentences))
    });
    let mut random = Random(10);
    for round in 0..times {
        for (number, model) in models.iter().enumerate() {
            let title = &models[random.below(models.len())].title;
            let draw = |count: &usize| -> String {
                (0..*count)
                    .map(|_| random.of(&sentences).as_str())
                    .collect()
            };
            let paragraphs: Vec<String> = model.paragraphs.iter().map(draw).collect();
            let article = json!({
                "id": format!("{round}-{number}"),
                "title": title,
                "date": model.date,
                "section": model.section,
                "paragraphs": paragraphs,
            });
            writeln!(out, "{article}")?;
        }
    }
    Ok(())
}

/// What an article is made after.
struct Model {
    title: String,
    date: Option<String>,
    section: String,
    /// The sentences of each paragraph.
    paragraphs: Vec<usize>,
}

impl Model {
    fn new(article: Article, sentences: &mut Vec<String>) -> Self {
        let mut count = |paragraph: &String| {
            let before = sentences.len();
            let own = paragraph.split_inclusive(['。', '！', '？']);
            sentences.extend(own.map(str::to_owned));
            sentences.len() - before
        };
        Self {
            paragraphs: article.paragraphs.iter().map(&mut count).collect(),
            title: article.title,
            date: article.date,
            section: article.section,
        }
    }
}
