//! Section `sounds`: how characters and words are read, and what characters look like.
//!
//! ```text
//! number of syllables varint
//! per syllable, ascending: one byte, 8 × letters shared with the one before it + letters of its own;
//!                          those letters
//! number of strangers varint, per stranger, ascending: distance from the one before it varint
//! ranks of readings, words, groups of look-alikes: varints
//! bits: readings, words, look-alikes (each as its file says)
//! ```
//!
//! *Strangers* are characters that the archive does not hold but readers may type in place of one
//! that it does; their codes follow those of the alphabet.

mod lists;
mod look_alikes;
mod readings;
mod words;

use souwen_text::{Lexicon, MAX_WORD, cast};

use crate::bits::{BitReader, BitWriter};
use crate::error::{OrDamaged, Result, ensure};
use crate::wire::{Reader, Writer};
use look_alikes::LookAlikes;
use readings::Readings;
use words::Words;

pub(crate) const NAME: &str = "sounds";
/// The longest syllables (`zhuang`) have six letters; a byte has room for seven.
const MAX_LETTERS: usize = 7;
/// No character has more ways to be read than this.
const MAX_READINGS: usize = 8;

/// How characters are read and what they look like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sounds {
    syllables: Vec<String>,
    /// Characters of the archive; codes from here on are strangers'.
    alphabet: u32,
    strangers: Vec<char>,
    readings: Readings,
    words: Words,
    look_alikes: LookAlikes,
}

/// What [`Sounds`] are made of.
#[derive(Debug, Clone, Default)]
pub struct SoundParts {
    /// Common characters that the archive does not hold, ascending.
    pub strangers: Vec<char>,
    /// Per code, those of strangers after the alphabet's: the toneless syllables it is read as, the
    /// commonest first; ü is written `v`.
    pub readings: Vec<Vec<String>>,
    /// Words of the lexicon in which some character is not read in its first way, and how each
    /// character is read. In any order.
    pub words: Vec<(String, Vec<String>)>,
    /// Groups of codes that look alike.
    pub look_alikes: Vec<Vec<u32>>,
}

/// Encodes; `ordinal` gives a word's ordinal in the lexicon of `lexicon` words.
pub(crate) fn encode(
    parts: &SoundParts,
    lexicon: u32,
    ordinal: impl Fn(&str) -> Option<u32>,
) -> Vec<u8> {
    let of_words = parts.words.iter().map(|(_, reading)| reading);
    let mut syllables: Vec<&str> = (parts.readings.iter().chain(of_words).flatten())
        .map(String::as_str)
        .filter(|syllable| is_syllable(syllable))
        .collect();
    syllables.sort_unstable();
    syllables.dedup();
    let mut out = Writer::default();
    out.count(syllables.len());
    let mut before = "";
    for &syllable in &syllables {
        let own = syllable.bytes().zip(before.bytes());
        let shared = own.take_while(|(a, b)| a == b).count();
        let letters = syllable.get(shared..).unwrap_or_default();
        out.bytes.extend(u8::try_from(8 * shared + letters.len()));
        out.bytes.extend_from_slice(letters.as_bytes());
        before = syllable;
    }
    out.count(parts.strangers.len());
    let mut before = 0;
    for &stranger in &parts.strangers {
        let number = u32::from(stranger);
        out.varint(number.saturating_sub(before).into());
        before = number;
    }
    let count = u16::try_from(syllables.len()).unwrap_or(u16::MAX);
    let numbers = |reading: &Vec<String>| -> Vec<u16> {
        let number = |syllable: &String| {
            let at = syllables.binary_search(&syllable.as_str()).ok()?;
            u16::try_from(at).ok()
        };
        reading.iter().filter_map(number).collect()
    };
    let by_code = parts.readings.iter().map(|own| {
        let mut own = numbers(own);
        own.truncate(MAX_READINGS);
        own
    });
    let by_code: Vec<Vec<u16>> = by_code.collect();
    let mut by_ordinal: Vec<(u32, Vec<u16>)> = parts
        .words
        .iter()
        .filter(|(_, reading)| (1..=MAX_WORD).contains(&reading.len()))
        .filter_map(|(word, reading)| Some((ordinal(word)?, numbers(reading))))
        .collect();
    by_ordinal.sort();
    let mut bits = BitWriter::default();
    let (ranks, order) = readings::encode(&mut bits, &by_code, count);
    words::encode(&mut bits, &by_ordinal, lexicon, count);
    let groups = look_alikes::encode(&mut bits, &parts.look_alikes, &order);
    out.varint(ranks.into());
    out.count(by_ordinal.len());
    out.varint(groups.into());
    out.bytes.extend(bits.finish());
    out.bytes
}

fn is_syllable(text: &str) -> bool {
    (1..=MAX_LETTERS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase())
}

/// Decodes; there are `alphabet` characters and `lexicon` words.
pub(crate) fn decode(bytes: &[u8], alphabet: u32, lexicon: u32) -> Result<Sounds> {
    let mut reader = Reader::new(NAME, bytes);
    let syllables = decode_syllables(&mut reader)?;
    let count = u16::try_from(syllables.len())
        .ok()
        .or_damaged(NAME, "has too many syllables")?;
    let strangers = decode_strangers(&mut reader)?;
    let all = alphabet
        .checked_add(cast::small(strangers.len()))
        .or_damaged(NAME, "has too many characters")?;
    let ranks = cast::small(reader.count()?);
    ensure(
        cast::index(ranks) <= MAX_READINGS,
        NAME,
        "has too many ranks of readings",
    )?;
    let words = cast::small(reader.count()?);
    let groups = cast::small(reader.count()?);
    let rest = reader.take(reader.rest())?;
    let mut bits = BitReader::new(rest, 0);
    let readings = Readings::decode(&mut bits, ranks, count, all)?;
    let words = Words::decode(&mut bits, words, lexicon, count)?;
    let look_alikes = LookAlikes::decode(&mut bits, groups, readings.order(), all)?;
    let len = usize::try_from(bits.position().div_ceil(8)).ok();
    ensure(len == Some(rest.len()), NAME, "has bytes left over")?;
    Ok(Sounds {
        syllables,
        alphabet,
        strangers,
        readings,
        words,
        look_alikes,
    })
}

fn decode_syllables(reader: &mut Reader<'_>) -> Result<Vec<String>> {
    let mut syllables: Vec<String> = Vec::new();
    for _ in 0..reader.count()? {
        let head = usize::from(reader.u8()?);
        let before = syllables.last().map_or("", String::as_str);
        let shared = before.get(..head / 8);
        let mut syllable = shared
            .or_damaged(NAME, "a syllable shares too much")?
            .to_owned();
        for &letter in reader.take(head % 8)? {
            syllable.push(char::from(letter));
        }
        ensure(is_syllable(&syllable), NAME, "a syllable is none")?;
        ensure(
            before < syllable.as_str(),
            NAME,
            "syllables are out of order",
        )?;
        syllables.push(syllable);
    }
    Ok(syllables)
}

fn decode_strangers(reader: &mut Reader<'_>) -> Result<Vec<char>> {
    let mut strangers = Vec::new();
    let mut last = 0u32;
    for _ in 0..reader.count()? {
        let distance = reader.varint32()?;
        ensure(distance > 0, NAME, "strangers are out of order")?;
        last = last
            .checked_add(distance)
            .or_damaged(NAME, "a stranger is no character")?;
        let stranger = char::from_u32(last);
        strangers.push(stranger.or_damaged(NAME, "a stranger is no character")?);
    }
    Ok(strangers)
}

impl Sounds {
    /// The code of a character that the archive does not hold, for what is asked of codes here.
    #[must_use]
    pub fn stranger(&self, c: char) -> Option<u32> {
        let at = self.strangers.binary_search(&c).ok()?;
        Some(self.alphabet + cast::small(at))
    }

    /// Toneless syllables, sorted, distinct; ü is written v (`lv`, `nve`).
    #[must_use]
    pub fn syllables(&self) -> &[String] {
        &self.syllables
    }

    /// A character's readings as places in `syllables`, the commonest first; empty if it has none.
    #[must_use]
    pub fn readings(&self, code: u32) -> &[u16] {
        self.readings.of(code)
    }

    /// The archive's characters (codes) that have a syllable among their readings, ascending: the
    /// commonest character first.
    #[must_use]
    pub fn characters(&self, syllable: u16) -> &[u32] {
        self.held(self.readings.with(syllable))
    }

    /// Those of ascending codes that the archive holds.
    fn held<'a>(&self, codes: &'a [u32]) -> &'a [u32] {
        let strangers = codes.partition_point(|&code| code < self.alphabet);
        codes.get(..strangers).unwrap_or_default()
    }

    /// How a word is read if not every character of it is read in its first way: a syllable a
    /// character. By the word's ordinal in the lexicon.
    #[must_use]
    pub fn word_reading(&self, ordinal: u32) -> Option<&[u16]> {
        self.words.get(ordinal)
    }

    /// The archive's characters (codes) easily taken for this one by the eye; ascending, without
    /// itself.
    #[must_use]
    pub fn look_alikes(&self, code: u32) -> Vec<u32> {
        self.held(&self.look_alikes.get(code)).to_vec()
    }
}

/// Checks what `open` does not: that each reading of a word has as many syllables as the word has
/// characters.
///
/// # Errors
/// [`crate::FormatError::Damaged`] says what does not hold.
pub(crate) fn validate<L: Lexicon>(sounds: &Sounds, lexicon: &L) -> Result<()> {
    let mut words = sounds.words.all().peekable();
    let mut fits = true;
    lexicon.starting_with("", |word| {
        // Not all that has an ordinal is a word.
        let ordinal = lexicon.ordinal(&word);
        if let Some((_, reading)) = words.next_if(|&(own, _)| Some(own) == ordinal) {
            fits &= reading.len() == word.chars().count();
        }
        true
    });
    ensure(fits, NAME, "a word's reading is not as long as the word")?;
    ensure(words.next().is_none(), NAME, "a reading is of no word")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn syllable() -> impl Strategy<Value = String> {
        prop::sample::select(vec!["a", "bai", "bao", "zhuang", "lv", "xing", "hang", "e"])
            .prop_map(str::to_owned)
    }

    fn distinct(reading: Vec<String>) -> Vec<String> {
        let mut seen = BTreeSet::new();
        reading
            .into_iter()
            .filter(|syllable| seen.insert(syllable.clone()))
            .collect()
    }

    prop_compose! {
        fn parts()(
            readings in prop::collection::vec(prop::collection::vec(syllable(), 0..4), 1..60),
            words in prop::collection::btree_map(0u32..200, prop::collection::vec(syllable(), 1..=MAX_WORD), 0..20),
            look_alikes in prop::collection::vec(prop::collection::vec(0u32..60, 0..6), 0..20),
            strangers in prop::collection::btree_set(any::<char>().prop_filter("NUL is none", |c| *c > '\0'), 0..10),
        ) -> SoundParts {
            let strangers: Vec<char> = strangers.into_iter().take(readings.len()).collect();
            SoundParts {
                strangers,
                readings: readings.into_iter().map(distinct).collect(),
                words: words.into_iter().map(|(n, reading)| (n.to_string(), reading)).collect(),
                look_alikes,
            }
        }
    }

    use souwen_text::MAX_WORD;

    proptest! {
        #[test]
        fn round_trip(parts in parts()) {
            let alphabet = cast::small(parts.readings.len() - parts.strangers.len());
            let bytes = encode(&parts, 200, |word| word.parse().ok());
            let sounds = decode(&bytes, alphabet, 200)?;
            let spell = |reading: &[u16]| -> Vec<String> {
                reading.iter().map(|&s| sounds.syllables()[usize::from(s)].clone()).collect()
            };
            prop_assert!(sounds.syllables().is_sorted_by(|a, b| a < b));
            for (code, own) in (0..).zip(&parts.readings) {
                prop_assert_eq!(&spell(sounds.readings(code)), own);
            }
            for (code, &stranger) in (alphabet..).zip(&parts.strangers) {
                prop_assert_eq!(sounds.stranger(stranger), Some(code));
            }
            for (syllable, text) in (0..).zip(sounds.syllables()) {
                let expected: Vec<u32> = (0..).zip(&parts.readings)
                    .filter(|&(code, own)| code < alphabet && own.contains(text)).map(|(code, _)| code).collect();
                prop_assert_eq!(sounds.characters(syllable), expected);
            }
            for (word, own) in &parts.words {
                let reading = sounds.word_reading(word.parse()?);
                prop_assert_eq!(&reading.map(spell).unwrap_or_default(), own);
            }
            let read = |code: &u32| parts.readings.get(cast::index(*code)).is_some_and(|own| !own.is_empty());
            for code in (0..cast::small(parts.readings.len())).filter(read) {
                let groups = parts.look_alikes.iter().filter(|group| group.contains(&code));
                let expected: BTreeSet<u32> = groups.flatten().copied()
                    .filter(|other| *other != code && *other < alphabet && read(other)).collect();
                prop_assert!(sounds.look_alikes(code).into_iter().eq(expected));
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>, alphabet in 0u32..300, lexicon in 0u32..300) {
            let _ = decode(&bytes, alphabet, lexicon);
        }

        #[test]
        fn damaged_bytes_never_panic(parts in parts(), at: prop::sample::Index, byte: u8) {
            let mut bytes = encode(&parts, 200, |word| word.parse().ok());
            let at = at.index(bytes.len());
            bytes[at] = byte;
            if let Ok(sounds) = decode(&bytes, cast::small(parts.readings.len() - parts.strangers.len()), 200) {
                (0..60).for_each(|code| drop(sounds.look_alikes(code)));
            }
        }
    }
}
