//! New articles that are reprints of such as the older index has.
//!
//! It has no sketches, but lists: a document that has most of the rare pairs of a text is compared
//! with it, as [`crate::duplicates`] compares. What 0.8 of all shingles are in has far more than half
//! of the pairs.

use std::collections::{BTreeMap, BTreeSet};

use souwen_index::{Field, TermId};
use souwen_text::{FoldTable, Stream, cast};

use super::base::Base;
use crate::duplicates::{SHINGLE, Text, is_compared};
use crate::error::CompileError;
use crate::run::{Entry, Spool};
use crate::sample::mix;

/// Pairs that are looked up.
const PAIRS: usize = 64;
/// So many at least, be they rare or not.
const LEAST: usize = 8;
/// Rare is what stands in no more documents, or in no greater part of all.
const RARE: (u32, u32) = (64, 50);
/// Documents that are compared.
const COMPARED: usize = 16;

/// The documents that a new one is compared with.
pub(super) struct Old<'a> {
    pub(super) base: &'a Base<'a>,
    /// The first segments, so many, and their documents.
    pub(super) segments: usize,
    pub(super) documents: u32,
    /// What of them counts no more, ascending.
    pub(super) gone: &'a [u32],
    pub(super) fold: &'a FoldTable,
}

impl Old<'_> {
    /// By new document the first one of the same text, by number in the whole index. `groups` says it
    /// of the new ones among themselves.
    pub(super) fn groups(&self, spool: &Spool, groups: &[u32]) -> Result<Vec<u32>, CompileError> {
        // One that two old ones are like is put to the first of them.
        let mut first: BTreeMap<u32, u32> = BTreeMap::new();
        for chunk in spool.chunks() {
            let documents: Vec<u32> = chunk.collect();
            let entries = spool.read(&documents)?;
            for (document, entry) in documents.into_iter().zip(entries) {
                if let Some(old) = self.like(entry)? {
                    let group = groups.get(cast::index(document)).copied();
                    let slot = first.entry(group.unwrap_or(document)).or_insert(old);
                    *slot = old.min(*slot);
                }
            }
        }
        let global = |group: &u32| match first.get(group) {
            Some(&old) => old,
            None => self.documents + group,
        };
        Ok(groups.iter().map(global).collect())
    }

    /// The group of an old document with the same text.
    fn like(&self, entry: Entry) -> Result<Option<u32>, CompileError> {
        let date = entry.date();
        let fields = entry.into_fields();
        let (pairs, long) = self.pairs(&fields);
        if !long {
            return Ok(None);
        }
        let rare = RARE.0.max(self.documents / RARE.1);
        let mut terms = Vec::new();
        for pair in pairs {
            let known = !pair.contains(&u32::MAX);
            let term = self.base.index.term(&pair).filter(|_| known);
            let df = |term: TermId| {
                self.base
                    .ask(|index| index.document_frequency_in(self.segments, term))
            };
            let df = term.map(df).transpose()?.unwrap_or(0);
            let [a, b] = pair.map(u64::from);
            let common = if df > rare { df } else { 0 };
            terms.push((common, mix(a << 32 | b), term));
        }
        terms.sort_unstable_by_key(|own| (own.0, own.1));
        let enough = |own: &(usize, (u32, u64, Option<TermId>))| own.0 < LEAST || own.1.0 == 0;
        let looked_up = terms.into_iter().take(PAIRS).enumerate();
        let looked_up: Vec<_> = looked_up.take_while(enough).collect();
        let mut held: BTreeMap<u32, usize> = BTreeMap::new();
        for term in looked_up.iter().filter_map(|(_, own)| own.2) {
            for document in self.holders(term)? {
                *held.entry(document).or_default() += 1;
            }
        }
        held.retain(|_, count| *count * 2 >= looked_up.len());
        let mut held: Vec<(usize, u32)> = held.into_iter().map(|(own, n)| (n, own)).collect();
        held.sort_unstable_by_key(|&(count, document)| (std::cmp::Reverse(count), document));
        let own = Text::new(self.fold, &fields, date);
        let mut group: Option<u32> = None;
        for &(_, document) in held.iter().take(COMPARED) {
            let record = self.base.record(document)?;
            if own.is_same(&Text::new(self.fold, &record.fields(), record.date)) {
                let first = self.base.ask(|index| index.group(document))?;
                group = Some(group.map_or(first, |group| group.min(first)));
            }
        }
        Ok(group)
    }

    /// The pairs of what is compared of a text, and whether it is long enough to be.
    fn pairs(&self, fields: &[(Field, String)]) -> (BTreeSet<[u32; 2]>, bool) {
        let mut pairs = BTreeSet::new();
        let mut long = false;
        for (_, text) in fields.iter().filter(|(field, _)| is_compared(*field)) {
            let stream = Stream::new(self.fold, text);
            long |= stream.len() >= SHINGLE;
            // What the old alphabet lacks stands nowhere.
            let code = |c: &char| self.base.index.alphabet().code(*c).unwrap_or(u32::MAX);
            let codes: Vec<u32> = stream.chars().iter().map(code).collect();
            pairs.extend(codes.array_windows().copied());
        }
        (pairs, long)
    }

    /// The documents that hold a term and count.
    fn holders(&self, term: TermId) -> Result<Vec<u32>, CompileError> {
        self.base.ask(|index| {
            let mut cursor = index.postings(term);
            let mut found = Vec::new();
            while let Some(document) = cursor.next_document() {
                if document < self.documents && self.gone.binary_search(&document).is_err() {
                    found.push(document);
                }
            }
            found
        })
    }
}
