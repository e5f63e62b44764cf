//! jieba's dictionary as it serves here: some tens of megabytes, so loaded once and dropped when all
//! words are known.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jieba_rs::Jieba;

use super::folded;
use crate::folds;
use crate::pool::lock;

/// The words of jieba's dictionary that folding makes others of, and commoner ones than it holds
/// under the folded spelling, if any: 著 and 着 are one to a search, so that 著名 is 着名.
pub(super) const SPELLINGS: &str = include_str!("spellings.txt");

/// A character that is in no word of the dictionary.
const MARK: char = '\u{4DB5}';

/// jieba's dictionary as it serves here.
pub(crate) struct Tables {
    /// jieba, which also knows the folded spellings of its words. What it is asked to cut is folded.
    jieba: Jieba,
    /// The same with a dummy word of overwhelming frequency, see [`Tables::frequency`].
    scales: Jieba,
    /// By folded spelling: the words, the commonest first.
    spelled: BTreeMap<String, Vec<&'static str>>,
}

static TABLES: Mutex<Option<Arc<Tables>>> = Mutex::new(None);

/// The dictionary, loaded if it is not there.
pub(crate) fn load() -> Arc<Tables> {
    Arc::clone(lock(&TABLES).get_or_insert_with(|| Arc::new(Tables::new())))
}

/// Lets go of the dictionary. Whoever asks for it after that loads it anew.
pub(crate) fn release() {
    *lock(&TABLES) = None;
}

impl Tables {
    fn new() -> Self {
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
        Self {
            jieba,
            scales,
            spelled,
        }
    }

    /// jieba, which also knows the folded spellings of its words. What it is asked to cut is folded.
    pub(crate) fn jieba(&self) -> &Jieba {
        &self.jieba
    }

    /// The frequency of a word in jieba's dictionary.
    ///
    /// jieba does not tell it, but `suggest_freq(text)` is ⌊T · ∏ (fᵢ / T)⌋ + 1 over the words of the
    /// text, T being the sum of all frequencies. For `word` + [`MARK`], the mark's frequency F making
    /// up nearly all of T, that is ⌊f · F / T⌋ + 1 = (f − 1) + 1: exact while f · (T − F) / T < 1, and
    /// so large a T also keeps the word itself from being cut. Checked against all 349,045 words.
    pub(crate) fn frequency(&self, word: &str) -> u64 {
        u64::try_from(weigh(&self.scales, word)).unwrap_or(1)
    }
}

/// How a word is spelled that folding made another of: 著名 for `着名`. Nothing for all others. What
/// depends on the characters, such as how a word is read, must go by this spelling.
#[must_use]
pub fn spelled(folded: &str) -> Option<&'static str> {
    load().spelled.get(folded)?.first().copied()
}

/// [`Tables::frequency`].
pub(crate) fn frequency(word: &str) -> u64 {
    load().frequency(word)
}

fn weigh(scales: &Jieba, word: &str) -> usize {
    let mut text = word.to_owned();
    text.push(MARK);
    scales.suggest_freq(&text)
}

/// Whether jieba's dictionary has a word.
pub(crate) fn is_known(word: &str) -> bool {
    load().jieba.has_word(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_no_word() {
        let tables = load();
        let text = format!("的{MARK}");
        assert!(!tables.jieba.has_word(&MARK.to_string()));
        assert!(tables.jieba.suggest_freq(&text) < 10);
    }
}
