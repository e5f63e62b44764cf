//! How the archive's characters and words are read, and what its characters look like.

mod characters;
mod shapes;
mod words;

use std::collections::HashSet;

use souwen_index::SoundParts;
use souwen_text::{Alphabet, cast, is_han};

use crate::dictionary;

/// What readers' pinyin and slips need to know of an archive: of the characters in its streams and
/// the words of its lexicon.
#[must_use]
pub(crate) fn for_archive<'a>(
    alphabet: &Alphabet,
    streams: &HashSet<char>,
    lexicon: impl Iterator<Item = &'a str>,
) -> SoundParts {
    let held = |c: &char| is_han(*c) && streams.contains(c);
    let strangers: Vec<char> = characters::common()
        .into_iter()
        .filter(|c| alphabet.code(*c).is_none())
        .collect();
    let own = alphabet.chars().iter().map(|c| {
        let own = held(c).then(|| characters::readings(*c));
        own.unwrap_or_default()
    });
    let readings = own.chain(strangers.iter().map(|&c| characters::readings(c)));
    let words = lexicon
        .filter(|word| word.chars().all(is_han))
        .filter_map(|word| Some((word.to_owned(), reading(word)?)));
    let code = |c: char| match strangers.binary_search(&c) {
        Ok(at) => Some(alphabet.len() + cast::small(at)),
        Err(_) => alphabet.code(c).filter(|_| held(&c)),
    };
    let group = |group: &str| group.chars().filter_map(code).collect();
    SoundParts {
        readings: readings.collect(),
        words: words.collect(),
        look_alikes: shapes::groups().map(group).collect(),
        strangers: strangers.clone(),
    }
}

/// How a word is read if not every character of it is read in its first way.
fn reading(word: &str) -> Option<Vec<String>> {
    let Some(spelled) = dictionary::spelled(word) else {
        return words::reading(word);
    };
    let first = |c: char| characters::readings(c).into_iter().next();
    words::reading(spelled).or_else(|| spelled.chars().map(first).collect())
}
