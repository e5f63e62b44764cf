//! Bytes → an open index.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use souwen_text::{Alphabet, Analyser, FoldTable, cast, fold_width_and_case};

use crate::alphabet;
use crate::chunks::Run;
use crate::codec::TextCodec;
use crate::container::{Container, SectionId, SectionInfo};
use crate::date::Date;
use crate::error::{FormatError, OrDamaged, Result, ensure};
use crate::facets::{self, Facet};
use crate::facts::{self, Kind};
use crate::folds;
use crate::meta::{self, Meta};
use crate::record::Record;
use crate::segment::{self, Segment};
use crate::sounds::{self, Sounds};
use crate::store::{Need, Part, Store};
use crate::synonyms::{self, Synonyms};
use crate::terms::{Cursor, List, Spot, Words};
use crate::texts;
use crate::wire::{Reader, Writer};

pub(crate) const NAME: &str = "directory";
const HEADLINES: &str = "headlines";
/// The facts of so many documents are a few kilobytes.
const FEW: u32 = 32_768;

/// Where everything is that is no section of the core.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    /// What characters fold to that no article has; how characters sound.
    pub(crate) folds: Run,
    pub(crate) sounds: Run,
    /// What the texts share.
    pub(crate) codec: Run,
    /// The newest headlines.
    pub(crate) headlines: Run,
    /// Documents that count no more, ascending.
    pub(crate) gone: Vec<u32>,
    pub(crate) segments: Vec<segment::Roots>,
}

impl Directory {
    pub(crate) fn write(&self, out: &mut Writer) {
        self.folds.write(out);
        self.sounds.write(out);
        self.codec.write(out);
        self.headlines.write(out);
        out.count(self.gone.len());
        let mut next = 0;
        for &document in &self.gone {
            out.varint((document - next).into());
            next = document + 1;
        }
        out.count(self.segments.len());
        self.segments.iter().for_each(|segment| segment.write(out));
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let mut directory = Self {
            folds: Run::read(reader, folds::NAME)?,
            sounds: Run::read(reader, sounds::NAME)?,
            codec: Run::read(reader, texts::NAME)?,
            headlines: Run::read(reader, HEADLINES)?,
            ..Self::default()
        };
        directory.sounds.has(1, sounds::NAME)?;
        directory.codec.has(1, texts::NAME)?;
        directory.headlines.has(1, HEADLINES)?;
        if !directory.folds.extents.is_empty() {
            directory.folds.has(1, folds::NAME)?;
        }
        let mut next = 0u32;
        for _ in 0..reader.count()? {
            let document = next.saturating_add(reader.varint32()?);
            directory.gone.push(document);
            next = document.saturating_add(1);
        }
        let sorted = directory.gone.is_sorted_by(|a, b| a < b);
        ensure(sorted, NAME, "documents that are gone are out of order")?;
        for _ in 0..reader.count()? {
            directory.segments.push(segment::Roots::read(reader)?);
        }
        Ok(directory)
    }
}

/// An index, checked and ready to be searched.
///
/// Of an index in parts only the core is there at first. What is asked for and not there is answered
/// as if the archive did not have it, and noted: [`Index::needs`] lists it, [`Index::supply`] brings
/// it. Only what was found out while nothing was lacking is true.
#[derive(Debug)]
pub struct Index {
    meta: Meta,
    sections: Vec<SectionInfo>,
    store: Rc<Store>,
    analyser: Analyser<Words>,
    /// The one that can also fold what no article has.
    complete: OnceCell<Analyser<Words>>,
    synonyms: Synonyms,
    alphabet: Arc<Alphabet>,
    words: Words,
    segments: Vec<Segment>,
    facets: Vec<Facet>,
    folds_at: Run,
    sounds_at: Run,
    codec_at: Run,
    codec: OnceCell<TextCodec>,
    headlines_at: Run,
    headlines: OnceCell<String>,
    sounds: OnceCell<Sounds>,
    no_sounds: Sounds,
    gone: Rc<[u32]>,
}

/// A term: a character, a pair of adjacent ones, or a longer entry of the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(u64);

/// What the two high bits of a [`TermId`] say.
const PAIR: u64 = 1 << 62;
const WORD: u64 = 2 << 62;
const CODE: u64 = 0xFFFF_FFFF;
/// Bits for the place of a longer term in its block: a block has fewer than 2²⁰ bits.
const PLACE: u32 = 24;

impl TermId {
    /// A number that orders terms, the same for the same term.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}

impl Index {
    /// Opens an index: checksums first, then structure, then the analyser's fingerprint. `bytes` are
    /// those of the index file, which has all of a small archive and the core of a larger one.
    ///
    /// # Errors
    /// [`FormatError`], which says what is wrong and what to do.
    pub fn open(bytes: &[u8]) -> Result<Self> {
        let mut container = Container::open(bytes)?;
        let meta = meta::decode(&container.take(SectionId::Meta))?;
        if meta.fingerprint != souwen_text::FINGERPRINT {
            return Err(FormatError::AnalyserMismatch);
        }
        let fold = folds::decode(&container.take(SectionId::Folds))?;
        let synonyms = synonyms::decode(&container.take(SectionId::Synonyms))?;
        let alphabet = Arc::new(alphabet::decode(&container.take(SectionId::Alphabet))?);
        let directory = container.take(SectionId::Directory);
        let mut reader = Reader::new(NAME, &directory);
        let store = Rc::new(Store::decode(&mut reader, container.take(SectionId::Heap))?);
        let directory = Directory::read(&mut reader)?;
        reader.finish()?;
        let gone: Rc<[u32]> = directory.gone.into();
        let mut segments = Vec::new();
        let mut facets: Vec<Facet> = Vec::new();
        let mut first = 0u32;
        for roots in directory.segments {
            for root in &roots.facets {
                let known = facets.iter().position(|facet| facet.name() == root.name);
                let at = known.unwrap_or_else(|| {
                    facets.push(Facet::new(&root.name, Rc::clone(&store)));
                    facets.len() - 1
                });
                if let Some(facet) = facets.get_mut(at) {
                    facet.extend(root.clone(), first, roots.documents);
                }
            }
            let documents = roots.documents;
            // Most segments have none of what is gone.
            let from = gone.partition_point(|&document| document < first);
            let end = first.saturating_add(documents);
            let to = gone.partition_point(|&document| document < end);
            let gone: Rc<[u32]> = gone.get(from..to).unwrap_or_default().into();
            segments.push(Segment::new(&store, roots, first, gone)?);
            first = first
                .checked_add(documents)
                .or_damaged(NAME, "has too many documents")?;
        }
        let all = first == meta.documents;
        ensure(all, NAME, "has another number of documents than meta says")?;
        let terms = segments.first().map(|segment| Rc::clone(&segment.terms));
        let terms = terms.or_damaged(NAME, "has no segment")?;
        let words = Words::new(terms, Arc::clone(&alphabet));
        Ok(Self {
            meta,
            sections: container.infos(),
            store,
            analyser: Analyser::new(fold, words.clone()),
            complete: OnceCell::new(),
            synonyms,
            alphabet,
            words,
            segments,
            facets,
            folds_at: directory.folds,
            sounds_at: directory.sounds,
            codec_at: directory.codec,
            codec: OnceCell::new(),
            headlines_at: directory.headlines,
            headlines: OnceCell::new(),
            sounds: OnceCell::new(),
            no_sounds: Sounds::default(),
            gone,
        })
    }

    /// The files of an index in parts, in the order of [`Need::part`]; none for an index of one file.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        self.store.parts()
    }

    /// What has been asked for in vain since this was last called: ranges of parts, ascending, each
    /// once. Nothing if all that was found out since is true.
    ///
    /// # Errors
    /// [`FormatError::Damaged`] if something that was there did not hold together.
    pub fn needs(&self) -> Result<Vec<Need>> {
        self.store.needs()
    }

    /// Asks for what every answer needs, so that it comes together with the first pieces: the code of
    /// the texts and, unless there are many documents, their facts.
    pub fn warm_up(&self) {
        self.codec();
        if self.meta.documents <= FEW {
            for document in (0..self.meta.documents).step_by(cast::index(facts::CHUNK)) {
                let _ = self.norm(document);
            }
        }
    }

    /// Whether anything has been asked for in vain since [`Index::needs`] was last called.
    #[must_use]
    pub fn lacks(&self) -> bool {
        self.store.lacks()
    }

    /// Brings bytes of a part, from an offset on: a range that was needed, a longer one around it, or
    /// the whole part. Checksums are checked when they are read.
    ///
    /// # Errors
    /// [`FormatError::Damaged`] if the part is not so long.
    pub fn supply(&self, part: u32, offset: u32, bytes: &[u8]) -> Result<()> {
        self.store.supply(part, offset, bytes)
    }

    /// Drops everything that was brought, so that it is asked for again.
    pub fn forget(&self) {
        self.store.forget();
        self.segments
            .iter()
            .for_each(|segment| segment.terms.forget());
    }

    /// Gives memory back if much is kept. To be called between searches, not within one.
    pub fn trim(&self) {
        self.store.trim();
        self.segments
            .iter()
            .for_each(|segment| segment.terms.trim());
    }

    /// Reads everything once: every list, every text. Everything must be there.
    ///
    /// # Errors
    /// [`FormatError::Damaged`] names the first structure that does not hold.
    pub fn validate(&self) -> Result<()> {
        for segment in &self.segments {
            segment.terms.validate()?;
        }
        sounds::validate(self.sounds(), &self.words)?;
        self.ready_for("\u{10FFFF}");
        let lines = self.headlines().lines().count();
        let fits = lines <= cast::index(self.meta.documents);
        ensure(fits, HEADLINES, "has more headlines than documents")?;
        for document in 0..self.meta.documents {
            let record = self.record(document)?;
            let same = record.kind == self.kind(document) && record.date == self.date(document);
            ensure(same, "facts", "a record has another kind or date")?;
            for facet in &self.facets {
                let known = cast::small(facet.values().len());
                let fits = facet.of(document).iter().all(|&number| number < known);
                ensure(fits, facets::NAME, "a number names no value")?;
            }
            let gone = self.gone.binary_search(&document).is_ok();
            let found = self.find(&record.id) == Some(document);
            ensure(gone || found, "ids", "an id does not lead to its document")?;
            let before = self.back(document) <= document;
            let first = before && self.back(self.group(document)) == 0;
            ensure(first, "facts", "a document repeats none that is first")?;
        }
        ensure(self.needs()?.is_empty(), "heap", "pieces are missing")
    }

    /// About the whole archive.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Where the index file's bytes go.
    #[must_use]
    pub fn sections(&self) -> &[SectionInfo] {
        &self.sections
    }

    /// What is not in the core, by kind: a name for people, the number of parts, their bytes.
    pub fn regions(&self) -> impl Iterator<Item = (&'static str, u32, u64)> {
        self.store.regions()
    }

    /// The analyser that cut the archive and must cut every query.
    #[must_use]
    pub fn analyser(&self) -> &Analyser<Words> {
        self.complete.get().unwrap_or(&self.analyser)
    }

    /// Makes the analyser ready for a text that is no article's: it may have characters that fold to
    /// the archive's, but stand in no article.
    pub fn ready_for(&self, text: &str) {
        let strange = |c: char| {
            let c = fold_width_and_case(c);
            !c.is_ascii()
                && self.alphabet.code(c).is_none()
                && self.analyser.fold().get(c).is_none()
        };
        if self.complete.get().is_some()
            || self.folds_at.extents.is_empty()
            || !text.chars().any(strange)
        {
            return;
        }
        let read = |bytes: &[u8]| folds::decode(bytes);
        if let Some(others) = self.folds_at.chunk(&self.store, 0, folds::NAME, read) {
            let fold = merged(self.analyser.fold(), &others);
            let complete = Analyser::new(fold, self.words.clone());
            self.complete.get_or_init(|| complete);
        }
    }

    /// What words mean the same, by the publisher's word.
    #[must_use]
    pub fn synonyms(&self) -> &Synonyms {
        &self.synonyms
    }

    /// The code under which [`Sounds`] knows a character, be it one of the archive or not.
    #[must_use]
    pub fn sounding(&self, c: char) -> Option<u32> {
        let own = self.alphabet.code(c);
        own.or_else(|| self.sounds().stranger(c))
    }

    /// The number of documents, those that are gone included.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.meta.documents
    }

    /// Whether the archive is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.meta.documents == 0
    }

    /// Whether a document counts no more: a later one has taken its place, or none has.
    #[must_use]
    pub fn is_gone(&self, document: u32) -> bool {
        self.gone.binary_search(&document).is_ok()
    }

    /// The number of terms of every kind.
    #[must_use]
    pub fn terms(&self) -> u32 {
        self.segments
            .iter()
            .map(|segment| segment.terms.terms)
            .sum()
    }

    /// The term of one character of the stream.
    #[must_use]
    pub fn single(&self, c: char) -> Option<TermId> {
        Some(TermId(self.alphabet.code(c)?.into()))
    }

    /// The archive's characters, each with its code.
    #[must_use]
    pub fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    /// The code of a character that the archive has.
    #[must_use]
    pub fn code(&self, c: char) -> Option<u32> {
        self.alphabet.code(c)
    }

    /// The term of two adjacent characters of the stream, if they stand so anywhere.
    #[must_use]
    pub fn pair(&self, first: char, second: char) -> Option<TermId> {
        let (first, second) = (self.alphabet.code(first)?, self.alphabet.code(second)?);
        let term = pair(first, second);
        (self.document_frequency(term) > 0).then_some(term)
    }

    /// The characters that stand after a character anywhere in the archive, and the terms of the
    /// pairs.
    #[must_use]
    pub fn following(&self, first: char) -> Vec<(char, TermId)> {
        let mut found: Vec<(char, TermId)> = Vec::new();
        let Some(first) = self.alphabet.code(first) else {
            return found;
        };
        for (number, segment) in self.segments.iter().enumerate() {
            for (second, ..) in segment.terms.following(first) {
                let term = pair(first, second);
                let known = number > 0 && found.iter().any(|own| own.1 == term);
                if let Some(c) = self.alphabet.char(second).filter(|_| !known) {
                    found.push((c, term));
                }
            }
        }
        found
    }

    /// The term of a word of three and more characters.
    #[must_use]
    pub fn word(&self, word: &str) -> Option<TermId> {
        let codes: Option<Vec<u32>> = word.chars().map(|c| self.alphabet.code(c)).collect();
        let (block, spot) = self.segments.first()?.terms.spot(&codes?)?;
        match spot {
            Spot::Longer(at) => Some(TermId(WORD | u64::from(block) << PLACE | u64::from(at))),
            Spot::Stem(_) => None,
        }
    }

    /// Where a term is in a segment.
    fn spot(&self, segment: &Segment, term: TermId) -> Option<(u32, Spot)> {
        let low = |shift: u32| u32::try_from(term.0 >> shift & CODE).unwrap_or(u32::MAX);
        if term.0 & WORD == 0 {
            let (first, second) = (low(0), low(31));
            return if term.0 & PAIR == 0 {
                segment.terms.spot(&[first])
            } else {
                segment
                    .terms
                    .spot(&[first & 0x7FFF_FFFF, second & 0x7FFF_FFFF])
            };
        }
        let place = low(0) & ((1 << PLACE) - 1);
        let own = (low(PLACE), Spot::Longer(place));
        if segment.first == 0 {
            return Some(own);
        }
        // Other segments know it by its key.
        let key = self.segments.first()?.terms.key(own.0, own.1)?;
        segment.terms.spot(&key)
    }

    /// A cursor over a term's documents.
    #[must_use]
    pub fn postings(&self, term: TermId) -> Cursor {
        let list = |segment: &Segment| -> Option<List> {
            let (block, spot) = self.spot(segment, term)?;
            segment.terms.list(block, spot)
        };
        Cursor::new(self.segments.iter().filter_map(list).collect())
    }

    /// The number of documents that hold a term.
    #[must_use]
    pub fn document_frequency(&self, term: TermId) -> u32 {
        let df = |segment: &Segment| {
            let spot = self.spot(segment, term);
            spot.map_or(0, |(block, spot)| segment.terms.df(block, spot))
        };
        self.segments.iter().map(df).sum()
    }

    /// The segment with a document, and the document's place in it.
    #[inline]
    fn segment(&self, document: u32) -> Option<(&Segment, u32)> {
        let after = self.segments.partition_point(|own| own.first <= document);
        let segment = self.segments.get(after.checked_sub(1)?)?;
        let own = document - segment.first;
        (own < segment.documents()).then_some((segment, own))
    }

    /// The length class of a document.
    #[must_use]
    #[inline]
    pub fn norm(&self, document: u32) -> u8 {
        let segment = self.segment(document);
        let facts = segment.and_then(|(segment, own)| segment.facts(&self.store, own));
        facts.map_or(0, |(facts, at)| facts.norm(at))
    }

    /// What a document is.
    #[must_use]
    pub fn kind(&self, document: u32) -> Kind {
        let segment = self.segment(document);
        let facts = segment.and_then(|(segment, own)| segment.facts(&self.store, own));
        facts.map_or_else(Kind::default, |(facts, at)| facts.kind(at))
    }

    /// How many documents before one the first of its text is.
    fn back(&self, document: u32) -> u32 {
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

    fn codec(&self) -> Option<&TextCodec> {
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
    /// [`FormatError::Damaged`] when there is no such document.
    pub fn record(&self, document: u32) -> Result<Record> {
        let segment = self.segment(document);
        let (segment, own) = segment.or_damaged("texts", "no such document")?;
        let record = segment.record(&self.store, self.codec(), own);
        Ok(record.unwrap_or_default())
    }
}

fn pair(first: u32, second: u32) -> TermId {
    TermId(PAIR | u64::from(second) << 31 | u64::from(first))
}

/// Two tables as one.
fn merged(own: &FoldTable, others: &FoldTable) -> FoldTable {
    let mut all = FoldTable::default();
    let (mut own, mut others) = (own.pairs().peekable(), others.pairs().peekable());
    loop {
        let next = match (own.peek(), others.peek()) {
            (Some(a), Some(b)) if a.0 <= b.0 => own.next(),
            (Some(_), None) => own.next(),
            _ => others.next(),
        };
        let Some((source, target)) = next else {
            return all;
        };
        all.push(source, &target.iter().collect::<String>());
    }
}
