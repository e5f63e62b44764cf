//! The Souwen index format: one file a structure, each with encode, decode, validate and their
//! round-trip test together. `docs/FORMAT.md` describes the whole.
//!
//! [`Writer`] makes an index of terms and articles as they come; [`Index::open`] checks bytes and gives
//! an index to search. What the numbers mean is the business of `souwen-compile` (which computes
//! them) and `souwen-search` (which uses them).
//!
//! An index is a *core*, which is always loaded, and a *heap* of extents that are read where a search
//! touches them. Of a small archive both are one file; of a larger one the heap is cut into parts, of
//! which ranges are fetched when they are needed ([`Index::needs`], [`Index::supply`]).
//!
//! *Architecture invariant:* nothing unverified is parsed. Checksums hold before anything is decoded,
//! decoders bound every count, offset and length by the bytes that are there, and whatever says
//! anything impossible is a [`FormatError`] with the name of the structure. One thing is taken on
//! trust: the inside of the directory's FST, which [`Index::validate`] walks but `open` does not. A
//! file whose FST was forged together with its checksums can make a search panic; the browser's worker
//! then starts a new instance.

mod alphabet;
mod bits;
mod chunks;
mod codec;
mod container;
mod date;
mod deflate;
mod directory;
mod documents;
mod error;
mod extend;
mod facets;
mod facts;
mod folds;
mod heap;
mod ids;
mod impact;
mod inflate;
mod lookup;
mod meta;
mod open;
mod parts;
mod record;
mod segment;
mod sounds;
mod store;
mod synonyms;
mod terms;
mod texts;
mod wire;
mod write;

#[cfg(test)]
mod tests;

pub use codec::{TextCodec, TextEncoder};
pub use container::{FORMAT_VERSION, MAGIC, SectionId, SectionInfo};
pub use date::Date;
pub use error::{Fault, FormatError, Result};
pub use extend::Kept;
pub use facets::Facet;
pub use facts::Kind;
pub use heap::{Layout, Sink};
pub use impact::{
    BROKEN, IMPACT_ONE, IN_HEADLINE, Impacts, TELLS_BROKEN, USUAL, class_of, class_tf,
    inverse_document_frequency,
};
pub use lookup::TermId;
pub use meta::{MAX_WEIGHT, Meta};
pub use open::Index;
pub use parts::{Need, Part, PartDigest};
pub use record::{Field, Record};
pub use sounds::{SoundParts, Sounds};
pub use synonyms::Synonyms;
pub use terms::list::{MAX_CLASS, Posting};
pub use terms::{Cursor, HEAD, Words};
pub use texts::encode_record;
pub use write::{Core, Facts, WriteError, Writer};
