//! Whole indexes, written and read back, of one file and in parts.

mod extend;
mod forged;
mod round_trip;
mod terms;

use std::collections::BTreeMap;
use std::io;

use souwen_text::{Alphabet, FoldTable, cast, fingerprint};

use crate::terms::list::Posting;
use crate::{
    Core, Facts, Index, Layout, Meta, PartDigest, Record, Sink, SoundParts, Synonyms, TextCodec,
    Writer, encode_record,
};

/// Terms by their keys: how frequent each is as a word, and its documents.
type Terms = BTreeMap<Vec<u32>, (u64, Vec<Posting>)>;

/// What an index is made of.
#[derive(Debug, Clone, Default)]
struct Archive {
    chars: Vec<char>,
    folds: FoldTable,
    sounds: SoundParts,
    terms: Terms,
    documents: Vec<(Facts, Record)>,
    facets: Vec<(String, Vec<String>)>,
}

/// Keeps parts in memory.
#[derive(Debug, Default)]
struct Parts(Vec<Vec<u8>>);

impl Sink for Parts {
    fn part(&mut self, bytes: Vec<u8>) -> io::Result<PartDigest> {
        self.0.push(bytes);
        Ok(u128::try_from(self.0.len()).unwrap_or(0).to_le_bytes())
    }
}

/// Everything in one file.
const SINGLE: Layout = Layout {
    single: u64::MAX,
    part: u32::MAX,
};

/// Parts of so many bytes.
const fn in_parts(part: u32) -> Layout {
    Layout { single: 0, part }
}

/// An index, and where its parts are.
#[derive(Debug)]
struct Built {
    core: Vec<u8>,
    /// In the order in which the index names them.
    parts: Vec<Vec<u8>>,
}

impl Built {
    fn open(&self) -> Index {
        Index::open(&self.core).expect("opens")
    }

    /// Asks until nothing is lacking.
    fn ask<T>(&self, index: &Index, ask: impl Fn(&Index) -> T) -> T {
        loop {
            let answer = ask(index);
            let needs = index.needs().expect("nothing is damaged");
            if needs.is_empty() {
                return answer;
            }
            for need in needs {
                let part = &self.parts[cast::index(need.part)];
                let bytes = &part[cast::index(need.offset)..][..cast::index(need.len)];
                let supplied = index.supply(need.part, need.offset, bytes);
                supplied.expect("the part is so long");
            }
        }
    }

    /// Brings everything.
    fn supply_all(&self, index: &Index) {
        for (number, part) in (0..).zip(&self.parts) {
            index.supply(number, 0, part).expect("it is a part");
        }
    }
}

impl Archive {
    /// An archive of so many documents that say nothing.
    fn of(chars: Vec<char>, documents: u32) -> Self {
        let document = |own: u32| {
            let id = own.to_string();
            let facts = Facts {
                group: own,
                ..Facts::default()
            };
            (
                facts,
                Record {
                    id,
                    ..Record::default()
                },
            )
        };
        Self {
            chars,
            documents: (0..documents).map(document).collect(),
            ..Self::default()
        }
    }

    fn build(&self, layout: Layout) -> Built {
        let alphabet = Alphabet::from_chars(self.chars.clone());
        let texts: Vec<String> = self
            .documents
            .iter()
            .map(|(_, record)| record.join())
            .collect();
        let codec = TextCodec::train(&alphabet, &texts, TextCodec::WORDS).expect("trains");
        let core = Core {
            meta: Meta {
                documents: cast::small(self.documents.len()),
                fingerprint: fingerprint(),
                ..Meta::default()
            },
            folds: self.folds.clone(),
            synonyms: Synonyms::default(),
            alphabet: alphabet.clone(),
            sounds: self.sounds.clone(),
            codec: codec.clone(),
            facets: self.facets.clone(),
        };
        let mut sink = Parts::default();
        let mut writer = Writer::new(core, layout, &mut sink);
        for (key, (frequency, list)) in &self.terms {
            writer.term(key, *frequency, list).expect("in order");
        }
        let encoder = codec.encoder(&alphabet);
        for (facts, record) in &self.documents {
            let text = encode_record(&encoder, record);
            writer.document(facts, record, &text).expect("kept");
        }
        let core = writer.finish().expect("written");
        let index = Index::open(&core).expect("opens");
        let place = |part: &crate::Part| u128::from_le_bytes(part.digest) - 1;
        let parts = index.parts().iter().map(|part| {
            let at = usize::try_from(place(part)).expect("few");
            sink.0[at].clone()
        });
        Built {
            parts: parts.collect(),
            core,
        }
    }
}

/// So many documents in order: those that a step from a begin on leads to.
fn list(documents: u32, begin: u32, step: u32, class: u8) -> Vec<Posting> {
    let own = (begin..documents).step_by(cast::index(step.max(1)));
    own.map(|document| (document, if document % 3 == 0 { class } else { 0 }))
        .collect()
}
