//! What is wrong with an input, and what to do about it.

use std::fmt;

/// Something that could not be read. The rest of the input goes on without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file or folder, as it was named.
    pub file: String,
    /// The line, from 1, where one is known.
    pub line: Option<u32>,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
    /// Whether it is one of this machine, the same for every such file, so that to say it once is enough.
    pub is_general: bool,
}

impl Problem {
    /// A problem of a whole file.
    pub(crate) fn new(file: &str, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            what: what.into(),
            remedy: remedy.into(),
            is_general: false,
        }
    }

    /// The same problem, on that line.
    pub(crate) fn at(self, line: u32) -> Self {
        Self {
            line: Some(line),
            ..self
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file)?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}; {}", self.what, self.remedy)
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_one_line() {
        let problem = Problem::new("a/b.jsonl", "not JSON", "mend the line");
        assert_eq!(problem.to_string(), "a/b.jsonl: not JSON; mend the line");
        assert_eq!(
            problem.at(3).to_string(),
            "a/b.jsonl:3: not JSON; mend the line"
        );
    }
}
