//! The same from an index in parts, of which an engine has only what was brought for it: quoted strings
//! in random order, of an engine that has nothing and of one in use, against a plain look at the texts.

use std::collections::HashSet;

use souwen_compile::{Options, compile_to};
use souwen_index::{Index, Layout, Need, PartDigest, Sink};
use souwen_search::{Engine, SearchError, SearchOptions, settle};

use crate::archive::{Archive, archive};
use crate::draws::Draws;
use crate::occurrences::{Sought, scan};

const SEED: u64 = 20_261_121;
/// Strings, each asked of a fresh engine and of the one in use.
const STRINGS: usize = 300;
/// Strings that stand in more articles are left out: all of those are shown.
const MOST: usize = 300;

/// Parts in memory, by their digests.
#[derive(Default)]
struct Shelf(Vec<Vec<u8>>);

impl Sink for Shelf {
    fn part(&mut self, bytes: Vec<u8>) -> std::io::Result<PartDigest> {
        let digest = u128::try_from(self.0.len()).unwrap().to_be_bytes();
        self.0.push(bytes);
        Ok(digest)
    }
}

struct Parts {
    core: Vec<u8>,
    shelf: Shelf,
}

impl Parts {
    fn of(archive: &Archive) -> Self {
        let mut shelf = Shelf::default();
        let layout = Layout::default();
        let compiled =
            compile_to(&archive.articles, &Options::default(), layout, &mut shelf).unwrap();
        let core = compiled.bytes;
        Self { core, shelf }
    }

    fn open(&self) -> Engine {
        Engine::new(Index::open(&self.core).unwrap())
    }

    /// Brings what is needed and nothing else; gives the bytes.
    fn bring(&self, engine: &Engine, needs: &[Need]) -> Result<usize, SearchError> {
        let index = engine.index();
        let at = |number: u32| usize::try_from(number).unwrap();
        let mut bytes = 0;
        for need in needs {
            let digest = index.parts()[at(need.part)].digest;
            let number = usize::try_from(u128::from_be_bytes(digest)).unwrap();
            let range = at(need.offset)..at(need.offset + need.len);
            bytes += range.len();
            index.supply(need.part, need.offset, &self.shelf.0[number][range])?;
        }
        Ok(bytes)
    }

    /// The ids of all hits and what was said to be their number; counts the bytes that were brought.
    fn ask(&self, engine: &Engine, query: &str, brought: &mut usize) -> (Vec<String>, u32) {
        let options = SearchOptions {
            limit: 1000,
            facets: false,
            ..SearchOptions::default()
        };
        let answer = settle(
            engine,
            |engine| engine.search(query, &options),
            |engine, needs| {
                *brought += self.bring(engine, needs)?;
                Ok(())
            },
        );
        let answer = answer.unwrap_or_else(|error| panic!("{query}: {error}"));
        let mut ids = Vec::new();
        for hit in answer.hits {
            ids.push(hit.id);
            ids.extend(hit.similar.into_iter().map(|own| own.id));
        }
        (ids, answer.total)
    }
}

/// Strings of two to six Chinese characters out of bodies, without punctuation.
fn draw(archive: &Archive) -> Vec<Sought> {
    let mut draws = Draws(SEED);
    let mut drawn = Vec::new();
    while drawn.len() < STRINGS * 2 {
        let (_, stream) = &archive.fields[draws.below(archive.fields.len())][1];
        let length = 2 + draws.below(5);
        if stream.len() < length {
            continue;
        }
        let start = draws.below(stream.len() - length + 1);
        let range = start..start + length;
        let han = |&class: &souwen_text::Class| class == souwen_text::Class::Han;
        if stream.classes()[range.clone()].iter().all(han)
            && crate::occurrences::breaks(stream, start, length) == 0
        {
            drawn.push(Sought {
                chars: stream.chars()[range].to_vec(),
                breaks: 0,
            });
        }
    }
    drawn
}

#[test]
fn parts_find_every_quoted_string_and_nothing_else() {
    let Some(archive) = archive() else { return };
    let parts = Parts::of(archive);
    let drawn = draw(archive);
    let held = scan(archive, &drawn);
    let in_use = parts.open();
    let (mut cold, mut warm, mut asked) = (0, 0, 0);
    for (sought, held) in drawn.iter().zip(&held) {
        if held.exactly.len() > MOST || asked == STRINGS {
            continue;
        }
        asked += 1;
        let string: String = sought.chars.iter().collect();
        let query = format!("\"{string}\"");
        let id = |&article: &usize| archive.articles[article].id.as_str();
        let holders: HashSet<&str> = held.exactly.iter().map(id).collect();
        let first = parts.ask(&parts.open(), &query, &mut cold);
        let found: HashSet<&str> = first.0.iter().map(String::as_str).collect();
        assert_eq!(found, holders, "{query}");
        assert_eq!(usize::try_from(first.1), Ok(holders.len()), "{query}");
        // Whatever was asked before.
        assert_eq!(parts.ask(&in_use, &query, &mut warm), first, "{query}");
    }
    assert_eq!(asked, STRINGS);
    println!(
        "{asked} quoted strings: all articles and no others; brought of {} parts: {} KB a query cold, {} KB in use",
        parts.shelf.0.len(),
        cold / asked / 1000,
        warm / asked / 1000,
    );
}
