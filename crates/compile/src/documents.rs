//! What was put down of documents → the documents of an index.

use souwen_index::{Facts, Record, Writer, encode_record};
use souwen_text::{Alphabet, cast};

use crate::columns::Column;
use crate::error::CompileError;
use crate::keywords::{self, Frequencies};
use crate::limits::{Limits, Stage, Watch};
use crate::notes::Notes;
use crate::pool;
use crate::run::Spool;

/// All that goes into the documents of an index.
pub(crate) struct Documents<'a> {
    pub(crate) spool: &'a Spool,
    pub(crate) columns: &'a [Column],
    pub(crate) notes: &'a Notes,
    /// By document: the first one of the same text, by its number in the index.
    pub(crate) groups: &'a [u32],
    /// Spells the notes' candidates.
    pub(crate) provisional: &'a Alphabet,
    pub(crate) frequencies: &'a Frequencies,
    /// How many documents the frequencies are of.
    pub(crate) all: u32,
    pub(crate) encoder: souwen_index::TextEncoder<'a>,
}

/// A document as it is written.
type Coded = (Facts, Record, Vec<u8>);

impl Documents<'_> {
    /// Writes all documents, coded in parallel.
    pub(crate) fn write(
        &self,
        limits: &Limits,
        watch: &dyn Watch,
        writer: &mut Writer<'_>,
    ) -> Result<(), CompileError> {
        watch.stage(Stage::Texts, self.spool.documents().into());
        let chunks: Vec<_> = self.spool.chunks().collect();
        let code = |chunk: &std::ops::Range<u32>| self.code(chunk.clone());
        pool::in_order(limits.threads, &chunks, code, |batch| {
            for (facts, record, text) in &batch {
                writer.document(facts, record, text)?;
            }
            watch.advance(u64::try_from(batch.len()).unwrap_or(0));
            Ok(())
        })
    }

    fn code(&self, chunk: std::ops::Range<u32>) -> Result<Vec<Coded>, CompileError> {
        let documents: Vec<u32> = chunk.clone().collect();
        let notes = self.notes.read(chunk.start)?;
        let mut notes = notes.as_slice();
        let mut batch = Vec::with_capacity(documents.len());
        for (document, entry) in chunk.zip(self.spool.read(&documents)?) {
            let columns = self.columns.iter().zip(&entry.facets);
            let facts = Facts {
                group: self
                    .groups
                    .get(cast::index(document))
                    .copied()
                    .unwrap_or(document),
                values: columns.map(|(column, own)| column.numbers(own)).collect(),
            };
            let mut record = entry.into_record();
            record.keywords =
                keywords::choose(&mut notes, self.provisional, self.frequencies, self.all)?;
            let text = encode_record(&self.encoder, &record);
            batch.push((facts, record, text));
        }
        Ok(batch)
    }
}
