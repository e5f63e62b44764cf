//! What is read: settings that name the input, what is skipped and left out, articles that several files have.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::common::{folder, names, program, run_of, souwen, text};

/// An article of a few sentences, which are its own.
fn markdown(title: &str, date: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: {date}\n---\n{title}，乡亲们一早就到了沄河边，看船来船往，说起从前的事。\n"
    )
}

fn put(folder: &Path, name: &str, content: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, content).unwrap();
    // What has changed just now is read again by the next update.
    let old = SystemTime::now() - Duration::from_secs(1000);
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(old).unwrap();
}

#[test]
fn init_writes_settings_that_build_takes() {
    let dir = folder();
    let run = |args: &[&str]| {
        run_of(
            &program()
                .current_dir(dir.path())
                .args(args)
                .output()
                .unwrap(),
        )
    };
    put(
        dir.path(),
        "要闻/a.md",
        &markdown("沄河大桥合龙", "2024-06-05"),
    );
    run(&["init"]).ok();
    run(&["init"]).refused(&["souwen.toml", "is there already"]);
    let build = run(&["build", "--out", "search"]).ok();
    assert!(
        build.stderr.contains("articles               1"),
        "{}",
        build.stderr
    );
    // Another folder's settings name that folder's files.
    let path = dir.path().join("souwen.toml");
    let settings = fs::read_to_string(&path).unwrap();
    let settings = settings
        .replace(
            "files = [\".\"]",
            "files = [\"*/*.md\"]\nexclude = [\"drafts/\"]",
        )
        .replace("[sections]\n", "[sections]\n要闻/** = \"头版\"\n");
    fs::write(&path, settings).unwrap();
    put(
        dir.path(),
        "drafts/b.md",
        &markdown("没有写完", "2024-06-05"),
    );
    let extract = souwen(["extract", "--config", text(&path)]).ok();
    assert_eq!(extract.stdout.lines().count(), 1);
    let article = extract.json();
    assert_eq!(article["section"], "头版");
    assert!(
        extract
            .stderr
            .contains("left out by the settings: drafts/b.md"),
        "{}",
        extract.stderr
    );
}

#[test]
fn settings_with_unknown_keys_say_which_was_meant() {
    let dir = folder();
    put(dir.path(), "a.md", &markdown("沄河大桥合龙", "2024-06-05"));
    let config = dir.path().join("souwen.toml");
    fs::write(&config, "[input]\nexlude = ['x']\n").unwrap();
    let run = souwen(["extract", text(dir.path()), "--config", text(&config)]);
    run.refused(&["souwen.toml", "line 2", "did you mean `exclude`?"]);
}

#[test]
fn the_end_says_what_was_skipped_and_left_out() {
    let dir = folder();
    put(dir.path(), "a.md", &markdown("沄河大桥合龙", "2024-06-05"));
    put(dir.path(), "b.jsonl", "{\n[]\n{\n");
    put(dir.path(), "c.md", "---\ndraft: true\n---\n没有写完。\n");
    put(dir.path(), "style.css", "a {}");
    for args in [
        &["extract", text(dir.path())][..],
        &[
            "build",
            text(dir.path()),
            "--out",
            text(&dir.path().join("out")),
        ],
    ] {
        let run = run_of(&program().args(args).output().unwrap()).ok();
        let (_, end) = run.stderr.rsplit_once("skipped:\n").unwrap();
        assert_eq!(
            end.lines().take(5).collect::<Vec<_>>(),
            [
                "  2 × JSON that breaks off: b.jsonl:1, b.jsonl:3",
                "  1 × not a JSON object: b.jsonl:2",
                "left out:",
                "  1 × a draft, or no article: c.md",
                "  1 × of a kind that is not read: .css",
            ]
        );
    }
}

const PAGE: &str = "<html><head><title>头采茶下山</title></head><body><article><h1>头采茶下山</h1>\
    <p>茶农清晨进山采茶，头采茶每斤卖到三百元，比去年早了四天，一天一个价，山上山下都是人。</p>\
    <p>乡里把会采茶的老人和放假的学生编成六个互助队，按斤计酬，当天结清，一天也不拖欠。</p></article></body></html>";

fn feed(title: &str, link: &str) -> String {
    format!(
        "<rss version=\"2.0\"><channel><title>沄河报</title><link>https://x.example/</link><description>x</description>\
         <item><title>{title}</title><link>https://x.example/{link}</link><category>农业</category>\
         <pubDate>Sun, 09 Mar 2025 08:00:00 +0800</pubDate><description>茶农清晨进山采茶……</description></item></channel></rss>"
    )
}

#[test]
fn a_page_and_the_feed_s_item_are_one_article_which_knows_what_both_say() {
    let dir = folder();
    put(dir.path(), "tea.html", PAGE);
    put(
        dir.path(),
        "feed.xml",
        &feed("头采茶下山", "tea.html?utm_source=rss"),
    );
    let run = souwen([
        "extract",
        text(dir.path()),
        "--base-url",
        "https://x.example/",
    ])
    .ok();
    assert_eq!(run.stdout.lines().count(), 1);
    let article = run.json();
    assert_eq!(article["date"], "2025-03-09");
    assert_eq!(article["section"], "农业");
    assert!(
        run.stderr
            .contains("1 × the same article as in another file: feed.xml as tea.html"),
        "{}",
        run.stderr
    );
}

/// A page without a date, and the same in a file that is read later, which has one.
#[test]
fn what_a_later_file_knows_is_in_what_is_printed_and_built() {
    let dir = folder();
    let input = dir.path().join("input");
    let body = "茶农清晨进山采茶，头采茶每斤卖到三百元，比去年早了四天，一天一个价，山上山下都是人。\n\n\
                乡里把会采茶的老人和放假的学生编成六个互助队，按斤计酬，当天结清，一天也不拖欠。";
    put(&input, "a.html", PAGE);
    put(&input, "b.md", &markdown("沄河大桥合龙", "2024-06-05"));
    put(&input, "broken.jsonl", "{\n");
    let dated = format!("---\ntitle: 头采茶下山\ndate: 2025-03-09\nsection: 农业\n---\n{body}\n");
    put(&input, "z.md", &dated);
    let inputs = [input.join("a.html"), input.join("z.md")];
    let [page, later] = inputs.each_ref().map(|path| text(path));
    for order in [["extract", page, later], ["extract", later, page]] {
        let article = souwen(order).ok().json();
        assert_eq!(article["date"], "2025-03-09", "{order:?}");
        assert_eq!(article["section"], "农业", "{order:?}");
    }
    let extract = souwen(["extract", text(&input)]).ok();
    assert_eq!(extract.stdout.lines().count(), 2, "{}", extract.stdout);
    assert!(
        extract
            .stdout
            .lines()
            .next()
            .unwrap()
            .contains("2025-03-09")
    );
    // A problem is said once where it is met and once in the end, however often the file is read.
    assert_eq!(
        extract.stderr.matches("broken.jsonl").count(),
        2,
        "{}",
        extract.stderr
    );
    assert!(extract.stderr.contains("2 articles"), "{}", extract.stderr);
    let out = dir.path().join("out");
    let run = souwen(["build", text(&input), "--out", text(&out)]).ok();
    assert_eq!(
        run.stderr.matches("broken.jsonl").count(),
        2,
        "{}",
        run.stderr
    );
    let date = |bundle: &Path| {
        let run = souwen(["search", text(bundle), "头采茶", "--json"]).ok();
        let hits = run.json()["hits"].as_array().unwrap().clone();
        assert_eq!(hits.len(), 1);
        (hits[0]["date"].clone(), hits[0]["section"].clone())
    };
    assert_eq!(date(&out), ("2025-03-09".into(), "农业".into()));
    // So it is in shards, and after updates.
    let shards = ["1/2", "2/2"].map(|shard| {
        let own = dir.path().join(shard.replace('/', "-"));
        souwen(["build", text(&input), "--out", text(&own), "--shard", shard]).ok();
        own
    });
    let merged = dir.path().join("merged");
    let [first, second] = shards.each_ref().map(|path| text(path));
    souwen(["merge", first, second, "--out", text(&merged)]).ok();
    assert_eq!(date(&merged), ("2025-03-09".into(), "农业".into()));
    let update = || souwen(["build", text(&input), "--update", text(&out)]).ok();
    assert!(update().stderr.contains("nothing has changed"));
    put(&input, "z.md", &dated.replace("2025-03-09", "2025-03-10"));
    update();
    assert_eq!(date(&out), ("2025-03-10".into(), "农业".into()));
    fs::remove_file(input.join("z.md")).unwrap();
    update();
    assert_eq!(date(&out), (serde_json::Value::Null, "".into()));
}

#[test]
fn without_pdftotext_one_sentence_says_so() {
    let dir = folder();
    put(dir.path(), "a.md", &markdown("沄河大桥合龙", "2024-06-05"));
    put(dir.path(), "b.pdf", "%PDF-1.5");
    put(dir.path(), "c.pdf", "%PDF-1.5");
    let mut extract = program();
    extract.env("PATH", "").args(["extract", text(dir.path())]);
    let run = run_of(&extract.output().unwrap()).ok();
    assert_eq!(
        run.stderr.matches("poppler-utils").count(),
        1,
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("b.pdf, c.pdf"), "{}", run.stderr);
}

/// Whatever of several files is the same, an update gives what a build gives.
#[test]
fn updates_merge_as_builds_do() {
    let dir = folder();
    let input = dir.path().join("input");
    let out = dir.path().join("out");
    let anew = dir.path().join("anew");
    put(&input, "a.md", &markdown("沄河大桥合龙", "2024-06-05"));
    put(&input, "b.md", &markdown("头采茶下山", "2024-06-06"));
    souwen(["build", text(&input), "--out", text(&out)]).ok();
    let articles = |bundle: &Path| {
        let run = souwen(["search", text(bundle), "沄河", "--json", "--sort", "date"]).ok();
        let mut hits: Vec<String> = run.json()["hits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| {
                format!(
                    "{} {}",
                    hit["title"]["text"],
                    hit["similar"].as_array().map_or(0, Vec::len)
                )
            })
            .collect();
        hits.sort();
        hits
    };
    let both = |what: &str| {
        souwen(["build", text(&input), "--update", text(&out)]).ok();
        let _ = fs::remove_dir_all(&anew);
        souwen(["build", text(&input), "--out", text(&anew)]).ok();
        assert_eq!(articles(&out), articles(&anew), "{what}");
        souwen(["verify", text(&out)]).ok();
        articles(&out).len()
    };
    put(&input, "c.md", &markdown("沄河大桥合龙", "2024-06-05"));
    assert_eq!(both("a copy in a new file"), 2);
    put(&input, "a.md", &markdown("沄河涨水了", "2024-06-05"));
    assert_eq!(both("the first of the two is another"), 3);
    fs::remove_file(input.join("c.md")).unwrap();
    assert_eq!(both("the copy is gone"), 2);
    put(&input, "b.md", &markdown("沄河涨水了", "2024-06-05"));
    assert_eq!(both("a changed file has another's article"), 1);
    assert!(names(&out).contains(&"souwen.state".to_owned()));
}

#[test]
fn reprints_are_named() {
    let dir = folder();
    let long = "茶农清晨进山采茶，头采茶每斤卖到三百元，比去年早了四天，一天一个价，山上山下都是人，天黑才下山。".repeat(3);
    put(
        dir.path(),
        "a.jsonl",
        &format!("{{\"id\":\"a\",\"title\":\"头采茶下山\",\"body\":\"{long}\"}}\n"),
    );
    put(
        dir.path(),
        "b.jsonl",
        &format!("{{\"id\":\"b\",\"title\":\"头采茶下山\",\"body\":\"{long}好。\"}}\n"),
    );
    let out = dir.path().join("out");
    let run = souwen(["build", text(dir.path()), "--out", text(&out)]).ok();
    assert!(
        run.stderr.contains("头采茶下山 (b) repeats 头采茶下山 (a)"),
        "{}",
        run.stderr
    );
}
