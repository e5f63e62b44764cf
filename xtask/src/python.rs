//! Python for the example of `examples/scale/`: its packages, in an environment of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::{debian, shell};

/// What the example needs, each package in one version.
const REQUIREMENTS: &str = "examples/scale/requirements.txt";

/// The oldest Python that those run on.
const OLDEST: (u32, u32) = (3, 10);

/// Names on `PATH`.
const PROGRAMS: [&str; 2] = ["python3", "python"];

/// Where the environment's programs are.
pub(crate) fn programs(project: &Project) -> PathBuf {
    let folder = if cfg!(windows) { "Scripts" } else { "bin" };
    environment(project).join(folder)
}

fn environment(project: &Project) -> PathBuf {
    project.path("target/python")
}

/// Makes the environment, unless it was made from the requirements as they are. On Debian, where there is no
/// Python that can make one and this user may install packages, it is installed first. Otherwise the error
/// says what to install.
pub(crate) fn packages(project: &Project) -> Result<()> {
    let folder = environment(project);
    let requirements = project.path(REQUIREMENTS);
    let wanted = fs::read(&requirements)
        .with_context(|| format!("cannot read {}", requirements.display()))?;
    let stamp = folder.join("installed-from.txt");
    let own = programs(project).join("python");
    let starts = || shell::succeeds(Command::new(&own).arg("--version"));
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) && starts() {
        return Ok(());
    }
    let python = find_or_install()?;
    shell::run(
        Command::new(python)
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    )?;
    let mut pip = Command::new(&own);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
    ]);
    shell::run(pip.arg(&requirements))?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

fn find_or_install() -> Result<PathBuf> {
    if let Some(python) = find() {
        return Ok(python);
    }
    if debian::install(&["python3-venv"])?
        && let Some(python) = find()
    {
        return Ok(python);
    }
    let (major, minor) = OLDEST;
    bail!(
        "no Python {major}.{minor} or newer with its module venv was found, which the test of shards under \
         Dask needs: install one from https://www.python.org (on Debian `apt-get install python3-venv`)"
    )
}

fn find() -> Option<PathBuf> {
    let named = PROGRAMS.iter().filter_map(|name| shell::find(name));
    // A bare `python3` of Debian's has venv, but not what venv puts into an environment.
    named.into_iter().find(|path| can(path))
}

fn can(python: &Path) -> bool {
    let (major, minor) = OLDEST;
    let check =
        format!("import sys, venv, ensurepip; sys.exit(sys.version_info < ({major}, {minor}))");
    shell::succeeds(Command::new(python).args(["-c", &check]))
}
