//! Prints the articles of files and folders as JSON lines, problems on the error stream.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it is what the example does"
)]

use std::io::Write;
use std::path::PathBuf;

fn main() {
    let inputs: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    souwen_corpus::read_paths(
        &inputs,
        &souwen_corpus::Options::default(),
        &mut |item| match item {
            Ok(article) => {
                if let Ok(line) = serde_json::to_string(&article) {
                    // A reader that has seen enough closes the pipe.
                    let _ = writeln!(out, "{line}");
                }
            }
            Err(problem) => eprintln!("{problem}"),
        },
    );
}
