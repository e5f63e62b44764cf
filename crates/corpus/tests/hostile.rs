//! No input makes a reader panic or hang.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use proptest::prelude::*;
use souwen_corpus::{
    Article, Options, read_html_page, read_markdown, read_newspaper_page, read_paths,
};

/// Lines of what pages are made of, in any order, so that the rules meet what they look for in the wrong place.
fn page() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("\n\n\n\n".to_owned()),
        Just(" ".to_owned()),
        Just("\t".to_owned()),
        Just("# ".to_owned()),
        Just("——".to_owned()),
        Just("本报讯(记者 张三 通讯员 李四)".to_owned()),
        Just("本报讯（记者".to_owned()),
        Just("本报记者张三".to_owned()),
        Just("（张三）".to_owned()),
        Just("张三 摄".to_owned()),
        Just("(上接第一版)".to_owned()),
        Just("（下转第三版）".to_owned()),
        Just("一周要闻".to_owned()),
        Just("核心提示".to_owned()),
        Just("3月2日,".to_owned()),
        Just("2025年3月2日".to_owned()),
        Just("图为".to_owned()),
        "[清河两岸花正开，。、；：“”！？()（）\"]{1,24}",
        "[a-zA-Z0-9 .,|#\\-]{1,12}",
        "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn newspaper_pages(text in page()) {
        for article in read_newspaper_page("p.txt", &text) {
            prop_assert!(!(article.title.is_empty() && article.paragraphs.is_empty() && article.captions.is_empty()), "{article:?}");
            prop_assert!(article.source.is_some_and(|s| s.line >= 1));
        }
    }

    #[test]
    fn any_text_as_a_page(text in any::<String>()) {
        let _ = read_newspaper_page(&text, &text);
    }

    #[test]
    fn html_pages(text in "(<[a-z0-9 =\"'!/-]{0,20}>|[清河。，\\s]{0,9}|&[a-z#0-9]{0,6};|\\PC{0,8}){0,60}") {
        let _ = read_html_page("a.html", &text);
    }

    #[test]
    fn markdown(text in "(---\\n|\\+\\+\\+\\n|[a-z]{1,5}: ?|[#*_`|>\\[\\]()!-]{1,4}|\\n|[清河。]{1,5}|\\PC{0,8}){0,60}") {
        let _ = read_markdown("a.md", &text);
    }
}

/// Every name that tells a kind of file.
const NAMES: [&str; 16] = [
    "a.txt",
    "a.txt.gz",
    "a.html",
    "a.html.gz",
    "a.md",
    "a.json",
    "a.jsonl",
    "a.jsonl.gz",
    "a.csv",
    "a.csv.gz",
    "a.tsv",
    "a.xml",
    "a.rss",
    "a.wxr",
    "a.wxr.gz",
    "a.pdf",
];

/// Reads bytes under a name; gives how much is told of them.
fn told(folder: &std::path::Path, name: &str, bytes: &[u8]) -> usize {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut items = 0;
    read_paths(&[path], &Options::default(), &mut |_: Result<
        Article,
        _,
    >| items += 1);
    items
}

fn each(name: &str, cases: u32, bytes: impl Strategy<Value = Vec<u8>>, names: &[&str]) {
    let folder = std::env::temp_dir().join(format!("souwen-corpus-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let config = ProptestConfig::with_cases(cases);
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let run = runner.run(&bytes, |bytes| {
        for name in names {
            let items = told(&folder, name, &bytes);
            // Of a draft, a menu, a picture nothing is told here.
            let may_be_silent = ["a.md", "a.csv", "a.tsv", "a.xml", "a.wxr"].contains(name);
            prop_assert!(
                items > 0 || may_be_silent,
                "{name}: something is always told"
            );
        }
        Ok(())
    });
    std::fs::remove_dir_all(&folder).unwrap();
    run.unwrap();
}

#[test]
fn any_bytes_under_every_name() {
    each(
        "any",
        40,
        prop::collection::vec(any::<u8>(), 0..600),
        &NAMES,
    );
}

/// Pieces of feeds and dumps in any order, so that elements are open, closed and nested where none should be.
#[test]
fn any_xml() {
    let piece = prop_oneof![
        Just("<rss xmlns:wp=\"http://wordpress.org/export/1.2/\">".to_owned()),
        Just("<feed xmlns=\"http://www.w3.org/2005/Atom\">".to_owned()),
        Just("<?xml version=\"1.0\" encoding=\"gbk\"?>".to_owned()),
        Just("<!DOCTYPE a [<!ENTITY b \"&b;&b;\">]>".to_owned()),
        Just("<item>".to_owned()),
        Just("</item>".to_owned()),
        Just("<entry><title>清河</title></entry>".to_owned()),
        Just("<title>清河</title>".to_owned()),
        Just("<content:encoded><![CDATA[<p>花[caption]".to_owned()),
        Just("]]></content:encoded>".to_owned()),
        Just("<category domain=\"category\" nicename='x'>民生</category>".to_owned()),
        Just("<pubDate>Sun, 09 Mar 2025 16:30:00 GMT</pubDate>".to_owned()),
        "</?[a-z:]{1,8}( [a-z]{1,4}=\"[^\"]{0,4}\")?/?>",
        "&[a-z#0-9]{0,6};?",
        "[清河。<>&\\[\\]!-]{0,9}",
    ];
    let head = prop_oneof![
        Just("<rss version=\"2.0\"><channel>"),
        Just("<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>"),
        Just("<feed>"),
        Just(""),
    ];
    let text = (head, prop::collection::vec(piece, 0..40));
    let bytes = text.prop_map(|(head, pieces)| (head.to_owned() + &pieces.concat()).into_bytes());
    each("xml", 150, bytes, &["a.xml", "a.rss"]);
}

/// Quotes that are never closed, rows of any length.
#[test]
fn any_table() {
    let text = "(title|body|标题|date|[清河a]{0,3}|\"|\"\"|,|;|\\t|\r?\n|\r|\\PC{0,4}){0,60}";
    let bytes = text.prop_map(String::into_bytes);
    each("table", 150, bytes, &["a.csv", "a.tsv"]);
}

/// What is cut anywhere, as by a disk that is full, under the name that it has.
#[test]
fn every_fixture_cut_and_damaged() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/inputs");
    let folder = std::env::temp_dir().join(format!("souwen-corpus-cut-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut folders = vec![std::path::PathBuf::from(root)];
    let mut random = 1_u32;
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.file_name().unwrap().to_str().unwrap();
            let bytes = std::fs::read(&path).unwrap();
            for _ in 0..6 {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = usize::try_from(random >> 8).unwrap() % bytes.len().max(1);
                told(&folder, name, &bytes[..at]);
                let mut damaged = bytes.clone();
                damaged[at] ^= 0x55;
                told(&folder, name, &damaged);
            }
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Ten times the text must not take a hundred times as long.
#[test]
fn long_pages_are_read_in_time() {
    let article = "清河两岸花正开\n\n本报记者 张三\n\n3月2日,清河边的花都开了,人们到河边散步。\n\n花开了,\n\n";
    let started = std::time::Instant::now();
    let articles = read_newspaper_page("p.txt", &article.repeat(2_000));
    assert!(!articles.is_empty());
    let line = "清河两岸花正开,".repeat(40_000);
    let _ = read_newspaper_page("p.txt", &line);
    let _ = read_newspaper_page("p.txt", &"清 ".repeat(100_000));
    let line = "清河两岸的花都开了，人们　　清河的老桥昨天修好了，大\n";
    let across = format!(
        "{}清河两岸的花都开了，人们到河边散步，孩子放风筝。\n",
        line.repeat(3)
    );
    let _ = read_newspaper_page("p.txt", &across.repeat(10_000));
    let many = format!("{}\n", "清河两岸的花都开了，　　".repeat(2_000));
    let _ = read_newspaper_page("p.txt", &many.repeat(5));
    let two = "清河两岸的花都开了，人们 清河的老桥昨天修好了，大\n".repeat(4);
    let _ = read_newspaper_page("p.txt", &format!("{two}{}", "清 ".repeat(100_000)));
    let _ = read_html_page("a.html", &"<div>".repeat(20_000));
    let folder = std::env::temp_dir().join(format!("souwen-corpus-long-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let deep = format!("<rss><channel><item><description>{}", "<a>".repeat(50_000));
    told(&folder, "deep.xml", deep.as_bytes());
    let markup = format!(
        "<rss><channel><item><title>清</title><description><![CDATA[{}]]></description></item></channel></rss>",
        "<div>".repeat(50_000)
    );
    told(&folder, "markup.xml", markup.as_bytes());
    told(
        &folder,
        "open.csv",
        format!("title\n\"{}", "清,\n".repeat(200_000)).as_bytes(),
    );
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
