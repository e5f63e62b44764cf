//! The bytes of an index do not depend on how it was built: on the memory, the threads, the shards.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use proptest::prelude::*;
use souwen_compile::{
    Bundle, Compiled, Limits, Options, Run, ShardError, build, compile, compile_to,
};
use souwen_compile::{map, open_shards};
use souwen_corpus::{Article, read_paths};
use souwen_index::{PartDigest, Sink};

fn options() -> Options {
    Options {
        facets: vec!["channel".into()],
        words: vec!["沄河湾".into()],
        synonyms: vec![vec!["创文".into(), "创建文明城市".into()]],
        bundle: Bundle {
            single_file: 4096,
            part: 2048,
            max_files: 8,
        },
        ..Options::default()
    }
}

fn limits(memory: u64, threads: usize) -> Limits {
    Limits {
        memory,
        threads,
        ..Limits::default()
    }
}

/// Every `of`th article from the one that `shard` says on.
fn shard(articles: &[Article], (shard, of): (u32, u32), limits: &Limits) -> Run {
    let own = |(ordinal, _): &(u64, &Article)| ordinal % u64::from(of) == u64::from(shard - 1);
    map(&options(), limits, &(), (shard, of), |take| {
        let articles = (0..).zip(articles).filter(own);
        articles.for_each(|(ordinal, article)| take(ordinal, article.clone()));
    })
    .unwrap()
}

/// The parts of an index.
#[derive(Default, PartialEq)]
struct Parts(Vec<Vec<u8>>);

impl Sink for Parts {
    fn part(&mut self, bytes: Vec<u8>) -> std::io::Result<PartDigest> {
        self.0.push(bytes);
        Ok(u128::try_from(self.0.len()).unwrap().to_le_bytes())
    }
}

fn built(runs: Vec<Run>, options: &Options, limits: &Limits) -> (Compiled, Parts) {
    let mut parts = Parts::default();
    let compiled = build(runs, options, limits, &(), &mut parts).unwrap();
    (compiled, parts)
}

fn check(articles: &[Article]) {
    let mut parts = Parts::default();
    let characters = articles
        .iter()
        .map(|own| u64::try_from(own.characters()).unwrap());
    let documents = u32::try_from(articles.len()).unwrap();
    let layout = options().bundle.layout(documents, characters.sum());
    let whole = compile_to(articles, &options(), layout, &mut parts).unwrap();
    for (memory, threads) in [(0, 1), (0, 4), (1 << 20, 4)] {
        let limits = limits(memory, threads);
        let run = shard(articles, (1, 1), &limits);
        let (own, own_parts) = built(vec![run], &options(), &limits);
        assert!(
            own.bytes == whole.bytes && own_parts == parts,
            "{memory} bytes, {threads} threads"
        );
        assert_eq!(own.stats, whole.stats);
        assert_eq!(own.idle_synonyms, whole.idle_synonyms);
    }
    let dir = tempfile::tempdir().unwrap();
    let folders: Vec<_> = (1..=3)
        .map(|n: u32| dir.path().join(n.to_string()))
        .collect();
    for (number, folder) in (1..).zip(&folders) {
        std::fs::create_dir(folder).unwrap();
        let run = shard(articles, (number, 3), &limits(0, 2));
        run.save(folder, &options()).unwrap();
    }
    let (mut runs, options) = open_shards(&folders).unwrap();
    // In any order.
    runs.rotate_left(1);
    let (merged, merged_parts) = built(runs, &options, &limits(0, 2));
    let same = merged.bytes == whole.bytes && merged_parts == parts;
    assert!(same, "merged of three shards");
    assert_eq!(merged.stats, whole.stats);
}

/// Words of many kinds; some make others when they come together.
const WORDS: &str = "沄河 沄河湾 大桥 合龙 通车 创文 創文 創建文明城市 开发 開發 开 发 区 老吴营 社区 居委会 着名 著名 覃亦舟 \
    2.77亿元 12月17日 1,984户 5G EOD C++ pm2.5 Open AI 的 了 在 ， 。 “ ” 旺 能 環 境 ① ㎡ é 𠮷 a b 第 51 次";

fn text(words: &[usize]) -> String {
    let all: Vec<&str> = WORDS.split(' ').filter(|word| !word.is_empty()).collect();
    words.iter().map(|&word| all[word % all.len()]).collect()
}

prop_compose! {
    fn article()(
        title in prop::collection::vec(0usize..60, 0..8),
        body in prop::collection::vec(prop::collection::vec(0usize..60, 0..120), 1..3),
        names in prop::collection::vec(0usize..60, 0..3),
        section in 0usize..3,
        day in 1u32..29,
        channel in 0usize..4,
    ) -> Article {
        let text_of = |words: &Vec<usize>| text(words);
        let kinds = [serde_json::json!("城建"), serde_json::json!(["农业", "集市"]), 3.into(), serde_json::Value::Null];
        Article {
            title: text(&title),
            paragraphs: body.iter().map(text_of).collect(),
            reporters: names.iter().map(|&name| text(&[name, name + 1])).collect(),
            section: ["", "要闻", "民生"][section].into(),
            date: Some(format!("2024-02-{day:02}")),
            metadata: [("channel".to_owned(), kinds[channel].clone())].into(),
            ..Article::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn generated_archives(
        articles in prop::collection::vec(article(), 1..60),
        copies in prop::collection::vec((0usize..60, 0usize..60), 0..12),
    ) {
        let mut articles = articles;
        for (from, to) in copies {
            let (from, to) = (from % articles.len(), to % articles.len());
            articles[to] = articles[from].clone();
        }
        for (number, article) in articles.iter_mut().enumerate() {
            article.id = format!("{number:x}");
        }
        check(&articles);
    }
}

#[test]
fn the_demo_newspaper() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut articles = Vec::new();
    read_paths(&[corpus], &souwen_corpus::Options::default(), &mut |item| {
        articles.push(item.unwrap());
    });
    check(&articles);
    let mut parts = Parts::default();
    let layout = options().bundle.layout(0, 0);
    compile_to(&articles, &options(), layout, &mut parts).unwrap();
    assert!(parts.0.len() > 8, "parts are compared");
}

#[test]
fn shards_that_do_not_go_together() {
    let article = |id: &str| Article {
        id: id.into(),
        title: "沄河大桥合龙".into(),
        ..Article::default()
    };
    let articles = [article("a"), article("b")];
    let dir = tempfile::tempdir().unwrap();
    let save = |name: &str, part: (u32, u32), options: &Options| {
        let folder = dir.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        let run = shard(&articles, part, &limits(0, 1));
        run.save(&folder, options).unwrap();
        folder
    };
    let first = save("first", (1, 2), &options());
    let second = save("second", (2, 2), &options());
    let other = save("other", (2, 2), &Options::default());
    let third = save("third", (3, 3), &options());
    let open = |folders: &[&std::path::PathBuf]| {
        let folders: Vec<_> = folders.iter().map(|&folder| folder.clone()).collect();
        open_shards(&folders).map(|(runs, _)| runs.len())
    };
    assert_eq!(open(&[&second, &first]).unwrap(), 2);
    let error = open(&[&second]).unwrap_err();
    assert!(
        error.to_string().contains("of 2 shards, 1 is missing"),
        "{error}"
    );
    let error = open(&[&first, &second, &first]).unwrap_err();
    assert!(matches!(error, ShardError::Twice(..)), "{error}");
    let error = open(&[&first, &other]).unwrap_err();
    assert!(error.to_string().contains("different settings"), "{error}");
    let error = open(&[&first, &third]).unwrap_err();
    assert!(error.to_string().contains("numbers of shards"), "{error}");
    let error = open(&[&first, &dir.path().join("none")]).unwrap_err();
    assert!(error.to_string().contains("not a shard"), "{error}");
    let places = second.join("places");
    let mut bytes = std::fs::read(&places).unwrap();
    bytes.pop();
    std::fs::write(&places, bytes).unwrap();
    let error = open(&[&first, &second]).unwrap_err();
    assert!(error.to_string().contains("damaged"), "{error}");
}

#[test]
fn two_articles_of_one_id_are_told() {
    let article = |id: &str| Article {
        id: id.into(),
        title: "甲".into(),
        ..Article::default()
    };
    let articles = ["a", "b", "c", "b", "a"].map(article);
    let error = compile(&articles, &Options::default()).unwrap_err();
    assert!(error.to_string().contains("`b`"), "{error}");
}
