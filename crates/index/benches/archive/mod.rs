//! An index with lists of every kind and as many terms as an archive of some thousand articles has.

use std::collections::BTreeMap;
use std::io;

use souwen_index::{
    Core, Facts, Layout, Meta, PartDigest, Record, Sink, SoundParts, Synonyms, TextCodec, Writer,
    encode_record,
};
use souwen_text::{Alphabet, FoldTable, fingerprint};

use crate::made::Made;

pub(crate) const DOCUMENTS: u32 = 20_000;
/// Characters and how many documents hold them: every second, every 97th, three in all.
pub(crate) const LISTS: [(&str, char); 3] = [("dense", '丁'), ("sparse", '丂'), ("inline", '七')];
/// A character that nothing else stands beside.
pub(crate) const NOWHERE: char = '丄';

/// The bytes of an index of one file, and the terms of pairs and longer words.
pub(crate) fn written() -> (Vec<u8>, Vec<String>) {
    struct Nowhere;
    impl Sink for Nowhere {
        fn part(&mut self, _: Vec<u8>) -> io::Result<PartDigest> {
            Err(io::Error::other("an index of one file has no parts"))
        }
    }
    let mut made = Made::new();
    let mut chars: Vec<char> = LISTS.iter().map(|own| own.1).collect();
    chars.push(NOWHERE);
    chars.extend(Made::characters());
    let alphabet = Alphabet::from_chars(chars);
    let mut terms: BTreeMap<Vec<u32>, Vec<(u32, u8)>> = BTreeMap::new();
    for (code, step) in (0..).zip([2, 97, 7000]) {
        let list = (1..DOCUMENTS).step_by(step);
        let class = |document: u32| if document.is_multiple_of(5) { 3 } else { 0 };
        terms.insert(vec![code], list.map(|own| (own, class(own))).collect());
    }
    let end = usize::try_from(DOCUMENTS).unwrap();
    let mut keys = made.words.clone();
    keys.retain(|word| word.chars().count() > 1);
    keys.sort();
    keys.dedup();
    for word in &keys {
        let codes = word.chars().filter_map(|c| alphabet.code(c)).collect();
        let documents = (0..1 + made.below(9)).map(|_| made.below(end));
        let mut documents: Vec<u32> = documents.map(|own| u32::try_from(own).unwrap()).collect();
        documents.sort_unstable();
        documents.dedup();
        terms.insert(codes, documents.into_iter().map(|own| (own, 0)).collect());
    }
    let codec = TextCodec::train(&alphabet, &[made.text(1000)], TextCodec::WORDS).unwrap();
    let core = Core {
        meta: Meta {
            documents: DOCUMENTS,
            fingerprint: fingerprint(),
            ..Meta::default()
        },
        folds: FoldTable::default(),
        synonyms: Synonyms::default(),
        alphabet: alphabet.clone(),
        sounds: SoundParts::default(),
        codec: codec.clone(),
        facets: Vec::new(),
    };
    let layout = Layout {
        single: u64::MAX,
        ..Layout::default()
    };
    let mut nowhere = Nowhere;
    let mut writer = Writer::new(core, layout, &mut nowhere);
    for (key, list) in &terms {
        writer.term(key, 1, list).unwrap();
    }
    let encoder = codec.encoder(&alphabet);
    for document in 0..DOCUMENTS {
        let record = Record {
            id: document.to_string(),
            title: made.text(1),
            ..Record::default()
        };
        let facts = Facts {
            group: document,
            ..Facts::default()
        };
        let text = encode_record(&encoder, &record);
        writer.document(&facts, &record, &text).unwrap();
    }
    (writer.finish().unwrap(), keys)
}
