//! `build --update`: only what has changed is read and written, and answers are those of a new build.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::common::{Run, archive, folder, names, run_of, souwen, text};

/// Files of ten articles each, and settings that cut a small archive into parts.
struct Archive {
    dir: TempDir,
    input: PathBuf,
    config: PathBuf,
    bundle: PathBuf,
}

fn article(number: usize) -> String {
    // Articles that are no reprints of each other.
    let place = |at: usize| {
        let code = 0x4E00 + (number * 131 + at * 37) % 3000;
        char::from_u32(u32::try_from(code).unwrap()).unwrap()
    };
    let body: String = (0..90).map(place).collect();
    let section = ["要闻", "民生", "副刊"][number % 3];
    let day = number % 28 + 1;
    format!(
        r#"{{"id":"a{number}","title":"沄河开渔第{number}日","date":"2024-02-{day:02}","section":"{section}","body":"沄河今日捕鱼{number}斤。{body}"}}"#
    )
}

impl Archive {
    fn new() -> Self {
        let dir = folder();
        let own = Self {
            input: dir.path().join("input"),
            config: dir.path().join("souwen.toml"),
            bundle: dir.path().join("bundle"),
            dir,
        };
        fs::create_dir(&own.input).unwrap();
        fs::write(&own.config, "[bundle]\nsingle_file = 0\npart = 16384\n").unwrap();
        for file in 0..6 {
            let articles: Vec<String> = (file * 10..file * 10 + 10).map(article).collect();
            own.write(&format!("{file}.jsonl"), &articles.join("\n"));
        }
        own.build("--out", &own.bundle).ok();
        own
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.input.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.input.join(name)).unwrap()
    }

    /// Builds into a bundle, or brings it up to date.
    fn build(&self, flag: &str, bundle: &Path) -> Run {
        let (input, config) = (text(&self.input), text(&self.config));
        souwen(["build", input, "--config", config, flag, text(bundle)])
    }

    fn update(&self) -> Run {
        let run = self.build("--update", &self.bundle).ok();
        souwen(["verify", text(&self.bundle)]).ok();
        run
    }

    /// Fails unless answers are those of a new build.
    fn compare(&self, queries: &[&str]) {
        let anew = self.dir.path().join("anew");
        self.build("--out", &anew).ok();
        for query in queries {
            let hits = |bundle: &Path| {
                let run = souwen(["search", text(bundle), query, "--json", "--limit", "1000"]);
                let result = run.ok().json();
                let hits = result["hits"].as_array().unwrap().clone();
                let mut ids: Vec<String> = hits.iter().map(|own| own["id"].to_string()).collect();
                ids.sort();
                (result["total"].clone(), ids)
            };
            assert_eq!(hits(&self.bundle), hits(&anew), "{query}");
        }
        fs::remove_dir_all(anew).unwrap();
    }
}

/// By name the content of all files, and when they were changed last.
fn files(folder: &Path) -> BTreeMap<String, (Vec<u8>, std::time::SystemTime)> {
    let read = |name: String| {
        let path = folder.join(&name);
        let changed = fs::metadata(&path).unwrap().modified().unwrap();
        (name, (fs::read(&path).unwrap(), changed))
    };
    names(folder).into_iter().map(read).collect()
}

/// A figure of the closing summary.
fn figure(run: &Run, name: &str) -> u64 {
    let line = run
        .stderr
        .lines()
        .find(|line| line.trim_start().starts_with(name));
    let figure = line.and_then(|line| line.split_whitespace().last());
    let figure = figure.unwrap_or_else(|| panic!("no {name} in: {}", run.stderr));
    figure.replace(',', "").parse().unwrap()
}

const QUERIES: [&str; 7] = [
    "沄河",
    "捕鱼17斤",
    "彧瀞",
    "\"第3日\"",
    "",
    "section:民生",
    "白鹭",
];

#[test]
fn days_of_changes() {
    let archive = Archive::new();
    let first = files(&archive.bundle);
    assert!(
        first
            .keys()
            .filter(|name| name.starts_with("part-"))
            .count()
            > 3
    );

    // Nothing has changed: nothing is written.
    let run = archive.update();
    assert!(run.stderr.contains("nothing has changed"), "{}", run.stderr);
    assert!(files(&archive.bundle) == first);
    // Nor if a file is only touched.
    archive.write("3.jsonl", &archive.read("3.jsonl"));
    assert!(archive.update().stderr.contains("nothing has changed"));
    assert!(files(&archive.bundle) == first);

    // A new file, a changed article, a removed one.
    archive.write(
        "6.jsonl",
        r#"{"id":"new","title":"彧瀞堂開館","body":"白鹭来了。"}"#,
    );
    let changed = archive
        .read("2.jsonl")
        .replacen("捕鱼25斤", "捕鱼更正：52斤", 1);
    archive.write("2.jsonl", &changed);
    let shorter = archive
        .read("4.jsonl")
        .lines()
        .skip(1)
        .collect::<Vec<_>>()
        .join("\n");
    archive.write("4.jsonl", &shorter);
    let run = archive.update();
    for (name, count) in [
        ("articles", 60),
        ("added", 1),
        ("changed", 1),
        ("removed", 1),
    ] {
        assert_eq!(figure(&run, name), count, "{name}");
    }
    let second = files(&archive.bundle);
    for (name, content) in first.iter().filter(|own| own.0.starts_with("part-")) {
        assert!(second.get(name) == Some(content), "{name} is another");
    }
    let new = second
        .iter()
        .filter(|own| first.get(own.0).is_none_or(|old| old.0 != own.1.0));
    let bytes: usize = new.map(|own| own.1.0.len()).sum();
    assert_eq!(figure(&run, "new bytes"), u64::try_from(bytes).unwrap());
    let inspected = souwen(["inspect", text(&archive.bundle)]).ok().stdout;
    assert!(
        inspected.contains("segments    60 + 2, 2 gone"),
        "{inspected}"
    );
    assert!(inspected.contains("articles    60"), "{inspected}");
    archive.compare(&QUERIES);

    // Some more days; small segments are joined.
    for day in 0..4 {
        archive.write(
            &format!("day-{day}.jsonl"),
            &format!(r#"{{"id":"day-{day}","title":"白鹭第{day}日","body":"沄河上的白鹭。"}}"#),
        );
        let run = archive.update();
        assert_eq!((figure(&run, "added"), figure(&run, "changed")), (1, 0));
        assert_eq!(
            names(archive.dir.path()),
            ["bundle", "input", "souwen.toml"]
        );
    }
    archive.compare(&QUERIES);

    // A renamed file holds what it held.
    fs::rename(
        archive.input.join("0.jsonl"),
        archive.input.join("00.jsonl"),
    )
    .unwrap();
    let before = files(&archive.bundle);
    let run = archive.update();
    assert!(run.stderr.contains("nothing has changed"), "{}", run.stderr);
    let after = files(&archive.bundle);
    let others = |files: &BTreeMap<String, (Vec<u8>, std::time::SystemTime)>| {
        let mut files = files.clone();
        files.remove("souwen.state");
        files
    };
    assert!(others(&before) == others(&after));

    // Too much at once.
    fs::remove_file(archive.input.join("1.jsonl")).unwrap();
    fs::remove_file(archive.input.join("3.jsonl")).unwrap();
    let run = archive.update();
    assert!(
        run.stderr.contains("everything is built anew"),
        "{}",
        run.stderr
    );
    let inspected = souwen(["inspect", text(&archive.bundle)]).ok().stdout;
    assert!(inspected.contains("segments    44, 0 gone"), "{inspected}");
    archive.compare(&QUERIES);
}

#[test]
fn what_a_later_file_knows_is_in_updates() {
    let archive = Archive::new();
    let body = "沄河上的白鹭回来了，一早就有人带着孩子到河边看，天黑了才回家去。";
    archive.write("6.md", &format!("# 白鹭回来了\n\n{body}\n"));
    archive.update();
    let date = || {
        let run = souwen(["search", text(&archive.bundle), "白鹭", "--json"]).ok();
        let hits = run.json()["hits"].as_array().unwrap().clone();
        assert_eq!(hits.len(), 1, "{hits:?}");
        hits[0]["date"].clone()
    };
    assert_eq!(date(), serde_json::Value::Null);
    let dated = format!("---\ntitle: 白鹭回来了\ndate: 2024-03-01\n---\n{body}\n");
    archive.write("7.md", &dated);
    let run = archive.update();
    assert_eq!((figure(&run, "changed"), figure(&run, "added")), (1, 0));
    assert_eq!(date(), "2024-03-01");
    let run = archive.update();
    assert!(run.stderr.contains("nothing has changed"), "{}", run.stderr);
    archive.compare(&["白鹭"]);
}

#[test]
fn a_reprint_that_comes_later_is_named_once() {
    let archive = Archive::new();
    let reprint = article(5)
        .replace(r#""id":"a5""#, r#""id":"again""#)
        .replace(r#""}"#, r#"好。"}"#);
    archive.write("6.jsonl", &reprint);
    let run = archive.update();
    let said = "沄河开渔第5日 (again) repeats 沄河开渔第5日 (a5)";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert_eq!(figure(&run, "repeated"), 1);
    // And one of the new ones; the older is not named again, though its segment is written anew.
    for (id, name) in [("new", "7.jsonl"), ("newer", "8.jsonl")] {
        archive.write(name, &article(77).replace("a77", id));
    }
    let run = archive.update();
    let said = "沄河开渔第77日 (newer) repeats 沄河开渔第77日 (new)";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert!(!run.stderr.contains("again"), "{}", run.stderr);
    assert_eq!(figure(&run, "repeated"), 2);
}

#[test]
fn what_cannot_go_on_is_built_anew_and_says_why() {
    let archive = Archive::new();
    let state = archive.bundle.join("souwen.state");
    let sound = fs::read(&state).unwrap();
    let check = |said: &str| {
        let run = archive.update();
        assert!(run.stderr.contains(said), "no `{said}` in: {}", run.stderr);
        assert!(
            run.stderr.contains("everything is built anew"),
            "{}",
            run.stderr
        );
        assert!(archive.update().stderr.contains("nothing has changed"));
    };
    fs::remove_file(&state).unwrap();
    check("souwen.state, in which a build remembers its input, is not there");
    let mut damaged = sound.clone();
    damaged[40] ^= 1;
    fs::write(&state, damaged).unwrap();
    check("souwen.state is damaged");
    let mut other = sound.clone();
    other[12] = 99;
    fs::write(&state, other).unwrap();
    check("another version of souwen");
    let settings = fs::read_to_string(&archive.config).unwrap();
    fs::write(
        &archive.config,
        settings + "[dictionary]\nwords = ['沄河湾']\n",
    )
    .unwrap();
    check("the settings");
    archive.compare(&["沄河"]);
    // Of an older state of the bundle.
    fs::write(&state, sound).unwrap();
    check("another bundle");
    fs::remove_dir_all(&archive.bundle).unwrap();
    let run = archive.update();
    assert!(run.stderr.contains("no bundle yet"), "{}", run.stderr);
}

#[test]
fn another_folder_leaves_the_bundle_as_it_is() {
    let archive = Archive::new();
    let before = files(&archive.bundle);
    archive.write("6.jsonl", r#"{"id":"new","title":"白鹭来了"}"#);
    let out = archive.dir.path().join("out");
    let args = |flag: &'static str| {
        let (input, config) = (text(&archive.input), text(&archive.config));
        let mut command = crate::common::program();
        command.args([
            "build",
            input,
            "--config",
            config,
            "--update",
            text(&archive.bundle),
        ]);
        command.args(["--out", text(&out)]);
        command.args((!flag.is_empty()).then_some(flag));
        run_of(&command.output().unwrap())
    };
    args("").ok();
    assert!(files(&archive.bundle) == before);
    souwen(["verify", text(&out)]).ok();
    let hit = souwen(["search", text(&out), "白鹭", "--json"]).ok().json();
    assert_eq!(hit["total"], 1);
    let own = files(&out);
    let shared = own.keys().filter(|name| before.contains_key(*name));
    assert!(shared.filter(|name| name.starts_with("part-")).count() > 3);
    // A bad file is an error with --strict, and the bundle stays as it is.
    archive.write("7.jsonl", "{\n");
    let written = files(&out);
    args("--strict").refused(&["7.jsonl", "--strict"]);
    assert!(files(&archive.bundle) == before && files(&out) == written);
    // Without it is said each time.
    for _ in 0..2 {
        let run = archive.update();
        assert!(run.stderr.contains("7.jsonl"), "{}", run.stderr);
    }
    let run = archive.build("--update", &archive.bundle).ok();
    assert!(run.stderr.contains("7.jsonl:1"), "{}", run.stderr);
}

#[test]
fn ids_that_are_given_twice_are_those_of_a_new_build() {
    let archive = Archive::new();
    let same = r#"{"id":"same","title":"白鹭NUMBER","body":"沄河上的白鹭NUMBER。"}"#;
    let write = |name: &str, number: &str| archive.write(name, &same.replace("NUMBER", number));
    write("7.jsonl", "七");
    archive.update();
    // An article of a new file takes the id of an unchanged one.
    write("6.jsonl", "六");
    archive.update();
    let ids = |query: &str| {
        let run = souwen(["search", text(&archive.bundle), query, "--json"]).ok();
        run.json()["hits"][0]["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        (ids("白鹭六"), ids("白鹭七")),
        ("same".into(), "same-2".into())
    );
    archive.compare(&["白鹭", "白鹭六"]);
    // And gives it back.
    fs::remove_file(archive.input.join("6.jsonl")).unwrap();
    archive.update();
    assert_eq!(ids("白鹭七"), "same");
    archive.compare(&["白鹭", "白鹭七"]);
}

#[test]
fn a_small_bundle_of_one_file() {
    let (dir, input) = archive();
    let out = dir.path().join("bundle");
    souwen(["build", text(&input), "--out", text(&out)]).ok();
    let before = files(&out);
    let update = || souwen(["build", text(&input), "--update", text(&out)]).ok();
    assert!(update().stderr.contains("nothing has changed"));
    assert!(files(&out) == before);
    let mut articles = fs::read_to_string(&input).unwrap();
    articles.push_str("{\"id\":\"egret\",\"title\":\"白鹭来了\"}\n");
    fs::write(&input, articles).unwrap();
    let run = update();
    assert!(run.stderr.contains("small"), "{}", run.stderr);
    assert_eq!(figure(&run, "articles"), 4);
    let hit = souwen(["search", text(&out), "白鹭", "--json"]).ok().json();
    assert_eq!(hit["total"], 1);
    let run = souwen(["build", text(&input)]);
    assert_eq!(run.status, 2, "{}", run.stderr);
}
