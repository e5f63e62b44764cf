//! Set-up: everything that is needed before the first build.

use anyhow::Result;

use crate::project::Project;
use crate::{browser, python, shards, tools};

/// What the build needs. The cheap checks come first, so that a missing tool is told at once.
pub(crate) fn for_build(project: &Project) -> Result<()> {
    tools::node(project)?;
    tools::wasm_target(project)?;
    tools::npm_packages(project)?;
    tools::wasm_pack(project)?;
    tools::wasm_bindgen(project)?;
    Ok(())
}

/// What the checks of the source need.
pub(crate) fn for_lint(project: &Project) -> Result<()> {
    tools::node(project)?;
    tools::linters(project)?;
    for_build(project)
}

/// What all the tests need.
pub(crate) fn for_test(project: &Project) -> Result<()> {
    tools::node(project)?;
    tools::linters(project)?;
    browser::find_or_install()?;
    browser::chinese_font();
    browser::others(project);
    python::packages(project)?;
    shards::gnu_parallel();
    for_build(project)
}
