//! How much a reader's browser has to load, and whether that is within the limits.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

/// The wasm that a bundle's first answer needs, in bytes as `brotli -11` leaves it.
const WASM_LIMIT: usize = 85_000;

/// What a page loads of a bundle of five newspaper pages, or of the demo newspaper, before its first
/// answer, in bytes as `gzip -9` leaves each file; and all of it, with what comes after the answer.
const FIRST_LIMIT: usize = 245_000;
const BUNDLE_LIMIT: usize = 296_000;

/// The element without the engine, with its words in whichever language has the most, in bytes as
/// `gzip -9` leaves each file.
const WIDGET_LIMIT: usize = 30 * 1024;

/// The bytes of one file, or of several together.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// What a file is to a page that searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The element's script.
    Widget,
    /// The element's words in another language than simplified Chinese; a page loads one such file, or none.
    Words,
    /// Loaded before the first answer.
    First,
    /// The wasm file that comes after it.
    Later,
    /// Loaded by articles' own pages, or by a service worker.
    Aside,
}

fn role(name: &str) -> Role {
    let hash = name
        .strip_prefix("souwen-")
        .and_then(|rest| rest.strip_suffix(".js"));
    match name {
        "souwen-highlight.js" | "souwen-sw.js" => Role::Aside,
        _ if name.starts_with("souwen-words-") => Role::Words,
        _ if name.starts_with("souwen-more-") => Role::Later,
        _ if hash.is_some_and(|hash| {
            hash.len() == 12 && hash.bytes().all(|b| b.is_ascii_hexdigit())
        }) =>
        {
            Role::Widget
        }
        _ => Role::First,
    }
}

/// Prints the sizes of each file of a bundle. With `check`, fails when one is over its limit.
pub(crate) fn report(bundle: &Path, check: bool) -> Result<()> {
    let mut rows = Vec::new();
    let mut total = Size::default();
    let mut first = Size::default();
    let mut wasm = 0;
    let mut widget = 0;
    let mut words = 0;
    for path in files(bundle)? {
        let size = measure(&path)?;
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let role = role(&file);
        if matches!(role, Role::Widget | Role::First | Role::Later) {
            total.add(size);
        }
        if matches!(role, Role::Widget | Role::First) {
            first.add(size);
            wasm += if file.ends_with(".wasm") {
                size.brotli
            } else {
                0
            };
        }
        match role {
            Role::Widget => widget += size.gzip,
            Role::Words => words = words.max(size.gzip),
            _ => {}
        }
        let name = path
            .strip_prefix(bundle)
            .unwrap_or(&path)
            .display()
            .to_string();
        rows.push((name, size));
    }

    println!(
        "{:>10} {:>10} {:>10}  bytes: file",
        "raw", "gzip -9", "brotli -11"
    );
    for (name, size) in &rows {
        print_row(name, *size);
    }
    print_row("before the first answer", first);
    print_row(
        &format!("all that a page loads of {}", bundle.display()),
        total,
    );
    println!(
        "limits: the first wasm file {WASM_LIMIT} brotli, before the first answer {FIRST_LIMIT} \
         gzip, all {BUNDLE_LIMIT} gzip, the element in any language {WIDGET_LIMIT} gzip (now {})",
        widget + words
    );
    let checks = [
        ("the element", widget + words, "gzip", WIDGET_LIMIT),
        ("the first wasm file", wasm, "brotli", WASM_LIMIT),
        ("before the first answer", first.gzip, "gzip", FIRST_LIMIT),
        ("all that a page loads", total.gzip, "gzip", BUNDLE_LIMIT),
    ];
    for (what, bytes, coding, limit) in checks {
        if check && bytes > limit {
            bail!("{what}: {bytes} bytes in {coding}, over {limit}");
        }
    }
    Ok(())
}

impl Size {
    fn add(&mut self, other: Self) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}

fn print_row(name: &str, size: Size) {
    println!(
        "{:>10} {:>10} {:>10}  {name}",
        size.raw, size.gzip, size.brotli
    );
}

/// All files under a folder that a page loads, in the order of their paths. Types and source
/// maps are for developers only, what updates remember is for the builder.
fn files(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("cannot list {}", dir.display()))? {
        let path = entry?.path();
        let name = path.to_string_lossy();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if ![".map", ".d.ts", ".state"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn measure(path: &Path) -> Result<Size> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Size {
        raw: bytes.len(),
        gzip: gzip(&bytes)?,
        brotli: brotli(&bytes)?,
    })
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn brotli(bytes: &[u8]) -> Result<usize> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params)?;
    Ok(out.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_by_their_names() {
        for (name, expected) in [
            ("souwen-0a1b2c3d4e5f.js", Role::Widget),
            ("souwen-words-zh-hk-0a1b2c3d4e5f.js", Role::Words),
            ("souwen-more-0a1b2c3d4e5f.wasm", Role::Later),
            ("souwen-highlight.js", Role::Aside),
            ("souwen-sw.js", Role::Aside),
            ("souwen-client.js", Role::First),
            ("souwen-worker-0a1b2c3d4e5f.js", Role::First),
            ("souwen-0a1b2c3d4e5f.wasm", Role::First),
            ("souwen.json", Role::First),
        ] {
            assert_eq!(role(name), expected, "{name}");
        }
    }

    #[test]
    fn types_and_source_maps_are_not_loaded_by_a_page() {
        let dir = std::env::temp_dir().join(format!("xtask-size-{}", std::process::id()));
        fs::create_dir_all(dir.join("b")).unwrap();
        for name in ["souwen.js", "souwen.js.map", "souwen.d.ts", "b/part.bin"] {
            fs::write(dir.join(name), "x".repeat(1000)).unwrap();
        }
        let found = files(&dir).unwrap();
        let size = measure(&dir.join("souwen.js")).unwrap();
        fs::remove_dir_all(&dir).unwrap();
        assert_eq!(found, [dir.join("b/part.bin"), dir.join("souwen.js")]);
        assert_eq!(size.raw, 1000);
        assert!(size.gzip < 50 && size.brotli < 30, "{size:?}");
    }
}
