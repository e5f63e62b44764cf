//! Every check and every test, one step after the other, the quick ones first.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::project::Project;
use crate::{audit, build, demo, fuzz, reproduce, setup, shards, shell, size, wasm, www};

/// How the tests are run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Options {
    /// Also those that take minutes: tests marked `#[ignore]`, and more cases for each
    /// property test.
    pub(crate) long: bool,
    /// Go on after a step that failed.
    pub(crate) keep_going: bool,
}

/// The variable that makes tests try more than they usually do.
pub(crate) const LONG: &str = "SOUWEN_LONG";

type Step = (&'static str, fn(&Project, Options) -> Result<()>);

/// Each step may use what the ones before it made.
const TEST: [Step; 17] = [
    ("set-up", |project, _| setup::for_test(project)),
    ("format", |project, _| format(project)),
    ("wasm packages", |project, _| wasm::build(project)),
    ("types", |project, _| www::check(project)),
    ("TypeScript tests", |project, _| www::test(project)),
    ("bundle runtime", |project, _| www::build(project)),
    ("clippy", |project, _| clippy(project)),
    ("clippy for wasm", |project, _| clippy_wasm(project)),
    ("Rust tests", rust),
    ("wasm tests", |project, _| wasm::test(project)),
    ("souwen program", |project, _| build::program(project)),
    ("shards under other engines", |project, _| {
        shards::test(project)
    }),
    ("search at scale", scale),
    ("demo site", |project, _| demo::site(project)),
    ("sizes", |project, _| sizes(project)),
    ("browser tests", www::end_to_end),
    ("tests in other browsers", |project, _| {
        www::other_browsers(project)
    }),
];

/// Those of `--long` alone.
const LONG_TEST: [Step; 3] = [
    ("fuzzing", |project, _| fuzz::run(project)),
    ("licences and advisories", |project, _| audit::run(project)),
    ("the same wasm elsewhere", |project, _| {
        reproduce::run(project)
    }),
];

/// The steps that look at the source only, and what they need.
const LINT: [Step; 6] = [
    ("set-up", |project, _| setup::for_lint(project)),
    ("format", |project, _| format(project)),
    ("wasm packages", |project, _| wasm::build(project)),
    ("types", |project, _| www::check(project)),
    ("clippy", |project, _| clippy(project)),
    ("clippy for wasm", |project, _| clippy_wasm(project)),
];

/// Sets up and runs every test; whether every step passed.
pub(crate) fn all(project: &Project, options: Options) -> bool {
    let long = LONG_TEST.iter().filter(|_| options.long);
    let all: Vec<Step> = TEST.iter().chain(long).copied().collect();
    steps(project, &all, options)
}

/// Sets up and runs the checks of the source; whether every step passed.
pub(crate) fn lint(project: &Project) -> bool {
    steps(
        project,
        &LINT,
        Options {
            keep_going: true,
            ..Options::default()
        },
    )
}

fn format(project: &Project) -> Result<()> {
    shell::run(shell::command(project, "cargo").args(["fmt", "--all", "--check"]))
}

fn clippy(project: &Project) -> Result<()> {
    let mut command = shell::command(project, "cargo");
    shell::run(command.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

fn clippy_wasm(project: &Project) -> Result<()> {
    let mut command = shell::command(project, "cargo");
    command.args([
        "clippy",
        "--package",
        "souwen",
        "--target",
        "wasm32-unknown-unknown",
    ]);
    shell::run(command.args(["--", "-D", "warnings"]))
}

fn rust(project: &Project, options: Options) -> Result<()> {
    let mut tests = shell::command(project, "cargo");
    tests.args(["test", "--workspace", "--no-fail-fast"]);
    if !options.long {
        return shell::run(&mut tests);
    }
    shell::run(tests.env("PROPTEST_CASES", "10000"))?;
    // Not the documentation's examples: there, `ignore` means that one cannot be run.
    let mut ignored = shell::command(project, "cargo");
    ignored.args([
        "test",
        "--workspace",
        "--lib",
        "--bins",
        "--tests",
        "--",
        "--ignored",
    ]);
    shell::run(&mut ignored)
}

/// Search over ten thousand articles, where those are at hand.
fn scale(project: &Project, options: Options) -> Result<()> {
    let mut test = shell::command(project, "cargo");
    if options.long {
        test.env(LONG, "1");
    }
    test.args(["test", "--release", "--package", "souwen-cli"]);
    test.args(["--test", "scale", "--", "--nocapture"]);
    shell::run(&mut test)
}

/// The demo's bundle, and one of the five newspaper pages where those are at hand.
fn sizes(project: &Project) -> Result<()> {
    size::report(&project.demo().join("search"), true)?;
    let pages = project.path("../shared/corpus/newspaper-pages");
    if !pages.is_dir() {
        println!("skipped: there is no {}", pages.display());
        return Ok(());
    }
    let bundle = project.path("target/pages");
    if bundle.exists() {
        std::fs::remove_dir_all(&bundle)
            .with_context(|| format!("cannot remove {}", bundle.display()))?;
    }
    shell::run(
        demo::souwen(project)
            .arg("build")
            .arg(pages)
            .arg("--out")
            .arg(&bundle),
    )?;
    size::report(&bundle, true)
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed(Duration),
    Failed(Duration),
    Skipped,
}

fn steps(project: &Project, steps: &[Step], options: Options) -> bool {
    let mut outcomes = Vec::new();
    for (name, run) in steps {
        let failed = outcomes
            .iter()
            .any(|outcome| matches!(outcome, Outcome::Failed(_)));
        if failed && !options.keep_going {
            outcomes.push(Outcome::Skipped);
            continue;
        }
        println!("\n=== {name}");
        let start = Instant::now();
        outcomes.push(match run(project, options) {
            Ok(()) => Outcome::Passed(start.elapsed()),
            Err(error) => {
                eprintln!("error: {error:#}");
                Outcome::Failed(start.elapsed())
            }
        });
    }
    println!("\n=== summary");
    for ((name, _), outcome) in steps.iter().zip(&outcomes) {
        println!("{}", line(name, *outcome));
    }
    println!("{}", closing(&outcomes));
    outcomes
        .iter()
        .all(|outcome| matches!(outcome, Outcome::Passed(_)))
}

fn line(name: &str, outcome: Outcome) -> String {
    match outcome {
        Outcome::Passed(time) => format!("{:>7.1} s  passed   {name}", time.as_secs_f64()),
        Outcome::Failed(time) => format!("{:>7.1} s  FAILED   {name}", time.as_secs_f64()),
        Outcome::Skipped => format!("{:>9}  skipped  {name}", ""),
    }
}

/// The last line: how many steps ended how.
fn closing(outcomes: &[Outcome]) -> String {
    let count = |wanted: fn(&Outcome) -> bool| outcomes.iter().filter(|o| wanted(o)).count();
    let passed = count(|outcome| matches!(outcome, Outcome::Passed(_)));
    let failed = count(|outcome| matches!(outcome, Outcome::Failed(_)));
    let skipped = count(|outcome| matches!(outcome, Outcome::Skipped));
    if skipped == 0 {
        format!("{passed} passed, {failed} failed")
    } else {
        format!("{passed} passed, {failed} failed, {skipped} skipped")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASS: Step = ("pass", |_, _| Ok(()));
    const FAIL: Step = ("fail", |_, _| anyhow::bail!("this step fails"));

    fn run(list: &[Step], keep_going: bool) -> bool {
        let project = Project::locate().unwrap();
        steps(
            &project,
            list,
            Options {
                keep_going,
                ..Options::default()
            },
        )
    }

    #[test]
    fn one_failed_step_fails_the_run() {
        assert!(run(&[PASS, PASS], false));
        assert!(!run(&[PASS, FAIL], false));
        assert!(!run(&[FAIL, PASS], true));
    }

    #[test]
    fn the_closing_line_counts_the_steps() {
        let second = Duration::from_secs(1);
        let (passed, failed) = (Outcome::Passed(second), Outcome::Failed(second));
        assert_eq!(closing(&[passed, passed]), "2 passed, 0 failed");
        assert_eq!(
            closing(&[passed, failed, Outcome::Skipped]),
            "1 passed, 1 failed, 1 skipped"
        );
    }
}
