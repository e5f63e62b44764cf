//! What tells whether two articles are the same, as numbers: an archive's articles need not fit in memory.

use sha2::{Digest, Sha256};

use super::late::Lacks;
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
pub(super) struct Facts {
    pub(super) file: u32,
    id: u32,
    date: u32,
    url: u32,
    /// What else is not said.
    pub(super) lacks: Lacks,
}

impl Facts {
    pub(super) fn of(article: &Article, file: u32) -> Self {
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
            lacks: Lacks::of(article),
        }
    }

    pub(super) fn agrees(self, other: Self) -> bool {
        let same = |a: u32, b: u32| a == 0 || b == 0 || a == b;
        same(self.id, other.id) && same(self.date, other.date) && same(self.url, other.url)
    }

    /// Takes what another article that is the same says beside: a third must agree with both. Ids stay apart, for those of
    /// a feed are not those of a dump.
    pub(super) fn fill(&mut self, other: Self) {
        for (own, other) in [(&mut self.date, other.date), (&mut self.url, other.url)] {
            if *own == 0 {
                *own = other;
            }
        }
        self.lacks = self.lacks.without(other.lacks);
    }
}

/// An address without what makes no other page of it: scheme, `www.`, campaign, fragment, the last `/`.
pub(super) fn address(url: &str) -> String {
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

pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
