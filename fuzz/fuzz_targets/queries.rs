//! Any text as a query.
#![no_main]

use libfuzzer_sys::fuzz_target;
use souwen_index::Index;
use souwen_search::Engine;

thread_local! {
    static ENGINE: Engine = Engine::new(Index::open(&souwen_fuzz::in_one_file()).expect("is sound"));
}

fuzz_target!(|query: &str| ENGINE.with(|engine| souwen_fuzz::ask(engine, query)));
