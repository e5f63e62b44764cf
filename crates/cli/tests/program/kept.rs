//! `build --keep N`: what pages that were opened before a deploy still ask for.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::common::{folder, names, program, run_of, souwen, text};

/// Builds a bundle of so many articles, in small parts.
fn build<const N: usize>(dir: &Path, count: u32, options: [&str; N]) -> BTreeSet<String> {
    let (input, config, out) = (
        dir.join("in.jsonl"),
        dir.join("souwen.toml"),
        dir.join("bundle"),
    );
    let article = |n: u32| {
        format!(
            "{{\"id\":\"{n}\",\"title\":\"沄河开渔第{n}日\",\"body\":\"沄河今日捕鱼{n}斤。\"}}\n"
        )
    };
    fs::write(&input, (0..count).map(article).collect::<String>()).unwrap();
    fs::write(&config, "[bundle]\nsingle_file = 0\npart = 16384\n").unwrap();
    let mut args = vec![
        "build",
        text(&input),
        "--config",
        text(&config),
        "--out",
        text(&out),
    ];
    args.extend(options);
    run_of(&program().args(args).output().unwrap()).ok();
    names(&out).into_iter().collect()
}

#[test]
fn files_of_earlier_builds_stay_as_long_as_is_said() {
    let dir = folder();
    let bundle = dir.path().join("bundle");
    let own = |names: &BTreeSet<String>| -> BTreeSet<String> {
        let hashed = |name: &&String| name.starts_with("part-") || name.starts_with("index-");
        names.iter().filter(hashed).cloned().collect()
    };
    let first = build(dir.path(), 1000, []);
    assert!(!first.contains("souwen.kept.json"));
    fs::write(bundle.join("robots.txt"), "mine").unwrap();

    let second = build(dir.path(), 1500, ["--keep", "1"]);
    assert!(own(&second).is_superset(&own(&first)));
    assert!(own(&second).len() > own(&first).len());
    let said = souwen(["verify", text(&bundle)]).ok().stderr;
    assert!(
        !said.contains("index-") && said.contains("robots.txt"),
        "{said}"
    );

    let third = build(dir.path(), 2000, ["--keep", "1"]);
    let second_only = own(&second)
        .difference(&own(&first))
        .cloned()
        .collect::<BTreeSet<_>>();
    assert!(own(&third).is_superset(&second_only));
    let gone: Vec<&String> = first
        .iter()
        .filter(|name| name.starts_with("index-"))
        .collect();
    assert!(gone.iter().all(|name| !third.contains(*name)));

    let fourth = build(dir.path(), 2000, []);
    let alone = dir.path().join("alone");
    fs::rename(&bundle, &alone).unwrap();
    let fresh = build(dir.path(), 2000, []);
    assert_eq!(
        own(&fourth),
        own(&fresh),
        "nothing is kept that nobody asked for"
    );
    assert_eq!(
        fs::read_to_string(alone.join("robots.txt")).unwrap(),
        "mine"
    );
}
