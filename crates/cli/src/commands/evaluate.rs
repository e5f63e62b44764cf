//! `souwen evaluate`: how good and how quick a bundle's answers are.

use std::collections::HashSet;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde::Serialize;
use souwen_index::Index;
use souwen_search::{Engine, SearchOptions, Tuning};

use crate::bundle;
use crate::evaluation::{Judgments, Measures, Query, percentile, read_judgments, read_queries};
use crate::output::{counted, note};

/// Hits that the deepest measure looks at.
const DEEP: u32 = 100;
/// Hits that a reader's page shows; what is timed.
const PAGE: u32 = 10;

/// The arguments of `souwen evaluate`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The bundle: its folder, its souwen.json, or a .souwen file
    bundle: PathBuf,
    /// The queries: JSON lines with "id" (or "_id") and "text"
    #[arg(long, value_name = "JSONL")]
    queries: PathBuf,
    /// The judgments: query id, article id and relevance, with tabs between, after a header
    #[arg(long, value_name = "TSV")]
    qrels: PathBuf,
    /// Leave a part of the ranking out, to see what it is worth; may be given more than once
    #[arg(long, value_enum, value_name = "PART")]
    without: Vec<Part>,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

/// A part of the ranking that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Serialize)]
#[serde(rename_all = "camelCase")]
enum Part {
    /// Pairs of characters beside the words
    Pairs,
    /// Words close together, in order, in the headline
    Proximity,
}

/// The figures.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    /// What of the ranking was left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    without: Vec<Part>,
    /// Queries measured.
    queries: usize,
    /// Queries left out: nothing is judged relevant to them.
    unjudged: usize,
    /// Articles judged relevant that are not in the bundle.
    absent: usize,
    #[serde(flatten)]
    measures: Measures,
    latency_ms: Latency,
}

/// How long a search for one page takes, in milliseconds.
#[derive(Debug, Serialize)]
struct Latency {
    p50: f64,
    p95: f64,
    p99: f64,
}

/// Measures, and prints the figures.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let queries = read_queries(&args.queries)?;
    let judgments = read_judgments(&args.qrels)?;
    let opened = bundle::open(&args.bundle)?;
    // Everything, so that only searching is timed.
    opened.bring_all()?;
    let engine = opened.engine.with_tuning(Tuning {
        pairs: !args.without.contains(&Part::Pairs),
        proximity: !args.without.contains(&Part::Proximity),
    });
    let relevant = |query: &&Query| {
        judgments
            .get(&query.id)
            .is_some_and(|own| own.values().any(|&score| score > 0))
    };
    let measured: Vec<&Query> = queries.iter().filter(relevant).collect();
    if measured.is_empty() {
        bail!(
            "{}: judges nothing relevant to a query of {}; check that the ids are the same",
            args.qrels.display(),
            args.queries.display()
        );
    }
    let (measures, latency_ms) = measure(&engine, &measured, &judgments)
        .with_context(|| args.bundle.display().to_string())?;
    let report = Report {
        without: args.without.clone(),
        queries: measured.len(),
        unjudged: queries.len() - measured.len(),
        absent: absent(engine.index(), &measured, &judgments),
        measures,
        latency_ms,
    };
    if report.absent > 0 {
        note(format_args!(
            "note: {} judged relevant by {} not in the bundle; no answer can have all",
            counted(u64::try_from(report.absent).unwrap_or(u64::MAX), "article"),
            args.qrels.display()
        ));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    if args.json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        print(&mut out, &report)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn measure(
    engine: &Engine,
    queries: &[&Query],
    judgments: &Judgments,
) -> Result<(Measures, Latency)> {
    let deep = SearchOptions {
        limit: DEEP,
        ..SearchOptions::default()
    };
    let mut measures = Vec::new();
    for query in queries {
        let result = engine.search(&query.text, &deep)?;
        let found: Vec<&str> = result.hits.iter().map(|hit| hit.id.as_str()).collect();
        if let Some(judged) = judgments.get(&query.id) {
            measures.push(Measures::of_query(judged, &found));
        }
    }
    let page = SearchOptions {
        limit: PAGE,
        ..SearchOptions::default()
    };
    let mut times = Vec::new();
    for query in queries {
        let start = Instant::now();
        engine.search(&query.text, &page)?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_unstable_by(f64::total_cmp);
    let latency = Latency {
        p50: percentile(&times, 50),
        p95: percentile(&times, 95),
        p99: percentile(&times, 99),
    };
    Ok((Measures::mean(&measures), latency))
}

/// How many articles that ought to be found are not there.
fn absent(index: &Index, queries: &[&Query], judgments: &Judgments) -> usize {
    let judged = queries
        .iter()
        .filter_map(|query| judgments.get(&query.id))
        .flatten();
    let wanted: HashSet<&str> = judged
        .filter(|&(_, &score)| score > 0)
        .map(|(id, _)| id.as_str())
        .collect();
    let absent = wanted.iter().filter(|id| index.find(id).is_none());
    absent.count()
}

fn print(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let Report {
        measures,
        latency_ms: latency,
        ..
    } = report;
    write!(out, "queries     {}", report.queries)?;
    if report.unjudged > 0 {
        write!(
            out,
            " ({} more left out: nothing is judged relevant to them)",
            report.unjudged
        )?;
    }
    writeln!(out)?;
    for (name, value, remark) in [
        ("MRR@10", measures.mrr_10, ""),
        ("nDCG@10", measures.ndcg_10, ""),
        (
            "Recall@10",
            measures.recall_10,
            "  of what ten places can hold",
        ),
        ("", measures.uncapped_recall_10, "  of all that is relevant"),
        ("Recall@100", measures.recall_100, ""),
    ] {
        writeln!(out, "{name:<11} {value:.4}{remark}")?;
    }
    writeln!(
        out,
        "latency     p50 {:.3} ms, p95 {:.3} ms, p99 {:.3} ms",
        latency.p50, latency.p95, latency.p99
    )
}
