//! `[bundle]`: how an index is cut into files.

use serde::Deserialize;

use super::whole::Whole;

/// Bytes of the smallest part: smaller ones take more requests than they save bytes.
const LEAST_PART: u32 = 16 * 1024;
/// Bytes of the largest file.
const MOST: u32 = 1 << 30;

/// `[bundle]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Bundle {
    /// An index of which no more bytes are loaded on demand is one file.
    single_file: Option<Whole<0, MOST>>,
    /// Bytes of a part, at the least.
    part: Option<Whole<LEAST_PART, MOST>>,
    /// So many parts at the most, about; if there would be more, they are larger.
    max_files: Option<Whole<8, 65_536>>,
}

impl Bundle {
    /// As the build takes it.
    pub(crate) fn options(&self) -> souwen_compile::Bundle {
        let default = souwen_compile::Bundle::default();
        let single = self.single_file.map(|bytes| bytes.0.into());
        souwen_compile::Bundle {
            single_file: single.unwrap_or(default.single_file),
            part: self.part.map_or(default.part, |bytes| bytes.0),
            max_files: self.max_files.map_or(default.max_files, |files| files.0),
        }
    }
}
