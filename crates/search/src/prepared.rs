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
    /// In the order in which they are read.
    pub(crate) fields: Vec<PreparedField>,
}

impl Prepared {
    fn new(index: &Index, document: u32) -> Result<Self> {
        let mut record = index.record(document)?;
        let mut fields = Vec::new();
        for (field, text) in record.fields() {
            let stream = index.analyser().stream(&text);
            fields.push(PreparedField {
                field,
                text,
                stream,
            });
        }
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

/// So many of the documents that were looked into last are kept, too: those that decide on a page's order are mostly the ones
/// that it shows.
const LATEST: usize = 32;

/// The documents that were shown lately.
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
    /// The ones that were looked into last, the latest at the end.
    latest: Vec<(u32, Rc<Prepared>)>,
}

impl Cache {
    /// Forgets all documents. By document: whether it was kept.
    pub(crate) fn forget(&self) -> Vec<bool> {
        let kept = self.kept.take();
        kept.documents.iter().map(Option::is_some).collect()
    }

    /// A document to look into.
    pub(crate) fn read(&self, index: &Index, document: u32) -> Result<Rc<Prepared>> {
        let mut kept = self.kept.borrow_mut();
        if let Some(Some(prepared)) = kept.documents.get(cast::index(document)) {
            return Ok(Rc::clone(prepared));
        }
        let mut latest = kept.latest.iter();
        if let Some((_, prepared)) = latest.find(|(own, _)| *own == document) {
            return Ok(Rc::clone(prepared));
        }
        let prepared = Rc::new(Prepared::new(index, document)?);
        if !index.lacks() {
            if kept.latest.len() == LATEST {
                kept.latest.remove(0);
            }
            kept.latest.push((document, Rc::clone(&prepared)));
        }
        Ok(prepared)
    }

    /// A document to show.
    pub(crate) fn get(&self, index: &Index, document: u32) -> Result<Rc<Prepared>> {
        let prepared = self.read(index, document)?;
        let mut kept = self.kept.borrow_mut();
        let at = cast::index(document);
        if index.lacks() || matches!(kept.documents.get(at), Some(Some(_))) {
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

#[cfg(test)]
mod tests {
    use souwen_compile::{Options, compile};
    use souwen_corpus::Article;

    use super::*;

    #[test]
    fn what_was_looked_into_is_not_read_again_to_be_shown() -> Result<()> {
        let many = cast::small(LATEST) + 3;
        let article = |number| Article {
            id: format!("{number}"),
            title: format!("清河桥第{number}次修缮"),
            ..Article::default()
        };
        let articles: Vec<Article> = (0..many).map(article).collect();
        let compiled = compile(&articles, &Options::default()).expect("compiles");
        let index = Index::open(&compiled.bytes)?;
        let cache = Cache::default();

        let looked_into = cache.read(&index, 0)?;
        assert!(Rc::ptr_eq(&looked_into, &cache.get(&index, 0)?));
        let shown = cache.get(&index, 1)?;
        assert!(Rc::ptr_eq(&shown, &cache.read(&index, 1)?));

        let early = cache.read(&index, 2)?;
        for document in 3..many {
            cache.read(&index, document)?;
        }
        assert!(!Rc::ptr_eq(&early, &cache.read(&index, 2)?));
        assert!(Rc::ptr_eq(&shown, &cache.get(&index, 1)?));
        Ok(())
    }
}
