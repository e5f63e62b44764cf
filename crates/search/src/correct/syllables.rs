//! Letters → syllables: every way in which typed letters can be read as pinyin.

use souwen_index::Sounds;
use souwen_text::{Class, classify};

use super::BIT;

/// Typing a syllable's first letter for the syllable.
pub(super) const INITIAL: u32 = 2 * BIT;
/// Breaking off in the last syllable.
const UNFINISHED: u32 = 6 * BIT;

/// What one character of the answer may be, and how far in the query it reaches.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) end: usize,
    pub(super) sound: Sound,
    pub(super) cost: u32,
    /// Whether it is an initial only.
    pub(super) initial: bool,
}

/// What a unit says of its character.
#[derive(Debug, Clone)]
pub(super) enum Sound {
    /// It is this one.
    Is(char),
    /// By syllable: whether it may be read so.
    Read(Vec<bool>),
}

impl Sound {
    /// Whether a syllable is among those that it may be read as.
    pub(super) fn admits(&self, syllable: u16) -> bool {
        match self {
            Self::Is(_) => false,
            Self::Read(set) => set.get(usize::from(syllable)) == Some(&true),
        }
    }
}

/// The units that begin at each character of a query. `breaks` says before which characters no
/// syllable reaches across. Without `initials` only whole syllables are units, and the last one as
/// far as it was typed. Nothing if there is a character that begins none.
pub(super) fn units(
    sounds: &Sounds,
    chars: &[char],
    breaks: &[bool],
    initials: bool,
) -> Vec<Vec<Unit>> {
    let units = |at| {
        let mut units = units_at(sounds, chars, breaks, at);
        units.retain(|unit| initials || !unit.initial);
        units
    };
    (0..chars.len()).map(units).collect()
}

fn units_at(sounds: &Sounds, chars: &[char], breaks: &[bool], at: usize) -> Vec<Unit> {
    let Some(&first) = chars.get(at) else {
        return Vec::new();
    };
    if !first.is_ascii_lowercase() {
        let sound = Sound::Is(first);
        return vec![Unit {
            end: at + 1,
            sound,
            cost: 0,
            initial: false,
        }];
    }
    // The letters up to the next border.
    let run = chars
        .iter()
        .zip(breaks)
        .skip(at)
        .enumerate()
        .take_while(|&(step, (c, border))| c.is_ascii_lowercase() && (step == 0 || !border))
        .count();
    let letters = chars.get(at..at + run).unwrap_or_default();
    let mut units = Vec::new();
    let syllables = sounds.syllables();
    for len in 1..=letters.len().min(6) {
        let typed = letters.get(..len).unwrap_or_default();
        let exact = set(syllables, |syllable| spells(syllable, typed));
        units.extend(exact.map(|sound| Unit {
            end: tone(chars, breaks, at + len),
            sound,
            cost: 0,
            initial: false,
        }));
        if at + len == chars.len() && len > 1 {
            let more = |syllable: &str| syllable.len() > len && begins(syllable, typed);
            units.extend(set(syllables, more).map(|sound| Unit {
                end: at + len,
                sound,
                cost: UNFINISHED,
                initial: false,
            }));
        }
        if is_initial(typed) {
            let begun = set(syllables, |syllable| begins(syllable, typed));
            units.extend(begun.map(|sound| Unit {
                end: at + len,
                sound,
                // Who types initials types one letter a character.
                cost: if len == 1 { INITIAL } else { 4 * INITIAL },
                initial: true,
            }));
        }
    }
    units
}

/// The syllables that pass a test, if any does.
fn set(syllables: &[String], test: impl Fn(&str) -> bool) -> Option<Sound> {
    let set: Vec<bool> = syllables.iter().map(|own| test(own)).collect();
    set.contains(&true).then_some(Sound::Read(set))
}

/// Whether a letter stands for one of a syllable. Keyboards have no ü: v and u are typed for it.
fn same(own: u8, typed: char) -> bool {
    char::from(own) == typed || own == b'v' && typed == 'u'
}

fn begins(syllable: &str, typed: &[char]) -> bool {
    let letters = syllable.as_bytes();
    letters.len() >= typed.len() && letters.iter().zip(typed).all(|(&own, &c)| same(own, c))
}

fn spells(syllable: &str, typed: &[char]) -> bool {
    syllable.len() == typed.len() && begins(syllable, typed)
}

fn is_initial(typed: &[char]) -> bool {
    match *typed {
        [c] => !matches!(c, 'i' | 'u' | 'v'),
        ['z' | 'c' | 's', 'h'] => true,
        _ => false,
    }
}

/// Passes over a tone's number.
fn tone(chars: &[char], breaks: &[bool], at: usize) -> usize {
    let number = chars
        .get(at)
        .is_some_and(|c| matches!(c, '1'..='5') && breaks.get(at) == Some(&false));
    let more = chars
        .get(at + 1)
        .is_some_and(|&c| classify(c) == Class::Digit);
    at + usize::from(number && !more)
}

/// Whether every letter of a query can be read as pinyin, and there is one.
pub(super) fn readable(units: &[Vec<Unit>], chars: &[char]) -> bool {
    let mut reached = vec![false; chars.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    for (at, own) in units.iter().enumerate() {
        if reached.get(at) == Some(&true) {
            for unit in own {
                if let Some(slot) = reached.get_mut(unit.end) {
                    *slot = true;
                }
            }
        }
    }
    // One letter alone says nothing.
    let letters = chars.iter().any(char::is_ascii_lowercase);
    reached.last() == Some(&true) && letters && chars.len() > 1
}
