//! Terms and articles → bytes: the one place where an index is put together.

mod finish;

use std::collections::{BTreeMap, HashMap};
use std::{fmt, io};

use souwen_text::{Alphabet, FoldTable, cast};

use crate::chunks::pack;
use crate::codec::TextCodec;
use crate::date::Date;
use crate::extend::Kept;
use crate::facets;
use crate::facts::{self, Fact};
use crate::heap::{Heap, Layout, Sink};
use crate::ids;
use crate::impact::Impacts;
use crate::meta::Meta;
use crate::parts::{Extent, Region};
use crate::record::Record;
use crate::segment::{DATES_CHUNK, encode_dates, encode_texts};
use crate::sounds::SoundParts;
use crate::synonyms::Synonyms;
use crate::terms::list::Posting;
use crate::terms::{Builder, directory};
use crate::texts;

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
    /// What is kept of an older index; the documents of this writer follow it.
    kept: Option<Kept>,
    /// The documents before this writer's.
    first: u32,
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
    /// Headlines that an index keeps together: those of the newest documents.
    pub const HEADLINES: usize = 4096;

    /// Begins an index.
    #[must_use]
    pub fn new(core: Core, layout: Layout, sink: &'s mut dyn Sink) -> Self {
        Self::begin(core, None, Heap::new(layout, sink))
    }

    /// Begins an index of which the first segments are those that an older one has, as they are. What
    /// is written is one segment more, unless it has no document; its columns' values are those that
    /// no earlier segment has, its documents' numbers are those in the whole index.
    #[must_use]
    pub fn behind(core: Core, mut kept: Kept, layout: Layout, sink: &'s mut dyn Sink) -> Self {
        let (parts, at_hand) = (&mut kept.parts, &mut kept.core);
        let heap = Heap::behind(std::mem::take(parts), std::mem::take(at_hand), layout, sink);
        Self::begin(core, Some(kept), heap)
    }

    fn begin(core: Core, kept: Option<Kept>, mut heap: Heap<'s>) -> Self {
        let first = kept.as_ref().map_or(0, Kept::documents);
        let spelt = |word: &String| -> Option<Vec<u32>> {
            word.chars().map(|c| core.alphabet.code(c)).collect()
        };
        let lists_at = heap.next(Region::Lists) - Region::Lists.base();
        let words = core.sounds.words.iter();
        let read = words.filter_map(|(word, _)| Some((spelt(word)?, word.clone())));
        Self {
            read: read.collect(),
            block: Builder::new(core.meta.documents.saturating_sub(first), lists_at),
            impacts: Impacts::new(&core.meta),
            values: vec![Vec::new(); core.facets.len()],
            columns: Columns {
                facets: vec![Vec::new(); core.facets.len()],
                ..Columns::default()
            },
            core,
            kept,
            first,
            heap,
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
        let own = self.first.saturating_add(self.documents);
        self.facts.push(Fact {
            kind: record.kind,
            back: own.saturating_sub(facts.group),
        });
        self.dates.push(record.date);
        self.headline(own, record);
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

    /// Tells of a document whose headline may be among the newest: of one that is kept, before
    /// [`Writer::finish`].
    pub fn headline(&mut self, document: u32, record: &Record) {
        if record.title.is_empty() {
            return;
        }
        let day = record.date.map_or(0, |date| date.days() + 1);
        let title = record.title.chars().take(HEADLINE).map(|c| match c {
            '\n' => ' ',
            c => c,
        });
        self.headlines.insert((day, document), title.collect());
        if self.headlines.len() > Self::HEADLINES {
            self.headlines.pop_first();
        }
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
}
