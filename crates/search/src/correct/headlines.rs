//! Initials → the runs of headlines that they are the initials of. Who types initials types what is
//! well known, and what an archive's readers know best are its headlines.

use souwen_index::{FormatError, Index};
use souwen_text::{cast, is_stop_word};

use super::syllables::INITIAL;
use super::{BIT, Candidate, Reason};
use crate::engine::Engine;

/// Fewer letters fit to anything.
const FEWEST: usize = 3;
/// Different runs that are looked at.
const RUNS: usize = 200;
/// What every word of a run costs, and what it costs to begin or end with a word that only joins
/// others.
const WORD: u32 = 3 * BIT;
const JOINING: u32 = 6 * BIT;

/// A character of a headline and, a bit a letter, the initials of its readings. No letter for what
/// stands between headlines, and punctuation.
type Initialled = (char, u32);

/// The bit of a letter.
fn bit(letter: u8) -> u32 {
    match letter {
        b'a'..=b'z' => 1 << (letter - b'a'),
        _ => 0,
    }
}

impl Engine {
    /// The runs of headlines whose characters have the letters typed as initials.
    pub(super) fn headline_runs(&self, typed: &[char]) -> Result<Vec<Candidate>, FormatError> {
        let letters: Vec<u32> = typed
            .iter()
            .map(|&c| u8::try_from(c).map_or(0, bit))
            .collect();
        if letters.len() < FEWEST || letters.contains(&0) {
            return Ok(Vec::new());
        }
        let mut kept = self.initials().borrow_mut();
        if kept.is_empty() {
            *kept = read_headlines(self.index());
        }
        let mut found: Vec<Candidate> = Vec::new();
        if self.index().lacks() {
            kept.clear();
        }
        for run in kept.windows(letters.len()) {
            let fits = run
                .iter()
                .zip(&letters)
                .all(|((_, own), letter)| own & letter > 0);
            if fits && found.len() < RUNS {
                let chars: Vec<char> = run.iter().map(|&(c, _)| c).collect();
                if found.iter().all(|own| own.chars != chars) {
                    found.push(self.candidate(chars));
                }
            }
        }
        Ok(found)
    }

    fn candidate(&self, chars: Vec<char>) -> Candidate {
        let cost = INITIAL.saturating_mul(cast::small(chars.len()));
        let mut own = Candidate::new(chars, cost, Reason::Pinyin);
        let analysis = self.index().analyser().analyse(&own.text);
        let len = analysis.stream.len();
        for word in analysis.segmentation() {
            own.cost += WORD;
            let at_end = word.start == 0 || word.end == len;
            if at_end && is_stop_word(&analysis.text(word)) {
                own.cost += JOINING;
            }
        }
        own.initials = true;
        own
    }
}

/// The newest headlines, one after the other.
fn read_headlines(index: &Index) -> Vec<Initialled> {
    let sounds = index.sounds();
    let mut all = Vec::new();
    for title in index.headlines().lines() {
        let stream = index.analyser().stream(title);
        for &c in stream.chars() {
            let mut letters = u8::try_from(c).map_or(0, bit);
            let code = index.code(c).unwrap_or(u32::MAX);
            for &own in sounds.readings(code) {
                let syllable = sounds.syllables().get(usize::from(own));
                let first = syllable.and_then(|syllable| syllable.bytes().next());
                letters |= first.map_or(0, bit);
            }
            all.push((c, letters));
        }
        all.push(('\n', 0));
    }
    all
}
