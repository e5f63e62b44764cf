//! The commands, one file each: their arguments, and what they do.

mod build;
mod evaluate;
mod extract;
mod init;
mod inspect;
mod merge;
mod search;
mod segment;
mod serve;
mod verify;

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

/// What the program is asked to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write souwen.toml, with every setting explained
    Init(init::Args),
    /// Read files and folders, and print one JSON article a line
    Extract(extract::Args),
    /// Build a bundle: a folder of files to upload to any web server
    Build(build::Args),
    /// Make a bundle of the shards that `build --shard` wrote
    Merge(merge::Args),
    /// Search a bundle, with the answers that a reader's browser gives
    Search(search::Args),
    /// Show the words of a text, as the bundle's index sees them
    Segment(segment::Args),
    /// Measure a bundle's answers against judged queries
    Evaluate(evaluate::Args),
    /// Show what is in a bundle, section by section
    Inspect(inspect::Args),
    /// Check every checksum and every structure of a bundle
    Verify(verify::Args),
    /// Serve a folder on this machine, for a preview in the browser
    Serve(serve::Args),
}

impl Command {
    /// Does it; gives the exit status.
    pub(crate) fn run(self) -> Result<ExitCode> {
        match self {
            Self::Init(args) => init::run(&args),
            Self::Extract(args) => extract::run(&args),
            Self::Build(args) => build::run(&args),
            Self::Merge(args) => merge::run(&args),
            Self::Search(args) => search::run(&args),
            Self::Segment(args) => segment::run(&args),
            Self::Evaluate(args) => evaluate::run(&args),
            Self::Inspect(args) => inspect::run(&args),
            Self::Verify(args) => verify::run(&args),
            Self::Serve(args) => serve::run(&args),
        }
    }
}
