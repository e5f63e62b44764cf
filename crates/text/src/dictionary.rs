//! The dictionary of the build: an FST from words to ordinals, and a weight for each ordinal.

use std::collections::BTreeSet;
use std::sync::Arc;

use fst::raw::{CompiledAddr, Fst};

use crate::alphabet::Alphabet;
use crate::cast;
use crate::lexicon::{Lexicon, MAX_WORD};
use crate::log::log2;

/// The sum of all frequencies in jieba's dictionary. Frequencies refer to it although an archive
/// keeps only the words that it holds: the lost mass stays counted, so that every word keeps its
/// probability.
pub const MASS: u64 = 60_101_964;

/// Weights are −log2(frequency / [`MASS`]) in units of 1/2048: two routes whose sums differ by less
/// are as good as equal.
const FRACTION: u32 = 11;

/// Weight of a character that the dictionary does not hold as a word: log2([`MASS`]), as for a word
/// of frequency 1.
pub const UNKNOWN_WEIGHT: u16 = 52_922;

/// How far into the words a walk has come.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    node: CompiledAddr,
    output: u64,
}

/// Words and their weights. `D` is where the bytes are. An index keeps its words in another form;
/// this one is made in a moment from a list of words.
#[derive(Clone)]
pub struct Dictionary<D> {
    fst: Fst<D>,
    weights: Vec<u16>,
    /// Spells the keys.
    alphabet: Arc<Alphabet>,
}

impl<D> std::fmt::Debug for Dictionary<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dictionary")
            .field("entries", &self.weights.len())
            .finish_non_exhaustive()
    }
}

impl<D: AsRef<[u8]>> Dictionary<D> {
    /// Joins an FST (keys as [`Alphabet::spell`] spells them → ordinals 0, 1, 2 … in key order) with
    /// the weights by ordinal and the alphabet.
    #[must_use]
    pub fn new(fst: Fst<D>, weights: Vec<u16>, alphabet: Arc<Alphabet>) -> Self {
        Self {
            fst,
            weights,
            alphabet,
        }
    }

    /// The FST.
    #[must_use]
    pub fn fst(&self) -> &Fst<D> {
        &self.fst
    }

    /// The weights by ordinal.
    #[must_use]
    pub fn weights(&self) -> &[u16] {
        &self.weights
    }
}

impl<D: AsRef<[u8]>> Lexicon for Dictionary<D> {
    type Place = Place;

    fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    fn root(&self) -> Place {
        Place {
            node: self.fst.root().addr(),
            output: 0,
        }
    }

    #[inline]
    fn step(&self, place: Place, code: u32) -> Option<Place> {
        let code = u16::try_from(code).ok()?;
        let mut node = self.fst.node(place.node);
        let mut output = place.output;
        for byte in code.to_be_bytes() {
            let transition = node.transition(node.find_input(byte)?);
            output += transition.out.value();
            node = self.fst.node(transition.addr);
        }
        Some(Place {
            node: node.addr(),
            output,
        })
    }

    fn steps(&self, place: Place, emit: &mut dyn FnMut(u32, Place)) {
        for high in self.fst.node(place.node).transitions() {
            let output = place.output + high.out.value();
            for low in self.fst.node(high.addr).transitions() {
                let code = u32::from(high.inp) << 8 | u32::from(low.inp);
                emit(
                    code,
                    Place {
                        node: low.addr,
                        output: output + low.out.value(),
                    },
                );
            }
        }
    }

    #[inline]
    fn entry(&self, place: Place) -> Option<(u32, u16)> {
        let node = self.fst.node(place.node);
        if !node.is_final() {
            return None;
        }
        let ordinal = place.output + node.final_output().value();
        let ordinal = u32::try_from(ordinal).ok()?;
        let weight = *self.weights.get(cast::index(ordinal))?;
        Some((ordinal, weight))
    }
}

impl Dictionary<Vec<u8>> {
    /// Builds a dictionary from words and weights, for tests and tools. Words are given in any
    /// order; of a word given twice, the first in order of weight stays.
    ///
    /// # Errors
    /// What [`fst`] reports, if anything.
    pub fn from_words<S: AsRef<str>>(
        words: impl IntoIterator<Item = (S, u16)>,
    ) -> Result<Self, fst::Error> {
        let mut words: Vec<(String, u16)> = words
            .into_iter()
            .map(|(w, weight)| (w.as_ref().to_owned(), weight))
            .collect();
        words.sort();
        words.dedup_by(|a, b| a.0 == b.0);
        let chars = words.iter().flat_map(|(word, _)| word.chars());
        let alphabet =
            Alphabet::from_chars(chars.collect::<BTreeSet<char>>().into_iter().collect());
        // Codes ascend with code points here, and so do keys with words.
        let spelt = words
            .into_iter()
            .filter_map(|(word, weight)| Some((alphabet.spell(&word)?, weight)));
        let (keys, weights): (Vec<_>, Vec<_>) = spelt.unzip();
        let fst = fst::Map::from_iter(keys.into_iter().zip(0u64..))?.into_fst();
        Ok(Self::new(fst, weights, Arc::new(alphabet)))
    }
}

/// The weight of a word of a frequency; 0, "not a word", for frequency 0.
#[must_use]
pub fn weight_of(frequency: u64) -> u16 {
    if frequency == 0 {
        return 0;
    }
    let weight = log2(MASS, FRACTION).saturating_sub(log2(frequency, FRACTION));
    u16::try_from(weight).unwrap_or(u16::MAX).max(1)
}

/// Whether a word has 1 to [`MAX_WORD`] characters, as many as are looked for.
#[must_use]
pub fn fits(word: &str) -> bool {
    (1..=MAX_WORD).contains(&word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_at_gives_prefixes_shortest_first_and_passes_over_mere_terms() {
        let dictionary =
            Dictionary::from_words([("河道", 3u16), ("河", 2), ("河道清", 0), ("河道清淤", 9)])
                .expect("builds");
        let text: Vec<char> = "河道清淤工程".chars().collect();
        let mut found = Vec::new();
        dictionary.words_at(&dictionary.codes(&text), |len, weight| {
            found.push((len, weight))
        });
        assert_eq!(found, [(1, 2), (2, 3), (4, 9)]);
        let mut begin = Vec::new();
        dictionary.starting_with("河道", |word| {
            begin.push(word);
            true
        });
        assert_eq!(begin, ["河道", "河道清", "河道清淤"]);
        assert!(dictionary.ordinal("河道清").is_some());
        assert_eq!(dictionary.ordinal("道"), None);
    }

    #[test]
    fn weights_are_logarithms() {
        assert_eq!(
            (weight_of(0), weight_of(MASS), weight_of(u64::MAX)),
            (0, 1, 1)
        );
        assert_eq!(weight_of(1), UNKNOWN_WEIGHT);
        assert_eq!(weight_of(1) - weight_of(2), 2048);
    }
}
