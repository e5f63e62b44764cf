//! A cursor over the postings of a term: documents in order, decoded block by block.

use souwen_text::cast;

use crate::bits::{BitReader, rice_width};
use crate::postings::{BLOCK, NAME, Posting, read_df};
use crate::wire::Reader;

/// Walks a term's documents in order.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    documents: Vec<u32>,
    classes: Vec<u8>,
    at: usize,
    df: u32,
    /// Documents in blocks not yet decoded, and where those blocks begin.
    left: u32,
    long: &'a [u8],
    last: Option<u32>,
}

impl<'a> Cursor<'a> {
    /// A cursor over no document.
    pub(crate) fn empty() -> Self {
        Self {
            documents: Vec::new(),
            classes: Vec::new(),
            at: 0,
            df: 0,
            left: 0,
            long: &[],
            last: None,
        }
    }

    /// A cursor over the list that begins at `bits`.
    pub(crate) fn new(bits: &mut BitReader<'_>, long: &'a [u8], documents: u32) -> Self {
        let mut cursor = Self::empty();
        cursor.df = read_df(bits);
        if cast::index(cursor.df) >= BLOCK {
            cursor.left = cursor.df;
            cursor.long = long.get(cast::index(bits.bits(32))..).unwrap_or_default();
        } else {
            let k = rice_width(documents, cursor.df);
            cursor.decode(bits, cursor.df, |bits| bits.rice(k));
        }
        cursor
    }

    /// The number of documents in the list.
    #[must_use]
    pub fn document_frequency(&self) -> u32 {
        self.df
    }

    /// The next document and its class.
    #[expect(
        clippy::should_implement_trait,
        reason = "a cursor also seeks; it is no iterator"
    )]
    pub fn next(&mut self) -> Option<Posting> {
        if self.at >= self.documents.len() && !self.next_block(0) {
            return None;
        }
        self.take()
    }

    /// The first document from `target` on (at or after the current position) and its class.
    pub fn seek(&mut self, target: u32) -> Option<Posting> {
        let passed = self.at >= self.documents.len()
            || self.documents.last().is_none_or(|&last| last < target);
        if passed && !self.next_block(target) {
            return None;
        }
        let rest = self.documents.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|&document| document < target);
        self.take()
    }

    fn take(&mut self) -> Option<Posting> {
        let posting = self
            .documents
            .get(self.at)
            .copied()
            .zip(self.classes.get(self.at).copied());
        self.at += 1;
        posting
    }

    /// Decodes the next block whose last document is not before `target`.
    fn next_block(&mut self, target: u32) -> bool {
        self.at = 0;
        while self.left > 0 {
            let count = self.left.min(cast::small(BLOCK));
            self.left -= count;
            let Some((last, body)) = self.block_head() else {
                break;
            };
            if last >= target {
                let mut bits = BitReader::new(body, 0);
                let width = bits.bits(5);
                self.decode(&mut bits, count, |bits| bits.bits(width));
                self.last = Some(last);
                return !self.documents.is_empty();
            }
            self.last = Some(last);
        }
        self.left = 0;
        self.documents.clear();
        self.classes.clear();
        false
    }

    /// Reads the head of a long block: its last document, its bits.
    fn block_head(&mut self) -> Option<(u32, &'a [u8])> {
        let mut reader = Reader::new(NAME, self.long);
        let distance = reader.varint32().ok()?;
        let len = reader.count().ok()?;
        let body = reader.take(len).ok()?;
        self.long = self.long.get(self.long.len() - reader.rest()..)?;
        Some((self.last.unwrap_or(0).checked_add(distance)?, body))
    }

    /// Decodes `count` documents that follow `self.last`, and their classes.
    fn decode(
        &mut self,
        bits: &mut BitReader<'_>,
        count: u32,
        mut distance: impl FnMut(&mut BitReader<'_>) -> u32,
    ) {
        self.documents.clear();
        self.classes.clear();
        let mut next = self.last.map_or(0, |last| last.saturating_add(1));
        for _ in 0..count {
            let document = next.saturating_add(distance(bits));
            self.documents.push(document);
            next = document.saturating_add(1);
        }
        let classes = count > 0 && bits.bits(1) == 1;
        for _ in 0..count {
            let class = if classes && bits.bits(1) == 1 {
                bits.bits(4)
            } else {
                0
            };
            self.classes.push(cast::low_byte(class.into()));
        }
        if bits.overrun() {
            self.documents.clear();
            self.classes.clear();
        }
    }
}
