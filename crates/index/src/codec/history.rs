//! What may come next, by what came after the same symbols before.
//!
//! P. Fenwick, "Symbol ranking text compression" (1996): instead of a place and a length as in LZ77,
//! a repetition costs one well-predicted flag a symbol, and most repetitions in a news text are
//! names of two or three symbols, whose place would cost more than the name.

use souwen_text::cast;

/// Symbols that are foretold at once.
const GUESSES: usize = 2;
/// Earlier places that are looked at, the latest first.
const PLACES: usize = 12;
/// Symbols before a place that are compared.
const LONGEST: u32 = 4;
/// Guesses in a row that were right, as far as it is counted.
const STREAK: u32 = 3;

/// Flags have so many contexts.
pub(super) const CONTEXTS: usize = 48;

/// A symbol that may come next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) symbol: u32,
    /// How many symbols before its earlier place agree with the last ones.
    length: u32,
}

/// The symbols that may come next, the likeliest first.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Guesses {
    guesses: [Guess; GUESSES],
    count: usize,
    streak: u32,
}

impl Guesses {
    /// The symbols, each with the context of the flag that says whether it is the one.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, usize)> {
        let several = u32::from(self.count > 1);
        let rank = move |place: u32| if place > 0 { 2 } else { several };
        let context = move |(place, guess): (u32, Guess)| {
            let lengths = (guess.length - 1) * (STREAK + 1) + self.streak;
            (guess.symbol, cast::index(lengths * 3 + rank(place)))
        };
        (0..)
            .zip(self.guesses.into_iter().take(self.count))
            .map(context)
    }

    /// The symbols in ascending order.
    pub(super) fn ascending(&self) -> impl Iterator<Item = u32> {
        let [first, second] = self.guesses.map(|guess| guess.symbol);
        let pair = if self.count > 1 && second < first {
            [second, first]
        } else {
            [first, second]
        };
        pair.into_iter().take(self.count)
    }

    fn offer(&mut self, symbol: u32, length: u32) {
        let held = self.guesses.iter().take(self.count);
        let same = held.clone().position(|guess| guess.symbol == symbol);
        // A later place goes before an earlier one that agrees no longer.
        let place = held.clone().position(|guess| guess.length < length);
        let place = place.unwrap_or(self.count);
        let end = same.unwrap_or(self.count);
        if place > end || place >= GUESSES || same.is_some_and(|same| place > same) {
            return;
        }
        if same.is_none() {
            self.count = (self.count + 1).min(GUESSES);
        }
        let mut moved = Guess { symbol, length };
        for guess in self
            .guesses
            .iter_mut()
            .take((end + 1).min(GUESSES))
            .skip(place)
        {
            std::mem::swap(guess, &mut moved);
        }
    }
}

/// The symbols of a text so far.
#[derive(Debug)]
pub(super) struct History {
    symbols: Vec<u32>,
    /// Per place, the place before it that follows the same symbol, plus 1.
    links: Vec<u32>,
    /// Per symbol, the last place that follows it, plus 1.
    heads: Vec<u32>,
    streak: u32,
}

impl History {
    /// `symbols` is how many different ones there are.
    pub(super) fn new(symbols: usize) -> Self {
        Self {
            symbols: Vec::new(),
            links: Vec::new(),
            heads: vec![0; symbols],
            streak: 0,
        }
    }

    fn symbol(&self, place: usize) -> Option<u32> {
        self.symbols.get(place).copied()
    }

    /// How many symbols before a place agree with the last ones. The one before it does.
    fn agreement(&self, place: usize) -> u32 {
        let mut length = 1;
        let (mut before, mut last) = (place - 1, self.symbols.len() - 1);
        while length < LONGEST && before > 0 {
            (before, last) = (before - 1, last - 1);
            if self.symbol(before) != self.symbol(last) {
                break;
            }
            length += 1;
        }
        length
    }

    /// What may come next.
    pub(super) fn guesses(&self) -> Guesses {
        let mut guesses = Guesses {
            streak: self.streak,
            ..Guesses::default()
        };
        let last = self.symbols.last().copied().unwrap_or(u32::MAX);
        let mut next = self.heads.get(cast::index(last)).copied().unwrap_or(0);
        for _ in 0..PLACES {
            let Some(place) = next.checked_sub(1).map(cast::index) else {
                break;
            };
            if let Some(symbol) = self.symbol(place) {
                guesses.offer(symbol, self.agreement(place));
            }
            next = self.links.get(place).copied().unwrap_or(0);
        }
        guesses
    }

    /// Goes on with a symbol, which was `foretold` or not.
    pub(super) fn push(&mut self, symbol: u32, foretold: bool) {
        let place = cast::small(self.symbols.len()) + 1;
        let last = self.symbols.last().copied().unwrap_or(u32::MAX);
        let head = self.heads.get_mut(cast::index(last));
        let link = head.map_or(0, |head| std::mem::replace(head, place));
        self.links.push(link);
        self.symbols.push(symbol);
        self.streak = if foretold {
            (self.streak + 1).min(STREAK)
        } else {
            0
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guesses(symbols: &[u32]) -> Vec<(u32, usize)> {
        let mut history = History::new(10);
        for &symbol in symbols {
            history.push(symbol, false);
        }
        let guesses = history.guesses();
        let mut sorted: Vec<u32> = guesses.iter().map(|(symbol, _)| symbol).collect();
        sorted.sort_unstable();
        assert_eq!(guesses.ascending().collect::<Vec<_>>(), sorted);
        guesses.iter().collect()
    }

    #[test]
    fn the_longest_agreement_first_then_the_latest() {
        assert_eq!(guesses(&[]), []);
        assert_eq!(guesses(&[1, 2]), []);
        assert_eq!(guesses(&[1, 2, 1]), [(2, 0)]);
        assert_eq!(guesses(&[1, 2, 1, 3, 1]), [(3, 1), (2, 2)]);
        assert_eq!(guesses(&[1, 2, 1, 3, 1, 4, 1]), [(4, 1), (3, 2)]);
        // After 5 1 came 2.
        assert_eq!(guesses(&[5, 1, 2, 1, 3, 5, 1]), [(2, 13), (3, 2)]);
        // 3 agrees longer where it stood first.
        assert_eq!(guesses(&[5, 1, 3, 1, 2, 1, 3, 5, 1]), [(3, 13), (2, 2)]);
    }

    #[test]
    fn contexts_are_as_many_as_there_may_be() {
        let mut history = History::new(2);
        for _ in 0..20 {
            history.push(1, true);
        }
        let most = history.guesses().iter().map(|(_, context)| context).max();
        assert_eq!(most, Some(CONTEXTS - 3));
    }
}
