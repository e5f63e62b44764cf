//! The segmenter: jieba's maximum-probability route over the dictionary, in integers.
//!
//! Every word of the dictionary that stands anywhere in a run of Chinese characters is an edge; the
//! route from the run's start to its end with the greatest product of probabilities is the
//! segmentation. Products of probabilities are sums of weights (−log2 p), so the best route is the
//! lightest. Found from the end backwards, as jieba does, which also settles ties as jieba does: of
//! two routes of equal weight the one whose first word is longer wins.

use crate::dictionary::UNKNOWN_WEIGHT;
use crate::lexicon::Lexicon;

/// Cuts a run of Chinese characters, given as [`Dictionary::codes`], and gives the length of each word
/// in order to `emit`.
pub(crate) fn cut<L: Lexicon>(dictionary: &L, run: &[u32], mut emit: impl FnMut(usize)) {
    // best[i]: the weight of the lightest route from i to the end, and the length of its first word.
    let mut best = vec![(0u32, 1usize); run.len() + 1];
    for at in (0..run.len()).rev() {
        let rest = run.get(at..).unwrap_or_default();
        let after = |len: usize| best.get(at + len).map_or(0, |route| route.0);
        let mut choice = None;
        dictionary.words_at(rest, |len, weight| {
            let route = after(len).saturating_add(u32::from(weight));
            if choice.is_none_or(|(lightest, _)| route <= lightest) {
                choice = Some((route, len));
            }
        });
        // Only where no word begins does the bare character stand for itself.
        let unknown = (after(1).saturating_add(u32::from(UNKNOWN_WEIGHT)), 1);
        if let Some(slot) = best.get_mut(at) {
            *slot = choice.unwrap_or(unknown);
        }
    }
    let mut at = 0;
    while let Some(&(_, len)) = best.get(at).filter(|_| at < run.len()) {
        emit(len);
        at += len;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    fn cut_text(words: &[(&str, u16)], text: &str) -> Vec<String> {
        let dictionary = Dictionary::from_words(words.iter().copied());
        let run: Vec<char> = text.chars().collect();
        let (mut out, mut at) = (Vec::new(), 0);
        cut(&dictionary, &dictionary.codes(&run), |len| {
            out.push(run[at..at + len].iter().collect());
            at += len;
        });
        out
    }

    #[test]
    fn lightest_route_wins_over_longest_match() {
        let words = [
            ("研究", 10u16),
            ("研究生", 15),
            ("生命", 10),
            ("命", 14),
            ("起源", 10),
        ];
        assert_eq!(cut_text(&words, "研究生命起源"), ["研究", "生命", "起源"]);
    }

    #[test]
    fn unknown_characters_stand_alone() {
        assert_eq!(cut_text(&[("清淤", 9)], "寨河清淤"), ["寨", "河", "清淤"]);
        assert_eq!(cut_text(&[], ""), Vec::<String>::new());
    }

    #[test]
    fn ties_go_to_the_longer_first_word() {
        assert_eq!(
            cut_text(&[("甲", 5), ("乙", 5), ("甲乙", 10)], "甲乙"),
            ["甲乙"]
        );
    }
}
