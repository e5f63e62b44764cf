//! Terms and articles → bytes: the one place where an index is put together.

use std::collections::{BTreeMap, HashMap};
use std::{fmt, io};

use souwen_text::{Alphabet, FoldTable, cast};

use crate::alphabet;
use crate::chunks::{Run, pack};
use crate::codec::TextCodec;
use crate::container::{self, Section, SectionId};
use crate::date::Date;
use crate::directory::Directory;
use crate::facets;
use crate::facts::{self, Fact};
use crate::folds;
use crate::heap::{Heap, Layout, Sink};
use crate::ids;
use crate::impact::Impacts;
use crate::meta::{self, Meta};
use crate::record::Record;
use crate::segment::{self, DATES_CHUNK, encode_dates, encode_texts};
use crate::sounds::{self, SoundParts};
use crate::store::{Extent, Region};
use crate::synonyms::{self, Synonyms};
use crate::terms::list::Posting;
use crate::terms::{self, Builder, directory};
use crate::texts;
use crate::wire::Writer as Bytes;

/// Headlines that are kept together: those of the newest documents.
const HEADLINES: usize = 4096;
/// Characters of each: together they stay far below what a text may expand to.
const HEADLINE: usize = 64;

/// What an index has beside terms and articles.
#[derive(Debug)]
pub struct Core {
    /// About the whole. The number of documents must be right from the beginning; the rest may be
    /// settled by [`Writer::finish`].
    pub meta: Meta,
    /// What characters fold to.
    pub folds: FoldTable,
    /// What words mean the same.
    pub synonyms: Synonyms,
    /// The characters of texts and terms.
    pub alphabet: Alphabet,
    /// How characters and words are read, and what they look like.
    pub sounds: SoundParts,
    /// How the texts are coded; it was trained with this alphabet.
    pub codec: TextCodec,
    /// The names of the columns over the documents, and the values of each, ascending.
    pub facets: Vec<(String, Vec<String>)>,
}

/// What an index says of an article beside its record.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The first document of the same text; its own number if there is none before it.
    pub group: u32,
    /// By column: the numbers of its values, in its own order.
    pub values: Vec<Vec<u32>>,
}

/// Why an index could not be written.
#[derive(Debug)]
pub enum WriteError {
    /// A part could not be kept.
    Io(io::Error),
    /// Keys came out of order.
    Fst(fst::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Fst(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<fst::Error> for WriteError {
    fn from(error: fst::Error) -> Self {
        Self::Fst(error)
    }
}

/// Writes an index: first all terms in the order of their keys, then all documents in theirs.
pub struct Writer<'s> {
    core: Core,
    heap: Heap<'s>,
    block: Builder,
    impacts: Impacts,
    /// The blocks of the page that is being filled, and the pages.
    blocks: Vec<([u8; 4], Extent)>,
    pages: Vec<([u8; 4], Extent)>,
    pages_pending: Vec<([u8; 4], Vec<u8>)>,
    /// The last key so far, and that of the pages that are finished.
    last_key: [u8; 4],
    before_page: [u8; 4],
    terms: u32,
    entries: u32,
    /// The words of which readings are told, and their ordinals once they have come.
    read: HashMap<Vec<u32>, String>,
    ordinals: BTreeMap<String, u32>,
    documents: u32,
    facts: Vec<Fact>,
    dates: Vec<Option<Date>>,
    values: Vec<Vec<Vec<u32>>>,
    lengths: Vec<u32>,
    ids: Vec<(u32, u32)>,
    text_addresses: Vec<u64>,
    /// Where the first text of the chunk of lengths that is being filled is.
    chunk_address: u64,
    columns: Columns,
    /// The newest headlines, by day and document.
    headlines: BTreeMap<(u32, u32), String>,
}

/// Chunks of columns that are finished: they go to the heap at the end, each column in one run.
#[derive(Default)]
struct Columns {
    facts: Vec<Vec<u8>>,
    dates: Vec<Vec<u8>>,
    texts: Vec<Vec<u8>>,
    facets: Vec<Vec<Vec<u8>>>,
}

impl fmt::Debug for Writer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("terms", &self.terms)
            .field("documents", &self.documents)
            .finish_non_exhaustive()
    }
}

impl<'s> Writer<'s> {
    /// Begins an index.
    #[must_use]
    pub fn new(core: Core, layout: Layout, sink: &'s mut dyn Sink) -> Self {
        let spelt = |word: &String| -> Option<Vec<u32>> {
            word.chars().map(|c| core.alphabet.code(c)).collect()
        };
        let words = core.sounds.words.iter();
        let read = words.filter_map(|(word, _)| Some((spelt(word)?, word.clone())));
        Self {
            read: read.collect(),
            block: Builder::new(core.meta.documents),
            impacts: Impacts::new(&core.meta),
            values: vec![Vec::new(); core.facets.len()],
            columns: Columns {
                facets: vec![Vec::new(); core.facets.len()],
                ..Columns::default()
            },
            core,
            heap: Heap::new(layout, sink),
            blocks: Vec::new(),
            pages: Vec::new(),
            pages_pending: Vec::new(),
            last_key: [0; 4],
            before_page: [0; 4],
            terms: 0,
            entries: 0,
            ordinals: BTreeMap::new(),
            documents: 0,
            facts: Vec::new(),
            dates: Vec::new(),
            lengths: Vec::new(),
            ids: Vec::new(),
            text_addresses: Vec::new(),
            chunk_address: 0,
            headlines: BTreeMap::new(),
        }
    }

    /// Adds a term, whose key comes after the one before: the codes of its characters, how frequent
    /// it is as a word (0 for what is none), its documents in order. A term of one or two characters
    /// that is no word and stands nowhere is not worth adding.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn term(
        &mut self,
        key: &[u32],
        frequency: u64,
        list: &[Posting],
    ) -> Result<(), WriteError> {
        if self.block.is_full_before(key) {
            self.close_block()?;
        }
        let speaks = |class| self.impacts.alone(class);
        for long in self.block.add(key, frequency, list, speaks) {
            self.heap.push(Region::Lists, &long)?;
        }
        if key.len() > 2 || frequency > 0 || !list.is_empty() {
            self.terms += 1;
        }
        if key.len() > 2 || frequency > 0 {
            if let Some(word) = self.read.remove(key) {
                self.ordinals.insert(word, self.entries);
            }
            self.entries += 1;
        }
        Ok(())
    }

    fn close_block(&mut self) -> Result<(), WriteError> {
        if self.block.is_empty() {
            return Ok(());
        }
        let key = self.block.key();
        self.last_key = self.block.last_key();
        let lists_at = self.heap.next(Region::Lists) - Region::Lists.base();
        let bytes = self.block.finish(lists_at);
        let extent = self.heap.push(Region::Terms, &bytes)?;
        self.blocks.push((key, extent));
        if self.blocks.len() == directory::PAGE {
            self.close_page();
        }
        Ok(())
    }

    fn close_page(&mut self) {
        let blocks = std::mem::take(&mut self.blocks);
        if let Some(&(key, _)) = blocks.first() {
            let border = directory::border(self.before_page, key);
            self.pages_pending
                .push((border, directory::encode_page(&blocks)));
            self.before_page = self.last_key;
        }
    }

    /// Adds the next document, after all terms. `text` is its record as
    /// [`encode_record`](crate::encode_record) gives it.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn document(
        &mut self,
        facts: &Facts,
        record: &Record,
        text: &[u8],
    ) -> Result<(), WriteError> {
        self.facts.push(Fact {
            kind: record.kind,
            back: self.documents.saturating_sub(facts.group),
        });
        self.dates.push(record.date);
        if !record.title.is_empty() {
            let day = record.date.map_or(0, |date| date.days() + 1);
            let title = record.title.chars().take(HEADLINE).map(|c| match c {
                '\n' => ' ',
                c => c,
            });
            let title = title.collect();
            self.headlines.insert((day, self.documents), title);
            if self.headlines.len() > HEADLINES {
                self.headlines.pop_first();
            }
        }
        for (column, values) in self.values.iter_mut().enumerate() {
            values.push(facts.values.get(column).cloned().unwrap_or_default());
        }
        self.ids.push((ids::hash(&record.id), self.documents));
        if self.lengths.is_empty() {
            let address = self.heap.next(Region::Texts);
            if self.columns.texts.len().is_multiple_of(texts::GROUP) {
                self.text_addresses.push(address);
            }
            self.chunk_address = address;
        }
        let extent = self.heap.push(Region::Texts, text)?;
        self.lengths.push(extent.len);
        self.documents += 1;
        self.close_chunks(false);
        Ok(())
    }

    /// Packs the chunks of columns that are full, or whatever there is.
    fn close_chunks(&mut self, last: bool) {
        fn full<T>(pending: &[T], chunk: u32, last: bool) -> bool {
            pending.len() >= cast::index(chunk) || last && !pending.is_empty()
        }
        if full(&self.facts, facts::CHUNK, last) {
            let chunk = facts::encode(&std::mem::take(&mut self.facts));
            self.columns.facts.push(pack(&chunk));
        }
        if full(&self.dates, DATES_CHUNK, last) {
            let chunk = encode_dates(&std::mem::take(&mut self.dates));
            self.columns.dates.push(pack(&chunk));
        }
        if full(&self.lengths, texts::CHUNK, last) {
            let group = self.text_addresses.last().copied().unwrap_or(0);
            let before = self.chunk_address.saturating_sub(group);
            let chunk = encode_texts(&std::mem::take(&mut self.lengths), before);
            self.columns.texts.push(pack(&chunk));
        }
        for (values, chunks) in self.values.iter_mut().zip(&mut self.columns.facets) {
            if full(values, facets::CHUNK, last) {
                chunks.push(pack(&facets::encode_numbers(&std::mem::take(values))));
            }
        }
    }

    /// Stores chunks one behind the other.
    fn run(&mut self, chunks: Vec<Vec<u8>>) -> Result<Run, WriteError> {
        let mut run = Run::default();
        for chunk in chunks {
            run.extents.push(self.heap.push(Region::Columns, &chunk)?);
        }
        Ok(run)
    }

    /// Ends the index; gives the bytes of the index file.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn finish(mut self) -> Result<Vec<u8>, WriteError> {
        self.close_block()?;
        self.close_page();
        for (key, page) in std::mem::take(&mut self.pages_pending) {
            let extent = self.heap.push(Region::Columns, &page)?;
            self.pages.push((key, extent));
        }
        self.close_chunks(true);
        self.text_addresses.push(self.heap.next(Region::Texts));
        let columns = std::mem::take(&mut self.columns);
        let mut roots = segment::Roots {
            documents: self.documents,
            terms: terms::Roots {
                terms: self.terms,
                entries: self.entries,
                directory: directory::encode(&self.pages)?,
            },
            facts: self.run(columns.facts)?,
            dates: self.run(columns.dates)?,
            texts: self.run(columns.texts)?,
            text_addresses: std::mem::take(&mut self.text_addresses),
            ids: self.ids()?,
            facets: Vec::new(),
        };
        let names = std::mem::take(&mut self.core.facets);
        for ((name, values), chunks) in names.into_iter().zip(columns.facets) {
            roots.facets.push(facets::Root {
                name,
                values: cast::small(values.len()),
                table: self.run(vec![pack(&facets::encode_values(&values))])?,
                chunks: self.run(chunks)?,
            });
        }
        let (near, far) = self.folds();
        let mut sound_parts = std::mem::take(&mut self.core.sounds);
        // What is no entry is read by its characters.
        sound_parts
            .words
            .retain(|(word, _)| self.ordinals.contains_key(word));
        let ordinal = |word: &str| self.ordinals.get(word).copied();
        let sounds = sounds::encode(&sound_parts, self.entries, ordinal);
        let directory = Directory {
            folds: if far.is_empty() {
                Run::default()
            } else {
                self.run(vec![pack(&folds::encode(&far))])?
            },
            sounds: self.run(vec![pack(&sounds)])?,
            headlines: self.headlines()?,
            codec: self.run(vec![pack(&self.core.codec.to_bytes())])?,
            gone: Vec::new(),
            segments: vec![roots],
        };
        let mut out = Bytes::default();
        let inline = self.heap.finish(&mut out)?;
        directory.write(&mut out);
        let core = &self.core;
        let section = |id, bytes, deflate| Section { id, bytes, deflate };
        Ok(container::encode(&[
            section(SectionId::Meta, meta::encode(&core.meta), true),
            section(SectionId::Folds, folds::encode(&near), true),
            section(SectionId::Synonyms, synonyms::encode(&core.synonyms), true),
            section(SectionId::Alphabet, alphabet::encode(&core.alphabet), true),
            section(SectionId::Directory, out.bytes, true),
            section(SectionId::Heap, inline, false),
        ]))
    }

    /// The newest headlines, in the order of their documents.
    fn headlines(&mut self) -> Result<Run, WriteError> {
        let headlines = std::mem::take(&mut self.headlines).into_iter();
        let mut headlines: Vec<(u32, String)> =
            headlines.map(|((_, own), title)| (own, title)).collect();
        headlines.sort_unstable();
        let titles: Vec<String> = headlines.into_iter().map(|(_, title)| title).collect();
        let coded = {
            let encoder = self.core.codec.encoder(&self.core.alphabet);
            texts::encode_headlines(&encoder, &titles)
        };
        self.run(vec![pack(&coded)])
    }

    /// The table of ids.
    fn ids(&mut self) -> Result<ids::Root, WriteError> {
        let mut entries = std::mem::take(&mut self.ids);
        entries.sort_unstable();
        let mut root = ids::Root::default();
        let mut chunks = Vec::new();
        for chunk in entries.chunks(ids::CHUNK) {
            root.firsts.push(chunk.first().map_or(0, |entry| entry.0));
            chunks.push(pack(&ids::encode(chunk)));
        }
        root.chunks = self.run(chunks)?;
        Ok(root)
    }

    /// The folds of the archive's own characters, which every reader needs, and the others, which only
    /// a query can ask for.
    fn folds(&self) -> (FoldTable, FoldTable) {
        let (mut near, mut far) = (FoldTable::default(), FoldTable::default());
        for (source, target) in self.core.folds.pairs() {
            let own = self.core.alphabet.code(source).is_some();
            let table = if own { &mut near } else { &mut far };
            table.push(source, &target.iter().collect::<String>());
        }
        (near, far)
    }
}
