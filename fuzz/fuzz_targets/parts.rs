//! A sound core, and parts of which some bytes are others: three bytes say where, one says what is there.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use souwen_index::Index;

static SOUND: LazyLock<(Vec<u8>, Vec<Vec<u8>>)> = LazyLock::new(souwen_fuzz::in_parts);

fuzz_target!(|edits: &[u8]| {
    let (core, parts) = &*SOUND;
    let mut parts = parts.clone();
    for &[part, high, low, byte] in edits.as_chunks::<4>().0 {
        let number = usize::from(part) % parts.len();
        let part = &mut parts[number];
        let at = usize::from(u16::from_be_bytes([high, low])) % part.len();
        part[at] = byte;
    }
    let index = Index::open(core).expect("is sound");
    for (number, part) in (0..).zip(&parts) {
        index.supply(number, 0, part).expect("is as long");
    }
    souwen_fuzz::exercise(index);
});
