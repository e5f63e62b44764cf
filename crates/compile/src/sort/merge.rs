//! Segments → every term once, in order.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::io;

use souwen_text::cast;

use super::segment::Writer;
use super::{Emit, Segment};
use crate::limits::Limits;
use crate::store::Reader;

/// Segments that are read at the same time.
const WAYS: usize = 48;

/// Gives all terms of segments in order. Of one document only one of them may know.
pub(crate) fn merge<E: From<io::Error>>(
    mut segments: Vec<Segment>,
    limits: &Limits,
    emit: &mut impl Emit<E>,
) -> Result<(), E> {
    while segments.len() > WAYS {
        let mut rest = segments.split_off(WAYS);
        let mut out = Writer::new(limits);
        merge_few::<E>(&segments, &mut out)?;
        rest.push(out.finish()?);
        segments = rest;
    }
    merge_few(&segments, emit)
}

/// [`merge`] for so many as can be read at the same time.
pub(super) fn merge_few<E: From<io::Error>>(
    segments: &[Segment],
    emit: &mut impl Emit<E>,
) -> Result<(), E> {
    let mut heap = BinaryHeap::new();
    for segment in segments {
        let mut source = Source::new(segment);
        if source.next()? {
            heap.push(Reverse(source));
        }
    }
    let mut postings = Vec::new();
    let mut key = Vec::new();
    while let Some(Reverse(first)) = heap.peek() {
        key.clone_from(&first.key);
        postings.clear();
        let mut lists = 0;
        while let Some(mut top) = heap.peek_mut() {
            let source = &mut top.0;
            if source.key != key {
                break;
            }
            source.postings(&mut postings)?;
            lists += 1;
            if !source.next()? {
                std::collections::binary_heap::PeekMut::pop(top);
            }
        }
        if lists > 1 {
            // Some ascending rows in a row: what this sort is good at.
            postings.sort();
        }
        emit.emit(&key, &postings)?;
    }
    Ok(())
}

/// A segment that is being read.
struct Source<'a> {
    reader: Reader<'a>,
    key: Vec<u32>,
}

impl<'a> Source<'a> {
    fn new(segment: &'a Segment) -> Self {
        Self {
            reader: segment.reader(),
            key: Vec::new(),
        }
    }

    /// Goes to the next term, if there is one.
    fn next(&mut self) -> io::Result<bool> {
        let Some(length) = self.reader.number()? else {
            return Ok(false);
        };
        self.key.clear();
        for _ in 0..length {
            let code = self.number()?;
            self.key.push(code);
        }
        Ok(true)
    }

    /// Adds its documents to `postings`.
    fn postings(&mut self, postings: &mut Vec<(u32, u8)>) -> io::Result<()> {
        let mut document = 0u32;
        for _ in 0..self.number()? {
            let entry = self.reader.number()?.ok_or(io::ErrorKind::UnexpectedEof)?;
            let distance = u32::try_from(entry >> 4).map_err(|_| io::ErrorKind::InvalidData)?;
            document = document.wrapping_add(distance);
            postings.push((document, cast::low_byte(entry & 0xF)));
        }
        Ok(())
    }

    fn number(&mut self) -> io::Result<u32> {
        let number = self.reader.number()?.ok_or(io::ErrorKind::UnexpectedEof)?;
        u32::try_from(number).map_err(|_| io::ErrorKind::InvalidData.into())
    }
}

impl Ord for Source<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}

impl PartialOrd for Source<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Source<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Source<'_> {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::segment::{Builder, run};
    use super::super::segments::Segments;
    use super::*;

    type Terms = BTreeMap<Vec<u32>, Vec<(u32, u8)>>;

    proptest! {
        #[test]
        fn every_term_comes_once_in_order(
            documents in prop::collection::vec(
                prop::collection::btree_map(prop::collection::vec(0u32..9, 1..5), 0u8..16, 0..40),
                1..80,
            ),
            memory in prop::sample::select(vec![0u64, 1 << 30]),
            builders in 1usize..4,
        ) {
            let limits = Limits { memory, threads: 1, ..Limits::default() };
            let mut expected = Terms::new();
            let mut all: Vec<Builder> = (0..builders).map(|_| Builder::new(&limits)).collect();
            let mut levels = Segments::default();
            for (document, terms) in (0u32..).zip(documents) {
                let builder = &mut all[cast::index(document) % builders];
                builder.begin(document);
                for (key, class) in terms {
                    if key.len() < 3 {
                        builder.add_runs([(run(key[0], key.get(1).copied()), class)].into_iter());
                    } else {
                        let word = builder.word(&key);
                        builder.add_words([(word, class)].into_iter());
                    }
                    expected.entry(key).or_default().push((document, class));
                }
                if builder.is_full() || document % 2 == 1 {
                    let segment = builder.write(&limits).unwrap().unwrap();
                    levels.push(segment, &limits).unwrap();
                }
            }
            let mut segments: Vec<Segment> = levels.into_all().collect();
            for builder in &mut all {
                segments.extend(builder.write(&limits).unwrap());
            }
            let mut found = Terms::new();
            let mut last = None;
            merge::<io::Error>(segments, &limits, &mut |key: &[u32], postings: &[(u32, u8)]| {
                let own = Some(key.to_vec());
                assert!(last < own, "out of order");
                last.clone_from(&own);
                found.insert(key.to_vec(), postings.to_vec());
                Ok(())
            })?;
            prop_assert_eq!(found, expected);
        }
    }
}
