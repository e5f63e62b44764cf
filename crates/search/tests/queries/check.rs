//! A case against what the engine gives.

use souwen_search::{Hit, SearchOptions, SearchResult, Sort, Wanted};

use crate::archives::Opened;
use crate::format::{Case, OneOrMany};
use crate::verdict::Verdict;
use crate::{completions, gap, shown};

pub(crate) fn check(archive: &Opened, case: &Case) -> Verdict {
    let mut verdict = Verdict::default();
    match (&case.query, &case.suggest, &case.related) {
        (Some(query), None, None) => check_search(archive, case, query, &mut verdict),
        (None, Some(typed), None) => completions::suggest(archive, case, typed, &mut verdict),
        (None, None, Some(query)) => completions::related(archive, case, query, &mut verdict),
        _ => verdict
            .wrong
            .push("the case: one of `query`, `suggest`, `related`".into()),
    }
    verdict
}

fn options(case: &Case) -> SearchOptions {
    let wanted = |wanted: &OneOrMany| Wanted::Any(wanted.list());
    let filters = case.filters.iter();
    SearchOptions {
        limit: case.limit.unwrap_or(100),
        sort: match case.sort.as_deref() {
            None => Sort::Relevance,
            Some("date") => Sort::Date,
            Some(other) => panic!("no such order: {other}"),
        },
        filters: filters
            .map(|(field, own)| (field.clone(), wanted(own)))
            .collect(),
        ..SearchOptions::default()
    }
}

fn check_search(archive: &Opened, case: &Case, query: &str, verdict: &mut Verdict) {
    let result = match gap::search(&archive.engine, query, &options(case), !case.typed) {
        Ok(result) => result,
        Err(error) => return verdict.wrong.push(format!("an error: {error}")),
    };
    check_order(archive, case, &result, verdict);
    check_total(case, &result, verdict);
    check_corrections(case, &result, verdict);
    let hit = result.hits.first();
    if let Some(hit) = hit {
        shown::hit(archive, case, hit, verdict);
    } else {
        let asks = case.title.is_some() || case.snippet.is_some() || !case.marks.is_empty();
        verdict.demand(!asks, || "no hit to look at".into());
    }
    for (field, wanted) in &case.counts {
        let counts = result.facets.iter().find(|(name, _)| name == field);
        let counts = counts.map_or(&[][..], |(_, counts)| counts);
        let counts = counts
            .iter()
            .map(|own| format!("{} {}", own.value, own.count));
        let counts: Vec<String> = counts.take(wanted.len()).collect();
        verdict.equal(field, &counts, wanted);
    }
}

fn check_order(archive: &Opened, case: &Case, result: &SearchResult, verdict: &mut Verdict) {
    let labels = |hits: &[Hit]| {
        let labels: Vec<String> = hits.iter().map(|hit| archive.label(&hit.id)).collect();
        labels.join(" / ")
    };
    let came = &result.hits[..result.hits.len().min(3)];
    let got = || labels(came);
    if let Some(first) = &case.first {
        let names = first.list();
        let ids: Vec<String> = names
            .iter()
            .flat_map(|name| verdict.ids(archive, name))
            .collect();
        let right = result.hits.first().is_some_and(|hit| ids.contains(&hit.id));
        verdict.first = Some(right);
        verdict.demand(right, || format!("first: got {} [{}]", got(), result.total));
    }
    if let Some(top) = &case.top {
        let in_place = |at: usize, name: &String, verdict: &mut Verdict| {
            let ids = verdict.ids(archive, name);
            result.hits.get(at).is_some_and(|hit| ids.contains(&hit.id))
        };
        let right: Vec<bool> = top
            .iter()
            .enumerate()
            .map(|(at, name)| in_place(at, name, verdict))
            .collect();
        verdict.first = right.first().copied();
        let came = &result.hits[..result.hits.len().min(top.len() + 1)];
        verdict.demand(right.iter().all(|&own| own), || {
            format!("top: got {}", labels(came))
        });
    }
    if let Some(set) = &case.set {
        let mut wanted: Vec<String> = set
            .iter()
            .flat_map(|name| verdict.ids(archive, name))
            .collect();
        let mut ids: Vec<String> = result.hits.iter().map(|hit| hit.id.clone()).collect();
        wanted.sort();
        ids.sort();
        verdict.demand(ids == wanted, || {
            format!(
                "set: got {} of {}: {}",
                ids.len(),
                wanted.len(),
                labels(&result.hits)
            )
        });
    }
    for name in &case.has {
        let ids = verdict.ids(archive, name);
        let held = result.hits.iter().take(10).any(|hit| ids.contains(&hit.id));
        verdict.demand(held, || format!("has not {name}; got {}", got()));
    }
    for name in &case.lacks {
        let ids = verdict.ids(archive, name);
        let held = result.hits.iter().any(|hit| ids.contains(&hit.id));
        verdict.demand(!held, || format!("should lack {name}; got {}", got()));
    }
}

fn check_total(case: &Case, result: &SearchResult, verdict: &mut Verdict) {
    let relaxed = result.relaxed.as_ref();
    if let Some(total) = case.total {
        let complete = relaxed.map_or(result.total, |own| own.complete);
        verdict.equal("total", &complete, &total);
    }
    if case.nothing {
        verdict.equal("total", &result.total, &0);
    }
    if let Some(wanted) = case.relaxed {
        verdict.equal("relaxed", &relaxed.is_some(), &wanted);
    }
    if let Some(dropped) = &case.dropped {
        let got = relaxed.map(|own| own.dropped.clone()).unwrap_or_default();
        verdict.equal("dropped", &got, dropped);
    }
    if case.nonsense {
        let said = relaxed.is_some_and(|own| own.complete == 0 && !own.dropped.is_empty());
        let corrected = gap::corrections(result).iter().any(|own| own.applied);
        verdict.demand(result.total == 0 || (said && !corrected), || {
            format!("nonsense: {} hits, not said to be relaxed", result.total)
        });
    }
}

fn check_corrections(case: &Case, result: &SearchResult, verdict: &mut Verdict) {
    let corrections = gap::corrections(result);
    let show = || {
        let show = corrections.iter();
        let show: Vec<String> = show
            .map(|own| format!("{} ({}, {})", own.query, own.reason, own.applied))
            .collect();
        show.join(" / ")
    };
    let applied = corrections.iter().find(|own| own.applied);
    // Only the words matter: where spaces stand between them is the engine's own affair.
    let plain = |text: &str| text.replace(' ', "");
    if let Some(wanted) = &case.corrected {
        let wanted: Vec<String> = wanted.list().iter().map(|own| plain(own)).collect();
        let right = applied.is_some_and(|own| wanted.contains(&plain(&own.query)));
        verdict.demand(right, || {
            format!("corrected: got [{}], wanted {wanted:?}", show())
        });
    }
    if let Some(wanted) = &case.reason {
        let right = applied.is_some_and(|own| wanted.list().contains(&own.reason));
        verdict.demand(right, || {
            format!("reason: got [{}], wanted {:?}", show(), wanted.list())
        });
    }
    if case.as_typed || case.typed {
        verdict.demand(applied.is_none(), || format!("was corrected: [{}]", show()));
    }
    if let Some(wanted) = &case.offered {
        let right = corrections
            .iter()
            .any(|own| !own.applied && plain(&own.query) == plain(wanted));
        verdict.demand(right, || {
            format!("offered: got [{}], wanted {wanted}", show())
        });
    }
}
