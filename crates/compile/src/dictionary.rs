//! The archive's own dictionary: the words of jieba's dictionary that occur in it, and new ones.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use jieba_rs::Jieba;
use rayon::prelude::*;
use souwen_text::{FoldTable, Gap, STOP_WORDS, Stream, fits, is_han, is_stop_word};

/// A new word must have been seen this often: once may be a slip of the model.
const MIN_OCCURRENCES: u32 = 2;
/// New words are this long at most; longer ones are usually two.
const MAX_NEW_WORD: usize = 4;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// A character that is in no word of the dictionary.
const MARK: char = '\u{4DB5}';

/// jieba with a dummy word of overwhelming frequency, see [`frequency`].
static SCALES: LazyLock<Jieba> = LazyLock::new(|| {
    let mut jieba = JIEBA.clone();
    jieba.add_word(&MARK.to_string(), Some(1_000_000_000_000_000), None);
    jieba
});

/// The frequency of a word in jieba's dictionary.
///
/// jieba does not tell it, but `suggest_freq(text)` is ⌊T · ∏ (fᵢ / T)⌋ + 1 over the words of the
/// text, T being the sum of all frequencies. For `word` + [`MARK`], the mark's frequency F making
/// up nearly all of T, that is ⌊f · F / T⌋ + 1 = (f − 1) + 1: exact while f · (T − F) / T < 1, and
/// so large a T also keeps the word itself from being cut. Checked against all 349,045 words.
fn frequency(word: &str) -> u64 {
    let mut text = word.to_owned();
    text.push(MARK);
    u64::try_from(SCALES.suggest_freq(&text)).unwrap_or(1)
}

/// Whether jieba's dictionary has a word.
pub(crate) fn is_known(word: &str) -> bool {
    JIEBA.has_word(word)
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
    new: HashMap<String, u32>,
}

impl Found {
    fn join(mut self, other: Self) -> Self {
        self.known.extend(other.known);
        for (word, count) in other.new {
            *self.new.entry(word).or_default() += count;
        }
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
            for token in JIEBA.cut_all(&text) {
                if is_han_word(token.word) && !found.known.contains(token.word) {
                    found.known.insert(token.word.to_owned());
                }
            }
            for token in JIEBA.cut(&text, true) {
                let len = token.end - token.start;
                let new = (2..=MAX_NEW_WORD).contains(&len) && is_han_word(token.word);
                if new && !JIEBA.has_word(token.word) {
                    *found.new.entry(token.word.to_owned()).or_default() += 1;
                }
            }
            found
        })
        .reduce(Found::default, Found::join);
    let mut words = Words::new();
    let known: Vec<String> = found
        .known
        .into_iter()
        .filter(|word| JIEBA.has_word(word))
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
        .filter(|word| !is_one(word) && JIEBA.has_word(word));
    words.extend(asking.map(|word| ((*word).to_owned(), frequency(word))));
    let new = found
        .new
        .into_iter()
        .filter(|(_, count)| *count >= MIN_OCCURRENCES);
    let given = names
        .iter()
        .chain(own)
        .map(|word| folded(fold, word))
        .filter(|word| is_han_word(word));
    for word in new.map(|(word, _)| word).chain(given) {
        // As often as it takes to be cut as one word, no more: `suggest_freq` is made for this.
        let enough = JIEBA.suggest_freq(&word);
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
        assert!(!JIEBA.has_word(&MARK.to_string()) && JIEBA.suggest_freq(&text) < 10);
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
}
