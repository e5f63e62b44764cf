//! What an index says of its documents.

use souwen_text::cast;

use crate::codec::TextCodec;
use crate::date::Date;
use crate::directory::HEADLINES;
use crate::error::{OrDamaged, Result};
use crate::facets::Facet;
use crate::facts::{self, Kind};
use crate::open::Index;
use crate::record::Record;
use crate::segment::Segment;
use crate::sounds::{self, Sounds};
use crate::texts;

impl Index {
    /// The segment with a document, and the document's place in it.
    #[inline]
    fn segment(&self, document: u32) -> Option<(&Segment, u32)> {
        let after = self.segments.partition_point(|own| own.first <= document);
        let segment = self.segments.get(after.checked_sub(1)?)?;
        let own = document - segment.first;
        (own < segment.documents()).then_some((segment, own))
    }

    /// What a document is.
    #[must_use]
    pub fn kind(&self, document: u32) -> Kind {
        let segment = self.segment(document);
        let facts = segment.and_then(|(segment, own)| segment.facts(&self.store, own));
        facts.map_or_else(Kind::default, |(facts, at)| facts.kind(at))
    }

    /// How many documents before one the first of its text is.
    pub(crate) fn back(&self, document: u32) -> u32 {
        let segment = self.segment(document);
        let facts = segment.and_then(|(segment, own)| segment.facts(&self.store, own));
        facts.map_or(0, |(facts, at)| facts.back(at))
    }

    /// The first document, by number, whose text is the same but for a little; the document itself if
    /// there is none before it.
    #[must_use]
    pub fn group(&self, document: u32) -> u32 {
        document.saturating_sub(self.back(document))
    }

    /// Whether no other document is of the same text as one.
    #[must_use]
    pub fn is_alone(&self, document: u32) -> bool {
        let chunks = self.segments.iter().flat_map(|segment| {
            let firsts = (0..segment.documents()).step_by(cast::index(facts::CHUNK));
            firsts.map(move |first| (segment, first))
        });
        let repeated = chunks.into_iter().any(|(segment, first)| {
            let facts = segment.facts(&self.store, first);
            facts.is_some_and(|(facts, _)| facts.repeats(segment.first + first, document))
        });
        self.back(document) == 0 && !repeated
    }

    /// A document's day, if known.
    #[must_use]
    pub fn date(&self, document: u32) -> Option<Date> {
        let (segment, own) = self.segment(document)?;
        segment.date(&self.store, own)
    }

    /// The number of the document with an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        let candidates = self.segments.iter().rev();
        let mut candidates = candidates.flat_map(|segment| segment.candidates(&self.store, id));
        candidates.find(|&document| {
            let is = self.record(document).is_ok_and(|record| record.id == id);
            is && !self.is_gone(document)
        })
    }

    /// The columns to filter and count by.
    #[must_use]
    pub fn facets(&self) -> &[Facet] {
        &self.facets
    }

    /// The column of a name.
    #[must_use]
    pub fn facet(&self, name: &str) -> Option<&Facet> {
        self.facets.iter().find(|facet| facet.name() == name)
    }

    /// How characters and words are read, and what characters look like.
    #[must_use]
    pub fn sounds(&self) -> &Sounds {
        if let Some(sounds) = self.sounds.get() {
            return sounds;
        }
        let entries = self.segments.first().map_or(0, |own| own.terms.entries);
        let read = |bytes: &[u8]| sounds::decode(bytes, self.alphabet.len(), entries);
        let read = self.sounds_at.chunk(&self.store, 0, sounds::NAME, read);
        match read {
            Some(sounds) => self.sounds.get_or_init(|| sounds),
            None => &self.no_sounds,
        }
    }

    /// The headlines of the newest documents, some thousand at most, each on a line of its own: what
    /// readers know best of an archive.
    #[must_use]
    pub fn headlines(&self) -> &str {
        if let Some(headlines) = self.headlines.get() {
            return headlines;
        }
        let Some(codec) = self.codec() else { return "" };
        let read = |bytes: &[u8]| texts::decode_headlines(codec, bytes);
        match self.headlines_at.chunk(&self.store, 0, HEADLINES, read) {
            Some(headlines) => self.headlines.get_or_init(|| headlines),
            None => "",
        }
    }

    /// How the texts are coded; none if it is not there yet.
    #[must_use]
    pub fn codec(&self) -> Option<&TextCodec> {
        if let Some(codec) = self.codec.get() {
            return Some(codec);
        }
        let read = |bytes: &[u8]| TextCodec::from_bytes(&self.alphabet, bytes);
        let codec = self.codec_at.chunk(&self.store, 0, texts::NAME, read)?;
        Some(self.codec.get_or_init(|| codec))
    }

    /// A document's record; an empty one if its bytes are not there.
    ///
    /// # Errors
    /// [`FormatError`] when there is no such document.
    pub fn record(&self, document: u32) -> Result<Record> {
        let segment = self.segment(document);
        let (segment, own) = segment.or_damaged("texts", "no such document")?;
        let record = segment.record(&self.store, self.codec(), own);
        Ok(record.unwrap_or_default())
    }
}
