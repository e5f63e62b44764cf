//! Facets: how many of the documents found have each value.

use souwen_index::{Date, Index};
use souwen_text::{cast, order};

use crate::matching::Scored;
use crate::result::FacetCount;

/// Values given per field.
const VALUES: usize = 50;

/// Counts the values of every column (the commonest first), and the months (the newest first).
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
    counts.push(("month".to_owned(), months(index, documents)));
    counts
}

fn months(index: &Index, documents: &[Scored]) -> Vec<FacetCount> {
    let dates = documents
        .iter()
        .filter_map(|own| index.document(own.document)?.date);
    let month = |(year, month, _): (u32, u32, u32)| (u64::from(u32::MAX - year * 100 - month), 0);
    let mut keys: Vec<(u64, u32)> = dates.map(Date::parts).map(month).collect();
    order::sort(&mut keys);
    let run = |run: &[(u64, u32)]| {
        let number = u64::from(u32::MAX) - run.first().map_or(0, |(key, _)| *key);
        let value = format!("{:04}-{:02}", number / 100, number % 100);
        FacetCount {
            value,
            count: cast::small(run.len()),
        }
    };
    keys.chunk_by(|a, b| a == b).take(VALUES).map(run).collect()
}
