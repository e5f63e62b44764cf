//! What can be wrong with an archive.

use std::{fmt, io};

use souwen_index::{FormatError, MAX_WEIGHT, WriteError};

/// Why articles could not be compiled.
#[derive(Debug)]
pub enum CompileError {
    /// There is no article.
    Empty,
    /// Two articles have the same id, which the input gave.
    DuplicateId(String),
    /// A metadata field cannot be a facet under its name, which already means something.
    ReservedFacet(String),
    /// A field's weight is not one that an index can hold.
    WeightOutOfRange(u32),
    /// A synonym has no character that can be searched for.
    EmptySynonym(String),
    /// More than an index can number: 2³² terms or documents.
    TooLarge,
    /// The texts' code could not be learnt.
    Codec(FormatError),
    /// The index could not be written.
    Write(WriteError),
    /// The index that is to be brought up to date cannot be read.
    Base(FormatError),
    /// The temporary files beside the bundle could not be written or read.
    Scratch(io::Error),
    /// What was put down cannot be read any more.
    Damaged,
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is no article to index; check the input folder"),
            Self::DuplicateId(id) => {
                write!(
                    f,
                    "two articles have the id `{id}`; give each its own, or none at all"
                )
            }
            Self::ReservedFacet(name) => write!(
                f,
                "`{name}` cannot be a facet of its own: filters know the name already; \
                 give the metadata field another one"
            ),
            Self::WeightOutOfRange(weight) => write!(
                f,
                "a field cannot weigh {weight}; give it a weight from 1 to {MAX_WEIGHT}"
            ),
            Self::EmptySynonym(word) => write!(
                f,
                "the synonym `{word}` has nothing that can be searched for; \
                 write it with characters, letters or figures, or leave it out"
            ),
            Self::TooLarge => f.write_str("the archive is too large for one index; split it"),
            Self::Codec(error) => write!(f, "the texts' code could not be learnt: {error}"),
            Self::Write(error) => write!(f, "the index could not be written: {error}"),
            Self::Base(error) => write!(
                f,
                "the index that is to be brought up to date cannot be read: {error}"
            ),
            Self::Scratch(error) => write!(
                f,
                "the temporary files of the build could not be written or read ({error}); \
                 see that the disk has room"
            ),
            Self::Damaged => f.write_str(
                "the articles that were put down cannot be read back; build the shards anew",
            ),
        }
    }
}

impl std::error::Error for CompileError {}

impl From<io::Error> for CompileError {
    fn from(error: io::Error) -> Self {
        Self::Scratch(error)
    }
}

impl From<FormatError> for CompileError {
    fn from(error: FormatError) -> Self {
        Self::Base(error)
    }
}

impl From<WriteError> for CompileError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}
