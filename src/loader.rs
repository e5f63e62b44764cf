//! The loader: from a bundle's URL to the verified bytes of its index.

use std::rc::Rc;

use js_sys::{Function, JSON, Uint8Array};
use souwen_index::{Index, Need};
use souwen_text::cast;
use souwen_text::digits::decimal;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::RequestInit;

use crate::deploys::{self, Opening};
use crate::error::SouwenError;
use crate::kept::{self, Due, Kept};
use crate::manifest::{File, Manifest};
use crate::options::property;
use crate::pinned;
use crate::platform;
use crate::ranges::Ranges;
use crate::tasks::spawn;

/// The manifest's name, the only one of a bundle that is fixed beside its script's.
pub(crate) const MANIFEST: &str = "souwen.json";

/// A bundle that was opened.
#[derive(Debug, Clone)]
pub(crate) struct Bundle {
    /// Its folder, with a slash at the end.
    base: Rc<str>,
    manifest: Rc<Manifest>,
    pub(crate) kept: Rc<Kept>,
    ranges: Rc<Ranges>,
    /// Whether the page has named the manifest by its digest.
    is_pinned: bool,
}

impl Bundle {
    /// Opens a bundle: fetches its manifest and its index, and lets `make` make of the index's bytes
    /// what is wanted. The manifest comes from the network if there is one; the index, whose name
    /// says what is in it, from the cache if it is there.
    ///
    /// Whatever goes wrong with what the network says, a bundle that was opened before is opened
    /// again from the cache, unless the server says outright that it is gone: the one that was downloaded
    /// whole, or else the last one. Only what has been opened replaces what is in the cache, by
    /// [`Bundle::keep`], and only what was downloaded to the end what was so before, by [`Bundle::download`].
    ///
    /// `early` may have the manifest's text and the index's bytes, if the page has fetched them while
    /// this module was on its way, and say that the cache is `fresh`: then an index that does not fit is an error,
    /// and whoever gave it is to open the bundle without it. Its `integrity` names the digests,
    /// in hexadecimal digits, of which the manifest must have one.
    ///
    /// # Errors
    /// `bundle-not-found`, `bundle-damaged`, `unsupported-version` or `network`.
    pub(crate) async fn open<T>(
        url: &str,
        early: &JsValue,
        make: impl Fn(&[u8]) -> Result<T, SouwenError>,
        index_of: impl Fn(&T) -> &Index,
    ) -> Result<(Self, T), SouwenError> {
        let folder = url.split(['?', '#']).next().unwrap_or(url);
        let folder = folder.strip_suffix(MANIFEST).unwrap_or(folder);
        let base = if folder.ends_with('/') {
            folder.to_owned()
        } else {
            [folder, "/"].concat()
        };
        let text = match property(early, "manifest").and_then(|text| text.as_string()) {
            Some(text) => Ok(text),
            None => fetch_manifest(&[&base, MANIFEST].concat()).await,
        };
        let index = property(early, "index").and_then(|bytes| bytes.dyn_into().ok());
        let fresh = property(early, "fresh").is_some_and(|fresh| fresh.is_truthy());
        let pin = property(early, "integrity").and_then(|digests| digests.as_string());
        let pin = pin.as_deref();
        let kept = Rc::new(if fresh {
            Kept::nothing()
        } else {
            Kept::default()
        });
        let error = match text {
            Ok(text) => match Self::open_as(&base, &text, pin, index, &kept, &make).await {
                Ok((bundle, made, bytes)) => {
                    let parts = index_of(&made).parts().iter().map(File::of_part);
                    kept.put_off(Due::Bundle(Opening {
                        base: Rc::clone(&bundle.base),
                        manifest: Rc::clone(&bundle.manifest),
                        manifest_text: text,
                        index: bytes,
                        parts: parts.collect(),
                    }));
                    return Ok((bundle, made));
                }
                Err(error) => error,
            },
            Err(error) if error.code() == SouwenError::BUNDLE_NOT_FOUND => return Err(error),
            Err(error) => error,
        };
        if !fresh {
            for text in deploys::manifests(&base).await {
                if let Ok((bundle, made, _)) =
                    Self::open_as(&base, &text, pin, None, &kept, &make).await
                {
                    return Ok((bundle, made));
                }
            }
        }
        Err(error)
    }

    /// Opens the bundle of a manifest, and gives its index's bytes, too.
    async fn open_as<T>(
        base: &str,
        manifest: &str,
        pin: Option<&str>,
        index: Option<Uint8Array>,
        kept: &Rc<Kept>,
        make: &impl Fn(&[u8]) -> Result<T, SouwenError>,
    ) -> Result<(Self, T, Vec<u8>), SouwenError> {
        let in_manifest = |error: SouwenError| error.in_file(&[base, MANIFEST].concat());
        if let Some(digests) = pin {
            let checked = pinned::check_manifest(manifest, digests).await;
            checked.map_err(in_manifest)?;
        }
        let json = JSON::parse(manifest).map_err(|_| {
            // A single-page site answers any address with its own page.
            let page = manifest.trim_start().starts_with('<');
            in_manifest(if page {
                let message = "is a web page, no bundle; check the address of the bundle";
                SouwenError::new(SouwenError::BUNDLE_NOT_FOUND, message)
            } else {
                let message = "is no JSON; upload the bundle's folder again";
                SouwenError::new(SouwenError::BUNDLE_DAMAGED, message)
            })
        })?;
        let manifest = Manifest::read(&json).map_err(in_manifest)?;
        let bundle = Self {
            base: base.into(),
            manifest: manifest.into(),
            kept: Rc::clone(kept),
            ranges: Ranges::new(Rc::clone(kept)).into(),
            is_pinned: pin.is_some(),
        };
        if !kept.has_nothing() {
            // Looked up while the index is on its way: the first search asks for it at once.
            spawn(Rc::clone(kept).look_up());
        }
        let own = &bundle.manifest.index;
        let given = index.map(|given| given.to_vec());
        let checked = match &given {
            Some(given) => check(own, given).await,
            None => Ok(()),
        };
        let bytes = match (given, checked) {
            (Some(given), Ok(())) => given,
            // Who gave it opens the bundle again and gives none: what loads it need not be there yet.
            (Some(_), Err(error)) if kept.has_nothing() => {
                return Err(error.in_file(&bundle.url(own)));
            }
            _ => bundle.load(own).await?,
        };
        let made = make(&bytes).map_err(|error| error.in_file(&bundle.url(own)))?;
        Ok((bundle, made, bytes))
    }

    /// Stores every file of the bundle, those of its index's parts included.
    ///
    /// # Errors
    /// As [`Bundle::load`], and `storage` if a file could not be stored.
    pub(crate) async fn download(
        &self,
        index: &Index,
        progress: Option<&Function>,
    ) -> Result<(), SouwenError> {
        let parts = index.parts().iter().map(File::of_part);
        let files: Vec<File> = self.manifest.files().cloned().chain(parts).collect();
        let total: f64 = files.iter().map(|file| f64::from(file.bytes)).sum();
        let mut loaded = 0.0;
        // What is opened comes first: by its manifest the page knows what is there.
        self.keep().await;
        // Something may be kept from now on, of an earlier download that broke off, too.
        self.kept.know_again();
        for file in &files {
            let bytes = self.load(file).await?;
            if !kept::keep_file(file, &self.url(file), &bytes).await {
                let message = "the browser keeps nothing for this page: it is not served over https, \
                               the window is a private one, or the storage is full";
                return Err(SouwenError::new(SouwenError::STORAGE, message));
            }
            loaded += f64::from(file.bytes);
            if let Some(progress) = progress {
                // What the page's own callback throws is the page's affair.
                let _ = progress.call2(&JsValue::NULL, &loaded.into(), &total.into());
            }
        }
        deploys::settle_whole(&self.base, &self.manifest.index, &files).await;
        self.kept.know_again();
        Ok(())
    }

    /// Brings ranges of the index's parts, all at once: from the cache, or from the server.
    /// `revalidate` asks the server whatever is kept.
    ///
    /// # Errors
    /// `network`, or `bundle-damaged` if a part is not there.
    pub(crate) async fn bring(
        &self,
        index: &Index,
        needs: &[Need],
        revalidate: bool,
    ) -> Result<(), SouwenError> {
        if self.is_pinned {
            return pinned::bring(self, index, needs).await;
        }
        let parts: Vec<File> = index.parts().iter().map(File::of_part).collect();
        let named = |part: u32| {
            let file = parts.get(cast::index(part))?;
            Some((self.url(file), file.bytes))
        };
        self.ranges.bring(index, &named, needs, revalidate).await
    }

    pub(crate) fn url(&self, file: &File) -> String {
        [&*self.base, &file.file].concat()
    }

    /// Gives a file's bytes, verified: from the cache, or from the server.
    ///
    /// # Errors
    /// `network` or `bundle-damaged`.
    pub(crate) async fn load(&self, file: &File) -> Result<Vec<u8>, SouwenError> {
        let url = self.url(file);
        if !self.kept.has_nothing()
            && let Some(bytes) = kept::file(file, &url).await
        {
            return Ok(bytes);
        }
        match fetch_file(file, &url, false).await {
            // Perhaps it is the browser's own copy that is bad: ask the server itself.
            Err(error) if error.code() == SouwenError::BUNDLE_DAMAGED => {
                fetch_file(file, &url, true).await
            }
            fetched => fetched,
        }
    }

    /// Keeps what was fetched since it was last kept.
    pub(crate) async fn keep(&self) {
        self.kept.keep().await;
    }
}

/// Fetches a file of the bundle and checks it.
async fn fetch_file(file: &File, url: &str, revalidate: bool) -> Result<Vec<u8>, SouwenError> {
    let Fetched { bytes, .. } = fetch(url, platform::plainly(revalidate)).await?;
    check(file, &bytes)
        .await
        .map_err(|error| error.in_file(url))?;
    Ok(bytes)
}

/// What a host gave.
#[derive(Debug)]
pub(crate) struct Fetched {
    pub(crate) bytes: Vec<u8>,
    /// Whether it is the whole file, not a range of it.
    pub(crate) whole: bool,
}

/// Fetches bytes of a file of the bundle, as `how` says.
pub(crate) async fn fetch(url: &str, how: RequestInit) -> Result<Fetched, SouwenError> {
    let response = platform::fetch(url, how)
        .await
        .map_err(|_| network(url, "could not be reached"))?;
    let status = response.status();
    if !response.ok() {
        return Err(refused(url, status));
    }
    let bytes = platform::body(&response)
        .await
        .map_err(|_| network(url, "the transfer broke off"))?;
    let whole = status == 200;
    Ok(Fetched { bytes, whole })
}

/// That a server would not give a file of the bundle.
fn refused(url: &str, status: u16) -> SouwenError {
    let (code, advice) = match status {
        404 | 410 | 416 => (
            SouwenError::BUNDLE_DAMAGED,
            "; another bundle has taken its place, or this one was not uploaded whole",
        ),
        _ => (SouwenError::NETWORK, "; try again later"),
    };
    SouwenError::new(code, answered(status, advice)).in_file(url)
}

/// That a server answered otherwise than it should.
fn answered(status: u16, advice: &str) -> String {
    let status = decimal(status.into(), 0);
    ["the server answered ", &status, advice].concat()
}

/// The network's failure to bring a file.
pub(crate) fn network(url: &str, what: &str) -> SouwenError {
    let message = [what, "; check the connection and try again"].concat();
    SouwenError::new(SouwenError::NETWORK, message).in_file(url)
}

async fn fetch_manifest(url: &str) -> Result<String, SouwenError> {
    let response = platform::fetch(url, platform::plainly(true))
        .await
        .map_err(|_| network(url, "could not be reached"))?;
    match response.status() {
        _ if response.ok() => platform::text(&response)
            .await
            .map_err(|_| network(url, "the transfer broke off")),
        404 | 410 => {
            let message =
                "there is no bundle here; check the address, and that its folder was uploaded";
            Err(SouwenError::new(SouwenError::BUNDLE_NOT_FOUND, message).in_file(url))
        }
        status => Err(network(url, &answered(status, ""))),
    }
}

/// Whether bytes are what the manifest says.
pub(crate) async fn check(file: &File, bytes: &[u8]) -> Result<(), SouwenError> {
    let length = bytes.len();
    let damaged = |message: String| Err(SouwenError::new(SouwenError::BUNDLE_DAMAGED, message));
    if u32::try_from(length) != Ok(file.bytes) {
        let message = [
            "has ",
            &decimal(cast::small(length).into(), 0),
            " bytes where the manifest says ",
            &decimal(file.bytes.into(), 0),
            "; upload the whole bundle folder again",
        ];
        return damaged(message.concat());
    }
    match platform::sha256(bytes).await {
        // A part is named by the beginning of its digest.
        Some(digest) if !digest.starts_with(&file.sha256) => {
            damaged("is not the file that the manifest names; upload the bundle again".to_owned())
        }
        _ => Ok(()),
    }
}
