//! Proximity: whether the words of a query stand together in a document, in their order, and in its
//! headline. It tells apart the best documents of a query of several words.
//!
//! Three shares of what the words weigh (their inverse document frequencies, added) each add their
//! part to a score:
//!
//! ```text
//! score' = score · (1 + ½ headline + ½ passage + ¼ order)
//!
//! headline = Σ weight of the words that stand in the headline                       / Σ weight
//! passage  = max over places p: Σ weight of the words that begin in [p, p + 24]      / Σ weight
//! order    = Σ over neighbours a, b of the query: min(weight) · 4 / (4 + slack(a, b)) / Σ weight
//! slack    = min over places of a and b, b behind a: |their distance − that in the query|
//! ```
//!
//! *passage* and *order* are the unordered and the ordered feature of Metzler & Croft, "A Markov
//! Random Field Model for Term Dependencies" (SIGIR 2005), *order* with the nearest pair of places
//! as in Tao & Zhai, "An Exploration of Proximity Measures in Information Retrieval" (SIGIR 2007)
//! instead of a count. *headline* is apart from the frequencies of BM25F, which saturate together: a
//! body that repeats one word of the query outdoes a headline with all of them.
//!
//! Places are characters of a field's stream. Nothing here depends on how they were found.

/// Parts of 256 that a share adds when it is whole.
const HEADLINE: u64 = 128;
const PASSAGE: u64 = 128;
const ORDER: u64 = 64;

/// How far behind the first word of a passage another one may begin, in characters: a clause of a
/// Chinese sentence.
const WIDTH: usize = 24;
/// The slack, in characters, at which order counts half.
const HALF: u64 = 4;

/// So many words of a query are looked at, the first ones: the work grows with their square, and a
/// pasted sentence shows by its beginning where it stands.
pub(crate) const MAX_WORDS: usize = 16;

/// A word of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asked {
    /// How telling it is.
    pub(crate) weight: u32,
    /// Where in the query it begins, in characters.
    pub(crate) at: usize,
}

/// What the fields of one document say, one after the other.
#[derive(Debug)]
pub(crate) struct Proximity<'a> {
    words: &'a [Asked],
    headline: u64,
    passage: u64,
    /// For each word but the last, the least slack between it and the next.
    slack: Vec<Option<usize>>,
}

impl<'a> Proximity<'a> {
    /// Before any field was looked at. `words` are in the order of the query.
    pub(crate) fn new(words: &'a [Asked]) -> Self {
        Self {
            words,
            headline: 0,
            passage: 0,
            slack: vec![None; words.len().saturating_sub(1)],
        }
    }

    /// Takes in a field: for each word the places where it begins, ascending.
    pub(crate) fn field(&mut self, places: &[Vec<usize>], headline: bool) {
        if headline {
            let held = self.words.iter().zip(places);
            let held = held.filter(|(_, places)| !places.is_empty());
            self.headline += held.map(|(word, _)| u64::from(word.weight)).sum::<u64>();
        }
        for begins in places {
            self.passage = self.passage.max(heaviest(self.words, places, begins));
        }
        for ((slot, words), places) in self
            .slack
            .iter_mut()
            .zip(self.words.array_windows())
            .zip(places.array_windows())
        {
            let [first, second] = words;
            let [before, behind] = places;
            let distance = second.at.saturating_sub(first.at);
            let own = least_slack(before, behind, distance);
            *slot = own.into_iter().chain(*slot).min();
        }
    }

    /// The score with what the fields add to it.
    pub(crate) fn boosted(&self, score: u64) -> u64 {
        let total: u64 = self.words.iter().map(|word| u64::from(word.weight)).sum();
        let neighbours = self.words.array_windows().zip(&self.slack);
        let order: u64 = neighbours
            .filter_map(|([first, second], slack)| {
                let slack = u64::try_from((*slack)?).unwrap_or(u64::MAX - HALF);
                let weight = u64::from(first.weight.min(second.weight));
                Some(weight * ORDER * HALF / (slack + HALF))
            })
            .sum();
        let parts = self.headline * HEADLINE + self.passage * PASSAGE + order;
        score + score * (parts / total.max(1)) / 256
    }
}

/// The heaviest set of words in a passage that starts at one of the places.
fn heaviest(words: &[Asked], places: &[Vec<usize>], starts: &[usize]) -> u64 {
    let mut weights = vec![0; starts.len()];
    for (word, own) in words.iter().zip(places) {
        let mut own = own.iter().peekable();
        for (&start, weight) in starts.iter().zip(&mut weights) {
            while own.next_if(|&&place| place < start).is_some() {}
            if own.peek().is_some_and(|&&place| place <= start + WIDTH) {
                *weight += u64::from(word.weight);
            }
        }
    }
    weights.into_iter().max().unwrap_or(0)
}

/// How far the distance of two places, one behind the other, is from the one wanted, in characters,
/// for the pair of places that comes nearest to it.
fn least_slack(before: &[usize], behind: &[usize], wanted: usize) -> Option<usize> {
    let mut least = None;
    let mut up_to = 0;
    for &start in before {
        let wanted = start + wanted;
        while behind.get(up_to).is_some_and(|&place| place <= wanted) {
            up_to += 1;
        }
        // The nearest are the last one up to the place wanted and the first one beyond it.
        let short = up_to.checked_sub(1).and_then(|at| behind.get(at));
        let short = short.filter(|&&place| place > start);
        let own = [short, behind.get(up_to)].into_iter().flatten();
        least = own.map(|&place| place.abs_diff(wanted)).chain(least).min();
    }
    least
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn asked(words: &[(u32, usize)]) -> Vec<Asked> {
        let asked = |&(weight, at)| Asked { weight, at };
        words.iter().map(asked).collect()
    }

    /// What one field adds to a score of 25,600: a hundred for each part of 256.
    fn adds(words: &[(u32, usize)], places: &[&[usize]], headline: bool) -> u64 {
        let words = asked(words);
        let places: Vec<Vec<usize>> = places.iter().map(|own| own.to_vec()).collect();
        let mut proximity = Proximity::new(&words);
        proximity.field(&places, headline);
        (proximity.boosted(25_600) - 25_600) / 100
    }

    #[test]
    fn the_formula() {
        let two = [(300, 0), (100, 2)];
        for (places, headline, expected, what) in [
            (&[&[5][..], &[7]][..], false, 128 + 16, "side by side"),
            (&[&[5], &[7]], true, 128 + 128 + 16, "in the headline"),
            (
                &[&[5], &[]],
                true,
                96 + 96,
                "the telling word of a headline",
            ),
            (&[&[], &[5]], false, 32, "the other word"),
            (&[&[7], &[5]], false, 128, "the wrong way round"),
            (
                &[&[5], &[11]],
                false,
                128 + 8,
                "four characters between them",
            ),
            (&[&[5], &[29]], false, 128 + 2, "the end of the passage"),
            (&[&[5], &[30]], false, 96 + 2, "beyond it"),
            (
                &[&[5, 90, 200], &[50, 92]],
                false,
                128 + 16,
                "the best place counts",
            ),
            (&[&[], &[]], false, 0, "nothing"),
        ] {
            assert_eq!(adds(&two, places, headline), expected, "{what}");
        }
    }

    #[test]
    fn fields_are_taken_together() {
        let words = asked(&[(100, 0), (100, 2), (100, 4)]);
        let mut proximity = Proximity::new(&words);
        proximity.field(&[vec![0], vec![], vec![]], true);
        proximity.field(&[vec![], vec![0], vec![2]], false);
        // A third of the headline, two thirds of a passage, one neighbourhood.
        let parts = (100 * 128 + 200 * 128 + 100 * 64) / 300;
        assert_eq!(proximity.boosted(256), 256 + parts);
    }

    proptest! {
        #[test]
        fn agrees_with_every_pair_of_places(
            before in proptest::collection::btree_set(0usize..60, 0..8),
            behind in proptest::collection::btree_set(0usize..60, 0..8),
            wanted in 1usize..6,
        ) {
            let before: Vec<usize> = before.into_iter().collect();
            let behind: Vec<usize> = behind.into_iter().collect();
            let pairs = before.iter().flat_map(|a| behind.iter().map(move |b| (*a, *b)));
            let slack = pairs.filter(|(a, b)| b > a).map(|(a, b)| (b - a).abs_diff(wanted));
            prop_assert_eq!(least_slack(&before, &behind, wanted), slack.min());

            let words = asked(&[(7, 0), (5, wanted)]);
            let at = |places: &[usize], p: usize| {
                places.iter().any(|place| (p..=p + WIDTH).contains(place))
            };
            let value = |p: usize| u64::from(at(&before, p)) * 7 + u64::from(at(&behind, p)) * 5;
            let places = [before.clone(), behind.clone()];
            let best = places.iter().map(|own| heaviest(&words, &places, own)).max();
            prop_assert_eq!(best, (0..60).map(value).max());
        }
    }
}
