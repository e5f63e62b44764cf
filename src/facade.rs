//! The class that JavaScript sees.

use std::rc::Rc;

use js_sys::{Function, JSON, Promise, Reflect, Uint8Array};
use serde::ser::{self, Serialize, SerializeMap};
use serde_wasm_bindgen::Serializer;
use souwen_index::Index;
use souwen_search::Engine;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::embedded;
use crate::error::SouwenError;
use crate::loader::Bundle;
use crate::options::{number, search_options};
use crate::platform;

/// Suggestions given when no limit is.
const SUGGESTIONS: u32 = 8;

/// An opened index.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Souwen {
    engine: Engine,
    bundle: Option<Rc<Bundle>>,
}

/// What `info()` gives.
struct Info<'a>(&'a Index);

impl Serialize for Info<'_> {
    fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let meta = self.0.meta();
        // As results are: a map, not a struct.
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &meta.name)?;
        map.serialize_entry("language", &meta.language)?;
        map.serialize_entry("articles", &meta.documents)?;
        map.serialize_entry("characters", &meta.characters)?;
        map.serialize_entry("terms", &self.0.terms())?;
        map.serialize_entry("version", &souwen_index::FORMAT_VERSION)?;
        map.serialize_entry("generator", &meta.generator)?;
        map.end()
    }
}

/// Plain objects and `null`, as `JSON.parse` would give.
fn to_js(value: &impl Serialize) -> Result<JsValue, SouwenError> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

#[wasm_bindgen]
impl Souwen {
    /// Opens an index: a bundle's URL, the bytes of an index file, or, given nothing, the index that
    /// this build carries.
    ///
    /// # Errors
    /// A `SouwenError` whose `code` says what is wrong.
    pub async fn open(source: JsValue) -> Result<Self, SouwenError> {
        if let Some(url) = source.as_string() {
            let (bundle, engine) =
                Bundle::open(&url, |bytes| Ok(Engine::new(Index::open(bytes)?))).await?;
            return Ok(Self {
                engine,
                bundle: Some(Rc::new(bundle)),
            });
        }
        let engine = if source.is_undefined() || source.is_null() {
            let bytes = embedded().ok_or_else(|| {
                let message = "this build carries no index; give the URL of a bundle to open()";
                SouwenError::new(SouwenError::INVALID_ARGUMENT, message)
            })?;
            Engine::new(Index::open(bytes)?)
        } else if let Some(bytes) = source.dyn_ref::<Uint8Array>() {
            Engine::new(Index::open(&bytes.to_vec())?)
        } else {
            let message =
                "open() takes a bundle's URL, an index file's bytes as Uint8Array, or nothing";
            return Err(SouwenError::new(SouwenError::INVALID_ARGUMENT, message));
        };
        Ok(Self {
            engine,
            bundle: None,
        })
    }

    /// Searches. Any text is a query; one without words gives every article, newest first.
    ///
    /// # Errors
    /// A `SouwenError` with code `invalid-argument` for options that make no sense.
    pub fn search(&self, query: &str, options: JsValue) -> Result<JsValue, SouwenError> {
        let start = platform::now();
        let result = self.engine.search(query, &search_options(&options)?)?;
        let result = to_js(&result)?;
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&result, &"tookMs".into(), &(platform::now() - start).into());
        Ok(result)
    }

    /// Completes what was typed so far.
    ///
    /// # Errors
    /// A `SouwenError` with code `bundle-damaged` when a text does not hold together.
    pub fn suggest(&self, text: &str, options: JsValue) -> Result<JsValue, SouwenError> {
        let limit = number(&options, "limit")?.unwrap_or(SUGGESTIONS);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        to_js(&self.engine.suggest(text, limit)?)
    }

    /// Other searches that readers of a query's answer may want.
    ///
    /// # Errors
    /// A `SouwenError` with code `bundle-damaged` when a text does not hold together.
    pub fn related(&self, query: &str, options: JsValue) -> Result<JsValue, SouwenError> {
        let limit = number(&options, "limit")?.unwrap_or(SUGGESTIONS);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        to_js(&self.engine.related(query, limit)?)
    }

    /// The whole article with an id.
    ///
    /// # Errors
    /// A `SouwenError` with code `not-found`.
    pub fn document(&self, id: &str) -> Result<JsValue, SouwenError> {
        let article = self.engine.article(id)?.ok_or_else(|| {
            SouwenError::new(
                SouwenError::NOT_FOUND,
                format!("there is no article `{id}`"),
            )
        })?;
        let object = to_js(&article)?;
        // What is no JSON is left out; the index holds only what the compiler serialised.
        if let Ok(metadata) = JSON::parse(&article.metadata) {
            let _ = Reflect::set(&object, &"metadata".into(), &metadata);
        }
        Ok(object)
    }

    /// Stores every file of the bundle, so that it answers without a network from now on. Calls
    /// `progress(loaded, total)` in bytes. Does nothing for an index that came as bytes. The promise
    /// is rejected with a `SouwenError` with code `network`, `bundle-damaged`, or `storage` where the
    /// browser keeps nothing.
    pub fn download(&self, progress: Option<Function>) -> Promise {
        let bundle = self.bundle.clone();
        // Holds the bundle, not this object, which may be freed meanwhile.
        future_to_promise(async move {
            if let Some(bundle) = bundle {
                bundle.download(progress.as_ref()).await?;
            }
            Ok(JsValue::UNDEFINED)
        })
    }

    /// What the index holds: `{ name, language, articles, characters, terms, version, generator }`.
    ///
    /// # Errors
    /// None in practice; serialisation is fallible by type.
    pub fn info(&self) -> Result<JsValue, SouwenError> {
        to_js(&Info(self.engine.index()))
    }
}
