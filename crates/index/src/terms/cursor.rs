//! A cursor over the postings of a term: documents in order, decoded block by block.

use std::rc::Rc;

use souwen_text::cast;

use crate::bits::{BitReader, rice_width};
use crate::terms::NAME;
use crate::terms::list::{BLOCK, PASSED_OVER, Posting, read_classes};
use crate::wire::Reader;

/// Where a list is.
#[derive(Debug, Clone)]
pub(crate) struct List {
    /// A short one: the bits from `bit` on; a long one: all of them.
    pub(crate) bytes: Rc<[u8]>,
    pub(crate) bit: u64,
    /// Whether it is a long one.
    pub(crate) long: bool,
    /// The number of documents in it.
    pub(crate) df: u32,
    /// The documents that its segment has, and the first of them.
    pub(crate) documents: u32,
    pub(crate) first: u32,
    /// The documents of its segment that count no more, ascending.
    pub(crate) gone: Rc<[u32]>,
}

/// Walks a term's documents in order.
#[derive(Debug, Clone, Default)]
pub struct Cursor {
    documents: Vec<u32>,
    /// Those of `documents`; empty until one of them is asked for.
    classes: Vec<u8>,
    at: usize,
    df: u32,
    /// The list that is read: where the classes of `documents` begin, in a long one the place of the
    /// next block; its documents in blocks that are not yet decoded, and the last one of those that
    /// are.
    list: Option<List>,
    class_bit: u64,
    next: usize,
    left: u32,
    last: Option<u32>,
    /// The lists of later segments, the nearest last.
    others: Vec<List>,
}

impl Cursor {
    /// A cursor over lists of segments that follow each other.
    pub(crate) fn new(mut lists: Vec<List>) -> Self {
        lists.reverse();
        let mut cursor = Self {
            df: lists.iter().map(|list| list.df).sum(),
            others: lists,
            ..Self::default()
        };
        cursor.next_list();
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

    /// Decodes the next block, of this list or a later one, whose last document is not before
    /// `target`.
    fn next_block(&mut self, target: u32) -> bool {
        loop {
            if self.next_long_block(target) {
                return true;
            }
            loop {
                if !self.next_list() {
                    return false;
                }
                if self.left > 0 {
                    break;
                }
                if self.documents.last().is_some_and(|&last| last >= target) {
                    return true;
                }
            }
        }
    }

    /// Begins the next list: a short one is decoded, of a long one nothing yet.
    fn next_list(&mut self) -> bool {
        self.settle(Vec::new(), 0);
        (self.left, self.next, self.last) = (0, 0, None);
        self.list = self.others.pop();
        let Some(list) = self.list.clone() else {
            return false;
        };
        if list.long {
            self.left = list.df;
            return true;
        }
        let mut bits = BitReader::new(&list.bytes, list.bit);
        let k = rice_width(list.documents, list.df);
        let mut documents = Documents::after(list.first, None, list.df);
        for _ in 0..list.df {
            documents.add(bits.rice(k));
        }
        let sound = !bits.overrun() && documents.are_within(&list);
        self.settle(documents.list, bits.position());
        if !sound {
            self.documents.clear();
        }
        true
    }

    /// Decodes the next block of a long list whose last document is not before `target`.
    fn next_long_block(&mut self, target: u32) -> bool {
        while self.left > 0 {
            let Some(list) = self.list.clone() else { break };
            let count = self.left.min(cast::small(BLOCK));
            self.left -= count;
            let rest = list.bytes.get(self.next..).unwrap_or_default();
            let Some((last, begin, len)) = block_head(rest, self.last) else {
                break;
            };
            let begin = self.next + begin;
            self.next = begin + len;
            if list.first.saturating_add(last) >= target {
                let bit = u64::try_from(begin).unwrap_or(0) * 8;
                let mut bits = BitReader::new(&list.bytes, bit);
                let mut documents = Documents::after(list.first, self.last, count);
                let end = list.first.saturating_add(last).saturating_add(1);
                documents.read(&mut bits, count, end);
                let ends = documents.next == end;
                let sound = !bits.overrun() && ends && documents.are_within(&list);
                self.settle(documents.list, bits.position());
                self.last = Some(last);
                if !sound {
                    break;
                }
                // What is gone may have been all that the block had from `target` on.
                if self.documents.last().is_some_and(|&last| last >= target) {
                    return true;
                }
                continue;
            }
            self.last = Some(last);
        }
        self.left = 0;
        self.settle(Vec::new(), 0);
        false
    }

    /// Goes to the front of decoded documents, whose classes come at `bit`.
    fn settle(&mut self, documents: Vec<u32>, bit: u64) {
        self.documents = documents;
        self.classes.clear();
        self.at = 0;
        self.class_bit = bit;
        let gone = self.list.as_ref().map(|list| Rc::clone(&list.gone));
        if let Some(gone) = gone.filter(|gone| !gone.is_empty()) {
            // Classes are stored for all; those that stay must stay beside their documents.
            self.read_classes();
            let mut classes = Vec::new();
            let mut documents = Vec::new();
            for (&document, &class) in self.documents.iter().zip(&self.classes) {
                if gone.binary_search(&document).is_err() {
                    documents.push(document);
                    classes.push(class);
                }
            }
            (self.documents, self.classes) = (documents, classes);
        }
    }

    fn read_classes(&mut self) {
        let count = self.documents.len();
        if let Some(list) = &self.list {
            let mut bits = BitReader::new(&list.bytes, self.class_bit);
            read_classes(&mut bits, count, &mut self.classes);
        }
    }
}

/// Reads the head of a long list's block: its last document, where its bits begin, and their length
/// in bytes.
fn block_head(bytes: &[u8], before: Option<u32>) -> Option<(u32, usize, usize)> {
    let mut reader = Reader::new(NAME, bytes);
    let distance = reader.varint32().ok()?;
    let len = reader.count().ok()?;
    let begin = bytes.len() - reader.rest();
    reader.take(len).ok()?;
    Some((before.unwrap_or(0).checked_add(distance)?, begin, len))
}

/// Documents as they are decoded.
struct Documents {
    list: Vec<u32>,
    next: u32,
}

impl Documents {
    /// `count` documents, at most those of one list or block, that follow another of a segment which
    /// begins with document `first`.
    fn after(first: u32, last: Option<u32>, count: u32) -> Self {
        Self {
            list: Vec::with_capacity(cast::index(count)),
            next: first.saturating_add(last.map_or(0, |last| last.saturating_add(1))),
        }
    }

    /// Whether all are documents of the list's segment. They ascend.
    fn are_within(&self, list: &List) -> bool {
        self.next <= list.first.saturating_add(list.documents)
    }

    /// Reads the `count` documents of a long list's block, which ends before document `end`.
    fn read(&mut self, bits: &mut BitReader<'_>, count: u32, end: u32) {
        let k = bits.bits(5);
        if k != PASSED_OVER {
            for _ in 0..count {
                self.add(bits.rice(k));
            }
            return;
        }
        let all = end.saturating_sub(self.next);
        let passed = all.saturating_sub(count);
        let k = rice_width(all, passed);
        let mut left = count;
        for _ in 0..passed.min(count) {
            let held = bits.rice(k).min(left);
            left -= held;
            (0..held).for_each(|_| self.add(0));
            self.next = self.next.saturating_add(1);
        }
        (0..left).for_each(|_| self.add(0));
    }

    #[inline]
    fn add(&mut self, distance: u32) {
        let document = self.next.saturating_add(distance);
        self.list.push(document);
        self.next = document.saturating_add(1);
    }
}
