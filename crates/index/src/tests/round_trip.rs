//! Documents: their facts, days, columns, ids and records.

use proptest::prelude::*;
use souwen_text::cast;

use super::{Archive, Built, SINGLE, in_parts};
use crate::{Date, Facts, Kind, Record};

/// Values of the columns that documents have here.
const VALUES: [&str; 3] = ["一", "丁", "三"];

fn columns() -> Vec<(String, Vec<String>)> {
    let values = |count: usize| {
        VALUES
            .iter()
            .take(count)
            .map(|own| (*own).to_owned())
            .collect()
    };
    vec![
        ("section".to_owned(), values(1)),
        ("reporter".to_owned(), values(3)),
    ]
}

prop_compose! {
    fn document()(
        back in prop_oneof![3 => Just(0u32), 1 => 1u32..40],
        reporters in prop::collection::vec(0u32..3, 0..3),
        section: bool,
        days in prop::option::of(0..Date::END),
        kind in prop::sample::select(vec![Kind::Article, Kind::Photo, Kind::Table]),
        hexadecimal: bool,
        title in "[一-三]{0,9}",
    ) -> (Facts, Record, bool) {
        let facts = Facts {
            group: back,
            values: vec![if section { vec![0] } else { Vec::new() }, reporters],
        };
        let record = Record { title, kind, date: days.and_then(Date::from_days), ..Record::default() };
        (facts, record, hexadecimal)
    }
}

/// Gives ids, and makes of how far back a text is which one it is.
fn settle(documents: Vec<(Facts, Record, bool)>) -> Vec<(Facts, Record)> {
    let mut settled: Vec<(Facts, Record)> = Vec::new();
    for (own, (mut facts, mut record, hexadecimal)) in (0u32..).zip(documents) {
        let before = own.saturating_sub(facts.group);
        let first = settled.get(cast::index(before)).map(|own| own.0.group);
        facts.group = first.unwrap_or(own);
        record.id = if hexadecimal {
            format!("{own:016x}")
        } else {
            format!("第{own}篇")
        };
        settled.push((facts, record));
    }
    settled
}

fn check(built: &Built, documents: &[(Facts, Record)], step: usize) {
    let index = built.open();
    for (own, (facts, record)) in (0u32..).zip(documents).step_by(step) {
        let found = built.ask(&index, |index| {
            let facets = index.facets().iter().map(|facet| facet.of(own).to_vec());
            let facets: Vec<Vec<u32>> = facets.collect();
            let numbers = (index.kind(own), index.group(own), index.date(own));
            (numbers, facets, index.find(&record.id), index.record(own))
        });
        let numbers = (record.kind, facts.group, record.date);
        assert_eq!(
            found,
            (numbers, facts.values.clone(), Some(own), Ok(record.clone()))
        );
    }
    let strange = built.ask(&index, |index| {
        (
            index.find("0000000000000bad"),
            index.find(""),
            index.record(index.len()).is_err(),
        )
    });
    assert_eq!(strange, (None, None, true));
    let values = built.ask(&index, |index| {
        let facet = index.facet("reporter").expect("there is one");
        (
            facet.values().to_vec(),
            facet.number("三"),
            facet.number("甲"),
        )
    });
    assert_eq!(values, (VALUES.map(str::to_owned).to_vec(), Some(2), None));
    built.supply_all(&index);
    assert_eq!(index.validate(), Ok(()));
}

fn archive(documents: Vec<(Facts, Record)>) -> Archive {
    Archive {
        documents,
        facets: columns(),
        ..Archive::of(('一'..='三').collect(), 0)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn documents(documents in prop::collection::vec(document(), 1..300)) {
        let archive = archive(settle(documents));
        check(&archive.build(SINGLE), &archive.documents, 1);
        check(&archive.build(in_parts(700)), &archive.documents, 1);
    }
}

/// Across the borders of every kind of chunk.
#[test]
fn many_documents() {
    let document = |own: u32| {
        let facts = Facts {
            group: if own % 50 == 7 { 3 } else { 0 },
            values: vec![vec![0], vec![own % 3]],
        };
        let record = Record {
            date: Date::from_days(700_000 + own),
            kind: if own.is_multiple_of(5) {
                Kind::Table
            } else {
                Kind::Article
            },
            ..Record::default()
        };
        (facts, record, own.is_multiple_of(2))
    };
    let archive = archive(settle((0..9000).map(document).collect()));
    check(&archive.build(in_parts(4000)), &archive.documents, 37);
}
