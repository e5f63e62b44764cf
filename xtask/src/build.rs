//! Building everything, in the order in which one part goes into the next.

use anyhow::Result;

use crate::project::Project;
use crate::{setup, shell, wasm, www};

/// Sets up and builds the wasm packages, the bundle's runtime files and the `souwen` program.
pub(crate) fn everything(project: &Project) -> Result<()> {
    setup::for_build(project)?;
    wasm::build(project)?;
    www::build(project)?;
    program(project)
}

/// Builds the `souwen` program, which carries `www/dist/` inside.
pub(crate) fn program(project: &Project) -> Result<()> {
    shell::run(shell::command(project, "cargo").args([
        "build",
        "--release",
        "--package",
        "souwen-cli",
    ]))
}
