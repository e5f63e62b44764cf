//! Files and folders as people give them, the bad ones too.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::io::Write;
use std::path::{Path, PathBuf};

use souwen_corpus::{Article, Late, Left, Options, Problem, Visit, read_files, read_paths};

/// A folder of its own that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("souwen-corpus-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn read(inputs: &[&Path]) -> (Vec<Article>, Vec<Problem>) {
    let inputs: Vec<PathBuf> = inputs.iter().map(|p| p.to_path_buf()).collect();
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    read_paths(
        &inputs,
        &Options {
            base_url: Some("https://news.example/".to_owned()),
            ..Options::default()
        },
        &mut |item| match item {
            Ok(article) => articles.push(article),
            Err(problem) => problems.push(problem),
        },
    );
    (articles, problems)
}

const PAGE: &str = "清河两岸花正开\n\n本报记者 张三\n\n清河边的花都开了,人们到河边散步。";

#[test]
fn a_folder_is_read_in_order_and_its_own_papers_are_skipped() {
    let folder = Folder::new("order");
    folder.put("b.jsonl", "{\"title\":\"二\"}\n");
    folder.put("a/2025-03-09/1.txt", PAGE);
    folder.put("c.md", "# 三\n\n三。");
    for skipped in [
        "README.md",
        "souwen.toml",
        ".hidden.txt",
        "a/picture.png",
        "data.bin",
    ] {
        folder.put(skipped, "x\0");
    }
    let (articles, problems) = read(&[&folder.0]);
    assert_eq!(problems, []);
    let got: Vec<(&str, &str)> = articles
        .iter()
        .map(|a| {
            (
                a.title.as_str(),
                a.source.as_ref().map_or("", |s| s.file.as_str()),
            )
        })
        .collect();
    assert_eq!(
        got,
        [
            ("清河两岸花正开", "a/2025-03-09/1.txt"),
            ("二", "b.jsonl"),
            ("三", "c.md")
        ]
    );
    assert_eq!(articles[0].date.as_deref(), Some("2025-03-09"));
    assert!(!articles[0].date_inferred);
}

#[test]
fn ids_are_the_same_from_wherever_the_folder_is_named_and_do_not_hang_on_each_other() {
    let (one, two) = (Folder::new("ids1"), Folder::new("ids2"));
    one.put("p.txt", PAGE);
    one.put(
        "q.jsonl",
        "{\"title\":\"甲\",\"body\":\"一。\"}\n{\"title\":\"乙\",\"body\":\"二。\"}\n",
    );
    two.put("p.txt", PAGE);
    two.put(
        "q.jsonl",
        "{\"title\":\"甲\",\"body\":\"改了。\"}\n{\"title\":\"乙\",\"body\":\"二。\"}\n",
    );
    let ids = |folder: &Folder| {
        read(&[&folder.0])
            .0
            .into_iter()
            .map(|a| a.id)
            .collect::<Vec<_>>()
    };
    let (first, second) = (ids(&one), ids(&two));
    assert_eq!((&first[0], &first[2]), (&second[0], &second[2]));
    assert_ne!(first[1], second[1]);
    assert!(first.iter().all(|id| id.len() == 16));
}

#[test]
fn every_fault_is_told_and_costs_only_itself() {
    let folder = Folder::new("faults");
    let binary = folder.put("x/binary.txt", b"\x7fELF\0\0\0\x01");
    let noise = folder.put(
        "x/noise.html",
        (0x80..=0xff_u8).cycle().take(3000).collect::<Vec<_>>(),
    );
    let empty = folder.put("x/empty.txt", "\n \n");
    let lines = folder.put(
        "x/lines.jsonl",
        "{\"title\":\"甲\"}\n{\n{\"title\":\"乙\"}\n",
    );
    let other = folder.put("other.doc", "x");
    let bare = folder.0.join("bare");
    std::fs::create_dir_all(&bare).unwrap();
    let missing = folder.0.join("missing.txt");
    let (articles, problems) = read(&[&binary, &noise, &empty, &lines, &other, &bare, &missing]);
    assert_eq!(
        articles
            .iter()
            .map(|a| a.title.as_str())
            .collect::<Vec<_>>(),
        ["甲", "乙"]
    );
    let told: Vec<String> = problems
        .iter()
        .map(|p| format!("{}:{:?}", p.what, p.line))
        .collect();
    assert_eq!(
        told,
        [
            "a binary file, not a text:None",
            "its characters cannot be decoded:None",
            "the file is empty:None",
            "JSON that breaks off:Some(2)",
            "not a kind of file that is read:None",
            "the folder holds no article:None",
            "no such file or folder:None",
        ]
    );
    for problem in &problems {
        assert!(!problem.remedy.is_empty() && problem.to_string().starts_with(&problem.file));
    }
}

#[test]
fn gzip_lines_are_read_as_they_are_and_a_cut_archive_is_told() {
    let folder = Folder::new("gzip");
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for number in 0..2000 {
        writeln!(
            packer,
            "{{\"title\":\"第{number}篇\",\"body\":\"正文{number}。\"}}"
        )
        .unwrap();
    }
    let bytes = packer.finish().unwrap();
    let whole = folder.put("a.jsonl.gz", &bytes);
    let cut = folder.put("b.ndjson.gz", &bytes[..bytes.len() / 2]);
    assert_eq!(read(&[&whole]).0.len(), 2000);
    let (articles, problems) = read(&[&cut]);
    assert!(!articles.is_empty() && articles.len() < 2000);
    assert!(
        problems
            .iter()
            .any(|p| p.what.contains("cannot be read to its end")),
        "{problems:?}"
    );
}

#[test]
fn an_old_page_in_gbk_gives_its_article_alone() {
    let folder = Folder::new("gbk");
    let html = "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'><title>清河两岸花正开_民生_清河报</title>\
        <meta name=author content='张三'></head><body><div><a href=/>首页</a> <a href=/ms/>民生</a></div><div id=c>\
        <p>　　清河边的花都开了，人们到河边散步，孩子们在草地上放风筝，老人们坐在柳树下面下棋、喝茶、听戏，一直坐到太阳落山。</p>\
        <p>　　护河员说，今年的水比去年清，鱼也多了，白鹭从下游飞上来，在浅滩上一站就是半天，谁走近了也不怕。</p>\
        <p data-souwen-ignore>扫码关注我们，看更多好新闻，好消息，好故事。</p></div></body></html>";
    let (bytes, ..) = encoding_rs::GBK.encode(html);
    folder.put("2025/03/09/1.html", &bytes);
    let (articles, problems) = read(&[&folder.0]);
    assert_eq!(problems, []);
    let article = &articles[0];
    assert_eq!(
        (article.title.as_str(), article.date.as_deref()),
        ("清河两岸花正开", Some("2025-03-09"))
    );
    assert_eq!(
        (article.url.as_str(), article.reporters.as_slice()),
        (
            "https://news.example/2025/03/09/1.html",
            &["张三".to_owned()][..]
        )
    );
    assert_eq!(article.paragraphs.len(), 2, "{:?}", article.paragraphs);
    assert!(article.paragraphs[0].starts_with("清河边的花"));
}

#[test]
fn publishers_marks_go_before_guesses() {
    let html = "<html><body><main><p>很长很长的导语，并不是正文，只是网站自己的话，说了又说，说个没完没了。</p></main>\
        <b data-souwen-meta=section>民生</b><div data-souwen-body><p>正文。</p><p data-souwen-ignore>广告。</p></div></body></html>";
    let article = souwen_corpus::read_html_page("a.html", html).unwrap();
    assert_eq!(
        (article.paragraphs, article.section.as_str()),
        (vec!["正文。".to_owned()], "民生")
    );
}

#[test]
fn a_page_takes_what_front_matter_and_a_side_file_say() {
    let folder = Folder::new("side");
    folder.put("p.txt", format!("---\nsection: 要闻\n---\n{PAGE}"));
    folder.put("p.toml", "date = 2025-03-09\npaper = \"清河报\"\n");
    let (articles, problems) = read(&[&folder.0]);
    assert_eq!(problems, []);
    let article = &articles[0];
    assert_eq!(
        (
            article.section.as_str(),
            article.date.as_deref(),
            article.date_inferred
        ),
        ("要闻", Some("2025-03-09"), false)
    );
    assert_eq!(
        article.metadata.get("paper").and_then(|v| v.as_str()),
        Some("清河报")
    );
    assert_eq!(article.source.as_ref().map(|s| s.line), Some(4));
}

#[test]
fn what_extract_wrote_is_read_back_the_same() {
    let folder = Folder::new("again");
    let page = folder.put("p.txt", PAGE);
    let first = read(&[&page]).0;
    let lines: String = first
        .iter()
        .map(|a| serde_json::to_string(a).unwrap() + "\n")
        .collect();
    let again = folder.put("again.jsonl", lines);
    assert_eq!(read(&[&again]).0, first);
}

#[test]
fn an_encoding_that_the_settings_have_wrong_is_told_as_theirs() {
    let folder = Folder::new("encodings");
    let (gbk, _, _) = encoding_rs::GBK.encode(PAGE);
    let path = folder.put("p.txt", gbk.repeat(20));
    let read = |label: &str| {
        let pattern = souwen_corpus::Pattern::new("*.txt").unwrap();
        let options = Options {
            encodings: vec![(pattern, label.to_owned())],
            ..Options::default()
        };
        let mut said = Vec::new();
        read_paths(std::slice::from_ref(&path), &options, &mut |item| {
            said.extend(item.err().map(|problem| problem.to_string()));
        });
        said
    };
    assert!(read("gbk").is_empty());
    let said = read("big5").concat();
    assert!(
        said.contains("p.txt: it is not in Big5, as [encodings]"),
        "{said}"
    );
    assert!(said.contains("leave it to be found"), "{said}");
}

/// What is read in the end, and how many readings it took.
fn read_again(inputs: &[PathBuf]) -> (Vec<Article>, usize) {
    #[derive(Default)]
    struct All(Vec<Article>, Vec<Left>);
    impl Visit for All {
        fn file(&mut self, _: &Path) -> Option<u64> {
            None
        }
        fn item(&mut self, item: Result<Article, Problem>) {
            self.0.push(item.unwrap());
        }
        fn left(&mut self, _: &str, why: Left) {
            self.1.push(why);
        }
    }
    let mut late = Late::default();
    let mut readings = 0;
    loop {
        let mut all = All::default();
        late = read_files(inputs, &Options::default(), late, &mut all).late;
        readings += 1;
        assert!(readings < 3, "there is always more");
        if late.is_empty() {
            return (all.0, readings);
        }
    }
}

#[test]
fn the_order_of_files_makes_no_difference_to_what_is_known_of_an_article() {
    const TEXT: &str = "清河边的花都开了,人们到河边散步,孩子们在草地上放风筝。";
    let folder = Folder::new("later");
    let files = [
        folder.put(
            "page.html",
            format!("<html><body><article data-souwen-body><h1>清河花开</h1><p>{TEXT}</p></article></body></html>"),
        ),
        folder.put(
            "feed.xml",
            format!(
                "<rss version=\"2.0\"><channel><title>x</title><link>https://news.example/</link><description>x</description>\
                 <item><title>清河花开</title><link>https://news.example/1</link><description>{TEXT}</description>\
                 <pubDate>Sun, 09 Mar 2025 08:00:00 +0800</pubDate></item></channel></rss>"
            ),
        ),
        folder.put(
            "note.md",
            format!("---\ntitle: 清河花开\nsection: 民生\n---\n{TEXT}\n"),
        ),
        folder.put(
            "dump.jsonl",
            format!("{{\"title\":\"清河花开\",\"body\":\"{TEXT}\",\"reporters\":[\"张三\"],\"date\":\"2025-03-09\"}}\n"),
        ),
    ];
    for order in [
        [0, 1, 2, 3],
        [3, 2, 1, 0],
        [1, 3, 0, 2],
        [2, 0, 3, 1],
        [0, 3, 1, 2],
        [2, 3, 1, 0],
    ] {
        let inputs: Vec<PathBuf> = order.iter().map(|&at| files[at].clone()).collect();
        let (articles, _) = read_again(&inputs);
        let [article] = articles.as_slice() else {
            panic!("{order:?}: {articles:#?}");
        };
        assert_eq!(article.date.as_deref(), Some("2025-03-09"), "{order:?}");
        assert_eq!(article.url, "https://news.example/1", "{order:?}");
        assert_eq!(article.section, "民生", "{order:?}");
        assert_eq!(article.reporters, ["张三"], "{order:?}");
    }
    // The dump says all that the other one does.
    let (_, readings) = read_again(&[files[3].clone(), files[0].clone()]);
    assert_eq!(readings, 1);
    let (_, readings) = read_again(&[files[0].clone(), files[3].clone()]);
    assert_eq!(readings, 2);
}
