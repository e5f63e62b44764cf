//! Shards built by engines that are not ours, merged, and held against the bundle of a single build, by
//! the very lines of `docs/SCALE.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::project::Project;
use crate::{debian, demo, python, shell};

/// The page whose lines are run.
const PAGE: &str = "docs/SCALE.md";
/// What the lines call their input, settings and output.
const ARCHIVE: &str = "archive.jsonl.gz";
/// What a single build remembers of its input for the next update; it is not for readers, and no shard
/// knows the whole of it.
const STATE: &str = "souwen.state";
const SETTINGS: &str = "souwen.toml";
const BUNDLE: &str = "bundle";
/// Ten thousand articles.
const MANY: &str = "../shared/corpus/news-10k.jsonl.gz";
/// Small parts, so that a small archive has several.
const PARTS: &str = "\n[bundle]\nsingle_file = 0\npart = 16384\n";
/// Jobs of the Slurm array.
const JOBS: u32 = 4;

/// Builds the demo newspaper, and more articles where they are at hand, by each of the engines.
pub(crate) fn test(project: &Project) -> Result<()> {
    let few = Work::new(project, "few", |file| {
        let articles = shell::output(demo::souwen(project).args(["extract", "corpus"]))?;
        gzip(file, articles.as_bytes())
    })?;
    if cfg!(windows) {
        println!("skipped: the lines for xargs, GNU parallel and Slurm are for other systems");
    } else {
        few.lines("xargs")?;
        if is_gnu_parallel() {
            few.lines("GNU parallel")?;
        } else {
            println!("skipped: there is no GNU parallel");
        }
        few.slurm()?;
    }
    few.dask()?;
    let articles = project.path(MANY);
    if !articles.is_file() {
        println!("skipped: there is no {}", articles.display());
        return Ok(());
    }
    let many = Work::new(project, "many", |file| {
        fs::copy(&articles, file)?;
        Ok(())
    })?;
    many.dask()
}

/// Makes sure, where that can be done, that GNU parallel is there. Without it its line is not tested.
pub(crate) fn gnu_parallel() {
    if cfg!(target_os = "linux") && !is_gnu_parallel() {
        let installed = debian::install(&["parallel"]);
        if !installed.unwrap_or(false) {
            eprintln!("warning: GNU parallel was not found; its line in {PAGE} is not tested");
        }
    }
}

/// There is another program of this name.
fn is_gnu_parallel() -> bool {
    let version = shell::output(Command::new("parallel").arg("--version"));
    version.is_ok_and(|text| text.starts_with("GNU parallel"))
}

fn gzip(file: &Path, bytes: &[u8]) -> Result<()> {
    let file = fs::File::create(file)?;
    let mut gzip = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, bytes)?;
    gzip.finish()?;
    Ok(())
}

/// An archive, and the bundle that a single build makes of it.
struct Work<'a> {
    project: &'a Project,
    folder: PathBuf,
}

impl<'a> Work<'a> {
    fn new(
        project: &'a Project,
        name: &str,
        archive: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<Self> {
        let folder = project.path("target/shards").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        archive(&folder.join(ARCHIVE)).context("cannot write the archive")?;
        let settings = fs::read_to_string(project.path("corpus/souwen.toml"))?;
        fs::write(folder.join(SETTINGS), settings + PARTS)?;
        let mut single = Command::new(project.program());
        single.args(["build", ARCHIVE, "--config", SETTINGS, "--out", BUNDLE]);
        shell::run(single.current_dir(&folder))?;
        Ok(Self { project, folder })
    }

    /// Runs the lines under a heading of the page.
    fn lines(&self, heading: &str) -> Result<()> {
        let own = self.begin(heading)?;
        let lines = self.lines_under(heading)?;
        shell::run(self.found(Command::new("sh").args(["-euc", &lines]), &own)?)?;
        self.compare(&own)
    }

    /// What Slurm does when those lines are given to it.
    fn slurm(&self) -> Result<()> {
        let own = self.begin("Slurm")?;
        let run = |number: Option<u32>| {
            let mut job = Command::new("bash");
            job.arg(self.project.path("examples/scale/slurm.sbatch"));
            job.args([ARCHIVE, "shards", BUNDLE, "--config", SETTINGS]);
            if let Some(number) = number {
                job.env("SLURM_ARRAY_TASK_ID", number.to_string());
                job.env("SLURM_ARRAY_TASK_COUNT", JOBS.to_string());
            }
            shell::run(self.found(&mut job, &own)?)
        };
        (1..=JOBS).try_for_each(|number| run(Some(number)))?;
        run(None)?;
        self.compare(&own)
    }

    /// Runs the line for Dask, and looks whether more than one worker built.
    fn dask(&self) -> Result<()> {
        let own = self.begin("Dask")?;
        let program = "dask_build.py";
        let script = self.project.path("examples/scale").join(program);
        fs::copy(script, own.join(program))?;
        let line = self.lines_under("Dask")?;
        let mut words = line.split_whitespace();
        ensure!(
            words.next() == Some("python"),
            "not a line for Python: {line}"
        );
        let mut dask = Command::new(python::programs(self.project).join("python"));
        let said = shell::output(self.found(dask.args(words), &own)?)?;
        print!("{said}");
        let shards = said.lines().filter(|line| line.starts_with("shard "));
        let workers: BTreeSet<&str> = shards.filter_map(|line| line.split(": ").nth(1)).collect();
        ensure!(workers.len() > 1, "all shards were built by one worker");
        self.compare(&own)
    }

    /// The first lines for a shell under a heading of the page.
    fn lines_under(&self, heading: &str) -> Result<String> {
        let page = self.project.path(PAGE);
        let text =
            fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
        lines_under(&text, heading)
            .map(str::to_owned)
            .with_context(|| format!("{PAGE} has no lines under {heading}"))
    }

    /// An own folder for an engine, with the archive.
    fn begin(&self, engine: &str) -> Result<PathBuf> {
        println!("--- {engine}");
        let own = self.folder.join(engine);
        fs::create_dir(&own).with_context(|| format!("cannot make {}", own.display()))?;
        for name in [ARCHIVE, SETTINGS] {
            fs::copy(self.folder.join(name), own.join(name))?;
        }
        Ok(own)
    }

    /// A command in an engine's folder that finds the program that was just built.
    fn found<'c>(&self, command: &'c mut Command, own: &Path) -> Result<&'c mut Command> {
        let program = self.project.program();
        let folder = program.parent().context("the program is in no folder")?;
        let path = shell::path_with(&[folder.to_path_buf()])?;
        Ok(command.current_dir(own).env("PATH", path))
    }

    /// Fails unless an engine's bundle is, byte for byte, that of the single build.
    fn compare(&self, own: &Path) -> Result<()> {
        let (single, merged) = (self.folder.join(BUNDLE), own.join(BUNDLE));
        let mut names = names(&single)?;
        names.remove(STATE);
        ensure!(
            self::names(&merged)? == names,
            "the merged bundle has other files"
        );
        let parts = names.iter().filter(|name| name.starts_with("part-"));
        ensure!(parts.count() > 1, "the bundle has no parts");
        for name in &names {
            if fs::read(single.join(name))? != fs::read(merged.join(name))? {
                bail!("{name} of the merged bundle differs");
            }
        }
        println!("{} files are those of a single build", names.len());
        Ok(())
    }
}

fn names(folder: &Path) -> Result<BTreeSet<String>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let name = |entry: std::io::Result<fs::DirEntry>| {
        Ok(entry?.file_name().to_string_lossy().into_owned())
    };
    entries.map(name).collect()
}

/// The first fenced lines of `sh` under a heading of a Markdown page.
fn lines_under<'a>(page: &'a str, heading: &str) -> Option<&'a str> {
    let (_, section) = page.split_once(&format!("\n## {heading}\n"))?;
    let section = section.split("\n## ").next()?;
    let (_, fenced) = section.split_once("\n```sh\n")?;
    Some(fenced.split_once("\n```")?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_lines_under_a_heading() {
        let page = "# Page\n\n## One\n\nText.\n\n## Two\n\n```sh\nfirst\nsecond\n```\n\n```sh\nthird\n```\n";
        assert_eq!(lines_under(page, "Two"), Some("first\nsecond"));
        assert_eq!(lines_under(page, "One"), None);
        assert_eq!(lines_under(page, "Three"), None);
    }
}
