//! An article in a run.

use serde::{Deserialize, Serialize};
use souwen_corpus::{Article, Kind};
use souwen_index::{Date, Field, Record};

use crate::columns;
use crate::error::CompileError;

/// What a build needs of an article.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) id: String,
    kind: u8,
    date: Option<String>,
    date_inferred: bool,
    section: String,
    title: String,
    kicker: String,
    subtitle: String,
    url: String,
    tags: Vec<String>,
    paragraphs: Vec<String>,
    captions: Vec<String>,
    metadata: String,
    reporters: Vec<String>,
    /// The values of each column, in the order of the columns.
    pub(crate) facets: Vec<Vec<String>>,
}

impl Entry {
    pub(crate) fn new(article: Article, facets: &[String]) -> Self {
        let facets = columns::values(&article, facets);
        let metadata = if article.metadata.is_empty() {
            String::new()
        } else {
            serde_json::to_string(&article.metadata).unwrap_or_default()
        };
        Self {
            id: article.id,
            kind: match article.kind {
                Kind::Article => 0,
                Kind::Photo => 1,
                Kind::Table => 2,
            },
            date: article.date,
            date_inferred: article.date_inferred,
            section: article.section,
            title: article.title,
            kicker: article.kicker,
            subtitle: article.subtitle,
            url: article.url,
            tags: article.tags,
            paragraphs: article.paragraphs,
            captions: article.captions,
            metadata,
            reporters: article.reporters,
            facets,
        }
    }

    fn kind(&self) -> souwen_index::Kind {
        match self.kind {
            1 => souwen_index::Kind::Photo,
            2 => souwen_index::Kind::Table,
            _ => souwen_index::Kind::Article,
        }
    }

    pub(crate) fn date(&self) -> Option<Date> {
        self.date.as_deref().and_then(Date::parse)
    }

    /// What is stored of it, but for its keywords.
    pub(crate) fn into_record(self) -> Record {
        Record {
            kind: self.kind(),
            date: self.date(),
            id: self.id,
            date_inferred: self.date_inferred,
            section: self.section,
            reporters: self.reporters,
            title: self.title,
            kicker: self.kicker,
            subtitle: self.subtitle,
            url: self.url,
            tags: self.tags,
            paragraphs: self.paragraphs,
            captions: self.captions,
            metadata: self.metadata,
            keywords: Vec::new(),
        }
    }

    /// The searched fields, see [`Record::fields`].
    pub(crate) fn into_fields(self) -> Vec<(Field, String)> {
        self.into_record().fields()
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) -> Result<(), CompileError> {
        // Bytes in memory cannot fail; what postcard cannot write does not stand in an entry.
        let bytes = postcard::to_stdvec(self).map_err(|_| CompileError::Damaged)?;
        out.extend_from_slice(&bytes);
        Ok(())
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, CompileError> {
        postcard::from_bytes(bytes).map_err(|_| CompileError::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_what_it_was() {
        let article: Article = serde_json::from_str(
            r#"{"id":"a","kind":"photo","title":"甲\u001f乙","kicker":"丙","date":"2024-02-30","date_inferred":true,
                "section":"要闻","reporters":["丁","丁"],"tags":["", "戊"],"paragraphs":[""],"captions":["己"],
                "channel":["城建",3,{"x":1}],"url":"/a"}"#,
        )
        .unwrap();
        let entry = Entry::new(article, &["channel".into(), "none".into()]);
        let columns: [&[&str]; 4] = [&["要闻"], &["丁", "丁"], &["城建", "3"], &[]];
        assert_eq!(entry.facets, columns);
        let mut bytes = Vec::new();
        entry.write(&mut bytes).unwrap();
        let back = Entry::read(&bytes).unwrap();
        assert_eq!(back, entry);
        let record = back.into_record();
        assert_eq!(
            (record.date, record.kind),
            (None, souwen_index::Kind::Photo)
        );
        assert_eq!(
            (record.title.as_str(), record.id.as_str()),
            ("甲\u{1F}乙", "a")
        );
        assert_eq!(record.section, "要闻");
        assert_eq!(record.reporters, ["丁", "丁"]);
        assert!(Entry::read(&bytes[..bytes.len() - 1]).is_err());
    }
}
