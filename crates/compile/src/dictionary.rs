//! The archive's own dictionary: the words of jieba's dictionary that occur in it, and new ones.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use jieba_rs::Jieba;
use rayon::prelude::*;
use souwen_text::{FoldTable, Gap, STOP_WORDS, Stream, fits, is_han, is_stop_word};

use crate::folds;
use crate::new_words::{self, Pieces};

/// The words of jieba's dictionary that folding makes others of, and commoner ones than it holds
/// under the folded spelling, if any: 著 and 着 are one to a search, so that 著名 is 着名.
const SPELLINGS: &str = include_str!("spellings.txt");

/// A character that is in no word of the dictionary.
const MARK: char = '\u{4DB5}';

/// jieba's dictionary as it serves here.
struct Tables {
    /// jieba, which also knows the folded spellings of its words. What it is asked to cut is folded.
    jieba: Jieba,
    /// The same with a dummy word of overwhelming frequency, see [`frequency`].
    scales: Jieba,
    /// By folded spelling: the words, the commonest first.
    spelled: BTreeMap<String, Vec<&'static str>>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut jieba = Jieba::new();
    let mut scales = jieba.clone();
    scales.add_word(&MARK.to_string(), Some(1_000_000_000_000_000), None);
    let mut spelled: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    let fold = folds::complete();
    for word in SPELLINGS.split_whitespace() {
        spelled.entry(folded(&fold, word)).or_default().push(word);
    }
    for (folded, words) in &mut spelled {
        // The commonest first.
        words.sort_by_key(|word| Reverse(weigh(&scales, word)));
        let own = Some(folded.as_str()).filter(|folded| jieba.has_word(folded));
        let all = words.iter().copied().chain(own);
        let frequency = all.map(|word| weigh(&scales, word)).sum();
        // Moved, not added: all frequencies together stay [`souwen_text::MASS`].
        for jieba in [&mut jieba, &mut scales] {
            jieba.add_word(folded, Some(frequency), None);
            for word in words.iter() {
                jieba.add_word(word, Some(0), None);
            }
        }
    }
    Tables {
        jieba,
        scales,
        spelled,
    }
});

/// How a word is spelled that folding made another of: 著名 for `着名`. Nothing for all others. What
/// depends on the characters, such as how a word is read, must go by this spelling.
#[must_use]
pub fn spelled(folded: &str) -> Option<&'static str> {
    TABLES.spelled.get(folded)?.first().copied()
}

/// The frequency of a word in jieba's dictionary.
///
/// jieba does not tell it, but `suggest_freq(text)` is ⌊T · ∏ (fᵢ / T)⌋ + 1 over the words of the
/// text, T being the sum of all frequencies. For `word` + [`MARK`], the mark's frequency F making
/// up nearly all of T, that is ⌊f · F / T⌋ + 1 = (f − 1) + 1: exact while f · (T − F) / T < 1, and
/// so large a T also keeps the word itself from being cut. Checked against all 349,045 words.
pub(crate) fn frequency(word: &str) -> u64 {
    u64::try_from(weigh(&TABLES.scales, word)).unwrap_or(1)
}

fn weigh(scales: &Jieba, word: &str) -> usize {
    let mut text = word.to_owned();
    text.push(MARK);
    scales.suggest_freq(&text)
}

/// Whether jieba's dictionary has a word.
pub(crate) fn is_known(word: &str) -> bool {
    TABLES.jieba.has_word(word)
}

/// Words with their frequencies, sorted by word.
pub type Words = BTreeMap<String, u64>;

/// The folded text of a stream with a line feed wherever no word may reach across.
fn blocks(stream: &Stream) -> String {
    let mut text = String::with_capacity(stream.len() * 4);
    for (at, &c) in stream.chars().iter().enumerate() {
        if stream.gap(at) != Gap::None {
            text.push('\n');
        }
        text.push(c);
    }
    text
}

fn is_han_word(word: &str) -> bool {
    fits(word) && word.chars().all(is_han)
}

#[derive(Default)]
struct Found {
    known: BTreeSet<String>,
    /// The texts in pieces, to find new words in.
    pieces: Vec<Pieces>,
}

impl Found {
    fn join(mut self, other: Self) -> Self {
        self.known.extend(other.known);
        self.pieces.extend(other.pieces);
        self
    }
}

/// Collects the archive's dictionary from its texts, and the stop words. `names` (of bylines) and `own` (the
/// publisher's words) enter whatever jieba thinks of them.
#[must_use]
pub fn collect(fold: &FoldTable, texts: &[String], names: &[String], own: &[String]) -> Words {
    let found = texts
        .par_iter()
        .fold(Found::default, |mut found, text| {
            let text = blocks(&Stream::new(fold, text));
            for token in TABLES.jieba.cut_all(&text) {
                if is_han_word(token.word) && !found.known.contains(token.word) {
                    found.known.insert(token.word.to_owned());
                }
            }
            let mut pieces = Pieces::default();
            for token in TABLES.jieba.cut(&text, true) {
                if is_han_word(token.word) && !TABLES.jieba.has_word(token.word) {
                    pieces.push_seen(token.word);
                } else {
                    pieces.push(token.word);
                }
            }
            found.pieces.push(pieces);
            found
        })
        .reduce(Found::default, Found::join);
    let mut words = Words::new();
    let known: Vec<String> = found
        .known
        .into_iter()
        .filter(|word| TABLES.jieba.has_word(word))
        .collect();
    words.extend(
        known
            .into_par_iter()
            .map(|word| {
                let frequency = frequency(&word);
                (word, frequency)
            })
            .collect::<Vec<_>>(),
    );
    let asking = STOP_WORDS
        .iter()
        .filter(|word| !is_one(word) && TABLES.jieba.has_word(word));
    words.extend(asking.map(|word| ((*word).to_owned(), frequency(word))));
    let new = new_words::find(&found.pieces);
    drop(found.pieces);
    let given = names
        .iter()
        .chain(own)
        .map(|word| folded(fold, word))
        .filter(|word| is_han_word(word));
    for word in new.into_iter().chain(given) {
        // As often as it takes to be cut as one word, no more: `suggest_freq` is made for this.
        let enough = TABLES.jieba.suggest_freq(&word);
        let slot = words.entry(word).or_default();
        *slot = (*slot).max(u64::try_from(enough).unwrap_or(1));
    }
    words
}

/// Drops the words that no segmentation of the archive uses: they only seem to stand there, across
/// the border of two others. Stop words and the words of `kept` stay for the queries.
///
/// Every text of the archive is cut as before. A route loses only edges that the best one does not
/// use; a single character whose word is dropped is taken for unknown, which is heavier still. Only
/// where a character was no word of its own could dropping the words that begin with it open a new
/// edge, so those stay.
pub(crate) fn prune(words: &mut Words, used: &HashSet<&String>, kept: &HashSet<String>) {
    let lone: HashSet<String> = words.keys().filter(|word| is_one(word)).cloned().collect();
    let begins_alone = |word: &str| {
        word.chars()
            .next()
            .is_some_and(|c| lone.contains(&c.to_string()))
    };
    words.retain(|word, _| {
        let asked = is_stop_word(word) || kept.contains(word);
        used.contains(word) || asked || !begins_alone(word)
    });
}

fn is_one(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

fn folded(fold: &FoldTable, word: &str) -> String {
    Stream::new(fold, word).chars().iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_are_those_of_the_dictionary() {
        for (word, expected) in [
            ("的", 318_825),
            ("中国", 129_470),
            ("社区", 6115),
            ("幸福", 3342),
        ] {
            assert_eq!(frequency(word), expected, "{word}");
        }
        let text = format!("的{MARK}");
        assert!(!TABLES.jieba.has_word(&MARK.to_string()) && TABLES.jieba.suggest_freq(&text) < 10);
    }

    #[test]
    fn words_names_and_new_words() {
        let texts = ["棠川县开展“营商环境”整治。棠川县召开会议。".to_owned()];
        let words = collect(
            &FoldTable::default(),
            &texts,
            &["查一苇".into()],
            &["沄河湾".into()],
        );
        for word in ["营商", "环境", "整治", "会议", "查一苇", "沄河湾"] {
            assert!(words.contains_key(word), "{word} is missing from {words:?}");
        }
        assert!(!words.contains_key("社区"));
        assert!(words.keys().all(|word| is_han_word(word)));
    }

    #[test]
    fn words_are_known_by_their_folded_spelling() {
        let fold = folds::complete();
        let plain = Jieba::new();
        for word in SPELLINGS.split_whitespace() {
            let folded = folded(&fold, word);
            assert!(plain.has_word(word), "{word} is no word of jieba's");
            assert_ne!(folded, word, "{word} is not folded");
            assert!(TABLES.jieba.has_word(&folded), "{folded} for {word}");
        }
        assert_eq!(frequency("着名"), 9342 + 3, "that of 著名 and that of 着名");
        assert_eq!((spelled("着名"), spelled("着急")), (Some("著名"), None));
        // Whichever script they are printed in.
        let text = ["著名學者的著作權，乾隆年間的瞭望臺、覆蓋率。著名".to_owned()];
        let words = collect(&fold, &text, &[], &[]);
        for word in ["着名", "着作权", "干隆", "了望台", "复盖率"] {
            assert!(words.contains_key(word), "{word} is missing from {words:?}");
        }
    }
}
