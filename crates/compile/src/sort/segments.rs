//! The segments of one thread, never many of them.

use std::io;

use super::Segment;
use super::merge::merge_few;
use super::segment::Writer;
use crate::limits::Limits;

/// Segments of one level that are merged into one of the next. Each is an open file; and a posting is
/// written again only once a level, of which there are two or three.
const LEVEL: usize = 24;

/// Segments by level: those as they were written, those merged of them, and so on.
#[derive(Debug, Default)]
pub(crate) struct Segments(Vec<Vec<Segment>>);

impl Segments {
    /// Adds one.
    pub(crate) fn push(&mut self, segment: Segment, limits: &Limits) -> io::Result<()> {
        let mut segment = segment;
        for level in &mut self.0 {
            level.push(segment);
            if level.len() < LEVEL {
                return Ok(());
            }
            let mut out = Writer::new(limits);
            merge_few::<io::Error>(level, &mut out)?;
            segment = out.finish()?;
            level.clear();
        }
        self.0.push(vec![segment]);
        Ok(())
    }

    /// All of them.
    pub(crate) fn into_all(self) -> impl Iterator<Item = Segment> {
        self.0.into_iter().flatten()
    }
}
