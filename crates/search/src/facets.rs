//! Facets: how many of the documents found have each value.

use souwen_index::Index;
use souwen_text::digits::decimal;
use souwen_text::{cast, order};

use crate::matching::Scored;
use crate::result::FacetCount;

/// Values given per field.
const VALUES: usize = 50;

/// Counts the values of every column (the commonest first), the months and the years (the newest first).
pub(crate) fn counts(index: &Index, documents: &[Scored]) -> Vec<(String, Vec<FacetCount>)> {
    let mut counts = Vec::new();
    for facet in index.facets() {
        let mut by_number = vec![0u32; facet.values().len()];
        for &number in documents.iter().flat_map(|own| facet.of(own.document)) {
            if let Some(count) = by_number.get_mut(cast::index(number)) {
                *count += 1;
            }
        }
        // Values are sorted, so equal counts leave them in the order of their names.
        let mut keys: Vec<(u64, u32)> = by_number
            .iter()
            .map(|&count| !u64::from(count))
            .zip(0..)
            .collect();
        order::sort(&mut keys);
        let value = |(key, number): (u64, u32)| {
            let value = facet.values().get(cast::index(number))?.clone();
            let count = u32::try_from(!key).ok().filter(|&count| count > 0)?;
            Some(FacetCount { value, count })
        };
        let values = keys.into_iter().filter_map(value).take(VALUES).collect();
        counts.push((facet.name().to_owned(), values));
    }
    let dates = || {
        let date = |own: &Scored| Some(index.date(own.document)?.parts());
        documents.iter().filter_map(date)
    };
    let first = dates().map(|(year, ..)| year).min().unwrap_or(0);
    // By month, from January of the first year on.
    let mut months: Vec<u32> = Vec::new();
    for (year, month, _) in dates() {
        let at = cast::index((year - first) * 12 + month - 1);
        if at >= months.len() {
            months.resize(at + 1, 0);
        }
        if let Some(count) = months.get_mut(at) {
            *count += 1;
        }
    }
    let years: Vec<u32> = months.chunks(12).map(|year| year.iter().sum()).collect();
    let month = |at: u32| {
        let year = decimal((first + at / 12).into(), 4);
        [&year, "-", &decimal((at % 12 + 1).into(), 2)].concat()
    };
    counts.push(("month".to_owned(), newest_first(&months, month)));
    counts.push((
        "year".to_owned(),
        newest_first(&years, |at| decimal((first + at).into(), 4)),
    ));
    counts
}

/// Counts by date, the newest first.
fn newest_first(counts: &[u32], name: impl Fn(u32) -> String) -> Vec<FacetCount> {
    let mut values: Vec<FacetCount> = Vec::new();
    for (at, &count) in counts
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, count)| **count > 0)
    {
        let value = name(cast::small(at));
        values.push(FacetCount { value, count });
        if values.len() == VALUES {
            break;
        }
    }
    values
}
