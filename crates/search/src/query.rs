//! Query text → clauses. No text is an error: what does not parse is words.
//!
//! ```text
//! 老吴营社区 寨河      two clauses, both wanted
//! "营商环境" “营商环境”  a phrase: exactly these characters side by side
//! -会议                not this
//! ```

/// What a clause asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Its words.
    Words,
    /// Its characters side by side.
    Phrase,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) kind: Kind,
    /// Whether it must be absent.
    pub(crate) negated: bool,
    pub(crate) text: String,
}

/// Longer queries are cut off here, in characters: a pasted page finds no less by its beginning.
const MAX_QUERY: usize = 1000;

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '＂')
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '－')
}

/// The phrase that a text begins with, and what comes after it. `"…"` always is one. Chinese quotes
/// are where they stand alone, since an IME types them; before other characters they belong to a
/// name (`“五星”支部`).
fn quoted(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next()?;
    let rest = text.get(first.len_utf8()..)?;
    let closing = match first {
        _ if is_quote(first) => return rest.split_once(is_quote),
        '“' => '”',
        '「' => '」',
        _ => return None,
    };
    let alone = |tail: &str| tail.chars().next().is_none_or(char::is_whitespace);
    rest.split_once(closing).filter(|(_, tail)| alone(tail))
}

/// Takes a query apart.
pub(crate) fn parse(text: &str) -> Vec<Clause> {
    let mut rest: &str = match text.char_indices().nth(MAX_QUERY) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    };
    let mut clauses = Vec::new();
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            break;
        };
        // A minus means "not" only before a word: a lone one is punctuation.
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        let negated = is_minus(first) && after.chars().next().is_some_and(|c| !c.is_whitespace());
        let body = if negated { after } else { rest };
        let (content, tail, kind) = match quoted(body) {
            Some((content, tail)) => (content, tail, Kind::Phrase),
            None => {
                // A quote inside a word ends it only if another one closes the phrase.
                let end = body
                    .char_indices()
                    .find(|&(at, c)| {
                        c.is_whitespace() || (at > 0 && is_quote(c) && closes(body, at))
                    })
                    .map_or(body.len(), |(at, _)| at);
                let (content, tail) = body.split_at(end);
                (content, tail, Kind::Words)
            }
        };
        clauses.push(Clause {
            kind,
            negated,
            text: content.to_owned(),
        });
        rest = tail;
    }
    clauses
}

/// Whether the quote at byte `at` has a partner further on.
fn closes(text: &str, at: usize) -> bool {
    let mut rest = text.get(at..).unwrap_or_default().chars();
    rest.next();
    rest.any(is_quote)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn show(text: &str) -> String {
        let clause = |clause: &Clause| {
            let not = if clause.negated { "!" } else { "" };
            match clause.kind {
                Kind::Words => format!("{not}{}", clause.text),
                Kind::Phrase => format!("{not}[{}]", clause.text),
            }
        };
        parse(text).iter().map(clause).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn clauses() {
        for (text, expected) in [
            ("老吴营社区　寨河", "老吴营社区 寨河"),
            ("\"营商环境\"魏都", "[营商环境] 魏都"),
            ("魏都＂营商 环境＂", "魏都 [营商 环境]"),
            ("会议 -疫情 －\"防控 措施\"", "会议 !疫情 ![防控 措施]"),
            ("“五星”支部", "“五星”支部"),
            ("创建“五星”", "创建“五星”"),
            (
                "“营商环境” 「放管服」 -“会议”",
                "[营商环境] [放管服] ![会议]",
            ),
            ("“没有关上", "“没有关上"),
            ("3-5岁 - -", "3-5岁 - -"),
            ("5\"屏", "5\"屏"),
            ("\"没有关上", "\"没有关上"),
            ("\"\"", "[]"),
            ("", ""),
        ] {
            assert_eq!(show(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_parses(text: String) {
            parse(&text);
        }
    }
}
