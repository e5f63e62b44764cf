//! Where the heap's bytes are: in regions, each of which is one part after another.

use crate::error::{OrDamaged, Result, ensure};
use crate::wire::{Reader, Writer};

const NAME: &str = "heap";

/// What the parts of a region hold. A part holds one kind of things, so that those that are read
/// together are neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Region {
    /// Blocks of terms.
    Terms,
    /// The lists that are too long for a block.
    Lists,
    /// Directory pages, columns and tables.
    Columns,
    /// The articles.
    Texts,
    /// What every answer needs: it comes with the core, and is in no file of its own.
    Core,
}

impl Region {
    /// Those of which the parts of a larger index are files.
    pub(crate) const FILES: [Self; 4] = [Self::Terms, Self::Lists, Self::Columns, Self::Texts];
    pub(crate) const ALL: [Self; 5] = [
        Self::Terms,
        Self::Lists,
        Self::Columns,
        Self::Texts,
        Self::Core,
    ];

    pub(crate) fn number(self) -> usize {
        Self::ALL.iter().take_while(|&&own| own != self).count()
    }

    pub(crate) fn of(address: u64) -> Option<Self> {
        Self::ALL.get(usize::try_from(address >> 48).ok()?).copied()
    }

    /// The region's name, for people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::Lists => "long lists",
            Self::Columns => "columns",
            Self::Texts => "texts",
            Self::Core => "with the core",
        }
    }

    /// The address of the region's first byte: no region reaches 2⁴⁸.
    pub(crate) fn base(self) -> u64 {
        u64::try_from(self.number()).unwrap_or(0) << 48
    }
}

/// A piece of the heap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Extent {
    /// Where it begins; the region is in the high bits.
    pub(crate) address: u64,
    /// Bytes, those of the checksum included.
    pub(crate) len: u32,
}

/// What a part is named by: the first bytes of its SHA-256, as many as make it hopeless to look for
/// another part of the same digest.
pub type PartDigest = [u8; 16];

/// A file of the heap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Of its bytes; makes its name.
    pub digest: PartDigest,
    /// Its length in bytes.
    pub bytes: u32,
    /// The address of its first byte.
    pub(crate) address: u64,
}

/// What a run of a search lacked: a range of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    /// The part's place among [`Index::parts`](crate::Index::parts).
    pub part: u32,
    /// Where the range begins in it, in bytes.
    pub offset: u32,
    /// Its length, in bytes.
    pub len: u32,
}

/// Writes the list of parts, which come in the order of their regions.
pub(crate) fn encode_parts(parts: &[(Region, u32, PartDigest)], out: &mut Writer) {
    for region in Region::ALL {
        let own = parts.iter().filter(|part| part.0 == region);
        out.count(own.clone().count());
        for (_, bytes, digest) in own {
            out.varint((*bytes).into());
            out.bytes.extend_from_slice(digest);
        }
    }
}

/// Reads what [`encode_parts`] has written.
pub(crate) fn decode_parts(reader: &mut Reader<'_>) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    for region in Region::ALL {
        let mut address = region.base();
        for _ in 0..reader.count()? {
            let bytes = reader.varint32()?;
            let digest = reader.take(size_of::<PartDigest>())?.first_chunk().copied();
            parts.push(Part {
                digest: digest.or_damaged(NAME, "a part has no digest")?,
                bytes,
                address,
            });
            address += u64::from(bytes);
        }
        ensure(
            address >> 48 == region.base() >> 48,
            NAME,
            "a region is too large",
        )?;
    }
    Ok(parts)
}
