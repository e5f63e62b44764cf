//! What a build may use of the machine, and what it says while it does.

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use souwen_compile::{Limits, Stage, Watch};

use crate::input;

/// Memory for each thread: what it collects of its own, and the texts in its hands.
const MEMORY_A_THREAD: u64 = 48 << 20;

/// The limits of a build into `out`. What does not fit into memory goes beside it, where there is room
/// for the bundle; the system's temporary folder may be memory itself.
pub(crate) fn limits(out: &Path, memory: u64) -> Limits {
    let absolute = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    let beside = absolute.ancestors().skip(1).find(|folder| folder.is_dir());
    let default = Limits::default();
    let threads = usize::try_from(memory / MEMORY_A_THREAD).unwrap_or(usize::MAX);
    Limits {
        memory,
        threads: default.threads.min(threads.max(1)),
        scratch: beside.map_or(default.scratch, PathBuf::from),
        keeps_dictionary: false,
    }
}

/// Reads `512M`, `2G` or a number of bytes.
pub(crate) fn parse_memory(text: &str) -> Result<u64, String> {
    let shift = match text.trim_end_matches(['i', 'b', 'B']).chars().last() {
        Some('k' | 'K') => 10,
        Some('m' | 'M') => 20,
        Some('g' | 'G') => 30,
        _ => 0,
    };
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: Option<u64> = digits.parse().ok();
    let bytes = number.and_then(|number| number.checked_mul(1 << shift));
    match bytes {
        Some(bytes) if bytes >= Limits::LEAST_MEMORY => Ok(bytes),
        Some(_) => Err(format!(
            "a build takes {}M in any case; give at least so much",
            Limits::LEAST_MEMORY >> 20
        )),
        None => Err("give a number of bytes, such as 512M or 2G".into()),
    }
}

/// Reads `2/8`: the second of eight.
pub(crate) fn parse_shard(text: &str) -> Result<(u32, u32), String> {
    let numbers = text.split_once('/');
    let numbers = numbers.and_then(|(own, of)| Some((own.parse().ok()?, of.parse().ok()?)));
    numbers
        .filter(|(own, of)| (1..=*of).contains(own))
        .ok_or_else(|| "give I/N, I from 1 to N, such as 2/8".into())
}

/// The stages of a build on a terminal, with rate and time left; nothing elsewhere.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    pub(crate) fn new() -> Self {
        Self(input::progress())
    }

    pub(crate) fn bar(&self) -> &ProgressBar {
        &self.0
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

impl Watch for Progress {
    fn stage(&self, stage: Stage, total: u64) {
        let (what, unit) = match stage {
            Stage::Read => ("reading", "articles"),
            Stage::Words => ("looking for words in", "characters"),
            Stage::Cut => ("cutting", "articles"),
            Stage::Reprints => ("looking for reprints", ""),
            Stage::Code => ("learning how to code the texts", ""),
            Stage::Terms => ("writing", "terms"),
            Stage::Texts => ("writing", "articles"),
        };
        let template = match (unit, total) {
            ("", _) => format!("{{spinner}} {what}"),
            (unit, 0) => format!("{{spinner}} {what} {{human_pos}} {unit}, {{per_sec}}"),
            (unit, _) => format!(
                "{{spinner}} {what} {{human_pos}} of {{human_len}} {unit}, {{per_sec}}, {{eta}} left"
            ),
        };
        self.0.reset();
        if let Ok(style) = ProgressStyle::with_template(&template) {
            self.0.set_style(style);
        }
        match total {
            0 => self.0.unset_length(),
            total => self.0.set_length(total),
        }
    }

    fn advance(&self, done: u64) {
        self.0.inc(done);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (text, expected) in [
            ("512M", Some(512 << 20)),
            ("512MiB", Some(512 << 20)),
            ("1g", Some(1 << 30)),
            ("400000k", Some(400_000 << 10)),
            ("300000000", Some(300_000_000)),
            ("100M", None),
            ("much", None),
            ("M", None),
            ("99999999999999G", None),
        ] {
            assert_eq!(parse_memory(text).ok(), expected, "{text}");
        }
    }

    #[test]
    fn shards() {
        assert_eq!(parse_shard("2/8"), Ok((2, 8)));
        for bad in ["0/8", "9/8", "8", "a/b", "1/", "-1/2", "1/0"] {
            assert!(parse_shard(bad).is_err(), "{bad}");
        }
    }
}
