//! What the browser keeps of bundles, in its Cache Storage.
//!
//! Each range needed is kept under its part's name with `?offset+length`; whole files under their own.
//! Nothing is written before the page has its answer: what is to be kept is put off until
//! [`Kept::keep`].
//!
//! Whoever never had a bundle needs none of this for a first answer, so the futures that are made here are
//! in a bundle's second wasm file, each in a box so that it is a function by itself. While
//! [`Kept::has_nothing`] says so, none is called but by `keep` and `download`, which are in that file, too.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Array, Set};
use souwen_index::{Index, Need};
use souwen_text::cast;
use souwen_text::digits::decimal;
use wasm_bindgen::JsValue;
use web_sys::Cache;

use crate::deploys::{Opening, commit};
use crate::loader::{Fetched, check};
use crate::manifest::File;
use crate::platform;
use crate::ranges::{Named, Run};
use crate::tasks::promise;

/// Bytes of ranges that the cache keeps of a bundle; beyond it, it begins afresh.
const BUDGET: u32 = 64 << 20;
const BYTES: &str = "application/octet-stream";

pub(crate) type Future<'a, T> = Pin<Box<dyn std::future::Future<Output = T> + 'a>>;

/// What of a bundle is kept, and what is to be.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// The names of the files and ranges that the cache holds, whichever folder they are of, since a name says
    /// what is in it; none before they were looked up.
    names: RefCell<Option<Set>>,
    /// Bytes of ranges among them.
    bytes: Cell<u32>,
    /// What was fetched since it was last kept.
    due: RefCell<Vec<Due>>,
}

/// Something to keep.
#[derive(Debug)]
pub(crate) enum Due {
    /// The bundle that was opened: from now on it is the one that works without a network.
    Bundle(Opening),
    /// What was fetched of a part.
    Run(Run, Fetched),
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

impl Kept {
    /// Of a bundle of which the cache holds nothing.
    pub(crate) fn nothing() -> Self {
        Self {
            names: RefCell::new(Some(Set::default())),
            ..Self::default()
        }
    }

    /// Whether it is certain that nothing is kept.
    pub(crate) fn has_nothing(&self) -> bool {
        let names = self.names.borrow();
        names.as_ref().is_some_and(|names| names.size() == 0)
    }

    /// Notes what is to be kept.
    pub(crate) fn put_off(&self, due: Due) {
        self.due.borrow_mut().push(due);
    }

    /// Keeps all that was put off. A cache that is full, or that there is none, is no error of the search.
    pub(crate) fn keep(&self) -> Future<'_, ()> {
        Box::pin(async move {
            let due = self.due.take();
            if due.is_empty() {
                return;
            }
            let Some(cache) = &platform::cache().await else {
                return;
            };
            for due in due {
                match due {
                    Due::Bundle(opening) => commit(cache, opening).await,
                    Due::Run(run, fetched) => self.keep_run(cache, run, fetched).await,
                }
            }
            if self.bytes.get() > BUDGET {
                self.know_again();
                self.know().await;
            }
        })
    }

    async fn keep_run(&self, cache: &Cache, run: Run, fetched: Fetched) {
        let mut put = Vec::new();
        if fetched.whole {
            put.push((run.url, fetched.bytes.as_slice()));
        } else {
            for need in &run.needs {
                let start = cast::index(need.offset - run.offset);
                let bytes = fetched.bytes.get(start..start + cast::index(need.len));
                put.extend(bytes.map(|bytes| (key(&run.url, need), bytes)));
            }
        }
        for (url, bytes) in put {
            if platform::store(cache, &url, bytes, BYTES).await.is_ok()
                && let Some(names) = &*self.names.borrow()
            {
                names.add(&name_of(&url).into());
                self.bytes
                    .set(self.bytes.get().saturating_add(length_of(&url)));
            }
        }
    }

    /// The cache's contents have changed otherwise than by [`Kept::keep`].
    pub(crate) fn know_again(&self) {
        self.names.take();
    }

    /// Learns what the cache holds, unless that is known.
    pub(crate) fn look_up(self: Rc<Self>) -> Future<'static, ()> {
        Box::pin(async move { self.know().await })
    }

    async fn know(&self) {
        let Some(cache) = &platform::cache().await else {
            return;
        };
        if self.names.borrow().is_some() {
            return;
        }
        let urls = platform::cached_urls(cache).await;
        let lengths = urls.iter().map(|url| length_of(url));
        let bytes = lengths.fold(0, u32::saturating_add);
        let too_much = bytes > BUDGET;
        let names = Set::default();
        for url in &urls {
            if too_much && url.contains('?') {
                platform::forget(cache, url).await;
            } else {
                names.add(&name_of(url).into());
            }
        }
        self.bytes.set(if too_much { 0 } else { bytes });
        self.names.replace(Some(names));
    }

    /// Whether the cache holds what a URL names.
    fn holds(&self, url: &str) -> bool {
        let names = self.names.borrow();
        names
            .as_ref()
            .is_some_and(|names| names.has(&name_of(url).into()))
    }

    /// Supplies an index with what the cache has, and gives the needs that are left.
    pub(crate) fn bring<'a>(
        &'a self,
        index: &'a Index,
        named: Named<'a>,
        needs: &'a [Need],
    ) -> Future<'a, Vec<Need>> {
        Box::pin(self.bring_kept(index, named, needs))
    }

    async fn bring_kept(&self, index: &Index, named: Named<'_>, needs: &[Need]) -> Vec<Need> {
        let Some(cache) = platform::cache().await else {
            return needs.to_vec();
        };
        self.know().await;
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
}

/// The bytes of a file, if the cache has it as it should be.
pub(crate) fn file<'a>(file: &'a File, url: &'a str) -> Future<'a, Option<Vec<u8>>> {
    Box::pin(async move {
        let cache = &platform::cache().await?;
        let response = platform::cached(cache, url).await?;
        match platform::body(&response).await {
            Ok(bytes) if check(file, &bytes).await.is_ok() => Some(bytes),
            // What was stored has gone bad: it is fetched again.
            _ => {
                platform::forget(cache, url).await;
                None
            }
        }
    })
}

/// Drops what is kept whole of files.
pub(crate) fn forget(urls: Vec<String>) -> Future<'static, ()> {
    Box::pin(async move {
        if let Some(cache) = &platform::cache().await {
            for url in urls {
                platform::forget(cache, &url).await;
            }
        }
    })
}

/// Whether the cache has a file, once it was put there unless it was already.
pub(crate) fn keep_file<'a>(file: &'a File, url: &'a str, bytes: &'a [u8]) -> Future<'a, bool> {
    Box::pin(async move {
        let Some(cache) = &platform::cache().await else {
            return false;
        };
        platform::cached(cache, url).await.is_some()
            || platform::store(cache, url, bytes, file.mime())
                .await
                .is_ok()
    })
}

/// The last part of a URL, a range behind it included.
fn name_of(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or(url)
}

/// Bytes of what is kept under a URL, if that is a range.
fn length_of(url: &str) -> u32 {
    let length = url
        .rsplit_once('+')
        .and_then(|(_, length)| length.parse().ok());
    length.unwrap_or(0)
}

/// What a range is kept under.
fn key(url: &str, need: &Need) -> String {
    let (offset, len) = (need.offset.into(), need.len.into());
    [url, "?", &decimal(offset, 0), "+", &decimal(len, 0)].concat()
}
