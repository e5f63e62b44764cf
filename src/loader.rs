//! The loader: from a bundle's URL to the verified bytes of its index.

use js_sys::{Function, JSON};
use wasm_bindgen::JsValue;

use crate::error::SouwenError;
use crate::manifest::{File, Manifest};
use crate::platform;

/// The one file of a bundle with a fixed name beside its script.
const MANIFEST: &str = "souwen.json";

/// A bundle that was opened.
#[derive(Debug)]
pub(crate) struct Bundle {
    /// Its folder, with a slash at the end.
    base: String,
    manifest: Manifest,
    index_url: String,
}

impl Bundle {
    /// Fetches a bundle's manifest and index. The manifest comes from the network if there is one,
    /// else from the cache; the index, whose name says what is in it, from the cache if it is there.
    ///
    /// # Errors
    /// `bundle-not-found`, `bundle-damaged`, `unsupported-version` or `network`.
    pub(crate) async fn fetch(url: &str) -> Result<(Self, Vec<u8>), SouwenError> {
        let folder = url.strip_suffix(MANIFEST).unwrap_or(url);
        let base = if folder.ends_with('/') {
            folder.to_owned()
        } else {
            format!("{folder}/")
        };
        let manifest_url = format!("{base}{MANIFEST}");
        let text = fetch_manifest(&manifest_url).await?;
        let json = JSON::parse(&text).map_err(|_| {
            let message = "is no JSON; perhaps the server answered with a page of its own";
            SouwenError::new(SouwenError::BUNDLE_NOT_FOUND, message).in_file(&manifest_url)
        })?;
        let manifest = Manifest::read(&json).map_err(|error| error.in_file(&manifest_url))?;
        let index_url = format!("{base}{}", manifest.index.file);
        let bundle = Self {
            base,
            manifest,
            index_url,
        };
        let bytes = bundle.load(&bundle.manifest.index).await?;
        // Only a manifest whose index is there may replace the one that works offline.
        if let Some(cache) = platform::cache().await {
            let _ =
                platform::store(&cache, &manifest_url, text.as_bytes(), "application/json").await;
            bundle.forget_old(&cache).await;
        }
        Ok((bundle, bytes))
    }

    /// The URL of its index.
    pub(crate) fn index_url(&self) -> &str {
        &self.index_url
    }

    /// Stores every file of the bundle.
    ///
    /// # Errors
    /// As [`Bundle::load`].
    pub(crate) async fn download(&self, progress: Option<&Function>) -> Result<(), SouwenError> {
        let files: Vec<&File> = self
            .manifest
            .runtime
            .iter()
            .chain([&self.manifest.index])
            .collect();
        let total: f64 = files.iter().map(|file| f64::from(file.bytes)).sum();
        let mut loaded = 0.0;
        for file in files {
            self.load(file).await?;
            loaded += f64::from(file.bytes);
            if let Some(progress) = progress {
                // What the page's own callback throws is the page's affair.
                let _ = progress.call2(&JsValue::NULL, &loaded.into(), &total.into());
            }
        }
        Ok(())
    }

    /// Gives a file's bytes, verified, and leaves them in the cache.
    async fn load(&self, file: &File) -> Result<Vec<u8>, SouwenError> {
        let url = format!("{}{}", self.base, file.file);
        let cache = platform::cache().await;
        if let Some(cache) = &cache
            && let Some(response) = platform::cached(cache, &url).await
        {
            match platform::body(&response).await {
                Ok(bytes) if check(file, &bytes).await.is_ok() => return Ok(bytes),
                // What was stored has gone bad: fetch it again.
                _ => platform::forget(cache, &url).await,
            }
        }
        let failed = |what: &str| {
            SouwenError::new(
                SouwenError::NETWORK,
                format!("{what}; check the connection and try again"),
            )
            .in_file(&url)
        };
        let response = platform::fetch(&url, false)
            .await
            .map_err(|_| failed("could not be reached"))?;
        if !response.ok() {
            let message = format!(
                "the server answered {}; upload the whole bundle folder again",
                response.status()
            );
            let code = if response.status() == 404 {
                SouwenError::BUNDLE_DAMAGED
            } else {
                SouwenError::NETWORK
            };
            return Err(SouwenError::new(code, message).in_file(&url));
        }
        let bytes = platform::body(&response)
            .await
            .map_err(|_| failed("the transfer broke off"))?;
        check(file, &bytes)
            .await
            .map_err(|error| error.in_file(&url))?;
        if let Some(cache) = &cache {
            let mime = response
                .headers()
                .get("content-type")
                .ok()
                .flatten()
                .unwrap_or_default();
            let _ = platform::store(cache, &url, &bytes, &mime).await;
        }
        Ok(bytes)
    }

    /// Drops the indexes that earlier deploys of this bundle left in the cache.
    async fn forget_old(&self, cache: &web_sys::Cache) {
        let prefix = absolute(&self.base);
        let current = absolute(&self.index_url);
        for url in platform::cached_urls(cache).await {
            let ours = url
                .strip_prefix(&prefix)
                .is_some_and(|name| name.starts_with("index-"));
            if ours && url != current {
                platform::forget(cache, &url).await;
            }
        }
    }
}

/// A URL as the cache names it.
fn absolute(url: &str) -> String {
    web_sys::Request::new_with_str(url).map_or_else(|_| url.to_owned(), |request| request.url())
}

async fn fetch_manifest(url: &str) -> Result<String, SouwenError> {
    let fetched = platform::fetch(url, true).await;
    let response = match fetched {
        Ok(response) if response.ok() => response,
        Ok(response) if response.status() == 404 || response.status() == 410 => {
            let message =
                "there is no bundle here; check the address, and that its folder was uploaded";
            return Err(SouwenError::new(SouwenError::BUNDLE_NOT_FOUND, message).in_file(url));
        }
        // No network, or a server in trouble: what was opened before still works.
        failed => match cached_manifest(url).await {
            Some(response) => response,
            None => {
                let what = failed.map_or_else(
                    |_| "could not be reached".to_owned(),
                    |response| format!("the server answered {}", response.status()),
                );
                let message = format!("{what}; check the connection and try again");
                return Err(SouwenError::new(SouwenError::NETWORK, message).in_file(url));
            }
        },
    };
    let bytes = platform::body(&response).await.map_err(|_| {
        SouwenError::new(SouwenError::NETWORK, "the transfer broke off; try again").in_file(url)
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

async fn cached_manifest(url: &str) -> Option<web_sys::Response> {
    platform::cached(&platform::cache().await?, url).await
}

/// Whether bytes are what the manifest says.
async fn check(file: &File, bytes: &[u8]) -> Result<(), SouwenError> {
    let length = bytes.len();
    let damaged = |message: String| Err(SouwenError::new(SouwenError::BUNDLE_DAMAGED, message));
    if u32::try_from(length) != Ok(file.bytes) {
        return damaged(format!(
            "has {length} bytes where the manifest says {}; upload the whole bundle folder again",
            file.bytes
        ));
    }
    match platform::sha256(bytes).await {
        Some(digest) if digest != file.sha256 => {
            damaged("is not the file that the manifest names; upload the bundle again".to_owned())
        }
        _ => Ok(()),
    }
}
