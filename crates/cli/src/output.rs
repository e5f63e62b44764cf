//! Text for people: notes on standard error, styles on a terminal, marks, figures.

use std::fmt;
use std::io::{self, IsTerminal, Write};

/// Prints a line on standard error. Nobody may be listening; that is no reason to stop.
pub(crate) fn note(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Whether an error only says that the reader of our output has gone.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause
            .downcast_ref::<serde_json::Error>()
            .and_then(serde_json::Error::io_error_kind);
        io.or(json)
    };
    error
        .chain()
        .filter_map(kind)
        .any(|kind| kind == io::ErrorKind::BrokenPipe)
}

/// How standard output is decorated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// With terminal sequences.
    Terminal,
    /// With nothing but characters: `NO_COLOR` is set, or it is a file or a pipe.
    Plain,
}

impl Style {
    /// The style that fits standard output.
    pub(crate) fn of_stdout() -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if io::stdout().is_terminal() && !refused {
            Self::Terminal
        } else {
            Self::Plain
        }
    }

    /// Text of lesser importance.
    pub(crate) fn dim(self, text: &str) -> String {
        match self {
            Self::Terminal => format!("\x1b[2m{}\x1b[22m", clean(text)),
            Self::Plain => clean(text),
        }
    }

    /// A text with its marks, in UTF-16 code units: bold and yellow on a terminal, in 【】 elsewhere.
    pub(crate) fn marked(self, text: &str, marks: &[(u32, u32)]) -> String {
        let (open, close) = match self {
            Self::Terminal => ("\x1b[1;33m", "\x1b[0m"),
            Self::Plain => ("【", "】"),
        };
        let mut out = String::new();
        let mut marks = marks.iter().copied().peekable();
        let mut inside = false;
        let mut at = 0_u32;
        for c in text.chars() {
            while let Some(&(start, end)) = marks.peek() {
                if inside && at >= end {
                    out.push_str(close);
                    inside = false;
                    marks.next();
                } else if !inside && at >= start && at < end {
                    out.push_str(open);
                    inside = true;
                } else {
                    break;
                }
            }
            out.push(visible(c));
            at += souwen_text::cast::small(c.len_utf16());
        }
        if inside {
            out.push_str(close);
        }
        out
    }
}

/// A text without control characters: what stands in an archive must not command a terminal.
pub(crate) fn clean(text: &str) -> String {
    text.chars().map(visible).collect()
}

fn visible(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

/// A count with its thousands apart: `1,234,567`.
pub(crate) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 article`, `2 articles`.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    format!(
        "{} {noun}{}",
        grouped(count),
        if count == 1 { "" } else { "s" }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_utf16() {
        for (text, marks, expected) in [
            ("清河两岸", &[(0, 2)][..], "【清河】两岸"),
            ("𠮷清河", &[(2, 4)], "𠮷【清河】"),
            (
                "清河两岸",
                &[(0, 1), (1, 2), (3, 4)],
                "【清】【河】两【岸】",
            ),
            ("清河", &[], "清河"),
        ] {
            assert_eq!(Style::Plain.marked(text, marks), expected);
        }
        let shown = Style::Terminal.marked("清河", &[(0, 1)]);
        assert_eq!(shown, "\x1b[1;33m清\x1b[0m河");
    }

    #[test]
    fn texts_cannot_command_the_terminal() {
        assert_eq!(Style::Plain.dim("清\x1b[2J河"), "清 [2J河");
        assert_eq!(Style::Plain.marked("\u{9b}清\r", &[]), " 清 ");
    }

    #[test]
    fn figures() {
        for (count, expected) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(count), expected);
        }
        assert_eq!(counted(1, "article"), "1 article");
        assert_eq!(counted(2000, "file"), "2,000 files");
    }
}
