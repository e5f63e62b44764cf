//! The container: a header that names the sections, and the sections.
//!
//! ```text
//! magic "souwen\0\n"  8 bytes
//! format version      u32
//! section count       u32
//! file length         u64
//! per section         id u32, coding u32 (0 stored, 1 deflate), offset u64,
//!                     stored length u64, raw length u64, CRC-32 of the stored bytes u32
//! CRC-32 of all above u32
//! sections            back to back, in the header's order
//! ```
//!
//! All integers are little-endian. Everything that says where something is or how long is under a
//! checksum, and no section is looked at before its own checksum holds.

use crc::{CRC_32_ISO_HDLC, Crc, Table};

use souwen_text::cast;

use crate::deflate::{deflate, inflate};
use crate::error::{Fault, FormatError, OrDamaged, Result, ensure};
use crate::wire::{Reader, Writer};

/// The format version that this code writes and reads.
pub const FORMAT_VERSION: u32 = 3;

/// The first bytes of every index. The line feed shows transfers that mangle line ends.
pub const MAGIC: [u8; 8] = *b"souwen\0\n";

/// What the header says of the whole: magic, version, section count, file length.
const FIXED: usize = 8 + 4 + 4 + 8;
/// What the header says of a section.
const ENTRY: usize = 4 + 4 + 8 + 8 + 8 + 4;

/// The checksum. Its table is made when a file is read or written: in the wasm it would be a kilobyte
/// that nothing compresses.
#[inline(never)]
pub(crate) fn crc() -> Checksum {
    Checksum::new(&CRC_32_ISO_HDLC)
}

/// CRC-32 with its table.
pub(crate) type Checksum = Crc<u32, Table<1>>;

/// A section of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionId {
    /// Numbers and names about the whole archive.
    Meta,
    /// What characters fold to.
    Folds,
    /// What words mean the same.
    Synonyms,
    /// The characters of the archive by frequency.
    Alphabet,
    /// Where everything else is.
    Directory,
    /// Everything else, in an index of one file.
    Heap,
}

impl SectionId {
    /// Every section, in file order.
    pub const ALL: [Self; 6] = [
        Self::Meta,
        Self::Folds,
        Self::Synonyms,
        Self::Alphabet,
        Self::Directory,
        Self::Heap,
    ];

    /// The section's name in messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Folds => "folds",
            Self::Synonyms => "synonyms",
            Self::Alphabet => "alphabet",
            Self::Directory => "directory",
            Self::Heap => "heap",
        }
    }

    /// The section's number in a file: its place, from 1.
    fn number(self) -> u32 {
        cast::small(Self::ALL.iter().take_while(|&&id| id != self).count() + 1)
    }
}

/// A section's bytes on their way into a file.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) id: SectionId,
    pub(crate) bytes: Vec<u8>,
    /// Whether deflate may try: texts are compressed within.
    pub(crate) deflate: bool,
}

/// Where a section stands in a file, for `inspect`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionInfo {
    /// Which section.
    pub id: SectionId,
    /// Its bytes in the file.
    pub stored: u64,
    /// Its bytes in memory.
    pub raw: u64,
}

/// Joins sections into a file.
pub(crate) fn encode(sections: &[Section]) -> Vec<u8> {
    let stored: Vec<(u32, Vec<u8>)> = sections.iter().map(store).collect();
    let header_len = FIXED + ENTRY * sections.len() + 4;
    let len64 = |len: usize| u64::try_from(len).unwrap_or(u64::MAX);
    let total: usize = header_len + stored.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
    let mut out = Writer::default();
    out.bytes.extend_from_slice(&MAGIC);
    out.u32(FORMAT_VERSION);
    out.u32(cast::small(sections.len()));
    out.u64(len64(total));
    let crc = crc();
    let mut offset = header_len;
    for (section, (coding, bytes)) in sections.iter().zip(&stored) {
        out.u32(section.id.number());
        out.u32(*coding);
        out.u64(len64(offset));
        out.u64(len64(bytes.len()));
        out.u64(len64(section.bytes.len()));
        out.u32(crc.checksum(bytes));
        offset += bytes.len();
    }
    out.u32(crc.checksum(&out.bytes));
    for (_, bytes) in &stored {
        out.bytes.extend_from_slice(bytes);
    }
    out.bytes
}

fn store(section: &Section) -> (u32, Vec<u8>) {
    if section.deflate {
        let deflated = deflate(&section.bytes);
        if deflated.len() < section.bytes.len() {
            return (1, deflated);
        }
    }
    (0, section.bytes.clone())
}

/// The raw bytes of every section of a file whose checksums all hold.
#[derive(Debug)]
pub(crate) struct Container {
    sections: Vec<(SectionInfo, Vec<u8>)>,
}

impl Container {
    /// Checks a file and takes it apart.
    pub(crate) fn open(bytes: &[u8]) -> Result<Self> {
        check_fixed(bytes)?;
        let header_len = FIXED + ENTRY * SectionId::ALL.len();
        let header = bytes
            .get(..header_len)
            .or_damaged("header", "ends too early")?;
        let crc = crc();
        let sum = Reader::new("header", bytes.get(header_len..).unwrap_or_default()).u32()?;
        ensure(
            cfg!(fuzzing) || crc.checksum(header) == sum,
            "header",
            "checksum does not hold",
        )?;
        let mut reader = Reader::new("header", header);
        reader.take(FIXED)?;
        let mut end = u64::try_from(header_len + 4).unwrap_or(u64::MAX);
        let mut sections = Vec::new();
        for id in SectionId::ALL {
            ensure(
                reader.u32()? == id.number(),
                "header",
                "sections are out of order",
            )?;
            let coding = reader.u32()?;
            ensure(
                reader.u64()? == end,
                "header",
                "sections do not follow each other",
            )?;
            let (stored, raw, sum) = (reader.u64()?, reader.u64()?, reader.u32()?);
            let start = end;
            end = end
                .checked_add(stored)
                .or_damaged("header", "a length overflows")?;
            let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
            let data = range
                .and_then(|(start, end)| bytes.get(start..end))
                .or_damaged(id.name(), "reaches past the end of the file")?;
            ensure(
                cfg!(fuzzing) || crc.checksum(data) == sum,
                id.name(),
                "checksum does not hold",
            )?;
            let info = SectionInfo { id, stored, raw };
            sections.push((info, load(info, coding, data)?));
        }
        ensure(
            u64::try_from(bytes.len()) == Ok(end),
            "header",
            "bytes are left over",
        )?;
        Ok(Self { sections })
    }

    /// Takes a section's bytes.
    pub(crate) fn take(&mut self, id: SectionId) -> Vec<u8> {
        let section = self.sections.iter_mut().find(|(info, _)| info.id == id);
        section
            .map(|(_, bytes)| std::mem::take(bytes))
            .unwrap_or_default()
    }

    /// What is in the file.
    pub(crate) fn infos(&self) -> Vec<SectionInfo> {
        self.sections.iter().map(|(info, _)| *info).collect()
    }
}

/// Magic, version, length, number of sections.
fn check_fixed(bytes: &[u8]) -> Result<()> {
    let known = bytes.len().min(MAGIC.len());
    if bytes.is_empty() || bytes.get(..known) != MAGIC.get(..known) {
        return Err(FormatError::new(Fault::NotAnIndex));
    }
    let found = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let short = |_: FormatError| {
        FormatError::new(Fault::Truncated {
            expected: cast::small(FIXED).into(),
            found,
        })
    };
    let mut reader = Reader::new("header", bytes);
    reader.take(MAGIC.len()).map_err(short)?;
    let version = reader.u32().map_err(short)?;
    if version != FORMAT_VERSION {
        return Err(FormatError::new(Fault::UnsupportedVersion {
            found: version,
            supported: FORMAT_VERSION,
        }));
    }
    let count = reader.u32().map_err(short)?;
    let expected = reader.u64().map_err(short)?;
    if found < expected {
        return Err(FormatError::new(Fault::Truncated { expected, found }));
    }
    let known = cast::index(count) == SectionId::ALL.len();
    ensure(
        known,
        "header",
        "has another number of sections than this version",
    )
}

fn load(info: SectionInfo, coding: u32, data: &[u8]) -> Result<Vec<u8>> {
    let name = info.id.name();
    let raw = usize::try_from(info.raw)
        .ok()
        .or_damaged(name, "is too large for this machine")?;
    match coding {
        0 => {
            ensure(
                data.len() == raw,
                name,
                "has another length than the header says",
            )?;
            Ok(data.to_vec())
        }
        1 => inflate(data, raw, name),
        _ => None.or_damaged(name, "is coded in an unknown way"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let section = |(i, id): (usize, SectionId)| Section {
            id,
            bytes: vec![b'x'; i * 37],
            deflate: i % 2 == 0,
        };
        encode(
            &SectionId::ALL
                .into_iter()
                .enumerate()
                .map(section)
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn round_trip() {
        let mut container = Container::open(&file()).expect("opens");
        for (i, id) in SectionId::ALL.into_iter().enumerate() {
            assert_eq!(container.take(id), vec![b'x'; i * 37]);
        }
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let good = file();
        for at in 0..good.len() {
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[at] ^= 1 << bit;
                assert!(Container::open(&bad).is_err(), "byte {at} bit {bit}");
            }
        }
    }

    #[test]
    fn every_truncation_is_noticed_and_named() {
        let good = file();
        assert_eq!(
            Container::open(&[]).err(),
            Some(FormatError::new(Fault::NotAnIndex))
        );
        for len in 1..good.len() {
            let error = Container::open(&good[..len]).err();
            assert!(
                matches!(
                    error.as_ref().map(FormatError::fault),
                    Some(Fault::Truncated { .. })
                ),
                "{len}: {error:?}"
            );
        }
        let mut longer = good.clone();
        longer.push(0);
        assert!(Container::open(&longer).is_err());
    }

    #[test]
    fn other_files_and_versions_are_told_apart() {
        assert_eq!(
            Container::open(b"<!doctype html>").err(),
            Some(FormatError::new(Fault::NotAnIndex))
        );
        let mut future = file();
        future[8] = 9;
        let expected = Fault::UnsupportedVersion {
            found: 9,
            supported: FORMAT_VERSION,
        };
        assert_eq!(
            Container::open(&future).err(),
            Some(FormatError::new(expected))
        );
    }
}
