//! Running other programs.

use std::env;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, anyhow, bail};

use crate::project::Project;

/// A command for `program` that runs in the repository's root.
pub(crate) fn command(project: &Project, program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(project.root());
    command
}

/// npm in `www/`.
pub(crate) fn npm(project: &Project) -> Command {
    npm_in(project, "www")
}

/// npm in a folder of the repository. On Windows npm is a batch file, which must be named whole.
pub(crate) fn npm_in(project: &Project, folder: &str) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(project.path(folder));
    command
}

/// Runs a command on this program's own standard streams, after printing it.
/// Fails when it cannot be started or does not end with status 0.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    eprintln!("$ {}", shown(command));
    let status = command
        .status()
        .map_err(|error| not_started(command, &error))?;
    if !status.success() {
        bail!("`{}` {}", shown(command), ended(status));
    }
    Ok(())
}

/// Runs a command silently and returns what it wrote to standard output.
/// Fails as [`run`] does, with what it wrote to standard error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` {}: {}",
            shown(command),
            ended(output.status),
            stderr.trim()
        );
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` wrote what is not UTF-8", shown(command)))
}

/// Whether a command can be started and ends with status 0; it prints nothing.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    output(command).is_ok()
}

/// The first file of this name on `PATH`.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|dir| dir.join(&name))
        .find(|path| path.is_file())
}

/// `PATH` with these folders before all others.
pub(crate) fn path_with(first: &[PathBuf]) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    let dirs = first.iter().cloned().chain(env::split_paths(&path));
    env::join_paths(dirs).context("the repository's path cannot stand in PATH")
}

/// The command as one would type it, with the program's bare name.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut text = program
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    for arg in command.get_args() {
        text.push(' ');
        text.push_str(&arg.to_string_lossy());
    }
    text
}

fn not_started(command: &Command, error: &std::io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy();
    match error.kind() {
        ErrorKind::NotFound => anyhow!("`{program}` was not found"),
        _ => anyhow!("`{program}` could not be started: {error}"),
    }
}

fn ended(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("failed with exit status {code}"),
        None => "was stopped by a signal".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_told_in_one_sentence() {
        let error = run(&mut Command::new("no-such-program-anywhere")).unwrap_err();
        assert_eq!(
            format!("{error:#}"),
            "`no-such-program-anywhere` was not found"
        );
    }

    #[test]
    fn a_failed_command_is_told_with_its_words_and_its_status() {
        let error = output(Command::new("cargo").arg("--no-such-flag"))
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("`cargo --no-such-flag` failed with exit status 1"),
            "{error}"
        );
    }

    #[test]
    fn own_tools_come_before_those_of_the_machine() {
        let path = path_with(&[PathBuf::from("/own/bin")]).unwrap();
        assert_eq!(
            env::split_paths(&path).next(),
            Some(PathBuf::from("/own/bin"))
        );
        assert_eq!(env::split_paths(&path).skip(1).collect::<Vec<_>>(), {
            let path = env::var_os("PATH").unwrap();
            env::split_paths(&path).collect::<Vec<_>>()
        });
    }
}
