//! Normalise and segment Chinese text, with offsets into the original.
//!
//! A text becomes an [`Analysis`]: its [`Stream`] (the characters that count, folded, each knowing
//! where it stands in the original) and its [`Word`]s (runs of the stream). The stream is what
//! *matching* looks at, so that whatever stands in a text is found wherever its words are cut; the
//! words are what *ranking* looks at.
//!
//! The same code runs when the archive is compiled and when a query is typed, over the same tables:
//!
//! ```
//! use souwen_text::{Analyser, Dictionary, FoldTable};
//!
//! let dictionary = Dictionary::from_words([("政务", 20_000), ("服务", 19_000)]);
//! let analyser = Analyser::new(FoldTable::new(vec![('務', "务".into())]), dictionary);
//! let analysis = analyser.analyse("“政務”服 务1700余名");
//! let words: Vec<String> = analysis.segmentation().map(|word| analysis.text(word)).collect();
//! assert_eq!(words, ["政务", "服务", "1700余名"]);
//! assert_eq!(analysis.stream.span(0..2), 1..3);
//! ```
//!
//! *Architecture invariant:* only this crate makes units of text. No other crate folds, cuts or
//! compares characters on its own account.

mod alphabet;
mod analyse;
pub mod cast;
mod charmap;
mod class;
mod dictionary;
pub mod digits;
mod fold;
mod fragment;
mod lexicon;
mod log;
mod numbers;
pub mod order;
mod segment;
mod stopwords;
mod stream;

pub use alphabet::Alphabet;
pub use analyse::{Analyser, Analysis, FINGERPRINT, Word, fingerprint};
pub use class::{Class, classify, is_han};
pub use dictionary::{Dictionary, MASS, UNKNOWN_WEIGHT, fits, weight_of};
pub use fold::{FoldTable, fold_width_and_case};
pub use fragment::{FRAGMENT, FRAGMENT_LEN, fragment};
pub use lexicon::{Lexicon, MAX_WORD};
pub use log::log2;
pub use stopwords::{STOP_WORDS, is_stop_word};
pub use stream::{Gap, Stream};
