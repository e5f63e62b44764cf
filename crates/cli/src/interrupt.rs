//! Ctrl-C: nothing half-done stays behind.

use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Held while the disk is being changed.
static CHANGING: Mutex<()> = Mutex::new(());

/// The exit status that shells give for an interrupted program.
const INTERRUPTED: i32 = 130;

/// From here on an interrupt ends the program at once, or, while the disk is being changed, as soon
/// as that is done: a moment later. Reading and compiling leave nothing behind.
pub(crate) fn install() {
    // A second handler in one process is refused; then the first one serves.
    let _ = ctrlc::set_handler(|| {
        let _quiet = changing();
        process::exit(INTERRUPTED);
    });
}

/// Puts interrupts off until the guard is dropped.
pub(crate) fn changing() -> MutexGuard<'static, ()> {
    CHANGING.lock().unwrap_or_else(PoisonError::into_inner)
}
