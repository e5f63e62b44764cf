//! The heap on its way out: extents into parts, parts to whoever keeps them.

use std::io;

use souwen_text::cast;

use crate::container::{Checksum, crc};
use crate::parts::{Extent, PartDigest, Region, encode_parts};
use crate::store::{CHECKSUM, checksum};
use crate::wire::Writer;

/// How a bundle is cut into files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// An index whose heap has no more bytes is one file.
    pub single: u64,
    /// A part is closed once it has so many bytes.
    pub part: u32,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            single: 256 * 1024,
            part: 128 * 1024,
        }
    }
}

/// Takes the parts of a heap as they are finished.
pub trait Sink {
    /// Keeps a part under a name made of its digest: the first sixteen bytes of its SHA-256, which are
    /// given back.
    ///
    /// # Errors
    /// What keeps it from being kept.
    fn part(&mut self, bytes: Vec<u8>) -> io::Result<PartDigest>;
}

/// A part that is being filled, or waits for what becomes of the others.
#[derive(Debug, Default)]
struct Open {
    bytes: Vec<u8>,
    /// The bytes of the region's parts before it.
    before: u64,
}

/// Collects extents.
pub(crate) struct Heap<'s> {
    sink: &'s mut dyn Sink,
    layout: Layout,
    crc: Checksum,
    /// By region.
    open: [Open; 5],
    /// Finished parts that wait: the heap may yet be small enough for one file.
    waiting: Vec<(Region, Vec<u8>)>,
    parts: Vec<(Region, u32, PartDigest)>,
    bytes: u64,
}

impl<'s> Heap<'s> {
    pub(crate) fn new(layout: Layout, sink: &'s mut dyn Sink) -> Self {
        Self {
            sink,
            layout,
            crc: crc(),
            open: Default::default(),
            waiting: Vec::new(),
            parts: Vec::new(),
            bytes: 0,
        }
    }

    /// Goes on behind parts that are kept as they are, all of them in files, and behind what of the
    /// core's own region is kept.
    pub(crate) fn behind(
        parts: Vec<(Region, u32, PartDigest)>,
        core: Vec<u8>,
        layout: Layout,
        sink: &'s mut dyn Sink,
    ) -> Self {
        let layout = Layout {
            single: 0,
            ..layout
        };
        let mut heap = Self::new(layout, sink);
        for &(region, bytes, _) in &parts {
            heap.open(region).before += u64::from(bytes);
            heap.bytes += u64::from(bytes);
        }
        heap.parts = parts;
        heap.bytes += u64::from(cast::small(core.len()));
        heap.open(Region::Core).bytes = core;
        heap
    }

    /// Ends the part of every region that has files; gives how many parts each has and, last, the
    /// bytes of the core's own region.
    pub(crate) fn close_all(&mut self) -> io::Result<[u32; 5]> {
        for region in Region::FILES {
            self.close(region);
        }
        if self.bytes > self.layout.single {
            self.hand_over()?;
        }
        let parts = self.parts.iter().map(|part| part.0);
        let waiting = self.waiting.iter().map(|part| part.0);
        let all: Vec<Region> = parts.chain(waiting).collect();
        let own = cast::small(self.open(Region::Core).bytes.len());
        Ok(Region::ALL.map(|region| match region {
            Region::Core => own,
            region => cast::small(all.iter().filter(|&&own| own == region).count()),
        }))
    }

    fn open(&mut self, region: Region) -> &mut Open {
        let [terms, lists, columns, texts, core] = &mut self.open;
        match region {
            Region::Terms => terms,
            Region::Lists => lists,
            Region::Columns => columns,
            Region::Texts => texts,
            Region::Core => core,
        }
    }

    /// The address that the region's next extent will have.
    pub(crate) fn next(&mut self, region: Region) -> u64 {
        let open = self.open(region);
        region.base() + open.before + u64::from(cast::small(open.bytes.len()))
    }

    /// Appends content to a region.
    pub(crate) fn push(&mut self, region: Region, content: &[u8]) -> io::Result<Extent> {
        let address = self.next(region);
        let sum = checksum(&self.crc, content, address);
        let limit = cast::index(self.layout.part);
        let open = self.open(region);
        open.bytes.extend_from_slice(content);
        open.bytes.extend_from_slice(&sum);
        let full = region != Region::Core && open.bytes.len() >= limit;
        let len = cast::small(content.len()) + CHECKSUM;
        self.bytes += u64::from(len);
        if full {
            self.close(region);
        }
        if self.bytes > self.layout.single {
            self.hand_over()?;
        }
        Ok(Extent { address, len })
    }

    /// Ends a region's part.
    fn close(&mut self, region: Region) {
        let open = self.open(region);
        let bytes = std::mem::take(&mut open.bytes);
        open.before += u64::from(cast::small(bytes.len()));
        if !bytes.is_empty() {
            self.waiting.push((region, bytes));
        }
    }

    fn hand_over(&mut self) -> io::Result<()> {
        for (region, bytes) in self.waiting.drain(..) {
            let len = cast::small(bytes.len());
            let digest = self.sink.part(bytes)?;
            self.parts.push((region, len, digest));
        }
        Ok(())
    }

    /// Ends the heap: writes the list of its parts, and gives the bytes of those that are no files: of
    /// all if the index is one file, else of the core's own region.
    pub(crate) fn finish(mut self, out: &mut Writer) -> io::Result<Vec<u8>> {
        for region in Region::FILES {
            self.close(region);
        }
        if self.bytes > self.layout.single {
            self.hand_over()?;
        }
        self.close(Region::Core);
        let mut inline = Vec::new();
        for region in Region::ALL {
            let own = self.waiting.iter().filter(|part| part.0 == region);
            let bytes: Vec<u8> = own.flat_map(|part| part.1.iter().copied()).collect();
            if !bytes.is_empty() {
                self.parts
                    .push((region, cast::small(bytes.len()), PartDigest::default()));
                inline.extend(bytes);
            }
        }
        encode_parts(&self.parts, out);
        Ok(inline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::wire::Reader;

    /// Numbers parts.
    #[derive(Default)]
    struct Parts(Vec<Vec<u8>>);

    impl Sink for Parts {
        fn part(&mut self, bytes: Vec<u8>) -> io::Result<PartDigest> {
            self.0.push(bytes);
            Ok(u128::try_from(self.0.len()).unwrap_or(0).to_le_bytes())
        }
    }

    #[test]
    fn each_region_has_addresses_of_its_own() {
        for layout in [
            Layout {
                single: 0,
                part: 50,
            },
            Layout::default(),
        ] {
            let mut sink = Parts::default();
            let mut heap = Heap::new(layout, &mut sink);
            let regions = [Region::Texts, Region::Terms, Region::Core];
            let mut next = regions.map(|region| (region, region.base()));
            let mut extents = Vec::new();
            for number in 0..20u8 {
                let (region, address) = &mut next[usize::from(number % 3)];
                let content = vec![number; 7 + usize::from(number)];
                assert_eq!(heap.next(*region), *address);
                let extent = heap.push(*region, &content).expect("kept");
                assert_eq!(extent.address, *address);
                *address += u64::from(extent.len);
                extents.push((extent, content));
            }
            let mut out = Writer::default();
            let inline = heap.finish(&mut out).expect("kept");
            assert!(!inline.is_empty(), "the core's own region is in no file");
            assert_eq!(sink.0.is_empty(), layout.single > 0);
            let store = Store::decode(&mut Reader::new("test", &out.bytes), inline);
            let store = store.expect("decodes");
            for (number, part) in (0u32..).zip(store.parts()) {
                // Parts are named in the order of regions, and kept in that of becoming full.
                let kept = u128::from_le_bytes(part.digest) - 1;
                let bytes = &sink.0[usize::try_from(kept).expect("few")];
                assert_eq!(part.bytes, cast::small(bytes.len()));
                store.supply(number, 0, bytes).expect("as long");
            }
            for (extent, content) in extents {
                let found = store.read(extent, "test", |bytes| Ok(bytes.to_vec()));
                assert_eq!(found, Some(content));
            }
            assert_eq!(store.needs(), Ok(Vec::new()));
        }
    }
}
