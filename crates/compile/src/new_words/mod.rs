//! New words: names and terms that the archive repeats and no dictionary has.
//!
//! What jieba's dictionary lacks is cut into pieces, at least one of them a lone character: 文|渡|桥. Pieces that
//! make a word are told by the two classical measures of new-word discovery. They *cling together*: of all places
//! where either side of a cut through the word stands, the whole stands in many (PMI² of Daille, *Study and
//! implementation of combined techniques for automatic extraction of terminology*, 1994, over the weakest cut). And
//! the whole is *free*: what stands before and after it varies (accessor variety of Feng, Chen, Deng and Zheng, *Accessor
//! variety criteria for Chinese word extraction*, Computational Linguistics 30, 2004).
//!
//! All of it in integers, so that every machine finds the same. The time is linear in the text: runs of pieces
//! are counted only as long as each two neighbours in them occur twice, which a table of hashed counts tells
//! beforehand (as in Park, Chen and Yu, *An effective hash-based algorithm for mining association rules*, 1995).

mod beside;
mod bounds;
mod candidate;
mod counts;
mod pieces;
mod sketch;
mod texts;

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use crate::error::CompileError;
use crate::limits::Limits;
use candidate::Candidate;
use counts::{Counts, Halves, Repeated, Run, halves, runs_of};
use pieces::{Key, key, unpacked};

use bounds::Bounds;
pub(crate) use pieces::Pieces;
pub(crate) use texts::Texts;

/// A word that jieba's model sees is this long at most; longer ones are usually two.
const MAX_SEEN: usize = 4;

/// Finds the new words of texts: those that jieba's model saw, and those that the archive repeats.
pub(crate) fn find(texts: Texts, limits: &Limits) -> Result<BTreeSet<String>, CompileError> {
    find_within(texts, Bounds::new(limits), limits)
}

fn find_within(
    texts: Texts,
    bounds: Bounds,
    limits: &Limits,
) -> Result<BTreeSet<String>, CompileError> {
    let counts = Counts::new(&texts, bounds.threads)?;
    // What is left is gone over several times.
    let texts = &counts.reduced(&texts, bounds.threads, limits)?;
    let seen = self::seen(texts, bounds, |_| Vec::new())?;
    let (mut candidates, runs) = candidates(texts, bounds, &counts, &seen)?;
    beside::look(texts, bounds, &mut candidates)?;
    candidates.retain(Candidate::is_free);
    let words: FxHashSet<Key> = candidates.iter().map(Candidate::key).collect();
    let count_of = |word: &[char]| {
        let word = key(word);
        let is_word = words.contains(&word) || seen.get(word).is_some();
        let run = is_word.then(|| runs.get(word)).flatten();
        run.map_or(0, Run::count)
    };
    let repeated = candidates.iter().filter(|own| !own.falls_apart(count_of));
    let repeated: FxHashSet<Key> = repeated.map(Candidate::key).collect();
    drop((candidates, words, seen, runs));
    // What the model sees only across the border or inside of a repeated word is a slip: 渡桥 in 文渡桥.
    let covered = |text: &Pieces| {
        let mut covered = vec![false; text.len()];
        runs_of(text, |place| {
            if repeated.contains(&place.key) {
                let own = covered.get_mut(place.chars).unwrap_or_default();
                own.fill(true);
            }
        });
        covered
    };
    let seen = self::seen(texts, bounds, covered)?;
    let words = repeated.iter().copied().chain(seen.iter().map(|own| own.0));
    Ok(words.map(|word| unpacked(word).iter().collect()).collect())
}

/// The words that jieba's model sees outside of the characters of which `covered` says so, often enough: twice,
/// for once may be a slip.
fn seen(
    texts: &Texts,
    bounds: Bounds,
    covered: impl Fn(&Pieces) -> Vec<bool> + Sync,
) -> Result<Repeated, CompileError> {
    let all = |_, _| true;
    Repeated::new(texts, bounds, all, |text, add| {
        let covered = covered(text);
        for (start, word) in text.seen() {
            let may_be = (2..=MAX_SEEN).contains(&word.len());
            let own = covered.get(start..start + word.len());
            if may_be && !own.is_some_and(|own| own.contains(&true)) {
                add(key(word), 0);
            }
        }
    })
}

/// The runs of pieces that cling together; and how often those runs occur that they fall into, or that were seen.
fn candidates(
    texts: &Texts,
    bounds: Bounds,
    counts: &Counts,
    seen: &Repeated,
) -> Result<(Vec<Candidate>, Repeated), CompileError> {
    // Few of those that occur twice cling together, even if all that they fall into were rare: only these are
    // kept, and the others counted once more if they are parts of these.
    let may_be = |key, run| Candidate::new(key, run, counts, |_| 1).is_some();
    let may_be = Repeated::new(texts, bounds, may_be, |text, add| {
        runs_of(text, |place| add(place.key, place.lengths));
    })?;
    let parts = may_be
        .iter()
        .flat_map(|(key, run)| candidate::parts(key, run));
    let sought = parts.chain(seen.iter().map(|own| own.0));
    let sought: FxHashSet<Halves> = sought.map(halves).collect();
    let all = |_, _| true;
    let runs = Repeated::new(texts, bounds, all, |text, add| {
        runs_of(text, |place| {
            if sought.contains(&halves(place.key)) {
                add(place.key, place.lengths);
            }
        });
    })?;
    let often = |key| runs.get(key).map_or(1, Run::count);
    let candidates = may_be.iter();
    let candidates = candidates.filter_map(|(key, run)| Candidate::new(key, run, counts, often));
    Ok((candidates.collect(), runs))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with `|` between the pieces; `~` before what jieba's model saw.
    fn pieces(text: &str) -> Pieces {
        let mut pieces = Pieces::default();
        for piece in text.split('|') {
            match piece.strip_prefix('~') {
                Some(word) => pieces.push_seen(word),
                None => pieces.push(piece),
            }
        }
        pieces
    }

    /// Texts, the new words in them, and runs that are none.
    type Case<'a> = (&'a [&'a str], &'a [&'a str], &'a [&'a str]);

    const CASES: &[Case<'_>] = &[
        // However its pieces are cut.
        (
            &[
                "在|文|渡桥|上",
                "文|渡桥|的|灯",
                "到|文|渡|桥|，",
                "看|文|渡桥|。",
            ],
            &["文渡桥"],
            &["渡桥", "文渡"],
        ),
        // What always goes on is not the word.
        (
            &["记者|覃|亦|舟|写", "覃|亦|舟|，", "问|覃|亦|舟|的"],
            &["覃亦舟"],
            &["覃亦", "亦舟"],
        ),
        // The same side by side with another word is two words,
        (
            &[
                "砻|坊|小学|，",
                "在|砻|坊|小学|。",
                "砻|坊|街道|的",
                "到|砻|坊|，",
                "砻|坊|小学|在",
            ],
            &["砻坊"],
            &["砻坊小学", "坊小学"],
        ),
        // but not where the one is nowhere else.
        (
            &["，|砻|坊|小学|，", "在|砻|坊|小学|。", "到|砻|坊|小学|的"],
            &["砻坊小学"],
            &["砻坊"],
        ),
        // Twice will do for pieces that are hardly elsewhere.
        (&["，|熊猫|血|，", "的|熊猫|血|。"], &["熊猫血"], &[]),
        (
            &[
                "，|熊猫|血|，",
                "的|熊猫|血|。",
                "，|血|，|血|，|血|，|血|，|血|，|血|，|血",
            ],
            &[],
            &["熊猫血"],
        ),
        (&["，|熊猫|血|，"], &[], &["熊猫血"]),
        // A surname has many given names, and stands elsewhere as well.
        (
            &[
                "宁|远帆|，|宁|。|宁|，|宁",
                "看|宁|远帆|。",
                "问|宁|远帆|在",
                "，|宁|，|宁",
            ],
            &["宁远帆"],
            &[],
        ),
        // Stop words, loose pieces and figures.
        (
            &["巡查|中|，", "在|巡查|中|。", "到|巡查|中|的"],
            &[],
            &["巡查中"],
        ),
        (
            &["8|岁|孩童|，", "满|9|岁|孩童|。", "10|岁|孩童|的"],
            &[],
            &["岁孩童"],
        ),
        (
            &[
                "，|孩童|三|，",
                "在|孩童|三|。",
                "到|三|孩童|的",
                "三|孩童|，",
                "，|三|孩童|在",
            ],
            &[],
            &["孩童三", "三孩童"],
        ),
        (
            &[
                "，|万|人|同|行|，",
                "在|万|人|同|行|。",
                "到|万|人|同|行|的",
            ],
            &["万人同行"],
            &[],
        ),
        // What the model sees, if not only across the border of a found word.
        (&["~沄河|，", "到|~沄河|的"], &["沄河"], &[]),
        (&["~沄河|，"], &[], &["沄河"]),
        (
            &[
                "用|机械|~臂班|，",
                "有|机械|~臂班|。",
                "看|机械|臂|，",
                "机械|臂|的",
            ],
            &["机械臂"],
            &["臂班"],
        ),
    ];

    #[test]
    fn what_clings_together_and_is_free_is_a_word() {
        // Chance is told from the length of it all.
        let other = "今天|天气|晴朗|，|明天|依旧|晴朗|。|".repeat(60);
        for (texts, words, others) in CASES {
            let limits = Limits::default();
            let written = || {
                let mut writer = Texts::writer(&limits);
                let texts = texts.iter().copied().chain([other.as_str()]);
                texts.for_each(|text| writer.add(&pieces(text)).unwrap());
                Texts::new(vec![writer]).unwrap()
            };
            let found = find(written(), &limits).unwrap();
            // By turns, the same.
            let bounds = Bounds {
                threads: 2,
                runs: 7,
                beside: 9,
            };
            assert_eq!(find_within(written(), bounds, &limits).unwrap(), found);
            for word in *words {
                assert!(found.contains(*word), "{word} is missing from {found:?}");
            }
            for word in *others {
                assert!(!found.contains(*word), "{word} is in {found:?}");
            }
        }
    }

    #[test]
    fn pieces_are_what_they_were() {
        let texts = ["在|~渡桥|上", "", "é|𠀀|1234567|，"].map(pieces);
        let mut bytes = Vec::new();
        texts.iter().for_each(|text| text.write(&mut bytes));
        let mut rest = bytes.as_slice();
        for text in texts {
            let mut back = pieces("甲");
            back.read(&mut rest).unwrap();
            assert_eq!(back, text);
        }
        assert!(rest.is_empty());
    }

    #[test]
    fn keys_hold_six_characters() {
        let chars: Vec<char> = "甲乙丙丁戊\u{2A6A5}".chars().collect();
        assert_eq!(pieces::unpacked(key(&chars)), chars);
        assert_eq!(pieces::grown(key(&chars[..2]), &chars[2..]), key(&chars));
    }
}
