//! Asking a bundle.

use crate::common::{bundle, souwen};

/// The ids of the articles found, in order.
fn found(args: &[&str]) -> Vec<String> {
    let mut command = crate::common::program();
    let output = command
        .args(["search", bundle()])
        .args(args)
        .arg("--json")
        .output()
        .unwrap();
    let run = crate::common::run_of(&output).ok();
    let hits = run.json()["hits"].as_array().unwrap().clone();
    hits.iter()
        .map(|hit| hit["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn limits_order_and_filters() {
    assert_eq!(found(&["沄河"]), ["bridge", "photo"]);
    assert_eq!(found(&["沄河", "--sort", "date"]), ["photo", "bridge"]);
    assert_eq!(found(&["沄河", "--limit", "1"]), ["bridge"]);
    assert_eq!(found(&["沄河", "--limit", "1", "--offset", "1"]), ["photo"]);
    assert_eq!(found(&["沄河", "--limit", "0"]), [""; 0]);
    assert_eq!(found(&["沄河", "--filter", "section=民生"]), ["photo"]);
    let both = [
        "沄河",
        "--filter",
        "section=民生",
        "--filter",
        "section=要闻",
    ];
    assert_eq!(found(&both), ["bridge", "photo"]);
    assert_eq!(
        found(&["沄河", "--filter", "date=2022-01..2022-11"]),
        ["bridge"]
    );
    assert_eq!(found(&["沄河", "--filter", "kind=photo"]), ["photo"]);
    assert_eq!(found(&["", "--filter", "channel=集市"]), ["tea"]);
    assert_eq!(found(&["沄河 -大桥"]), ["photo"]);
    // A query may begin with a hyphen, and be one of the program's own options.
    assert_eq!(found(&["-沄河"]), ["tea"]);
    assert_eq!(found(&["--limit", "1", "-沄河"]), ["tea"]);
}

#[test]
fn bad_filters_are_explained() {
    let run = souwen(["search", bundle(), "沄河", "--filter", "topic=x"]);
    run.refused(&["topic", "section", "channel"]);
    souwen(["search", bundle(), "沄河", "--filter", "date=昨日"]).refused(&["昨日", "YYYY-MM-DD"]);
}

#[test]
fn answers_for_people() {
    let shown = souwen(["search", bundle(), "沄河大桥 柏舟"]).ok().stdout;
    for part in ["  1. 【沄河大桥】合龙", "2022-06-05 · 要闻 · 柏舟"] {
        assert!(shown.contains(part), "no `{part}` in: {shown}");
    }
    assert!(!shown.contains('\x1b'), "{shown}");
    let relaxed = souwen(["search", bundle(), "沄河大桥 采茶"]).ok().stdout;
    assert!(
        relaxed.starts_with("No article holds all words; without: "),
        "{relaxed}"
    );
    let none = souwen(["search", bundle(), "鲸鱼"]).ok().stdout;
    assert_eq!(none, "No article found\n");
}

#[test]
fn words_as_the_index_sees_them() {
    let line = souwen(["segment", bundle(), "沄河大桥，昨日合龙！"])
        .ok()
        .stdout;
    assert_eq!(line.lines().count(), 1);
    let words: String = line.replace(['(', ')', ' ', '\n'], "");
    assert!(
        words.contains("昨日合龙") && !words.contains('，'),
        "{line}"
    );
    let units = souwen(["segment", bundle(), "𠮷：昨日", "--json"])
        .ok()
        .json();
    let unit = units.as_array().unwrap().last().unwrap().clone();
    let expected = serde_json::json!({"text": "昨日", "start": 3, "end": 5, "inner": false});
    assert_eq!(unit, expected);
}
