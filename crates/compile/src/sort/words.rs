//! Words by number.

use rustc_hash::FxHashMap;
use souwen_text::cast;

/// Bytes that a word takes beside its codes, about: two allocations' heads, a place in the map.
const OVERHEAD: usize = 64;

/// Distinct words, numbered as they come.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: FxHashMap<Box<[u32]>, u32>,
    bytes: usize,
}

impl Words {
    /// The number of a word.
    pub(super) fn number(&mut self, word: &[u32]) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = cast::small(self.numbers.len());
        self.bytes += OVERHEAD + 4 * word.len();
        self.numbers.insert(word.into(), number);
        number
    }

    /// The memory that they take, about.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The words in order, and each number's place among them. Leaves none.
    pub(super) fn take(&mut self) -> (Vec<Box<[u32]>>, Vec<u32>) {
        self.bytes = 0;
        let mut words: Vec<(Box<[u32]>, u32)> =
            std::mem::take(&mut self.numbers).into_iter().collect();
        words.sort_unstable();
        let mut places = vec![0; words.len()];
        for (place, (_, number)) in (0..).zip(&words) {
            if let Some(slot) = places.get_mut(cast::index(*number)) {
                *slot = place;
            }
        }
        (words.into_iter().map(|(word, _)| word).collect(), places)
    }
}
