//! `souwen search`: the browser's answer, natively.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::ValueEnum;
use souwen_search::{
    Correction, Explanation, Filters, Hit, MAX_LIMIT, Relaxed, SearchOptions, SearchResult, Sort,
    Wanted,
};

use crate::bundle::{self, Opened};
use crate::output::{Style, clean, counted};

/// The arguments of `souwen search`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The bundle: its folder, its souwen.json, or a .souwen file
    bundle: PathBuf,
    /// What to search for: words, "phrases", -exclusions, OR, (groups), fields such as 标题:词
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// How many articles to show
    #[arg(long, value_name = "N", default_value_t = 10,
          value_parser = clap::value_parser!(u32).range(0..=i64::from(MAX_LIMIT)))]
    limit: u32,
    /// How many articles to pass over before them
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: u32,
    /// Best first, or newest first
    #[arg(long, value_enum, default_value_t = Order::Relevance)]
    sort: Order,
    /// Only articles with this value; again with the same field: any of the values.
    /// section=民生, reporter=…, kind=photo, date=2022-06, date=2022-01..2022-12
    #[arg(long, value_name = "FIELD=VALUE", value_parser = field_and_value)]
    filter: Vec<(String, String)>,
    /// Search what was typed even where it stands nowhere and something like it does
    #[arg(long)]
    as_typed: bool,
    /// Say why each article ranks where it does; docs/SEARCH.md has the formula
    #[arg(long)]
    explain: bool,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Order {
    Relevance,
    Date,
}

fn field_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, value)) if !field.trim().is_empty() => {
            Ok((field.trim().to_owned(), value.to_owned()))
        }
        _ => Err("write it as FIELD=VALUE, such as section=民生".to_owned()),
    }
}

/// The values of each field together: one of them is enough.
fn filters(pairs: &[(String, String)]) -> Filters {
    let mut fields: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (field, value) in pairs {
        fields.entry(field).or_default().push(value.clone());
    }
    let any = |(field, values): (&str, _)| (field.to_owned(), Wanted::Any(values));
    fields.into_iter().map(any).collect()
}

/// Searches, and prints what was found.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let opened = bundle::open(&args.bundle)?;
    let options = SearchOptions {
        limit: args.limit,
        offset: args.offset,
        sort: match args.sort {
            Order::Relevance => Sort::Relevance,
            Order::Date => Sort::Date,
        },
        filters: filters(&args.filter),
        correct: !args.as_typed,
        ..SearchOptions::default()
    };
    let result = opened
        .ask(|engine| engine.search(&args.query, &options))
        .with_context(|| args.bundle.display().to_string())?;
    let mut out = BufWriter::new(io::stdout().lock());
    if args.explain {
        let explanations = opened.ask(|engine| engine.explain(&args.query, &options))?;
        if args.json {
            serde_json::to_writer_pretty(&mut out, &explanations)?;
            writeln!(out)?;
        } else {
            print_explanations(&mut out, &opened, args.offset, &explanations)?;
        }
    } else if args.json {
        serde_json::to_writer_pretty(&mut out, &result)?;
        writeln!(out)?;
    } else {
        print(&mut out, Style::of_stdout(), args.offset, &result)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn print(out: &mut impl Write, style: Style, offset: u32, result: &SearchResult) -> io::Result<()> {
    print_corrections(out, &result.corrections)?;
    for (rank, hit) in (u64::from(offset) + 1..).zip(&result.hits) {
        // Said where it begins to be true: behind the articles that hold every word.
        let relaxed = result.relaxed.as_ref();
        let begins = |relaxed: &&Relaxed| rank == u64::from(relaxed.complete.max(offset)) + 1;
        if let Some(relaxed) = relaxed.filter(begins) {
            print_relaxed(out, relaxed)?;
        }
        print_hit(out, style, rank, hit)?;
    }
    let total = counted(result.total.into(), "article");
    let shown = u64::try_from(result.hits.len()).unwrap_or(0);
    match u64::from(offset) {
        _ if result.total == 0 => writeln!(out, "No article found"),
        0 if shown == u64::from(result.total) => writeln!(out, "{total}"),
        _ if shown == 0 => writeln!(out, "None shown of {total}"),
        first => writeln!(out, "{}–{} of {total}", first + 1, first + shown),
    }
}

fn print_explanations(
    out: &mut impl Write,
    opened: &Opened,
    offset: u32,
    explanations: &[Explanation],
) -> Result<()> {
    for (rank, own) in (u64::from(offset) + 1..).zip(explanations) {
        let article = opened
            .ask(|engine| engine.article(&own.id))?
            .unwrap_or_default();
        writeln!(out, "{rank:>3}. {}", clean(&article.title))?;
        for line in own.lines() {
            writeln!(out, "     {}", clean(&line))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Says what was searched in place of what was typed, or what might be.
fn print_corrections(out: &mut impl Write, corrections: &[Correction]) -> io::Result<()> {
    let queries = |applied: bool| {
        let own = corrections.iter().filter(|own| own.applied == applied);
        own.map(|own| format!("{} ({})", clean(&own.query), own.reason))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (searched, offered) = (queries(true), queries(false));
    if !searched.is_empty() {
        writeln!(
            out,
            "Searched for: {searched}; --as-typed searches what was typed"
        )?;
    }
    if !offered.is_empty() {
        writeln!(out, "Perhaps meant: {offered}")?;
    }
    if !corrections.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

/// Says that what follows lacks words of the query.
fn print_relaxed(out: &mut impl Write, relaxed: &Relaxed) -> io::Result<()> {
    let dropped: Vec<String> = relaxed.dropped.iter().map(|word| clean(word)).collect();
    let (holders, without) = match relaxed.complete {
        0 => ("No article holds".to_owned(), "without"),
        1 => ("Only 1 article holds".to_owned(), "the others without"),
        n => (format!("Only {n} articles hold"), "the others without"),
    };
    write!(out, "{holders} all words")?;
    if !dropped.is_empty() {
        write!(out, "; {without}: {}", dropped.join(", "))?;
    }
    writeln!(out, "\n")
}

fn print_hit(out: &mut impl Write, style: Style, rank: u64, hit: &Hit) -> io::Result<()> {
    let title = match (hit.title.text.is_empty(), hit.kind) {
        (false, _) => style.marked(&hit.title.text, &hit.title.marks),
        (true, "article") => "(no headline)".to_owned(),
        (true, kind) => format!("({kind})"),
    };
    write!(out, "{rank:>3}. {title}")?;
    let beside = joined([&hit.kicker, &hit.subtitle], " / ");
    if !beside.is_empty() {
        write!(out, "  {}", style.dim(&format!("({beside})")))?;
    }
    writeln!(out)?;
    let date = match &hit.date {
        Some(date) if hit.date_inferred => format!("{date} (inferred)"),
        Some(date) => date.clone(),
        None => String::new(),
    };
    let facts = joined(
        [&date, &hit.section, &hit.reporters.join(" "), &hit.url],
        " · ",
    );
    if !facts.is_empty() {
        writeln!(out, "     {}", style.dim(&facts))?;
    }
    if !hit.snippet.text.is_empty() {
        writeln!(
            out,
            "     {}",
            style.marked(&hit.snippet.text, &hit.snippet.marks)
        )?;
    }
    if !hit.missing.is_empty() {
        writeln!(
            out,
            "     {}",
            style.dim(&format!("lacks: {}", hit.missing.join(", ")))
        )?;
    }
    writeln!(out)
}

fn joined<const N: usize>(parts: [&String; N], between: &str) -> String {
    let parts: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(between)
}

#[cfg(test)]
mod tests {
    use souwen_search::{Marked, Relaxed};

    use super::*;

    #[test]
    fn filters_of_one_field_are_joined() {
        let pairs: Vec<_> = ["section=民生", "section=经济", "date=2022..2023", "x==y"]
            .iter()
            .map(|text| field_and_value(text).unwrap())
            .collect();
        let filters = filters(&pairs);
        let any = |values: &[&str]| Wanted::Any(values.iter().map(ToString::to_string).collect());
        let expected = [
            ("date".to_owned(), any(&["2022..2023"])),
            ("section".to_owned(), any(&["民生", "经济"])),
            ("x".to_owned(), any(&["=y"])),
        ];
        assert_eq!(filters, Filters::from_iter(expected));
        assert!(field_and_value("民生").is_err() && field_and_value("=民生").is_err());
    }

    #[test]
    fn hits_as_people_read_them() {
        let hit = Hit {
            id: "a".into(),
            url: String::new(),
            kind: "article",
            date: Some("2025-03-09".into()),
            date_inferred: false,
            section: "民生".into(),
            reporters: vec!["张三".into(), "李四".into()],
            score: 9,
            title: Marked {
                text: "清河花开".into(),
                marks: vec![(0, 2)],
            },
            kicker: "春到".into(),
            subtitle: String::new(),
            snippet: souwen_search::Snippet::default(),
            missing: vec!["大桥".into()],
            similar: Vec::new(),
        };
        let result = SearchResult {
            total: 12,
            total_is_exact: true,
            hits: vec![hit],
            relaxed: Some(Relaxed {
                dropped: vec!["大桥".into()],
                complete: 0,
            }),
            ..SearchResult::default()
        };
        let mut out = Vec::new();
        print(&mut out, Style::Plain, 3, &result).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "No article holds all words; without: 大桥\n\n  4. 【清河】花开  (春到)\n     \
             2025-03-09 · 民生 · 张三 李四\n     lacks: 大桥\n\n4–4 of 12 articles\n"
        );
    }
}
