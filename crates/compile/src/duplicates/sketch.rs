//! Sketches: what tells at a glance that two texts may resemble each other.

use souwen_index::Field;

use super::{SHINGLE, hash, is_compared, mix};

/// Values of a sketch: as many as the six highest bits of a hash can name.
const BINS: usize = 64;
/// Bins of a band.
const ROWS: usize = 4;
/// Bands of a sketch.
pub(crate) const BANDS: usize = BINS / ROWS;

/// What is compared first of a text: for each bin the least hash of its shingles.
#[derive(Debug, Clone)]
pub(crate) struct Sketch([u64; BINS]);

/// The value of a bin without a shingle.
const EMPTY: u64 = u64::MAX;

impl Default for Sketch {
    fn default() -> Self {
        Self([EMPTY; BINS])
    }
}

impl Sketch {
    /// Adds a field, if it is part of the text that is compared.
    pub(crate) fn add(&mut self, field: Field, stream: &[char]) {
        if !is_compared(field) {
            return;
        }
        for run in stream.windows(SHINGLE) {
            let hash = hash(run);
            let bin = usize::try_from(hash >> 58).ok();
            if let Some(least) = bin.and_then(|bin| self.0.get_mut(bin)) {
                *least = (*least).min(hash);
            }
        }
    }

    /// A number for each band, unless the text has no shingle.
    pub(crate) fn bands(&self) -> Option<[u64; BANDS]> {
        // How far the next bin with a shingle is makes it another value there.
        let value = |bin: usize| {
            let ahead = self.0.iter().cycle().skip(bin).zip(0u64..);
            let mut held = ahead.take(BINS).filter(|(least, _)| **least != EMPTY);
            held.next().map(|(least, distance)| mix(least ^ distance))
        };
        let mut bands = [0; BANDS];
        for (band, at) in bands.iter_mut().zip((0..BINS).step_by(ROWS)) {
            for bin in at..at + ROWS {
                *band = mix(*band ^ value(bin)?);
            }
        }
        Some(bands)
    }
}
