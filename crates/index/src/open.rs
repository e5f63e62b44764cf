//! Bytes → an open index.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use souwen_text::{Alphabet, Analyser, FoldTable, cast, fold_width_and_case};

use crate::alphabet;
use crate::chunks::Run;
use crate::codec::TextCodec;
use crate::container::{Container, SectionId, SectionInfo};
use crate::directory::{Directory, HEADLINES, NAME};
use crate::error::{Fault, FormatError, OrDamaged, Result, ensure};
use crate::facets::{self, Facet};
use crate::folds;
use crate::meta::{self, Meta};
use crate::parts::{Need, Part};
use crate::segment::Segment;
use crate::sounds::{self, Sounds};
use crate::store::Store;
use crate::synonyms::{self, Synonyms};
use crate::terms::Words;
use crate::wire::Reader;

/// An index, checked and ready to be searched.
///
/// Of an index in parts only the core is there at first. What is asked for and not there is answered
/// as if the archive did not have it, and noted: [`Index::needs`] lists it, [`Index::supply`] brings
/// it. Only what was found out while nothing was lacking is true.
#[derive(Debug)]
pub struct Index {
    meta: Meta,
    sections: Vec<SectionInfo>,
    pub(crate) store: Rc<Store>,
    analyser: Analyser<Words>,
    /// The one that can also fold what no article has.
    complete: OnceCell<Analyser<Words>>,
    synonyms: Synonyms,
    pub(crate) alphabet: Arc<Alphabet>,
    words: Words,
    pub(crate) segments: Vec<Segment>,
    pub(crate) facets: Vec<Facet>,
    folds_at: Run,
    pub(crate) sounds_at: Run,
    pub(crate) codec_at: Run,
    pub(crate) codec: OnceCell<TextCodec>,
    pub(crate) headlines_at: Run,
    pub(crate) headlines: OnceCell<String>,
    pub(crate) sounds: OnceCell<Sounds>,
    pub(crate) no_sounds: Sounds,
    pub(crate) gone: Rc<[u32]>,
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
            return Err(FormatError::new(Fault::AnalyserMismatch));
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
    /// [`FormatError`] if something that was there did not hold together.
    pub fn needs(&self) -> Result<Vec<Need>> {
        self.store.needs()
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
    /// [`FormatError`] if the part is not so long.
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

    /// Keeps at most so many bytes of what was brought, beside what a search is just asking for; 48 MB
    /// unless this is called. What is made of them is kept apart.
    pub fn keep_at_most(&self, bytes: usize) {
        self.store.keep_at_most(bytes);
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
    /// [`FormatError`] names the first structure that does not hold.
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

    /// What the heap holds, by kind: a name for people, the number of files, the bytes.
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

    /// The number of documents that count.
    #[must_use]
    pub fn articles(&self) -> u32 {
        let gone = cast::small(self.gone.len());
        self.meta.documents.saturating_sub(gone)
    }

    /// The segments: how many documents each has.
    pub fn segments(&self) -> impl Iterator<Item = u32> {
        self.segments.iter().map(Segment::documents)
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
