//! A document's text as one string: its fields between control characters that no article holds.

use crate::date::Date;
use crate::facts::Kind;

/// Stands between fields.
const FIELD: char = '\u{1F}';
/// Stands between the items of a field.
const ITEM: char = '\u{1E}';

/// What is stored of an article to show it: all of it, so that a hit takes one read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Its id, unique in the archive.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Its day, if known.
    pub date: Option<Date>,
    /// Whether the day was read out of the text.
    pub date_inferred: bool,
    /// The part of the paper that it stood in.
    pub section: String,
    /// The names of the byline.
    pub reporters: Vec<String>,
    /// Headline.
    pub title: String,
    /// 肩题.
    pub kicker: String,
    /// 副题.
    pub subtitle: String,
    /// Where it can be read.
    pub url: String,
    /// Keywords that the publisher gave.
    pub tags: Vec<String>,
    /// Body.
    pub paragraphs: Vec<String>,
    /// Photo captions.
    pub captions: Vec<String>,
    /// What else the input said, as a JSON object, or nothing.
    pub metadata: String,
    /// The words that say most of what it is about, the most telling first, as folded.
    pub keywords: Vec<String>,
}

/// A part of an article that is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Headline.
    Title,
    /// 肩题.
    Kicker,
    /// 副题.
    Subtitle,
    /// The paragraphs.
    Body,
    /// The captions.
    Captions,
    /// Keywords.
    Tags,
    /// The names of the byline.
    Reporters,
}

impl Field {
    /// Every field, in the order in which an index lists their weights.
    pub const ALL: [Self; 7] = [
        Self::Title,
        Self::Kicker,
        Self::Subtitle,
        Self::Body,
        Self::Captions,
        Self::Tags,
        Self::Reporters,
    ];

    /// How much an occurrence in this field counts unless the publisher settles it, an occurrence in
    /// the body being 1.
    #[must_use]
    pub const fn default_weight(self) -> u32 {
        match self {
            Self::Title => 6,
            Self::Kicker | Self::Subtitle | Self::Reporters | Self::Tags => 3,
            Self::Body | Self::Captions => 1,
        }
    }
}

impl Record {
    /// The searched fields in the order in which they are read, each as one text; empty ones are left
    /// out.
    ///
    /// Paragraphs are joined by line feeds: a run of characters is found across them too, since a
    /// page's layout may have put a paragraph's end where the article has none. Names and keywords
    /// are apart from each other.
    #[must_use]
    pub fn fields(&self) -> Vec<(Field, String)> {
        let mut fields = vec![
            (Field::Kicker, self.kicker.clone()),
            (Field::Title, self.title.clone()),
            (Field::Subtitle, self.subtitle.clone()),
            (Field::Body, lines(&self.paragraphs)),
            (Field::Captions, lines(&self.captions)),
            (Field::Tags, list(&self.tags)),
            (Field::Reporters, list(&self.reporters)),
        ];
        fields.retain(|(_, text)| !text.is_empty());
        fields
    }

    /// Joins the texts; id, kind and date are no texts. Separators inside a field become spaces.
    #[must_use]
    pub fn join(&self) -> String {
        let items = |items: &[String]| {
            let items: Vec<String> = items.iter().map(|item| clean(item)).collect();
            items.join(&ITEM.to_string())
        };
        [
            clean(&self.title),
            clean(&self.kicker),
            clean(&self.subtitle),
            clean(&self.url),
            items(&self.tags),
            items(&self.paragraphs),
            items(&self.captions),
            clean(&self.metadata),
            clean(&self.section),
            items(&self.reporters),
            items(&self.keywords),
        ]
        .join(&FIELD.to_string())
    }

    /// Takes a joined record apart; fields that are not there are empty.
    #[must_use]
    pub fn split(text: &str) -> Self {
        let mut fields = text.split(FIELD);
        let mut field = || fields.next().unwrap_or_default();
        let items = |field: &str| match field {
            "" => Vec::new(),
            text => text.split(ITEM).map(str::to_owned).collect(),
        };
        Self {
            title: field().to_owned(),
            kicker: field().to_owned(),
            subtitle: field().to_owned(),
            url: field().to_owned(),
            tags: items(field()),
            paragraphs: items(field()),
            captions: items(field()),
            metadata: field().to_owned(),
            section: field().to_owned(),
            reporters: items(field()),
            keywords: items(field()),
            ..Self::default()
        }
    }
}

/// Paragraphs one below the other. By hand: the standard library's `join` weighs a kilobyte in the wasm.
fn lines(paragraphs: &[String]) -> String {
    let mut text = String::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        text.push_str(paragraph);
    }
    text
}

/// Different items as they are listed in print.
fn list(items: &[String]) -> String {
    let mut text = String::new();
    for (at, item) in items.iter().enumerate() {
        if items.iter().take(at).any(|before| before == item) {
            continue;
        }
        if !text.is_empty() {
            text.push('、');
        }
        text.push_str(item);
    }
    text
}

fn clean(text: &str) -> String {
    text.replace([FIELD, ITEM], " ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(
            title in "[^\u{1e}\u{1f}]*",
            url in "[a-z:/]*",
            paragraphs in prop::collection::vec("[^\u{1e}\u{1f}]+", 0..5),
            keywords in prop::collection::vec("[^\u{1e}\u{1f}]+", 0..3),
        ) {
            let record = Record { title, url, paragraphs, keywords, ..Record::default() };
            prop_assert_eq!(Record::split(&record.join()), record);
        }
    }

    #[test]
    fn fields_are_what_there_is() {
        let record = Record {
            title: "甲".into(),
            tags: vec!["乙".into(), "丙".into()],
            reporters: ["丁", "戊", "丁"].map(str::to_owned).to_vec(),
            ..Record::default()
        };
        let fields = record.fields();
        let texts: Vec<&str> = fields.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["甲", "乙、丙", "丁、戊"]);
    }

    #[test]
    fn separators_in_the_text_do_no_harm() {
        let record = Record {
            title: "甲\u{1F}乙".into(),
            ..Record::default()
        };
        assert_eq!(Record::split(&record.join()).title, "甲 乙");
    }
}
