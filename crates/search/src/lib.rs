//! Query an opened Souwen index: match, rank, snippets. `docs/SEARCH.md` has every rule.
//!
//! ```text
//! query ─► clauses ─► plan (terms) ─► documents ─► scores ─► page of hits with marks
//!   ▲                                     │
//!   └─── what was meant (`correct`) ◄─────┘ if too little was found
//! ```
//!
//! *Matching* goes by characters: a document holds a word when it holds all of its adjacent pairs,
//! wherever the document's own words are cut; whatever stands in an article is found by typing it.
//! *Ranking* goes by words and pairs together, then by whether the query's own string stands in the
//! article as a whole, and by how near its words stand. All arithmetic is in integers, ties go to the earlier document: the same
//! bytes give the same order on every machine.
//!
//! *Architecture invariant:* this crate does no I/O and never cuts text itself; the analyser of the
//! index does.

mod article;
mod continuation;
mod correct;
mod cuts;
mod demand;
mod draft;
mod engine;
mod evidence;
mod explain;
mod facets;
mod filter;
mod find;
mod found;
mod freshness;
mod held;
mod hits;
mod marks;
mod matching;
mod plan;
mod prepared;
mod proximity;
mod query;
mod rank;
mod related;
mod result;
mod select;
mod snippet;
mod suggest;
mod tuning;
mod utf16;

pub use demand::{not_brought, settle};
pub use engine::{Engine, MAX_LIMIT, SearchError, SearchOptions, Sort};
pub use explain::{Explanation, Step, TermScore};
pub use filter::{FilterError, Filters, Wanted};
pub use result::{
    Correction, FacetCount, Hit, Marked, Number, Relaxed, SearchResult, Similar, Snippet,
    Suggestion,
};
pub use tuning::Tuning;
