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
