//! How much of a headline is said again in a text: what tells whose headline it is.

use std::collections::HashSet;

use super::punctuation::is_han;

/// Adjacent pairs of Han characters.
pub(super) fn pairs(text: &str) -> Vec<(char, char)> {
    let mut pairs = Vec::new();
    let mut before = None;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if is_han(c) {
            if let Some(b) = before {
                pairs.push((b, c));
            }
            before = Some(c);
        } else {
            before = None;
        }
    }
    pairs
}

/// How many thousandths of the headline's pairs stand in the text.
pub(super) fn share(headline: &str, text: &str) -> usize {
    let there: HashSet<_> = pairs(text).into_iter().collect();
    let wanted: HashSet<_> = pairs(headline).into_iter().collect();
    let hits = wanted.iter().filter(|pair| there.contains(pair)).count();
    hits * 1000 / wanted.len().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_is_in_thousandths() {
        assert_eq!(share("清河花开", "清河边,花开了"), 666);
        assert_eq!(share("", "清河"), 0);
    }
}
