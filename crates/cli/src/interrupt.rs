//! Ctrl-C: nothing half-done stays behind.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{fs, process};

/// Held while the disk is being changed.
static CHANGING: Mutex<()> = Mutex::new(());

/// The folders that are not finished.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// The exit status that shells give for an interrupted program.
const INTERRUPTED: i32 = 130;

/// From here on an interrupt ends the program at once, or, while the disk is being changed, as soon
/// as that is done: a moment later. Folders that are not finished go.
pub(crate) fn install() {
    // A second handler in one process is refused; then the first one serves.
    let _ = ctrlc::set_handler(|| {
        let _quiet = changing();
        for folder in unfinished().iter() {
            let _ = fs::remove_dir_all(folder);
        }
        process::exit(INTERRUPTED);
    });
}

/// Puts interrupts off until the guard is dropped.
pub(crate) fn changing() -> MutexGuard<'static, ()> {
    CHANGING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An interrupt removes this folder, until [`keep`] says otherwise.
pub(crate) fn discard(folder: &Path) {
    unfinished().push(folder.to_owned());
}

/// An interrupt leaves this folder as it is.
pub(crate) fn keep(folder: &Path) {
    unfinished().retain(|own| own != folder);
}
