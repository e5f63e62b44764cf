//! Slips: the spellings that are one slip away from what was typed.

use souwen_index::{Index, Sounds};
use souwen_text::{classify, is_han, is_stop_word};

use super::{BIT, Candidate, Reason};

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
const ENOUGH: usize = 3;
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

/// Collects candidates whose changed characters stand beside their neighbours in the archive.
struct Slips<'a> {
    index: &'a Index,
    chars: &'a [char],
    found: Vec<Candidate>,
}

/// The spellings one slip away, of those that the archive's pairs allow.
pub(super) fn candidates(index: &Index, chars: &[char]) -> Vec<Candidate> {
    let mut slips = Slips {
        index,
        chars,
        found: Vec::new(),
    };
    for at in 0..chars.len() {
        if chars.len() <= SHORT || slips.breaks_off(at) {
            slips.replace(at);
            slips.leave_out(at);
            slips.swap(at);
        }
        if at > 0 && slips.apart(at) {
            slips.put_in(at);
        }
    }
    slips.found
}

impl Slips<'_> {
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

    /// Another character in place of the one at `at`.
    fn replace(&mut self, at: usize) {
        let Some(own) = self.char(at) else { return };
        let sounds = self.index.sounds();
        let alphabet = self.index.analyser().dictionary().alphabet();
        let code = self.index.sounding(own);
        let readings: &[u16] = code.map_or(&[], |code| sounds.readings(code));
        let mut known = vec![own];
        let mut try_out = |slips: &mut Self, code: u32, cost: u32, reason: Reason| {
            if let Some(c) = alphabet.char(code).filter(|c| !known.contains(c)) {
                known.push(c);
                let spelling = slips.with(at, c);
                slips.keep(spelling, at, at + 1, cost, reason);
            }
        };
        for &code in readings.iter().flat_map(|&own| sounds.characters(own)) {
            try_out(self, code, SOUND, Reason::Sound);
        }
        let alike = code.map(|code| sounds.look_alikes(code));
        for code in alike.unwrap_or_default() {
            try_out(self, code, SHAPE, Reason::Shape);
        }
        for &own in readings {
            for near in near_sounds(sounds, own) {
                for &code in sounds.characters(near) {
                    try_out(self, code, NEAR_SOUND, Reason::Sound);
                }
            }
        }
        let next = self.char(at + 1);
        let before = at.checked_sub(1).and_then(|before| self.char(before));
        // In a short clause only what both neighbours agree on.
        let between = before.is_some() && next.is_some();
        let enough = self.chars.len() > ENOUGH || self.chars.len() == ENOUGH && between;
        if !enough || own.is_ascii_digit() {
            return;
        }
        let fits = |c: char| is_han(c) == is_han(own) && !c.is_ascii_digit();
        let codes: Vec<u32> = match (before, next) {
            (Some(before), _) => {
                let others = self.index.following(before);
                let others = others
                    .filter(|&(c, _)| fits(c) && (next.is_none() || self.beside(Some(c), next)));
                others
                    .filter_map(|(c, _)| self.index.single(c))
                    .map(|term| term.0)
                    .collect()
            }
            (None, next) => (0..alphabet.len())
                .filter(|&code| {
                    alphabet
                        .char(code)
                        .is_some_and(|c| fits(c) && self.beside(Some(c), next))
                })
                .collect(),
        };
        for code in codes {
            try_out(self, code, OTHER, Reason::Spelling);
        }
    }

    /// Without the character at `at`.
    fn leave_out(&mut self, at: usize) {
        if self.char(at).is_none_or(|c| c.is_ascii_digit()) {
            return;
        }
        let doubled = self.char(at) == self.char(at + 1);
        if !doubled && self.chars.len() < ENOUGH {
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
                spellings.push(format!("{to}{rest}"));
            }
        }
    }
    match own.strip_suffix('g') {
        Some(short) if short.ends_with('n') => spellings.push(short.to_owned()),
        _ if own.ends_with('n') => spellings.push(format!("{own}g")),
        _ => {}
    }
    let number = |spelling: &String| {
        let at = syllables.binary_search(spelling).ok()?;
        u16::try_from(at).ok()
    };
    spellings.iter().filter_map(number).collect()
}
