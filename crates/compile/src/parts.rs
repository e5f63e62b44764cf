//! The sink for an index that is encoded from memory.

use souwen_index::{Facet, Parts};
use souwen_text::cast;

use crate::error::CompileError;
use crate::sink::{Column, Core, DocumentParts, Sink, Term};

/// Collects all of an archive, to encode it in the end.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    parts: Parts,
    columns: Vec<Column>,
    /// Per column, per document: its values.
    values: Vec<Vec<Vec<String>>>,
}

impl Collector {
    /// The index.
    pub(crate) fn encode(mut self) -> Result<Vec<u8>, CompileError> {
        let columns = self.columns.iter().zip(&self.values);
        let facets = columns.map(|(column, values)| Facet::new(&column.name, values));
        self.parts.facets = facets.collect();
        Ok(souwen_index::encode(&self.parts)?)
    }
}

impl Sink for Collector {
    fn begin(&mut self, core: Core) -> Result<(), CompileError> {
        self.parts.singles = vec![Vec::new(); cast::index(core.alphabet.len())];
        self.parts.meta = core.meta;
        self.parts.folds = core.folds;
        self.parts.synonyms = core.synonyms;
        self.parts.alphabet = core.alphabet;
        self.parts.sounds = core.sounds;
        self.values = vec![Vec::new(); core.columns.len()];
        self.columns = core.columns;
        Ok(())
    }

    fn term(&mut self, term: Term<'_>) -> Result<(), CompileError> {
        match *term.key {
            [code] if !term.run.is_empty() => {
                if let Some(slot) = self.parts.singles.get_mut(cast::index(code)) {
                    *slot = term.run.to_vec();
                }
            }
            [first, second] if !term.run.is_empty() => {
                self.parts.pairs.push(((first, second), term.run.to_vec()));
            }
            _ => {}
        }
        if let Some(word) = term.word {
            let char = |&code: &u32| self.parts.alphabet.char(code);
            let text: String = term.key.iter().filter_map(char).collect();
            let postings = word.postings.to_vec();
            self.parts.lexicon.push((text, word.frequency, postings));
        }
        Ok(())
    }

    fn documents(&mut self, _: u32, batch: Vec<DocumentParts>) -> Result<(), CompileError> {
        for own in batch {
            self.parts.documents.push(own.document);
            self.parts.records.push(own.record);
            let columns = self.columns.iter().zip(&mut self.values).zip(own.columns);
            for ((column, all), numbers) in columns {
                let value = |&number: &u32| column.values.get(cast::index(number)).cloned();
                all.push(numbers.iter().filter_map(value).collect());
            }
        }
        Ok(())
    }
}
