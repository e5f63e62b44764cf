//! Parts → bytes: the one place where an index file is put together.

use souwen_text::{Alphabet, FoldTable, cast};

use crate::alphabet;
use crate::container::{self, Section, SectionId};
use crate::documents::{self, Document};
use crate::facets::{self, Facet};
use crate::folds;
use crate::lexicon;
use crate::meta::{self, Meta};
use crate::pairs;
use crate::postings::{Encoder, Posting};
use crate::record::Record;
use crate::sounds::{self, SoundParts};
use crate::synonyms::{self, Synonyms};
use crate::texts;

/// Everything an index is made of. Lists that go together have the same order and length.
#[derive(Debug, Default)]
pub struct Parts {
    /// About the whole.
    pub meta: Meta,
    /// What characters fold to.
    pub folds: FoldTable,
    /// What words mean the same.
    pub synonyms: Synonyms,
    /// The characters of texts and terms.
    pub alphabet: Alphabet,
    /// Per code: the postings of the character as a term.
    pub singles: Vec<Vec<Posting>>,
    /// The pairs of codes, sorted and distinct, with their postings.
    pub pairs: Vec<((u32, u32), Vec<Posting>)>,
    /// The words and terms, distinct, in any order: word, frequency (0 for a
    /// term that is no dictionary word), postings.
    pub lexicon: Vec<(String, u64, Vec<Posting>)>,
    /// Per document: its facts.
    pub documents: Vec<Document>,
    /// Columns over the documents.
    pub facets: Vec<Facet>,
    /// How characters and words are read, and what they look like.
    pub sounds: SoundParts,
    /// Per document: its text.
    pub records: Vec<Record>,
}

/// Encodes an index.
///
/// # Errors
/// What `fst` says of a lexicon that names a word twice.
pub fn encode(parts: &Parts) -> Result<Vec<u8>, fst::Error> {
    let mut postings = Encoder::new(parts.meta.documents);
    for code in 0..parts.alphabet.len() {
        postings.add(
            parts
                .singles
                .get(cast::index(code))
                .map(Vec::as_slice)
                .unwrap_or_default(),
        );
    }
    parts.pairs.iter().for_each(|(_, list)| postings.add(list));
    // In the order of their keys, which is that of their ordinals. What the alphabet cannot spell
    // could be no reader's query either.
    let spell = |entry: &(String, u64, Vec<Posting>)| parts.alphabet.spell(&entry.0);
    let mut lexicon: Vec<_> = parts
        .lexicon
        .iter()
        .filter_map(|entry| Some((spell(entry)?, entry)))
        .collect();
    lexicon.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    lexicon
        .iter()
        .for_each(|(_, (_, _, list))| postings.add(list));
    let pairs: Vec<(u32, u32)> = parts.pairs.iter().map(|&(pair, _)| pair).collect();
    let entries: Vec<(Vec<u8>, u64)> = lexicon
        .into_iter()
        .map(|(key, (_, frequency, _))| (key, *frequency))
        .collect();
    let ordinal = |word: &str| {
        let key = parts.alphabet.spell(word)?;
        let at = entries.binary_search_by(|entry| entry.0.cmp(&key)).ok()?;
        Some(cast::small(at))
    };
    let sounds = sounds::encode(&parts.sounds, cast::small(entries.len()), ordinal);
    let texts: Vec<String> = parts.records.iter().map(Record::join).collect();
    let section = |id, bytes, deflate| Section { id, bytes, deflate };
    Ok(container::encode(&[
        section(SectionId::Meta, meta::encode(&parts.meta), true),
        section(SectionId::Folds, folds::encode(&parts.folds), true),
        section(SectionId::Synonyms, synonyms::encode(&parts.synonyms), true),
        section(SectionId::Alphabet, alphabet::encode(&parts.alphabet), true),
        section(SectionId::Lexicon, lexicon::encode(&entries)?, true),
        section(
            SectionId::Pairs,
            pairs::encode(&pairs, parts.alphabet.len()),
            true,
        ),
        section(SectionId::Postings, postings.finish(), true),
        section(
            SectionId::Documents,
            documents::encode(&parts.documents),
            true,
        ),
        section(SectionId::Facets, facets::encode(&parts.facets), true),
        section(SectionId::Sounds, sounds, true),
        section(
            SectionId::Texts,
            texts::encode(&texts, &parts.alphabet),
            false,
        ),
    ]))
}
