//! Writing a bundle's folder whole or not at all.
//!
//! The files go into a new folder beside the wanted one. An older bundle changes places with it, in one step
//! where the system has such a step, and is removed last. What is in its folder but not of the bundle is put
//! into the new one before. So whatever ends the program, at whatever moment, the old bundle is there or the
//! new one; the hidden folder that it may leave behind is removed by the next one.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::{fs, process};

use anyhow::{Context, Result, anyhow, bail};

use crate::manifest::{self, Manifest};
use crate::{files, interrupt, kept, output, update};

/// What stands where a bundle is wanted.
enum Place {
    Free,
    Empty,
    Bundle(Box<Manifest>),
}

/// Fails unless a bundle may be written there.
pub(crate) fn check(out: &Path) -> Result<()> {
    look_at(out).map(|_| ())
}

/// Fails unless a folder that is no bundle may be written there.
pub(crate) fn check_new(out: &Path) -> Result<()> {
    match look_at(out)? {
        Place::Free | Place::Empty => Ok(()),
        Place::Bundle(_) => bail!("{}: holds a bundle; choose another --out", out.display()),
    }
}

/// A folder that is being written, to take its place at last.
pub(crate) struct Writing {
    place: Place,
    staging: Staging,
    target: PathBuf,
    parent: PathBuf,
    name: OsString,
}

/// Begins to write a folder, in place of the bundle that may be there. Nothing is left of it unless
/// it is finished.
pub(crate) fn begin(out: &Path) -> Result<Writing> {
    let place = look_at(out)?;
    let target = match place {
        Place::Free => std::path::absolute(out),
        // Renaming a link would leave what it leads to as it was.
        Place::Empty | Place::Bundle(_) => out.canonicalize(),
    };
    let target = target.with_context(|| format!("{}: the path cannot be used", out.display()))?;
    let parent = target.parent().zip(target.file_name());
    let (parent, name) =
        parent.ok_or_else(|| anyhow!("{}: name a folder of its own", out.display()))?;
    fs::create_dir_all(parent).with_context(|| {
        format!(
            "{}: cannot be made; choose a folder that can be written to",
            parent.display()
        )
    })?;
    Ok(Writing {
        staging: Staging::new(parent, name)?,
        place,
        parent: parent.to_owned(),
        name: name.to_owned(),
        target,
    })
}

impl Writing {
    /// The bundle that will be replaced, and its folder.
    pub(crate) fn older(&self) -> Option<(&Path, &Manifest)> {
        match &self.place {
            Place::Bundle(old) => Some((&self.target, old)),
            Place::Free | Place::Empty => None,
        }
    }

    /// Where the files go until then.
    pub(crate) fn path(&self) -> &Path {
        &self.staging.path
    }

    /// Writes a file.
    pub(crate) fn put(&self, name: &str, content: &[u8]) -> Result<()> {
        let path = self.staging.path.join(name);
        fs::write(&path, content)
            .with_context(|| format!("{}: cannot be written; nothing was changed", path.display()))
    }

    /// Puts the folder in its place.
    pub(crate) fn finish(self) -> Result<()> {
        let _no_interrupt = interrupt::changing();
        let (staging, target, parent) = (&self.staging, &self.target, &self.parent);
        match &self.place {
            Place::Free => move_in(staging, target),
            Place::Empty => replace(staging, target, parent, &self.name, None),
            Place::Bundle(old) => replace(staging, target, parent, &self.name, Some(old)),
        }
    }
}

/// Writes a file in place of the one that may be there, whole or not at all.
pub(crate) fn replace_file(path: &Path, content: &[u8]) -> Result<()> {
    let cannot = || format!("{}: cannot be written; nothing was changed", path.display());
    let _no_interrupt = interrupt::changing();
    let mut own = path.as_os_str().to_owned();
    own.push(format!("-{}", process::id()));
    let written = fs::write(&own, content).and_then(|()| fs::rename(&own, path));
    if written.is_err() {
        let _ = fs::remove_file(&own);
    }
    written.with_context(cannot)
}

fn look_at(out: &Path) -> Result<Place> {
    let shown = out.display();
    let mut entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Place::Free),
        Err(error) => bail!("{shown}: not a folder that can be used ({error}); choose another"),
    };
    if entries.next().is_none() {
        return Ok(Place::Empty);
    }
    let path = out.join(manifest::NAME);
    if !path.is_file() {
        bail!("{shown}: the folder is not empty and not a bundle; choose another --out");
    }
    match Manifest::parse(&files::read(&path)?) {
        Ok(manifest) => Ok(Place::Bundle(Box::new(manifest))),
        Err(error) => {
            bail!(
                "{}: {error:#}. Choose another --out, or remove {shown}",
                path.display()
            )
        }
    }
}

fn replace(
    staging: &Staging,
    target: &Path,
    parent: &Path,
    name: &OsStr,
    old: Option<&Manifest>,
) -> Result<()> {
    if let Some(old) = old {
        share_strangers(target, &staging.path, old)?;
    }
    let rights = fs::metadata(target).map(|data| data.permissions());
    if let Ok(rights) = rights {
        let _ = fs::set_permissions(&staging.path, rights);
    }
    // At no moment is there neither of them. What was there goes with the hidden folder.
    if exchange(&staging.path, target).is_ok() {
        return Ok(());
    }
    let aside = Staging::new(parent, name)?;
    // An empty folder gives way to a renamed one on some systems only.
    fs::remove_dir(&aside.path)
        .and_then(|()| fs::rename(target, &aside.path))
        .with_context(|| {
            format!(
                "{}: cannot be moved out of the way; nothing was changed",
                target.display()
            )
        })?;
    if let Err(error) = move_in(staging, target) {
        let restored = fs::rename(&aside.path, target);
        if restored.is_err() {
            let kept = aside.keep();
            return Err(error.context(format!("the old bundle is in {}", kept.display())));
        }
        return Err(error);
    }
    Ok(())
}

/// Lets two folders change places at once, where the system can.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

fn move_in(staging: &Staging, target: &Path) -> Result<()> {
    fs::rename(&staging.path, target)
        .with_context(|| format!("{}: cannot be put in its place", target.display()))
}

/// Gives the new folder what a publisher has put beside the old bundle, unless it brings a file of that name.
fn share_strangers(from: &Path, to: &Path, old: &Manifest) -> Result<()> {
    let kept = kept::names(from);
    for entry in fs::read_dir(from)? {
        let name = entry?.file_name();
        let is_known = |name: &str| is_of_bundle(name, old) || kept.contains(name);
        let own = name.to_str().is_some_and(is_known);
        let (old, new) = (from.join(&name), to.join(&name));
        if !own && new.symlink_metadata().is_err() {
            share(&old, &new).with_context(|| {
                format!(
                    "{}: cannot be taken over; nothing was changed",
                    old.display()
                )
            })?;
        }
    }
    Ok(())
}

/// Whether a name in a bundle's folder is one of its own files.
pub(crate) fn is_of_bundle(name: &str, manifest: &Manifest) -> bool {
    [manifest::NAME, update::NAME, kept::NAME].contains(&name)
        || manifest.entries().any(|entry| name == entry.file)
        || manifest::is_part(name)
}

/// Puts a file or folder into a second place. It stays in the first, so that either is whole at every moment.
pub(crate) fn share(from: &Path, to: &Path) -> io::Result<()> {
    if !from.symlink_metadata()?.is_dir() {
        return fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop));
    }
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let name = entry?.file_name();
        share(&from.join(&name), &to.join(&name))?;
    }
    fs::set_permissions(to, fs::metadata(from)?.permissions())
}

/// A hidden folder beside the wanted one, removed with all that is in it when it goes out of scope.
struct Staging {
    path: PathBuf,
    kept: bool,
    /// Held for as long as the program lives: a folder that nobody holds is one that was left behind.
    _lock: Option<File>,
}

impl Staging {
    fn new(parent: &Path, name: &OsStr) -> Result<Self> {
        let mut stem = OsString::from(".");
        stem.push(name);
        stem.push(".souwen-");
        remove_abandoned(parent, &stem);
        for number in 0_u32.. {
            let mut own = stem.clone();
            own.push(format!("{}-{number}", process::id()));
            let path = parent.join(own);
            match fs::create_dir(&path) {
                Ok(()) => {
                    interrupt::unfinished(&path);
                    let lock = locked(&path);
                    return Ok(Self {
                        path,
                        kept: false,
                        _lock: lock,
                    });
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => bail!(
                    "{}: cannot be written to ({error}); choose another --out",
                    parent.display()
                ),
            }
        }
        bail!(
            "{}: holds too many folders left behind; remove them",
            parent.display()
        )
    }

    /// Leaves the folder where it is.
    fn keep(mut self) -> PathBuf {
        self.kept = true;
        self.path.clone()
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        interrupt::finished(&self.path);
        if !self.kept && self.path.exists() {
            let removed = fs::remove_dir_all(&self.path);
            if let Err(error) = removed {
                output::note(format_args!(
                    "note: {} could not be removed: {error}",
                    self.path.display()
                ));
            }
        }
    }
}

/// A folder, held; none if another program holds it, or the system lets nobody hold folders.
fn locked(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    folder.try_lock().is_ok().then_some(folder)
}

/// Removes what programs that were killed have left behind.
fn remove_abandoned(parent: &Path, stem: &OsStr) {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let stem = stem.as_encoded_bytes();
        if name.as_encoded_bytes().starts_with(stem) && locked(&entry.path()).is_some() {
            // If it cannot be, it is in nobody's way.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::{FORMAT, FileEntry, GENERATOR, Parts};

    fn bundle(content: &[u8], index: &str) -> Vec<u8> {
        let manifest = Manifest {
            format: FORMAT,
            generator: GENERATOR.to_owned(),
            name: String::new(),
            language: String::new(),
            articles: 0,
            characters: 0,
            terms: 0,
            parts: Parts::default(),
            index: FileEntry::new(index.to_owned(), content),
            runtime: Vec::new(),
        };
        manifest.to_json().unwrap()
    }

    fn write_bundle(out: &Path, index: &str) -> Result<()> {
        let manifest = bundle(b"x", index);
        let writing = begin(out)?;
        writing.put(index, b"x")?;
        writing.put(manifest::NAME, &manifest)?;
        writing.finish()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn takes_the_place_of_an_older_bundle_and_of_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("a/bundle");
        write_bundle(&out, "one.souwen").unwrap();
        assert_eq!(names(&out), ["one.souwen", "souwen.json"]);
        fs::write(out.join("robots.txt"), "mine").unwrap();
        write_bundle(&out, "two.souwen").unwrap();
        assert_eq!(names(&out), ["robots.txt", "souwen.json", "two.souwen"]);
        assert_eq!(fs::read_to_string(out.join("robots.txt")).unwrap(), "mine");
        assert_eq!(names(&dir.path().join("a")), ["bundle"]);

        let other = dir.path().join("other");
        fs::create_dir(&other).unwrap();
        write_bundle(&other, "one.souwen").unwrap();
        assert_eq!(names(&other), ["one.souwen", "souwen.json"]);
        fs::write(other.join("souwen.json"), "{}").unwrap();
        let error = format!("{:#}", write_bundle(&other, "two.souwen").unwrap_err());
        assert!(
            error.contains("souwen.json") && error.contains("other"),
            "{error}"
        );
        fs::remove_file(other.join("souwen.json")).unwrap();
        assert!(write_bundle(&other, "two.souwen").is_err());
        assert_eq!(names(&other), ["one.souwen"]);
        assert_eq!(names(dir.path()), ["a", "other"]);
    }

    #[test]
    fn a_failure_leaves_the_old_state() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("bundle");
        write_bundle(&out, "one.souwen").unwrap();
        // A folder that does not exist stands for a full disk.
        assert!(write_bundle(&out, "no/where.souwen").is_err());
        assert_eq!(names(&out), ["one.souwen", "souwen.json"]);
        assert_eq!(names(dir.path()), ["bundle"]);

        let file = dir.path().join("file");
        fs::write(&file, "x").unwrap();
        assert!(write_bundle(&file, "one.souwen").is_err());
        assert!(write_bundle(&file.join("below"), "one.souwen").is_err());
        assert_eq!(names(dir.path()), ["bundle", "file"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_was_left_behind_is_removed_unless_someone_works_on_it() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("bundle");
        let abandoned = dir.path().join(".bundle.souwen-1-0");
        fs::create_dir(&abandoned).unwrap();
        fs::write(abandoned.join("part"), "x").unwrap();
        let other = begin(&out).unwrap();
        write_bundle(&out, "one.souwen").unwrap();
        assert!(!abandoned.exists());
        assert!(other.path().exists());
        drop(other);
        assert_eq!(names(dir.path()), ["bundle"]);
    }

    #[cfg(unix)]
    #[test]
    fn folders_and_links_beside_the_bundle_are_taken_over() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("bundle");
        write_bundle(&out, "one.souwen").unwrap();
        fs::create_dir_all(out.join("mine/deep")).unwrap();
        fs::write(out.join("mine/deep/file"), "x").unwrap();
        std::os::unix::fs::symlink("mine/deep/file", out.join("link")).unwrap();
        write_bundle(&out, "two.souwen").unwrap();
        assert_eq!(names(&out), ["link", "mine", "souwen.json", "two.souwen"]);
        assert!(out.join("link").symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read_to_string(out.join("link")).unwrap(), "x");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_bundle_stays_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let (out, link) = (dir.path().join("bundle"), dir.path().join("link"));
        write_bundle(&out, "one.souwen").unwrap();
        std::os::unix::fs::symlink(&out, &link).unwrap();
        write_bundle(&link, "two.souwen").unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(names(&out), ["souwen.json", "two.souwen"]);
    }
}
