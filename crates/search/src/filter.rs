//! Filters: which documents a search may give at all.

use souwen_index::{Date, Index};

use crate::find::holds;

/// The values wanted of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Any of these values.
    Any(Vec<String>),
    /// For `date`: from and to, both days included, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    Range {
        /// The first day.
        from: Option<String>,
        /// The last day.
        to: Option<String>,
    },
}

/// Fields with the values wanted of them; all fields must agree.
pub type Filters = Vec<(String, Wanted)>;

/// What is wrong with a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterError {
    /// The index has no such field; the fields that it has.
    UnknownField(String, Vec<String>),
    /// Not a date.
    BadDate(String),
    /// A range was given for a field that is no date.
    NoRange(String),
}

impl FilterError {
    /// What is wrong, and how to mend it. Made without `std::fmt`, for the browser's sake.
    #[must_use]
    #[inline(never)]
    pub fn message(&self) -> String {
        match self {
            Self::UnknownField(field, known) => {
                let mut message = ["no field `", field, "` to filter by; there are: "].concat();
                for (at, name) in known.iter().enumerate() {
                    message.push_str(if at > 0 { ", " } else { "" });
                    message.push_str(name);
                }
                message
            }
            Self::NoRange(field) => [
                "`",
                field,
                "` takes values, not a range; only `date` has from and to",
            ]
            .concat(),
            Self::BadDate(text) => [
                "`",
                text,
                "` is not a date; write YYYY-MM-DD, YYYY-MM or YYYY",
            ]
            .concat(),
        }
    }
}

impl std::fmt::Display for FilterError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for FilterError {}

/// One thing that a document's facts must fulfil.
#[derive(Debug, Clone)]
pub(crate) enum Condition {
    /// Has one of these values in the column of this place.
    Column(usize, Vec<u32>),
    /// Any of these spans, ends included.
    Dates(Vec<Span>),
    Kind(Vec<String>),
}

/// From and to; an end that is left out is open.
pub(crate) type Span = (Option<Date>, Option<Date>);

impl Condition {
    /// A date as a query gives it, if it is one.
    pub(crate) fn dates(text: &str) -> Option<Self> {
        Some(Self::Dates(vec![span(text).ok()?]))
    }

    /// The values of a column that a text is part of, if there are any.
    pub(crate) fn column(index: &Index, name: &str, text: &str) -> Option<Self> {
        let place = index.facets().iter().position(|own| own.name() == name)?;
        let wanted = index.analyser().stream(text);
        let fits = |value: &String| holds(&index.analyser().stream(value), wanted.chars());
        let values = index.facets().get(place)?.values();
        let numbers: Vec<u32> = (0u32..)
            .zip(values)
            .filter(|(_, value)| !wanted.is_empty() && fits(value))
            .map(|(number, _)| number)
            .collect();
        (!numbers.is_empty()).then_some(Self::Column(place, numbers))
    }

    /// Whether a document fulfils it.
    #[inline(never)]
    pub(crate) fn accepts(&self, index: &Index, document: u32) -> bool {
        match self {
            Self::Column(place, wanted) => index.facets().get(*place).is_some_and(|facet| {
                facet
                    .of(document)
                    .iter()
                    .any(|number| wanted.contains(number))
            }),
            Self::Dates(spans) => {
                let date = index.date(document);
                let within = |&(from, to): &Span| {
                    date.is_some_and(|date| {
                        from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to)
                    })
                };
                spans.iter().any(within)
            }
            Self::Kind(kinds) => {
                let own = kind_name(index.kind(document));
                kinds.iter().any(|kind| kind == own)
            }
        }
    }
}

/// The name of a kind of document, as results give it.
pub(crate) fn kind_name(kind: souwen_index::Kind) -> &'static str {
    match kind {
        souwen_index::Kind::Article => "article",
        souwen_index::Kind::Photo => "photo",
        souwen_index::Kind::Table => "table",
    }
}

/// Filters made ready.
pub(crate) struct Filter<'a> {
    index: &'a Index,
    conditions: Vec<Condition>,
}

impl<'a> Filter<'a> {
    pub(crate) fn new(index: &'a Index, filters: &Filters) -> Result<Self, FilterError> {
        let conditions = if filters.is_empty() {
            Vec::new()
        } else {
            Self::conditions(index, filters)?
        };
        Ok(Self { index, conditions })
    }

    #[inline(never)]
    fn conditions(index: &Index, filters: &Filters) -> Result<Vec<Condition>, FilterError> {
        let mut conditions = Vec::new();
        for (field, wanted) in filters {
            let values = match wanted {
                Wanted::Any(values) => values.clone(),
                Wanted::Range { from, to } => {
                    if field != "date" {
                        return Err(FilterError::NoRange(field.clone()));
                    }
                    let from = from.as_deref().map(|text| day(text, false)).transpose()?;
                    let to = to.as_deref().map(|text| day(text, true)).transpose()?;
                    conditions.push(Condition::Dates(vec![(from, to)]));
                    continue;
                }
            };
            match field.as_str() {
                // No value is no condition, as a page has it that unticks its last box.
                _ if values.is_empty() => {}
                // `month` and `year` are how results count dates.
                "date" | "month" | "year" => {
                    let spans = values.iter().map(|value| span(value));
                    conditions.push(Condition::Dates(spans.collect::<Result<_, _>>()?));
                }
                "kind" => conditions.push(Condition::Kind(values)),
                _ => {
                    let place = index.facets().iter().position(|own| own.name() == field);
                    let facet = place.and_then(|place| Some((place, index.facets().get(place)?)));
                    let (place, facet) = facet.ok_or_else(|| {
                        let mut known: Vec<String> = index
                            .facets()
                            .iter()
                            .map(|facet| facet.name().to_owned())
                            .collect();
                        known.extend(["date".to_owned(), "kind".to_owned()]);
                        FilterError::UnknownField(field.clone(), known)
                    })?;
                    let numbers = values
                        .iter()
                        .filter_map(|value| facet.number(value))
                        .collect();
                    conditions.push(Condition::Column(place, numbers));
                }
            }
        }
        Ok(conditions)
    }

    /// Whether a document may be given.
    pub(crate) fn accepts(&self, document: u32) -> bool {
        self.conditions
            .iter()
            .all(|condition| condition.accepts(self.index, document))
    }
}

/// One value: the day, month or year itself; `A..B`: from and to.
fn span(text: &str) -> Result<Span, FilterError> {
    // One dot and then the other: to look for a string takes kilobytes of wasm that a character does not.
    let (from, to) = text
        .split_once('.')
        .and_then(|(from, rest)| Some((from, rest.strip_prefix('.')?)))
        .unwrap_or((text, text));
    let end = |text: &str, last| (!text.is_empty()).then(|| day(text, last)).transpose();
    Ok((end(from, false)?, end(to, true)?))
}

/// The first or the last day that a date of any precision means.
fn day(text: &str, last: bool) -> Result<Date, FilterError> {
    let bad = || FilterError::BadDate(text.to_owned());
    let (month, days) = if last {
        ("12", ["31", "30", "29", "28"])
    } else {
        ("01", ["01"; 4])
    };
    let full = match text.matches('-').count() {
        0 => [text, "-", month].concat(),
        1 => text.to_owned(),
        _ => return Date::parse(text).ok_or_else(bad),
    };
    days.iter()
        .find_map(|day| Date::parse(&[&full, "-", *day].concat()))
        .ok_or_else(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_any_precision() {
        for (text, last, expected) in [
            ("2022", false, "2022-01-01"),
            ("2022", true, "2022-12-31"),
            ("2024-02", true, "2024-02-29"),
            ("2022-06", true, "2022-06-30"),
            ("2022-06-05", true, "2022-06-05"),
        ] {
            assert_eq!(
                day(text, last).map(|date| date.to_string()).as_deref(),
                Ok(expected)
            );
        }
        assert!(day("去年", false).is_err() && day("2022-13", true).is_err());
    }
}
