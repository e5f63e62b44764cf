//! Completions and related searches.

use crate::archives::Opened;
use crate::format::Case;
use crate::gap;
use crate::verdict::Verdict;

fn limit(case: &Case, usual: usize) -> usize {
    case.limit
        .map_or(usual, |limit| usize::try_from(limit).unwrap())
}

pub(crate) fn related(archive: &Opened, case: &Case, query: &str, verdict: &mut Verdict) {
    let related = gap::related(&archive.engine, query, limit(case, 8));
    check_texts(case, &related, verdict);
}

pub(crate) fn suggest(archive: &Opened, case: &Case, typed: &str, verdict: &mut Verdict) {
    let suggestions = match archive.engine.suggest(typed, limit(case, 8)) {
        Ok(suggestions) => suggestions,
        Err(error) => return verdict.wrong.push(format!("an error: {error}")),
    };
    let texts: Vec<String> = suggestions.iter().map(|own| own.text.clone()).collect();
    if let Some(first) = &case.first {
        let right = texts
            .first()
            .is_some_and(|text| first.list().iter().any(|own| fits(text, own)));
        verdict.first = Some(right);
        verdict.demand(right, || format!("first: got {texts:?}"));
    }
    for own in suggestions.iter().filter(|own| own.kind == "title") {
        let id = own.id.as_deref().unwrap_or_default();
        let found = archive.engine.article(id).unwrap();
        verdict.demand(
            found.is_some_and(|article| article.title == own.text),
            || format!("{} is not the headline of {id}", own.text),
        );
    }
    check_texts(case, &texts, verdict);
}

/// Whether a text is the wanted one, or holds the part of a headline that `…` ends.
fn fits(text: &str, wanted: &str) -> bool {
    match wanted.strip_suffix('…') {
        Some(part) => text.contains(part),
        None => text == wanted,
    }
}

fn check_texts(case: &Case, texts: &[String], verdict: &mut Verdict) {
    let held = |wanted: &String| texts.iter().any(|text| fits(text, wanted));
    for wanted in &case.has {
        verdict.demand(held(wanted), || format!("has not {wanted}; got {texts:?}"));
    }
    for wanted in &case.lacks {
        verdict.demand(!held(wanted), || {
            format!("should lack {wanted}; got {texts:?}")
        });
    }
    let any = case
        .any
        .iter()
        .any(|own| texts.iter().any(|text| text.contains(own)));
    verdict.demand(case.any.is_empty() || any, || {
        format!("got {texts:?}, wanted any of {:?}", case.any)
    });
    if let Some(total) = case.total {
        verdict.equal("how many", &texts.len(), &usize::try_from(total).unwrap());
    }
}
