//! The words among the terms, as the analyser walks along them.

use std::rc::Rc;
use std::sync::Arc;

use souwen_text::{Alphabet, FRAGMENT, Lexicon, MAX_WORD, cast};

use crate::terms::Terms;
use crate::terms::block::Block;

/// The words of an index: a [`Lexicon`] over the blocks of its first segment.
#[derive(Debug, Clone)]
pub struct Words {
    terms: Rc<Terms>,
    alphabet: Arc<Alphabet>,
    /// The code that fragments end in: they are no words.
    fragment: Option<u32>,
}

/// How far into the words a walk has come.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Characters behind.
    depth: u16,
    first: u16,
    /// From the second character on: the block, the stem in it, and the longer terms that are still
    /// possible.
    block: u32,
    stem: u32,
    longer: (u32, u32),
}

impl Words {
    pub(crate) fn new(terms: Rc<Terms>, alphabet: Arc<Alphabet>) -> Self {
        let fragment = alphabet.code(FRAGMENT);
        Self {
            terms,
            alphabet,
            fragment,
        }
    }

    /// The longer terms within a range whose tail goes on with a code.
    fn narrow(block: &Block, (from, to): (u32, u32), at: usize, code: u32) -> Option<(u32, u32)> {
        let own = |place: u32| {
            let tail = block.longer(place).map(|(_, tail)| tail);
            tail.and_then(|tail| tail.get(at))
                .map(|&own| u32::from(own))
        };
        let from = (from..to).find(|&place| own(place) == Some(code))?;
        let to = (from..to)
            .find(|&place| own(place) != Some(code))
            .unwrap_or(to);
        Some((from, to))
    }
}

impl Lexicon for Words {
    type Place = Place;

    fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    fn root(&self) -> Place {
        Place {
            depth: 0,
            first: 0,
            block: 0,
            stem: 0,
            longer: (0, 0),
        }
    }

    fn step(&self, place: Place, code: u32) -> Option<Place> {
        let depth = place.depth.checked_add(1)?;
        match place.depth {
            0 => Some(Place {
                depth,
                first: u16::try_from(code).ok()?,
                ..place
            }),
            1 => {
                let second = code.checked_add(1)?;
                let (number, block, stem) = self.terms.find(place.first.into(), second)?;
                let stem = stem?;
                Some(Place {
                    depth,
                    block: number,
                    stem,
                    longer: block.stems().get(cast::index(stem))?.longer,
                    ..place
                })
            }
            _ => {
                let block = self.terms.block(place.block)?;
                let at = usize::from(place.depth) - 2;
                let longer = Self::narrow(&block, place.longer, at, code)?;
                Some(Place {
                    depth,
                    longer,
                    ..place
                })
            }
        }
    }

    fn steps(&self, place: Place, emit: &mut dyn FnMut(u32, Place)) {
        let depth = place.depth.saturating_add(1);
        match place.depth {
            0 => {
                for code in 0..self.alphabet.len() {
                    if let Some(next) = self.step(place, code) {
                        emit(code, next);
                    }
                }
            }
            1 => {
                for (number, block) in self.terms.row(place.first.into()) {
                    for (at, stem) in (0..).zip(block.stems()) {
                        let second = u32::from(stem.second).checked_sub(1);
                        let goes_on = stem.entry.is_some() || stem.longer.0 < stem.longer.1;
                        if let Some(second) =
                            second.filter(|_| goes_on && stem.first == place.first)
                        {
                            let next = Place {
                                depth,
                                block: number,
                                stem: at,
                                longer: stem.longer,
                                ..place
                            };
                            emit(second, next);
                        }
                    }
                }
            }
            _ => {
                let Some(block) = self.terms.block(place.block) else {
                    return;
                };
                let at = usize::from(place.depth) - 2;
                let (mut from, to) = place.longer;
                while from < to {
                    let code = block
                        .longer(from)
                        .and_then(|(_, tail)| tail.get(at).copied());
                    let Some(code) = code.map(u32::from) else {
                        from += 1;
                        continue;
                    };
                    let Some(longer) = Self::narrow(&block, (from, to), at, code) else {
                        return;
                    };
                    from = longer.1;
                    if Some(code) == self.fragment {
                        continue;
                    }
                    emit(
                        code,
                        Place {
                            depth,
                            longer,
                            ..place
                        },
                    );
                }
            }
        }
    }

    fn entry(&self, place: Place) -> Option<(u32, u16)> {
        let entry = match place.depth {
            0 => None,
            1 => {
                let (_, block, _) = self.terms.find(place.first.into(), 0)?;
                block.alone(place.first)
            }
            2 => {
                let block = self.terms.block(place.block)?;
                block.stems().get(cast::index(place.stem))?.entry
            }
            depth => {
                let block = self.terms.block(place.block)?;
                let (from, to) = place.longer;
                let (entry, tail) = block.longer(from).filter(|_| from < to)?;
                (tail.len() + 2 == usize::from(depth)).then_some(entry)
            }
        };
        entry.map(|entry| (entry.ordinal, entry.weight))
    }

    fn words_at(&self, codes: &[u32], mut emit: impl FnMut(usize, u16)) {
        let (Some(&first), second) = (codes.first(), codes.get(1)) else {
            return;
        };
        let Ok(own) = u16::try_from(first) else {
            return;
        };
        // The block of both characters knows also what the first one is alone.
        let after = second.map_or(0, |second| second.saturating_add(1));
        let Some((_, block, stem)) = self.terms.find(first, after) else {
            return;
        };
        let mut say = |len: usize, weight: u16| {
            if weight > 0 {
                emit(len, weight);
            }
        };
        say(1, block.alone(own).map_or(0, |entry| entry.weight));
        let stem = stem.filter(|_| after > 0);
        let Some(stem) = stem.and_then(|stem| block.stems().get(cast::index(stem))) else {
            return;
        };
        say(2, stem.entry.map_or(0, |entry| entry.weight));
        let mut longer = stem.longer;
        for (at, &code) in codes.iter().take(MAX_WORD).skip(2).enumerate() {
            let Some(narrower) = Self::narrow(&block, longer, at, code) else {
                return;
            };
            longer = narrower;
            if let Some((entry, tail)) = block.longer(longer.0)
                && tail.len() == at + 1
            {
                say(at + 3, entry.weight);
            }
        }
    }
}
