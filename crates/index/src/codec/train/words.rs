//! Words by byte-pair encoding: the commonest pair of symbols becomes a symbol, again and again.
//!
//! P. Gage, "A new algorithm for data compression" (1994). Many pairs that do not overlap are joined
//! in one pass.

use std::collections::{HashMap, HashSet};

use souwen_text::cast;

/// Between texts, and in the place of strangers.
const GAP: u32 = u32::MAX;
/// Pairs must come so often.
const LEAST: u32 = 4;
/// Characters of the sample that are looked at.
const SAMPLE: usize = 600_000;
/// Of the words that are still wanted, one in so many is made in one pass.
const SHARE: usize = 8;

/// Finds up to `most` words in texts of codes: pairs of symbols, which are `chars` characters and the
/// words before.
pub(super) fn find(texts: &[Vec<u32>], chars: u32, most: u32, longest: usize) -> Vec<(u32, u32)> {
    let mut symbols = flatten(texts, chars);
    let mut words: Vec<(u32, u32)> = Vec::new();
    let mut lengths = vec![1; cast::index(chars)];
    let length = |lengths: &[usize], symbol: u32| lengths.get(cast::index(symbol)).copied();
    while let left = cast::index(most).saturating_sub(words.len())
        && left > 0
    {
        let mut joined = HashMap::new();
        let (mut firsts, mut seconds) = (HashSet::new(), HashSet::new());
        let mut enough = 0;
        for (count, (first, second)) in count(&symbols) {
            if count < enough || joined.len() > left / SHARE {
                break;
            }
            let length = length(&lengths, first)
                .zip(length(&lengths, second))
                .map(|(first, second)| first + second);
            // Pairs that could overlap wait: joining one makes the other rarer.
            let Some(length) = length.filter(|&length| length <= longest) else {
                continue;
            };
            if seconds.contains(&first) || firsts.contains(&second) {
                continue;
            }
            enough = enough.max(count / 2);
            firsts.insert(first);
            seconds.insert(second);
            joined.insert((first, second), chars + cast::small(words.len()));
            words.push((first, second));
            lengths.push(length);
        }
        if joined.is_empty() {
            break;
        }
        symbols = join(&symbols, &joined);
    }
    words
}

/// An even share of the texts, with gaps.
fn flatten(texts: &[Vec<u32>], chars: u32) -> Vec<u32> {
    let all: usize = texts.iter().map(Vec::len).sum();
    let mut symbols = Vec::new();
    for text in texts.iter().step_by((all / SAMPLE).max(1)) {
        let known = |&code: &u32| if code < chars { code } else { GAP };
        symbols.extend(text.iter().map(known));
        symbols.push(GAP);
    }
    symbols
}

/// The pairs, the commonest first.
fn count(symbols: &[u32]) -> Vec<(u32, (u32, u32))> {
    let pair = |pair: &[u32]| match *pair {
        [first, second] if first != GAP && second != GAP => {
            Some(u64::from(first) << 32 | u64::from(second))
        }
        _ => None,
    };
    let mut pairs: Vec<u64> = symbols.windows(2).filter_map(pair).collect();
    pairs.sort_unstable();
    let mut counts = Vec::new();
    for run in pairs.chunk_by(|a, b| a == b) {
        let count = cast::small(run.len());
        if let Some(&pair) = run.first().filter(|_| count >= LEAST) {
            let half = |half: u64| u32::try_from(half).unwrap_or(GAP);
            counts.push((count, (half(pair >> 32), half(pair & 0xFFFF_FFFF))));
        }
    }
    counts.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    counts
}

fn join(symbols: &[u32], words: &HashMap<(u32, u32), u32>) -> Vec<u32> {
    let mut joined: Vec<u32> = Vec::with_capacity(symbols.len());
    for &symbol in symbols {
        match joined.last().and_then(|&last| words.get(&(last, symbol))) {
            Some(&word) => {
                joined.pop();
                joined.push(word);
            }
            None => joined.push(symbol),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_often_becomes_a_word() {
        let texts = vec![
            vec![0, 1, 2, 9],
            vec![3, 0, 1],
            vec![0, 1, 2],
            vec![0, 1, 2, 0],
            vec![0, 1, 2],
        ];
        assert_eq!(find(&texts, 5, 9, 16), [(0, 1), (5, 2)]);
        assert_eq!(find(&texts, 5, 1, 16), [(0, 1)]);
        assert_eq!(find(&texts, 5, 9, 2), [(0, 1)]);
        assert_eq!(find(&[], 0, 9, 16), []);
    }
}
