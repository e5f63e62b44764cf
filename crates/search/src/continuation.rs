//! How the archive goes on after what was typed so far: names and terms that no dictionary has.

use souwen_index::FormatError;
use souwen_text::{is_han, is_stop_word};

use crate::engine::Engine;
use crate::held::Needle;

/// Places looked at in each document.
const PLACES: usize = 5;
/// The longest continuation, in characters.
const LONGEST: usize = 6;
/// Different first characters gone on with.
const BRANCHES: usize = 4;

/// What the archive has in place of a prefix, and in how many of the places looked at.
pub(crate) struct Continuation {
    pub(crate) text: String,
    pub(crate) count: u32,
}

impl Engine {
    /// The strings that most often continue a prefix, as far as they go on alike: of the places that
    /// hold a string, three fifths must go on with the next character. `documents` are looked into.
    pub(crate) fn continuations(
        &self,
        prefix: &[char],
        documents: &[u32],
    ) -> Result<Vec<Continuation>, FormatError> {
        let text: String = prefix.iter().collect();
        let stream = self.index().analyser().stream(&text);
        let Some(needle) = Needle::phrase(self.index(), &stream) else {
            return Ok(Vec::new());
        };
        let alphabet = self.index().alphabet();
        let mut tails: Vec<Vec<char>> = Vec::new();
        for &document in documents {
            let held = self.held(document)?;
            for place in held.positions(&needle).take(PLACES) {
                let run = held.run(place).skip(prefix.len()).take(LONGEST);
                tails.push(run.filter_map(|code| alphabet.char(code)).collect());
            }
        }
        let latin = prefix.last().is_some_and(char::is_ascii_alphabetic);
        let mut found = Vec::new();
        for _ in 0..BRANCHES {
            let Some((first, count)) = commonest(&tails, 0) else {
                break;
            };
            let (with, without): (Vec<_>, Vec<_>) = tails
                .into_iter()
                .partition(|tail| tail.first() == Some(&first));
            tails = without;
            // Once may be anything, but a word of letters ends where its letters do.
            let word = latin && first.is_ascii_alphabetic();
            if is_stop(first) || count < 2 && !word {
                continue;
            }
            let mut text: String = prefix.iter().collect();
            text.push(first);
            let mut left = with;
            for at in 1..LONGEST {
                let Some((next, more)) = commonest(&left, at) else {
                    break;
                };
                let same_script = is_han(next) == is_han(first);
                if more * 5 < left.len() * 3 || more < 2 && !word || is_stop(next) || !same_script {
                    break;
                }
                left.retain(|tail| tail.get(at) == Some(&next));
                text.push(next);
            }
            found.push(Continuation {
                text,
                count: souwen_text::cast::small(left.len()),
            });
        }
        Ok(found)
    }
}

fn is_stop(c: char) -> bool {
    is_stop_word(c.encode_utf8(&mut [0; 4]))
}

/// The commonest character at a place of the tails, and how many have it.
fn commonest(tails: &[Vec<char>], at: usize) -> Option<(char, usize)> {
    let mut counts: Vec<(char, usize)> = Vec::new();
    for &c in tails.iter().filter_map(|tail| tail.get(at)) {
        match counts.iter_mut().find(|(own, _)| *own == c) {
            Some((_, count)) => *count += 1,
            None => counts.push((c, 1)),
        }
    }
    let mut best: Option<(char, usize)> = None;
    for (c, count) in counts {
        if best.is_none_or(|(_, most)| count > most) {
            best = Some((c, count));
        }
    }
    best
}
