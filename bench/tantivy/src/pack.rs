//! An index's files as one, since a page wants one request: for each its name and its bytes, each after its length.

use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tantivy::directory::{Directory, RamDirectory, TerminatingWrite};
use tantivy::{Index, TantivyError};

/// The bytes of a length.
const LENGTH: usize = 4;

/// Packs the files of `index`, which lie in `directory`.
///
/// # Errors
/// When a file cannot be read or is 4 GB long or more.
pub fn pack(index: &Index, directory: &RamDirectory) -> Result<Vec<u8>, TantivyError> {
    let mut names: Vec<PathBuf> = index.directory().list_managed_files().into_iter().collect();
    names.sort();
    let mut bytes = Vec::new();
    for name in names
        .iter()
        .filter(|name| directory.exists(name).unwrap_or(false))
    {
        put(&mut bytes, name.to_string_lossy().as_bytes())?;
        // The directory below, not the index's own: that one would cut off each file's footer.
        put(
            &mut bytes,
            directory.open_read(name)?.read_bytes()?.as_slice(),
        )?;
    }
    Ok(bytes)
}

/// The directory of packed files.
///
/// # Errors
/// When the bytes are no such pack.
pub(crate) fn unpack(mut bytes: &[u8]) -> Result<RamDirectory, TantivyError> {
    let directory = RamDirectory::create();
    while !bytes.is_empty() {
        let name = take(&mut bytes)?;
        let name = std::str::from_utf8(name).map_err(|_| bad())?;
        let mut file = directory.open_write(Path::new(name))?;
        file.write_all(take(&mut bytes)?)?;
        file.terminate()?;
    }
    Ok(directory)
}

fn put(bytes: &mut Vec<u8>, part: &[u8]) -> Result<(), TantivyError> {
    let length = u32::try_from(part.len()).map_err(|_| bad())?;
    bytes.extend(length.to_le_bytes());
    bytes.extend(part);
    Ok(())
}

fn take<'a>(bytes: &mut &'a [u8]) -> Result<&'a [u8], TantivyError> {
    let (length, rest) = bytes.split_first_chunk::<LENGTH>().ok_or_else(bad)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| bad())?;
    let (part, rest) = rest.split_at_checked(length).ok_or_else(bad)?;
    *bytes = rest;
    Ok(part)
}

fn bad() -> Error {
    Error::new(ErrorKind::InvalidData, "not a pack of an index's files")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_truncated_pack_is_refused() {
        let mut bytes = Vec::new();
        put(&mut bytes, b"name").unwrap();
        put(&mut bytes, b"content").unwrap();
        assert!(unpack(&bytes).unwrap().exists(Path::new("name")).unwrap());
        assert!(unpack(&bytes[..bytes.len() - 1]).is_err());
    }
}
