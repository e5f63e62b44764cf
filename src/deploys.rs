//! The deploys of a site of which the browser keeps something: the one that was opened last, and the one that was downloaded
//! whole, which is opened without a network until another download has come to its end. In the second wasm file, as `kept.rs`.

use std::rc::Rc;

use js_sys::JSON;
use web_sys::Cache;

use crate::kept::{Future, keep_file};
use crate::loader::MANIFEST;
use crate::manifest::{File, Manifest};
use crate::platform;

/// Beside a manifest, what the cache has of the deploy that was downloaded whole: the names of its files, each with
/// [`AFTER`] it, then [`BEFORE`] and its manifest. A site's service worker (`www/sw`) knows it, too.
const WHOLE: &str = "souwen-whole.txt";
const AFTER: char = '\n';
/// No JSON has one.
const BEFORE: char = '\0';

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

/// Makes a bundle the one that works without a network, unless another was downloaded whole, and drops the files of all
/// but these two.
pub(crate) async fn commit(cache: &Cache, opening: Opening) {
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

/// A URL as the cache names it.
fn absolute(url: &str) -> String {
    web_sys::Request::new_with_str(url).map_or_else(|_| url.to_owned(), |request| request.url())
}
