//! Segments behind the first: what is kept stays, what comes is found, what is gone counts no more.

use std::collections::BTreeMap;
use std::io;

use souwen_text::{Alphabet, FoldTable, cast, fingerprint};

use super::list;
use crate::{
    Core, Date, Facts, Index, Kept, Layout, Meta, PartDigest, Record, Sink, SoundParts, Synonyms,
    TextCodec, Writer, encode_record,
};

/// Parts by number.
#[derive(Default)]
struct Shelf(BTreeMap<PartDigest, Vec<u8>>);

impl Sink for Shelf {
    fn part(&mut self, bytes: Vec<u8>) -> io::Result<PartDigest> {
        let number = u128::try_from(self.0.len()).unwrap_or(0).to_be_bytes();
        self.0.insert(number, bytes);
        Ok(number)
    }
}

const LAYOUT: Layout = Layout {
    single: 0,
    part: 512,
};

fn core(documents: u32, section: &str) -> Core {
    let alphabet = Alphabet::from_chars(('一'..).take(300).collect());
    let texts = ["一丁三上下", "一丁三"];
    Core {
        meta: Meta {
            documents,
            fingerprint: fingerprint(),
            ..Meta::default()
        },
        folds: FoldTable::new(vec![('龟', "一".into())]),
        synonyms: Synonyms::default(),
        codec: TextCodec::train(&alphabet, &texts, TextCodec::WORDS).expect("trains"),
        alphabet,
        sounds: SoundParts::default(),
        facets: vec![("section".into(), vec![section.into()])],
    }
}

/// Writes a segment of so many documents behind `first` others.
fn write(mut writer: Writer<'_>, first: u32, documents: u32, value: u32) -> (Vec<u8>, [u32; 5]) {
    for (key, step) in [
        (&[1][..], 1),
        (&[1, 2], 2),
        (&[1, 2, 3], 5),
        (&[1, 3 + value], 7),
    ] {
        let frequency = u64::from(first == 0) * 9;
        let list = list(documents, 0, step, 7);
        writer.term(key, frequency, &list).expect("in order");
    }
    let shared = core(0, "");
    let encoder = shared.codec.encoder(&shared.alphabet);
    for own in first..first + documents {
        let facts = Facts {
            // Every tenth repeats the third.
            group: if own > 2 && own % 10 == 2 { 2 } else { own },
            values: vec![vec![value]],
        };
        let record = Record {
            id: own.to_string(),
            title: format!("第{own}篇"),
            date: Date::from_days(700_000 + own),
            ..Record::default()
        };
        let text = encode_record(&encoder, &record);
        writer.document(&facts, &record, &text).expect("kept");
    }
    writer.finish_in_parts().expect("written")
}

fn open(bytes: &[u8], shelf: &Shelf) -> Index {
    let index = Index::open(bytes).expect("opens");
    for (number, part) in (0..).zip(index.parts().to_vec()) {
        index
            .supply(number, 0, &shelf.0[&part.digest])
            .expect("as long");
    }
    index
}

#[test]
fn long_lists_behind_those_of_another_segment() {
    let mut shelf = Shelf::default();
    let (bytes, end) = write(Writer::new(core(700, "甲"), LAYOUT, &mut shelf), 0, 700, 0);
    let first = open(&bytes, &shelf);
    let kept = Kept::new(&first, &bytes, 1, end, &[]).expect("is kept");
    let writer = Writer::behind(core(1400, "乙"), kept, LAYOUT, &mut shelf);
    let (bytes, _) = write(writer, 700, 700, 1);
    let second = open(&bytes, &shelf);
    second.validate().expect("is sound");
    let mut cursor = second.postings(second.term(&[1]).expect("is a term"));
    let documents = std::iter::from_fn(|| cursor.next_document());
    assert!(documents.eq(0..1400));
    assert_eq!(second.needs(), Ok(Vec::new()));
}

#[test]
fn a_segment_behind_another() {
    let mut shelf = Shelf::default();
    let (bytes, end) = write(Writer::new(core(700, "甲"), LAYOUT, &mut shelf), 0, 700, 0);
    let first = open(&bytes, &shelf);
    first.validate().expect("is sound");
    let parts: Vec<PartDigest> = first.parts().iter().map(|part| part.digest).collect();
    let [counts @ .., at_hand] = end;
    assert_eq!(counts.iter().sum::<u32>(), cast::small(parts.len()));
    assert!(at_hand > 0, "facts and lengths go with the core");

    let gone = [699, 2, 10, 2];
    let kept = Kept::new(&first, &bytes, 1, end, &gone).expect("is kept");
    assert_eq!((kept.documents(), kept.gone()), (700, &[2, 10, 699][..]));
    assert_eq!((kept.values("section"), kept.values("none")), (1, 0));
    let mut writer = Writer::behind(core(740, "乙"), kept, LAYOUT, &mut shelf);
    writer.headline(698, &first.record(698).expect("is there"));
    let (bytes, end) = write(writer, 700, 40, 1);
    let second = open(&bytes, &shelf);
    second.validate().expect("is sound");
    let now: Vec<PartDigest> = second.parts().iter().map(|part| part.digest).collect();
    assert!(parts.iter().all(|part| now.contains(part)));
    assert_eq!((second.len(), second.articles()), (740, 737));
    assert_eq!(second.segments().collect::<Vec<_>>(), [700, 40]);
    let documents = |key: &[u32]| {
        let mut cursor = second.postings(second.term(key).expect("is a term"));
        let next = || cursor.next_document();
        std::iter::from_fn(next).collect::<Vec<u32>>()
    };
    let every = |step: usize| {
        let old = (0..700).step_by(step);
        let all = old.chain((700..740).step_by(step));
        all.filter(|own| !gone.contains(own)).collect::<Vec<u32>>()
    };
    assert_eq!(documents(&[1]), every(1));
    assert_eq!(documents(&[1, 2]), every(2));
    assert_eq!(documents(&[1, 2, 3]), every(5));
    assert_eq!(
        documents(&[1, 4]),
        (700..740).step_by(7).collect::<Vec<_>>()
    );
    let df = |key: &[u32]| second.document_frequency(second.term(key).expect("is a term"));
    // Of a long list about so many, of others exactly.
    assert_eq!((df(&[1]), df(&[1, 2])), (737, cast::small(every(2).len())));
    assert!(second.is_gone(2) && !second.is_gone(3));
    assert_eq!((second.find("2"), second.find("712")), (None, Some(712)));
    assert_eq!((second.group(712), second.group(711)), (2, 711));
    let section = second.facet("section").expect("is a column");
    assert_eq!(section.values(), ["甲", "乙"]);
    assert_eq!((section.of(3), section.of(739)), (&[0][..], &[1][..]));
    assert!(second.headlines().starts_with("第698篇\n第700篇\n"));

    // Nothing comes, one more goes.
    assert!(Kept::new(&second, &bytes, 3, end, &[]).is_err());
    assert!(Kept::new(&second, &bytes, 2, [99; 5], &[]).is_err());
    assert!(Kept::new(&second, &bytes, 0, [0; 5], &[]).is_err());
    let kept = Kept::new(&second, &bytes, 2, end, &[739]).expect("is kept");
    let mut nothing = core(740, "");
    nothing.facets.clear();
    let writer = Writer::behind(nothing, kept, LAYOUT, &mut shelf);
    let (bytes, _) = writer.finish_in_parts().expect("written");
    let third = open(&bytes, &shelf);
    third.validate().expect("is sound");
    assert_eq!((third.len(), third.articles()), (740, 739));
    assert_eq!(third.segments().count(), 2);
}
