//! Shards, and the memory that a build may use.

use std::fs;
use std::path::Path;

use crate::common::{archive, folder, index_of, names, repository, souwen, text};

fn build_shard(input: &str, shard: &str, out: &Path) {
    let args = ["build", input, "--name", "报", "--shard", shard, "--out"];
    let [a, b, c, d, e, f, g] = args;
    souwen([a, b, c, d, e, f, g, text(out)]).ok();
}

#[test]
fn merged_shards_are_the_bundle_of_one_build() {
    let dir = folder();
    let corpus = repository("corpus");
    let input = text(&corpus);
    let whole = dir.path().join("whole");
    let args = ["build", input, "--name", "报", "--out", text(&whole)];
    souwen(args).ok();
    let shards = [1, 2, 3].map(|number| dir.path().join(format!("shard-{number}")));
    for (number, out) in (1..).zip(&shards) {
        build_shard(input, &format!("{number}/3"), out);
        assert_eq!(names(out), ["articles", "counts", "places", "shard.json"]);
    }
    let merged = dir.path().join("merged");
    let [first, second, third] = &shards;
    let out = text(&merged);
    souwen([
        "merge",
        text(third),
        text(first),
        text(second),
        "--memory",
        "256M",
        "--out",
        out,
    ])
    .ok();
    // A merge does not know the input, so that there is nothing to remember for an update.
    fs::remove_file(whole.join("souwen.state")).unwrap();
    assert_eq!(names(&merged), names(&whole));
    for name in names(&whole) {
        let bytes = |folder: &Path| fs::read(folder.join(&name)).unwrap();
        assert!(bytes(&merged) == bytes(&whole), "{name} differs");
    }
    souwen(["verify", out]).ok();

    souwen(["merge", text(first), text(third), "--out", out])
        .refused(&["of 3 shards, 2 is missing"]);
    souwen(["merge", text(first), text(&whole), "--out", out]).refused(&[
        "whole",
        "not a shard",
        "--shard",
    ]);
    assert_eq!(names(&merged), names(&whole));
    // Nothing but what was asked for is beside the bundles.
    let all = ["merged", "shard-1", "shard-2", "shard-3", "whole"];
    assert_eq!(names(dir.path()), all);
}

#[test]
fn a_shard_takes_no_place_of_anything() {
    let (dir, input) = archive();
    let out = dir.path().join("bundle");
    souwen(["build", text(&input), "--out", text(&out)]).ok();
    let index = index_of(&out);
    let args = ["build", text(&input), "--shard", "1/2", "--out", text(&out)];
    souwen(args).refused(&["holds a bundle"]);
    assert!(index.is_file());
    let shard = dir.path().join("shard");
    build_shard(text(&input), "1/2", &shard);
    let args = [
        "build",
        text(&input),
        "--shard",
        "1/2",
        "--out",
        text(&shard),
    ];
    souwen(args).refused(&["not empty"]);
}

#[test]
fn sizes_and_shards_that_cannot_be() {
    let (dir, input) = archive();
    let out = dir.path().join("bundle");
    let (input, out) = (text(&input), text(&out));
    for (flag, value, said) in [
        ("--memory", "64M", "192M"),
        ("--memory", "lots", "512M"),
        ("--shard", "3/2", "I/N"),
    ] {
        let run = souwen(["build", input, "--out", out, flag, value]);
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    souwen(["build", input, "--out", out, "--memory", "256M"]).ok();
}
