//! Deflate, with a bound on what a few bytes may become.

use crate::error::{OrDamaged, Result, ensure};
use crate::inflate;

/// Data up to this size may expand freely; it is small either way.
const FREE: usize = 1 << 20;
/// Beyond it, to this many times its stored size. Deflate could reach 1032, and a file of a few
/// megabytes take all of a phone's memory.
const EXPANSION: usize = 64;

fn is_honest(raw: usize, stored: usize) -> bool {
    raw <= FREE.max(stored.saturating_mul(EXPANSION))
}

/// Deflates data, unless it expands further than [`inflate`] allows: then it is stored, in deflate's
/// own stored blocks.
pub(crate) fn deflate(data: &[u8]) -> Vec<u8> {
    let deflated = miniz_oxide::deflate::compress_to_vec(data, 10);
    if is_honest(data.len(), deflated.len()) {
        deflated
    } else {
        miniz_oxide::deflate::compress_to_vec(data, 0)
    }
}

/// Inflates data to exactly `raw` bytes.
pub(crate) fn inflate(data: &[u8], raw: usize, section: &'static str) -> Result<Vec<u8>> {
    ensure(
        is_honest(raw, data.len()),
        section,
        "claims to expand further than it may",
    )?;
    let bytes = inflate::inflate(data, raw).or_damaged(section, "does not inflate")?;
    ensure(
        bytes.len() == raw,
        section,
        "has another length than it claims",
    )?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(data: Vec<u8>) {
            prop_assert_eq!(inflate(&deflate(&data), data.len(), "test")?, data);
        }
    }

    #[test]
    fn what_expands_too_far_is_refused_and_never_written() {
        let zeros = vec![0; 4 << 20];
        let bomb = miniz_oxide::deflate::compress_to_vec(&zeros, 10);
        assert!(inflate(&bomb, zeros.len(), "test").is_err());
        assert_eq!(
            inflate(&deflate(&zeros), zeros.len(), "test").as_ref(),
            Ok(&zeros)
        );
        assert!(inflate(&deflate(&zeros), zeros.len() - 1, "test").is_err());
    }
}
