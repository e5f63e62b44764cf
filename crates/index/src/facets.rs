//! Section `facets`: columns of values that documents are filtered and counted by.
//!
//! ```text
//! fields varint
//! per field: name string, values varint, per value string,
//!            per document: number of its values varint, then their numbers (varints, in the
//!            document's own order: a byline keeps its order)
//! ```

use souwen_text::cast;

use crate::error::{OrDamaged, Result, ensure};
use crate::wire::{Reader, Writer};

const NAME: &str = "facets";

/// One column: a field's distinct values, and which of them each document has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facet {
    name: String,
    values: Vec<String>,
    /// `ends[d]` is where document `d`'s values end in `numbers`.
    ends: Vec<u32>,
    numbers: Vec<u32>,
}

impl Facet {
    /// Makes a column from each document's values; a value that a document has twice counts once.
    #[must_use]
    pub fn new(name: &str, documents: &[Vec<String>]) -> Self {
        let mut values: Vec<String> = documents.iter().flatten().cloned().collect();
        values.sort();
        values.dedup();
        let mut facet = Self {
            name: name.to_owned(),
            ..Self::default()
        };
        for own in documents {
            let begin = facet.numbers.len();
            for number in own
                .iter()
                .filter_map(|value| values.binary_search(value).ok())
            {
                let number = cast::small(number);
                if facet
                    .numbers
                    .get(begin..)
                    .is_some_and(|own| !own.contains(&number))
                {
                    facet.numbers.push(number);
                }
            }
            facet.ends.push(cast::small(facet.numbers.len()));
        }
        facet.values = values;
        facet
    }

    /// The field's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The distinct values, sorted.
    #[must_use]
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// The number of a value, for filtering.
    #[must_use]
    pub fn number(&self, value: &str) -> Option<u32> {
        self.values
            .binary_search_by(|own| own.as_str().cmp(value))
            .ok()
            .map(cast::small)
    }

    /// The numbers of a document's values, in the document's order.
    #[must_use]
    pub fn of(&self, document: u32) -> &[u32] {
        let at = cast::index(document);
        let start = at
            .checked_sub(1)
            .map_or(Some(&0), |before| self.ends.get(before));
        let (Some(&start), Some(&end)) = (start, self.ends.get(at)) else {
            return &[];
        };
        self.numbers
            .get(cast::index(start)..cast::index(end))
            .unwrap_or_default()
    }

    /// A document's values as text.
    pub fn texts_of(&self, document: u32) -> impl Iterator<Item = &str> {
        let value = |&number: &u32| self.values.get(cast::index(number)).map(String::as_str);
        self.of(document).iter().filter_map(value)
    }
}

pub(crate) fn encode(facets: &[Facet]) -> Vec<u8> {
    let mut out = Writer::default();
    out.count(facets.len());
    for facet in facets {
        out.string(&facet.name);
        out.count(facet.values.len());
        facet.values.iter().for_each(|value| out.string(value));
        for document in 0..cast::small(facet.ends.len()) {
            let own = facet.of(document);
            out.count(own.len());
            own.iter().for_each(|&number| out.varint(number.into()));
        }
    }
    out.bytes
}

pub(crate) fn decode(bytes: &[u8], documents: u32) -> Result<Vec<Facet>> {
    let mut reader = Reader::new(NAME, bytes);
    let mut facets = Vec::new();
    for _ in 0..reader.count()? {
        let mut facet = Facet {
            name: reader.string()?.to_owned(),
            ..Facet::default()
        };
        for _ in 0..reader.count()? {
            facet.values.push(reader.string()?.to_owned());
        }
        let sorted = facet.values.is_sorted_by(|a, b| a < b);
        ensure(sorted, NAME, "values are out of order")?;
        for _ in 0..documents {
            for _ in 0..reader.count()? {
                let number = reader.varint32()?;
                let known = cast::index(number) < facet.values.len();
                facet
                    .numbers
                    .push(known.then_some(number).or_damaged(NAME, "names no value")?);
            }
            facet.ends.push(cast::small(facet.numbers.len()));
        }
        facets.push(facet);
    }
    reader.finish()?;
    Ok(facets)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(documents in prop::collection::vec(prop::collection::vec("[甲-癸a-c]{1,3}", 0..4), 0..30)) {
            let facets = vec![Facet::new("reporter", &documents), Facet::new("section", &vec![vec![]; documents.len()])];
            let back = decode(&encode(&facets), cast::small(documents.len()))?;
            prop_assert_eq!(&back, &facets);
            for (document, own) in (0..).zip(&documents) {
                let mut own = own.clone();
                let mut seen = std::collections::BTreeSet::new();
                own.retain(|value| seen.insert(value.clone()));
                prop_assert!(back[0].texts_of(document).eq(own.iter().map(String::as_str)));
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>, documents in 0u32..50) {
            let _ = decode(&bytes, documents);
        }
    }
}
