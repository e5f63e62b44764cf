//! Archives and the names of their articles.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use souwen_compile::compile;
use souwen_corpus::Article;
use souwen_index::Index;
use souwen_search::Engine;

use crate::format::{Archive, File};
use crate::gap;

/// An archive, opened.
pub(crate) struct Opened {
    pub(crate) engine: Engine,
    articles: Vec<Article>,
}

fn folder(name: &str) -> PathBuf {
    let path = match name {
        "demo" => "corpus",
        "pages" => "../shared/corpus/newspaper-pages",
        other => panic!("no archive begins with `{other}`"),
    };
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// The articles of a folder; nothing when it is not there.
fn read(name: &str) -> Option<Vec<Article>> {
    let folder = folder(name);
    if !folder.exists() {
        return None;
    }
    let mut articles = Vec::new();
    let options = souwen_corpus::Options::default();
    souwen_corpus::read_paths(&[folder], &options, &mut |item| {
        articles.push(item.unwrap());
    });
    Some(articles)
}

/// Archives by name, each compiled once.
#[derive(Default)]
pub(crate) struct Archives {
    opened: BTreeMap<String, Option<Opened>>,
}

impl Archives {
    /// An archive of a file's cases; nothing when its folder is not there.
    pub(crate) fn open(&mut self, file: &File, name: &str) -> Option<&Opened> {
        let own = file.archive.get(name);
        let (key, archive) = match own {
            Some(own) => (format!("{} {name}", file.kind), own.clone()),
            None => {
                let over = Some(name.to_owned());
                let archive = Archive {
                    over,
                    ..Archive::default()
                };
                (name.to_owned(), archive)
            }
        };
        self.opened
            .entry(key)
            .or_insert_with(|| {
                let mut articles = match &archive.over {
                    Some(over) => read(over)?,
                    None => Vec::new(),
                };
                articles.extend(archive.article.iter().cloned());
                let compiled = compile(&articles, &gap::options(&archive)).unwrap();
                let engine = Engine::new(Index::open(&compiled.bytes).unwrap());
                Some(Opened { engine, articles })
            })
            .as_ref()
    }
}

impl Opened {
    /// The ids that a name stands for; an error when that is nobody, or several articles of different headlines.
    pub(crate) fn named(&self, name: &str) -> Result<Vec<String>, String> {
        let fits = |article: &&Article| {
            let heads = [&article.title, &article.kicker, &article.subtitle];
            let texts = article.captions.iter().chain(&article.paragraphs);
            let mut texts = texts.filter(|_| article.title.is_empty());
            article.id == name
                || heads.iter().any(|head| head.contains(name))
                || texts.any(|text| text.contains(name))
        };
        let named: Vec<&Article> = self.articles.iter().filter(fits).collect();
        let Some(first) = named.first() else {
            return Err(format!("no article is called `{name}`"));
        };
        let differs = |own: &&Article| letters(&own.title) != letters(&first.title);
        if named.len() > 1 && (first.title.is_empty() || named.iter().any(differs)) {
            let names: Vec<String> = named.iter().map(|own| label(own)).collect();
            return Err(format!("`{name}` fits {}", names.join(" / ")));
        }
        Ok(named.iter().map(|own| own.id.clone()).collect())
    }

    /// What people call the article.
    pub(crate) fn label(&self, id: &str) -> String {
        let article = self.articles.iter().find(|own| own.id == id);
        article.map_or_else(|| id.to_owned(), label)
    }
}

/// A headline without its punctuation, which two pages may print in two ways.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn label(article: &Article) -> String {
    let mut texts = article.captions.iter().chain(&article.paragraphs);
    let text = match article.title.as_str() {
        "" => texts.next().map_or("", String::as_str),
        title => title,
    };
    text.chars().take(24).collect()
}
