//! Section `directory`: where everything is that is no section of the core.
//!
//! ```text
//! parts, as [`crate::store`] writes them; then
//! far folds, sounds, what the texts share, headlines: runs
//! gone: number varint, distances varints; segments: number varint, then each
//! ```

use crate::chunks::Run;
use crate::error::{Result, ensure};
use crate::wire::{Reader, Writer};
use crate::{folds, segment, sounds, texts};

pub(crate) const NAME: &str = "directory";
pub(crate) const HEADLINES: &str = "headlines";

/// Where everything is that is no section of the core.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    /// What characters fold to that no article has; how characters sound.
    pub(crate) folds: Run,
    pub(crate) sounds: Run,
    /// What the texts share.
    pub(crate) codec: Run,
    /// The newest headlines.
    pub(crate) headlines: Run,
    /// Documents that count no more, ascending.
    pub(crate) gone: Vec<u32>,
    pub(crate) segments: Vec<segment::Roots>,
}

impl Directory {
    pub(crate) fn write(&self, out: &mut Writer) {
        self.folds.write(out);
        self.sounds.write(out);
        self.codec.write(out);
        self.headlines.write(out);
        out.count(self.gone.len());
        let mut next = 0;
        for &document in &self.gone {
            out.varint((document - next).into());
            next = document + 1;
        }
        out.count(self.segments.len());
        self.segments.iter().for_each(|segment| segment.write(out));
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let mut directory = Self {
            folds: Run::read(reader, folds::NAME)?,
            sounds: Run::read(reader, sounds::NAME)?,
            codec: Run::read(reader, texts::NAME)?,
            headlines: Run::read(reader, HEADLINES)?,
            ..Self::default()
        };
        directory.sounds.has(1, sounds::NAME)?;
        directory.codec.has(1, texts::NAME)?;
        directory.headlines.has(1, HEADLINES)?;
        if !directory.folds.extents.is_empty() {
            directory.folds.has(1, folds::NAME)?;
        }
        let mut next = 0u32;
        for _ in 0..reader.count()? {
            let document = next.saturating_add(reader.varint32()?);
            directory.gone.push(document);
            next = document.saturating_add(1);
        }
        let sorted = directory.gone.is_sorted_by(|a, b| a < b);
        ensure(sorted, NAME, "documents that are gone are out of order")?;
        for _ in 0..reader.count()? {
            directory.segments.push(segment::Roots::read(reader)?);
        }
        Ok(directory)
    }
}
