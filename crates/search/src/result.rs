//! What a search gives. The names in JSON and JavaScript are the camelCase of those here.

use serde::ser::{Serialize, SerializeMap, Serializer};
use souwen_text::cast;

/// Serialises a struct as a map of its fields, in their order. A derived `Serialize` makes a struct of
/// it, whose names `serde-wasm-bindgen` keeps in a hash map: two kilobytes of wasm for nothing.
macro_rules! as_map {
    ($type:ident { $($field:ident $(as $name:literal)? $(in $wrap:ident)?),+ $(,)? }) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                $(map.serialize_entry(as_map!(@name $field $($name)?), &as_map!(@value self.$field $(, $wrap)?))?;)+
                map.end()
            }
        }
    };
    (@value $value:expr) => { $value };
    (@value $value:expr, $wrap:ident) => { $wrap($value) };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
}

/// A number as JavaScript has them. `serde-wasm-bindgen` checks a 64-bit one, and formats a message
/// where it is too large: kilobytes of wasm.
#[derive(Debug, Clone, Copy)]
pub struct Number(pub u64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match u32::try_from(self.0) {
            Ok(small) => serializer.serialize_u32(small),
            Err(_) => serializer.serialize_f64(cast::nearest(self.0)),
        }
    }
}

/// A text and the parts of it that matched, as `[start, end)` in UTF-16 code units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text, to be shown as text, never as HTML.
    pub text: String,
    /// In order, not overlapping.
    pub marks: Vec<(u32, u32)>,
}

as_map!(Marked { text, marks });

/// A passage of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The passage, to be shown as text, never as HTML.
    pub text: String,
    /// What matched in it, as in [`Marked`].
    pub marks: Vec<(u32, u32)>,
    /// Whether it is a photo's caption.
    pub caption: bool,
}

as_map!(Snippet {
    text,
    marks,
    caption
});

/// An article that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The article's id.
    pub id: String,
    /// Where it can be read; empty if only here.
    pub url: String,
    /// `article`, `photo` or `table`.
    pub kind: &'static str,
    /// `YYYY-MM-DD`, if known.
    pub date: Option<String>,
    /// Whether the date was read out of the text.
    pub date_inferred: bool,
    /// 版面 or 栏目; empty if none.
    pub section: String,
    /// Names of the byline.
    pub reporters: Vec<String>,
    /// Larger is better; only comparable within one result.
    pub score: u64,
    /// Headline.
    pub title: Marked,
    /// 肩题.
    pub kicker: String,
    /// 副题.
    pub subtitle: String,
    /// The passage that shows why it was found.
    pub snippet: Snippet,
    /// Words of the query that it lacks, as typed: only in relaxed results.
    pub missing: Vec<String>,
    /// Other articles found that are the same text but for a little.
    pub similar: Vec<Similar>,
}

as_map!(Hit {
    id, url, kind, date, date_inferred as "dateInferred", section, reporters, score in Number, title,
    kicker, subtitle, snippet, missing, similar
});

/// An article that says the same as a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// The article's id.
    pub id: String,
    /// Where it can be read; empty if only here.
    pub url: String,
    /// Headline.
    pub title: String,
    /// `YYYY-MM-DD`, if known.
    pub date: Option<String>,
}

as_map!(Similar {
    id,
    url,
    title,
    date
});

/// How many of the documents found have a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// Documents.
    pub count: u32,
}

as_map!(FacetCount { value, count });

/// What the reader probably meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The query.
    pub query: String,
    /// `pinyin`, `sound`, `shape` (a character that looks alike) or `spelling`.
    pub reason: &'static str,
    /// Whether the hits are those of this query, not of the one typed.
    pub applied: bool,
}

as_map!(Correction {
    query,
    reason,
    applied
});

/// Says that documents were given which lack words of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relaxed {
    /// Words that at least one of the hits on this page lacks, as typed, in the query's order.
    pub dropped: Vec<String>,
    /// How many documents hold all words; they come first.
    pub complete: u32,
}

as_map!(Relaxed { dropped, complete });

/// The answer to a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchResult {
    /// Documents found.
    pub total: u32,
    /// Always true: nothing is estimated.
    pub total_is_exact: bool,
    /// The page of them that was asked for.
    pub hits: Vec<Hit>,
    /// Counts by field over all documents found.
    pub facets: Vec<(String, Vec<FacetCount>)>,
    /// What the reader probably meant, the likeliest first; empty if what was typed stands in the
    /// archive.
    pub corrections: Vec<Correction>,
    /// Whether, and how, fewer words were asked for than typed.
    pub relaxed: Option<Relaxed>,
}

impl Serialize for SearchResult {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("total", &self.total)?;
        map.serialize_entry("totalIsExact", &self.total_is_exact)?;
        map.serialize_entry("hits", &self.hits)?;
        map.serialize_entry("facets", &Pairs(&self.facets))?;
        map.serialize_entry("corrections", &self.corrections)?;
        map.serialize_entry("relaxed", &self.relaxed)?;
        map.end()
    }
}

/// Pairs as one object.
struct Pairs<'a>(&'a [(String, Vec<FacetCount>)]);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// A completion of what was typed so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The text to search for.
    pub text: String,
    /// `title` or `term`.
    pub kind: &'static str,
    /// For a headline: its article.
    pub id: Option<String>,
}

as_map!(Suggestion { text, kind, id });

/// A whole article, for reading. The names are those of the JSON lines that `souwen extract` writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// Its id.
    pub id: String,
    /// `article`, `photo` or `table`.
    pub kind: &'static str,
    /// Headline.
    pub title: String,
    /// 肩题.
    pub kicker: String,
    /// 副题.
    pub subtitle: String,
    /// Names of the byline.
    pub reporters: Vec<String>,
    /// `YYYY-MM-DD`, if known.
    pub date: Option<String>,
    /// Whether the date was read out of the text.
    pub date_inferred: bool,
    /// 版面 or 栏目; empty if none.
    pub section: String,
    /// Where it can be read; empty if only here.
    pub url: String,
    /// Keywords.
    pub tags: Vec<String>,
    /// Body.
    pub paragraphs: Vec<String>,
    /// Photo captions.
    pub captions: Vec<String>,
    /// What else the input said of it, as a JSON object; empty if nothing.
    pub metadata: String,
}

as_map!(Article {
    id,
    kind,
    title,
    kicker,
    subtitle,
    reporters,
    date,
    date_inferred,
    section,
    url,
    tags,
    paragraphs,
    captions
});
