//! tantivy as a peer to measure Souwen against: titles and texts as character pairs with positions, so that
//! a phrase of pairs is exactly a substring. Built natively, opened in the browser from bytes.

mod pack;
mod pairs;
mod question;
mod schema;

use std::sync::Arc;

use tantivy::collector::{DocSetCollector, TopDocs};
use tantivy::columnar::ColumnValues;
use tantivy::query::Query;
use tantivy::{DocAddress, Index, ReloadPolicy, Searcher, TantivyError};
use wasm_bindgen::prelude::*;

use crate::schema::NUMBER;

pub use crate::pack::pack;
pub use crate::pairs::{NAME, Pairs};
pub use crate::schema::Fields;

/// An opened index.
#[wasm_bindgen]
pub struct Engine {
    fields: Fields,
    searcher: Searcher,
    /// The articles' numbers by segment.
    numbers: Vec<Arc<dyn ColumnValues<u64>>>,
}

#[wasm_bindgen]
impl Engine {
    /// Opens the bytes that [`pack`] made.
    ///
    /// # Errors
    /// When the bytes are not such a pack, or tantivy does not open them.
    pub fn open(bytes: &[u8]) -> Result<Self, String> {
        Self::read(bytes).map_err(|error| error.to_string())
    }

    /// The numbers of the best articles, the best first. Every word stands in each as it is typed or, where
    /// there is no such article and the query is not quoted, in its pairs.
    ///
    /// # Errors
    /// Those of tantivy.
    pub fn search(&self, query: &str, limit: usize) -> Result<Vec<u32>, String> {
        self.answer(query, |query| {
            let best = self
                .searcher
                .search(query, &TopDocs::with_limit(limit).order_by_score())?;
            Ok(best.into_iter().map(|(_, address)| address).collect())
        })
    }

    /// The numbers of all such articles.
    ///
    /// # Errors
    /// Those of tantivy.
    pub fn all(&self, query: &str) -> Result<Vec<u32>, String> {
        self.answer(query, |query| {
            let found = self.searcher.search(query, &DocSetCollector)?;
            Ok(found.into_iter().collect())
        })
    }
}

impl Engine {
    fn read(bytes: &[u8]) -> Result<Self, TantivyError> {
        let index = Index::open(pack::unpack(bytes)?)?;
        index.tokenizers().register(NAME, Pairs);
        let fields = Fields::of(&index.schema())?;
        let searcher = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?
            .searcher();
        let numbers = searcher
            .segment_readers()
            .iter()
            .map(|segment| Ok(segment.fast_fields().u64(NUMBER)?.first_or_default_col(0)))
            .collect::<Result<_, TantivyError>>()?;
        Ok(Self {
            fields,
            searcher,
            numbers,
        })
    }

    fn answer(
        &self,
        query: &str,
        ask: impl Fn(&dyn Query) -> Result<Vec<DocAddress>, TantivyError>,
    ) -> Result<Vec<u32>, String> {
        let ask = |query: &dyn Query| ask(query).map_err(|error| error.to_string());
        let mut found = ask(&question::exact(&self.fields, query))?;
        if found.is_empty() && !question::is_quoted(query) {
            found = ask(&question::loose(&self.fields, query))?;
        }
        found
            .into_iter()
            .map(|address| self.number(address))
            .collect()
    }

    fn number(&self, address: DocAddress) -> Result<u32, String> {
        let segment = usize::try_from(address.segment_ord).map_err(|error| error.to_string())?;
        let numbers = self.numbers.get(segment).ok_or("no such segment")?;
        u32::try_from(numbers.get_val(address.doc_id)).map_err(|error| error.to_string())
    }
}
