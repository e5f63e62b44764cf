//! Where things are in the repository.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The repository's folders. Everything that is made lies in ignored ones:
/// `.tools/`, `target/`, `pkg/`, and in `www/` `node_modules/`, `pkg/`, `dist/` and `dist-demo/`.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// The repository that this program was compiled in.
    pub(crate) fn locate() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("the xtask crate has no folder above it")?
            .to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self { root, target })
    }

    /// The repository's root.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the repository.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Where the pinned Rust tools are installed (`cargo install --root`).
    pub(crate) fn tools(&self) -> PathBuf {
        self.path(".tools")
    }

    /// The release build of the `souwen` program.
    pub(crate) fn program(&self) -> PathBuf {
        self.target
            .join("release")
            .join(format!("souwen{}", env::consts::EXE_SUFFIX))
    }

    /// The demo site as it is served: the pages, and the bundle in `search/`.
    pub(crate) fn demo(&self) -> PathBuf {
        self.path("target/demo")
    }
}
