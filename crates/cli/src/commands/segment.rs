//! `souwen segment`: a text's words, as the bundle's index sees them.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use serde::Serialize;
use souwen_index::FormatError;
use souwen_text::{Analysis, Word};

use crate::bundle;

/// The arguments of `souwen segment`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The bundle: its folder, its souwen.json, or a .souwen file
    bundle: PathBuf,
    /// The text to cut
    #[arg(allow_hyphen_values = true)]
    text: String,
    /// Print the words as JSON, with their places in the text in UTF-16 code units
    #[arg(long)]
    json: bool,
}

/// A word in JSON.
#[derive(Debug, Serialize)]
struct Unit {
    /// The word, folded as the index has it.
    text: String,
    /// Where it begins in the text, in UTF-16 code units.
    start: u32,
    /// Where it ends.
    end: u32,
    /// Whether it lies inside the word before it.
    inner: bool,
}

/// Cuts the text, and prints its words.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let opened = bundle::open(&args.bundle)?;
    let analysis = opened.ask(|engine| {
        engine.index().ready_for(&args.text);
        Ok::<_, FormatError>(engine.index().analyser().analyse(&args.text))
    })?;
    let mut out = BufWriter::new(io::stdout().lock());
    if args.json {
        let units: Vec<Unit> = analysis
            .words
            .iter()
            .map(|&word| unit(&analysis, word))
            .collect();
        serde_json::to_writer_pretty(&mut out, &units)?;
        writeln!(out)?;
    } else {
        writeln!(out, "{}", line(&analysis))?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn unit(analysis: &Analysis, word: Word) -> Unit {
    let span = analysis.stream.span(word.start..word.end);
    Unit {
        text: analysis.text(word),
        start: span.start,
        end: span.end,
        inner: word.inner,
    }
}

/// `中华人民共和国 (中华 人民 共和国) 成立`
fn line(analysis: &Analysis) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for &word in &analysis.words {
        match groups.last_mut() {
            Some((_, inner)) if word.inner => inner.push(analysis.text(word)),
            _ => groups.push((analysis.text(word), Vec::new())),
        }
    }
    let shown = |(word, inner): (String, Vec<String>)| {
        if inner.is_empty() {
            word
        } else {
            format!("{word} ({})", inner.join(" "))
        }
    };
    groups.into_iter().map(shown).collect::<Vec<_>>().join(" ")
}
