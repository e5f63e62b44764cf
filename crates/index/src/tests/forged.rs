//! Bytes that are wrong although their checksums hold: whatever they say, nothing panics, and nothing
//! takes long.

use proptest::prelude::*;
use souwen_text::{FoldTable, Lexicon, cast};

use super::{Archive, Built, in_parts, list};
use crate::container::{self, Container, Section, SectionId, crc};
use crate::parts::Region;
use crate::store::{CHECKSUM, checksum};
use crate::{Date, Facts, Index, Record, SoundParts};

/// A small index with something of everything, each extent in a part of its own.
fn built() -> Built {
    let chars: Vec<char> = ('一'..).take(40).collect();
    let documents = 600;
    let mut archive = Archive::of(chars, documents);
    for (own, (facts, record)) in (0u32..).zip(&mut archive.documents).take(5) {
        *facts = Facts {
            group: if own == 2 { 0 } else { own },
            values: vec![vec![own % 2], vec![0; cast::index(own % 3)]],
        };
        *record = Record {
            title: "一丁七万".repeat(cast::index(own)),
            date: Date::from_days(700_000 + own),
            ..record.clone()
        };
    }
    let column = |name: &str, values: &[&str]| {
        let values = values.iter().map(|own| (*own).to_owned());
        (name.to_owned(), values.collect())
    };
    archive.facets = vec![
        column("section", &["一", "丁"]),
        column("reporter", &["七"]),
    ];
    for first in 0..12u32 {
        let step = if first == 5 { 1 } else { 40 + first };
        let word = u64::from(first) * 900;
        archive
            .terms
            .insert(vec![first], (word, list(documents, first, step, 3)));
        for second in 0..first {
            let found = list(documents, second, 70 + second, 9);
            archive
                .terms
                .insert(vec![first, second], (word % 1800, found));
            let tail: Vec<u32> = (0..second % 5).map(|own| (own * second) % 40).collect();
            if !tail.is_empty() {
                let key = [vec![first, second], tail].concat();
                archive
                    .terms
                    .insert(key, (word, list(documents, second, 300, 1)));
            }
        }
    }
    let folds = [('壹', "一"), ('柒', "七")];
    archive.folds = FoldTable::new(folds.map(|(c, to)| (c, to.to_owned())).to_vec());
    archive.sounds = SoundParts {
        strangers: vec!['河', '清'],
        readings: (0..42)
            .map(|own| vec![["yi", "ding", "qi"][own % 3].to_owned()])
            .collect(),
        words: vec![("七丂一".to_owned(), vec!["qi".to_owned(); 3])],
        look_alikes: vec![vec![0, 1, 40], vec![3, 7]],
    };
    archive.build(in_parts(1))
}

/// Asks an index for everything. What it says is not the point.
fn exercise(index: &Index) {
    let chars = index.alphabet().chars().to_vec();
    let some = || chars.iter().copied().take(13);
    let mut terms: Vec<_> = some().filter_map(|c| index.single(c)).collect();
    for first in some() {
        terms.extend(index.following(first).into_iter().map(|(_, term)| term));
        terms.extend(some().filter_map(|second| index.pair(first, second)));
    }
    let words = index.analyser().dictionary();
    let mut listed = Vec::new();
    words.starting_with("", |word| {
        listed.push(word);
        listed.len() < 3000
    });
    terms.extend(listed.iter().filter_map(|word| index.word(word)));
    for term in terms {
        let mut cursor = index.postings(term);
        let mut last = None;
        while let Some((document, class)) = cursor.next() {
            assert!(last < Some(document) && document < index.len() && class < 16);
            last = Some(document);
        }
        let mut cursor = index.postings(term);
        (0..index.len())
            .step_by(130)
            .for_each(|target| _ = cursor.seek(target));
        assert!(index.document_frequency(term) <= index.len());
    }
    let text: String = some().chain("壹柒河，12月".chars()).collect();
    index.ready_for(&text);
    let _ = index.analyser().analyse(&text);
    for document in (0..7).chain(index.len().saturating_sub(2)..=index.len()) {
        let _ = (index.kind(document), index.group(document));
        let _ = (
            index.date(document),
            index.record(document),
            index.is_gone(document),
        );
        for facet in index.facets() {
            facet.texts_of(document).for_each(drop);
        }
        let _ = index.find(&document.to_string());
    }
    let sounds = index.sounds();
    for code in 0..50 {
        let _ = (
            sounds.readings(code),
            sounds.look_alikes(code),
            sounds.word_reading(code),
        );
    }
    for syllable in 0..5 {
        let _ = sounds.characters(syllable);
    }
    let _ = (index.sounding('河'), index.terms(), index.needs());
}

/// Forges the content of one part, puts its checksum right, and asks for everything.
fn forge(built: &Built, number: usize, content: &[u8]) {
    let index = built.open();
    let sum = checksum(&crc(), content, address(built, &index, number));
    let forged = [content, &sum].concat();
    built.supply_all(&index);
    let supplied = index.supply(cast::small(number), 0, &forged);
    supplied.expect("it is as long");
    exercise(&index);
}

/// Where a part begins.
fn address(built: &Built, index: &Index, number: usize) -> u64 {
    let mut before = 0;
    for (region, (_, parts, _)) in Region::ALL.into_iter().zip(index.regions()) {
        let parts = cast::index(parts);
        if number < before + parts {
            let own = built.parts[before..number].iter().map(Vec::len);
            return region.base() + u64::try_from(own.sum::<usize>()).expect("small");
        }
        before += parts;
    }
    panic!("no such part");
}

fn content(built: &Built, number: usize) -> &[u8] {
    let part = &built.parts[number];
    &part[..part.len() - cast::index(CHECKSUM)]
}

#[test]
fn what_is_built_is_sound_and_has_everything() {
    let built = built();
    let index = built.open();
    built.supply_all(&index);
    exercise(&index);
    assert_eq!(index.validate(), Ok(()));
    assert!(index.regions().all(|(_, _, bytes)| bytes > 0));
}

#[test]
fn every_extent_with_one_byte_forged() {
    let built = built();
    // Texts are alike; the first have something to say.
    let texts = built.parts.len() - 600;
    for number in 0..texts + 6 {
        let sound = content(&built, number);
        for at in 0..sound.len() {
            for flip in [1 << (at % 8), 0xFF] {
                let mut forged = sound.to_vec();
                forged[at] ^= flip;
                forge(&built, number, &forged);
            }
        }
    }
}

#[test]
fn what_goes_with_the_core_forged() {
    let built = built();
    let mut container = Container::open(&built.core).expect("opens");
    let sections = SectionId::ALL.map(|id| (id, container.take(id)));
    let index = built.open();
    let roots = &index.segments[0].roots;
    let runs = [&index.codec_at, &roots.facts, &roots.texts];
    for extent in runs.into_iter().flat_map(|run| &run.extents) {
        assert_eq!(Region::of(extent.address), Some(Region::Core));
        let from = usize::try_from(extent.address - Region::Core.base()).expect("small");
        let end = from + cast::index(extent.len - CHECKSUM);
        for at in from..end {
            let forge = |(id, bytes): &(SectionId, Vec<u8>)| {
                let mut bytes = bytes.clone();
                if *id == SectionId::Heap {
                    bytes[at] ^= 1 << (at % 8);
                    let sum = checksum(&crc(), &bytes[from..end], extent.address);
                    bytes[end..end + sum.len()].copy_from_slice(&sum);
                }
                Section {
                    id: *id,
                    bytes,
                    deflate: false,
                }
            };
            let forged: Vec<Section> = sections.iter().map(forge).collect();
            let index = Index::open(&container::encode(&forged)).expect("opens");
            built.supply_all(&index);
            exercise(&index);
        }
    }
}

#[test]
fn the_core_forged() {
    let built = built();
    let mut container = Container::open(&built.core).expect("opens");
    let sections = SectionId::ALL.map(|id| (id, container.take(id)));
    let directory = &sections[4].1;
    // The root is an FST, found by what `fst` begins with.
    let version = [3, 0, 0, 0, 0, 0, 0, 0];
    let found = directory.windows(8).rposition(|own| own == version);
    let fst = found.expect("there is an FST");
    for (number, (_, sound)) in sections.iter().enumerate() {
        for at in 0..sound.len() {
            // Parts are many, and each is like the others.
            if number == 4 && at < fst - 200 && at % 23 > 0 {
                continue;
            }
            let forge = |(own, (id, bytes)): (usize, &(SectionId, Vec<u8>))| {
                let mut bytes = bytes.clone();
                if own == number {
                    bytes[at] ^= 1 << (at % 8);
                }
                Section {
                    id: *id,
                    bytes,
                    deflate: false,
                }
            };
            let forged: Vec<Section> = sections.iter().enumerate().map(forge).collect();
            if let Ok(index) = Index::open(&container::encode(&forged)) {
                for (number, part) in (0..).zip(&built.parts) {
                    let _ = index.supply(number, 0, part);
                }
                exercise(&index);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn many_bytes_forged(number: prop::sample::Index, forged in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let built = built();
        let number = number.index(built.parts.len() - 595);
        let mut bytes = content(&built, number).to_vec();
        let end = bytes.len();
        for (at, byte) in forged {
            bytes[at.index(end)] = byte;
        }
        forge(&built, number, &bytes);
    }
}
