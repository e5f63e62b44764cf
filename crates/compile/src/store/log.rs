//! A row of bytes that is written once, front to back, and then read in any order by many.
//!
//! On the disk it is a file without a name (`tempfile`): however the program ends, the system frees
//! it, and nothing is left behind.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crate::limits::Limits;

/// Bytes that are written to, or read from, a file at a time.
const BUFFER: usize = 256 * 1024;

/// One that is being written.
#[derive(Debug)]
pub(crate) struct Log<'a> {
    folder: &'a Path,
    /// What may stay in memory.
    kept: usize,
    buffer: Vec<u8>,
    file: Option<File>,
    /// Bytes in the file.
    written: u64,
}

impl<'a> Log<'a> {
    /// An empty one, which goes to the disk when it holds more than `kept` bytes.
    pub(crate) fn new(limits: &'a Limits, kept: usize) -> Self {
        Self {
            folder: &limits.scratch,
            kept,
            buffer: Vec::new(),
            file: None,
            written: 0,
        }
    }

    /// How many bytes it holds.
    pub(crate) fn len(&self) -> u64 {
        self.written + u64::try_from(self.buffer.len()).unwrap_or(0)
    }

    /// Adds bytes; gives where they begin.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let at = self.len();
        self.buffer.extend_from_slice(bytes);
        let most = if self.file.is_some() {
            BUFFER
        } else {
            self.kept
        };
        if self.buffer.len() > most {
            self.flush()?;
        }
        Ok(at)
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut file = match self.file.take() {
            Some(file) => file,
            None => tempfile::tempfile_in(self.folder)?,
        };
        file.write_all(&self.buffer)?;
        self.written = self.len();
        self.buffer = Vec::new();
        self.file = Some(file);
        Ok(())
    }

    /// Ends the writing.
    pub(crate) fn finish(mut self) -> io::Result<Stored> {
        if self.file.is_some() {
            self.flush()?;
        }
        Ok(match self.file {
            Some(file) => Stored::File(file, self.written),
            None => {
                self.buffer.shrink_to_fit();
                Stored::Memory(self.buffer)
            }
        })
    }
}

/// One that has been written.
#[derive(Debug)]
pub(crate) enum Stored {
    Memory(Vec<u8>),
    /// With its length.
    File(File, u64),
}

impl Stored {
    /// A file that stands somewhere.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(Self::File(file, length))
    }

    /// How many bytes it holds.
    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::Memory(bytes) => u64::try_from(bytes.len()).unwrap_or(0),
            Self::File(_, length) => *length,
        }
    }

    /// Puts the bytes from `at` on into `into`, as many as it has room for.
    pub(crate) fn read(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
        let missing = || io::Error::from(io::ErrorKind::UnexpectedEof);
        match self {
            Self::Memory(bytes) => {
                let at = usize::try_from(at).map_err(|_| missing())?;
                let end = at.checked_add(into.len()).ok_or_else(missing)?;
                into.copy_from_slice(bytes.get(at..end).ok_or_else(missing)?);
                Ok(())
            }
            Self::File(file, _) => read_at(file, at, into),
        }
    }

    /// Reads it from the front.
    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader {
            stored: self,
            at: 0,
            buffer: Vec::new(),
            place: 0,
        }
    }
}

#[cfg(unix)]
fn read_at(file: &File, at: u64, into: &mut [u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, into, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut at: u64, mut into: &mut [u8]) -> io::Result<()> {
    while !into.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, into, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                at += u64::try_from(read).unwrap_or(0);
                into = into.get_mut(read..).unwrap_or_default();
            }
        }
    }
    Ok(())
}

/// Reads from the front to the end.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    stored: &'a Stored,
    /// Where the next buffer begins.
    at: u64,
    buffer: Vec<u8>,
    place: usize,
}

impl Reader<'_> {
    /// The next byte; nothing at the end.
    #[inline]
    fn byte(&mut self) -> io::Result<Option<u8>> {
        if let Some(&byte) = self.buffer.get(self.place) {
            self.place += 1;
            return Ok(Some(byte));
        }
        let left = usize::try_from(self.stored.len() - self.at).unwrap_or(usize::MAX);
        self.buffer.resize(left.min(BUFFER / 4), 0);
        self.stored.read(self.at, &mut self.buffer)?;
        self.at += u64::try_from(self.buffer.len()).unwrap_or(0);
        self.place = 1;
        Ok(self.buffer.first().copied())
    }

    /// The next number; nothing at the end.
    #[inline]
    pub(crate) fn number(&mut self) -> io::Result<Option<u64>> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let Some(byte) = self.byte()? else {
                return Ok(None);
            };
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(Some(number));
            }
        }
        Err(io::ErrorKind::InvalidData.into())
    }
}

impl io::Read for Reader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut count = 0;
        for slot in into {
            let Some(byte) = self.byte()? else { break };
            *slot = byte;
            count += 1;
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_memory_and_on_the_disk_alike() {
        let limits = Limits::default();
        for kept in [0, 100, 10_000_000] {
            let mut log = Log::new(&limits, kept);
            let mut bytes = Vec::new();
            for number in 0..200_000u64 {
                crate::store::put_number(&mut bytes, number);
                if bytes.len() > 1000 {
                    log.append(&std::mem::take(&mut bytes)).unwrap();
                }
            }
            let last = log.append(&bytes).unwrap();
            let stored = log.finish().unwrap();
            assert_eq!(matches!(stored, Stored::Memory(_)), kept == 10_000_000);
            assert_eq!(stored.len(), last + u64::try_from(bytes.len()).unwrap());
            let mut reader = stored.reader();
            for number in 0..200_000 {
                assert_eq!(reader.number().unwrap(), Some(number));
            }
            assert_eq!(reader.number().unwrap(), None);
            let mut own = vec![0; bytes.len()];
            stored.read(last, &mut own).unwrap();
            assert_eq!(own, bytes);
            assert!(stored.read(last + 1, &mut own).is_err());
        }
    }
}
