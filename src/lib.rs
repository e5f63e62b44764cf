//! Souwen in the browser: the class that JavaScript sees, and the loader that brings it an index.
//!
//! The engine itself is `souwen-search`; here is only what crosses the border: options in, results
//! and errors out, bytes from the network.
//!
//! ```js
//! import init, { Souwen } from 'souwen';
//! await init();
//! const souwen = await Souwen.open('/search/');
//! const { total, hits } = souwen.search('老城 河道', { limit: 10 });
//! ```

mod deploys;
mod error;
mod facade;
mod kept;
mod loader;
mod manifest;
mod opened;
mod options;
mod pinned;
mod platform;
mod ranges;
mod tasks;

pub use error::SouwenError;
pub use facade::Souwen;

/// Half the size of std's allocator for wasm.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The index that this build carries, if it carries one.
#[must_use]
pub fn embedded() -> Option<&'static [u8]> {
    #[cfg(feature = "embedded-index")]
    return Some(include_bytes!(concat!(env!("OUT_DIR"), "/embedded.souwen")));
    #[cfg(not(feature = "embedded-index"))]
    return None;
}
