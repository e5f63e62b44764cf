//! A cursor over the postings of a term: documents in order, decoded block by block.

use souwen_text::cast;

use crate::bits::{BitReader, rice_width};
use crate::postings::{BLOCK, NAME, Posting, read_df};
use crate::wire::Reader;

/// Walks a term's documents in order.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    documents: Vec<u32>,
    /// Those of `documents`; empty until one of them is asked for.
    classes: Vec<u8>,
    /// Where they stand.
    bits: BitReader<'a>,
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
            bits: BitReader::new(&[], 0),
            at: 0,
            df: 0,
            left: 0,
            long: &[],
            last: None,
        }
    }

    /// A cursor over the list that begins at `bits`.
    pub(crate) fn new(mut bits: BitReader<'a>, long: &'a [u8], documents: u32) -> Self {
        let mut cursor = Self::empty();
        cursor.df = read_df(&mut bits);
        if cast::index(cursor.df) >= BLOCK {
            cursor.left = cursor.df;
            cursor.long = long.get(cast::index(bits.bits(32))..).unwrap_or_default();
        } else {
            let k = rice_width(documents, cursor.df);
            let mut documents = Documents::after(None, cursor.df);
            for _ in 0..cursor.df {
                documents.add(bits.rice(k));
            }
            cursor.settle(documents.list, bits);
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
        let document = self.next_document()?;
        Some((document, self.class()))
    }

    /// The first document from `target` on (at or after the current position) and its class.
    pub fn seek(&mut self, target: u32) -> Option<Posting> {
        let document = self.seek_document(target)?;
        Some((document, self.class()))
    }

    /// The next document. Spares reading the classes.
    #[inline]
    pub fn next_document(&mut self) -> Option<u32> {
        if self.at >= self.documents.len() && !self.next_block(0) {
            return None;
        }
        self.take()
    }

    /// The first document from `target` on (at or after the current position). Spares reading the
    /// classes.
    pub fn seek_document(&mut self, target: u32) -> Option<u32> {
        let passed = self.at >= self.documents.len()
            || self.documents.last().is_none_or(|&last| last < target);
        if passed && !self.next_block(target) {
            return None;
        }
        let rest = self.documents.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|&document| document < target);
        self.take()
    }

    #[inline]
    fn take(&mut self) -> Option<u32> {
        let document = self.documents.get(self.at).copied();
        self.at += 1;
        document
    }

    /// The class of the document that was given last.
    #[inline]
    pub fn class(&mut self) -> u8 {
        if self.classes.is_empty() {
            self.read_classes();
        }
        let at = self.at.saturating_sub(1);
        self.classes.get(at).copied().unwrap_or(0)
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
                let mut documents = Documents::after(self.last, count);
                bits.values(width, count, |distance| documents.add(distance));
                self.settle(documents.list, bits);
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

    /// Goes to the front of decoded documents, whose classes come next in `bits`.
    fn settle(&mut self, documents: Vec<u32>, bits: BitReader<'a>) {
        self.documents = documents;
        self.classes.clear();
        if bits.overrun() {
            self.documents.clear();
        }
        self.bits = bits;
    }

    fn read_classes(&mut self) {
        let count = self.documents.len();
        if self.bits.bits(1) == 0 {
            self.classes.resize(count, 0);
            return;
        }
        for _ in 0..count {
            let class = match self.bits.bits(1) {
                1 => self.bits.bits(4),
                _ => 0,
            };
            self.classes.push(cast::low_byte(class.into()));
        }
    }
}

/// Documents as they are decoded.
struct Documents {
    list: Vec<u32>,
    next: u32,
}

impl Documents {
    /// `count` documents, at most a block of them, that follow another.
    fn after(last: Option<u32>, count: u32) -> Self {
        Self {
            list: Vec::with_capacity(cast::index(count)),
            next: last.map_or(0, |last| last.saturating_add(1)),
        }
    }

    #[inline]
    fn add(&mut self, distance: u32) {
        let document = self.next.saturating_add(distance);
        self.list.push(document);
        self.next = document.saturating_add(1);
    }
}
