//! `souwen.json`: names all other files of a bundle. Only it and the two scripts that pages name have
//! fixed names.

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use souwen_index::PartDigest;

/// The manifest's file name.
pub(crate) const NAME: &str = "souwen.json";

/// The version of bundles that this program writes and reads: that of their index, so that a page with
/// another runtime learns from the manifest, before it fetches anything, that it cannot read the rest.
pub(crate) const FORMAT: u32 = souwen_index::FORMAT_VERSION;

/// What made the bundle.
pub(crate) const GENERATOR: &str = concat!("souwen ", env!("CARGO_PKG_VERSION"));

/// What a bundle holds. Fields stand in the file in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The version of the bundle.
    pub(crate) format: u32,
    /// The program that made it.
    pub(crate) generator: String,
    /// The archive's name, for people.
    pub(crate) name: String,
    /// Its language as a BCP 47 tag.
    pub(crate) language: String,
    /// Articles in the index.
    pub(crate) articles: u32,
    /// Characters of their texts, as printed.
    pub(crate) characters: u64,
    /// Terms of every kind.
    pub(crate) terms: u32,
    /// The index: all of it, or what is always loaded.
    pub(crate) index: FileEntry,
    /// The other files of a larger index, which names them.
    #[serde(default)]
    pub(crate) parts: Parts,
    /// The scripts and the wasm module that search it in a browser.
    pub(crate) runtime: Vec<FileEntry>,
}

/// The parts of an index.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Parts {
    /// How many there are.
    pub(crate) files: u32,
    /// Their bytes together.
    pub(crate) bytes: u64,
}

/// The name of a part, made of its digest.
pub(crate) fn part_name(digest: PartDigest) -> String {
    format!("part-{}.souwen", hexadecimal(&digest))
}

/// Whether a name is one of a part.
pub(crate) fn is_part(name: &str) -> bool {
    let digits = name
        .strip_prefix("part-")
        .and_then(|rest| rest.strip_suffix(".souwen"));
    digits.is_some_and(|digits| digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// The digest that a part is named by: the first bytes of its SHA-256.
pub(crate) fn part_digest(bytes: &[u8]) -> PartDigest {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    digest.first_chunk().copied().unwrap_or_default()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file of the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileEntry {
    /// Its name in the bundle's folder.
    pub(crate) file: String,
    /// Its length.
    pub(crate) bytes: u64,
    /// SHA-256 of its bytes, in lower-case hexadecimal digits.
    pub(crate) sha256: String,
}

impl FileEntry {
    /// The entry of a file of that content.
    pub(crate) fn new(file: String, content: &[u8]) -> Self {
        Self {
            file,
            bytes: length(content),
            sha256: sha256(content),
        }
    }

    /// What is wrong with a file's bytes, if anything is.
    pub(crate) fn fault(&self, content: &[u8]) -> Option<String> {
        let found = length(content);
        if found < self.bytes {
            Some(format!(
                "truncated: {found} of {} bytes are there",
                self.bytes
            ))
        } else if found > self.bytes {
            Some(format!("too long: {found} bytes instead of {}", self.bytes))
        } else if sha256(content) != self.sha256 {
            Some("its SHA-256 is not the one in souwen.json".to_owned())
        } else {
            None
        }
    }
}

impl Manifest {
    /// Reads a manifest's text.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self> {
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let broken = "not the manifest of a bundle; build the bundle again";
        // The version first: another one may have other fields.
        let version: Version = serde_json::from_slice(bytes).context(broken)?;
        if version.format != FORMAT {
            bail!(
                "bundle format {}, but this program reads format {FORMAT}; \
                 build the bundle again with this souwen, or use the souwen that made it",
                version.format
            );
        }
        let manifest: Self = serde_json::from_slice(bytes).context(broken)?;
        for entry in manifest.entries() {
            if !is_plain_name(&entry.file) {
                bail!(
                    "`{}` is not the name of a file in the bundle; {broken}",
                    entry.file
                );
            }
        }
        Ok(manifest)
    }

    /// The manifest's text.
    pub(crate) fn to_json(&self) -> Result<Vec<u8>> {
        let mut bytes =
            serde_json::to_vec_pretty(self).context("the manifest cannot be written")?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// All files but the manifest itself, the index first.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &FileEntry> {
        std::iter::once(&self.index).chain(&self.runtime)
    }
}

/// Whether a name stays in its folder wherever it is used.
pub(crate) fn is_plain_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.is_empty() && !name.starts_with('.') && name.chars().all(plain)
}

/// What pins a bundle by its manifest, in the form of the web's Subresource Integrity.
pub(crate) fn integrity(manifest: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(manifest)))
}

/// The SHA-256 of some bytes, in lower-case hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            format: FORMAT,
            generator: GENERATOR.to_owned(),
            name: "清河报".to_owned(),
            language: "zh-CN".to_owned(),
            articles: 2,
            characters: 300,
            terms: 90,
            index: FileEntry::new("index-0.souwen".to_owned(), b"abc"),
            parts: Parts {
                files: 2,
                bytes: 900,
            },
            runtime: vec![FileEntry::new("souwen.js".to_owned(), b"")],
        }
    }

    #[test]
    fn is_read_back() {
        let json = manifest().to_json().unwrap();
        assert_eq!(Manifest::parse(&json).unwrap(), manifest());
        let text = String::from_utf8(json).unwrap();
        assert!(
            text.starts_with("{\n  \"format\": 3,\n  \"generator\": \"souwen "),
            "{text}"
        );
        assert!(text.contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    #[test]
    fn other_versions_and_other_files_are_told_apart() {
        let parse = |text: &str| format!("{:#}", Manifest::parse(text.as_bytes()).unwrap_err());
        assert!(parse("{\"format\":1}").contains("bundle format 1"));
        assert!(parse("{}").contains("not the manifest"));
        assert!(parse("<html>").contains("not the manifest"));
        let mut outside = manifest();
        outside.index.file = "../secret".to_owned();
        let text = String::from_utf8(outside.to_json().unwrap()).unwrap();
        assert!(parse(&text).contains("../secret"));
    }

    #[test]
    fn an_integrity_is_as_the_web_writes_it() {
        let empty = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        assert_eq!(integrity(b""), empty);
    }

    #[test]
    fn faults_of_files() {
        let entry = FileEntry::new("a".to_owned(), b"abc");
        assert_eq!(entry.fault(b"abc"), None);
        assert!(entry.fault(b"ab").unwrap().contains("2 of 3"));
        assert!(entry.fault(b"abcd").unwrap().contains("too long"));
        assert!(entry.fault(b"abd").unwrap().contains("SHA-256"));
    }

    #[test]
    fn parts_are_told_by_their_names() {
        assert!(is_part(&part_name(part_digest(b"abc"))));
        for name in [
            "part-1.souwen",
            "part-ba7816bf8f01cfea414140de5dae2223",
            "part-ba7816bf8f01cfea.souwen",
            "index-ba7816bf8f01cfea.souwen",
        ] {
            assert!(!is_part(name), "{name}");
        }
    }

    #[test]
    fn plain_names() {
        for name in ["souwen.js", "souwen-worker-0a.js", "a_b"] {
            assert!(is_plain_name(name), "{name}");
        }
        for name in [
            "", ".", "..", "../a", "a/b", "a\\b", "C:a", ".hidden", "a b",
        ] {
            assert!(!is_plain_name(name), "{name}");
        }
    }
}
