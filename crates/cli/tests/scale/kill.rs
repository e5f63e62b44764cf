//! Whatever kills a build, at whatever moment, the old bundle is there or the new one.
//!
//! Ten moments for each of the two, a hundred if `SOUWEN_LONG` is set.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::draws::Draws;

const ARTICLES: usize = 4000;
/// Articles that each build has more than the one before.
const MORE: usize = 20;

fn souwen(args: &[&str]) -> Command {
    let mut souwen = Command::new(env!("CARGO_BIN_EXE_souwen"));
    souwen
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    souwen
}

fn write(input: &Path, count: usize) {
    let article = |n| {
        format!(
            "{{\"id\":\"{n}\",\"title\":\"沄河开渔第{n}日\",\"body\":\"沄河今日捕鱼{n}斤。\"}}\n"
        )
    };
    fs::write(input, (0..count).map(article).collect::<String>()).unwrap();
}

/// How many articles a bundle has, which must be sound.
fn articles(bundle: &Path) -> usize {
    let sound = souwen(&["verify", bundle.to_str().unwrap()]).status();
    assert!(sound.unwrap().success(), "the bundle is damaged");
    let manifest = fs::read(bundle.join("souwen.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    usize::try_from(manifest["articles"].as_u64().unwrap()).unwrap()
}

/// Kills the program that `--update` or `--out` names at random moments of its work.
fn kill(how: &str, seed: u64) {
    let kills = if std::env::var_os("SOUWEN_LONG").is_some() {
        100
    } else {
        10
    };
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("articles.jsonl");
    let bundle = dir.path().join("bundle");
    let named = bundle.to_str().unwrap();
    let build = |how| souwen(&["build", input.to_str().unwrap(), how, named]);

    write(&input, ARTICLES);
    assert!(build("--out").status().unwrap().success());
    let mut count = ARTICLES + MORE;
    write(&input, count);
    let start = Instant::now();
    assert!(build(how).status().unwrap().success());
    let length = usize::try_from(start.elapsed().as_micros()).unwrap();

    let mut draws = Draws(seed);
    let mut before = articles(&bundle);
    let (mut old, mut new) = (0, 0);
    for _ in 0..kills {
        count += MORE;
        write(&input, count);
        let mut running = build(how).spawn().unwrap();
        let moment = draws.below(length + length / 8);
        sleep(Duration::from_micros(u64::try_from(moment).unwrap()));
        // It may be done already.
        let _ = running.kill();
        running.wait().unwrap();
        let now = articles(&bundle);
        assert!(
            now == before || now == count,
            "{before} and {count} articles made {now}"
        );
        *(if now == before { &mut old } else { &mut new }) += 1;
        before = now;
    }
    println!("{how} killed {kills} times: {old} times the old bundle, {new} times the new one");
    assert!(old > 0);

    write(&input, count + MORE);
    assert!(build(how).status().unwrap().success());
    assert_eq!(articles(&bundle), count + MORE);
    let names = fs::read_dir(dir.path())
        .unwrap()
        .map(|own| own.unwrap().file_name());
    let mut names: Vec<_> = names.collect();
    names.sort();
    assert_eq!(
        names,
        ["articles.jsonl", "bundle"],
        "what was left behind is gone"
    );
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn a_build_that_is_killed() {
    kill("--out", 11);
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn an_update_that_is_killed() {
    kill("--update", 12);
}
