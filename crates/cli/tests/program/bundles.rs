//! Building bundles and looking into them.

use std::fs;
use std::path::Path;

use crate::common::{
    archive, bundle, folder, index_of, names, own_bundle, repository, souwen, text,
};

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |name: String| {
        let bytes = fs::read(folder.join(&name)).unwrap();
        (name, bytes)
    };
    // What a build remembers for the next one has times in it.
    let of_bundle = |name: &String| name != "souwen.state";
    names(folder)
        .into_iter()
        .filter(of_bundle)
        .map(read)
        .collect()
}

#[test]
fn what_is_built_holds_and_tells_of_itself() {
    let verified = souwen(["verify", bundle()]).ok();
    assert!(verified.stdout.starts_with("OK "), "{}", verified.stdout);
    let inspected = souwen(["inspect", bundle()]).ok().stdout;
    for part in [
        "沄河报",
        "zh-CN",
        "articles    3",
        "directory",
        "terms",
        "texts",
        "100.0 %",
    ] {
        assert!(inspected.contains(part), "no `{part}` in: {inspected}");
    }
    let manifest = fs::read(Path::new(bundle()).join("souwen.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let index = fs::read(index_of(Path::new(bundle()))).unwrap();
    let file = manifest["index"]["file"].as_str().unwrap();
    let digits = manifest["index"]["sha256"]
        .as_str()
        .unwrap()
        .get(..16)
        .unwrap();
    assert_eq!(file, format!("index-{digits}.souwen"));
    assert_eq!(manifest["index"]["bytes"], index.len());
    assert_eq!(manifest["articles"], 3);
    // However the bundle is named, it is the same one.
    let manifest = format!("{}/souwen.json", bundle());
    let bare = index_of(Path::new(bundle()));
    for named in [bundle(), &manifest, text(&bare)] {
        souwen(["verify", named]).ok();
        let found = souwen(["search", named, "沄河大桥"]).ok().stdout;
        assert!(found.contains("【沄河大桥】合龙"), "{found}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let dir = folder();
    let (one, two) = (dir.path().join("one"), dir.path().join("two"));
    let input = repository("corpus");
    let config = repository("corpus/souwen.toml");
    for out in [&one, &two] {
        let args = [
            "build",
            text(&input),
            "--out",
            text(out),
            "--config",
            text(&config),
        ];
        souwen(args).ok();
    }
    assert!(contents(&one) == contents(&two));
    souwen(["verify", text(&one)]).ok();
}

#[test]
fn a_summary_closes_the_building() {
    let (dir, input) = archive();
    fs::write(
        dir.path().join("bad.jsonl"),
        "{\n{\"title\":\"沄河开渔\"}\n",
    )
    .unwrap();
    let out = dir.path().join("new/bundle");
    let bad = dir.path().join("bad.jsonl");
    let run = souwen(["build", text(&input), text(&bad), "--out", text(&out)]).ok();
    let figure = |name: &str| {
        let line = run
            .stderr
            .lines()
            .find(|line| line.trim_start().starts_with(name));
        line.and_then(|line| line.split_whitespace().last())
            .unwrap()
            .to_owned()
    };
    assert_eq!(figure("articles"), "4");
    assert_eq!(figure("skipped"), "1");
    assert_eq!(figure("files"), names(&out).len().to_string());
    assert!(run.stderr.contains("bad.jsonl:1: "), "{}", run.stderr);
    assert!(run.stdout.is_empty(), "{}", run.stdout);
}

#[test]
fn an_older_bundle_is_replaced_and_nothing_else() {
    let (dir, out) = own_bundle();
    let input = dir.path().join("new.jsonl");
    fs::write(&input, "{\"title\":\"沄河开渔\"}\n").unwrap();
    let old = index_of(&out);
    fs::write(out.join("robots.txt"), "mine").unwrap();
    souwen(["build", text(&input), "--out", text(&out)]).ok();
    assert!(!old.exists());
    assert_eq!(fs::read(out.join("robots.txt")).unwrap(), b"mine");
    let verified = souwen(["verify", text(&out)]).ok();
    assert!(
        verified.stderr.contains("robots.txt"),
        "{}",
        verified.stderr
    );
    assert_eq!(names(dir.path()), ["bundle", "new.jsonl"]);
    let run = souwen(["build", text(&input), "--out", text(dir.path())]);
    run.refused(&[text(dir.path()), "not empty and not a bundle"]);
    assert_eq!(names(dir.path()), ["bundle", "new.jsonl"]);
}

#[test]
fn the_runtime_is_part_of_the_bundle() {
    let (dir, input) = archive();
    let runtime = dir.path().join("runtime");
    fs::create_dir(&runtime).unwrap();
    fs::write(runtime.join("souwen.js"), "export {};\n").unwrap();
    fs::write(runtime.join("souwen-0a1b2c3d4e5f.wasm"), "wasm").unwrap();
    fs::write(runtime.join("other.js"), "").unwrap();
    let list = r#"{"files":[{"name":"souwen.js","bytes":11},{"name":"souwen-0a1b2c3d4e5f.wasm","bytes":4}]}"#;
    fs::write(runtime.join("runtime.json"), list).unwrap();
    let out = dir.path().join("bundle");
    let args = [
        "build",
        text(&input),
        "--out",
        text(&out),
        "--runtime",
        text(&runtime),
    ];
    let run = souwen(args).ok();
    assert!(
        !run.stderr.contains("without the browser runtime"),
        "{}",
        run.stderr
    );
    let found = names(&out);
    let index = index_of(&out)
        .file_name()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        found,
        [
            &index,
            "souwen-0a1b2c3d4e5f.wasm",
            "souwen.js",
            "souwen.json",
            "souwen.state"
        ]
    );
    assert!(
        souwen(["inspect", text(&out)])
            .ok()
            .stdout
            .contains("souwen-0a1b2c3d4e5f.wasm")
    );
    fs::write(out.join("souwen.js"), "export {}; ").unwrap();
    souwen(["verify", text(&out)]).refused(&["souwen.js", "SHA-256"]);

    fs::write(runtime.join("souwen.js"), "").unwrap();
    fs::remove_dir_all(&out).unwrap();
    souwen(args).refused(&["souwen.js", "runtime.json"]);
    fs::remove_file(runtime.join("runtime.json")).unwrap();
    souwen(args).refused(&["runtime.json"]);
    assert!(!out.exists());
}

#[test]
fn settings_and_arguments() {
    let (dir, input) = archive();
    let config = dir.path().join("souwen.toml");
    fs::write(
        &config,
        "[site]\nname = '沄河报'\nlang = 'zh-Hans'\n[dictionary]\nwords = ['采茶下山']\n",
    )
    .unwrap();
    let out = dir.path().join("bundle");
    let args = [
        "build",
        text(&input),
        "--out",
        text(&out),
        "--config",
        text(&config),
        "--name",
        "茶报",
    ];
    souwen(args).ok();
    let inspected = souwen(["inspect", text(&out)]).ok().stdout;
    assert!(
        inspected.contains("茶报") && inspected.contains("zh-Hans"),
        "{inspected}"
    );
    let words = souwen(["segment", text(&out), "头采茶下山"]).ok().stdout;
    assert!(words.contains("采茶下山"), "{words}");

    // What counts how much, and what means the same; keys need no quotes.
    fs::remove_dir_all(&out).unwrap();
    fs::write(
        &config,
        "[rank]\nhalf_life_days = 365\n[rank.fields]\ntitle = 9\n\
         [synonyms]\n创文 = '创建文明城市'\n",
    )
    .unwrap();
    let built = souwen(args).ok().stderr;
    assert!(built.contains("创建文明城市 = 创文"), "{built}");
    let inspected = souwen(["inspect", text(&out)]).ok().stdout;
    for (fact, value) in [
        ("weights", "title 9, kicker 3"),
        ("half-life", "365 days"),
        ("synonyms", "1"),
        ("repeated", "0 of 0 texts"),
    ] {
        let line = inspected.lines().find(|line| line.starts_with(fact));
        assert!(line.unwrap_or_default().contains(value), "{inspected}");
    }
    fs::write(&config, "[rank.fields]\ntitle = 0\n").unwrap();
    souwen(args).refused(&["souwen.toml", "line 2", "title = 0", "1 to 80"]);

    fs::remove_dir_all(&out).unwrap();
    fs::write(&config, "[site]\nname = '沄河报'\ntitle = 'x'\n").unwrap();
    souwen(args).refused(&["souwen.toml", "line 3", "title", "base_url"]);
    assert!(!out.exists());
}

#[test]
fn extract_gives_what_build_reads() {
    let (dir, input) = archive();
    let extracted = souwen(["extract", text(&input)]).ok();
    assert!(
        extracted.stderr.contains("3 articles"),
        "{}",
        extracted.stderr
    );
    let lines: Vec<serde_json::Value> = extracted
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let ids: Vec<_> = lines
        .iter()
        .map(|line| line["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["bridge", "tea", "photo"]);
    let again = dir.path().join("again.jsonl");
    fs::write(&again, &extracted.stdout).unwrap();
    let (one, two) = (dir.path().join("one"), dir.path().join("two"));
    souwen(["build", text(&input), "--out", text(&one)]).ok();
    souwen(["build", text(&again), "--out", text(&two)]).ok();
    assert!(contents(&one) == contents(&two));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    let dir = folder();
    let input = dir.path().join("many.jsonl");
    fs::write(&input, "{\"title\":\"沄河开渔\"}\n".repeat(20_000)).unwrap();
    let mut child = crate::common::program()
        .args(["extract", text(&input)])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert!(line.contains("沄河开渔"));
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
