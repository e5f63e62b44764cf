//! Corrections: what the reader meant, when the archive does not hold what was typed.
//!
//! ```text
//! clause that stands nowhere ─► candidates (pinyin read as characters, slips undone) ─► the one that
//! the archive holds best ─► the query with it in the clause's place
//! ```
//!
//! The archive is the only dictionary: a candidate is made by walking its words and its pairs of
//! characters, and counts only if documents hold it. `docs/SEARCH.md` gives the costs.

mod effort;
mod headlines;
mod judge;
mod pinyin;
mod reader;
mod slips;
mod syllables;

use souwen_index::{FormatError, Index};
use souwen_text::{Class, Gap, Stream, cast, order};

use crate::engine::Engine;
use crate::found::ENOUGH;
use crate::held::Needle;
use crate::matching::all_of;
use crate::plan::{Expr, Plan, Planned, Proof, Word};
use crate::query::{Kind, Scope};
pub(crate) use effort::Effort;
use judge::Judged;
use slips::Slips;

/// Costs are −log2 of how likely a slip is, in this fraction of a bit, as the dictionary's weights.
pub(crate) const BIT: u32 = 2048;

/// Clauses longer than this many characters are passages; they are found by their other words.
const LONGEST: usize = 40;
/// Documents that are read to see what stands before a run.
const READ: usize = 10;
/// Characters on either side of a place that is mended by itself.
const AROUND: usize = 4;
/// A slip that costs no more is one even where what was typed finds something.
const SURE: u32 = 3 * BIT;
/// Alternatives offered beside the one that is searched.
const OFFERED: usize = 3;

/// What was done to what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Pinyin read as characters.
    Pinyin,
    /// A character that sounds the same.
    Sound,
    /// A character that looks alike.
    Shape,
    /// A character too much, too few, in the wrong place, or another one.
    Spelling,
}

impl Reason {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Pinyin => "pinyin",
            Self::Sound => "sound",
            Self::Shape => "shape",
            Self::Spelling => "spelling",
        }
    }
}

/// Another spelling of a clause.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) chars: Vec<char>,
    /// To be searched for: the characters, with spaces where words are meant apart.
    pub(crate) text: String,
    /// In [`BIT`]s; less is likelier.
    pub(crate) cost: u32,
    pub(crate) reason: Reason,
    /// Whether any of it was read from initials: it must stand in the archive whole.
    pub(crate) initials: bool,
    /// Whether it says little: it must stand in a headline, or several times.
    pub(crate) vague: bool,
}

impl Candidate {
    fn new(chars: Vec<char>, cost: u32, reason: Reason) -> Self {
        Self {
            text: chars.iter().collect(),
            chars,
            cost,
            reason,
            initials: false,
            vague: false,
        }
    }
}

/// Another query, and why.
#[derive(Debug, Clone)]
pub(crate) struct Proposal {
    pub(crate) query: String,
    pub(crate) reason: Reason,
    /// Whether it may be searched in place of what was typed even if that found something.
    pub(crate) sure: bool,
}

/// A part of the query that may be misspelt: one clause, or pinyin spread over several.
struct Suspect<'p> {
    clauses: Vec<&'p Planned>,
    doubt: Doubt,
}

/// Why a clause may be misspelt.
#[derive(Debug, Clone, Copy)]
struct Doubt {
    /// Whether documents hold what was typed, if only in pieces.
    found: bool,
    /// Whether a character in it belongs to no word.
    lone: bool,
}

impl Engine {
    /// Other spellings of a query, of which `found` documents hold every word; the best first. None if
    /// every part of it stands in the archive.
    pub(crate) fn proposals(
        &self,
        query: &str,
        plan: &Plan,
        found: usize,
    ) -> Result<Vec<Proposal>, FormatError> {
        self.effort().begin();
        let mut fixes = Vec::new();
        for group in groups(query, plan) {
            let clauses: Vec<&Planned> = group.iter().map(|&(_, clause)| clause).collect();
            if clauses.len() > 1 && !clauses.iter().all(|clause| is_term(self.index(), clause)) {
                // Syllables typed apart stand in pieces in any English word.
                let doubt = Doubt {
                    found: found > 0,
                    lone: true,
                };
                let suspect = Suspect { clauses, doubt };
                let judged = self.mend(&suspect)?;
                if !judged.is_empty() {
                    fixes.push((suspect, judged));
                    continue;
                }
            }
            for (number, clause) in group {
                if found >= ENOUGH {
                    break;
                }
                if self.index().lacks() {
                    break;
                }
                if let Some(doubt) = self.suspicion(plan, number, clause)? {
                    let clauses = vec![clause];
                    let suspect = Suspect { clauses, doubt };
                    let judged = self.mend(&suspect)?;
                    if !judged.is_empty() {
                        fixes.push((suspect, judged));
                    }
                }
            }
        }
        let Some((_, first)) = fixes.first() else {
            return Ok(Vec::new());
        };
        let sure = fixes.iter().any(|(suspect, judged)| {
            let Doubt { found, lone } = suspect.doubt;
            let clear = |own: &Judged| own.whole && (lone || own.candidate.cost <= SURE);
            !found || judged.first().is_some_and(clear)
        });
        let choices = first.len().min(OFFERED + 1);
        let propose = |choice: usize| {
            let mut mended: Vec<(usize, usize, &str)> = Vec::new();
            let mut reason = Reason::Spelling;
            for (at, (suspect, judged)) in fixes.iter().enumerate().rev() {
                let judged = judged.get(if at == 0 { choice } else { 0 });
                let (Some(judged), Some(from), Some(to)) =
                    (judged, suspect.clauses.first(), suspect.clauses.last())
                else {
                    continue;
                };
                let len = to.clause.at + to.clause.text.len() - from.clause.at;
                for &at in [from.clause.at].iter().chain(&from.also_at) {
                    mended.push((at, len, &judged.candidate.text));
                }
                reason = judged.candidate.reason;
            }
            let places = mended.iter().map(|own| u64::from(cast::small(own.0)));
            let mut order: Vec<(u64, u32)> = places.zip(0..).collect();
            order::sort(&mut order);
            let mut corrected = query.to_owned();
            // From behind, so that what is before stays where it was.
            for (_, number) in order.into_iter().rev() {
                if let Some(&(at, len, text)) = mended.get(cast::index(number))
                    && corrected.get(at..at + len).is_some()
                {
                    corrected.replace_range(at..at + len, text);
                }
            }
            Proposal {
                query: corrected,
                reason,
                sure: sure && choice == 0,
            }
        };
        Ok((0..choices).map(propose).collect())
    }

    /// What the archive has for pinyin, the likeliest first.
    pub(crate) fn read_as(&self, typed: &str, most: usize) -> Result<Vec<String>, FormatError> {
        self.effort().begin();
        let stream = self.index().analyser().stream(typed);
        if stream.len() > LONGEST {
            return Ok(Vec::new());
        }
        let breaks = breaks_of(&stream);
        let chars = stream.chars();
        let candidates = pinyin::candidates(self, chars, &breaks, false);
        let mut judged = self.judge(candidates, 0, 0)?;
        if judged.is_empty() && !self.index().lacks() {
            judged = self.read_initials(chars, &breaks)?;
        }
        let judged = judged.into_iter().take(most);
        Ok(judged.map(|own| own.candidate.text).collect())
    }

    /// Whether a clause may be misspelt: no document holds it whole, and none holds its words, or one
    /// of its words is a character alone, or two of its characters stand side by side nowhere.
    fn suspicion(
        &self,
        plan: &Plan,
        number: usize,
        clause: &Planned,
    ) -> Result<Option<Doubt>, FormatError> {
        let plain = clause.wanted && clause.clause.kind == Kind::Words;
        let len = clause.stream.len();
        if !plain || !(2..=LONGEST).contains(&len) || self.stands(clause)? {
            return Ok(None);
        }
        let lone = clause.words.iter().any(|word| word.lone && !word.stop);
        let found = !self.select_one(plan, &Expr::Clause(number))?.is_empty();
        let broken = clause.whole.is_none();
        Ok((!found || lone || broken).then_some(Doubt { found, lone }))
    }

    /// Whether any document holds a clause whole.
    fn stands(&self, clause: &Planned) -> Result<bool, FormatError> {
        self.stands_anywhere(clause.stream.chars())
    }

    /// Spellings of a suspect that the archive holds, the best first.
    fn mend(&self, suspect: &Suspect<'_>) -> Result<Vec<Judged>, FormatError> {
        let mut chars = Vec::new();
        let mut breaks = Vec::new();
        let mut words = 0;
        let mut lone_words = 0;
        for clause in &suspect.clauses {
            chars.extend_from_slice(clause.stream.chars());
            breaks.extend(breaks_of(&clause.stream));
            words += clause.words.len();
            lone_words += clause.words.iter().filter(|word| word.lone).count();
        }
        let index = self.index();
        let alone = suspect.clauses.len() == 1;
        let Doubt { found, lone } = suspect.doubt;
        let mut slips = Slips::new(self, &chars);
        if found && !lone {
            // Only what is a slip for certain.
            slips.doubled();
            return self.judge(slips.found, words, lone_words);
        }
        // The likeliest first: what is found early is not looked for in other ways.
        let candidates = pinyin::candidates(self, &chars, &breaks, false);
        let mut judged = self.judge(candidates, words, lone_words)?;
        // What costs more is tried only once it is certain that what costs less gives nothing.
        let enough = |judged: &Vec<Judged>| !judged.is_empty() || index.lacks();
        if enough(&judged) {
            return Ok(judged);
        }
        if alone {
            slips.likely();
            judged = self.judge(std::mem::take(&mut slips.found), words, lone_words)?;
        }
        if !enough(&judged) && (alone || !found) {
            judged = self.read_initials(&chars, &breaks)?;
        }
        if !enough(&judged) && alone {
            slips.other(&self.before(chars.get(1..).unwrap_or_default())?);
            judged = self.judge(slips.found, words, lone_words)?;
        }
        if !enough(&judged) && alone {
            let mut candidates = pinyin::with_slips(self, &chars, &breaks);
            candidates.extend(self.mend_in_places(&chars)?);
            judged = self.judge(candidates, words, lone_words)?;
        }
        Ok(judged)
    }

    /// What the archive has for initials: in a headline, or anywhere.
    fn read_initials(&self, chars: &[char], breaks: &[bool]) -> Result<Vec<Judged>, FormatError> {
        let judged = self.judge(self.headline_runs(chars)?, 0, 0)?;
        if !judged.is_empty() || self.index().lacks() {
            return Ok(judged);
        }
        let candidates = pinyin::candidates(self, chars, breaks, true);
        self.judge(candidates, 0, 0)
    }

    /// The characters that stand before a run in the first [`READ`] documents that hold it.
    fn before(&self, run: &[char]) -> Result<Vec<char>, FormatError> {
        let mut found = Vec::new();
        if run.len() + 1 < slips::ENOUGH {
            return Ok(found);
        }
        let (Some(proof), Some(needle)) = (
            Proof::new(self.index(), run),
            Needle::new(self.index(), run),
        ) else {
            return Ok(found);
        };
        for document in all_of(self.index(), &proof.terms).into_iter().take(READ) {
            if !self.effort().spend(effort::TEXT) {
                break;
            }
            let held = self.held(document)?;
            for place in held.positions(&needle) {
                let code = held.before(place);
                if let Some(c) = code.and_then(|code| self.index().alphabet().char(code))
                    && !found.contains(&c)
                {
                    found.push(c);
                }
            }
        }
        Ok(found)
    }

    /// A passage with several slips: each place where the archive breaks off is mended by itself, with
    /// the characters around it.
    fn mend_in_places(&self, chars: &[char]) -> Result<Option<Candidate>, FormatError> {
        let index = self.index();
        let mut chars = chars.to_vec();
        let mut cost = 0;
        let mut mended = None;
        let mut at = 1;
        while at < chars.len() {
            let pair = chars.get(at - 1).copied().zip(chars.get(at).copied());
            if pair.is_some_and(|(first, second)| index.pair(first, second).is_some()) {
                at += 1;
                continue;
            }
            let (from, to) = (at.saturating_sub(AROUND), (at + AROUND).min(chars.len()));
            let window = chars.get(from..to).unwrap_or_default();
            let mut slips = Slips::new(self, window);
            slips.likely();
            slips.other(&self.before(window.get(1..).unwrap_or_default())?);
            let judged = self.judge(slips.found, 0, 0)?;
            let best = judged.into_iter().find(|own| own.whole);
            match best {
                Some(best) => {
                    let len = best.candidate.chars.len();
                    let after = chars.split_off(to);
                    chars.truncate(from);
                    chars.extend(best.candidate.chars);
                    chars.extend(after);
                    cost += best.candidate.cost;
                    mended = Some(best.candidate.reason);
                    at = from + len;
                }
                None => at += 1,
            }
        }
        Ok(mended.map(|reason| Candidate::new(chars, cost, reason)))
    }
}

/// By character: whether no syllable reaches across the border before it.
fn breaks_of(stream: &Stream) -> Vec<bool> {
    let border = |at| at == 0 || stream.gap(at) != Gap::None;
    (0..stream.len()).map(border).collect()
}

/// Whether words of letters stand side by side, which may be the syllables of one.
pub(crate) fn spelt_apart(query: &str, plan: &Plan) -> bool {
    let groups = groups(query, plan);
    groups.iter().any(|group| group.len() > 1)
}

/// The clauses with their numbers, each for itself but for words of letters side by side: these may be
/// the syllables of one word.
fn groups<'p>(query: &str, plan: &'p Plan) -> Vec<Vec<(usize, &'p Planned)>> {
    let mut groups: Vec<Vec<(usize, &Planned)>> = Vec::new();
    for (number, clause) in plan.clauses.iter().enumerate() {
        let last = groups.last_mut();
        match last.filter(|group| {
            let before = group.last().map(|&(_, before)| before);
            before.is_some_and(|before| {
                is_latin(before) && is_latin(clause) && adjacent(query, before, clause)
            })
        }) {
            Some(group) => group.push((number, clause)),
            None => groups.push(vec![(number, clause)]),
        }
    }
    groups
}

/// Whether the archive has a clause as a word of its own.
fn is_term(index: &Index, clause: &Planned) -> bool {
    let held = |term| index.document_frequency(term) > 0;
    let whole =
        |word: &Word| word.chars.len() == clause.stream.len() && word.term.is_some_and(held);
    clause.words.iter().any(whole)
}

/// Whether a clause asks for nothing but letters and figures.
fn is_latin(clause: &Planned) -> bool {
    if !clause.wanted || clause.is_phrase() || clause.clause.scope != Scope::Text {
        return false;
    }
    let classes = clause.stream.classes();
    classes.contains(&Class::Letter) && !classes.contains(&Class::Han)
}

/// Whether nothing but white space stands between two clauses.
fn adjacent(query: &str, first: &Planned, second: &Planned) -> bool {
    let end = first.clause.at + first.clause.text.len();
    query
        .get(end..second.clause.at)
        .is_some_and(|between| between.trim().is_empty())
}
