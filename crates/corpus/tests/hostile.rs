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

#[test]
fn any_bytes_under_every_name() {
    let folder = std::env::temp_dir().join(format!("souwen-corpus-hostile-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(60));
    let names = ["a.txt", "a.html", "a.md", "a.json", "a.jsonl", "a.jsonl.gz"];
    runner
        .run(&prop::collection::vec(any::<u8>(), 0..600), |bytes| {
            for name in names {
                let path = folder.join(name);
                std::fs::write(&path, &bytes).unwrap();
                let mut items = 0;
                read_paths(&[path], &Options::default(), &mut |_: Result<
                    Article,
                    _,
                >| {
                    items += 1
                });
                prop_assert!(
                    items > 0 || name == "a.md",
                    "{name}: something is always told"
                );
            }
            Ok(())
        })
        .unwrap();
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
    let _ = read_html_page("a.html", &"<div>".repeat(20_000));
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
