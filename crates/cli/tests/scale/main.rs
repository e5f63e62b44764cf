//! Whatever a reader types is found, best first (DESIGN, invariant 2), on ten thousand real news
//! articles: `../shared/corpus/news-10k.jsonl.gz`. Without that file the tests say so and pass. And builds keep
//! to their memory, and so does reading, on articles that are made up.
//!
//! Minutes long in a debug build, so `cargo test` leaves it out; ask for it by name:
//!
//! ```text
//! cargo test --release -p souwen-cli --test scale -- --nocapture
//! ```

// Clippy takes helpers of integration tests for code of the program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod archive;
mod draws;
mod extract;
mod headlines;
mod hostile;
mod kill;
mod memory;
mod nonsense;
mod occurrences;
mod parts;
#[path = "../../../compile/examples/scale/random.rs"]
mod random;
#[path = "../../../compile/examples/scale/short.rs"]
mod short;
mod substrings;
mod update;
