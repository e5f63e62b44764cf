//! Ctrl-C: nothing half-done stays behind.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{fs, process};

/// Held while the disk is being changed.
static CHANGING: Mutex<()> = Mutex::new(());
/// Folders that are being filled, and are nothing until they are done.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// The exit status that shells give for an interrupted program.
const INTERRUPTED: i32 = 130;

/// From here on an interrupt ends the program at once, or, while the disk is being changed, as soon
/// as that is done: a moment later. Folders that are not finished are removed.
pub(crate) fn install() {
    // A second handler in one process is refused; then the first one serves.
    let _ = ctrlc::set_handler(|| {
        let _quiet = changing();
        let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        for folder in unfinished.iter() {
            // A file may be written at this very moment, and the folder not be empty at last.
            let mut tries = 0..100;
            while tries.next().is_some() && fs::remove_dir_all(folder).is_err() && folder.exists() {
            }
        }
        process::exit(INTERRUPTED);
    });
}

/// Puts interrupts off until the guard is dropped.
pub(crate) fn changing() -> MutexGuard<'static, ()> {
    CHANGING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has a folder removed if an interrupt comes before it is [`finished`].
pub(crate) fn unfinished(folder: &Path) {
    let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    unfinished.push(folder.to_owned());
}

/// A folder is what it should be, or is gone.
pub(crate) fn finished(folder: &Path) {
    let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    unfinished.retain(|own| own != folder);
}
