//! Which candidate the archive holds best.

use souwen_index::{FormatError, IN_HEADLINE};
use souwen_text::{Lexicon, cast, log2, order};

use super::effort::{CANDIDATE, SEARCH, TEXT};
use super::{BIT, Candidate, Reason};
use crate::engine::Engine;
use crate::held::Needle;
use crate::matching::{all_of, classes_of};
use crate::plan::{Plan, Proof};
use crate::select::Demand;

/// Candidates looked into, the likeliest first.
const JUDGED: usize = 200;
/// Documents of a candidate looked into for whether it stands there unbroken.
const UNBROKEN_IN: usize = 20;
/// What standing in a headline is worth.
const HEADLINE: u32 = 6 * BIT;
/// Places that must hold what says little and heads nothing.
const SEVERAL: usize = 2;
/// What it is worth to stand without punctuation in it.
const UNBROKEN: u32 = 8 * BIT;
/// Slips that cost more count only where the whole stands in the archive.
const LIKELY: u32 = 5 * BIT;
/// Spellings of no more characters must be words.
const SHORT: usize = 3;
/// What it costs that no document holds the candidate whole, but its words.
const APART: u32 = 10 * BIT;

/// A candidate that the archive holds.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) candidate: Candidate,
    /// Whether a document holds it whole.
    pub(crate) whole: bool,
}

impl Engine {
    /// The candidates that documents hold, the likeliest first: by cost, less twice the logarithm of
    /// how many documents hold it, less [`HEADLINE`] and [`UNBROKEN`]. `words` and `lone` are how many words, and single
    /// characters among them, what was typed is cut into: a candidate that only stands in pieces must
    /// be cut into fewer.
    pub(super) fn judge(
        &self,
        candidates: Vec<Candidate>,
        words: usize,
        lone: usize,
    ) -> Result<Vec<Judged>, FormatError> {
        let costs = candidates.iter().map(|own| u64::from(own.cost)).zip(0..);
        let mut by_cost: Vec<(u64, u32)> = costs.collect();
        order::sort(&mut by_cost);
        let mut keys = Vec::new();
        let mut judged: Vec<Judged> = Vec::new();
        for (cost, at) in by_cost.into_iter().take(JUDGED) {
            let Some(candidate) = candidates.get(cast::index(at)) else {
                continue;
            };
            if !self.effort().spend(CANDIDATE + candidate.chars.len()) {
                break;
            }
            if judged
                .iter()
                .any(|own| own.candidate.chars == candidate.chars)
            {
                continue;
            }
            let holders = self.holders_of(&candidate.chars)?;
            let whole = !holders.is_empty();
            let (holders, apart) = if whole || candidate.initials {
                (holders, 0)
            } else {
                (self.in_pieces(candidate, words, lone)?, APART)
            };
            if holders.is_empty() {
                continue;
            }
            let many = u64::try_from(holders.len()).unwrap_or(u64::MAX);
            let mut credit = 2 * log2(many, 11);
            let in_headline = whole && self.heads_one(&candidate.chars, &holders);
            if in_headline {
                // Who types initials types what is well known.
                credit += if candidate.initials { 2 } else { 1 } * HEADLINE;
            } else if candidate.vague && !(whole && self.stands_often(candidate, &holders)?) {
                continue;
            }
            // A few characters side by side are a slip of others only if they are a word.
            let word = candidate.chars.len() > SHORT || in_headline || self.is_word(candidate);
            if !word && candidate.reason != Reason::Pinyin {
                continue;
            }
            if whole && self.unbroken(candidate, &holders)? {
                credit += UNBROKEN;
            }
            // The offset keeps the difference above zero.
            let key = cost + u64::from(apart) + (1 << 32) - u64::from(credit);
            keys.push((key, cast::small(judged.len())));
            judged.push(Judged {
                candidate: candidate.clone(),
                whole,
            });
        }
        order::sort(&mut keys);
        let mut slots: Vec<Option<Judged>> = judged.into_iter().map(Some).collect();
        let take = |(_, at): (u64, u32)| slots.get_mut(cast::index(at)).and_then(Option::take);
        Ok(keys.into_iter().filter_map(take).collect())
    }

    /// The documents that hold the characters side by side.
    pub(super) fn holders_of(&self, chars: &[char]) -> Result<Vec<u32>, FormatError> {
        let (Some(proof), Some(needle)) = (
            Proof::new(self.index(), chars),
            Needle::new(self.index(), chars),
        ) else {
            return Ok(Vec::new());
        };
        let documents = all_of(self.index(), &proof.terms);
        let each = if proof.certain { 1 } else { TEXT };
        if !self.effort().spend(documents.len() * each) {
            return Ok(Vec::new());
        }
        self.holding_of(documents, &proof, &needle)
    }

    /// Whether any document holds the characters side by side.
    pub(super) fn stands_anywhere(&self, chars: &[char]) -> Result<bool, FormatError> {
        Ok(!self.holders_of(chars)?.is_empty())
    }

    /// The documents that hold the words of a candidate which are fewer than those typed.
    fn in_pieces(
        &self,
        candidate: &Candidate,
        words: usize,
        lone: usize,
    ) -> Result<Vec<u32>, FormatError> {
        let plan = Plan::new(self, &candidate.text, false);
        let own = plan.words().filter(|word| word.lone).count();
        let known = plan.words().all(|word| word.required.is_some());
        let fewer = own == 0 || own < lone && plan.words().count() < words;
        let likely = candidate.cost <= LIKELY && fewer;
        let wanted = known && (likely || candidate.reason == Reason::Pinyin);
        if !wanted || !self.effort().spend(SEARCH) {
            return Ok(Vec::new());
        }
        self.select(&plan, Demand::All)
    }

    /// Whether a candidate is one word: of the dictionary, or, if it is longer than two characters,
    /// perhaps a name.
    fn is_word(&self, candidate: &Candidate) -> bool {
        let dictionary = self.index().analyser().dictionary();
        let place = dictionary.place_of(candidate.text.chars());
        let word = place.and_then(|place| dictionary.word(place));
        let plan = Plan::new(self, &candidate.text, false);
        let name = candidate.chars.len() > 2 && plan.words().count() == 1;
        name || word.is_some()
    }

    /// Whether the first documents hold the candidate in several places.
    fn stands_often(&self, candidate: &Candidate, holders: &[u32]) -> Result<bool, FormatError> {
        let Some(needle) = Needle::new(self.index(), &candidate.chars) else {
            return Ok(false);
        };
        let mut places = 0;
        for &document in holders.iter().take(SEVERAL) {
            if !self.effort().spend(TEXT) {
                break;
            }
            places += self
                .held(document)?
                .positions(&needle)
                .take(SEVERAL)
                .count();
        }
        Ok(places >= SEVERAL)
    }

    /// Whether one of the first documents holds the candidate without punctuation in it.
    fn unbroken(&self, candidate: &Candidate, holders: &[u32]) -> Result<bool, FormatError> {
        let stream = self.index().analyser().stream(&candidate.text);
        let Some(needle) = Needle::phrase(self.index(), &stream) else {
            return Ok(false);
        };
        for &document in holders.iter().take(UNBROKEN_IN) {
            if !self.effort().spend(TEXT) {
                break;
            }
            if self.held(document)?.holds(&needle) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the candidate stands in the headline of one of the documents.
    fn heads_one(&self, chars: &[char], holders: &[u32]) -> bool {
        let terms = Proof::new(self.index(), chars).map_or(Vec::new(), |own| own.terms);
        let classes = classes_of(self.index(), &terms, holders);
        classes.iter().any(|&(_, class)| class >= IN_HEADLINE)
    }
}
