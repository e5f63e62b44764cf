//! Sorting, once. Every kind of thing that is sorted in the browser costs some kilobytes of wasm; so
//! everything there is sorted as a key and a number.

/// Sorts by key, then by number.
#[inline(never)]
pub fn sort(entries: &mut [(u64, u32)]) {
    entries.sort_unstable();
}
