//! Bundles that the page names by the digest of their manifest.
//!
//! The manifest has the digest of the index, and that has those of its parts. Ranges have none but a
//! checksum, which keeps nobody from forging them; so of a pinned bundle whole parts are read.
//!
//! Few pages need it, so the futures that are made here are in a bundle's second wasm file, as those of
//! [`crate::kept`], and for the same reason in boxes.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::Array;
use souwen_index::{Index, Need};
use souwen_text::cast;
use wasm_bindgen::JsValue;

use crate::error::SouwenError;
use crate::kept::Due;
use crate::loader::{Bundle, Fetched};
use crate::manifest::File;
use crate::platform;
use crate::ranges::Run;
use crate::tasks::promise;

type Future<'a, T> = Pin<Box<dyn std::future::Future<Output = Result<T, SouwenError>> + 'a>>;

/// A part's number, the part, and its bytes.
type Brought = (u32, File, Vec<u8>);

/// Checks a manifest's text against digests: SHA-256 in hexadecimal digits, with white space between them.
///
/// # Errors
/// `bundle-damaged` if it has none of them, or if the page cannot tell since it is in no secure context.
pub(crate) fn check_manifest<'a>(text: &'a str, digests: &'a str) -> Future<'a, ()> {
    Box::pin(async move {
        let own = platform::sha256(text.as_bytes()).await;
        if own.is_some_and(|own| digests.split(' ').any(|named| named == own)) {
            return Ok(());
        }
        let message = "is not the one that this page's `integrity` names: it was changed, or the bundle was \
                       built again; then give the page what `souwen build` has printed";
        Err(SouwenError::new(SouwenError::BUNDLE_DAMAGED, message))
    })
}

/// Brings the parts that needs are of, each whole and verified, all at once.
///
/// # Errors
/// `network` or `bundle-damaged`.
pub(crate) fn bring<'a>(bundle: &'a Bundle, index: &'a Index, needs: &'a [Need]) -> Future<'a, ()> {
    Box::pin(async move {
        let jobs = Array::new();
        let brought: Rc<RefCell<Vec<Brought>>> = Rc::default();
        let mut parts: Vec<u32> = needs.iter().map(|need| need.part).collect();
        // They come in order.
        parts.dedup();
        for number in parts {
            let Some(file) = index.parts().get(cast::index(number)).map(File::of_part) else {
                continue;
            };
            let (bundle, brought) = (bundle.clone(), Rc::clone(&brought));
            jobs.push(&promise(Box::pin(async move {
                let bytes = bundle.load(&file).await?;
                brought.borrow_mut().push((number, file, bytes));
                Ok(JsValue::UNDEFINED)
            })));
        }
        let done = platform::all(&jobs).await;
        for (number, file, bytes) in brought.take() {
            index.supply(number, 0, &bytes)?;
            let run = Run::whole(number, bundle.url(&file), file.bytes);
            let whole = Fetched { bytes, whole: true };
            bundle.kept.put_off(Due::Run(run, whole));
        }
        // A promise that fails does so with a `SouwenError`.
        done.map_err(SouwenError::thrown)
    })
}
