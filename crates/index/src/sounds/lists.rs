//! Many short lists in two vectors: what a section of this size would else be is a thousand small
//! allocations.

use souwen_text::cast;

/// Lists by number, back to back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lists<T> {
    /// `ends[i]` is where list `i` ends in `items`.
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self {
            ends: Vec::new(),
            items: Vec::new(),
        }
    }
}

impl<T: Copy + Default> Lists<T> {
    /// Sorts `(list, item)` into `count` lists; each keeps the order in which its items come. What
    /// names no list is left out.
    pub(crate) fn sorted(count: u32, items: &[(u32, T)]) -> Self {
        let mut ends = vec![0u32; cast::index(count)];
        for (list, _) in items {
            if let Some(slot) = ends.get_mut(cast::index(*list)) {
                *slot += 1;
            }
        }
        // From the numbers of items to where each list begins, and by filling to where it ends.
        let mut next = 0;
        for slot in &mut ends {
            next += std::mem::replace(slot, next);
        }
        let mut sorted = vec![T::default(); cast::index(next)];
        for &(list, item) in items {
            if let Some(at) = ends.get_mut(cast::index(list)) {
                if let Some(slot) = sorted.get_mut(cast::index(*at)) {
                    *slot = item;
                }
                *at += 1;
            }
        }
        Self {
            ends,
            items: sorted,
        }
    }

    /// Adds an item to the list that is being written.
    pub(crate) fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// Ends the list that is being written.
    pub(crate) fn end(&mut self) {
        self.ends.push(cast::small(self.items.len()));
    }

    /// How many lists there are.
    pub(crate) fn len(&self) -> u32 {
        cast::small(self.ends.len())
    }

    /// A list; empty if there is none of this number.
    pub(crate) fn get(&self, list: u32) -> &[T] {
        let at = cast::index(list);
        let start = at
            .checked_sub(1)
            .map_or(Some(&0), |before| self.ends.get(before));
        let (Some(&start), Some(&end)) = (start, self.ends.get(at)) else {
            return &[];
        };
        self.items
            .get(cast::index(start)..cast::index(end))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_into_lists() {
        let items = [(2, 7u16), (0, 5), (2, 1), (9, 4), (0, 6)];
        let lists = Lists::sorted(4, &items);
        let all: Vec<&[u16]> = (0..5).map(|list| lists.get(list)).collect();
        assert_eq!(all, [&[5, 6][..], &[], &[7, 1], &[], &[]]);
        assert_eq!(lists.len(), 4);
    }
}
