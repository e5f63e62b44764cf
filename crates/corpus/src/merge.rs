//! The same article in several files, of which the archive has one.
//!
//! Articles are the same if headline and text are, but for spaces and punctuation, and nothing else that both of them say
//! differs: id, date, address. What is said twice within one file stays: a paper that prints a notice twice means it. A
//! feed's items complete the articles that other files have, so feeds are read before all else and given behind it.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::article::Article;

/// Letters and figures of a text by which an article is known; shorter ones are left alone.
const SHORTEST: usize = 24;

/// What an article's headline and text are, as a number: the same for the same article out of another kind of file.
/// `None` for one of less than a sentence or two.
#[must_use]
pub fn text_key(article: &Article) -> Option<u64> {
    let mut hash = Sha256::new();
    let mut buffer = String::new();
    let mut count = 0;
    let title = std::iter::once(&article.title);
    for text in title.chain(&article.paragraphs).chain(&article.captions) {
        buffer.clear();
        buffer.extend(text.chars().filter(|c| c.is_alphanumeric()));
        count += buffer.chars().count();
        hash.update(buffer.as_bytes());
    }
    let is_told = count >= SHORTEST && count > article.title.chars().count();
    is_told.then(|| number(&hash.finalize()))
}

fn number(digest: &[u8]) -> u64 {
    digest.first_chunk().copied().map_or(0, u64::from_le_bytes)
}

/// What must not differ, as numbers; 0 for what is not said.
#[derive(Clone, Copy)]
struct Facts {
    file: u32,
    id: u32,
    date: u32,
    url: u32,
}

impl Facts {
    fn of(article: &Article, file: u32) -> Self {
        let short = |text: &str| {
            let digest = Sha256::digest(text.as_bytes());
            digest
                .first_chunk()
                .copied()
                .map_or(1, u32::from_le_bytes)
                .max(1)
        };
        let some = |text: &str| if text.is_empty() { 0 } else { short(text) };
        let date = article.date.as_deref().filter(|_| !article.date_inferred);
        Self {
            file,
            id: some(&article.id),
            date: date.map_or(0, short),
            url: some(&address(&article.url)),
        }
    }

    fn agrees(self, other: Self) -> bool {
        let same = |a: u32, b: u32| a == 0 || b == 0 || a == b;
        same(self.id, other.id) && same(self.date, other.date) && same(self.url, other.url)
    }
}

/// An address without what makes no other page of it: scheme, `www.`, campaign, fragment, the last `/`.
fn address(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let path = path.strip_prefix("www.").unwrap_or(path);
    let path = path.trim_end_matches("index.html").trim_end_matches('/');
    let query: Vec<&str> = query
        .split('&')
        .filter(|part| !part.is_empty() && !part.starts_with("utm_"))
        .collect();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", query.join("&"))
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// An item of a feed that waits for the article that it is.
struct Held {
    article: Article,
    facts: Facts,
    is_used: bool,
}

/// The articles of the other files, by their texts, and the items of feeds.
#[derive(Default)]
pub(crate) struct Merge {
    /// Nothing is kept of a single file's articles.
    pub(crate) is_single: bool,
    known: HashMap<u64, Facts>,
    /// Further ones of a text, which differ in date, id or address.
    others: HashMap<u64, Vec<Facts>>,
    files: Vec<String>,
    held: Vec<Held>,
    held_by_text: HashMap<u64, usize>,
    held_by_address: HashMap<String, usize>,
    merged: u64,
}

impl Merge {
    /// A file comes next.
    pub(crate) fn file(&mut self, name: &str) {
        if !self.is_single {
            self.files.push(name.to_owned());
        }
    }

    fn place(&self) -> u32 {
        u32::try_from(self.files.len()).unwrap_or(u32::MAX)
    }

    /// Whether any article was the same as another.
    pub(crate) fn has_merged(&self) -> bool {
        self.merged > 0
    }

    /// Keeps an item of a feed; or, if an item before it is the same, gives that one's file.
    pub(crate) fn hold(&mut self, article: Article) -> Option<String> {
        if let Some(place) = self.same_held(&article, &article.url) {
            self.merged += 1;
            let held = self.held.get_mut(place)?;
            let first = held.article.source.as_ref()?.file.clone();
            // A feed of summaries beside one of whole texts.
            if article.characters() > held.article.characters() {
                let short = std::mem::replace(&mut held.article, article);
                complete(&mut held.article, &short);
            } else {
                complete(&mut held.article, &article);
            }
            return Some(first);
        }
        let place = self.held.len();
        if let Some(key) = text_key(&article) {
            self.held_by_text.entry(key).or_insert(place);
        }
        if !article.url.is_empty() {
            self.held_by_address
                .entry(address(&article.url))
                .or_insert(place);
        }
        self.held.push(Held {
            facts: Facts::of(&article, u32::MAX),
            article,
            is_used: false,
        });
        None
    }

    /// The item that is this article: by its text, or by its address and headline, since many feeds have summaries.
    fn same_held(&self, article: &Article, url: &str) -> Option<usize> {
        if self.held.is_empty() {
            return None;
        }
        let facts = Facts::of(article, u32::MAX);
        let agrees = |place: &&usize| {
            let held = self.held.get(**place);
            held.is_some_and(|held| held.facts.agrees(facts))
        };
        let by_text = text_key(article).and_then(|key| self.held_by_text.get(&key));
        let title = |place: &&usize| {
            let held = self.held.get(**place);
            held.is_some_and(|held| letters(&held.article.title) == letters(&article.title))
        };
        let by_address = || {
            let url = Some(address(url)).filter(|url| !url.is_empty())?;
            self.held_by_address.get(&url).filter(title)
        };
        by_text.filter(agrees).or_else(by_address).copied()
    }

    /// Takes an article of any other file. If it is one that another file has, gives that file; else completes it by
    /// the item of a feed that it is: `is_item` is told that, and where the article stands. `likely` is its address if it
    /// names none and the feed knows no other.
    pub(crate) fn take(
        &mut self,
        article: &mut Article,
        likely: Option<String>,
        is_item: &mut dyn FnMut(&Article, &str),
    ) -> Option<String> {
        let facts = Facts::of(article, self.place());
        let likely = likely.filter(|_| article.url.is_empty());
        let url = likely.as_ref().unwrap_or(&article.url);
        if let Some(place) = self.same_held(article, url)
            && let Some(held) = self.held.get_mut(place)
        {
            complete(article, &held.article);
            if !held.is_used {
                self.merged += 1;
                held.is_used = true;
                let file = article.source.as_ref().map_or("", |source| &source.file);
                is_item(&held.article, file);
            }
        }
        if article.url.is_empty() {
            article.url = likely.unwrap_or_default();
        }
        if self.is_single {
            return None;
        }
        let key = text_key(article)?;
        let Some(first) = self.known.get(&key) else {
            self.known.insert(key, facts);
            return None;
        };
        let others = self.others.entry(key).or_default();
        let same = std::iter::once(first)
            .chain(&*others)
            .find(|other| other.file != facts.file && other.agrees(facts));
        if let Some(same) = same {
            self.merged += 1;
            let at = usize::try_from(same.file).unwrap_or(0);
            return self.files.get(at.saturating_sub(1)).cloned();
        }
        others.push(facts);
        None
    }

    /// The items that no other file has, in the order in which they were read.
    pub(crate) fn rest(&mut self) -> Vec<Article> {
        self.held_by_text.clear();
        self.held_by_address.clear();
        let held = std::mem::take(&mut self.held);
        let rest = held.into_iter().filter(|held| !held.is_used);
        rest.map(|held| held.article).collect()
    }
}

/// What an article lacks it takes from another that is the same.
fn complete(article: &mut Article, other: &Article) {
    let is_better = article.date.is_none() || article.date_inferred && !other.date_inferred;
    if is_better && other.date.is_some() {
        article.date.clone_from(&other.date);
        article.date_inferred = other.date_inferred;
    }
    for (own, other) in [
        (&mut article.section, &other.section),
        (&mut article.url, &other.url),
        (&mut article.kicker, &other.kicker),
        (&mut article.subtitle, &other.subtitle),
    ] {
        if own.is_empty() {
            own.clone_from(other);
        }
    }
    for (own, other) in [
        (&mut article.reporters, &other.reporters),
        (&mut article.tags, &other.tags),
        (&mut article.captions, &other.captions),
    ] {
        if own.is_empty() {
            own.clone_from(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Source;

    fn article(file: &str, url: &str, date: Option<&str>) -> Article {
        Article {
            title: "清河两岸花正开".to_owned(),
            paragraphs: vec!["清河边的花都开了，人们到河边散步，孩子放风筝。".to_owned()],
            url: url.to_owned(),
            date: date.map(str::to_owned),
            source: Some(Source {
                file: file.to_owned(),
                line: 1,
            }),
            ..Article::default()
        }
    }

    #[test]
    fn another_file_s_article_is_one_unless_something_differs() {
        let same = |second: Article| {
            let mut merge = Merge::default();
            merge.file("a");
            let mut first = article("a", "https://x.example/1/", Some("2025-03-09"));
            assert_eq!(merge.take(&mut first, None, &mut |_, _| {}), None);
            merge.file("b");
            merge.take(&mut second.clone(), None, &mut |_, _| {})
        };
        assert_eq!(same(article("b", "", None)).as_deref(), Some("a"));
        let url = "http://www.x.example/1?utm_source=rss";
        assert_eq!(same(article("b", url, None)).as_deref(), Some("a"));
        assert_eq!(same(article("b", "https://x.example/2", None)), None);
        assert_eq!(same(article("b", "", Some("2025-03-10"))), None);
        let spaced = Article {
            paragraphs: vec![
                "清河边的花 都开了,".to_owned(),
                "人们到河边散步,孩子放风筝".to_owned(),
            ],
            ..article("b", "", None)
        };
        assert_eq!(same(spaced).as_deref(), Some("a"));
    }

    #[test]
    fn what_stands_twice_in_one_file_stays() {
        let mut merge = Merge::default();
        merge.file("a");
        for _ in 0..2 {
            let mut own = article("a", "", None);
            assert_eq!(merge.take(&mut own, None, &mut |_, _| {}), None);
        }
    }

    #[test]
    fn an_item_completes_the_page_and_is_no_article_of_its_own() {
        let mut merge = Merge::default();
        let item = Article {
            paragraphs: vec!["清河边的花都开了……".to_owned()],
            section: "民生".to_owned(),
            ..article("feed.xml", "https://x.example/1", Some("2025-03-09"))
        };
        assert_eq!(merge.hold(item.clone()), None);
        assert_eq!(merge.hold(item).as_deref(), Some("feed.xml"));
        merge.file("1.html");
        let mut page = article("1.html", "https://x.example/1", None);
        let mut told = Vec::new();
        merge.take(&mut page, None, &mut |item, file| {
            told.push((item.section.clone(), file.to_owned()));
        });
        assert_eq!(told, [("民生".to_owned(), "1.html".to_owned())]);
        assert_eq!(
            (page.section.as_str(), page.date.as_deref()),
            ("民生", Some("2025-03-09"))
        );
        assert_eq!(page.paragraphs.len(), 1);
        assert!(merge.rest().is_empty() && merge.has_merged());
    }
}
