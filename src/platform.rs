//! What browsers, workers and Node have in common, and what only some of them have.

use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use souwen_text::digits::{decimal, hexadecimal};
use wasm_bindgen::prelude::*;
use web_sys::{Cache, CacheStorage, Request, RequestCache, RequestInit, Response, SubtleCrypto};

use crate::tasks::end_of;

/// The cache that holds bundles. The name changes when what is stored in it changes shape; the
/// client's `early.ts` knows it too.
const CACHE: &str = "souwen-1";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch, catch)]
    fn fetch_with(url: &str, init: &RequestInit) -> Result<Promise, JsValue>;

    #[wasm_bindgen(thread_local_v2, js_name = globalThis)]
    static GLOBAL: JsValue;

    /// Milliseconds since some moment; only differences mean something.
    #[wasm_bindgen(js_namespace = performance)]
    pub(crate) fn now() -> f64;
}

/// Fetches a URL as `how` says.
pub(crate) async fn fetch(url: &str, how: RequestInit) -> Result<Response, JsValue> {
    end_of(fetch_with(url, &how)?).await?.dyn_into()
}

/// Takes the copy that the browser holds, unless it is to `revalidate` it.
pub(crate) fn plainly(revalidate: bool) -> RequestInit {
    let init = RequestInit::new();
    if revalidate {
        init.set_cache(RequestCache::NoCache);
    }
    init
}

/// Asks for a range of bytes. A host that gives no ranges gives all of them.
///
/// Past the browser's own cache: that lets only one request for a URL go out at a time, and a search
/// asks for many ranges of one part. Souwen's cache keeps them.
pub(crate) fn by_range(offset: u32, len: u32) -> RequestInit {
    let headers = Object::new();
    let last = offset.saturating_add(len).saturating_sub(1);
    let number = |number: u32| decimal(number.into(), 0);
    let range = ["bytes=", &number(offset), "-", &number(last)].concat();
    // A plain object takes whatever it is given.
    let _ = Reflect::set(&headers, &"range".into(), &range.into());
    let init = RequestInit::new();
    init.set_headers(&headers);
    init.set_cache(RequestCache::NoStore);
    init
}

/// Waits for all of some promises; the first that fails fails all.
pub(crate) async fn all(promises: &Array) -> Result<(), JsValue> {
    end_of(Promise::all(promises)).await.map(drop)
}

/// A response's body.
pub(crate) async fn body(response: &Response) -> Result<Vec<u8>, JsValue> {
    let buffer: ArrayBuffer = end_of(response.array_buffer()?).await?.dyn_into()?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// A response's body as text.
pub(crate) async fn text(response: &Response) -> Result<String, JsValue> {
    let text = end_of(response.text()?).await?;
    Ok(text.as_string().unwrap_or_default())
}

/// A property of the global object, where there is such a thing.
fn global_object(name: &str) -> Option<JsValue> {
    let value = GLOBAL
        .with(|global| Reflect::get(global, &name.into()))
        .ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// Souwen's cache. None where there is no Cache Storage (plain http, private windows, Node): the
/// browser's own cache must do there.
pub(crate) async fn cache() -> Option<Cache> {
    let caches: CacheStorage = global_object("caches")?.unchecked_into();
    end_of(caches.open(CACHE)).await.ok()?.dyn_into().ok()
}

/// What the cache holds under a URL.
pub(crate) async fn cached(cache: &Cache, url: &str) -> Option<Response> {
    end_of(cache.match_with_str(url))
        .await
        .ok()?
        .dyn_into()
        .ok()
}

/// Puts bytes into the cache. A full or forbidden cache is no error of the search.
pub(crate) async fn store(
    cache: &Cache,
    url: &str,
    bytes: &[u8],
    mime: &str,
) -> Result<(), JsValue> {
    let headers = Object::new();
    Reflect::set(&headers, &"content-type".into(), &mime.into())?;
    let init = web_sys::ResponseInit::new();
    init.set_headers(&headers);
    let body = Uint8Array::from(bytes);
    let response = Response::new_with_opt_js_u8_array_and_init(Some(&body), &init)?;
    end_of(cache.put_with_str(url, &response)).await?;
    Ok(())
}

/// Drops what the cache holds under a URL.
pub(crate) async fn forget(cache: &Cache, url: &str) {
    // Whether it was there or not, it is gone.
    let _ = end_of(cache.delete_with_str(url)).await;
}

/// The URLs that the cache holds.
pub(crate) async fn cached_urls(cache: &Cache) -> Vec<String> {
    let Ok(keys) = end_of(cache.keys()).await else {
        return Vec::new();
    };
    let requests = js_sys::Array::from(&keys);
    requests
        .iter()
        .filter_map(|request| Some(request.dyn_into::<Request>().ok()?.url()))
        .collect()
}

/// SHA-256 in hexadecimal. None where the page is not in a secure context: there the index's own
/// checksums must do.
pub(crate) async fn sha256(bytes: &[u8]) -> Option<String> {
    let subtle = Reflect::get(&global_object("crypto")?, &"subtle".into()).ok()?;
    if subtle.is_undefined() {
        return None;
    }
    let subtle: SubtleCrypto = subtle.unchecked_into();
    let data = Uint8Array::from(bytes);
    let digest = subtle
        .digest_with_str_and_buffer_source("SHA-256", &data)
        .ok()?;
    let digest: ArrayBuffer = end_of(digest).await.ok()?.dyn_into().ok()?;
    Some(hexadecimal(&Uint8Array::new(&digest).to_vec()))
}
