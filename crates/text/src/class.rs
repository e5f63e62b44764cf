//! What a character is to a search: part of a word, a gap between words, or nothing at all.

/// The class of one (already folded) character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A Chinese character: segmented by the dictionary.
    Han,
    /// A letter of any other script: runs of them are words.
    Letter,
    /// `0`–`9`.
    Digit,
    /// White space of any width, line ends included.
    Space,
    /// Punctuation and symbols: a border between words, passed over by matching.
    Break,
    /// Zero-width, combining and control characters: as if not there.
    Ignored,
}

/// Classifies a character. Full-width forms and the like must have been folded before.
#[must_use]
#[inline]
pub fn classify(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        'a'..='z' | 'A'..='Z' => Class::Letter,
        _ if is_han(c) => Class::Han,
        _ => classify_rest(c),
    }
}

/// What is neither a Chinese character nor ASCII's letters and digits.
fn classify_rest(c: char) -> Class {
    match c {
        // The commonest signs of a Chinese text, which the tables below would call the same.
        '\u{2010}'..='\u{2027}' | '、' | '。' | '《'..='】' => Class::Break,
        _ if c.is_whitespace() => Class::Space,
        _ if is_ignored(c) => Class::Ignored,
        _ if c.is_alphanumeric() => Class::Letter,
        _ => Class::Break,
    }
}

/// Whether `c` is a Chinese character, the iteration mark 々 and the zero 〇 included.
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '々' | '〇'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

fn is_ignored(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_signs_are_what_the_tables_say() {
        for c in ('\u{2010}'..='\u{2027}')
            .chain('、'..='。')
            .chain('《'..='】')
        {
            assert!(!c.is_whitespace() && !is_ignored(c) && !c.is_alphanumeric());
            assert_eq!(classify(c), Class::Break);
        }
    }

    #[test]
    fn classes() {
        for (text, class) in [
            ("中々〇㐀𠀀", Class::Han),
            ("azéあ가", Class::Letter),
            ("09", Class::Digit),
            (" \u{3000}\n\t\u{00A0}", Class::Space),
            ("，。“”·%+—", Class::Break),
            ("\u{200B}\u{FEFF}\u{0301}\u{0000}\u{FE0F}", Class::Ignored),
        ] {
            for c in text.chars() {
                assert_eq!(classify(c), class, "{c:?}");
            }
        }
    }
}
