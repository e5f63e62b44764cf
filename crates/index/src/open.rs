//! Bytes → an open index.

use std::sync::Arc;

use souwen_text::{Alphabet, Analyser};

use crate::alphabet;
use crate::container::{Container, SectionId, SectionInfo};
use crate::cursor::Cursor;
use crate::documents::{self, Document};
use crate::error::{FormatError, OrDamaged, Result, ensure};
use crate::facets::{self, Facet};
use crate::folds;
use crate::lexicon;
use crate::meta::{self, Meta};
use crate::pairs::Pairs;
use crate::postings::Postings;
use crate::record::Record;
use crate::sounds::{self, Sounds};
use crate::synonyms::{self, Synonyms};
use crate::texts::Texts;

/// An index, checked and ready to be searched.
#[derive(Debug)]
pub struct Index {
    meta: Meta,
    sections: Vec<SectionInfo>,
    analyser: Analyser<Vec<u8>>,
    synonyms: Synonyms,
    alphabet: Arc<Alphabet>,
    pairs: Pairs,
    postings: Postings,
    documents: Vec<Document>,
    facets: Vec<Facet>,
    sounds: Sounds,
    texts: Texts,
}

/// The number of a term: characters come first (by code), then pairs, then the lexicon's entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

impl Index {
    /// Opens an index: checksums first, then structure, then the analyser's fingerprint.
    ///
    /// # Errors
    /// [`FormatError`], which says what is wrong and what to do.
    pub fn open(bytes: &[u8]) -> Result<Self> {
        let mut container = Container::open(bytes)?;
        let meta = meta::decode(&container.take(SectionId::Meta))?;
        let fold = folds::decode(&container.take(SectionId::Folds))?;
        let synonyms = synonyms::decode(&container.take(SectionId::Synonyms))?;
        let alphabet = Arc::new(alphabet::decode(&container.take(SectionId::Alphabet))?);
        let dictionary =
            lexicon::decode(&container.take(SectionId::Lexicon), Arc::clone(&alphabet))?;
        let entries = u32::try_from(dictionary.weights().len()).ok();
        let analyser = Analyser::new(fold, dictionary);
        if analyser.fingerprint() != meta.fingerprint {
            return Err(FormatError::AnalyserMismatch);
        }
        let pairs = Pairs::decode(container.take(SectionId::Pairs), alphabet.len())?;
        let terms = entries
            .and_then(|entries| {
                entries
                    .checked_add(pairs.len())?
                    .checked_add(alphabet.len())
            })
            .or_damaged("postings", "has too many terms")?;
        let postings =
            Postings::decode(&container.take(SectionId::Postings), terms, meta.documents)?;
        let documents = documents::decode(&container.take(SectionId::Documents), meta.documents)?;
        let facets = facets::decode(&container.take(SectionId::Facets), meta.documents)?;
        let sounds = sounds::decode(
            &container.take(SectionId::Sounds),
            alphabet.len(),
            entries.unwrap_or(0),
        )?;
        let texts = Texts::decode(container.take(SectionId::Texts), meta.documents)?;
        let sections = container.infos();
        Ok(Self {
            meta,
            sections,
            analyser,
            synonyms,
            alphabet,
            pairs,
            postings,
            documents,
            facets,
            sounds,
            texts,
        })
    }

    /// Reads everything once: every list, every key, every text.
    ///
    /// # Errors
    /// [`FormatError::Damaged`] names the first structure that does not hold.
    pub fn validate(&self) -> Result<()> {
        lexicon::validate(self.analyser.dictionary())?;
        self.postings.validate()?;
        sounds::validate(&self.sounds, self.analyser.dictionary())?;
        for document in 0..self.meta.documents {
            let text = self.texts.get(&self.alphabet, document)?;
            let record = Record::split(&text);
            ensure(
                record.join() == text,
                "texts",
                "a record does not hold together",
            )?;
        }
        Ok(())
    }

    /// About the whole archive.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Where the file's bytes go.
    #[must_use]
    pub fn sections(&self) -> &[SectionInfo] {
        &self.sections
    }

    /// The analyser that cut the archive and must cut every query.
    #[must_use]
    pub fn analyser(&self) -> &Analyser<Vec<u8>> {
        &self.analyser
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
        own.or_else(|| self.sounds.stranger(c))
    }

    /// The number of documents.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.meta.documents
    }

    /// Whether the archive is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.meta.documents == 0
    }

    /// The number of terms of every kind.
    #[must_use]
    pub fn terms(&self) -> u32 {
        self.postings.terms()
    }

    /// The term of one character of the stream.
    #[must_use]
    pub fn single(&self, c: char) -> Option<TermId> {
        self.alphabet.code(c).map(TermId)
    }

    /// The term of two adjacent characters of the stream.
    #[must_use]
    pub fn pair(&self, first: char, second: char) -> Option<TermId> {
        let number = self
            .pairs
            .get(self.alphabet.code(first)?, self.alphabet.code(second)?)?;
        Some(TermId(self.alphabet.len() + number))
    }

    /// The characters that stand after a character anywhere in the archive, and the terms of the
    /// pairs.
    pub fn following(&self, first: char) -> impl Iterator<Item = (char, TermId)> {
        let code = self.alphabet.code(first).into_iter();
        let row = code.flat_map(|first| self.pairs.row(first));
        row.filter_map(|(second, number)| {
            let term = TermId(self.alphabet.len() + number);
            Some((self.alphabet.char(second)?, term))
        })
    }

    /// The term of a longer word, or of one with letters or figures.
    #[must_use]
    pub fn word(&self, word: &str) -> Option<TermId> {
        let ordinal = self.analyser.dictionary().ordinal(word)?;
        Some(TermId(self.alphabet.len() + self.pairs.len() + ordinal))
    }

    /// A cursor over a term's documents.
    #[must_use]
    pub fn postings(&self, term: TermId) -> Cursor<'_> {
        self.postings.cursor(term.0)
    }

    /// The number of documents that hold a term.
    #[must_use]
    pub fn document_frequency(&self, term: TermId) -> u32 {
        self.postings.document_frequency(term.0)
    }

    /// A document's facts.
    #[must_use]
    pub fn document(&self, document: u32) -> Option<&Document> {
        self.documents.get(souwen_text::cast::index(document))
    }

    /// The facts of all documents, by number.
    #[must_use]
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The number of the document with an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        let at = self
            .documents
            .iter()
            .position(|document| document.id == id)?;
        u32::try_from(at).ok()
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
        &self.sounds
    }

    /// A document's text.
    ///
    /// # Errors
    /// [`FormatError::Damaged`] when its block does not inflate to what it should.
    pub fn record(&self, document: u32) -> Result<Record> {
        Ok(Record::split(&self.texts.get(&self.alphabet, document)?))
    }
}
