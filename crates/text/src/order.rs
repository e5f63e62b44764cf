//! Sorting, once. Every kind of thing that is sorted in the browser costs some kilobytes of wasm; so
//! everything there is sorted as a key and a number, and by their bytes: the standard library's sort
//! is four kilobytes for this one kind alone, and hardly faster.

use crate::cast;

/// So few entries are sorted by insertion, which is faster then.
const FEW: usize = 64;

/// Sorts by key, then by number.
#[inline(never)]
pub fn sort(entries: &mut [(u64, u32)]) {
    if entries.len() <= FEW {
        for end in 1..entries.len() {
            let mut at = end;
            while at > 0 && entries[at] < entries[at - 1] {
                entries.swap(at, at - 1);
                at -= 1;
            }
        }
        return;
    }
    // By each byte in turn, the least telling first; each time, what has the same byte stays in the
    // order that it has by the bytes before.
    let mut sorted = entries.to_vec();
    for byte in 0..12 {
        let digit = |&(key, number): &(u64, u32)| {
            usize::from(cast::low_byte(if byte < 4 {
                u64::from(number) >> (8 * byte)
            } else {
                key >> (8 * (byte - 4))
            }))
        };
        let mut places = [0; 256];
        for entry in entries.iter() {
            places[digit(entry)] += 1;
        }
        if places.contains(&entries.len()) {
            continue;
        }
        // From how many have a byte to where they begin.
        let mut next = 0;
        for place in &mut places {
            next += std::mem::replace(place, next);
        }
        for entry in entries.iter() {
            let place = &mut places[digit(entry)];
            sorted[*place] = *entry;
            *place += 1;
        }
        entries.copy_from_slice(&sorted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_the_standard_library_does() {
        let mut state = 1u64;
        for len in 0..300 {
            let entry = |at: u32| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                // Few keys, many keys, and keys from the far end.
                let key = match at % 3 {
                    0 => state >> 60,
                    1 => state >> 10,
                    _ => !(state >> 40),
                };
                (key, at.wrapping_mul(7919) % 1000)
            };
            let mut entries: Vec<(u64, u32)> = (0..len).map(entry).collect();
            let mut expected = entries.clone();
            expected.sort_unstable();
            sort(&mut entries);
            assert_eq!(entries, expected);
        }
    }
}
