//! Marks: exactly the characters of a field that the query matched.

use souwen_text::{Gap, Stream, cast, order};

use crate::find::{phrase_positions, positions};
use crate::plan::{Plan, Planned};

/// A match of a word of the query in a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    /// Characters of the stream.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Which word, counted through the plan.
    pub(crate) word: usize,
}

/// Every match of a plan in a stream, in order.
pub(crate) fn matches(plan: &Plan, stream: &Stream) -> Vec<Match> {
    let mut found = Vec::new();
    let mut word = 0;
    for clause in plan.wanted() {
        clause_matches(clause, stream, word, &mut found);
        word += clause.words.len();
    }
    ordered(&found)
}

/// Sorts matches by start, then end, then word, and drops repetitions.
fn ordered(found: &[Match]) -> Vec<Match> {
    let key =
        |own: &Match| u64::from(cast::small(own.start)) << 32 | u64::from(cast::small(own.end));
    let mut keys: Vec<(u64, u32)> = found
        .iter()
        .map(|own| (key(own), cast::small(own.word)))
        .collect();
    order::sort(&mut keys);
    keys.dedup();
    let low = |key: u64| cast::index(u32::try_from(key & 0xFFFF_FFFF).unwrap_or(0));
    let own = |(key, word): (u64, u32)| Match {
        start: low(key >> 32),
        end: low(key),
        word: cast::index(word),
    };
    keys.into_iter().map(own).collect()
}

fn clause_matches(clause: &Planned, stream: &Stream, first: usize, found: &mut Vec<Match>) {
    let hay = stream.chars();
    let whole = clause.stream.chars();
    for (number, word) in (first..).zip(&clause.words) {
        for synonym in &word.synonyms {
            let len = synonym.chars.len();
            found.extend(positions(hay, &synonym.chars).map(|start| Match {
                start,
                end: start + len,
                word: number,
            }));
        }
    }
    let phrase = clause.is_phrase();
    let exact: Vec<usize> = if phrase {
        phrase_positions(stream, &clause.stream).collect()
    } else {
        positions(hay, whole).collect()
    };
    for start in exact {
        let mut at = start;
        for (number, word) in (first..).zip(&clause.words) {
            let end = at + word.chars.len();
            found.push(Match {
                start: at,
                end,
                word: number,
            });
            at = end;
        }
    }
    if phrase || clause.words.len() < 2 {
        return;
    }
    let mut covered = vec![false; hay.len() + 1];
    let own: Vec<usize> = clause.words.iter().map(|word| word.chars.len()).collect();
    for (number, word) in (first..).zip(&clause.words) {
        if word.stop || word.chars.len() < 2 {
            continue;
        }
        for start in positions(hay, &word.chars) {
            let end = start + word.chars.len();
            covered
                .iter_mut()
                .take(end)
                .skip(start)
                .for_each(|slot| *slot = true);
            found.push(Match {
                start,
                end,
                word: number,
            });
        }
    }
    // A single character is marked where it continues a longer match as it does in the query
    // (老|吴营), not wherever else it stands.
    let mut place = 0usize;
    for (offset, word) in clause.words.iter().enumerate() {
        if let (&[c], false) = (word.chars.as_slice(), word.stop) {
            let before = place.checked_sub(1).and_then(|at| whole.get(at));
            let after = whole.get(place + 1);
            for start in positions(hay, &[c]) {
                let joins = |at: Option<usize>, wanted: Option<&char>| {
                    at.is_some_and(|at| {
                        covered.get(at) == Some(&true) && wanted.is_some() && hay.get(at) == wanted
                    })
                };
                if joins(start.checked_sub(1), before) || joins(Some(start + 1), after) {
                    found.push(Match {
                        start,
                        end: start + 1,
                        word: first + offset,
                    });
                }
            }
        }
        place += own.get(offset).copied().unwrap_or(0);
    }
}

/// Matches as marks in the original text. Neighbours become one mark unless punctuation stands
/// between them.
pub(crate) fn marks(stream: &Stream, matches: &[Match]) -> Vec<(u32, u32)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for found in matches {
        match runs.last_mut() {
            Some(last) if found.start <= last.1 => last.1 = last.1.max(found.end),
            _ => runs.push((found.start, found.end)),
        }
    }
    let mut marks: Vec<(u32, u32)> = Vec::new();
    for (start, end) in runs {
        let mut from = start;
        for at in start + 1..=end {
            if at == end || stream.gap(at) == Gap::Break {
                let span = stream.span(from..at);
                // One character of the original may be several of the stream (㏂ is a, m).
                match marks.last_mut() {
                    Some((_, end)) if span.start < *end => *end = span.end.max(*end),
                    _ => marks.push((span.start, span.end)),
                }
                from = at;
            }
        }
    }
    marks
}
