//! `souwen build --update`: what is remembered of a build, and what has changed since.
//!
//! ```text
//! a build ─► files.rs: a stamp and a digest of each input file ─► state.rs: souwen.state
//! an update ─► changes.rs: only files with other stamps and digests are read, only articles that say
//!              something else are new ─► souwen_compile::update ─► bundle.rs: old parts and new ones
//! ```

mod bundle;
mod changes;
mod files;
mod state;

pub(crate) use bundle::{Request, run};
pub(crate) use files::Recorder;
pub(crate) use state::{NAME, settings, text_of};
