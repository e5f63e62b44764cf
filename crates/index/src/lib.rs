//! The Souwen index format: one file a section, each with encode, decode, validate and their
//! round-trip test together. `docs/FORMAT.md` describes the whole.
//!
//! [`encode`] makes the bytes of an index from its [`Parts`]; [`Index::open`] checks bytes and gives
//! an index to search. What the numbers mean is the business of `souwen-compile` (which computes
//! them) and `souwen-search` (which uses them).
//!
//! *Architecture invariant:* nothing unverified is parsed. Checksums hold before a section is
//! decoded, decoders bound every count, offset and length by the bytes that are there, and a section
//! that says anything impossible is a [`FormatError`] with the section's name. One thing is taken on
//! trust: the inside of the FST, which [`Index::validate`] walks but `open` does not. A file whose FST
//! was forged together with its checksums can make a search panic; the browser's worker then starts
//! a new instance.

mod alphabet;
mod bits;
mod build;
mod container;
mod cursor;
mod deflate;
mod documents;
mod error;
mod facets;
mod folds;
mod impact;
mod lexicon;
mod meta;
mod open;
mod pairs;
mod postings;
mod record;
mod sounds;
mod synonyms;
mod texts;
mod wire;

pub use build::{Parts, encode};
pub use container::{FORMAT_VERSION, MAGIC, SectionId, SectionInfo};
pub use cursor::Cursor;
pub use documents::{Date, Document, Kind, norm_length, norm_of};
pub use error::{FormatError, Result};
pub use facets::Facet;
pub use impact::{
    BROKEN, IMPACT_ONE, IN_HEADLINE, Impacts, TELLS_BROKEN, class_of, class_tf,
    inverse_document_frequency,
};
pub use meta::{MAX_WEIGHT, Meta};
pub use open::{Index, TermId};
pub use postings::{MAX_CLASS, Posting};
pub use record::{Field, Record};
pub use sounds::{SoundParts, Sounds};
pub use synonyms::Synonyms;
