//! Filters: which documents a search may give at all.

use souwen_index::{Date, Facet, Index};

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

impl std::fmt::Display for FilterError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownField(field, known) => {
                write!(
                    f,
                    "no field `{field}` to filter by; there are: {}",
                    known.join(", ")
                )
            }
            Self::NoRange(field) => {
                write!(
                    f,
                    "`{field}` takes values, not a range; only `date` has from and to"
                )
            }
            Self::BadDate(text) => {
                write!(
                    f,
                    "`{text}` is not a date; write YYYY-MM-DD, YYYY-MM or YYYY"
                )
            }
        }
    }
}

impl std::error::Error for FilterError {}

enum Condition<'a> {
    Facet(&'a Facet, Vec<u32>),
    /// Any of these spans, ends included.
    Dates(Vec<(Option<Date>, Option<Date>)>),
    Kind(Vec<String>),
}

/// Filters made ready.
pub(crate) struct Filter<'a> {
    index: &'a Index,
    conditions: Vec<Condition<'a>>,
}

/// The name of a kind of document, as results give it.
pub(crate) fn kind_name(kind: souwen_index::Kind) -> &'static str {
    match kind {
        souwen_index::Kind::Article => "article",
        souwen_index::Kind::Photo => "photo",
        souwen_index::Kind::Table => "table",
    }
}

impl<'a> Filter<'a> {
    pub(crate) fn new(index: &'a Index, filters: &Filters) -> Result<Self, FilterError> {
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
                // One value: the day, month or year itself; `A..B`: from and to.
                // No value is no condition, as a page has it that unticks its last box.
                _ if values.is_empty() => {}
                // `month` is how results count dates.
                "date" | "month" => {
                    let ranges = values.iter().map(|value| {
                        let (from, to) = value.split_once("..").unwrap_or((value, value));
                        let end = |text: &str, last| {
                            (!text.is_empty()).then(|| day(text, last)).transpose()
                        };
                        Ok((end(from, false)?, end(to, true)?))
                    });
                    conditions.push(Condition::Dates(ranges.collect::<Result<_, _>>()?));
                }
                "kind" => conditions.push(Condition::Kind(values)),
                _ => {
                    let facet = index.facet(field).ok_or_else(|| {
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
                    conditions.push(Condition::Facet(facet, numbers));
                }
            }
        }
        Ok(Self { index, conditions })
    }

    /// Whether a document may be given.
    pub(crate) fn accepts(&self, document: u32) -> bool {
        self.conditions.iter().all(|condition| match condition {
            Condition::Facet(facet, wanted) => facet
                .of(document)
                .iter()
                .any(|number| wanted.contains(number)),
            Condition::Dates(spans) => {
                let date = self.index.document(document).and_then(|facts| facts.date);
                let within = |&(from, to): &(Option<Date>, Option<Date>)| {
                    date.is_some_and(|date| {
                        from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to)
                    })
                };
                spans.iter().any(within)
            }
            Condition::Kind(kinds) => self
                .index
                .document(document)
                .is_some_and(|document| kinds.iter().any(|kind| kind == kind_name(document.kind))),
        })
    }
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
        0 => format!("{text}-{month}"),
        1 => text.to_owned(),
        _ => return Date::parse(text).ok_or_else(bad),
    };
    days.iter()
        .find_map(|day| Date::parse(&format!("{full}-{day}")))
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
