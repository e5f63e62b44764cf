//! The manifest of a bundle, as far as a browser needs it.

use js_sys::Array;
use souwen_index::{FORMAT_VERSION, Part};
use souwen_text::digits::{decimal, hexadecimal};
use wasm_bindgen::JsValue;

use crate::error::SouwenError;
use crate::options::{property, whole_property};

/// A file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) file: String,
    pub(crate) bytes: u32,
    /// In hexadecimal digits; of a part the first half of them.
    pub(crate) sha256: String,
}

/// `souwen.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) index: File,
    pub(crate) runtime: Vec<File>,
}

fn damaged(what: &str) -> SouwenError {
    let message = [what, "; upload the bundle's folder again"].concat();
    SouwenError::new(SouwenError::BUNDLE_DAMAGED, message)
}

impl Manifest {
    /// Reads a parsed manifest.
    ///
    /// # Errors
    /// `unsupported-version` or `bundle-damaged`.
    pub(crate) fn read(json: &JsValue) -> Result<Self, SouwenError> {
        let not_one = || damaged("is no bundle manifest");
        let format = whole_property(json, "format").ok_or_else(not_one)?;
        if format != FORMAT_VERSION {
            let message = [
                "the bundle is of format version ",
                &decimal(format.into(), 0),
                ", but this page's souwen reads version ",
                &decimal(FORMAT_VERSION.into(), 0),
                "; reload the page, or build the bundle again",
            ];
            return Err(SouwenError::new(
                SouwenError::UNSUPPORTED_VERSION,
                message.concat(),
            ));
        }
        let index = property(json, "index")
            .as_ref()
            .and_then(File::read)
            .ok_or_else(not_one)?;
        let runtime =
            Array::from(&property(json, "runtime").unwrap_or_else(|| Array::new().into()));
        let runtime = runtime.iter().map(|file| File::read(&file));
        let runtime = runtime.collect::<Option<_>>().ok_or_else(not_one)?;
        Ok(Self { index, runtime })
    }
}

impl Manifest {
    /// Every file that the manifest names: all of the bundle but the manifest itself.
    pub(crate) fn files(&self) -> impl Iterator<Item = &File> {
        self.runtime.iter().chain([&self.index])
    }
}

impl File {
    /// A part of the index, which is named by its digest.
    pub(crate) fn of_part(part: &Part) -> Self {
        let digest = hexadecimal(&part.digest);
        Self {
            file: ["part-", &digest, ".souwen"].concat(),
            bytes: part.bytes,
            sha256: digest,
        }
    }

    /// The media type by the file's ending, for what is kept in the cache.
    pub(crate) fn mime(&self) -> &'static str {
        if self.file.ends_with(".js") {
            "text/javascript"
        } else if self.file.ends_with(".wasm") {
            "application/wasm"
        } else {
            "application/octet-stream"
        }
    }

    /// Reads an entry, unless something of it is missing or it names a file outside the folder.
    fn read(json: &JsValue) -> Option<Self> {
        let text = |name| property(json, name)?.as_string();
        let file =
            text("file").filter(|file| !file.is_empty() && !file.contains(['/', '\\', ':']))?;
        Some(Self {
            file,
            bytes: whole_property(json, "bytes")?,
            sha256: text("sha256").filter(|digits| digits.len() == 64)?,
        })
    }
}
