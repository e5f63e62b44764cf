//! The archive's own dictionary: the words of jieba's dictionary that occur in it, and new ones.

mod jieba;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rustc_hash::FxHashSet;
use souwen_text::{FoldTable, STOP_WORDS, Stream, is_stop_word};

use crate::error::CompileError;
use crate::limits::Limits;
use crate::new_words::{self, Pieces, Texts};
use crate::pool;
use crate::run::{blocks, is_han_word};

pub use jieba::spelled;
pub(crate) use jieba::{Tables, frequency, is_known, load, release};

/// Words with their frequencies, sorted by word.
pub type Words = BTreeMap<String, u64>;

/// Words that are looked up together.
const BATCH: usize = 1024;

/// Collects an archive's dictionary from its texts, and the stop words. `names` (of bylines) and `own` (the
/// publisher's words) enter whatever jieba thinks of them.
///
/// # Errors
/// What the disk says, if the texts do not fit into memory.
pub fn collect(
    fold: &FoldTable,
    texts: &[String],
    names: &[String],
    own: &[String],
) -> Result<Words, CompileError> {
    let limits = Limits::default();
    let tables = load();
    let mut known = FxHashSet::default();
    let mut pieces = Texts::writer(&limits);
    for text in texts {
        let text = blocks(&Stream::new(fold, text));
        let tokens = tables.jieba().cut_all(&text).into_iter();
        let words = tokens.map(|token| token.word.to_owned());
        known.extend(words.filter(|word| is_han_word(word)));
        pieces.add(&pieces_of(&tables, &text))?;
    }
    let new = new_words::find(Texts::new(vec![pieces])?, &limits)?;
    assemble(fold, known, new, names.iter().chain(own), limits.threads)
}

/// A text, as [`blocks`] gives it, in pieces to find new words in.
pub(crate) fn pieces_of(tables: &Tables, text: &str) -> Pieces {
    let mut pieces = Pieces::default();
    for token in tables.jieba().cut(text, true) {
        if is_han_word(token.word) && !tables.jieba().has_word(token.word) {
            pieces.push_seen(token.word);
        } else {
            pieces.push(token.word);
        }
    }
    pieces
}

/// Gives words their frequencies: those that are `known` to jieba and stand in the archive, the stop
/// words, `new` ones, and `given` ones.
pub(crate) fn assemble<'a>(
    fold: &FoldTable,
    known: FxHashSet<String>,
    new: BTreeSet<String>,
    given: impl Iterator<Item = &'a String>,
    threads: usize,
) -> Result<Words, CompileError> {
    let tables = load();
    let jieba = tables.jieba();
    let mut known: Vec<String> = known.into_iter().collect();
    let asking = STOP_WORDS.iter().filter(|word| !is_one(word));
    known.extend(asking.map(|&word| word.to_owned()));
    let weighed = pool::spread(
        threads,
        Vec::new,
        |give| {
            let mut rest = known.into_iter().peekable();
            while rest.peek().is_some() {
                give(rest.by_ref().take(BATCH).collect::<Vec<String>>());
            }
            Ok::<_, CompileError>(())
        },
        |weighed, words| {
            let words = words.into_iter().filter(|word| jieba.has_word(word));
            weighed.extend(words.map(|word| {
                let frequency = tables.frequency(&word);
                (word, frequency)
            }));
            Ok(())
        },
    )?;
    let mut words: Words = weighed.into_iter().flatten().collect();
    let given = given
        .map(|word| folded(fold, word))
        .filter(|word| is_han_word(word));
    for word in new.into_iter().chain(given) {
        // As often as it takes to be cut as one word, no more: `suggest_freq` is made for this.
        let enough = jieba.suggest_freq(&word);
        let slot = words.entry(word).or_default();
        *slot = (*slot).max(u64::try_from(enough).unwrap_or(1));
    }
    Ok(words)
}

/// Drops the words that no segmentation of the archive uses: they only seem to stand there, across
/// the border of two others. Stop words and the words of `kept` stay for the queries.
///
/// Every text of the archive is cut as before. A route loses only edges that the best one does not
/// use; a single character whose word is dropped is taken for unknown, which is heavier still. Only
/// where a character was no word of its own could dropping the words that begin with it open a new
/// edge, so those stay.
pub(crate) fn prune(words: &mut Words, used: impl Fn(&str) -> bool, kept: &HashSet<String>) {
    let lone: HashSet<String> = words.keys().filter(|word| is_one(word)).cloned().collect();
    let begins_alone = |word: &str| {
        word.chars()
            .next()
            .is_some_and(|c| lone.contains(&c.to_string()))
    };
    words.retain(|word, _| {
        let asked = is_stop_word(word) || kept.contains(word);
        used(word) || asked || !begins_alone(word)
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
    use crate::folds;

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
    }

    #[test]
    fn words_names_and_new_words() {
        let texts = ["棠川县开展“营商环境”整治。棠川县召开会议。".to_owned()];
        let words = collect(
            &FoldTable::default(),
            &texts,
            &["查一苇".into()],
            &["沄河湾".into()],
        )
        .unwrap();
        for word in ["营商", "环境", "整治", "会议", "查一苇", "沄河湾"] {
            assert!(words.contains_key(word), "{word} is missing from {words:?}");
        }
        assert!(!words.contains_key("社区"));
        assert!(words.keys().all(|word| is_han_word(word)));
    }

    #[test]
    fn words_are_known_by_their_folded_spelling() {
        let fold = folds::complete();
        let plain = jieba_rs::Jieba::new();
        let tables = load();
        for word in jieba::SPELLINGS.split_whitespace() {
            let folded = folded(&fold, word);
            assert!(plain.has_word(word), "{word} is no word of jieba's");
            assert_ne!(folded, word, "{word} is not folded");
            assert!(tables.jieba().has_word(&folded), "{folded} for {word}");
        }
        assert_eq!(frequency("着名"), 9342 + 3, "that of 著名 and that of 着名");
        assert_eq!((spelled("着名"), spelled("着急")), (Some("著名"), None));
        // Whichever script they are printed in.
        let text = ["著名學者的著作權，乾隆年間的瞭望臺、覆蓋率。著名".to_owned()];
        let words = collect(&fold, &text, &[], &[]).unwrap();
        for word in ["着名", "着作权", "干隆", "了望台", "复盖率"] {
            assert!(words.contains_key(word), "{word} is missing from {words:?}");
        }
    }
}
