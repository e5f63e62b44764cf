//! Ids for articles that have none.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use sha2::{Digest, Sha256};

use crate::article::Article;

/// Gives ids and keeps them apart.
#[derive(Default)]
pub(crate) struct Ids {
    /// How often an id was given, by its hash: an archive's ids need not fit in memory.
    given: HashMap<u64, u32>,
    repeated: bool,
}

impl Ids {
    /// Sees to it that the article has an id that no article before it has.
    ///
    /// An id of our own is made of what the article is known by: its file, its headline and how its text begins. So the same
    /// input gives the same ids, and an edit changes no other article's. SHA-256 (its first 64 bits, as 16 hex digits) rather than
    /// `std`'s hasher because it must stay what it is with every compiler to come.
    pub(crate) fn assign(&mut self, article: &mut Article) {
        if article.id.is_empty() {
            article.id = fingerprint(article);
        }
        let count = self.count(&article.id);
        if count > 1 {
            self.repeated = true;
            let mut number = count;
            let mut id = format!("{}-{number}", article.id);
            // The input itself may use such an id already.
            while self.count(&id) > 1 {
                number += 1;
                id = format!("{}-{number}", article.id);
            }
            article.id = id;
        }
    }

    /// Whether any article got another id than its own.
    pub(crate) fn has_repeated(&self) -> bool {
        self.repeated
    }

    fn count(&mut self, id: &str) -> u32 {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let count = self.given.entry(hasher.finish()).or_insert(0);
        *count = count.saturating_add(1);
        *count
    }
}

fn fingerprint(article: &Article) -> String {
    const OPENING: usize = 32;
    let file = article
        .source
        .as_ref()
        .map_or("", |source| source.file.as_str());
    let text = article
        .paragraphs
        .first()
        .or(article.captions.first())
        .map_or("", String::as_str);
    let opening: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(OPENING)
        .collect();
    let mut hash = Sha256::new();
    for part in [file, article.title.as_str(), opening.as_str()] {
        hash.update(part.as_bytes());
        // Ends each part, so that no two triples run together into one.
        hash.update([0]);
    }
    hash.finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(id: &str, title: &str) -> Article {
        Article {
            id: id.to_owned(),
            title: title.to_owned(),
            ..Article::default()
        }
    }

    #[test]
    fn ids_are_stable_and_apart() {
        let mut ids = Ids::default();
        let mut got = Vec::new();
        for mut article in [
            named("", "清河"),
            named("", "清河"),
            named("a", "x"),
            named("a", "y"),
            named("a-2", "z"),
        ] {
            ids.assign(&mut article);
            got.push(article.id);
        }
        assert_eq!(
            got,
            [
                "f69917bc74c30b19",
                "f69917bc74c30b19-2",
                "a",
                "a-2",
                "a-2-2"
            ]
        );
    }
}
