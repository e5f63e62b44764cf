//! The same article in several files, of which the archive has one.
//!
//! Articles are the same if headline and text are, but for spaces and punctuation, and nothing else that both of them say
//! differs: id, date, address. What is said twice within one file stays: a paper that prints a notice twice means it. A
//! feed's items complete the articles that other files have, so feeds are read before all else and given behind it. Of other
//! files the first has been given when the second comes: see [`Late`].

mod facts;
mod late;

use std::collections::HashMap;

pub use facts::text_key;
use facts::{Facts, address, letters};
pub use late::Late;
use late::{Gain, complete};

use crate::article::Article;

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
    is_single: bool,
    known: HashMap<u64, Facts>,
    /// Further ones of a text, which differ in date, id or address.
    others: HashMap<u64, Vec<Facts>>,
    files: Vec<String>,
    held: Vec<Held>,
    held_by_text: HashMap<u64, usize>,
    held_by_address: HashMap<String, usize>,
    merged: u64,
    /// What an earlier reading of the same files found out.
    before: Late,
    late: Late,
}

impl Merge {
    pub(crate) fn new(is_single: bool, before: Late) -> Self {
        Self {
            is_single,
            before,
            ..Self::default()
        }
    }

    /// What later articles said of earlier ones.
    pub(crate) fn into_late(self) -> Late {
        self.late
    }

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
    /// the item of a feed that it is, of which `is_item` is told with where the article stands, and by what is known of later
    /// files. `likely` is its address if it names none and no other file knows one.
    pub(crate) fn take(
        &mut self,
        article: &mut Article,
        likely: Option<String>,
        is_item: &mut dyn FnMut(&Article, &str),
    ) -> Option<String> {
        let mut facts = Facts::of(article, self.place());
        let key = if self.is_single {
            None
        } else {
            text_key(article)
        };
        let likely = likely.filter(|_| article.url.is_empty());
        let url = likely.as_ref().unwrap_or(&article.url);
        if let Some(place) = self.same_held(article, url)
            && let Some(held) = self.held.get_mut(place)
        {
            complete(article, &held.article);
            facts.fill(held.facts);
            if !held.is_used {
                self.merged += 1;
                held.is_used = true;
                let file = article.source.as_ref().map_or("", |source| &source.file);
                is_item(&held.article, file);
            }
        }
        let same = key.and_then(|key| self.known(article, facts, key));
        if article.url.is_empty() {
            article.url = likely.unwrap_or_default();
        }
        same
    }

    /// The file of an earlier article that is the same. If there is none, notes this one.
    fn known(&mut self, article: &mut Article, mut facts: Facts, key: u64) -> Option<String> {
        let others = self.others.get(&key).map_or(0, Vec::len);
        let known = self.known.get_mut(&key);
        let nth = u32::from(known.is_some()) + u32::try_from(others).unwrap_or(u32::MAX - 1);
        let all = known
            .into_iter()
            .chain(self.others.get_mut(&key).into_iter().flatten());
        let same = (0..)
            .zip(all)
            .find(|(_, other)| other.file != facts.file && other.agrees(facts));
        if let Some((nth, same)) = same {
            self.merged += 1;
            self.late.add(key, nth, Gain::of(article, same.lacks));
            same.fill(facts);
            let at = usize::try_from(same.file).unwrap_or(0);
            return self.files.get(at.saturating_sub(1)).cloned();
        }
        self.before.complete(article, key, nth);
        facts.fill(Facts::of(article, facts.file));
        if nth == 0 {
            self.known.insert(key, facts);
        } else {
            self.others.entry(key).or_default().push(facts);
        }
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
