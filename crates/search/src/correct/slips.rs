//! Slips: the spellings that are one slip away from what was typed.

use souwen_index::{Index, Sounds};
use souwen_text::{classify, is_han, is_stop_word};

use super::effort::Effort;
use super::{BIT, Candidate, Reason};
use crate::engine::Engine;

/// What each slip costs: how much rarer it is than the commonest one.
const DOUBLED: u32 = super::SURE;
const SOUND: u32 = 4 * BIT;
const SHAPE: u32 = 5 * BIT;
const SWAPPED: u32 = 5 * BIT;
const NEAR_SOUND: u32 = 7 * BIT;
const MISSING: u32 = 9 * BIT;
const OTHER: u32 = 10 * BIT;
const ADDED: u32 = 11 * BIT;

/// Fewer characters than this say too little about what a missing or a wrong one might be.
pub(super) const ENOUGH: usize = 3;
/// In clauses longer than this only the places where the archive breaks off are looked at.
const SHORT: usize = 12;

/// Pairs of initials and of finals that many readers do not tell apart.
const NEAR: [(&str, &str); 5] = [
    ("zh", "z"),
    ("ch", "c"),
    ("sh", "s"),
    ("l", "n"),
    ("h", "f"),
];

/// Collects spellings one slip away whose changed characters stand beside their neighbours in the
/// archive.
pub(super) struct Slips<'a> {
    index: &'a Index,
    effort: &'a Effort,
    chars: &'a [char],
    pub(super) found: Vec<Candidate>,
}

impl<'a> Slips<'a> {
    pub(super) fn new(engine: &'a Engine, chars: &'a [char]) -> Self {
        Self {
            index: engine.index(),
            effort: engine.effort(),
            chars,
            found: Vec::new(),
        }
    }

    /// One of two equal characters too many.
    pub(super) fn doubled(&mut self) {
        for at in 0..self.chars.len() {
            if self.char(at) == self.char(at + 1) {
                self.leave_out(at);
            }
        }
    }

    /// What fingers and eyes do: characters doubled, swapped, of the same sound, of a like shape.
    pub(super) fn likely(&mut self) {
        self.doubled();
        for at in 0..self.chars.len() {
            if self.is_suspect(at) {
                self.mistake(at);
                self.swap(at);
            }
        }
    }

    /// Any other character in place of one, one too many, one too few. `before` are those that may
    /// stand in the first one's place.
    pub(super) fn other(&mut self, before: &[char]) {
        for at in 0..self.chars.len() {
            if self.is_suspect(at) {
                self.replace(at, before);
                if self.char(at) != self.char(at + 1) {
                    self.leave_out(at);
                }
            }
            if self.apart(at) {
                self.put_in(at);
            }
        }
    }

    /// Whether the character at `at` is worth a try.
    fn is_suspect(&self, at: usize) -> bool {
        self.chars.len() <= SHORT || self.breaks_off(at)
    }

    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    fn beside(&self, first: Option<char>, second: Option<char>) -> bool {
        let pair = first.zip(second);
        pair.is_some_and(|(first, second)| self.index.pair(first, second).is_some())
    }

    /// Whether the character at `at` and the one before it stand side by side nowhere.
    fn apart(&self, at: usize) -> bool {
        at > 0 && !self.beside(self.char(at - 1), self.char(at))
    }

    /// Whether the character at `at` does not fit to a neighbour.
    fn breaks_off(&self, at: usize) -> bool {
        self.apart(at) || at + 1 < self.chars.len() && self.apart(at + 1)
    }

    /// Keeps a spelling in which the characters `from..to` are new.
    fn keep(&mut self, spelling: Vec<char>, from: usize, to: usize, cost: u32, reason: Reason) {
        let neighbour = |at: usize| spelling.get(at).copied();
        let joins = |at: usize| at > 0 && self.beside(neighbour(at - 1), neighbour(at));
        // Words run together need not stand side by side, but every new character is in some word.
        if (from..=to).any(joins) && spelling.len() > 1 {
            self.found.push(Candidate::new(spelling, cost, reason));
        }
    }

    fn with(&self, at: usize, c: char) -> Vec<char> {
        let mut spelling = self.chars.to_vec();
        if let Some(slot) = spelling.get_mut(at) {
            *slot = c;
        }
        spelling
    }

    /// A character in place of the one at `at` that sounds or looks like it.
    fn mistake(&mut self, at: usize) {
        let Some(own) = self.char(at) else { return };
        let Some(code) = self.index.sounding(own) else {
            return;
        };
        let sounds = self.index.sounds();
        let readings = sounds.readings(code);
        let mut known = vec![own];
        for &same in readings {
            self.any_of(
                sounds.characters(same),
                at,
                SOUND,
                Reason::Sound,
                &mut known,
            );
        }
        let alike = sounds.look_alikes(code);
        self.any_of(&alike, at, SHAPE, Reason::Shape, &mut known);
        for near in readings.iter().flat_map(|&own| near_sounds(sounds, own)) {
            let characters = sounds.characters(near);
            self.any_of(characters, at, NEAR_SOUND, Reason::Sound, &mut known);
        }
    }

    /// Tries characters, by code, in place of the one at `at`; each once.
    fn any_of(
        &mut self,
        codes: &[u32],
        at: usize,
        cost: u32,
        reason: Reason,
        known: &mut Vec<char>,
    ) {
        let alphabet = self.index.alphabet();
        for &code in codes {
            if let Some(c) = alphabet.char(code).filter(|c| !known.contains(c)) {
                if !self.effort.spend(2) {
                    return;
                }
                known.push(c);
                let spelling = self.with(at, c);
                self.keep(spelling, at, at + 1, cost, reason);
            }
        }
    }

    /// Any character in place of the one at `at` that fits to its neighbours.
    fn replace(&mut self, at: usize, begins: &[char]) {
        let Some(own) = self.char(at) else { return };
        let alphabet = self.index.alphabet();
        let next = self.char(at + 1);
        let before = at.checked_sub(1).and_then(|before| self.char(before));
        // In a short clause only what both neighbours agree on, or in place of a character that
        // nobody knows.
        let between = before.is_some() && next.is_some();
        let clear = between || self.index.sounding(own).is_none();
        let enough = self.chars.len() > ENOUGH || self.chars.len() == ENOUGH && clear;
        if !enough || own.is_ascii_digit() {
            return;
        }
        let fits = |c: char| is_han(c) == is_han(own) && !c.is_ascii_digit();
        let mut codes = Vec::new();
        match before {
            Some(before) => {
                for (c, _) in self.index.following(before) {
                    if !self.effort.spend(1) {
                        return;
                    }
                    if fits(c) && (next.is_none() || self.beside(Some(c), next)) {
                        codes.extend(alphabet.code(c));
                    }
                }
            }
            None => {
                let begins = begins.iter().filter(|&&c| fits(c));
                codes.extend(begins.filter_map(|&c| alphabet.code(c)));
            }
        }
        self.any_of(&codes, at, OTHER, Reason::Spelling, &mut vec![own]);
    }

    /// Without the character at `at`.
    fn leave_out(&mut self, at: usize) {
        if self.char(at).is_none_or(|c| c.is_ascii_digit()) {
            return;
        }
        let doubled = self.char(at) == self.char(at + 1);
        if !doubled && self.chars.len() <= ENOUGH {
            return;
        }
        let mut spelling = self.chars.to_vec();
        spelling.remove(at);
        let cost = if doubled { DOUBLED } else { ADDED };
        self.keep(spelling, at, at, cost, Reason::Spelling);
    }

    /// The characters at `at` and after it the other way round.
    fn swap(&mut self, at: usize) {
        let (own, next) = (self.char(at), self.char(at + 1));
        let digit = |c: Option<char>| c.is_none_or(|c| c.is_ascii_digit());
        if own == next || digit(own) || digit(next) {
            return;
        }
        let mut spelling = self.chars.to_vec();
        spelling.swap(at, at + 1);
        self.keep(spelling, at, at + 2, SWAPPED, Reason::Spelling);
    }

    /// A character more before the one at `at`, which has to fit to both of its neighbours.
    fn put_in(&mut self, at: usize) {
        if self.chars.len() < ENOUGH {
            return;
        }
        let Some(before) = self.char(at - 1) else {
            return;
        };
        let Some(next) = self.char(at) else { return };
        for (c, _) in self.index.following(before) {
            if !self.effort.spend(1) {
                return;
            }
            let stop = is_stop_word(c.encode_utf8(&mut [0; 4]));
            let fits = classify(c) == classify(before) && classify(c) == classify(next);
            if fits && !stop && !c.is_ascii_digit() && self.beside(Some(c), Some(next)) {
                let mut spelling = self.chars.to_vec();
                spelling.insert(at, c);
                self.keep(spelling, at, at + 1, MISSING, Reason::Spelling);
            }
        }
    }
}

/// The syllables that differ by what many readers do not tell apart: flat and curled tongue, l and n,
/// h and f, -n and -ng.
fn near_sounds(sounds: &Sounds, syllable: u16) -> Vec<u16> {
    let syllables = sounds.syllables();
    let Some(own) = syllables.get(usize::from(syllable)) else {
        return Vec::new();
    };
    let mut spellings: Vec<String> = Vec::new();
    for (one, other) in NEAR {
        for (from, to) in [(one, other), (other, one)] {
            if let Some(rest) = own.strip_prefix(from) {
                spellings.push([to, rest].concat());
            }
        }
    }
    match own.strip_suffix('g') {
        Some(short) if short.ends_with('n') => spellings.push(short.to_owned()),
        _ if own.ends_with('n') => spellings.push([own, "g"].concat()),
        _ => {}
    }
    let number = |spelling: &String| {
        let at = syllables.binary_search(spelling).ok()?;
        u16::try_from(at).ok()
    };
    spellings.iter().filter_map(number).collect()
}
