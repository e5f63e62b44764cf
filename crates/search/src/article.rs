//! A whole article, for reading.

use souwen_index::{Document, FormatError};

use crate::engine::Engine;
use crate::filter::kind_name;
use crate::result::Article;

impl Engine {
    /// A whole article by its id.
    ///
    /// # Errors
    /// [`FormatError::Damaged`] when its text does not hold together.
    pub fn article(&self, id: &str) -> Result<Option<Article>, FormatError> {
        let Some(number) = self.index().find(id) else {
            return Ok(None);
        };
        let record = self.index().record(number)?;
        let no_facts = Document::default();
        let document = self.index().document(number).unwrap_or(&no_facts);
        let mut sections = self.values("section", number).into_iter();
        Ok(Some(Article {
            id: id.to_owned(),
            kind: kind_name(document.kind),
            title: record.title,
            kicker: record.kicker,
            subtitle: record.subtitle,
            reporters: self.values("reporter", number),
            date: document.date.map(|date| date.to_string()),
            date_inferred: document.date_inferred,
            section: sections.next().unwrap_or_default(),
            url: record.url,
            tags: record.tags,
            paragraphs: record.paragraphs,
            captions: record.captions,
            metadata: record.metadata,
        }))
    }
}
