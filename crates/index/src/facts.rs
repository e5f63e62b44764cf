//! What an answer needs to know of every document found: its kind, and which it repeats.
//!
//! ```text
//! chunk of 8,192 documents (packed):
//!   per four documents: kind, two bits each, the first in the lowest
//!   repeats varint, per document that repeats another: its distance from the one before in the
//!     chunk (from its begin for the first) varint, and from the first document of its text varint
//! ```
//!
//! One chunk serves thousands of documents and takes some tens of bytes, so that an answer from a
//! larger archive fetches all of them at once, and further answers none.

use souwen_text::cast;

use crate::error::{OrDamaged, Result, ensure};
use crate::wire::{Reader, Writer};

pub(crate) const NAME: &str = "facts";
/// Documents in a chunk.
pub(crate) const CHUNK: u32 = 8192;

/// What sort of item a document is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// Prose with a headline.
    #[default]
    Article,
    /// Photo news.
    Photo,
    /// Tabular matter.
    Table,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Article, Self::Photo, Self::Table];

    /// Two bits.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Article => 0,
            Self::Photo => 1,
            Self::Table => 2,
        }
    }

    pub(crate) fn of(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

/// The facts of one document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Fact {
    pub(crate) kind: Kind,
    /// How far the first document of the same text is before this one; 0 if there is none before.
    pub(crate) back: u32,
}

pub(crate) fn encode(facts: &[Fact]) -> Vec<u8> {
    let mut out = Writer::default();
    for four in facts.chunks(4) {
        let kinds = four.iter().rev();
        out.bytes
            .push(kinds.fold(0, |byte, fact| byte << 2 | fact.kind.number()));
    }
    let repeats = (0u32..).zip(facts).filter(|(_, fact)| fact.back > 0);
    out.count(repeats.clone().count());
    let mut before = 0;
    for (at, fact) in repeats {
        out.varint((at - before).into());
        out.varint(fact.back.into());
        before = at;
    }
    out.bytes
}

/// The facts of `count` documents.
#[derive(Debug)]
pub(crate) struct Facts {
    kinds: Vec<u8>,
    /// Places in the chunk, ascending, and how far back the first of the same text is.
    repeats: Vec<(u32, u32)>,
}

impl Facts {
    pub(crate) fn decode(bytes: &[u8], count: usize) -> Result<Self> {
        let mut reader = Reader::new(NAME, bytes);
        let kinds = reader.take(count.div_ceil(4))?.to_vec();
        // There are three kinds: no two bits that are a kind's are both set.
        ensure(
            kinds.iter().all(|byte| byte & byte >> 1 & 0b0101_0101 == 0),
            NAME,
            "a document is of an unknown kind",
        )?;
        let mut repeats = Vec::new();
        let mut at = 0u32;
        for _ in 0..reader.count()? {
            at = at
                .checked_add(reader.varint32()?)
                .filter(|&at| cast::index(at) < count)
                .or_damaged(NAME, "a repeat is of no document")?;
            repeats.push((at, reader.varint32()?));
        }
        ensure(
            repeats.is_sorted_by(|a: &(u32, u32), b| a.0 < b.0),
            NAME,
            "repeats are out of order",
        )?;
        reader.finish()?;
        Ok(Self { kinds, repeats })
    }

    pub(crate) fn kind(&self, at: usize) -> Kind {
        let byte = self.kinds.get(at / 4).copied().unwrap_or(0);
        Kind::of(byte >> (at % 4 * 2) & 3).unwrap_or_default()
    }

    /// Whether any document of the chunk, whose first is `first`, repeats another.
    pub(crate) fn repeats(&self, first: u32, document: u32) -> bool {
        let own = |&(at, back): &(u32, u32)| (first + at).checked_sub(back) == Some(document);
        self.repeats.iter().any(own)
    }

    pub(crate) fn back(&self, at: usize) -> u32 {
        let place = cast::small(at);
        let found = self.repeats.binary_search_by_key(&place, |repeat| repeat.0);
        let repeat = found.ok().and_then(|found| self.repeats.get(found));
        repeat.map_or(0, |repeat| repeat.1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fact() -> impl Strategy<Value = Fact> {
        let back = prop_oneof![5 => Just(0u32), 1 => 1u32..9000];
        (prop::sample::select(&Kind::ALL[..]), back).prop_map(|(kind, back)| Fact { kind, back })
    }

    proptest! {
        #[test]
        fn round_trip(facts in prop::collection::vec(fact(), 0..60)) {
            let back = Facts::decode(&encode(&facts), facts.len())?;
            for (at, fact) in facts.iter().enumerate() {
                let own = Fact { kind: back.kind(at), back: back.back(at) };
                prop_assert_eq!(&own, fact);
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>, count in 0usize..60) {
            let _ = Facts::decode(&bytes, count);
        }
    }
}
