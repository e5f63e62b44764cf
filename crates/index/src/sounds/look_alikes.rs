//! Characters that look alike, as groups.
//!
//! ```text
//! bits, per group, by its first character's place:
//!   Rice(distance from the first place of the group before it, k)
//!   gamma(number of characters − 1)
//!   per further character: Rice(distance from the place before it − 1, k)
//! ```
//!
//! Places are those in the order of first readings (see `readings`): characters that look alike mostly
//! share the part that gives the sound.

use souwen_text::cast;

use super::NAME;
use super::lists::Lists;
use crate::bits::{BitReader, BitWriter, rice_width};
use crate::error::{OrDamaged, Result, ensure};

/// Groups of codes, and in which groups each code is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LookAlikes {
    groups: Lists<u32>,
    of: Lists<u32>,
}

/// Encodes groups of codes; `order` names the codes by place. Codes that have no place, and groups
/// of which fewer than two are left, are left out. Gives the number of groups.
pub(super) fn encode(out: &mut BitWriter, groups: &[Vec<u32>], order: &[u32]) -> u32 {
    let mut place = vec![None; order.iter().max().map_or(0, |&max| cast::index(max) + 1)];
    for (at, &code) in (0u32..).zip(order) {
        if let Some(slot) = place.get_mut(cast::index(code)) {
            *slot = Some(at);
        }
    }
    let placed = |group: &Vec<u32>| {
        let place = |&code: &u32| place.get(cast::index(code)).copied().flatten();
        let mut places: Vec<u32> = group.iter().filter_map(place).collect();
        places.sort_unstable();
        places.dedup();
        places
    };
    let mut groups: Vec<Vec<u32>> = groups.iter().map(placed).collect();
    groups.retain(|group| group.len() > 1);
    groups.sort();
    groups.dedup();
    let (all, count) = (cast::small(order.len()), cast::small(groups.len()));
    let between = rice_width(all, count);
    let mut before = 0;
    for group in &groups {
        let size = cast::small(group.len());
        let mut places = group.iter();
        let mut last = places.next().copied().unwrap_or(0);
        out.rice(last - before, between);
        before = last;
        out.gamma(size - 1);
        let within = rice_width(all - last, size);
        for &place in places {
            out.rice(place - last - 1, within);
            last = place;
        }
    }
    count
}

impl LookAlikes {
    pub(super) fn decode(
        bits: &mut BitReader<'_>,
        count: u32,
        order: &[u32],
        alphabet: u32,
    ) -> Result<Self> {
        let all = cast::small(order.len());
        let between = rice_width(all, count);
        let mut groups = Lists::default();
        let mut before = 0u32;
        let step = |place: u32, distance| place.checked_add(distance).filter(|&place| place < all);
        for _ in 0..count {
            let first = step(before, bits.rice(between));
            before = first.or_damaged(NAME, "a group begins nowhere")?;
            let size = bits.gamma().saturating_add(1);
            ensure(
                size > 1 && size <= all,
                NAME,
                "a group has an impossible size",
            )?;
            let within = rice_width(all - before, size);
            let mut place = before;
            for further in 0..size {
                if further > 0 {
                    place = step(place, bits.rice(within).saturating_add(1))
                        .or_damaged(NAME, "a group reaches nowhere")?;
                }
                let code = order.get(cast::index(place)).copied();
                groups.push(code.or_damaged(NAME, "a group holds no character")?);
            }
            groups.end();
            ensure(!bits.overrun(), NAME, "the groups end too early")?;
        }
        let mut members: Vec<(u32, u32)> = Vec::new();
        for group in 0..groups.len() {
            for &code in groups.get(group) {
                members.push((code, group));
            }
        }
        let of = Lists::sorted(alphabet, &members);
        Ok(Self { groups, of })
    }

    pub(super) fn get(&self, code: u32) -> Vec<u32> {
        let mut alike = Vec::new();
        for &group in self.of.get(code) {
            for &other in self.groups.get(group) {
                if let Err(at) = alike.binary_search(&other)
                    && other != code
                {
                    alike.insert(at, other);
                }
            }
        }
        alike
    }
}
