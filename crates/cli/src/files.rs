//! Reading whole files, with messages that name them.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Result, bail};

/// The bytes of a file that must be there.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    let shown = path.display();
    match fs::read(path) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("{shown}: no such file; check the path")
        }
        Err(error) if path.is_dir() => {
            bail!("{shown}: a folder stands where a file should ({error}); check the path")
        }
        Err(error) => bail!("{shown}: cannot be read ({error}); check its rights"),
    }
}

/// The text of a file that must be there, and in UTF-8.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    match String::from_utf8(read(path)?) {
        Ok(text) => Ok(text),
        Err(_) => bail!("{}: not a text in UTF-8; save it as UTF-8", path.display()),
    }
}
