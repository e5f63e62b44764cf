//! Searches as data: every file of `testdata/search` holds a small archive and what its queries must give.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod format;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use format::{Archive, Filter, Lookup, Query, Suggest};
use souwen_corpus::Article;
use souwen_search::{Engine, FilterError, SearchError, SearchOptions, SearchResult, Sort, Wanted};
use support::open;

/// A text with its marks between 【 and 】. Marks are cut out as JavaScript would: a mark that splits a surrogate pair
/// shows as U+FFFD, one that leaves the text fails.
fn marked(text: &str, marks: &[(u32, u32)]) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let (mut out, mut at) = (String::new(), 0);
    for &(start, end) in marks {
        let (start, end) = (
            usize::try_from(start).unwrap(),
            usize::try_from(end).unwrap(),
        );
        out.push_str(&String::from_utf16_lossy(&units[at..start]));
        out.push('【');
        out.push_str(&String::from_utf16_lossy(&units[start..end]));
        out.push('】');
        at = end;
    }
    out.push_str(&String::from_utf16_lossy(&units[at..]));
    out
}

fn options(query: &Query) -> SearchOptions {
    let wanted = |filter: &Filter| match filter {
        Filter::Any(values) => Wanted::Any(values.clone()),
        Filter::Range(range) => Wanted::Range {
            from: range.from.clone(),
            to: range.to.clone(),
        },
    };
    let filters = query.filters.iter();
    SearchOptions {
        limit: query.limit.unwrap_or(100),
        offset: query.offset.unwrap_or(0),
        sort: match query.sort.as_deref() {
            None | Some("relevance") => Sort::Relevance,
            Some("date") => Sort::Date,
            Some(other) => panic!("no such order: {other}"),
        },
        filters: filters
            .map(|(field, filter)| (field.clone(), wanted(filter)))
            .collect(),
        ..SearchOptions::default()
    }
}

/// What goes wrong in one file.
struct Report {
    file: String,
    checked: usize,
    wrong: Vec<String>,
}

impl Report {
    fn equal<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, got: T, wanted: T) {
        self.checked += 1;
        if got != wanted {
            let file = &self.file;
            self.wrong.push(format!(
                "{file}: {what}\n    got    {got:?}\n    wanted {wanted:?}"
            ));
        }
    }
}

fn check_query(engine: &Engine, query: &Query, report: &mut Report) {
    let what = |part: &str| format!("`{}` {part}", query.query);
    let result = match engine.search(&query.query, &options(query)) {
        Ok(result) => result,
        Err(SearchError::Filter(error)) => {
            let (FilterError::UnknownField(about, _)
            | FilterError::BadDate(about)
            | FilterError::NoRange(about)) = *error;
            return report.equal(&what("error"), Some(about), query.error.clone());
        }
        Err(error) => panic!("{}: {error}", report.file),
    };
    report.equal(&what("error"), None, query.error.clone());
    check_hits(query, &result, report, what);
    check_marks(query, &result, report, what);
    for (field, wanted) in &query.counts {
        let counts = result.facets.iter().find(|(name, _)| name == field);
        let counts = counts.map(|(_, counts)| {
            counts
                .iter()
                .map(|c| format!("{} {}", c.value, c.count))
                .collect()
        });
        report.equal(&what(field), counts, Some(wanted.clone()));
    }
}

fn check_hits(
    query: &Query,
    result: &SearchResult,
    report: &mut Report,
    what: impl Fn(&str) -> String,
) {
    let ids: Vec<String> = result.hits.iter().map(|hit| hit.id.clone()).collect();
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    let said = query.ids.as_ref().or(query.set.as_ref()).map(Vec::len);
    match (&query.ids, &query.set) {
        (Some(wanted), None) => report.equal(&what("ids"), ids, wanted.clone()),
        (None, Some(wanted)) => report.equal(&what("set"), sorted(ids), sorted(wanted.clone())),
        (None, None)
            if query.error.is_some() || query.total.is_some() || !query.title.is_empty() => {}
        _ => panic!(
            "{}: `{}` must say either `ids` or `set`",
            report.file, query.query
        ),
    }
    let total = query
        .total
        .or(said.map(|count| u32::try_from(count).unwrap()));
    if let Some(total) = total {
        report.equal(&what("total"), result.total, total);
    }
    let relaxed = result.relaxed.as_ref();
    report.equal(
        &what("dropped"),
        relaxed.map(|r| r.dropped.clone()),
        query.dropped.clone(),
    );
    if let Some(complete) = query.complete {
        report.equal(
            &what("complete"),
            relaxed.map(|r| r.complete),
            Some(complete),
        );
    }
}

fn check_marks(
    query: &Query,
    result: &SearchResult,
    report: &mut Report,
    what: impl Fn(&str) -> String,
) {
    let hit = |id: &String| result.hits.iter().find(|hit| hit.id == *id);
    for (id, wanted) in &query.title {
        let got = hit(id).map(|hit| marked(&hit.title.text, &hit.title.marks));
        report.equal(&what("title"), got, Some(wanted.clone()));
    }
    for (id, wanted) in &query.snippet {
        let got = hit(id).map(|hit| marked(&hit.snippet.text, &hit.snippet.marks));
        report.equal(&what("snippet"), got, Some(wanted.clone()));
    }
    for (id, wanted) in &query.missing {
        report.equal(
            &what("missing"),
            hit(id).map(|hit| hit.missing.clone()),
            Some(wanted.clone()),
        );
    }
    if let Some(wanted) = &query.captions {
        let captions = result.hits.iter().filter(|hit| hit.snippet.caption);
        report.equal(
            &what("captions"),
            captions.map(|hit| hit.id.clone()).collect(),
            wanted.clone(),
        );
    }
}

fn check_suggest(engine: &Engine, own: &Suggest, report: &mut Report) {
    let suggestions = engine.suggest(&own.typed, own.limit).unwrap();
    let show = suggestions.into_iter().map(|own| match own.id {
        Some(id) => format!("{} {id}", own.text),
        None => own.text,
    });
    report.equal(
        &format!("suggest `{}`", own.typed),
        show.collect(),
        own.gives.clone(),
    );
}

/// The article that an id gives is the one that went in, key by key of the JSON that people see.
fn check_lookup(engine: &Engine, archive: &Archive, own: &Lookup, report: &mut Report) {
    let what = format!("article `{}`", own.id);
    let got = engine.article(&own.id).unwrap();
    report.equal(&what, got.is_some(), own.found);
    let Some(got) = got else { return };
    let wanted = archive
        .article
        .iter()
        .find(|article| article.id == own.id)
        .unwrap();
    let metadata = match got.metadata.as_str() {
        "" => BTreeMap::new(),
        text => serde_json::from_str(text).unwrap(),
    };
    report.equal(&what, metadata, wanted.metadata.clone());
    let got = serde_json::to_value(&got).unwrap();
    let wanted = serde_json::to_value(Article {
        metadata: BTreeMap::new(),
        ..wanted.clone()
    })
    .unwrap();
    for (key, value) in wanted.as_object().unwrap() {
        report.equal(&format!("{what} {key}"), got.get(key), Some(value));
    }
}

fn check_file(path: &Path) -> Report {
    let text = std::fs::read_to_string(path).unwrap();
    let file = path.file_name().unwrap().to_string_lossy().into_owned();
    let archive: Archive = toml::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
    for article in &archive.article {
        let unknown = article
            .metadata
            .keys()
            .find(|key| !archive.facets.contains(key));
        assert_eq!(
            unknown, None,
            "{file}: a key that is neither an article's nor a facet"
        );
    }
    let engine = open(&archive.article, &archive.facets);
    let mut report = Report {
        file,
        checked: 0,
        wrong: Vec::new(),
    };
    archive
        .query
        .iter()
        .for_each(|query| check_query(&engine, query, &mut report));
    archive
        .suggest
        .iter()
        .for_each(|own| check_suggest(&engine, own, &mut report));
    archive
        .lookup
        .iter()
        .for_each(|own| check_lookup(&engine, &archive, own, &mut report));
    report
}

#[test]
fn every_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/search");
    let files = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", folder.display());
    let reports: Vec<Report> = files.iter().map(|path| check_file(path)).collect();
    for report in &reports {
        println!("{}: {} checks", report.file, report.checked);
        assert!(report.checked > 0, "{} checks nothing", report.file);
    }
    let wrong: Vec<&str> = reports
        .iter()
        .flat_map(|report| &report.wrong)
        .map(String::as_str)
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
