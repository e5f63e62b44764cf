//! What stands beside words that may be.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use souwen_text::{cast, is_han};

use super::bounds::Bounds;
use super::candidate::Candidate;
use super::counts::{Halves, halves, runs_of, whole};
use super::pieces::{FIGURES, Key, Pieces, key};
use super::texts::Texts;
use crate::error::CompileError;
use crate::pool::lock;

/// A candidate, a side of it, and the [`Key`] of what stands there.
type Beside = (u32, u8, Halves);
/// So many a thread collects before it adds them to those of all.
const OWN: usize = 1 << 12;

/// Tells the candidates what stands at their sides: to so many at a time that all of it is in memory.
pub(super) fn look(
    texts: &Texts,
    bounds: Bounds,
    candidates: &mut [Candidate],
) -> Result<(), CompileError> {
    let mut from = 0;
    while from < candidates.len() {
        let rest = candidates.get_mut(from..).unwrap_or_default();
        let (turn, places) = turn(rest, bounds.beside);
        let own = rest.get_mut(..turn).unwrap_or_default();
        look_at(texts, bounds.threads, own, places)?;
        from += turn;
    }
    Ok(())
}

/// How many of the first candidates have so many neighbours at the most, but one in any case; and how many neighbours.
fn turn(candidates: &[Candidate], most: u64) -> (usize, u64) {
    let (mut count, mut sum) = (0, 0);
    for own in candidates {
        let neighbours = 2 * own.count();
        if count > 0 && sum + neighbours > most {
            break;
        }
        count += 1;
        sum += neighbours;
    }
    (count, sum)
}

fn look_at(
    texts: &Texts,
    threads: usize,
    candidates: &mut [Candidate],
    neighbours: u64,
) -> Result<(), CompileError> {
    let numbers: FxHashMap<Halves, u32> = (0..)
        .zip(candidates.iter())
        .map(|(number, own)| (halves(own.key()), number))
        .collect();
    let neighbours = usize::try_from(neighbours).unwrap_or(usize::MAX);
    let all: Mutex<Vec<Beside>> = Mutex::new(Vec::with_capacity(neighbours));
    let work = |beside: &mut Vec<Beside>, text: &Pieces| {
        runs_of(text, |place| {
            if let Some(&own) = numbers.get(&halves(place.key)) {
                let figure = place.before.last().filter(|&&c| FIGURES.contains(c));
                let before = figure.map_or_else(|| neighbour(place.before), |&c| key(&[c]));
                beside.push((own, 0, halves(before)));
                beside.push((own, 1, halves(neighbour(place.after))));
            }
        });
        if beside.len() > OWN {
            lock(&all).append(beside);
        }
    };
    for mut own in texts.each(threads, Vec::new, work)? {
        lock(&all).append(&mut own);
    }
    let mut all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    all.sort_unstable();
    for same in all.chunk_by(|a, b| a == b) {
        if let Some(&(own, side, neighbour)) = same.first()
            && let Some(own) = candidates.get_mut(cast::index(own))
            && let Some(side) = own.sides.get_mut(usize::from(side))
        {
            side.add(whole(neighbour), cast::small(same.len()));
        }
    }
    Ok(())
}

/// A piece beside a word; nothing for a border.
fn neighbour(piece: &[char]) -> Key {
    let is_border = !piece.iter().all(|&c| is_han(c));
    if is_border { 0 } else { key(piece) }
}
