//! The archive's words that can be read out of a query: its dictionary walked along the units of the
//! query.

use souwen_index::{Index, Sounds, Words};
use souwen_text::{Lexicon, cast, order};

use super::BIT;
use super::effort::Effort;
use super::syllables::{Sound, Unit};
use crate::engine::Engine;

/// Words tried at each character of the query.
const WORDS: usize = 96;
/// A word read in a way in which it is not.
const MISREAD: u32 = 12 * BIT;

/// A word that can be read out of the query.
pub(super) struct Word {
    pub(super) chars: Vec<char>,
    pub(super) end: usize,
    pub(super) cost: u32,
    /// Whether any of it was read from an initial.
    pub(super) initial: bool,
}

/// The words of two characters and more that can be read from `at` on, the likeliest first.
pub(super) fn words_at(engine: &Engine, units: &[Vec<Unit>], at: usize) -> Vec<Word> {
    let index = engine.index();
    let mut found = Vec::new();
    let dictionary = index.analyser().dictionary();
    let mut reader = Reader {
        index,
        effort: engine.effort(),
        units,
        chars: Vec::new(),
        ways: Vec::new(),
        found: &mut found,
    };
    reader.read(dictionary.root(), at, 0);
    let costs = found.iter().map(|word| u64::from(word.cost)).zip(0..);
    let mut keys: Vec<(u64, u32)> = costs.collect();
    order::sort(&mut keys);
    let mut words = Vec::new();
    for (_, place) in keys.into_iter().take(WORDS) {
        if let Some(word) = found.get_mut(cast::index(place)) {
            words.push(Word {
                chars: std::mem::take(&mut word.chars),
                ..*word
            });
        }
    }
    words
}

/// How far into the words a walk has come.
type Place = <Words as Lexicon>::Place;

/// Walks the dictionary along the units of a query.
struct Reader<'a> {
    index: &'a Index,
    effort: &'a Effort,
    units: &'a [Vec<Unit>],
    chars: Vec<char>,
    /// What each character was read from.
    ways: Vec<&'a Unit>,
    found: &'a mut Vec<Word>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, place: Place, at: usize, cost: u32) {
        let (sounds, index) = (self.index.sounds(), self.index);
        let dictionary = index.analyser().dictionary();
        let units: &'a [Unit] = self.units.get(at).map_or(&[], Vec::as_slice);
        for unit in units {
            let mut steps: Vec<(u32, Place)> = Vec::new();
            match &unit.sound {
                Sound::Is(c) => {
                    let code = index.code(*c);
                    let step = code.and_then(|code| Some((code, dictionary.step(place, code)?)));
                    steps.extend(step);
                }
                Sound::Read(_) => dictionary.steps(place, &mut |code, next| {
                    if sounds
                        .readings(code)
                        .iter()
                        .any(|&own| unit.sound.admits(own))
                    {
                        steps.push((code, next));
                    }
                }),
            }
            for (code, next) in steps {
                if !self.effort.spend(1) {
                    return;
                }
                let Some(c) = dictionary.alphabet().char(code) else {
                    continue;
                };
                self.chars.push(c);
                self.ways.push(unit);
                let cost = cost + unit.cost;
                if let Some((ordinal, weight)) = dictionary.word(next)
                    && self.chars.len() > 1
                {
                    let reading = u32::from(weight) + cost + self.misread(sounds, ordinal);
                    self.found.push(Word {
                        chars: self.chars.clone(),
                        end: unit.end,
                        cost: reading,
                        initial: self.ways.iter().any(|unit| unit.initial),
                    });
                }
                self.read(next, unit.end, cost);
                self.chars.pop();
                self.ways.pop();
            }
        }
    }

    /// What it costs that the word read so far is read so.
    fn misread(&self, sounds: &Sounds, ordinal: u32) -> u32 {
        let own = sounds.word_reading(ordinal);
        let mut cost = 0;
        for (at, (&c, unit)) in self.chars.iter().zip(&self.ways).enumerate() {
            if let Sound::Is(_) = unit.sound {
                continue;
            }
            let code = self.index.code(c).unwrap_or(u32::MAX);
            let first = sounds.readings(code).first();
            let syllable = own.map_or(first, |own| own.get(at));
            if !syllable.is_some_and(|&syllable| unit.sound.admits(syllable)) {
                cost = MISREAD;
            }
        }
        cost
    }
}
