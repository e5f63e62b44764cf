//! `souwen init`: settings to begin with.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::config::TEMPLATE;
use crate::output::note;

/// The arguments of `souwen init`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The file to write; it must not be there yet
    #[arg(default_value = "souwen.toml")]
    file: PathBuf,
}

/// Writes the settings.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let path = args.file.display();
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&args.file);
    match file {
        Ok(mut file) => file
            .write_all(TEMPLATE.as_bytes())
            .with_context(|| format!("{path}: cannot be written"))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{path}: is there already; name another file, or remove it first");
        }
        Err(error) => return Err(error).with_context(|| format!("{path}: cannot be written")),
    }
    note(format_args!(
        "{path}: written; name your files in it, then run `souwen build --config {path} --out search`"
    ));
    Ok(ExitCode::SUCCESS)
}
