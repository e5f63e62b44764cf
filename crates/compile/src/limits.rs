//! How much of the machine a build may use.

use std::path::PathBuf;
use std::thread::available_parallelism;

/// One mebibyte, in bytes.
const MIB: u64 = 1 << 20;

/// What a build may use. The bytes of an index do not depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The program's memory in bytes, about. With less than [`Limits::LEAST_MEMORY`] a build takes so
    /// much all the same; and some 60 bytes a document are needed beside it.
    pub memory: u64,
    /// Threads that work at the same time.
    pub threads: usize,
    /// The folder in which what does not fit into memory is put down, in files without a name.
    pub scratch: PathBuf,
    /// Whether jieba's dictionary stays loaded for the next build.
    pub keeps_dictionary: bool,
}

impl Limits {
    /// The memory that a build takes in any case, in bytes: for the dictionary, and what is counted.
    pub const LEAST_MEMORY: u64 = 192 * MIB;

    /// A share of the memory, in bytes.
    pub(crate) fn share(&self, divisor: u64) -> usize {
        usize::try_from(self.memory / divisor).unwrap_or(usize::MAX)
    }
}

impl Default for Limits {
    /// 1 GiB, every processor, the system's temporary folder, the dictionary kept.
    fn default() -> Self {
        Self {
            memory: 1024 * MIB,
            threads: available_parallelism().map_or(1, usize::from),
            scratch: std::env::temp_dir(),
            keeps_dictionary: true,
        }
    }
}

/// What a build is doing; its total in the unit that [`Watch::advance`] counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading articles; how many there are is not known.
    Read,
    /// Collecting the dictionary, in characters.
    Words,
    /// Cutting texts into terms, in documents.
    Cut,
    /// Finding reprints.
    Reprints,
    /// Learning how texts are coded.
    Code,
    /// Writing lists of documents, in terms; how many there are is not known.
    Terms,
    /// Writing texts, in documents.
    Texts,
}

/// Is told how far a build is.
pub trait Watch: Sync {
    /// A stage begins; `total` is 0 where it is not known.
    fn stage(&self, stage: Stage, total: u64);
    /// So much more is done.
    fn advance(&self, done: u64);
}

/// Nobody watches.
impl Watch for () {
    fn stage(&self, _: Stage, _: u64) {}
    fn advance(&self, _: u64) {}
}
