//! Documents made ready to be looked into: their text, and the stream of each field.

use std::cell::RefCell;
use std::rc::Rc;

use souwen_index::{Field, Index, Record, Result};
use souwen_text::{Stream, cast};

/// A field of a document.
#[derive(Debug)]
pub(crate) struct PreparedField {
    pub(crate) field: Field,
    pub(crate) text: String,
    pub(crate) stream: Stream,
}

/// A document with its fields read.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// Without its paragraphs and captions: they are among the fields.
    pub(crate) record: Record,
    pub(crate) fields: Vec<PreparedField>,
}

/// Gives each searched field of a document, in the order in which they are read: its text, and the
/// stream of it.
pub(crate) fn streams(index: &Index, record: &Record, mut emit: impl FnMut(Field, String, Stream)) {
    for (field, text) in record.fields() {
        let stream = index.analyser().stream(&text);
        emit(field, text, stream);
    }
}

impl Prepared {
    fn new(index: &Index, document: u32) -> Result<Self> {
        let mut record = index.record(document)?;
        let mut fields = Vec::new();
        streams(index, &record, |field, text, stream| {
            fields.push(PreparedField {
                field,
                text,
                stream,
            });
        });
        record.paragraphs = Vec::new();
        record.captions = Vec::new();
        Ok(Self { record, fields })
    }

    pub(crate) fn field(&self, field: Field) -> Option<&PreparedField> {
        self.fields.iter().find(|own| own.field == field)
    }
}

/// Characters kept ready. Each takes twelve bytes, three of them in the text: 96 MB, and that only
/// after some 650 pages of ten hits that are all different.
const BUDGET: usize = 8_000_000;

/// The documents that were looked into lately.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    kept: RefCell<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// By document.
    documents: Vec<Option<Rc<Prepared>>>,
    /// Characters of their streams.
    size: usize,
}

impl Cache {
    /// Forgets all documents. By document: whether it was kept.
    pub(crate) fn forget(&self) -> Vec<bool> {
        let kept = self.kept.take();
        kept.documents.iter().map(Option::is_some).collect()
    }

    pub(crate) fn get(&self, index: &Index, document: u32) -> Result<Rc<Prepared>> {
        let mut kept = self.kept.borrow_mut();
        let at = cast::index(document);
        if let Some(Some(prepared)) = kept.documents.get(at) {
            return Ok(Rc::clone(prepared));
        }
        let prepared = Rc::new(Prepared::new(index, document)?);
        if index.lacks() {
            return Ok(prepared);
        }
        let size: usize = prepared.fields.iter().map(|field| field.stream.len()).sum();
        // Queries of one reader look into the same documents again and again; when others crowd
        // them out it is as good to begin afresh as to find out which was used least.
        if kept.size + size > BUDGET || kept.documents.is_empty() {
            kept.documents = vec![None; cast::index(index.len())];
            kept.size = 0;
        }
        if let Some(slot) = kept.documents.get_mut(at) {
            *slot = Some(Rc::clone(&prepared));
            kept.size += size;
        }
        Ok(prepared)
    }
}
