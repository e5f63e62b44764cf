//! Bad input: exit status 1, a message with the file's name, and nothing half-written.

use std::fs;
use std::path::Path;

use crate::common::{archive, bundle, folder, index_of, names, own_bundle, souwen, text};

#[test]
fn input_without_articles() {
    let dir = folder();
    let out = dir.path().join("bundle");
    let write = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let none = dir.path().join("folder");
    fs::create_dir(&none).unwrap();
    let binary: Vec<u8> = (0..=255).cycle().take(4096).collect();
    for path in [
        write("binary.txt", &binary),
        write("empty.txt", b""),
        write("empty.jsonl", b""),
        write("broken.jsonl", b"{\"title\":\n"),
        none,
        dir.path().join("missing.txt"),
    ] {
        let name = path.file_name().unwrap().to_str().unwrap();
        let before = names(dir.path());
        souwen(["extract", text(&path)]).refused(&[name, "no article was found"]);
        souwen(["build", text(&path), "--out", text(&out)]).refused(&[name]);
        assert_eq!(names(dir.path()), before);
    }
}

#[test]
fn bad_files_cost_the_others_nothing_unless_strict() {
    let (dir, input) = archive();
    let empty = dir.path().join("empty.txt");
    fs::write(&empty, "").unwrap();
    let out = dir.path().join("bundle");
    let run = souwen([
        "build",
        text(&input),
        text(&empty),
        "--out",
        text(&out),
        "--strict",
    ]);
    run.refused(&["empty.txt", "--strict"]);
    assert_eq!(names(dir.path()), ["articles.jsonl", "empty.txt"]);
    let run = souwen(["extract", text(&input), text(&empty), "--strict"]);
    assert_eq!(
        run.refused(&["empty.txt", "--strict"])
            .stdout
            .lines()
            .count(),
        3
    );
    souwen(["extract", text(&input), text(&empty)]).ok();
    souwen(["build", text(&input), text(&empty), "--out", text(&out)]).ok();
    assert!(
        souwen(["inspect", text(&out)])
            .ok()
            .stdout
            .contains("articles    3")
    );
}

#[test]
fn an_older_bundle_survives_a_failure() {
    let (dir, out) = own_bundle();
    let empty = dir.path().join("empty.txt");
    fs::write(&empty, "").unwrap();
    souwen(["build", text(&empty), "--out", text(&out)]).refused(&["empty.txt"]);
    souwen(["verify", text(&out)]).ok();
    assert_eq!(names(&out), names(Path::new(bundle())));
    assert_eq!(names(dir.path()), ["bundle", "empty.txt"]);
}

/// Every command that opens a bundle refuses this one, and names the file.
fn refused_by_all(bundle: &str, parts: &[&str]) {
    souwen(["search", bundle, "沄河"]).refused(parts);
    souwen(["segment", bundle, "沄河"]).refused(parts);
    souwen(["inspect", bundle]).refused(parts);
    souwen(["verify", bundle]).refused(parts);
}

#[test]
fn no_bundle() {
    let dir = folder();
    refused_by_all(
        text(&dir.path().join("missing")),
        &["missing", "no such bundle"],
    );
    refused_by_all(text(dir.path()), &[text(dir.path()), "no souwen.json"]);
    let file = dir.path().join("page.souwen");
    fs::write(&file, "<!doctype html>").unwrap();
    refused_by_all(text(&file), &["page.souwen", "not a Souwen index"]);
    let manifest = dir.path().join("souwen.json");
    fs::write(&manifest, "{").unwrap();
    refused_by_all(text(dir.path()), &["souwen.json", "not the manifest"]);
}

#[test]
fn truncated_and_damaged_bundles() {
    let (_dir, out) = own_bundle();
    let index = index_of(&out);
    let name = index.file_name().unwrap().to_str().unwrap();
    let bytes = fs::read(&index).unwrap();
    for length in [0, 7, 20, bytes.len() / 2, bytes.len() - 1] {
        fs::write(&index, bytes.get(..length).unwrap()).unwrap();
        refused_by_all(text(&out), &[name]);
        refused_by_all(text(&index), &[name]);
    }
    let run = souwen(["verify", text(&out)]);
    run.refused(&["truncated", &format!("of {} bytes", bytes.len())]);
    for at in [9, 40, bytes.len() / 3, bytes.len() - 1] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        fs::write(&index, damaged).unwrap();
        refused_by_all(text(&out), &[name]);
    }
    fs::remove_file(&index).unwrap();
    refused_by_all(text(&out), &[name, "no such file"]);
}

#[test]
fn bundles_of_another_version() {
    let (_dir, out) = own_bundle();
    let manifest = out.join("souwen.json");
    let json = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, json.replace("\"format\": 3", "\"format\": 9")).unwrap();
    refused_by_all(text(&out), &["souwen.json", "bundle format 9", "format 3"]);
    let input = out.with_file_name("new.jsonl");
    fs::write(&input, "{\"title\":\"沄河\"}").unwrap();
    souwen(["build", text(&input), "--out", text(&out)]).refused(&["souwen.json", "format 9"]);
    fs::write(&manifest, &json).unwrap();

    let index = index_of(&out);
    let mut bytes = fs::read(&index).unwrap();
    bytes[8] = 9;
    fs::write(&index, bytes).unwrap();
    let name = index.file_name().unwrap().to_str().unwrap();
    refused_by_all(text(&out), &[name, "version 9"]);
}

#[test]
fn a_manifest_of_another_bundle() {
    let (_dir, out) = own_bundle();
    let manifest = out.join("souwen.json");
    let json = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        json.replace("\"articles\": 3", "\"articles\": 4"),
    )
    .unwrap();
    souwen(["verify", text(&out)]).refused(&["index-", "souwen.json"]);
}

#[test]
fn wrong_usage() {
    for args in [
        &["build", "x"][..],
        &["extract"],
        &["search", "x", "y", "--limit", "1001"],
        &["search", "x", "y", "--filter", "民生"],
        &["search", "x", "y", "--sort", "size"],
        &["serve", "x", "--port", "70000"],
        &["unknown"],
        &[],
    ] {
        let status = crate::common::program().args(args).output().unwrap().status;
        assert_eq!(status.code(), Some(2), "{args:?}");
    }
}
