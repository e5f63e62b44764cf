//! About how often keys occur, and how many there are, in a few megabytes.

use std::sync::atomic::{AtomicU8, Ordering};

use souwen_text::cast;

use super::counts::slot;
use super::pieces::Key;
use super::texts::Texts;

/// The hashed counts: two to the power of so many, one byte each, about as many as the texts have
/// bytes. Too few make it slower, and change nothing.
const SKETCH_BITS: (u32, u32) = (12, 24);

/// Parts that keys fall into, at the most.
const MOST_PARTS: u32 = 1 << 10;

/// Hashed counts up to 255, which is enough.
pub(super) struct Sketch {
    counts: Vec<AtomicU8>,
    bits: u32,
}

impl Sketch {
    pub(super) fn new(texts: &Texts) -> Self {
        let bits = texts.bytes().max(1).ilog2();
        let bits = bits.clamp(SKETCH_BITS.0, SKETCH_BITS.1);
        let mut counts = Vec::new();
        counts.resize_with(1 << bits, AtomicU8::default);
        Self { counts, bits }
    }

    pub(super) fn add(&self, key: Key) {
        if let Some(count) = self.counts.get(slot(key, self.bits)) {
            let add = |count: u8| count.checked_add(1);
            let _ = count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        }
    }

    /// Into how many parts those keys fall that may have been added twice, so that none has more than
    /// `most`. How many keys there are tells the number of empty places: m ln (m / empty) (Whang, Vander-Zanden and
    /// Taylor, *A linear-time probabilistic counting algorithm for database applications*, 1990).
    pub(super) fn parts(&self, most: u32) -> usize {
        let (mut empty, mut once) = (0, 0);
        for count in &self.counts {
            match count.load(Ordering::Relaxed) {
                0 => empty += 1,
                1 => once += 1,
                _ => (),
            }
        }
        let all = f64::from(cast::small(self.counts.len()));
        let keys = all * (all / f64::from(u32::max(empty, 1))).ln() - f64::from(once);
        let parts = (1..MOST_PARTS).find(|&parts| keys <= f64::from(parts) * f64::from(most));
        cast::index(parts.unwrap_or(MOST_PARTS))
    }

    /// Whether it may have been added twice.
    pub(super) fn is_repeated(&self, key: Key) -> bool {
        let count = self.counts.get(slot(key, self.bits));
        count.is_some_and(|count| count.load(Ordering::Relaxed) > 1)
    }
}
