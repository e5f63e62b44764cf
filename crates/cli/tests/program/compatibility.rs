//! `testdata/format-3/` is a bundle that was built once, without a runtime. Every program that reads its format
//! version opens it and gives the answers that it gave then.
//!
//! It is built anew only together with a new format version, or with other rules of the analyser, which refuse
//! older bundles by its fingerprint:
//!
//! ```text
//! souwen build corpus/markdown corpus/html --config testdata/format-3.toml --runtime testdata/no-runtime --out testdata/format-3
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{folder, souwen, text};

fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/format-3")
}

/// A copy of the bundle, to be changed.
fn copy(to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(committed()).unwrap() {
        let from = entry.unwrap().path();
        fs::copy(&from, to.join(from.file_name().unwrap())).unwrap();
    }
}

#[test]
fn a_bundle_of_this_format_is_sound_and_answers_as_ever() {
    let bundle = committed();
    souwen(["verify", text(&bundle)]).ok();
    let parts = fs::read_dir(&bundle).unwrap();
    let is_part = |name: &str| name.starts_with("part-");
    let parts = parts.filter(|own| {
        own.as_ref()
            .is_ok_and(|own| own.file_name().to_str().is_some_and(is_part))
    });
    assert!(parts.count() > 2, "it is in parts");
    let answers: Vec<serde_json::Value> =
        serde_json::from_slice(&fs::read(bundle.with_extension("answers.json")).unwrap()).unwrap();
    assert!(answers.len() > 5);
    for answer in answers {
        let query = answer["query"].as_str().unwrap();
        let found = souwen(["search", text(&bundle), query, "--json", "--limit", "3"])
            .ok()
            .json();
        let ids: Vec<&str> = found["hits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| hit["id"].as_str().unwrap())
            .collect();
        assert_eq!(found["total"], answer["total"], "{query}");
        assert_eq!(serde_json::json!(ids), answer["ids"], "{query}");
    }
}

#[test]
fn a_bundle_of_a_later_format_is_told_from_a_damaged_one() {
    let dir = folder();
    let bundle = dir.path().join("later");
    copy(&bundle);
    let path = bundle.join("souwen.json");
    let manifest = fs::read_to_string(&path).unwrap();
    assert!(manifest.contains("\"format\": 3,"));
    fs::write(&path, manifest.replace("\"format\": 3,", "\"format\": 4,")).unwrap();
    let said = [
        "bundle format 4",
        "reads format 3",
        "build the bundle again",
    ];
    souwen(["verify", text(&bundle)]).refused(&said);
    souwen(["search", text(&bundle), "桥"]).refused(&said);

    let index = fs::read_dir(&bundle)
        .unwrap()
        .map(|own| own.unwrap().path());
    let index = index
        .into_iter()
        .find(|path| text(path).contains("index-"))
        .unwrap();
    let mut bytes = fs::read(&index).unwrap();
    bytes[8] = 4;
    fs::write(&index, bytes).unwrap();
    souwen(["search", text(&index), "桥"]).refused(&["version 4", "3"]);
}
