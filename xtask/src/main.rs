//! The project's chores: `cargo xtask COMMAND`.

mod audit;
mod bench;
mod browser;
mod build;
mod debian;
mod demo;
mod fuzz;
mod latency;
mod project;
mod python;
mod reproduce;
mod setup;
mod shards;
mod shell;
mod size;
mod stamp;
mod test;
mod tools;
mod wasm;
mod www;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use crate::project::Project;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  setup                        install what the build needs, into the repository's ignored folders
  build                        build everything: wasm packages, bundle runtime, souwen program
  demo [--no-serve] [--port N] build the demo newspaper and serve it (port 8080)
  test [--long] [--keep-going] run every check and test; --long also those that take minutes
  lint                         run the checks of the source only
  audit                        check licences and advisories; list what is built from (target/sbom/)
  reproduce                    build the wasm once more in another folder and compare it
  fuzz                         run every fuzz target for a minute
  bench [--corpus FILE.jsonl[.gz]] [--articles N] [--peers A,B] [--out FILE]
                               measure Souwen beside its peers; write docs/BENCHMARKS.md
  latency                      print how long queries take in the browser, and what it loads
  size [--check] [BUNDLE]      print what a page has to load; --check fails over the limits

Every command first installs what it needs and does not find.
";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
enum Task {
    Help,
    Setup,
    Build,
    Demo {
        serve: bool,
        port: u16,
    },
    Test {
        long: bool,
        keep_going: bool,
    },
    Lint,
    Audit,
    Reproduce,
    Fuzz,
    Bench(bench::Options),
    Latency,
    Size {
        check: bool,
        bundle: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let Some(task) = parse(&args) else {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    };
    match run(task) {
        Ok(true) => ExitCode::SUCCESS,
        // Which step failed has been told, and the last line of a test run is its count.
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn parse(args: &[String]) -> Option<Task> {
    let mut args = args.iter().map(String::as_str);
    let mut task = match args.next()? {
        "help" | "--help" | "-h" => Task::Help,
        "setup" => Task::Setup,
        "build" => Task::Build,
        "demo" => Task::Demo {
            serve: true,
            port: demo::PORT,
        },
        "test" => Task::Test {
            long: false,
            keep_going: false,
        },
        "lint" => Task::Lint,
        "audit" => Task::Audit,
        "reproduce" => Task::Reproduce,
        "fuzz" => Task::Fuzz,
        "bench" => Task::Bench(bench::Options::default()),
        "latency" => Task::Latency,
        "size" => Task::Size {
            check: false,
            bundle: None,
        },
        _ => return None,
    };
    while let Some(arg) = args.next() {
        match (&mut task, arg) {
            (Task::Demo { serve, .. }, "--no-serve") => *serve = false,
            (Task::Demo { port, .. }, "--port") => *port = args.next()?.parse().ok()?,
            (Task::Test { long, .. }, "--long") => *long = true,
            (Task::Test { keep_going, .. }, "--keep-going") => *keep_going = true,
            (Task::Bench(options), "--corpus") => options.corpus = Some(args.next()?.into()),
            (Task::Bench(options), "--articles") => {
                options.articles = Some(args.next()?.parse().ok()?);
            }
            (Task::Bench(options), "--peers") => options.peers = Some(args.next()?.to_owned()),
            (Task::Bench(options), "--out") => options.out = Some(args.next()?.into()),
            (Task::Size { check, .. }, "--check") => *check = true,
            (Task::Size { bundle, .. }, path) if bundle.is_none() && !path.starts_with('-') => {
                *bundle = Some(PathBuf::from(path));
            }
            _ => return None,
        }
    }
    Some(task)
}

/// Does what is asked; whether every step of a test run passed.
fn run(task: Task) -> Result<bool> {
    let project = Project::locate()?;
    match task {
        Task::Help => print!("{USAGE}"),
        Task::Setup => setup::for_build(&project)?,
        Task::Build => build::everything(&project)?,
        Task::Demo { serve, port } => {
            build::everything(&project)?;
            demo::site(&project)?;
            if serve {
                demo::serve(&project, port)?;
            }
        }
        Task::Test { long, keep_going } => {
            return Ok(test::all(&project, test::Options { long, keep_going }));
        }
        Task::Lint => return Ok(test::lint(&project)),
        Task::Audit => audit::run(&project)?,
        Task::Reproduce => reproduce::run(&project)?,
        Task::Fuzz => fuzz::run(&project)?,
        Task::Bench(options) => bench::run(&project, &options)?,
        Task::Latency => latency::run(&project)?,
        Task::Size { check, bundle } => {
            let bundle = if let Some(bundle) = bundle {
                setup::for_build(&project)?;
                wasm::build(&project)?;
                bundle
            } else {
                build::everything(&project)?;
                demo::site(&project)?;
                project.demo().join("search")
            };
            size::report(&bundle, check)?;
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Option<Task> {
        parse(
            &line
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn options_belong_to_their_commands() {
        assert_eq!(
            parsed("demo --port 9000 --no-serve"),
            Some(Task::Demo {
                serve: false,
                port: 9000
            })
        );
        assert_eq!(
            parsed("test --long"),
            Some(Task::Test {
                long: true,
                keep_going: false
            })
        );
        assert_eq!(
            parsed("bench --peers pagefind,scan --articles 500"),
            Some(Task::Bench(bench::Options {
                articles: Some(500),
                peers: Some("pagefind,scan".to_owned()),
                ..bench::Options::default()
            }))
        );
        assert_eq!(
            parsed("size --check out"),
            Some(Task::Size {
                check: true,
                bundle: Some(PathBuf::from("out"))
            })
        );
    }

    #[test]
    fn everything_else_is_wrong_usage() {
        for line in [
            "",
            "tests",
            "lint --long",
            "bench --long",
            "bench --articles many",
            "latency --peers scan",
            "demo --port",
            "demo --port x",
            "size a b",
        ] {
            assert_eq!(parsed(line), None, "{line}");
        }
    }
}
