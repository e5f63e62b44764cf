//! What a publisher settles is in the index.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use souwen_compile::{CompileError, Compiled, Options, compile};
use souwen_corpus::Article;
use souwen_index::{Field, Index, class_of};

fn article(id: &str, title: &str, text: &str) -> Article {
    Article {
        id: id.into(),
        title: title.into(),
        paragraphs: vec![text.into()],
        ..Article::default()
    }
}

fn archive() -> Vec<Article> {
    let long = "清河大桥昨日通车，两岸居民步行过桥。".repeat(3);
    let different: String = ('一'..='龥').step_by(37).collect();
    vec![
        article("bridge", "大桥通车", &long),
        article("clinic", "市医院添新楼", "新楼有三层。"),
        article("first", "长文", &different),
        article("again", "长文又见", &format!("本报讯　{different}")),
    ]
}

fn build(options: &Options) -> (Compiled, Index) {
    let compiled = compile(&archive(), options).unwrap();
    let index = Index::open(&compiled.bytes).unwrap();
    index.validate().unwrap();
    (compiled, index)
}

fn synonyms(entries: &[&[&str]]) -> Options {
    let entry = |entry: &&[&str]| entry.iter().map(|&word| word.to_owned()).collect();
    Options {
        synonyms: entries.iter().map(entry).collect(),
        ..Options::default()
    }
}

#[test]
fn weights_and_half_life() {
    let options = Options {
        half_life_days: 365,
        weights: [20, 3, 3, 2, 1, 3, 3],
        ..Options::default()
    };
    let (_, index) = build(&options);
    assert_eq!(index.meta().half_life_days, 365);
    assert_eq!(index.meta().weights, options.weights);
    assert_eq!(index.meta().weight(Field::Body), 2);
    // 市医院 stands once, in a headline; 三层 once, in a body.
    for (pair, weight, headline) in [(('医', '院'), 20, 20), (('三', '层'), 2, 0)] {
        let term = index.pair(pair.0, pair.1).unwrap();
        let (document, class) = index.postings(term).next().unwrap();
        let all = (500..2000).map(|norm| class_of(weight, headline, norm));
        assert!(document == 1 && all.into_iter().any(|own| own == class));
    }
    for weight in [0, 81] {
        let mut bad = Options::default();
        bad.weights[3] = weight;
        let error = compile(&archive(), &bad).unwrap_err();
        assert!(matches!(error, CompileError::WeightOutOfRange(own) if own == weight));
    }
}

#[test]
fn synonyms_are_folded_joined_and_known() {
    let options = synonyms(&[
        &["市医院", "清河市人民醫院"],
        &["创文", "創建文明城市"],
        &["人民路医院", "市医院"],
    ]);
    let (compiled, index) = build(&options);
    let groups: Vec<Vec<String>> = index
        .synonyms()
        .groups()
        .iter()
        .map(|group| group.iter().map(|own| own.iter().collect()).collect())
        .collect();
    assert_eq!(
        groups,
        [
            vec!["人民路医院", "市医院", "清河市人民医院"],
            vec!["创建文明城市", "创文"]
        ]
    );
    assert_eq!(compiled.idle_synonyms, ["创建文明城市 = 创文"]);
    // What no article holds is a word in a query all the same, in either script.
    for (typed, expected) in [("创文工作", "创文|工|作"), ("創建文明城市", "创建文明城市")]
    {
        let analysis = index.analyser().analyse(typed);
        let words = analysis.segmentation().map(|word| analysis.text(word));
        assert_eq!(words.collect::<Vec<_>>().join("|"), expected);
    }
}

#[test]
fn reprints_name_the_first() {
    let (compiled, index) = build(&Options::default());
    let groups: Vec<u32> = (0..index.len()).map(|own| index.group(own)).collect();
    assert_eq!(groups, [0, 1, 2, 2]);
    assert_eq!(compiled.stats.repeated, 1);
}
