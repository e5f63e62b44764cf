//! Ctrl-C: the old state or the new one, nothing between.

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing_behind() {
    use std::fs;
    use std::process::{Command, Stdio};
    use std::thread::sleep;
    use std::time::Duration;

    use crate::common::{folder, names, program, souwen, text};

    let dir = folder();
    let input = dir.path().join("many.jsonl");
    let article =
        |n: u32| format!("{{\"title\":\"沄河开渔第{n}日\",\"body\":\"沄河今日捕鱼{n}斤。\"}}\n");
    fs::write(&input, (0..5000).map(article).collect::<String>()).unwrap();
    let out = dir.path().join("bundle");
    let mut interrupted = 0;
    for delay in [30, 100, 200, 300, 500, 800] {
        let mut build = program()
            .args(["build", text(&input), "--out", text(&out)])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(delay));
        let kill = Command::new("kill")
            .args(["-INT", &build.id().to_string()])
            .status();
        assert!(kill.is_ok());
        let status = build.wait().unwrap();
        if out.exists() {
            souwen(["verify", text(&out)]).ok();
            assert_eq!(names(dir.path()), ["bundle", "many.jsonl"]);
            fs::remove_dir_all(&out).unwrap();
        } else {
            assert!(!status.success());
            interrupted += 1;
            assert_eq!(names(dir.path()), ["many.jsonl"]);
        }
    }
    assert!(
        interrupted > 0,
        "every build was done before it was interrupted"
    );
}

#[cfg(unix)]
#[test]
fn an_interrupted_update_leaves_the_bundle() {
    use std::fs;
    use std::process::{Command, Stdio};
    use std::thread::sleep;
    use std::time::Duration;

    use crate::common::{folder, names, program, souwen, text};

    let dir = folder();
    let input = dir.path().join("many.jsonl");
    let article = |n: u32| {
        format!(
            "{{\"id\":\"{n}\",\"title\":\"沄河开渔第{n}日\",\"body\":\"沄河今日捕鱼{n}斤。\"}}\n"
        )
    };
    let write = |count| fs::write(&input, (0..count).map(article).collect::<String>()).unwrap();
    write(4000);
    let out = dir.path().join("bundle");
    souwen(["build", text(&input), "--out", text(&out)]).ok();
    let (mut count, mut articles) = (4000, 4000);
    for delay in [10, 40, 100, 200, 400, 800] {
        count += 20;
        write(count);
        let mut update = program()
            .args(["build", text(&input), "--update", text(&out)])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(delay));
        let kill = Command::new("kill")
            .args(["-INT", &update.id().to_string()])
            .status();
        assert!(kill.is_ok());
        let done = update.wait().unwrap().success();
        souwen(["verify", text(&out)]).ok();
        assert_eq!(names(dir.path()), ["bundle", "many.jsonl"]);
        let hit = souwen(["search", text(&out), "沄河", "--json", "--limit", "1"]).ok();
        let found = hit.json()["total"].as_u64().unwrap();
        assert!(found == articles || found == u64::from(count), "{found}");
        assert!(!done || found == u64::from(count));
        articles = found;
    }
}
