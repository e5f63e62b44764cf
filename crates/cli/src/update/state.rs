//! `souwen.state`: what a build remembers for `--update`. It lies beside the bundle's files, and need
//! not be uploaded.
//!
//! ```text
//! magic "souwen state", version u8, SHA-256 of the rest (its first 16 bytes), [`State`] deflated
//! ```

use std::io::{Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};
use souwen_compile::{Ledger, Options};
use souwen_index::PartDigest;

use super::files::{File, Short};
use crate::manifest::{self, GENERATOR};

/// The file's name.
pub(crate) const NAME: &str = "souwen.state";

const MAGIC: &[u8; 12] = b"souwen state";
const VERSION: u8 = 3;
/// Bytes in front of what is deflated.
const HEAD: usize = MAGIC.len() + 1 + size_of::<PartDigest>();

/// What is remembered of a build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// The digest of what was set, see [`settings`].
    pub(super) settings: PartDigest,
    /// The digest of the index file that this goes with.
    pub(super) index: PartDigest,
    pub(super) ledger: Ledger,
    /// Whether any article got another id than its own, or was the same as one of another file: then
    /// what there is depends on all files.
    pub(super) repeated: bool,
    /// Of the texts of all articles, ascending. There may be some of articles that are gone.
    pub(super) texts: Vec<Short>,
    /// The input, in its order.
    pub(super) files: Vec<File>,
    /// By document the place of its file, as the distance from that of the document before.
    steps: Vec<i32>,
}

impl State {
    /// `owners` are the files' places by document; what is gone may have any.
    pub(super) fn new(
        settings: PartDigest,
        core: &[u8],
        ledger: Ledger,
        repeated: bool,
        files: Vec<File>,
        owners: &[u32],
        mut texts: Vec<Short>,
    ) -> Self {
        texts.sort_unstable();
        texts.dedup();
        let mut before = 0;
        let step = |&own: &u32| {
            let step = own.wrapping_sub(before).cast_signed();
            before = own;
            step
        };
        Self {
            settings,
            index: manifest::part_digest(core),
            ledger,
            repeated,
            texts,
            files,
            steps: owners.iter().map(step).collect(),
        }
    }

    /// The files' places by document.
    pub(super) fn owners(&self) -> Vec<u32> {
        let mut own = 0u32;
        let add = |&step: &i32| {
            own = own.wrapping_add_signed(step);
            own
        };
        self.steps.iter().map(add).collect()
    }

    /// Whether these are the files, with the same content.
    pub(super) fn is_of(&self, files: &[File]) -> bool {
        let content = |file: &File| (file.path, file.digest);
        self.files.iter().map(content).eq(files.iter().map(content))
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let plain = postcard::to_stdvec(self).unwrap_or_default();
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        // Memory does not fail.
        let _ = encoder.write_all(&plain);
        let deflated = encoder.finish().unwrap_or_default();
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        bytes.extend(manifest::part_digest(&deflated));
        bytes.extend(deflated);
        bytes
    }

    fn parse(bytes: &[u8]) -> Result<Self, &'static str> {
        let (head, deflated) = bytes.split_at_checked(HEAD).ok_or("is damaged")?;
        if !head.starts_with(MAGIC) {
            return Err("is damaged");
        }
        if head.get(MAGIC.len()) != Some(&VERSION) {
            return Err("is that of another version of souwen");
        }
        if head.get(MAGIC.len() + 1..) != Some(&manifest::part_digest(deflated)) {
            return Err("is damaged");
        }
        let mut plain = Vec::new();
        let read = DeflateDecoder::new(deflated).read_to_end(&mut plain);
        read.map_err(|_| "is damaged")?;
        postcard::from_bytes(&plain).map_err(|_| "is damaged")
    }

    /// Reads what is remembered of a bundle, whose index file has these bytes, if it was built with the
    /// same settings; else says what keeps the bundle from being brought up to date.
    pub(super) fn read(folder: &Path, core: &[u8], settings: PartDigest) -> Result<Self, String> {
        let path = folder.join(NAME);
        let shown = path.display();
        let bytes = std::fs::read(&path)
            .map_err(|_| format!("{shown}, in which a build remembers its input, is not there"))?;
        let state = Self::parse(&bytes).map_err(|what| format!("{shown} {what}"))?;
        if state.index != manifest::part_digest(core) {
            return Err(format!("{shown} is that of another bundle"));
        }
        if state.settings != settings {
            return Err("the settings, or souwen itself, are not those of the last build".into());
        }
        Ok(state)
    }
}

/// The digest of all that decides what an index holds beside the input.
pub(crate) fn settings(options: &Options, reading: &souwen_corpus::Options) -> PartDigest {
    let all = (
        GENERATOR,
        souwen_index::FORMAT_VERSION,
        souwen_text::FINGERPRINT,
        options,
        reading,
    );
    let text = serde_json::to_vec(&all).unwrap_or_default();
    manifest::part_digest(&text)
}

/// What a full build remembers, as its file holds it.
pub(crate) fn text_of(
    settings: PartDigest,
    core: &[u8],
    ledger: Ledger,
    recorder: super::Recorder,
) -> Vec<u8> {
    let super::Recorder {
        files,
        owners,
        texts,
        repeated,
    } = recorder;
    State::new(settings, core, ledger, repeated, files, &owners, texts).to_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        let file = |path: u8| File {
            path: [path; 4],
            stamp: [1; 4],
            digest: [2; 4],
        };
        let files = vec![file(8), file(9)];
        let owners = [0, 0, 1, 0];
        let texts = vec![[9; 4], [7; 4], [9; 4]];
        State::new(
            [3; 16],
            b"core",
            Ledger::default(),
            false,
            files,
            &owners,
            texts,
        )
    }

    #[test]
    fn is_read_back_if_it_fits() {
        let dir = tempfile::tempdir().unwrap();
        let read = |core: &[u8], settings| State::read(dir.path(), core, settings);
        assert!(read(b"core", [3; 16]).unwrap_err().contains("not there"));
        let path = dir.path().join(NAME);
        std::fs::write(&path, state().to_bytes()).unwrap();
        assert_eq!(read(b"core", [3; 16]), Ok(state()));
        assert_eq!(state().owners(), [0, 0, 1, 0]);
        assert_eq!(state().texts, [[7; 4], [9; 4]]);
        assert!(
            read(b"other", [3; 16])
                .unwrap_err()
                .contains("another bundle")
        );
        assert!(read(b"core", [4; 16]).unwrap_err().contains("settings"));
    }

    #[test]
    fn every_flipped_bit_and_every_truncation_is_noticed() {
        let bytes = state().to_bytes();
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 0x10;
            assert!(State::parse(&bad).is_err(), "byte {at}");
            assert!(State::parse(&bytes[..at]).is_err(), "{at} bytes");
        }
    }

    #[test]
    fn many_files_take_few_bytes() {
        let file = |number: u32| File {
            path: number.wrapping_mul(0x9E37_79B9).to_le_bytes(),
            stamp: number.wrapping_mul(0x85EB_CA6B).to_le_bytes(),
            digest: number.wrapping_mul(0xC2B2_AE35).to_le_bytes(),
        };
        let text = |number: u32| number.wrapping_mul(0x27D4_EB2F).to_le_bytes();
        let owners: Vec<u32> = (0..10_000).collect();
        for (texts, most) in [(0, 121_000), (10_000, 161_000)] {
            let files = (0..10_000).map(file).collect();
            let texts = (0..texts).map(text).collect();
            let state = State::new(
                [3; 16],
                b"core",
                Ledger::default(),
                false,
                files,
                &owners,
                texts,
            );
            let bytes = state.to_bytes().len();
            assert!(bytes < most, "{bytes}");
        }
    }
}
