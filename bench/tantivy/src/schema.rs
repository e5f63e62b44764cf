//! The fields.

use tantivy::TantivyError;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

use crate::pairs::NAME;

/// The fast field that holds an article's number.
pub(crate) const NUMBER: &str = "number";

/// The fields of an article. Nothing is stored: the texts are a file beside the index, as other engines want it.
pub struct Fields {
    /// Its place in the corpus, from 0.
    pub number: Field,
    /// The headline.
    pub title: Field,
    /// The text.
    pub body: Field,
}

impl Fields {
    /// The schema of every index that is built here.
    #[must_use]
    pub fn schema() -> Schema {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(NAME)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let options = TextOptions::default().set_indexing_options(indexing);
        let mut schema = Schema::builder();
        schema.add_u64_field(NUMBER, FAST);
        schema.add_text_field("title", options.clone());
        schema.add_text_field("body", options);
        schema.build()
    }

    /// The fields in such a schema.
    ///
    /// # Errors
    /// When it is another schema.
    pub fn of(schema: &Schema) -> Result<Self, TantivyError> {
        Ok(Self {
            number: schema.get_field(NUMBER)?,
            title: schema.get_field("title")?,
            body: schema.get_field("body")?,
        })
    }
}
