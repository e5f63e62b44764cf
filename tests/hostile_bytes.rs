//! Bytes that are not those of an index, natively and in wasm: each is refused, or gives the right answer.
//!
//! What is wrong although every checksum holds, structure by structure, is in `crates/index/src/tests/forged.rs`,
//! and found by `cargo xtask fuzz`; here are the file's own sums put right.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

use souwen_index::{FormatError, Index};
use souwen_search::{Engine, SearchOptions};
use wasm_bindgen_test::wasm_bindgen_test;

/// Three articles, as `docs/FORMAT.md` takes them apart.
const SOUND: &[u8] = include_bytes!("../testdata/one-file.souwen");
const QUERIES: [&str; 4] = ["清河", "水清", "qinghe", "\"新桥\" OR 花"];
/// Sections, and where their entries are.
const SECTIONS: usize = 6;
const FIXED: usize = 24;
const ENTRY: usize = 36;

/// The answers of an index, one text each, or what is wrong with it.
fn answers(bytes: &[u8]) -> Result<Vec<String>, FormatError> {
    let engine = Engine::new(Index::open(bytes)?);
    let mut answers = Vec::new();
    for query in QUERIES {
        let answer = engine.search(query, &SearchOptions::default());
        engine.index().needs()?;
        let answer = answer.expect("there are no filters");
        answers.push(serde_json::to_string(&answer).expect("results are plain data"));
    }
    Ok(answers)
}

/// CRC-32 as zip and PNG have it.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |mut sum: u32, byte| {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xEDB8_8320 & 0u32.wrapping_sub(sum & 1));
        }
        sum
    })
}

fn number(bytes: &[u8], at: usize) -> usize {
    let own = bytes[at..].first_chunk().copied().expect("is there");
    usize::try_from(u64::from_le_bytes(own)).unwrap_or(usize::MAX)
}

/// Puts the sums of the sections and of the header right, as far as the header makes sense.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    for section in 0..SECTIONS {
        let entry = FIXED + section * ENTRY;
        let (offset, len) = (number(&bytes, entry + 8), number(&bytes, entry + 16));
        let own = offset
            .checked_add(len)
            .and_then(|end| bytes.get(offset..end));
        if let Some(sum) = own.map(crc32) {
            bytes[entry + 32..entry + 36].copy_from_slice(&sum.to_le_bytes());
        }
    }
    let header = FIXED + SECTIONS * ENTRY;
    let sum = crc32(&bytes[..header]);
    bytes[header..header + 4].copy_from_slice(&sum.to_le_bytes());
    bytes
}

/// Draws that are the same everywhere.
fn draws() -> impl FnMut(usize) -> usize {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    move |end| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(end).expect("fits")).expect("is below it")
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn what_is_sound_is_answered() {
    assert_eq!(sealed(SOUND.to_vec()), SOUND);
    let answers = answers(SOUND).expect("is sound");
    assert!(
        answers.iter().all(|answer| !answer.contains("\"total\":0")),
        "{answers:?}"
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn every_byte_is_checked() {
    for at in 0..SOUND.len() {
        let mut bytes = SOUND.to_vec();
        bytes[at] ^= 1 << (at % 8);
        assert!(answers(&bytes).is_err(), "byte {at}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn every_length_is_checked() {
    for len in 0..SOUND.len() {
        assert!(answers(&SOUND[..len]).is_err(), "{len} bytes");
    }
    assert!(answers(&[SOUND, b"x"].concat()).is_err());
}

#[wasm_bindgen_test(unsupported = test)]
fn every_byte_under_sums_that_hold() {
    for at in 0..SOUND.len() {
        for flip in [1 << (at % 8), 0xFF] {
            let mut bytes = SOUND.to_vec();
            bytes[at] ^= flip;
            // It may be right in another way: what counts is that there is an answer, and soon.
            let _ = answers(&sealed(bytes));
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn sections_that_changed_places() {
    for one in 0..SECTIONS {
        for other in 0..one {
            let (one, other) = (FIXED + one * ENTRY, FIXED + other * ENTRY);
            let mut entries = SOUND.to_vec();
            for step in 0..ENTRY {
                entries.swap(one + step, other + step);
            }
            assert!(answers(&sealed(entries)).is_err());
            // Only where they lie: one is taken for the other.
            let mut places = SOUND.to_vec();
            for step in 4..32 {
                places.swap(one + step, other + step);
            }
            assert!(answers(&sealed(places)).is_err());
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn pieces_in_wrong_places() {
    let mut draw = draws();
    for _ in 0..1500 {
        let mut bytes = SOUND.to_vec();
        for _ in 0..=draw(3) {
            let len = 1 + draw(64);
            let (from, to) = (draw(bytes.len() - len), draw(bytes.len() - len));
            bytes.copy_within(from..from + len, to);
        }
        let _ = answers(&sealed(bytes));
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn numbers_that_promise_too_much() {
    for section in 0..SECTIONS {
        for (field, bytes) in [(8, 8), (16, 8), (24, 8), (4, 4)] {
            for value in [u64::MAX, 1 << 62, 1 << 40, 1 << 31, 0] {
                let at = FIXED + section * ENTRY + field;
                let mut changed = SOUND.to_vec();
                changed[at..at + bytes].copy_from_slice(&value.to_le_bytes()[..bytes]);
                if changed != SOUND {
                    assert!(
                        answers(&sealed(changed)).is_err(),
                        "{section} {field} {value}"
                    );
                }
            }
        }
    }
}
