//! How much a reader's browser has to load, and whether that is within the limits.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

/// The wasm that a bundle's first answer needs, in bytes as `brotli -11` leaves it.
const WASM_LIMIT: usize = 88_000;

/// What a page loads of a bundle of five newspaper pages, or of the demo newspaper, before its first
/// answer, in bytes as `gzip -9` leaves each file; and all of it, with what comes after the answer.
const FIRST_LIMIT: usize = 251_000;
const BUNDLE_LIMIT: usize = 283_000;

/// The bytes of one file, or of several together.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// What the name of a bundle's other wasm file begins with.
const LATER: &str = "souwen-more-";

/// Prints the sizes of each file of a bundle. With `check`, fails when one is over its limit.
pub(crate) fn report(bundle: &Path, check: bool) -> Result<()> {
    let mut rows = Vec::new();
    let mut total = Size::default();
    let mut wasm = 0;
    let mut first = Size::default();
    for path in files(bundle)? {
        let size = measure(&path)?;
        total.raw += size.raw;
        total.gzip += size.gzip;
        total.brotli += size.brotli;
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        if !file.starts_with(LATER) {
            first.raw += size.raw;
            first.gzip += size.gzip;
            first.brotli += size.brotli;
            wasm += if file.ends_with(".wasm") {
                size.brotli
            } else {
                0
            };
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
    print_row(&format!("the whole of {}", bundle.display()), total);
    println!(
        "limits: the first wasm file {WASM_LIMIT} brotli, before the first answer {FIRST_LIMIT} \
         gzip, the whole {BUNDLE_LIMIT} gzip"
    );
    let checks = [
        ("the first wasm file", wasm, "brotli", WASM_LIMIT),
        ("before the first answer", first.gzip, "gzip", FIRST_LIMIT),
        ("the whole bundle", total.gzip, "gzip", BUNDLE_LIMIT),
    ];
    for (what, bytes, coding, limit) in checks {
        if check && bytes > limit {
            bail!("{what}: {bytes} bytes in {coding}, over {limit}");
        }
    }
    Ok(())
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
