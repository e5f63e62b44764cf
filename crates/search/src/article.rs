//! A whole article, for reading.

use souwen_index::{Date, FormatError};

use crate::engine::Engine;
use crate::filter::kind_name;
use crate::result::Article;

impl Engine {
    /// A whole article by its id.
    ///
    /// # Errors
    /// [`FormatError`] when its text does not hold together.
    pub fn article(&self, id: &str) -> Result<Option<Article>, FormatError> {
        let Some(number) = self.index().find(id) else {
            return Ok(None);
        };
        let record = self.index().record(number)?;
        Ok(Some(Article {
            id: id.to_owned(),
            kind: kind_name(record.kind),
            title: record.title,
            kicker: record.kicker,
            subtitle: record.subtitle,
            reporters: record.reporters,
            date: record.date.map(Date::text),
            date_inferred: record.date_inferred,
            section: record.section,
            url: record.url,
            tags: record.tags,
            paragraphs: record.paragraphs,
            captions: record.captions,
            metadata: record.metadata,
        }))
    }
}
