//! The terms of a segment: characters, pairs and longer words by their keys, with the documents that
//! hold them.
//!
//! A key is a run of codes of the alphabet, and terms come in the order of their keys: `[a]`, `[a, b]`,
//! `[a, b, c]`, `[a, d]`. So what one prefix begins stands together, and the block in which a query's
//! two characters are looked up is also the one that says which words begin with them.

mod block;
mod builder;
mod cursor;
pub(crate) mod directory;
pub(crate) mod list;
mod walkable;
mod words;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use souwen_text::cast;

pub(crate) use block::{Stem, directory_key};
pub(crate) use builder::Builder;
pub use cursor::Cursor;
pub(crate) use cursor::List;
pub use list::HEAD;
pub use words::Words;

use crate::error::{OrDamaged, Result, ensure};
use crate::parts::Extent;
use crate::store::Store;
use crate::wire::{Reader, Writer};
use block::{Block, Place};
use directory::{Level, PAGE};

pub(crate) const NAME: &str = "terms";
/// Memory for decoded blocks.
const BUDGET: usize = 32 << 20;

/// Where a segment's terms are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Roots {
    /// The number of terms, and of entries among them.
    pub(crate) terms: u32,
    pub(crate) entries: u32,
    /// The upper level of the directory.
    pub(crate) directory: Vec<u8>,
}

impl Roots {
    pub(crate) fn write(&self, out: &mut Writer) {
        out.varint(self.terms.into());
        out.varint(self.entries.into());
        out.count(self.directory.len());
        out.bytes.extend_from_slice(&self.directory);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let (terms, entries) = (reader.varint32()?, reader.varint32()?);
        let len = reader.count()?;
        let directory = reader.take(len)?.to_vec();
        Ok(Self {
            terms,
            entries,
            directory,
        })
    }
}

/// A term of a segment: its block, and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spot {
    /// A stem.
    Stem(u32),
    /// A longer term.
    Longer(u32),
}

/// A page of the directory, and those of its blocks that are there.
#[derive(Debug)]
struct Page {
    level: directory::Page,
    blocks: RefCell<Vec<Option<Rc<Block>>>>,
}

impl Page {
    fn decode(bytes: &[u8]) -> Result<Self> {
        let level = directory::Page::decode(bytes)?;
        let count = cast::index(level.len());
        let blocks = RefCell::new(vec![None; count]);
        Ok(Self { level, blocks })
    }
}

/// The terms of a segment, of which pages and blocks are read when they are first asked for.
#[derive(Debug)]
pub(crate) struct Terms {
    store: Rc<Store>,
    /// The segment's documents, and the first of them.
    documents: u32,
    first: u32,
    gone: Rc<[u32]>,
    pub(crate) terms: u32,
    pub(crate) entries: u32,
    root: Level,
    pages: RefCell<Vec<Option<Rc<Page>>>>,
    kept: Cell<usize>,
}

impl Terms {
    pub(crate) fn new(
        store: Rc<Store>,
        roots: &Roots,
        first: u32,
        documents: u32,
        gone: Rc<[u32]>,
    ) -> Result<Self> {
        let root = Level::decode(&roots.directory)?;
        let pages = cast::index(root.len());
        Ok(Self {
            store,
            documents,
            first,
            gone,
            terms: roots.terms,
            entries: roots.entries,
            root,
            pages: RefCell::new(vec![None; pages]),
            kept: Cell::new(0),
        })
    }

    fn page(&self, number: u32) -> Option<Rc<Page>> {
        let at = cast::index(number);
        if let Some(Some(page)) = self.pages.borrow().get(at) {
            return Some(Rc::clone(page));
        }
        let extent = self.root.extent(number)?;
        let page = Rc::new(self.store.read(extent, NAME, Page::decode)?);
        if let Some(slot) = self.pages.borrow_mut().get_mut(at) {
            *slot = Some(Rc::clone(&page));
        }
        Some(page)
    }

    /// The number of the block with a stem. None if the directory's page is not there.
    fn number(&self, first: u32, second: u32) -> Option<u32> {
        let key = directory_key(first, second);
        let page = self.root.floor(key);
        let place = self.page(page)?.level.floor(key);
        Some(page.checked_mul(cast::small(PAGE))? + place)
    }

    fn block(&self, number: u32) -> Option<Rc<Block>> {
        let (page, place) = (number / cast::small(PAGE), number % cast::small(PAGE));
        let page = self.page(page)?;
        let at = cast::index(place);
        if let Some(Some(block)) = page.blocks.borrow().get(at) {
            return Some(Rc::clone(block));
        }
        let extent = page.level.extent(place)?;
        let block = self.store.read(extent, NAME, |bytes| {
            Block::decode(bytes.into(), self.documents)
        })?;
        let block = Rc::new(block);
        self.kept.set(self.kept.get() + block.size());
        if let Some(slot) = page.blocks.borrow_mut().get_mut(at) {
            *slot = Some(Rc::clone(&block));
        }
        Some(block)
    }

    /// The blocks of a character's row, and their numbers; those that are there.
    fn row(&self, first: u32) -> Vec<(u32, Rc<Block>)> {
        let ends = self.number(first, 0).zip(self.number(first, u32::MAX));
        let numbers = ends.map_or(0..0, |(from, to)| from..to + 1);
        let of_row = |number: u32| {
            // A page's last place may be of the next page's first block: there is none between.
            let page = self.page(number / cast::small(PAGE))?;
            page.level.extent(number % cast::small(PAGE))?;
            Some((number, self.block(number)?))
        };
        numbers.filter_map(of_row).collect()
    }

    /// The block with a stem, and the stem's place in it.
    fn find(&self, first: u32, second: u32) -> Option<(u32, Rc<Block>, Option<u32>)> {
        let number = self.number(first, second)?;
        let block = self.block(number)?;
        let stem = u16::try_from(first).ok().zip(u16::try_from(second).ok());
        let stem = stem.and_then(|(first, second)| block.stem(first, second));
        Some((number, block, stem))
    }

    /// Where a term is, by its codes.
    pub(crate) fn spot(&self, key: &[u32]) -> Option<(u32, Spot)> {
        let first = *key.first()?;
        let second = key.get(1).map_or(0, |second| second.saturating_add(1));
        let (number, block, stem) = self.find(first, second)?;
        let stem = stem?;
        let Some(tail) = key.get(2..).filter(|tail| !tail.is_empty()) else {
            return Some((number, Spot::Stem(stem)));
        };
        let (from, to) = block.stems().get(cast::index(stem))?.longer;
        let is = |at: &u32| {
            let own = block.longer(*at).map(|(_, own)| own);
            own.is_some_and(|own| {
                own.iter()
                    .map(|&code| u32::from(code))
                    .eq(tail.iter().copied())
            })
        };
        (from..to).find(is).map(|at| (number, Spot::Longer(at)))
    }

    /// A term's codes.
    pub(crate) fn key(&self, number: u32, spot: Spot) -> Option<Vec<u32>> {
        let block = self.block(number)?;
        let at = match spot {
            Spot::Stem(at) => at,
            Spot::Longer(at) => {
                let holds = |stem: &Stem| (stem.longer.0..stem.longer.1).contains(&at);
                cast::small(block.stems().iter().position(holds)?)
            }
        };
        let stem = block.stems().get(cast::index(at))?;
        let mut key = vec![u32::from(stem.first)];
        key.extend(u32::from(stem.second).checked_sub(1));
        if let Spot::Longer(at) = spot {
            key.extend(block.longer(at)?.1.iter().map(|&code| u32::from(code)));
        }
        Some(key)
    }

    /// The number of documents that hold a term.
    pub(crate) fn df(&self, number: u32, spot: Spot) -> u32 {
        let block = self.block(number);
        let list = block.and_then(|block| match spot {
            Spot::Stem(at) => block.stem_list(at),
            Spot::Longer(at) => block.longer_list(at),
        });
        list.map_or(0, |(df, _)| df)
    }

    /// The number of documents that hold a term and count. Of a long list, which need not be there, it is
    /// taken for the same share as of all.
    pub(crate) fn live(&self, number: u32, spot: Spot) -> u32 {
        let df = self.df(number, spot);
        if df == 0 || self.gone.is_empty() {
            return df;
        }
        if cast::index(df) >= list::LONG {
            let (df, all) = (u64::from(df), u64::from(self.documents.max(1)));
            let live = all.saturating_sub(u64::from(cast::small(self.gone.len())));
            return u32::try_from(df * live / all).unwrap_or(u32::MAX);
        }
        let mut cursor = Cursor::new(self.list(number, spot).into_iter().collect());
        let mut live = 0;
        while cursor.next_document().is_some() {
            live += 1;
        }
        live
    }

    /// Whether any document holds a term and counts.
    pub(crate) fn stands(&self, number: u32, spot: Spot) -> bool {
        self.is_live(self.df(number, spot), number, spot)
    }

    #[inline]
    fn is_live(&self, df: u32, number: u32, spot: Spot) -> bool {
        // Only a short list may be of none but documents that are gone.
        df > 0 && (cast::index(df) > self.gone.len() || self.live(number, spot) > 0)
    }

    /// A term's list.
    pub(crate) fn list(&self, number: u32, spot: Spot) -> Option<List> {
        let block = self.block(number)?;
        let (df, place) = match spot {
            Spot::Stem(at) => block.stem_list(at)?,
            Spot::Longer(at) => block.longer_list(at)?,
        };
        let (bytes, bit, long) = match place {
            Place::Bit(bit) => (Rc::clone(&block.bytes), bit, false),
            Place::Address(address, head, len) => {
                let address = address.saturating_add(head.into());
                (self.outside(Extent { address, len })?, 0, true)
            }
        };
        Some(self.as_list(bytes, bit, long, df))
    }

    /// The head of a term's list, if it has one: the documents that it speaks for most.
    pub(crate) fn head(&self, number: u32, spot: Spot) -> Option<List> {
        let block = self.block(number)?;
        let (_, place) = match spot {
            Spot::Stem(at) => block.stem_list(at)?,
            Spot::Longer(at) => block.longer_list(at)?,
        };
        match place {
            Place::Address(address, len, _) if len > 0 => {
                let bytes = self.outside(Extent { address, len })?;
                Some(self.as_list(bytes, 0, false, cast::small(HEAD)))
            }
            _ => None,
        }
    }

    fn outside(&self, extent: Extent) -> Option<Rc<[u8]>> {
        let read = |bytes: &[u8]| Ok(Rc::from(bytes));
        self.store.read(extent, NAME, read)
    }

    fn as_list(&self, bytes: Rc<[u8]>, bit: u64, long: bool, df: u32) -> List {
        List {
            bytes,
            bit,
            long,
            df,
            documents: self.documents,
            first: self.first,
            gone: Rc::clone(&self.gone),
        }
    }

    /// The codes that stand after a character, ascending, and where the pairs are.
    pub(crate) fn following(&self, first: u32) -> Vec<(u32, u32, Spot)> {
        let mut found = Vec::new();
        for (number, block) in self.row(first) {
            for (at, stem) in (0..).zip(block.stems()) {
                let second = u32::from(stem.second).checked_sub(1);
                let spot = Spot::Stem(at);
                if let Some(second) = second.filter(|_| u32::from(stem.first) == first)
                    && let Some((df, _)) = block.stem_list(at)
                    && self.is_live(df, number, spot)
                {
                    found.push((second, number, spot));
                }
            }
        }
        found
    }

    /// Drops decoded blocks if they are too many. Between searches only.
    pub(crate) fn trim(&self) {
        if self.kept.get() > BUDGET {
            self.forget();
        }
    }

    /// Drops decoded blocks.
    pub(crate) fn forget(&self) {
        for page in self.pages.borrow().iter().flatten() {
            page.blocks.borrow_mut().fill(None);
        }
        self.kept.set(0);
    }

    /// Reads every page, block and list once.
    ///
    /// # Errors
    /// [`crate::FormatError::Damaged`] when a list is out of order or leaves the segment.
    pub(crate) fn validate(&self) -> Result<()> {
        self.root.validate()?;
        let (mut terms, mut entries) = (0u32, 0u32);
        let mut before: Option<(u16, u16)> = None;
        for number in 0..self.root.len() {
            let page = self.page(number).or_damaged(NAME, "a page is missing")?;
            for place in 0..page.level.len() {
                let number = number * cast::small(PAGE) + place;
                let block = self.block(number).or_damaged(NAME, "a block is missing")?;
                for (at, stem) in (0..).zip(block.stems()) {
                    let key = (stem.first, stem.second);
                    ensure(before < Some(key), NAME, "stems are out of order")?;
                    before = Some(key);
                    let own = [Spot::Stem(at)].into_iter();
                    let mut last: Option<Vec<u16>> = None;
                    for longer in stem.longer.0..stem.longer.1 {
                        let tail = block.longer(longer).map(|(_, tail)| tail.to_vec());
                        ensure(last < tail, NAME, "longer terms are out of order")?;
                        last = tail;
                    }
                    let longer = (stem.longer.0..stem.longer.1).map(Spot::Longer);
                    // A stem may be there for what begins with it only.
                    let bare = stem.entry.is_none() && self.df(number, Spot::Stem(at)) == 0;
                    for spot in own.chain(longer) {
                        self.validate_list(number, spot)?;
                        terms += 1;
                    }
                    terms -= u32::from(bare);
                    entries += u32::from(stem.entry.is_some()) + stem.longer.1 - stem.longer.0;
                }
            }
        }
        ensure(terms == self.terms, NAME, "terms are missing")?;
        ensure(entries == self.entries, NAME, "entries are missing")
    }

    fn validate_list(&self, number: u32, spot: Spot) -> Result<()> {
        let list = self
            .list(number, spot)
            .or_damaged(NAME, "a list is missing")?;
        let df = list.df;
        let mut cursor = Cursor::new(vec![List {
            gone: Rc::default(),
            ..list
        }]);
        let (mut count, mut last) = (0, None);
        let end = self.first.saturating_add(self.documents);
        while let Some((document, _)) = cursor.next() {
            let fits = last < Some(document) && (self.first..end).contains(&document);
            ensure(fits, NAME, "a list is out of order")?;
            last = Some(document);
            count += 1;
        }
        ensure(count == df, NAME, "a list ends too early")?;
        let Some(head) = self.head(number, spot) else {
            return Ok(());
        };
        let list = self.list(number, spot);
        let mut all = Cursor::new(list.into_iter().collect());
        let mut head = Cursor::new(vec![head]);
        let mut last = None;
        for _ in 0..HEAD {
            let own = head.next();
            let next = last < own.map(|own| own.0) && own == own.and_then(|own| all.seek(own.0));
            // What is gone is in no list.
            let fits = next || !self.gone.is_empty();
            ensure(fits, NAME, "a head is not of its list")?;
            last = own.map(|own| own.0);
        }
        Ok(())
    }
}
