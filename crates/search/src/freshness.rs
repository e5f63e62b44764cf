//! Freshness: newer articles before older ones that say as much, where the publisher wants it.

use souwen_index::Index;

/// A factor of 1.
pub(crate) const ONE: u64 = 256;

/// How much of its score a document keeps, in 1/[`ONE`]: all of it on the day of the archive's newest
/// article, three quarters after one half-life, half of it at last.
///
/// ½ + ½ · 2^(−age / half-life), the power taken on straight lines between whole half-lives. Age
/// counts from the newest article, not from today: the same archive gives the same order on any day.
/// A document without a date counts as one half-life old.
pub(crate) fn of(index: &Index, newest: Option<u32>, document: u32) -> u64 {
    let half_life = index.meta().half_life_days;
    let Some(newest) = newest.filter(|_| half_life > 0) else {
        return ONE;
    };
    let date = index.date(document);
    let age = date.map_or(half_life, |date| newest.saturating_sub(date.days()));
    ONE / 2 + decay(age, half_life) / 2
}

/// 2^(−age / half-life) in 1/[`ONE`].
fn decay(age: u32, half_life: u32) -> u64 {
    let (age, half_life) = (u64::from(age), u64::from(half_life.max(1)));
    let (halvings, rest) = (age / half_life, age % half_life);
    let line = ONE - ONE * rest / half_life / 2;
    line >> halvings.min(63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_in_every_half_life() {
        for (age, expected) in [
            (0, 256),
            (15, 192),
            (30, 128),
            (45, 96),
            (60, 64),
            (3000, 0),
        ] {
            assert_eq!(decay(age, 30), expected, "{age}");
        }
        assert!((1..4000).all(|age| decay(age, 365) <= decay(age - 1, 365)));
    }
}
