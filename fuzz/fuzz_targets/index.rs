//! Any bytes as an index of one file. Checksums hold whatever they say: `cfg(fuzzing)` turns them off.
#![no_main]

use libfuzzer_sys::fuzz_target;
use souwen_index::Index;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(index) = Index::open(bytes) {
        souwen_fuzz::exercise(index);
    }
});
