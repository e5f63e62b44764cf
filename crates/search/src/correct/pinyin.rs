//! Pinyin → characters, as an IME does it: the likeliest path over the archive's own words and
//! pairs of characters.
//!
//! A path's cost is the sum of its words' weights (−log2 of their probability, as in segmentation),
//! of what each reading costs, and of a fine for two words that stand side by side nowhere. A
//! character outside a word must stand beside the one before it somewhere in the archive.

use souwen_index::{Sounds, inverse_document_frequency};
use souwen_text::{cast, is_stop_word, order};

use super::reader::{Word, words_at};
use super::syllables::{Sound, Unit, readable, units};
use super::{BIT, Candidate, Reason};
use crate::engine::Engine;
use crate::matching::all_of;
use crate::plan::Proof;

/// Slips are looked for in no more letters than this.
const SHORT: usize = 24;
/// What a slip of the finger costs.
const SLIP: u32 = 8 * BIT;

/// Paths kept at each character of the query.
const WIDTH: usize = 160;
/// Of the cheapest paths so many are looked at.
const LOOKED_INTO: usize = 2000;
/// Ways to go on after a character.
const STEPS: usize = 128;
/// Characters that may begin a path.
const BEGINNINGS: usize = 400;

/// A character that belongs to no word: more than the half of a rare word of two.
const LONE: u32 = 15 * BIT;
/// A reading that is not the character's first one.
const SECOND_READING: u32 = 3 * BIT;
/// A character outside any word of which only the initial is known.
const VAGUE: u32 = 6 * BIT;
/// A character that only joins others, and of which only the initial is known: it is what everyone
/// writes, not what anyone looks for.
const JOINING: u32 = 8 * BIT;
/// Two words side by side that are so nowhere in the archive.
const APART: u32 = 8 * BIT;

/// A way to write what was read so far.
#[derive(Debug, Clone, Default)]
struct Path {
    chars: Vec<char>,
    cost: u32,
    /// Where a word begins that stands beside the one before it nowhere.
    breaks: Vec<usize>,
    /// Whether any of it was read from initials.
    initials: bool,
    /// Whether a character outside any word was.
    vague: bool,
}

/// What a path goes on with.
#[derive(Default)]
struct Step {
    chars: Vec<char>,
    end: usize,
    cost: u32,
    /// Whether it stands beside what is there.
    beside: bool,
    initials: bool,
    vague: bool,
}

/// Spellings in characters of a query that has letters which can be read as pinyin; with `initials`
/// also of letters that are only the first ones of syllables.
pub(super) fn candidates(
    engine: &Engine,
    chars: &[char],
    breaks: &[bool],
    initials: bool,
) -> Vec<Candidate> {
    let (index, effort) = (engine.index(), engine.effort());
    let sounds = index.sounds();
    let units = units(sounds, chars, breaks, initials);
    if !readable(&units, chars) {
        return Vec::new();
    }
    let mut paths: Vec<Vec<Path>> = vec![Vec::new(); chars.len() + 1];
    if let Some(start) = paths.first_mut() {
        start.push(Path::default());
    }
    for at in 0..chars.len() {
        let here = best(
            engine,
            &paths.get_mut(at).map(std::mem::take).unwrap_or_default(),
        );
        let apart = at > 0 && breaks.get(at) == Some(&true);
        let words = if here.is_empty() {
            Vec::new()
        } else {
            words_at(engine, &units, at)
        };
        let units = units.get(at).map_or(&[][..], Vec::as_slice);
        // Many paths end in the same character and go on alike.
        let mut known: Vec<(Option<char>, Vec<Step>)> = Vec::new();
        for path in &here {
            let last = path.chars.last().copied();
            let place = known.iter().position(|(own, _)| *own == last);
            let place = place.unwrap_or_else(|| {
                known.push((last, steps(engine, last, &words, units, apart)));
                known.len() - 1
            });
            for step in known.get(place).into_iter().flat_map(|(_, steps)| steps) {
                if !effort.spend(1) {
                    return Vec::new();
                }
                extend(&mut paths, path, step);
            }
        }
    }
    let written = best(engine, &paths.pop().unwrap_or_default());
    written.into_iter().map(Path::finish).collect()
}

/// What may come after a character: words, and characters that belong to none, the likeliest only.
/// `apart` says that the reader typed a space there.
fn steps(
    engine: &Engine,
    last: Option<char>,
    words: &[Word],
    units: &[Unit],
    apart: bool,
) -> Vec<Step> {
    let index = engine.index();
    let mut found = Vec::new();
    for word in words {
        let first = word.chars.first().copied();
        let beside = last
            .zip(first)
            .is_none_or(|(last, first)| index.pair(last, first).is_some());
        if beside || !word.initial || apart {
            found.push(Step {
                chars: word.chars.clone(),
                end: word.end,
                cost: word.cost + if beside { 0 } else { APART },
                beside,
                initials: word.initial,
                vague: false,
            });
        }
    }
    for unit in units {
        let vague = unit.initial;
        let mut add = |c: char, cost: u32, beside: bool| {
            let fine = match vague {
                true if is_stop_word(c.encode_utf8(&mut [0; 4])) => VAGUE + JOINING,
                true => VAGUE,
                false => 0,
            };
            found.push(Step {
                chars: vec![c],
                end: unit.end,
                cost: cost + fine + if beside { 0 } else { APART },
                beside,
                initials: vague,
                vague,
            });
        };
        characters(engine, last, unit, &mut add);
        // Where the reader typed a space a word may begin that stands nowhere beside this.
        if apart && !vague {
            characters(engine, None, unit, &mut |c, cost, _| add(c, cost, false));
        }
    }
    let costs = found.iter().map(|step| u64::from(step.cost)).zip(0..);
    let mut keys: Vec<(u64, u32)> = costs.collect();
    order::sort(&mut keys);
    let step = |(_, at): (u64, u32)| found.get_mut(cast::index(at)).map(std::mem::take);
    keys.into_iter().take(STEPS).filter_map(step).collect()
}

/// The same for letters with two swapped, or one too many.
pub(super) fn with_slips(engine: &Engine, chars: &[char], breaks: &[bool]) -> Vec<Candidate> {
    let mut found = Vec::new();
    let letters = |at: usize| chars.get(at).is_some_and(char::is_ascii_lowercase);
    if chars.len() > SHORT {
        return found;
    }
    for at in (0..chars.len()).filter(|&at| letters(at)) {
        let mut add = |chars: &[char], breaks: &[bool], cost: u32| {
            // Initials fit to everything.
            let own = candidates(engine, chars, breaks, false).into_iter();
            found.extend(own.map(|mut own| {
                own.cost += cost;
                own
            }));
        };
        if letters(at + 1) && chars.get(at) != chars.get(at + 1) {
            let mut swapped = chars.to_vec();
            swapped.swap(at, at + 1);
            add(&swapped, breaks, SLIP);
        }
        let (mut fewer, mut borders) = (chars.to_vec(), breaks.to_vec());
        fewer.remove(at);
        borders.remove(at);
        add(&fewer, &borders, SLIP);
    }
    found
}

impl Path {
    /// Whether some document holds all of its pairs.
    fn stands_together(&self, engine: &Engine) -> bool {
        let index = engine.index();
        let short = self.chars.len() < 3 || !self.breaks.is_empty();
        let held = |proof: Proof| !all_of(index, &proof.terms).is_empty();
        short
            || engine.effort().spend(2 * self.chars.len())
                && Proof::new(index, &self.chars).is_some_and(held)
    }

    fn finish(self) -> Candidate {
        let mut text = String::new();
        for (at, &c) in self.chars.iter().enumerate() {
            if self.breaks.contains(&at) {
                text.push(' ');
            }
            text.push(c);
        }
        Candidate {
            chars: self.chars,
            text,
            cost: self.cost,
            reason: Reason::Pinyin,
            initials: self.initials,
            vague: self.vague,
        }
    }
}

fn extend(paths: &mut [Vec<Path>], path: &Path, step: &Step) {
    if let Some(slot) = paths.get_mut(step.end) {
        let mut own = path.clone();
        own.cost += step.cost;
        own.initials |= step.initials;
        own.vague |= step.vague;
        if !step.beside {
            own.breaks.push(own.chars.len());
        }
        own.chars.extend_from_slice(&step.chars);
        slot.push(own);
    }
}

/// The cheapest paths, each spelling once. Initials leave so much open that a path must also be one
/// whose pairs some document holds all of.
fn best(engine: &Engine, paths: &[Path]) -> Vec<Path> {
    let costs = paths.iter().map(|path| u64::from(path.cost)).zip(0..);
    let mut keys: Vec<(u64, u32)> = costs.collect();
    order::sort(&mut keys);
    let mut kept: Vec<Path> = Vec::new();
    for (_, at) in keys.into_iter().take(LOOKED_INTO) {
        if let Some(path) = paths.get(cast::index(at))
            && kept.iter().all(|own| own.chars != path.chars)
            && (!path.initials || path.stands_together(engine))
        {
            kept.push(path.clone());
            if kept.len() == WIDTH {
                break;
            }
        }
    }
    kept
}

/// The characters that a unit may be after another one, what each costs, and whether it stands beside
/// that somewhere.
fn characters(
    engine: &Engine,
    last: Option<char>,
    unit: &Unit,
    emit: &mut dyn FnMut(char, u32, bool),
) {
    let (index, effort) = (engine.index(), engine.effort());
    let sounds = index.sounds();
    let alphabet = index.alphabet();
    match (&unit.sound, last) {
        (Sound::Is(c), None) => emit(*c, 0, true),
        (Sound::Is(c), Some(last)) => emit(*c, 0, index.pair(last, *c).is_some()),
        (Sound::Read(set), None) => {
            let admitted = (0u16..).zip(set).filter(|(_, admitted)| **admitted);
            let codes = admitted.flat_map(|(syllable, _)| sounds.characters(syllable));
            for &code in codes.take(BEGINNINGS) {
                if let Some(c) = alphabet.char(code) {
                    emit(c, LONE + unit.cost + reading(sounds, code, unit), true);
                }
            }
        }
        (Sound::Read(_), Some(last)) => {
            for (c, term) in index.following(last) {
                if !effort.spend(1) {
                    return;
                }
                let code = index.code(c).unwrap_or(u32::MAX);
                if sounds
                    .readings(code)
                    .iter()
                    .any(|&own| unit.sound.admits(own))
                {
                    // Pairs of many documents are likelier, by as much as they are commoner.
                    let df = index.document_frequency(term);
                    let rarity = inverse_document_frequency(index.articles(), df) * (BIT / 256);
                    let cost = LONE / 2 + rarity.min(LONE) / 2;
                    emit(c, cost + unit.cost + reading(sounds, code, unit), true);
                }
            }
        }
    }
}

/// What it costs that a character is read so.
fn reading(sounds: &Sounds, code: u32, unit: &Unit) -> u32 {
    let first = sounds.readings(code).first();
    let usual = first.is_some_and(|&first| unit.sound.admits(first));
    if usual { 0 } else { SECOND_READING }
}
