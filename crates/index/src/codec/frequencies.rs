//! How often each symbol is expected, and adapted as symbols come.
//!
//! Sums over all symbols before one take logarithmic time by a tree: P. M. Fenwick, "A new data
//! structure for cumulative frequency tables" (1994).

use souwen_text::cast;

use super::range::RangeDecoder;

/// Frequencies stay as they are once their total is so large.
const MOST: u32 = 1 << 23;

/// A frequency per symbol, with sums.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Frequencies {
    each: Vec<u32>,
    /// Entry `i` (from 1 on) is the sum of the `i & -i` frequencies before symbol `i`.
    tree: Vec<u32>,
    total: u32,
    /// The largest power of two that the tree reaches.
    top: usize,
}

impl Frequencies {
    /// Takes the frequencies of symbols 0, 1, …; their sum must be at most 2²³.
    pub(super) fn new(each: Vec<u32>) -> Self {
        let mut tree = vec![0; each.len() + 1];
        for at in 1..tree.len() {
            let sum = value(&tree, at) + value(&each, at - 1);
            let up = at + (at & at.wrapping_neg());
            if let Some(node) = tree.get_mut(at) {
                *node = sum;
            }
            if let Some(node) = tree.get_mut(up) {
                *node += sum;
            }
        }
        let top = match each.len() {
            0 => 0,
            len => 1 << len.ilog2(),
        };
        Self {
            total: each.iter().sum(),
            each,
            tree,
            top,
        }
    }

    pub(super) fn total(&self) -> u32 {
        self.total
    }

    pub(super) fn of(&self, symbol: u32) -> u32 {
        value(&self.each, cast::index(symbol))
    }

    /// The sum of all symbols before this one.
    pub(super) fn before(&self, symbol: u32) -> u32 {
        let mut sum = 0;
        let mut at = cast::index(symbol);
        while at > 0 {
            sum += value(&self.tree, at);
            at &= at - 1;
        }
        sum
    }

    /// The symbol at a place of the total, and the sum before it.
    pub(super) fn find(&self, place: u32) -> (u32, u32) {
        let (mut at, mut rest, mut step) = (0, place, self.top);
        while step > 0 {
            if let Some(&sum) = self.tree.get(at + step)
                && sum <= rest
            {
                at += step;
                rest -= sum;
            }
            step >>= 1;
        }
        (cast::small(at), place - rest)
    }

    /// Whether frequencies stay as they are from now on.
    pub(super) fn are_settled(&self) -> bool {
        self.total > MOST
    }

    /// Adds to a symbol's frequency.
    pub(super) fn add(&mut self, symbol: u32, more: u32) {
        if self.are_settled() {
            return;
        }
        let mut at = cast::index(symbol);
        if let Some(frequency) = self.each.get_mut(at) {
            *frequency += more;
            self.total += more;
        }
        at += 1;
        while let Some(sum) = self.tree.get_mut(at) {
            *sum += more;
            at += at & at.wrapping_neg();
        }
    }

    /// Reads a symbol, and expects it the more from then on.
    pub(super) fn read(&mut self, coder: &mut RangeDecoder, more: u32) -> u32 {
        let (symbol, before) = self.find(coder.position(self.total));
        coder.accept(before, self.of(symbol));
        self.add(symbol, more);
        symbol
    }
}

fn value(values: &[u32], at: usize) -> u32 {
    values.get(at).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sums_are_those_of_the_frequencies(
            start in prop::collection::vec(0u32..50, 0..70),
            more in prop::collection::vec((0u32..70, 0u32..9), 0..50),
        ) {
            let mut frequencies = Frequencies::new(start.clone());
            let mut plain = start;
            for (symbol, more) in more {
                if let Some(frequency) = plain.get_mut(cast::index(symbol)) {
                    *frequency += more;
                    frequencies.add(symbol, more);
                }
            }
            let mut sum = 0;
            for (symbol, &frequency) in (0..).zip(&plain) {
                prop_assert_eq!(frequencies.before(symbol), sum);
                prop_assert_eq!(frequencies.of(symbol), frequency);
                for place in sum..sum + frequency {
                    prop_assert_eq!(frequencies.find(place), (symbol, sum));
                }
                sum += frequency;
            }
            prop_assert_eq!(frequencies.total(), sum);
        }
    }
}
