//! Characters that readers, and the programs that read pages for them, take for one another.

/// A group a line; see there.
const GROUPS: &str = include_str!("look-alikes.txt");

/// The groups of characters that look alike. A character may be in several.
pub(super) fn groups() -> impl Iterator<Item = &'static str> {
    GROUPS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn groups_are_sound() {
        let mut seen = HashSet::new();
        for group in groups() {
            let distinct: HashSet<char> = group.chars().collect();
            assert!(group.chars().all(souwen_text::is_han), "{group}");
            assert!(distinct.len() > 1, "{group}");
            assert_eq!(distinct.len(), group.chars().count(), "{group}");
            assert!(seen.insert(group), "{group} stands twice");
        }
        assert!(seen.len() > 500);
    }

    #[test]
    fn pairs() {
        for pair in [
            "坏环", "考老", "敬警", "己已", "未末", "治冶", "贷货", "晴睛", "免兔", "徒徙",
        ] {
            let both = |group: &str| pair.chars().all(|c| group.contains(c));
            assert!(groups().any(both), "{pair}");
        }
    }
}
