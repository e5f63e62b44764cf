//! A bundle of ten thousand articles brought up to date: what is written, and what is found.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use serde_json::json;
use souwen_corpus::Article;
use souwen_index::Index;
use souwen_search::{Engine, MAX_LIMIT, SearchOptions, SearchResult};

use crate::archive::{Archive, archive};
use crate::draws::Draws;

const SEED: u64 = 20_251_120;
/// Articles that come later.
const LATER: usize = 40;
const QUERIES: usize = 400;
/// Two hits are a near-tie if their scores in the bundle that is built anew differ by no more than one
/// part in so many.
const TIE: u64 = 50;
/// Queries whose order may differ by more than near-ties, in a thousand.
const OTHERWISE: usize = 5;

fn write(input: &Path, articles: &[Article]) {
    let lines: Vec<String> = articles.iter().map(|own| json!(own).to_string()).collect();
    fs::write(input, lines.join("\n")).unwrap();
}

fn souwen(args: &[&str]) {
    let start = Instant::now();
    let run = Command::new(env!("CARGO_BIN_EXE_souwen"))
        .args(args)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    assert!(!said.contains("built anew"), "{said}");
    println!(
        "souwen {} {}: {:.1} s",
        args[0],
        args[2],
        start.elapsed().as_secs_f64()
    );
}

fn files(bundle: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(bundle).unwrap();
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read(path).unwrap())
    };
    entries.map(read).collect()
}

fn open(bundle: &Path) -> Engine {
    let files = files(bundle);
    let core = files.iter().find(|own| own.0.starts_with("index-"));
    let index = Index::open(core.unwrap().1).unwrap();
    for (number, part) in (0..).zip(index.parts().to_vec()) {
        let digest: String = part
            .digest
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let bytes = &files[&format!("part-{digest}.souwen")];
        index.supply(number, 0, bytes).unwrap();
    }
    Engine::new(index)
}

/// Bytes of files that are new or others, in millionths of all; fails unless all parts are kept.
fn written(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> usize {
    let bytes = |files: &mut dyn Iterator<Item = (&String, &Vec<u8>)>| -> usize {
        files.map(|own| own.1.len()).sum()
    };
    let all = bytes(&mut after.iter());
    let new = bytes(&mut after.iter().filter(|own| before.get(own.0) != Some(own.1)));
    let share = new * 1_000_000 / all;
    println!("{new} of {all} bytes are written, {share} millionths");
    share
}

/// Parts of strings that stand in articles, apart and quoted, and words of headlines.
fn queries(archive: &Archive, articles: &[Article]) -> Vec<String> {
    let mut draws = Draws(SEED);
    let mut queries = vec![String::new()];
    while queries.len() < QUERIES {
        // Half of them of those that change or come.
        let from = if draws.below(2) == 0 {
            0
        } else {
            articles.len() - 2 * LATER
        };
        let article = &articles[from + draws.below(articles.len() - from)];
        let text = match draws.below(3) {
            0 => article.title.clone(),
            _ => article.paragraphs.join("\n"),
        };
        let chars: Vec<char> = text.chars().collect();
        let at = draws.below(chars.len());
        let own: String = chars.iter().skip(at).take(1 + draws.below(9)).collect();
        let own = own.replace(['\n', '"', ':'], " ");
        queries.push(match draws.below(4) {
            0 => format!("\"{own}\""),
            _ => own,
        });
    }
    assert!(!archive.articles.is_empty());
    queries
}

fn all(engine: &Engine, query: &str) -> SearchResult {
    let options = SearchOptions {
        limit: MAX_LIMIT,
        facets: false,
        ..SearchOptions::default()
    };
    engine.search(query, &options).unwrap()
}

fn compare(updated: &Engine, anew: &Engine, queries: &[String]) {
    let (mut equal, mut ties, mut otherwise) = (0, 0, 0);
    for query in queries {
        let (own, other) = (all(updated, query), all(anew, query));
        let scores: BTreeMap<&str, u64> = other
            .hits
            .iter()
            .map(|hit| (hit.id.as_str(), hit.score))
            .collect();
        let set = |result: &SearchResult| -> BTreeSet<String> {
            let hits = result.hits.iter();
            hits.flat_map(|hit| {
                let similar = hit.similar.iter().map(|own| own.id.clone());
                similar.chain([hit.id.clone()])
            })
            .collect()
        };
        // Of long answers the first thousand are shown; what is filled up depends on how telling
        // words are.
        let whole = other.relaxed.is_none() && other.corrections.is_empty();
        if whole {
            assert_eq!(own.total, other.total, "{query}");
        }
        if whole && other.hits.len() < 1000 {
            assert_eq!(set(&own), set(&other), "{query}");
        }
        let order = |result: &SearchResult| -> Vec<String> {
            result.hits.iter().map(|hit| hit.id.clone()).collect()
        };
        if order(&own) == order(&other) {
            equal += 1;
            continue;
        }
        // What stands at a place has nearly the score of what would stand there.
        let places = own.hits.iter().zip(&other.hits);
        let fits =
            places.filter_map(|(own, other)| Some((scores.get(own.id.as_str())?, other.score)));
        let near = fits
            .into_iter()
            .all(|(&own, other)| own.abs_diff(other) <= other / TIE);
        if near {
            ties += 1;
        } else {
            otherwise += 1;
            println!("  another order: {query}");
        }
    }
    println!(
        "{equal} answers are in the same order, {ties} but for near-ties, {otherwise} are not"
    );
    assert!(otherwise * 1000 <= queries.len() * OTHERWISE);
}

#[test]
fn an_update_writes_what_has_changed_and_finds_what_a_build_finds() {
    let Some(archive) = archive() else { return };
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let (input, bundle, anew) = (path("news.jsonl"), path("bundle"), path("anew"));
    let mut articles = archive.articles.clone();
    articles.iter_mut().for_each(|own| own.source = None);
    let later = articles.split_off(articles.len() - LATER);
    write(Path::new(&input), &articles);
    souwen(&["build", &input, "--out", &bundle]);

    let before = files(Path::new(&bundle));
    let middle = articles.len() / 2;
    articles[middle]
        .paragraphs
        .push("编者按：此文有更正。".into());
    write(Path::new(&input), &articles);
    souwen(&["build", &input, "--update", &bundle]);
    let after = files(Path::new(&bundle));
    let is_part = |name: &&String| name.starts_with("part-");
    assert!(
        before
            .keys()
            .filter(is_part)
            .all(|name| after.get(name) == before.get(name))
    );
    assert!(written(&before, &after) <= 10_000, "more than one percent");

    articles[middle + 1].paragraphs.remove(0);
    articles[middle + 1].paragraphs.push("彧瀞堂開館。".into());
    articles.drain(100..105);
    articles.extend(later);
    write(Path::new(&input), &articles);
    souwen(&["build", &input, "--update", &bundle]);
    let last = files(Path::new(&bundle));
    assert!(
        before
            .keys()
            .filter(is_part)
            .all(|name| last.get(name) == before.get(name))
    );
    written(&after, &last);
    let again = files(Path::new(&bundle));
    souwen(&["build", &input, "--update", &bundle]);
    assert!(files(Path::new(&bundle)) == again, "nothing has changed");

    souwen(&["build", &input, "--out", &anew]);
    let (updated, anew) = (open(Path::new(&bundle)), open(Path::new(&anew)));
    updated.index().validate().unwrap();
    assert_eq!(updated.index().articles(), anew.index().articles());
    let mut queries = queries(archive, &articles);
    queries.extend(["彧瀞堂", "开馆", "編者按"].map(str::to_owned));
    compare(&updated, &anew, &queries);
}
