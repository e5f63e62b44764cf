//! jieba-rs with the same words is the oracle of the segmenter: on the demo newspaper, and on the shared pages where
//! they are at hand, both cut alike but for the differences that `testdata/segmentation/accepted.toml` lists.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod cuts;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cuts::Cuts;
use jieba_rs::Jieba;
use serde::Deserialize;
use souwen_compile::dictionary::{self, Words};
use souwen_compile::{Options, compile};
use souwen_corpus::{Article, read_paths};
use souwen_index::{Field, Index};
use souwen_text::{Analyser, Dictionary, MASS, weight_of};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: String,
    reason: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(folder: &Path) -> Vec<Article> {
    let mut articles = Vec::new();
    read_paths(
        &[folder.to_path_buf()],
        &souwen_corpus::Options::default(),
        &mut |item| articles.push(item.unwrap()),
    );
    articles
}

/// Every field of every article, as the index reads them.
fn fields(index: &Index, articles: &[Article]) -> Vec<Vec<String>> {
    let of = |(document, article): (u32, &Article)| {
        let record = index.record(document).unwrap();
        let mut texts: Vec<String> = record
            .fields()
            .into_iter()
            .filter(|field| field.0 != Field::Reporters)
            .map(|field| field.1)
            .collect();
        texts.push(article.reporters.join("\n"));
        texts.retain(|text| !text.is_empty());
        texts
    };
    (0..).zip(articles).map(of).collect()
}

/// jieba with these words and no others. A filler that stands in no text carries the mass that the words lack, so that
/// every word has the probability that the segmenter gives it.
fn oracle(words: &Words) -> Jieba {
    let mut jieba = Jieba::empty();
    for (word, &frequency) in words {
        jieba.add_word(word, Some(usize::try_from(frequency).unwrap()), None);
    }
    let lost = MASS.checked_sub(words.values().sum()).unwrap();
    jieba.add_word("\u{E000}", Some(usize::try_from(lost).unwrap()), None);
    jieba
}

fn check(name: &str, folder: &Path) {
    let articles = read(folder);
    let index = Index::open(&compile(&articles, &Options::default()).unwrap().bytes).unwrap();
    let fold = index.analyser().fold().clone();
    let fields = fields(&index, &articles);
    let texts: Vec<String> = fields.iter().map(|fields| fields.join("\n")).collect();
    let names: Vec<String> = articles.iter().flat_map(|a| a.reporters.clone()).collect();
    let words = dictionary::collect(&fold, &texts, &names, &[]).unwrap();
    let weighted = words.iter().map(|(word, &f)| (word, weight_of(f)));
    let analyser = Analyser::new(fold, Dictionary::from_words(weighted));
    let jieba = oracle(&words);

    let accepted = std::fs::read_to_string(root().join("testdata/segmentation/accepted.toml"));
    let accepted: Accepted = toml::from_str(&accepted.unwrap()).unwrap();
    assert!(accepted.rule.iter().all(|rule| !rule.reason.is_empty()));
    let listed: BTreeSet<&str> = accepted.rule.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(listed, BTreeSet::from(cuts::RULES), "rules without a test");

    let (mut characters, mut borders) = (0, 0);
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unexplained = Vec::new();
    for text in fields.iter().flatten() {
        let cuts = Cuts::new(&analyser, &jieba, text);
        assert_eq!(
            cuts.ours,
            Cuts::borders_of(index.analyser(), text),
            "the index's own dictionary, without the words that no text uses, cuts otherwise: {text}"
        );
        characters += cuts.len();
        borders += cuts.ours.len();
        for difference in cuts.differences() {
            match cuts.rule(&difference) {
                Some(rule) => *uses.entry(rule).or_default() += 1,
                None => unexplained.push(cuts.show(&difference)),
            }
        }
    }
    println!("{name}: {characters} characters, {borders} borders, differences {uses:?}");
    // A corpus that was hardly read would agree with anything.
    assert!(
        characters > 8_000 && borders > 4_000,
        "{name}: too little text"
    );
    assert!(
        unexplained.is_empty(),
        "{name}: {} differences without a rule:\n{}",
        unexplained.len(),
        unexplained.join("\n")
    );
}

#[test]
fn demo_newspaper() {
    check("the demo newspaper", &root().join("corpus"));
}

#[test]
fn shared_pages() {
    let pages = root().join("../shared/corpus/newspaper-pages");
    if pages.is_dir() {
        check("the shared pages", &pages);
    } else {
        println!("skipped: ../shared/corpus/newspaper-pages is not there");
    }
}
