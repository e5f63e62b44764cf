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

use js_sys::{Array, JSON, Set};
use souwen_index::{Index, Need};
use souwen_text::cast;
use souwen_text::digits::decimal;
use wasm_bindgen::JsValue;
use web_sys::Cache;

use crate::loader::{MANIFEST, check};
use crate::manifest::{File, Manifest};
use crate::platform;
use crate::ranges::{Fetched, Named, Run};
use crate::tasks::promise;

/// Bytes of ranges that the cache keeps of a bundle; beyond it, it begins afresh.
const BUDGET: u32 = 64 << 20;
const BYTES: &str = "application/octet-stream";
/// Beside a manifest, what the cache has of the deploy that was downloaded whole: the names of its files, each with
/// [`AFTER`] it, then [`BEFORE`] and its manifest. A site's service worker (`www/sw`) knows it, too.
const WHOLE: &str = "souwen-whole.txt";
const AFTER: char = '\n';
/// No JSON has one.
const BEFORE: char = '\0';

type Future<'a, T> = Pin<Box<dyn std::future::Future<Output = T> + 'a>>;

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

/// A bundle that was opened.
#[derive(Debug)]
pub(crate) struct Opening {
    /// Its folder, with a slash at the end.
    pub(crate) base: Rc<str>,
    pub(crate) manifest: Rc<Manifest>,
    pub(crate) manifest_text: String,
    /// The index's bytes, and its parts.
    pub(crate) index: Vec<u8>,
    pub(crate) parts: Vec<File>,
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

/// The texts of the manifests that the cache has of a folder's bundles: of the deploy that was downloaded whole, and of
/// the one that was opened last.
pub(crate) fn manifests(base: &str) -> Future<'_, Vec<String>> {
    Box::pin(async move {
        let Some(cache) = &platform::cache().await else {
            return Vec::new();
        };
        let whole = whole(cache, base).await;
        let last = text(cache, &[base, MANIFEST].concat()).await;
        let texts = [whole.map(|own| own.manifest), last];
        texts.into_iter().flatten().collect()
    })
}

/// A deploy of which every file is kept.
struct Whole {
    /// The names of its files, each with [`AFTER`] it.
    names: String,
    manifest: String,
}

/// The deploy that was downloaded whole.
async fn whole(cache: &Cache, base: &str) -> Option<Whole> {
    let text = text(cache, &[base, WHOLE].concat()).await?;
    let (names, manifest) = text.split_once(BEFORE)?;
    Some(Whole {
        names: names.to_owned(),
        manifest: manifest.to_owned(),
    })
}

async fn text(cache: &Cache, url: &str) -> Option<String> {
    let response = platform::cached(cache, url).await?;
    platform::text(&response).await.ok()
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

/// Makes a bundle the one that works without a network, unless another was downloaded whole, and drops the files of all
/// but these two.
async fn commit(cache: &Cache, opening: Opening) {
    let Opening { base, manifest, .. } = &opening;
    let index = &manifest.index;
    let index_url = [base, index.file.as_str()].concat();
    if !keep_file(index, &index_url, &opening.index).await {
        return;
    }
    let text = opening.manifest_text.as_bytes();
    let manifest_url = [base, MANIFEST].concat();
    if platform::store(cache, &manifest_url, text, "application/json")
        .await
        .is_err()
    {
        return;
    }
    let whole = whole(cache, base).await;
    let whole = whole.as_ref().map_or("", |own| &own.names);
    let files = manifest.files().chain(&opening.parts);
    let files = files.map(|file| file.file.as_str());
    let names: Vec<&str> = files.chain(whole.split(AFTER)).collect();
    sweep(cache, base, &names).await;
}

/// Makes a bundle of which every file is kept the one that works without a network, whatever is opened later, and drops
/// the files of all others. It is the one that was opened last, or nothing is done.
pub(crate) fn settle_whole<'a>(
    base: &'a str,
    index: &'a File,
    files: &'a [File],
) -> Future<'a, ()> {
    Box::pin(async move {
        let Some(cache) = &platform::cache().await else {
            return;
        };
        let manifest = text(cache, &[base, MANIFEST].concat()).await;
        // Another page may have opened the next deploy meanwhile.
        let is_own = |text: &String| {
            let manifest = JSON::parse(text).map(|json| Manifest::read(&json));
            manifest.is_ok_and(|own| own.is_ok_and(|own| own.index == *index))
        };
        let Some(manifest) = manifest.filter(is_own) else {
            return;
        };
        let names: Vec<&str> = files.iter().map(|file| file.file.as_str()).collect();
        let mut whole = String::new();
        for name in &names {
            whole.push_str(name);
            whole.push(AFTER);
        }
        whole.push(BEFORE);
        whole.push_str(&manifest);
        let url = [base, WHOLE].concat();
        if platform::store(cache, &url, whole.as_bytes(), "text/plain")
            .await
            .is_ok()
        {
            sweep(cache, base, &names).await;
        }
    })
}

/// Drops the files of a folder's bundles but some.
async fn sweep(cache: &Cache, base: &str, names: &[&str]) {
    let prefix = absolute(base);
    for url in platform::cached_urls(cache).await {
        let Some(name) = url.strip_prefix(&prefix).filter(|name| !name.contains('/')) else {
            continue;
        };
        // A range of a part is kept under the part's name and a question mark.
        let name = name.split('?').next().unwrap_or(name);
        if name != MANIFEST && name != WHOLE && !names.contains(&name) {
            platform::forget(cache, &url).await;
        }
    }
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

/// A URL as the cache names it.
fn absolute(url: &str) -> String {
    web_sys::Request::new_with_str(url).map_or_else(|_| url.to_owned(), |request| request.url())
}
