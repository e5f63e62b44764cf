//! Terms: what was written under a key is found there, and nothing else is.

use std::collections::BTreeSet;

use proptest::prelude::*;
use souwen_text::{Dictionary, Lexicon, cast, weight_of};

use super::{Archive, Built, SINGLE, Terms, in_parts, list};
use crate::terms::list::Posting;
use crate::{Cursor, HEAD, Impacts, Index, TermId};

/// Enough for lists that stand outside their block.
const DOCUMENTS: u32 = 600;
const CHARS: u32 = 3000;

fn chars() -> Vec<char> {
    ('一'..).take(cast::index(CHARS)).collect()
}

/// A few codes, near each other and far apart.
fn code() -> impl Strategy<Value = u32> {
    prop_oneof![3 => 0u32..6, 1 => CHARS - 6..CHARS, 1 => 0..CHARS]
}

fn postings() -> impl Strategy<Value = Vec<Posting>> {
    let step = prop_oneof![1 => Just(1u32), 1 => 2u32..9, 4 => 90u32..700];
    (0u32..700, step, 0u8..16).prop_map(|(begin, step, class)| {
        let begin = if step == 1 { begin % 80 } else { begin };
        list(DOCUMENTS, begin, step, class)
    })
}

fn frequency() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0u64), 1u64..70_000]
}

prop_compose! {
    fn terms()(
        terms in prop::collection::btree_map(
            prop::collection::vec(code(), 1..=6),
            (frequency(), postings()),
            1..400,
        ),
    ) -> Terms {
        let worth = |(key, (frequency, list)): &(Vec<u32>, (u64, Vec<Posting>))| {
            key.len() > 2 || *frequency > 0 || !list.is_empty()
        };
        terms.into_iter().filter(worth).collect()
    }
}

fn archive(terms: Terms) -> Archive {
    Archive {
        terms,
        ..Archive::of(chars(), DOCUMENTS)
    }
}

/// The term of a key, by the methods that lead there.
fn term(index: &Index, key: &[u32]) -> Option<TermId> {
    let chars: Vec<char> = key
        .iter()
        .filter_map(|&code| index.alphabet().char(code))
        .collect();
    match chars[..] {
        [c] => index.single(c),
        [a, b] => index.pair(a, b),
        _ => index.word(&chars.iter().collect::<String>()),
    }
}

fn all(mut cursor: Cursor) -> Vec<Posting> {
    std::iter::from_fn(|| cursor.next()).collect()
}

/// Looks every key up, and some that are not there.
fn check(built: &Built, terms: &Terms, strange: &[Vec<u32>]) -> Result<(), TestCaseError> {
    let index = built.open();
    for (key, (_, list)) in terms {
        let found = built.ask(&index, |index| {
            term(index, key).map(|term| (index.document_frequency(term), all(index.postings(term))))
        });
        if key.len() == 2 && list.is_empty() {
            prop_assert_eq!(found, None);
        } else {
            prop_assert_eq!(found, Some((cast::small(list.len()), list.clone())));
        }
        let targets = || (0..DOCUMENTS).step_by(171);
        let sought = built.ask(&index, |index| {
            let mut cursor = index.postings(term(index, key)?);
            Some(targets().map(|target| cursor.seek(target)).collect())
        });
        let mut rest = list.iter().copied();
        let expected: Vec<_> = targets()
            .map(|target| rest.find(|own| own.0 >= target))
            .collect();
        prop_assert_eq!(sought.unwrap_or(vec![None; expected.len()]), expected);
    }
    for key in strange.iter().filter(|&key| !terms.contains_key(key)) {
        let df = built.ask(&index, |index| {
            term(index, key).map_or(0, |term| index.document_frequency(term))
        });
        prop_assert_eq!(df, 0);
    }
    let firsts: BTreeSet<u32> = terms.keys().map(|key| key[0]).collect();
    for first in firsts {
        let c = index.alphabet().char(first).expect("has a character");
        let found = built.ask(&index, |index| index.following(c));
        let found: Vec<u32> = found
            .iter()
            .filter_map(|(c, _)| index.alphabet().code(*c))
            .collect();
        let expected = terms
            .iter()
            .filter(|(key, (_, list))| key.len() == 2 && key[0] == first && !list.is_empty())
            .map(|(key, _)| key[1]);
        prop_assert!(found.into_iter().eq(expected));
    }
    built.supply_all(&index);
    prop_assert_eq!(index.validate(), Ok(()));
    prop_assert_eq!(index.terms(), cast::small(terms.len()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn round_trip(terms in terms(), strange in prop::collection::vec(prop::collection::vec(code(), 1..=6), 20)) {
        let archive = archive(terms);
        check(&archive.build(SINGLE), &archive.terms, &strange)?;
        check(&archive.build(in_parts(700)), &archive.terms, &strange)?;
    }

    #[test]
    fn words_are_those_of_a_dictionary(terms in terms(), texts in prop::collection::vec(prop::collection::vec(code(), 1..9), 30)) {
        let archive = archive(terms);
        let spell = |key: &[u32]| -> String {
            key.iter().map(|&code| archive.chars[cast::index(code)]).collect()
        };
        let words = archive.terms.iter().filter(|(key, (frequency, _))| key.len() > 2 || *frequency > 0);
        let words: Vec<(String, u16)> = words.map(|(key, own)| (spell(key), weight_of(own.0))).collect();
        let dictionary = Dictionary::from_words(words.clone());
        let built = archive.build(in_parts(700));
        let index = built.open();
        let known = archive.terms.keys().cloned();
        for codes in texts.into_iter().chain(known) {
            let own = built.ask(&index, |index| {
                let mut found = Vec::new();
                index.analyser().dictionary().words_at(&codes, |len, weight| found.push((len, weight)));
                found
            });
            let text: Vec<char> = spell(&codes).chars().collect();
            let mut expected = Vec::new();
            dictionary.words_at(&dictionary.codes(&text), |len, weight| expected.push((len, weight)));
            prop_assert_eq!(own, expected);
        }
        // Codes ascend with characters here, so that keys are in the order of words.
        let listed = built.ask(&index, |index| {
            let mut found = Vec::new();
            index.analyser().dictionary().starting_with("", |word| { found.push(word); true });
            found
        });
        let expected: Vec<String> = words.iter().map(|(word, _)| word.clone()).collect();
        prop_assert_eq!(listed, expected);
        for (ordinal, (word, _)) in (0u32..).zip(&words).step_by(7) {
            let found = built.ask(&index, |index| index.analyser().dictionary().ordinal(word));
            prop_assert_eq!(found, Some(ordinal));
        }
    }
}

/// Lists of thousands of documents: sparse, half, and nearly all of them.
#[test]
fn long_lists_and_their_heads() {
    const MANY: u32 = 5000;
    let class = |own: u32| match own % 97 {
        5 => 8 + cast::low_byte(u64::from(own / 97 % 8)),
        6..40 => 6,
        _ => cast::low_byte(u64::from(own % 11 / 9)),
    };
    let list = |held: &dyn Fn(u32) -> bool| -> Vec<Posting> {
        let own = (0..MANY).filter(|&own| held(own));
        own.map(|own| (own, class(own))).collect()
    };
    let lists = [
        list(&|own| own % 2 == 1),
        list(&|own| own % 9 != 3 && own % 700 > 20),
        list(&|own| own % 131 == 7),
        list(&|own| own % 40 < 3 || own > 4800),
        list(&|_| true),
    ];
    let terms = (0u32..).zip(lists);
    let terms: Terms = terms
        .map(|(own, list)| (vec![own, own + 1], (0, list)))
        .collect();
    let archive = Archive {
        terms,
        ..Archive::of(chars(), MANY)
    };
    for layout in [SINGLE, in_parts(700)] {
        let built = archive.build(layout);
        let index = built.open();
        let impacts = Impacts::new(index.meta());
        for (key, (_, list)) in &archive.terms {
            let found = built.ask(&index, |index| {
                term(index, key).map(|own| all(index.postings(own)))
            });
            assert_eq!(found.as_ref(), Some(list));
            let head = built.ask(&index, |index| {
                term(index, key).and_then(|own| index.head(own)).map(all)
            });
            let mut best = list.clone();
            best.sort_by_key(|own| std::cmp::Reverse(impacts.alone(own.1)));
            best.truncate(HEAD);
            best.sort_unstable();
            assert_eq!(head, (list.len() >= 2048).then_some(best));
        }
        built.supply_all(&index);
        assert_eq!(index.validate(), Ok(()));
    }
}
