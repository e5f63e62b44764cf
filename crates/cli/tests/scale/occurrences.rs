//! The linear scan: which articles hold which strings, without the engine.

use std::collections::HashMap;

use souwen_text::{Gap, Stream};

use crate::archive::Archive;

/// A string of up to six characters as a number, 21 bits each.
type Key = u128;

const BITS: u32 = 21;
/// The longest string that fits.
pub(crate) const LONGEST: usize = 6;

/// A string to look for.
pub(crate) struct Sought {
    pub(crate) chars: Vec<char>,
    /// Before which of the characters punctuation stands, the second being bit 1.
    pub(crate) breaks: u32,
}

/// The articles that hold a string, by number, ascending.
#[derive(Default)]
pub(crate) struct Held {
    /// Whatever punctuation stands in between.
    pub(crate) anywhere: Vec<usize>,
    /// With punctuation where the string has some, and nowhere else.
    pub(crate) exactly: Vec<usize>,
}

/// Before which characters of a run of `length` punctuation stands.
pub(crate) fn breaks(stream: &Stream, start: usize, length: usize) -> u32 {
    (1..length)
        .filter(|step| stream.gap(start + step) == Gap::Break)
        .map(|step| 1 << step)
        .sum()
}

fn key(chars: &[char]) -> Key {
    chars.iter().fold(0, |key, &c| push(key, c))
}

fn push(key: Key, c: char) -> Key {
    key << BITS | Key::from(u32::from(c))
}

/// Looks every string up at every place of every article.
pub(crate) fn scan(archive: &Archive, sought: &[Sought]) -> Vec<Held> {
    let mut lengths: Vec<usize> = sought.iter().map(|own| own.chars.len()).collect();
    lengths.sort_unstable();
    lengths.dedup();
    assert!(lengths.last().is_none_or(|&longest| longest <= LONGEST));
    let tables: Vec<(usize, HashMap<Key, Vec<usize>>)> = lengths
        .into_iter()
        .map(|length| {
            let mut table: HashMap<Key, Vec<usize>> = HashMap::new();
            for (at, own) in sought.iter().enumerate() {
                if own.chars.len() == length {
                    table.entry(key(&own.chars)).or_default().push(at);
                }
            }
            (length, table)
        })
        .collect();
    let mut held: Vec<Held> = sought.iter().map(|_| Held::default()).collect();
    for (article, fields) in archive.fields.iter().enumerate() {
        for (_, stream) in fields {
            let mut last_six: Key = 0;
            for (end, &c) in stream.chars().iter().enumerate() {
                last_six = push(last_six, c);
                for (length, table) in &tables {
                    let Some(start) = (end + 1).checked_sub(*length) else {
                        continue;
                    };
                    let bits = BITS * u32::try_from(*length).unwrap();
                    let Some(strings) = table.get(&(last_six & ((1 << bits) - 1))) else {
                        continue;
                    };
                    let breaks = breaks(stream, start, *length);
                    for &at in strings {
                        add(&mut held[at].anywhere, article);
                        if breaks == sought[at].breaks {
                            add(&mut held[at].exactly, article);
                        }
                    }
                }
            }
        }
    }
    held
}

fn add(list: &mut Vec<usize>, article: usize) {
    if list.last() != Some(&article) {
        list.push(article);
    }
}
