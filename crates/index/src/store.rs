//! The heap: everything of an index that is read where it is needed, in pieces that are fetched when
//! they are first asked for.
//!
//! ```text
//! region ─► parts, back to back, each a file or a run of the index file
//! extent = address, length                  content, then CRC-32 of content and address
//! ```
//!
//! A piece is an [`Extent`]. Whoever reads one that is not there gets nothing, and the extent is noted;
//! [`Store::needs`] lists what was noted, [`Store::supply`] brings it. Code that reads goes on with
//! an empty stand-in, so that one run notes as much as it can. *Architecture invariant:* what was
//! made while something was lacking is thrown away: an answer comes from a run that lacked nothing.
//!
//! The address is part of the checksum, so that the right bytes at the wrong place are noticed too.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use souwen_text::cast;

use crate::container::{Checksum, crc};
use crate::error::{FormatError, OrDamaged, Result, ensure};
use crate::parts::{Extent, Need, Part, PartDigest, Region, decode_parts};
use crate::wire::Reader;

const NAME: &str = "heap";
/// Bytes of the checksum behind each extent.
pub(crate) const CHECKSUM: u32 = 4;
/// Bytes of fetched pieces that are kept unless it is said how many. What is made of them is kept apart.
const BUDGET: usize = 48 << 20;

/// Bytes that are there.
#[derive(Debug)]
struct Piece {
    address: u64,
    bytes: Rc<Vec<u8>>,
}

/// The content of an extent. It stays even if its piece is dropped meanwhile.
struct Content {
    bytes: Rc<Vec<u8>>,
    from: usize,
    to: usize,
}

/// The heap's pieces that are there, and the list of those that were asked for in vain.
pub(crate) struct Store {
    crc: Checksum,
    parts: Vec<Part>,
    /// How many of the parts are files; the others are in the index file.
    files: usize,
    /// Those others, one behind the other: of an index of one file the whole heap.
    inline: Rc<Vec<u8>>,
    /// Ascending, apart.
    pieces: RefCell<Vec<Piece>>,
    kept: Cell<usize>,
    budget: Cell<usize>,
    lacking: RefCell<Vec<Extent>>,
    failure: RefCell<Option<FormatError>>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("parts", &self.parts.len())
            .finish_non_exhaustive()
    }
}

impl Store {
    /// A store of the parts that a reader names, of which those without a file are in `inline`: all, or
    /// those of the core's own region, which come last.
    pub(crate) fn decode(reader: &mut Reader<'_>, inline: Vec<u8>) -> Result<Self> {
        let parts = decode_parts(reader)?;
        let core = parts.partition_point(|part| part.address < Region::Core.base());
        let fills = |from: &usize| {
            let own = parts.get(*from..).unwrap_or_default().iter();
            let bytes: u64 = own.map(|part| u64::from(part.bytes)).sum();
            u64::try_from(inline.len()) == Ok(bytes)
        };
        let files = [0, core].into_iter().find(fills);
        Ok(Self {
            crc: crc(),
            files: files.or_damaged(NAME, "parts do not fill it")?,
            parts,
            inline: Rc::new(inline),
            pieces: RefCell::default(),
            kept: Cell::default(),
            budget: Cell::new(BUDGET),
            lacking: RefCell::default(),
            failure: RefCell::default(),
        })
    }

    /// The files; none for an index of one file.
    pub(crate) fn parts(&self) -> &[Part] {
        self.parts.get(..self.files).unwrap_or_default()
    }

    /// What an index in parts has of the core's own region: the first bytes, so many.
    pub(crate) fn at_hand(&self, bytes: u32) -> Option<&[u8]> {
        self.inline.get(..cast::index(bytes))
    }

    /// Of each region's files the first, so many.
    pub(crate) fn first_parts(&self, counts: &[u32]) -> Vec<(Region, u32, PartDigest)> {
        let mut first = Vec::new();
        for (region, &count) in Region::FILES.into_iter().zip(counts) {
            let own = |part: &&Part| Region::of(part.address) == Some(region);
            let parts = self.parts.iter().filter(own).take(cast::index(count));
            first.extend(parts.map(|part| (region, part.bytes, part.digest)));
        }
        first
    }

    /// By region: its name, its files, its bytes.
    pub(crate) fn regions(&self) -> impl Iterator<Item = (&'static str, u32, u64)> {
        Region::ALL.into_iter().map(|region| {
            let own = |part: &&Part| Region::of(part.address) == Some(region);
            let bytes = self.parts.iter().filter(own);
            let bytes = bytes.map(|part| u64::from(part.bytes)).sum();
            let files = self.parts().iter().filter(own).count();
            (region.name(), cast::small(files), bytes)
        })
    }

    /// The part that holds an address, and where in it.
    fn locate(&self, extent: Extent) -> Option<(usize, u32)> {
        let after = self
            .parts
            .partition_point(|part| part.address <= extent.address);
        let at = after.checked_sub(1)?;
        let part = self.parts.get(at)?;
        let offset = u32::try_from(extent.address - part.address).ok()?;
        let end = offset.checked_add(extent.len)?;
        (end <= part.bytes).then_some((at, offset))
    }

    /// Reads the content of an extent. None if it is not there (which is noted), or is damaged
    /// (likewise).
    pub(crate) fn read<T>(
        &self,
        extent: Extent,
        section: &'static str,
        read: impl FnOnce(&[u8]) -> Result<T>,
    ) -> Option<T> {
        let Content { bytes, from, to } = self.content(extent, section)?;
        self.fail(read(bytes.get(from..to).unwrap_or_default()))
    }

    /// Finds the content of an extent, apart from [`Store::read`]: that is made anew for each type.
    fn content(&self, extent: Extent, section: &'static str) -> Option<Content> {
        let Some((part, offset)) = self.locate(extent) else {
            return self.fail(None.or_damaged(section, "reaches outside the heap"));
        };
        let (bytes, from) = if part < self.files {
            let pieces = self.pieces.borrow();
            let after = pieces.partition_point(|piece| piece.address <= extent.address);
            let piece = after.checked_sub(1).and_then(|at| pieces.get(at));
            let found = piece.and_then(|piece| {
                let from = usize::try_from(extent.address - piece.address).ok()?;
                let end = from.checked_add(cast::index(extent.len))?;
                (end <= piece.bytes.len()).then(|| (Rc::clone(&piece.bytes), from))
            });
            if found.is_none() {
                self.lacking.borrow_mut().push(extent);
            }
            found?
        } else {
            let before = self.parts.get(self.files..part).unwrap_or_default();
            let start: usize = before.iter().map(|part| cast::index(part.bytes)).sum();
            (Rc::clone(&self.inline), start + cast::index(offset))
        };
        let stored = bytes.get(from..from + cast::index(extent.len));
        let stored = stored.or_damaged(section, "is missing");
        let checked = stored.and_then(|stored| self.checked(stored, extent.address, section));
        let to = from + self.fail(checked)?.len();
        Some(Content { bytes, from, to })
    }

    /// Notes what went wrong, the first thing only.
    pub(crate) fn fail<T>(&self, result: Result<T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.note(error);
                None
            }
        }
    }

    #[inline(never)]
    fn note(&self, error: FormatError) {
        self.failure.borrow_mut().get_or_insert(error);
    }

    /// Whether anything was asked for in vain since [`Store::needs`] was last called.
    pub(crate) fn lacks(&self) -> bool {
        !self.lacking.borrow().is_empty() || self.failure.borrow().is_some()
    }

    /// Takes the list of what was asked for in vain: ascending, each once.
    ///
    /// # Errors
    /// What of the pieces that were there did not hold together.
    pub(crate) fn needs(&self) -> Result<Vec<Need>> {
        if let Some(error) = self.failure.take() {
            self.lacking.take();
            return Err(error);
        }
        let mut needs: Vec<Need> = Vec::new();
        for extent in self.lacking.take() {
            let Some((part, offset)) = self.locate(extent) else {
                continue;
            };
            let need = Need {
                part: cast::small(part),
                offset,
                len: extent.len,
            };
            // There are few, and most come in order.
            let at = needs.partition_point(|own| *own < need);
            if needs.get(at) != Some(&need) {
                needs.insert(at, need);
            }
        }
        Ok(needs)
    }

    /// Keeps bytes of a part from an offset on.
    ///
    /// # Errors
    /// [`FormatError`] if the part does not reach so far.
    pub(crate) fn supply(&self, part: u32, offset: u32, bytes: &[u8]) -> Result<()> {
        let own = self.parts.get(cast::index(part));
        let end = cast::index(offset).checked_add(bytes.len());
        let own = own.filter(|own| end.is_some_and(|end| end <= cast::index(own.bytes)));
        let own = own.or_damaged(NAME, "a piece is longer than its part")?;
        let address = own.address + u64::from(offset);
        let mut pieces = self.pieces.borrow_mut();
        let end = address + u64::try_from(bytes.len()).unwrap_or(0);
        // What lies inside the new one is not kept twice.
        let from = pieces.partition_point(|piece| piece.address < address);
        let to = pieces.partition_point(|piece| piece.address < end);
        for old in pieces.drain(from..to.max(from)) {
            self.kept
                .set(self.kept.get().saturating_sub(old.bytes.len()));
        }
        self.kept.set(self.kept.get() + bytes.len());
        let bytes = Rc::new(bytes.to_vec());
        pieces.insert(from, Piece { address, bytes });
        Ok(())
    }

    /// The content of an extent, if its checksum holds.
    fn checked<'a>(
        &self,
        bytes: &'a [u8],
        address: u64,
        section: &'static str,
    ) -> Result<&'a [u8]> {
        let (content, sum) = bytes
            .split_last_chunk::<4>()
            .or_damaged(section, "is too short")?;
        ensure(
            cfg!(fuzzing) || checksum(&self.crc, content, address) == *sum,
            section,
            "checksum does not hold",
        )?;
        Ok(content)
    }

    /// Bytes that [`Store::trim`] leaves.
    pub(crate) fn keep_at_most(&self, bytes: usize) {
        self.budget.set(bytes);
    }

    /// Drops what is kept if it is too much. To be called between searches only, since a run needs
    /// everything that it has asked for at once.
    pub(crate) fn trim(&self) {
        if self.kept.get() > self.budget.get() {
            self.forget();
        }
    }

    /// Drops what is kept.
    pub(crate) fn forget(&self) {
        self.pieces.borrow_mut().clear();
        self.kept.set(0);
    }
}

/// The checksum of a content at an address.
pub(crate) fn checksum(crc: &Checksum, content: &[u8], address: u64) -> [u8; 4] {
    let mut digest = crc.digest();
    digest.update(content);
    digest.update(&address.to_le_bytes());
    digest.finalize().to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::encode_parts;
    use crate::wire::Writer;

    fn store(inline: bool) -> (Store, Vec<Vec<u8>>, Vec<Extent>) {
        let mut parts = Vec::new();
        let mut files = Vec::new();
        let mut extents = Vec::new();
        for region in [Region::Terms, Region::Terms, Region::Texts] {
            let of_region = parts
                .iter()
                .filter(|part: &&(Region, u32, PartDigest)| part.0 == region);
            let mut address = region.base() + of_region.map(|part| u64::from(part.1)).sum::<u64>();
            let mut file = Vec::new();
            for len in [5u32, 40] {
                let content = vec![cast::low_byte(address ^ 7); cast::index(len)];
                file.extend_from_slice(&content);
                file.extend_from_slice(&checksum(&crc(), &content, address));
                let len = len + CHECKSUM;
                extents.push(Extent { address, len });
                address += u64::from(len);
            }
            parts.push((region, cast::small(file.len()), [9; 16]));
            files.push(file);
        }
        let mut out = Writer::default();
        encode_parts(&parts, &mut out);
        let heap = if inline { files.concat() } else { Vec::new() };
        let store = Store::decode(&mut Reader::new("test", &out.bytes), heap).expect("decodes");
        (store, files, extents)
    }

    fn first(store: &Store, extent: Extent) -> Option<u8> {
        store.read(extent, "test", |bytes| Ok(bytes[0]))
    }

    #[test]
    fn what_is_not_there_is_noted_and_found_once_it_was_brought() {
        let (store, files, extents) = store(false);
        for &extent in extents.iter().chain(&extents) {
            assert_eq!(first(&store, extent), None);
        }
        assert!(store.lacks());
        let needs = store.needs().expect("nothing is damaged");
        assert_eq!(needs.len(), extents.len());
        assert!(!store.lacks() && store.needs() == Ok(Vec::new()));
        for need in needs {
            let file = &files[cast::index(need.part)];
            let bytes = &file[cast::index(need.offset)..][..cast::index(need.len)];
            store.supply(need.part, need.offset, bytes).expect("fits");
        }
        for &extent in &extents {
            assert_eq!(
                first(&store, extent),
                Some(cast::low_byte(extent.address ^ 7))
            );
        }
    }

    #[test]
    fn a_whole_part_takes_the_place_of_its_pieces() {
        let (store, files, extents) = store(false);
        store.supply(1, 9, &files[1][9..]).expect("fits");
        assert_eq!(first(&store, extents[2]), None);
        store.supply(1, 0, &files[1]).expect("fits");
        assert_eq!(store.pieces.borrow().len(), 1);
        assert_eq!(store.kept.get(), files[1].len());
        assert!(first(&store, extents[2]).is_some() && first(&store, extents[3]).is_some());
        assert!(store.supply(1, 1, &files[1]).is_err());
        assert!(store.supply(7, 0, &files[1]).is_err());
    }

    #[test]
    fn one_file_has_everything() {
        let (store, _, extents) = store(true);
        assert!(store.parts().is_empty());
        assert!(
            extents
                .iter()
                .all(|&extent| first(&store, extent).is_some())
        );
        assert!(!store.lacks());
    }

    #[test]
    fn damage_is_noticed_also_that_of_the_place() {
        let (store, files, extents) = store(false);
        let mut file = files[0].clone();
        file[2] ^= 1;
        store.supply(0, 0, &file).expect("fits");
        assert_eq!(first(&store, extents[0]), None);
        assert!(store.lacks() && store.needs().is_err());
        // The other part of the region has the same content elsewhere.
        let moved = vec![cast::low_byte(extents[0].address ^ 7); 5];
        let sum = checksum(&crc(), &moved, extents[2].address);
        store
            .supply(0, 0, &[moved, sum.to_vec()].concat())
            .expect("fits");
        assert_eq!(first(&store, extents[0]), None);
        assert!(store.needs().is_err());
        let outside = Extent {
            address: 1 << 47,
            len: 4,
        };
        assert_eq!(first(&store, outside), None);
        assert!(store.needs().is_err());
    }
}
