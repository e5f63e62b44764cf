//! Queries out of an archive's articles.

use std::path::PathBuf;

use souwen_corpus::{Article, read_paths};
use souwen_search::Engine;
use souwen_text::is_han;

use crate::draws::Draws;
use crate::fetch::Bundle;

/// What is typed: words of a headline that stand side by side there, or any characters of a text.
#[derive(Clone, Copy)]
enum Kind {
    Words(usize, &'static str),
    Characters(usize),
    Quoted(usize),
}

const KINDS: [(&str, Kind); 9] = [
    ("one word", Kind::Words(1, " ")),
    ("two words", Kind::Words(2, " ")),
    ("three words", Kind::Words(3, " ")),
    ("run together", Kind::Words(3, "")),
    ("2 characters", Kind::Characters(2)),
    ("3 characters", Kind::Characters(3)),
    ("4 characters", Kind::Characters(4)),
    ("6 characters", Kind::Characters(6)),
    ("4 characters quoted", Kind::Quoted(4)),
];

/// Prints `each` queries of every kind, the kinds in turn.
pub(crate) fn print(bundle: &Bundle, file: &str, each: usize) {
    let mut articles = Vec::new();
    let options = souwen_corpus::Options::default();
    read_paths(&[PathBuf::from(file)], &options, &mut |item| {
        articles.extend(item.ok())
    });
    assert!(!articles.is_empty(), "{file} has no articles");
    let engine = bundle.engine();
    bundle.bring_all(&engine);
    let mut draws = Draws(20_261_120);
    for (name, kind) in KINDS.iter().cycle().take(each * KINDS.len()) {
        let drawn = std::iter::from_fn(|| {
            let article = &articles[draws.below(articles.len())];
            Some(query(&engine, article, *kind, &mut draws))
        });
        // Few headlines are too short, few texts have no Chinese.
        let drawn = drawn.take(10_000).flatten().next();
        println!("{name}\t{}", drawn.expect("some article has such a query"));
    }
}

fn query(engine: &Engine, article: &Article, kind: Kind, draws: &mut Draws) -> Option<String> {
    match kind {
        Kind::Words(count, between) => {
            let words = words(engine, &article.title);
            let places = (words.len() + 1)
                .checked_sub(count)
                .filter(|&places| places > 0)?;
            let from = draws.below(places);
            Some(words[from..from + count].join(between))
        }
        Kind::Characters(count) => run(article, count, draws),
        Kind::Quoted(count) => Some(format!("“{}”", run(article, count, draws)?)),
    }
}

/// A text's Chinese words of two and more characters, those inside others left out.
fn words(engine: &Engine, text: &str) -> Vec<String> {
    let analysis = engine.index().analyser().analyse(text);
    let chars = analysis.stream.chars();
    let words = analysis.words.iter().filter(|word| !word.inner);
    let words = words.map(|word| &chars[word.start..word.end]);
    let words = words.filter(|own| own.len() > 1 && own.iter().all(|&c| is_han(c)));
    words.map(String::from_iter).collect()
}

/// So many Chinese characters of a text, side by side.
fn run(article: &Article, count: usize, draws: &mut Draws) -> Option<String> {
    let text: Vec<char> = article.paragraphs.join("\n").chars().collect();
    let places = (text.len() + 1)
        .checked_sub(count)
        .filter(|&places| places > 0)?;
    let from = draws.below(places);
    let run = &text[from..from + count];
    run.iter().all(|&c| is_han(c)).then(|| run.iter().collect())
}
