//! The demo newspaper, and where they are at hand the shared pages, against lists of what an editor would have cut.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::path::{Path, PathBuf};

use serde_json::Value;
use souwen_corpus::{Article, Options, read_paths};

fn norm(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '，' => ',',
            '：' => ':',
            '（' => '(',
            '）' => ')',
            '；' => ';',
            '？' => '?',
            '！' => '!',
            '“' | '”' | '『' | '』' | '「' | '」' => '"',
            '‘' | '’' => '\'',
            c => c,
        })
        .collect()
}

fn texts(article: &Article) -> Vec<String> {
    [&article.kicker, &article.title, &article.subtitle]
        .into_iter()
        .chain(&article.paragraphs)
        .chain(&article.captions)
        .filter(|text| !text.is_empty())
        .map(|text| norm(text))
        .collect()
}

fn strings(gold: &Value, key: &str) -> Vec<String> {
    gold.get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(norm)
        .collect()
}

/// What is wrong with the page's articles, by the gold list's entry for one of them; and how many checks were made.
fn check_article(gold: &Value, articles: &[Article], faults: &mut Vec<String>) -> usize {
    let title = gold.get("title").and_then(Value::as_str).map(norm);
    let wanted: Vec<String> = [strings(gold, "has"), strings(gold, "once")].concat();
    let score = |article: &Article| {
        let whole = texts(article).join("\n");
        wanted.iter().filter(|w| whole.contains(*w)).count() * 2
            + usize::from(title.as_ref() == Some(&norm(&article.title)))
    };
    let Some(best) = articles
        .iter()
        .max_by_key(|a| score(a))
        .filter(|a| score(a) > 0)
    else {
        faults.push(format!("{title:?}: not found"));
        return 1;
    };
    let parts = texts(best);
    let whole = parts.join("\n");
    let heads = norm(&[best.kicker.as_str(), &best.title, &best.subtitle].concat());
    let mut checks: Vec<(String, bool)> = Vec::new();
    if let Some(title) = &title {
        checks.push((format!("title {}", best.title), *title == norm(&best.title)));
    }
    for key in ["kicker", "subtitle"] {
        if let Some(text) = gold.get(key).and_then(Value::as_str) {
            checks.push((format!("{key} {text}"), heads.contains(&norm(text))));
        }
    }
    for name in strings(gold, "reporters") {
        checks.push((format!("reporter {name}"), best.reporters.contains(&name)));
    }
    for text in strings(gold, "has") {
        checks.push((format!("has {text}"), whole.contains(&text)));
    }
    for text in strings(gold, "joined") {
        checks.push((
            format!("joined {text}"),
            parts.iter().any(|part| part.contains(&text)),
        ));
    }
    for text in strings(gold, "once") {
        checks.push((format!("once {text}"), whole.matches(&text).count() == 1));
    }
    for text in strings(gold, "not") {
        checks.push((format!("not {text}"), !whole.contains(&text)));
    }
    for other in articles.iter().filter(|other| !std::ptr::eq(*other, best)) {
        let other = texts(other).join("\n");
        checks.push((
            "apart".to_owned(),
            !wanted.iter().any(|w| other.contains(w)),
        ));
    }
    faults.extend(
        checks
            .iter()
            .filter(|(_, ok)| !ok)
            .map(|(what, _)| format!("{title:?}: {what}")),
    );
    checks.len()
}

fn faults(folder: &Path, gold: &Path) -> (usize, Vec<String>) {
    let gold: Value = serde_json::from_str(&std::fs::read_to_string(gold).unwrap()).unwrap();
    let mut articles = Vec::new();
    read_paths(&[folder.to_owned()], &Options::default(), &mut |item| {
        articles.push(item.unwrap())
    });
    let (mut checks, mut faults) = (0, Vec::new());
    for (file, list) in gold.as_object().unwrap() {
        let page: Vec<Article> = articles
            .iter()
            .filter(|a| {
                a.source
                    .as_ref()
                    .is_some_and(|s| s.file.rsplit('/').next() == Some(file))
            })
            .cloned()
            .collect();
        for item in list.as_array().unwrap() {
            checks += check_article(item, &page, &mut faults);
        }
    }
    (checks, faults)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_demo_newspaper_is_cut_without_a_fault() {
    let (checks, faults) = faults(&root().join("corpus"), &root().join("tests/demo-gold.json"));
    assert!(checks > 300, "{checks} checks were made");
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn real_pages_are_cut_well() {
    let shared = root().join("../shared/corpus");
    let (folder, gold) = (
        shared.join("newspaper-pages"),
        shared.join("page-gold.json"),
    );
    if !gold.exists() {
        println!("skipped: the shared pages are not here");
        return;
    }
    let (checks, faults) = faults(&folder, &gold);
    // 97 of 100 checks is what an editor would let pass.
    assert!(
        faults.len() * 100 <= checks * 3,
        "{} of {checks}: {faults:#?}",
        faults.len()
    );
}
