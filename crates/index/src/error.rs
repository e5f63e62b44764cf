//! What can be wrong with the bytes of an index.

use std::fmt;

use souwen_text::digits::decimal;

/// Why bytes are not an index that this version can open.
///
/// One pointer wide: whatever reads the format may fail and hands its error up, and in wasm each of
/// these places would copy a larger one word by word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError(Box<Fault>);

/// What a [`FormatError`] says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The bytes are not an index at all: the magic number is missing. Often an HTML error page that
    /// a server sent in place of the file.
    NotAnIndex,
    /// The index is of another format version. Rebuild it with the `souwen` program that belongs to
    /// this runtime, or deploy the runtime that the bundle brought along.
    UnsupportedVersion {
        /// The version in the file.
        found: u32,
        /// The version this code reads.
        supported: u32,
    },
    /// The file ends too early: a broken upload or download.
    Truncated {
        /// Bytes that should be there.
        expected: u64,
        /// Bytes that are.
        found: u64,
    },
    /// A checksum or a structure does not hold. Upload or download the file again.
    Damaged {
        /// The section of the file.
        section: &'static str,
        /// What does not hold.
        what: &'static str,
    },
    /// The index was cut by an analyser that differs from this one: its queries would miss.
    AnalyserMismatch,
}

impl FormatError {
    /// An error that says this.
    #[must_use]
    pub fn new(fault: Fault) -> Self {
        Self(Box::new(fault))
    }

    /// What is wrong, to be told apart.
    #[must_use]
    pub fn fault(&self) -> &Fault {
        &self.0
    }

    /// What is wrong, and how to mend it. Made without `std::fmt`, for the browser's sake.
    #[must_use]
    pub fn message(&self) -> String {
        let number = |number: u64| decimal(number, 0);
        match &*self.0 {
            Fault::NotAnIndex => "not a Souwen index (the file's first bytes are wrong)".to_owned(),
            Fault::UnsupportedVersion { found, supported } => [
                "index format version ",
                &number((*found).into()),
                ", but this program reads version ",
                &number((*supported).into()),
                "; rebuild the index with the matching souwen",
            ]
            .concat(),
            Fault::Truncated { expected, found } => [
                "truncated: ",
                &number(*found),
                " of ",
                &number(*expected),
                " bytes are there; fetch the file again",
            ]
            .concat(),
            Fault::Damaged { section, what } => [
                "damaged in section `",
                section,
                "`: ",
                what,
                "; fetch or build the file again",
            ]
            .concat(),
            Fault::AnalyserMismatch => {
                "the index was made by another version of the analyser; rebuild it with this souwen"
                    .to_owned()
            }
        }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for FormatError {}

/// The result of reading a structure of the format.
pub type Result<T> = std::result::Result<T, FormatError>;

/// Turns "not there" into [`Fault::Damaged`].
pub(crate) trait OrDamaged<T> {
    fn or_damaged(self, section: &'static str, what: &'static str) -> Result<T>;
}

impl<T> OrDamaged<T> for Option<T> {
    #[inline]
    fn or_damaged(self, section: &'static str, what: &'static str) -> Result<T> {
        self.ok_or_else(|| damaged(section, what))
    }
}

/// Fails with [`Fault::Damaged`] unless `holds`.
#[inline]
pub(crate) fn ensure(holds: bool, section: &'static str, what: &'static str) -> Result<()> {
    if holds {
        Ok(())
    } else {
        Err(damaged(section, what))
    }
}

/// What does not hold is for those who build indexes, to whom `souwen inspect` tells it. In the browser,
/// where each reader would load all these texts, the section is enough.
#[cold]
#[inline(never)]
fn damaged(section: &'static str, what: &'static str) -> FormatError {
    let told = !cfg!(target_arch = "wasm32");
    let what = if told {
        what
    } else {
        "it does not hold together"
    };
    FormatError::new(Fault::Damaged { section, what })
}
