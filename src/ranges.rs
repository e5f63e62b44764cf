//! Ranges of the index's parts: brought together, kept one by one.
//!
//! What a search needs are many short ranges of a few files. Neighbours are fetched as one, all
//! fetches go out together, and each range needed is kept in the cache under its part's name with
//! `?offset+length`. A host that gives no ranges gives whole parts; they are kept as files.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Array;
use souwen_index::{Index, Need};
use souwen_text::cast;
use souwen_text::digits::decimal;
use wasm_bindgen::JsValue;
use web_sys::Cache;

use crate::error::SouwenError;
use crate::loader::{answered, network};
use crate::platform;
use crate::tasks::promise;

/// Ranges that are no further apart, in bytes, are fetched as one: a request costs about as much.
const GAP: u32 = 1024;
/// Bytes of ranges that the cache keeps of a bundle; beyond it, it begins afresh.
const BUDGET: u32 = 64 << 20;
const BYTES: &str = "application/octet-stream";

/// How ranges of a bundle are brought.
#[derive(Debug, Default)]
pub(crate) struct Ranges {
    /// The URLs that the cache holds; none before they were looked up.
    kept: RefCell<Option<Vec<String>>>,
    /// Whether the host has answered a range with the whole file.
    whole: Cell<bool>,
}

/// A run of one part that is fetched at once.
#[derive(Debug, Clone)]
struct Run {
    part: u32,
    url: String,
    offset: u32,
    len: u32,
    needs: Vec<Need>,
}

/// What the cache keeps of a part, from an offset on, and what of it is needed.
#[derive(Debug)]
struct Source {
    url: String,
    offset: u32,
    needs: Vec<Need>,
}

/// The bytes that a source had; none if it has nothing any more.
type Found = (Source, Vec<u8>);

fn key(url: &str, need: &Need) -> String {
    {
        let number = |number: u32| decimal(number.into(), 0);
        [url, "?", &number(need.offset), "+", &number(need.len)].concat()
    }
}

impl Ranges {
    /// Ranges of a bundle of which the cache holds nothing.
    pub(crate) fn none_kept() -> Self {
        Self {
            kept: RefCell::new(Some(Vec::new())),
            ..Self::default()
        }
    }

    /// The cache's contents have changed otherwise than by [`Ranges::bring`].
    pub(crate) fn know_again(&self) {
        self.kept.take();
    }

    /// Brings ranges of parts; `named` gives a part's URL and its length.
    pub(crate) async fn bring(
        self: &Rc<Self>,
        index: &Index,
        named: &dyn Fn(u32) -> Option<(String, u32)>,
        needs: &[Need],
        revalidate: bool,
    ) -> Result<(), SouwenError> {
        let missing = if revalidate {
            self.forget(named, needs).await;
            needs.to_vec()
        } else if self.kept.borrow().as_ref().is_some_and(Vec::is_empty) {
            // Not to wait for a cache that has nothing: it may take as long as a request.
            needs.to_vec()
        } else {
            self.bring_kept(index, named, needs).await
        };
        self.fetch(index, named, &missing).await
    }

    /// Drops what is kept of the parts of some needs: it may be what is bad.
    async fn forget(&self, named: &dyn Fn(u32) -> Option<(String, u32)>, needs: &[Need]) {
        if let Some(cache) = &platform::cache().await {
            for (url, _) in needs.iter().filter_map(|need| named(need.part)) {
                platform::forget(cache, &url).await;
            }
        }
    }

    /// Supplies what the cache has, and gives the needs that are left.
    async fn bring_kept(
        &self,
        index: &Index,
        named: &dyn Fn(u32) -> Option<(String, u32)>,
        needs: &[Need],
    ) -> Vec<Need> {
        let Some(cache) = platform::cache().await else {
            return needs.to_vec();
        };
        self.look_up().await;
        let mut missing = Vec::new();
        let mut sources: Vec<Source> = Vec::new();
        for &need in needs {
            let Some((url, _)) = named(need.part) else {
                continue;
            };
            let own = key(&url, &need);
            let (url, offset) = if self.holds(&own) {
                (own, need.offset)
            } else if self.holds(&url) {
                (url, 0)
            } else {
                missing.push(need);
                continue;
            };
            match sources.last_mut() {
                // One reading of a whole part serves all needs of it.
                Some(last) if last.url == url => last.needs.push(need),
                _ => sources.push(Source {
                    url,
                    offset,
                    needs: vec![need],
                }),
            }
        }
        let jobs = Array::new();
        let found: Rc<RefCell<Vec<Found>>> = Rc::default();
        for source in sources {
            let (cache, found) = (cache.clone(), Rc::clone(&found));
            jobs.push(&promise(Box::pin(async move {
                let bytes = match platform::cached(&cache, &source.url).await {
                    Some(response) => platform::body(&response).await.ok(),
                    None => None,
                };
                found.borrow_mut().push((source, bytes.unwrap_or_default()));
                Ok(JsValue::UNDEFINED)
            })));
        }
        // The jobs do not fail: what is not found is fetched.
        let _ = platform::all(&jobs).await;
        for (source, bytes) in found.take() {
            let end = source.offset + cast::small(bytes.len());
            let whole = source
                .needs
                .iter()
                .all(|need| need.offset + need.len <= end);
            let part = source.needs.first().map_or(0, |need| need.part);
            if !whole || index.supply(part, source.offset, &bytes).is_err() {
                missing.extend(source.needs);
            }
        }
        // In the order of the needs again; to sort would be kilobytes of wasm.
        let lost = std::mem::take(&mut missing);
        missing.extend(needs.iter().filter(|need| lost.contains(need)));
        missing
    }

    /// Learns what the cache holds, unless that is known.
    pub(crate) async fn look_up(&self) {
        let Some(cache) = &platform::cache().await else {
            return;
        };
        if self.kept.borrow().is_some() {
            return;
        }
        let mut urls = platform::cached_urls(cache).await;
        let length = |url: &String| url.rsplit_once('+')?.1.parse().ok();
        let bytes: u32 = urls.iter().filter_map(length).fold(0, u32::saturating_add);
        if bytes > BUDGET {
            for url in urls.extract_if(.., |url| url.contains('?')) {
                platform::forget(cache, &url).await;
            }
        }
        self.kept.replace(Some(urls));
    }

    /// Whether the cache holds a URL, which may be relative.
    fn holds(&self, url: &str) -> bool {
        let kept = self.kept.borrow();
        kept.iter().flatten().any(|own| own.ends_with(url))
    }

    /// Keeps what was fetched. A cache that is full is no error of the search.
    async fn keep(&self, cache: &Cache, run: Run, own: Fetched, offset: u32) {
        let mut put = Vec::new();
        if own.whole {
            put.push((run.url, own.bytes.as_slice()));
        } else {
            for need in &run.needs {
                let start = cast::index(need.offset - offset);
                if let Some(bytes) = own.bytes.get(start..start + cast::index(need.len)) {
                    put.push((key(&run.url, need), bytes));
                }
            }
        }
        for (url, bytes) in put {
            if platform::store(cache, &url, bytes, BYTES).await.is_ok()
                && let Some(kept) = &mut *self.kept.borrow_mut()
            {
                kept.push(url);
            }
        }
    }

    async fn fetch(
        self: &Rc<Self>,
        index: &Index,
        named: &dyn Fn(u32) -> Option<(String, u32)>,
        needs: &[Need],
    ) -> Result<(), SouwenError> {
        let jobs = Array::new();
        let fetched: Rc<RefCell<Vec<(Run, Fetched)>>> = Rc::default();
        for run in self.runs(named, needs) {
            let fetched = Rc::clone(&fetched);
            jobs.push(&promise(Box::pin(async move {
                let own = fetch(&run).await?;
                fetched.borrow_mut().push((run, own));
                Ok(JsValue::UNDEFINED)
            })));
        }
        let done = platform::all(&jobs).await;
        let mut fresh = Vec::new();
        for (run, own) in fetched.take() {
            self.whole.set(self.whole.get() || own.whole);
            let offset = if own.whole { 0 } else { run.offset };
            index.supply(run.part, offset, &own.bytes)?;
            fresh.push((run, own, offset));
        }
        let ranges = Rc::clone(self);
        platform::later(Box::pin(async move {
            let Some(cache) = platform::cache().await else {
                return;
            };
            for (run, own, offset) in fresh {
                ranges.keep(&cache, run, own, offset).await;
            }
        }));
        // A promise that fails does so with a `SouwenError`.
        done.map_err(SouwenError::thrown)
    }

    /// Neighbours together; whole parts where the host gives nothing else.
    fn runs(&self, named: &dyn Fn(u32) -> Option<(String, u32)>, needs: &[Need]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for need in needs {
            let end = need.offset + need.len;
            if let Some(last) = runs.last_mut()
                && last.part == need.part
                && (self.whole.get() || need.offset <= last.offset + last.len + GAP)
            {
                last.len = last.len.max(end.saturating_sub(last.offset));
                last.needs.push(*need);
                continue;
            }
            let Some((url, bytes)) = named(need.part) else {
                continue;
            };
            let (offset, len) = match self.whole.get() {
                true => (0, bytes),
                false => (need.offset, need.len),
            };
            let (part, needs) = (need.part, vec![*need]);
            runs.push(Run {
                part,
                url,
                offset,
                len,
                needs,
            });
        }
        runs
    }
}

/// What a host gave.
#[derive(Debug)]
struct Fetched {
    bytes: Vec<u8>,
    /// Whether it is the whole part, not the range asked for.
    whole: bool,
}

async fn fetch(run: &Run) -> Result<Fetched, SouwenError> {
    let Run {
        url, offset, len, ..
    } = run;
    let response = platform::fetch_range(url, *offset, *len).await;
    let response = response.map_err(|_| network(url, "could not be reached"))?;
    let whole = response.status() == 200;
    if !response.ok() {
        let status = response.status();
        let message = answered(status, "; upload the whole bundle folder again");
        let code = match status {
            404 | 410 | 416 => SouwenError::BUNDLE_DAMAGED,
            _ => SouwenError::NETWORK,
        };
        return Err(SouwenError::new(code, message).in_file(url));
    }
    let bytes = platform::body(&response).await;
    let bytes = bytes.map_err(|_| network(url, "the transfer broke off"))?;
    let enough = cast::small(bytes.len()) >= if whole { *offset + *len } else { *len };
    if !enough {
        return Err(network(url, "the transfer broke off"));
    }
    Ok(Fetched { bytes, whole })
}
