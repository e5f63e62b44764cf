//! `souwen inspect`: what is in a bundle, section by section.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use souwen_index::{FORMAT_VERSION, Field, Index};

use crate::bundle::Location;
use crate::output::{clean, grouped};
use crate::{files, manifest};

/// The arguments of `souwen inspect`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The bundle: its folder, its souwen.json, or a .souwen file
    bundle: PathBuf,
}

/// Prints what is in the bundle.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let location = Location::of(&args.bundle)?;
    let opened = location.open()?;
    opened.bring_all()?;
    let index = opened.index();
    let mut out = BufWriter::new(io::stdout().lock());
    print_facts(&mut out, &location, index)?;
    writeln!(out)?;
    print_sections(&mut out, index)?;
    print_runtime(&mut out, &location)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn print_facts(out: &mut impl Write, location: &Location, index: &Index) -> io::Result<()> {
    let meta = index.meta();
    let format = match &location.manifest {
        Some(manifest) => format!("bundle {}, index {FORMAT_VERSION}", manifest.format),
        None => format!("index {FORMAT_VERSION}"),
    };
    let name = if meta.name.is_empty() {
        "(none)".to_owned()
    } else {
        clean(&meta.name)
    };
    let half_life = match meta.half_life_days {
        0 => "none".to_owned(),
        days => format!("{} days", grouped(days.into())),
    };
    for (what, value) in [
        ("name", name),
        ("language", clean(&meta.language)),
        ("generator", clean(&meta.generator)),
        ("format", format),
        ("articles", grouped(index.articles().into())),
        ("segments", segments(index)),
        ("characters", grouped(meta.characters)),
        ("terms", grouped(index.terms().into())),
        ("repeated", repeated(index)),
        ("synonyms", grouped(count(index.synonyms().groups().len()))),
        ("weights", weights(index)),
        ("half-life", half_life),
        ("index", location.index.display().to_string()),
    ] {
        writeln!(out, "{what:<11} {value}")?;
    }
    let manifest = location.folder.join(manifest::NAME);
    if let (Some(_), Ok(manifest)) = (&location.manifest, files::read(&manifest)) {
        let integrity = manifest::integrity(&manifest);
        writeln!(out, "{:<11} {integrity}", "integrity")?;
    }
    Ok(())
}

/// How many articles each segment has, and how many of all are gone.
fn segments(index: &Index) -> String {
    let counts: Vec<String> = index.segments().map(|own| grouped(own.into())).collect();
    let gone = index.len() - index.articles();
    format!("{}, {} gone", counts.join(" + "), grouped(gone.into()))
}

/// How many articles repeat an earlier one, and how many are repeated.
fn repeated(index: &Index) -> String {
    let articles = (0..index.len()).filter(|&own| !index.is_gone(own));
    let groups = articles.map(|own| (own, index.group(own)));
    let mut firsts: Vec<u32> = groups
        .filter(|(own, first)| own != first)
        .map(|(_, first)| first)
        .collect();
    let articles = grouped(count(firsts.len()));
    firsts.sort_unstable();
    firsts.dedup();
    format!("{articles} of {} texts", grouped(count(firsts.len())))
}

/// The fields' weights, as the settings name the fields.
fn weights(index: &Index) -> String {
    let weight = |field: Field| {
        let name = match field {
            Field::Title => "title",
            Field::Kicker => "kicker",
            Field::Subtitle => "subtitle",
            Field::Body => "body",
            Field::Captions => "captions",
            Field::Tags => "tags",
            Field::Reporters => "reporters",
        };
        format!("{name} {}", index.meta().weight(field))
    };
    Field::ALL.map(weight).join(", ")
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn print_sections(out: &mut impl Write, index: &Index) -> io::Result<()> {
    let stored: u64 = index.sections().iter().map(|section| section.stored).sum();
    let raw: u64 = index.sections().iter().map(|section| section.raw).sum();
    writeln!(
        out,
        "{:<11} {:>13} {:>13} {:>7}",
        "section", "stored bytes", "raw bytes", "share"
    )?;
    for section in index.sections() {
        let share = tenths_of_percent(section.stored, stored);
        print_row(out, section.id.name(), section.stored, section.raw, share)?;
    }
    print_row(out, "all", stored, raw, 1000)?;
    let heap: u64 = index.regions().map(|(_, _, bytes)| bytes).sum();
    writeln!(
        out,
        "\n{:<11} {:>13} {:>13} {:>7}",
        "heap", "bytes", "parts", "share"
    )?;
    for (name, parts, bytes) in index.regions() {
        let share = tenths_of_percent(bytes, heap);
        print_row(out, name, bytes, parts.into(), share)?;
    }
    Ok(())
}

fn print_row(
    out: &mut impl Write,
    name: &str,
    stored: u64,
    raw: u64,
    share: u64,
) -> io::Result<()> {
    let share = format!("{}.{} %", share / 10, share % 10);
    writeln!(
        out,
        "{name:<11} {:>13} {:>13} {share:>7}",
        grouped(stored),
        grouped(raw)
    )
}

fn print_runtime(out: &mut impl Write, location: &Location) -> io::Result<()> {
    let Some(manifest) = &location.manifest else {
        return Ok(());
    };
    if manifest.runtime.is_empty() {
        return writeln!(out, "\nno browser runtime");
    }
    let width = manifest
        .runtime
        .iter()
        .map(|entry| entry.file.len())
        .max()
        .unwrap_or(0);
    writeln!(out, "\n{:<width$} {:>13}", "runtime", "bytes")?;
    for entry in &manifest.runtime {
        writeln!(out, "{:<width$} {:>13}", entry.file, grouped(entry.bytes))?;
    }
    Ok(())
}

/// A part of a whole in thousandths, rounded.
fn tenths_of_percent(part: u64, whole: u64) -> u64 {
    if whole == 0 {
        return 0;
    }
    let thousandths = (u128::from(part) * 1000 + u128::from(whole) / 2) / u128::from(whole);
    u64::try_from(thousandths).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares() {
        for (part, whole, expected) in [
            (1, 3, 333),
            (2, 3, 667),
            (0, 0, 0),
            (u64::MAX, u64::MAX, 1000),
        ] {
            assert_eq!(tenths_of_percent(part, whole), expected);
        }
    }
}
