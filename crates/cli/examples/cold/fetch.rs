//! A bundle in a folder, and what is fetched of it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use souwen_index::{FormatError, Index, Need};
use souwen_search::{Engine, SearchError};
use souwen_text::cast;

/// Ranges that are no further apart, in bytes, are one request, as in the browser.
const GAP: u32 = 1024;

/// What went wrong.
pub(crate) struct Fault(pub(crate) String);

impl From<FormatError> for Fault {
    fn from(error: FormatError) -> Self {
        Self(error.to_string())
    }
}

impl From<SearchError> for Fault {
    fn from(error: SearchError) -> Self {
        Self(error.to_string())
    }
}

/// What was fetched for a query.
#[derive(Debug, Default, Clone)]
pub(crate) struct Fetched {
    /// How often the engine had to ask again.
    pub(crate) rounds: u64,
    pub(crate) requests: u64,
    /// Bytes by region, gaps between neighbours included.
    pub(crate) bytes: [u64; 4],
    /// Whether another query was proposed: that reads much more.
    pub(crate) corrected: bool,
}

/// A bundle in parts.
pub(crate) struct Bundle {
    folder: PathBuf,
    pub(crate) core: Vec<u8>,
    files: RefCell<HashMap<u32, Rc<Vec<u8>>>>,
}

impl Bundle {
    pub(crate) fn open(folder: &Path) -> Self {
        let manifest = std::fs::read(folder.join("souwen.json")).expect("it is a bundle");
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("is JSON");
        let index = manifest["index"]["file"].as_str().expect("names an index");
        Self {
            core: std::fs::read(folder.join(index)).expect("the index is there"),
            folder: folder.to_owned(),
            files: RefCell::default(),
        }
    }

    /// An engine that has nothing but the core.
    pub(crate) fn engine(&self) -> Engine {
        Engine::new(Index::open(&self.core).expect("the index is sound"))
    }

    /// The regions' names.
    pub(crate) fn regions(&self) -> Vec<&'static str> {
        let engine = self.engine();
        let regions = engine.index().regions();
        let in_files = regions.filter(|(_, files, _)| *files > 0);
        in_files.map(|region| region.0).collect()
    }

    fn part(&self, index: &Index, number: u32) -> Rc<Vec<u8>> {
        let mut files = self.files.borrow_mut();
        let file = files.entry(number).or_insert_with(|| {
            let digest = index.parts()[cast::index(number)].digest;
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            let path = self.folder.join(format!("part-{digest}.souwen"));
            Rc::new(std::fs::read(path).expect("the part is there"))
        });
        Rc::clone(file)
    }

    /// Everything.
    pub(crate) fn bring_all(&self, engine: &Engine) {
        let index = engine.index();
        for number in 0..cast::small(index.parts().len()) {
            let part = self.part(index, number);
            index.supply(number, 0, &part).expect("is as long");
        }
    }

    /// Brings what is needed, and counts it.
    pub(crate) fn bring(
        &self,
        engine: &Engine,
        needs: &[Need],
        fetched: &mut Fetched,
    ) -> Result<(), Fault> {
        let index = engine.index();
        fetched.rounds += 1;
        let mut last: Option<(u32, u32)> = None;
        for need in needs {
            let part = self.part(index, need.part);
            let end = need.offset + need.len;
            let range = cast::index(need.offset)..cast::index(end);
            index.supply(need.part, need.offset, &part[range])?;
            let gap = last
                .filter(|own| own.0 == need.part)
                .map(|own| need.offset.saturating_sub(own.1));
            let gap = gap.filter(|&gap| gap <= GAP);
            fetched.requests += u64::from(gap.is_none());
            let mut before = 0;
            let region = index.regions().position(|(_, parts, _)| {
                before += parts;
                need.part < before
            });
            fetched.bytes[region.unwrap()] += u64::from(need.len + gap.unwrap_or(0));
            last = Some((need.part, end));
        }
        Ok(())
    }
}
