//! Any bytes as a file of each kind.
#![no_main]

use std::cell::LazyCell;
use std::fs;
use std::path::PathBuf;

use libfuzzer_sys::fuzz_target;
use souwen_corpus::{Options, read_paths};

/// Endings of the files that no other program has to read.
const KINDS: [&str; 10] = [
    "txt", "html", "md", "json", "jsonl", "csv", "tsv", "xml", "rss", "toml",
];

thread_local! {
    static FOLDER: LazyCell<PathBuf> = LazyCell::new(|| {
        let folder = std::env::temp_dir().join(format!("souwen-fuzz-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("is made");
        folder
    });
}

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, bytes)) = bytes.split_first() else {
        return;
    };
    let name = format!("page.{}", KINDS[usize::from(*kind) % KINDS.len()]);
    let file = FOLDER.with(|folder| folder.join(name));
    fs::write(&file, bytes).expect("is written");
    read_paths(
        std::slice::from_ref(&file),
        &Options::default(),
        &mut |_| {},
    );
    let _ = fs::remove_file(file);
});
