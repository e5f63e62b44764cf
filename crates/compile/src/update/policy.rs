//! When small segments are joined, and when everything is built anew.

/// Segments of an index at most: each is one more list to look up for every term.
const MOST: usize = 8;
/// A segment of at most so many times what comes behind it is written again together with that. So
/// segments grow by a factor, and an article is written a few times at most until all is built anew.
const JOINED: u32 = 2;
/// From so many hundredths on that are not as they were when all was built, all is built anew: the
/// dictionary and whatever else is learnt from the archive would be another's.
const SHARE: u64 = 20;

/// The documents of a segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    pub(super) live: u32,
    pub(super) gone: u32,
}

/// How many of the first segments stay as they are, or none if all is to be built anew. The documents
/// of the others go into one segment with the new ones.
pub(super) fn kept(segments: &[Held], new: u32) -> Option<usize> {
    let (first, later) = segments.split_first()?;
    let others: u64 = later.iter().map(|own| u64::from(own.live)).sum();
    let changed = others + u64::from(new) + u64::from(first.gone);
    let all = u64::from(first.live) + others + u64::from(new);
    if changed * 100 > all * SHARE {
        return None;
    }
    let mut count = segments.len();
    let mut joined = new;
    while let Some(last) = later.get(..count - 1).and_then(<[Held]>::last) {
        let full = count + usize::from(joined > 0) > MOST;
        if !full && last.live > joined.saturating_mul(JOINED) {
            break;
        }
        joined = joined.saturating_add(last.live);
        count -= 1;
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live(counts: &[u32]) -> Vec<Held> {
        counts.iter().map(|&live| Held { live, gone: 0 }).collect()
    }

    #[test]
    fn small_segments_are_joined() {
        for (segments, new, expected) in [
            (&[1000][..], 1, 1),
            (&[1000, 1], 1, 1),
            (&[1000, 3], 1, 2),
            (&[1000, 90, 3, 1], 1, 2),
            (&[1000, 90, 5, 1], 1, 3),
            (&[1000, 90, 30, 1], 40, 1),
            (&[1000, 90, 30], 0, 3),
            (&[1000, 90, 0], 0, 2),
            (&[1000, 64, 32, 16, 8, 4, 2], 0, 7),
            (&[9000, 800, 350, 150, 60, 25, 13, 5], 1, 7),
        ] {
            assert_eq!(
                kept(&live(segments), new),
                Some(expected),
                "{segments:?}, {new}"
            );
        }
    }

    #[test]
    fn never_too_many_segments() {
        let mut segments = vec![1_000_000];
        for day in 0..5000u32 {
            let new = 1 + day * 7919 % 13;
            let count = kept(&live(&segments), new).unwrap();
            let joined: u32 = segments.drain(count..).sum();
            segments.push(joined + new);
            assert!(segments.len() <= MOST, "{segments:?}");
        }
    }

    #[test]
    fn a_fifth_is_too_much() {
        assert!(kept(&live(&[80]), 20).is_some());
        assert!(kept(&live(&[80]), 21).is_none());
        assert!(kept(&[Held { live: 80, gone: 17 }], 0).is_none());
        assert!(kept(&live(&[70, 20]), 0).is_none());
        assert!(kept(&[], 1).is_none());
    }
}
