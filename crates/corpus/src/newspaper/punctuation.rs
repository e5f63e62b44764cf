//! What Chinese punctuation says of a text: whether a sentence is over, whether quotes are balanced.

/// Quotes and brackets that close; a sentence's full stop may stand before them.
const CLOSERS: &str = "”’」』）)】》〉〕\"'";

/// Quotes and brackets that open.
pub(super) const OPENERS: [char; 9] = ['“', '‘', '「', '『', '（', '(', '【', '《', '〈'];

/// Marks that cannot begin a line of print, so text that begins with one goes on from elsewhere.
const NEVER_FIRST: &str = "，。、；：！？”’」』）】》〉〕,;:!?)";

/// Whether the sentence (or the list item, or the introduction of a list) ends here.
///
/// A colon and a dash count: after `记者看到:` or `这是为什么——` newspapers begin a paragraph.
pub(super) fn is_closed(text: &str) -> bool {
    let bare = text.trim_end();
    // A note in brackets is whole by itself.
    if bare.starts_with(['（', '(', '〔', '【']) && bare.ends_with(['）', ')', '〕', '】']) {
        return true;
    }
    let inner = bare.trim_end_matches(|c: char| CLOSERS.contains(c) || c.is_whitespace());
    let Some(last) = inner.chars().next_back() else {
        return false;
    };
    match last {
        '。' | '！' | '？' | '!' | '?' | '…' | '．' => true,
        ':' | '：' | '—' | '―' => inner.len() == bare.len(),
        '.' => inner
            .chars()
            .rev()
            .nth(1)
            .is_some_and(|c| !c.is_ascii_digit()),
        _ => false,
    }
}

/// Whether `text` holds the end of a sentence anywhere: prose does, headlines do not.
pub(super) fn has_sentence_end(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '。' | '；' | ';'))
}

/// Characters that can stand alone before a comma at the beginning of a sentence.
const ALONE: &str = "是对好行不来看听嘿哎唉哦啊喂嗨哟呀瞧";

/// Whether a text cannot begin a paragraph: it begins with a mark, or with the last character of a word and a comma.
pub(super) fn goes_on(text: &str) -> bool {
    let mut chars = text.trim_start().chars();
    let (Some(first), second) = (chars.next(), chars.next()) else {
        return false;
    };
    let rest_of_word =
        is_han(first) && !ALONE.contains(first) && matches!(second, Some('，' | ',' | '。'));
    NEVER_FIRST.contains(first) || rest_of_word
}

/// Whether every quote and bracket that opens is closed, and the other way round.
pub(super) fn is_balanced(text: &str) -> bool {
    let mut open: Vec<char> = Vec::new();
    let mut straight = 0_u32;
    for c in text.chars() {
        match c {
            '“' => open.push('”'),
            '‘' => open.push('’'),
            '「' => open.push('」'),
            '『' => open.push('』'),
            '《' => open.push('》'),
            '【' => open.push('】'),
            '（' | '(' => open.push(')'),
            '”' | '’' | '」' | '』' | '》' | '】' if open.pop() != Some(c) => return false,
            '）' | ')' if open.pop() != Some(')') => return false,
            '"' => straight += 1,
            _ => {}
        }
    }
    open.is_empty() && straight.is_multiple_of(2)
}

/// Whether `c` is a Han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// How many Han characters a text has.
pub(super) fn han_count(text: &str) -> usize {
    text.chars().filter(|&c| is_han(c)).count()
}

/// The width a text takes in a column, in half-width cells.
///
/// White space made by justification takes none; what typesetters put between a number and a character is a quarter of a
/// character wide, half a cell.
pub(super) fn width(text: &str) -> usize {
    let mut cells = 0;
    let mut quarters = 0;
    let mut before = None;
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        let latin = |c: char| c.is_ascii_alphanumeric();
        if space && before.is_some_and(|b: char| latin(b) != latin(c) && (is_han(b) || is_han(c))) {
            quarters += 1;
        }
        space = false;
        before = Some(c);
        cells += match c {
            '\u{0}'..='\u{2FF}' | '“' | '”' | '‘' | '’' => 1,
            _ => 2,
        };
    }
    cells + quarters / 2
}

/// How many quotes a text has that [`width`] takes for half a character.
pub(super) fn quotes(text: &str) -> usize {
    text.matches(['“', '”', '‘', '’']).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_over_at_a_full_stop_also_inside_quotes() {
        for closed in [
            "好。",
            "“好。”",
            "好！」",
            "走吧……",
            "他说：",
            "好?\"",
            "End.",
        ] {
            assert!(is_closed(closed), "{closed}");
        }
        for open in ["", "好", "好，", "连呼“没想到”", "3.", "一是提振；"] {
            assert!(!is_closed(open), "{open}");
        }
    }

    #[test]
    fn text_that_goes_on_from_elsewhere() {
        assert!(goes_on("，清河") && goes_on("样,老张点了头") && goes_on("”他说"));
        assert!(!goes_on("清河，") && !goes_on("对，就是他") && !goes_on("“清河”"));
    }

    #[test]
    fn balance() {
        assert!(is_balanced("清河:水“活”了(图)"));
        assert!(!is_balanced("“活了"));
        assert!(!is_balanced("活了”"));
        assert!(!is_balanced("\"活了"));
    }

    #[test]
    fn width_counts_cells_and_leaves_out_justification() {
        assert_eq!(width("清 河 EOD。"), 9);
        assert_eq!(width("每 5 米"), 6);
    }
}
