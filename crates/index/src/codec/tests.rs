use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn alphabet(texts: &[String], leave_out: char) -> Alphabet {
    let mut frequencies = BTreeMap::new();
    for c in texts.iter().flat_map(|text| text.chars()) {
        if c != leave_out {
            *frequencies.entry(c).or_insert(0u64) += 1;
        }
    }
    Alphabet::new(frequencies.into_iter().collect())
}

/// A text made of a few words, so that there is something to find.
fn prose() -> impl Strategy<Value = String> {
    let words = "春天 新闻 新闻网 记者 报道 记者从 获悉 一 二 。 ， 2024年 \u{1F} 龘 𠀀";
    let words: Vec<&str> = words.split(' ').collect();
    let many = prop::collection::vec(prop::sample::select(words), 0..120);
    many.prop_map(|words| words.concat())
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let text = prop_oneof![4 => prose(), 1 => ".{0,40}", 1 => "[一-龥]{0,300}"];
    prop::collection::vec(text, 0..20)
}

/// A codec and the texts that it was trained on, coded.
fn trained(texts: &[String], leave_out: char) -> (Alphabet, TextCodec, Vec<Vec<u8>>) {
    let alphabet = alphabet(texts, leave_out);
    let codec = TextCodec::train(&alphabet, texts, 100).expect("trains");
    let encoder = codec.encoder(&alphabet);
    let coded = texts.iter().map(|text| encoder.encode(text)).collect();
    (alphabet, codec, coded)
}

proptest! {
    #[test]
    fn round_trip(texts in texts(), other in prose(), stranger: char) {
        let (alphabet, codec, coded) = trained(&texts, stranger);
        let back = TextCodec::from_bytes(&alphabet, &codec.to_bytes())?;
        prop_assert_eq!(&back, &codec);
        for (text, coded) in texts.iter().zip(&coded) {
            prop_assert_eq!(&back.decode(coded, text.len())?, text);
            if !text.is_empty() {
                prop_assert!(back.decode(coded, text.len() - 1).is_err());
            }
        }
        // A text that the codec was not trained on.
        let coded = codec.encoder(&alphabet).encode(&other);
        prop_assert_eq!(back.decode(&coded, usize::MAX)?, other);
    }

    #[test]
    fn damaged_bytes_never_panic_nor_exceed_the_limit(
        texts in texts(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), 1u8..), 1..4),
        cut: prop::sample::Index,
    ) {
        let (alphabet, codec, coded) = trained(&texts, 'x');
        for (text, coded) in texts.iter().zip(coded) {
            let limit = text.len() + 9;
            let is_short = |bytes: &[u8]| codec.decode(bytes, limit).is_ok_and(|text| text.len() <= limit);
            let is_bounded = |bytes: &[u8]| is_short(bytes) || codec.decode(bytes, limit).is_err();
            let mut flipped = coded.clone();
            for (place, flip) in &flips {
                *place.get_mut(&mut flipped) ^= flip;
            }
            prop_assert!(is_bounded(&flipped));
            prop_assert!(is_bounded(&coded[..cut.index(coded.len())]));
            // One zero may be one that was left out.
            let longer = [&coded[..], &[0, 0]].concat();
            prop_assert!(codec.decode(&longer, limit).is_err());
        }
        let mut shared = codec.to_bytes();
        for (place, flip) in &flips {
            *place.get_mut(&mut shared) ^= flip;
        }
        if let Ok(codec) = TextCodec::from_bytes(&alphabet, &shared) {
            let _ = codec.decode(&shared, 1000);
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(texts in texts(), shared: Vec<u8>, text: Vec<u8>) {
        let (alphabet, codec, _) = trained(&texts, 'x');
        let _ = codec.decode(&text, 10_000);
        if let Ok(codec) = TextCodec::from_bytes(&alphabet, &shared) {
            let _ = codec.decode(&text, 10_000);
        }
    }
}

#[test]
fn more_strangers_than_are_remembered() {
    let alphabet = Alphabet::new(vec![('的', 2)]);
    let codec = TextCodec::train(&alphabet, &["的的"], 10).expect("trains");
    let strangers = ('一'..).take(200).chain(('😀'..).take(9));
    let text: String = strangers.flat_map(|c| [c, '的', c]).collect();
    let text = text.repeat(3);
    let coded = codec.encoder(&alphabet).encode(&text);
    assert_eq!(codec.decode(&coded, text.len()).as_ref(), Ok(&text));
}

#[test]
fn strangers_that_come_when_frequencies_are_settled() {
    let alphabet = Alphabet::new(vec![('的', 2)]);
    let codec = TextCodec::train(&alphabet, &["的的"], 10).expect("trains");
    let text = format!("龘{}龘一二一二", "的".repeat(40_000));
    let coded = codec.encoder(&alphabet).encode(&text);
    assert_eq!(codec.decode(&coded, text.len()).as_ref(), Ok(&text));
}

#[test]
fn repetitions_cost_next_to_nothing() {
    let text = "记者从市统计局获悉，今年以来全市经济运行平稳。".repeat(50);
    let alphabet = alphabet(std::slice::from_ref(&text), 'x');
    let codec = TextCodec::train(&alphabet, std::slice::from_ref(&text), 0).expect("trains");
    let coded = codec.encoder(&alphabet).encode(&text);
    assert!(coded.len() < 100, "{}", coded.len());
    assert!(codec.to_bytes().len() < 70);
}

#[test]
fn training_finds_words_and_does_so_again() {
    let words = ["新闻网", "记者", "报道", "天气"];
    let texts: Vec<String> = (0..40usize)
        .map(|text| {
            let order = (0..60).map(|at| (at * at + text * at) % 7 % words.len());
            order.map(|word| words[word]).collect()
        })
        .collect();
    let (alphabet, codec, coded) = trained(&texts, 'x');
    assert_eq!(
        TextCodec::train(&alphabet, &texts, 100).as_ref(),
        Ok(&codec)
    );
    for word in words {
        let symbol = (0..codec.stranger()).find(|&symbol| {
            let found = spelling(&codec.spellings, &codec.ends, symbol);
            found.is_some_and(|found| found.contains(word))
        });
        assert!(symbol.is_some(), "{word}");
    }
    let plain = TextCodec::train(&alphabet, &texts, 0).expect("trains");
    let encoder = plain.encoder(&alphabet);
    let plain: usize = texts.iter().map(|text| encoder.encode(text).len()).sum();
    let coded: usize = coded.iter().map(Vec::len).sum();
    assert!(coded < plain, "{coded} {plain}");
}
