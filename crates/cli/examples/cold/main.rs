//! What queries of an index in parts fetch: requests and bytes, without a browser.
//!
//! ```text
//! cold draw BUNDLE FILE [EACH]   so many queries of each kind out of FILE's articles, cut into words
//!                                as BUNDLE cuts them: lines of kind, tab, query
//! cold ask BUNDLE QUERIES        by kind: rounds, requests and bytes, the median and the 95th percentile
//! ```
//!
//! A *first* answer is one of an engine that has nothing but the core; a *further* one is that of an
//! engine that has answered others of its session before. What is loaded before any query is told
//! apart. The same arguments give the same output on every machine.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a tool for developers: it fails by it"
)]

mod draw;
#[path = "../../tests/scale/draws.rs"]
mod draws;
mod fetch;
mod figures;

use std::path::Path;

use souwen_search::{SearchOptions, settle};

use fetch::{Bundle, Fault, Fetched};
use figures::Figures;

/// Queries that are asked of one engine, one after the other.
const SESSION: usize = 30;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["draw", bundle, file] => draw::print(&Bundle::open(Path::new(bundle)), file, 60),
        ["draw", bundle, file, each] => {
            draw::print(
                &Bundle::open(Path::new(bundle)),
                file,
                each.parse().unwrap(),
            );
        }
        ["ask", bundle, queries] => {
            let queries = std::fs::read_to_string(queries).expect("the queries can be read");
            ask(&Bundle::open(Path::new(bundle)), &queries);
        }
        _ => eprintln!("usage: cold draw BUNDLE FILE [EACH] | cold ask BUNDLE QUERIES"),
    }
}

/// Asks every query twice: of an engine that has nothing, and of one in use.
fn ask(bundle: &Bundle, queries: &str) {
    println!("opening: {} bytes", bundle.core.len());
    let mut figures = Figures::default();
    let mut in_use = bundle.engine();
    for (number, (kind, query)) in queries
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .enumerate()
    {
        figures.add(kind, "first", fetched(bundle, &bundle.engine(), query));
        if number % SESSION == 0 {
            in_use = bundle.engine();
        }
        let further = fetched(bundle, &in_use, query);
        if number % SESSION > 0 {
            figures.add(kind, "further", further);
        }
    }
    figures.print(&bundle.regions());
}

/// What an engine fetches for the first page of a query, with snippets but without facets.
fn fetched(bundle: &Bundle, engine: &souwen_search::Engine, query: &str) -> Fetched {
    let options = SearchOptions {
        facets: false,
        ..SearchOptions::default()
    };
    let mut fetched = Fetched::default();
    let answer = settle(
        engine,
        |engine| engine.search(query, &options).map_err(Fault::from),
        |engine, needs| bundle.bring(engine, needs, &mut fetched),
    );
    let answer = answer.unwrap_or_else(|Fault(fault)| panic!("{query}: {fault}"));
    fetched.corrected = !answer.corrections.is_empty();
    fetched
}
