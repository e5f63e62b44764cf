//! Section `synonyms`: words that the publisher holds to mean the same.
//!
//! ```text
//! groups varint
//! per group: members varint, then its members, ascending: strings
//! ```

use crate::error::{Result, ensure};
use crate::wire::{Reader, Writer};

const NAME: &str = "synonyms";

/// Groups of words that mean the same, each word as the characters of its stream.
///
/// A group has two members or more, distinct, none of them empty, in order of code points. Groups are
/// in the order of their first members.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synonyms {
    groups: Vec<Vec<Vec<char>>>,
}

impl Synonyms {
    /// Brings groups into order. Members that are empty, or named twice in their group, count once or
    /// not at all; a group that is left with less than two members is left out.
    #[must_use]
    pub fn new(mut groups: Vec<Vec<Vec<char>>>) -> Self {
        for group in &mut groups {
            group.retain(|member| !member.is_empty());
            group.sort();
            group.dedup();
        }
        groups.retain(|group| group.len() > 1);
        groups.sort();
        groups.dedup();
        Self { groups }
    }

    /// The groups.
    #[must_use]
    pub fn groups(&self) -> &[Vec<Vec<char>>] {
        &self.groups
    }
}

pub(crate) fn encode(synonyms: &Synonyms) -> Vec<u8> {
    let mut out = Writer::default();
    out.count(synonyms.groups.len());
    for group in &synonyms.groups {
        out.count(group.len());
        for member in group {
            out.string(&member.iter().collect::<String>());
        }
    }
    out.bytes
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Synonyms> {
    let mut reader = Reader::new(NAME, bytes);
    let mut groups: Vec<Vec<Vec<char>>> = Vec::new();
    for _ in 0..reader.count()? {
        let mut group: Vec<Vec<char>> = Vec::new();
        for _ in 0..reader.count()? {
            let member: Vec<char> = reader.string()?.chars().collect();
            // An empty one is not after anything: the first must be checked by itself.
            let ascends = group.last().unwrap_or(&Vec::new()) < &member;
            ensure(ascends, NAME, "members are out of order")?;
            group.push(member);
        }
        ensure(group.len() > 1, NAME, "a group has no two members")?;
        let ascends = groups.last().is_none_or(|before| before < &group);
        ensure(ascends, NAME, "groups are out of order")?;
        groups.push(group);
    }
    reader.finish()?;
    Ok(Synonyms { groups })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn groups() -> impl Strategy<Value = Vec<Vec<Vec<char>>>> {
        let member = prop::collection::vec(prop::sample::select(vec!['甲', '乙', '𠮷', 'a']), 0..4);
        prop::collection::vec(prop::collection::vec(member, 0..4), 0..5)
    }

    proptest! {
        #[test]
        fn round_trip(groups in groups()) {
            let synonyms = Synonyms::new(groups);
            prop_assert_eq!(decode(&encode(&synonyms))?, synonyms);
        }

        #[test]
        fn what_is_not_in_order_is_damage(groups in groups()) {
            let as_given = Synonyms { groups: groups.clone() };
            let in_order = Synonyms::new(groups) == as_given;
            prop_assert_eq!(decode(&encode(&as_given)).is_ok(), in_order);
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }
    }
}
