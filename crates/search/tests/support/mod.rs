//! What the tests of this crate share.

use souwen_compile::{Options, compile};
use souwen_corpus::Article;
use souwen_index::Index;
use souwen_search::Engine;

/// Compiles articles and opens them.
pub(crate) fn open(articles: &[Article], facets: &[String]) -> Engine {
    let options = Options {
        facets: facets.to_vec(),
        ..Options::default()
    };
    let compiled = compile(articles, &options).unwrap();
    Engine::new(Index::open(&compiled.bytes).unwrap())
}
