//! The `souwen` program: newspaper pages → articles → a search bundle, and everything that can be
//! asked of a bundle.
//!
//! One file per command in `commands`; what several commands need stands beside it. Exit status:
//! 0 done, 1 the input is bad, 2 wrong usage.

mod bundle;
mod commands;
mod config;
mod evaluation;
mod files;
mod input;
mod interrupt;
mod kept;
mod manifest;
mod output;
mod publish;
mod resources;
mod runtime;
mod serve;
mod staging;
mod tally;
mod update;

use std::process::ExitCode;

use clap::Parser;

use crate::commands::Command;

/// Full-text search for Chinese news pages, in the reader's browser.
#[derive(Debug, Parser)]
#[command(name = "souwen", version, about, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    match Cli::parse().command.run() {
        Ok(status) => status,
        // `souwen extract … | head` has got what it wanted.
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::note(format_args!("souwen: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
