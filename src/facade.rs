//! The class that JavaScript sees.

use std::rc::Rc;

use js_sys::{Function, JSON, Promise, Reflect, Uint8Array};
use serde::ser::{self, Serialize, SerializeMap};
use serde_wasm_bindgen::Serializer;
use souwen_index::Index;
use souwen_search::{Engine, Number, SearchResult};
use souwen_text::cast;
use wasm_bindgen::prelude::*;

use crate::embedded;
use crate::error::SouwenError;
use crate::loader::Bundle;
use crate::opened::Opened;
use crate::options::{number, plain_options, search_options, whole_property};
use crate::platform;
use crate::tasks::promise;

/// Suggestions given when no limit is.
const SUGGESTIONS: u32 = 8;

/// An opened index.
///
/// Of an index in parts, what a call needs may not be there yet. `search`, `suggest`, `related` and
/// `document` then give `undefined`; after `await bring()` they are called again, until they answer:
///
/// ```js
/// let result;
/// while ((result = souwen.search(query)) === undefined) await souwen.bring();
/// ```
///
/// A bundle's runtime has two wasm files. What only `search`, `suggest`, `related`, `document`, `keep` and
/// `download` need is in the second one, and what `open` needs unless the browser's cache is `fresh`; while
/// that is not there, they must not be called, and `searchAsTyped` must do.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Souwen {
    opened: Rc<Opened>,
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
        map.serialize_entry("articles", &self.0.articles())?;
        map.serialize_entry("characters", &Number(meta.characters))?;
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

/// A result, with the time since `start`.
#[inline(never)]
fn shown(result: &SearchResult, start: f64) -> Result<JsValue, SouwenError> {
    let object = to_js(result)?;
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&object, &"tookMs".into(), &(platform::now() - start).into());
    Ok(object)
}

#[wasm_bindgen]
impl Souwen {
    /// Opens an index: a bundle's URL, the bytes of an index file, or, given nothing, the index that
    /// this build carries.
    ///
    /// `early` may be `{ manifest, index, fresh, integrity, memory }`: the text of the bundle's `souwen.json` and the bytes
    /// of the index that it names, which are then not fetched again, whether the browser's cache of
    /// bundles does not exist yet, which is then not looked into, the SHA-256 that the manifest must
    /// have (hexadecimal digits; several with spaces between them), and how many bytes of what is fetched are
    /// kept in memory. Any of them may be absent. The promise
    /// is rejected with a `SouwenError` whose `code` says what is wrong.
    #[wasm_bindgen(js_name = open, unchecked_return_type = "Promise<Souwen>")]
    pub fn open_in_js(source: JsValue, early: JsValue) -> Promise {
        promise(Box::pin(async move {
            let opened = Self::open(source, early).await?;
            Ok(opened.into())
        }))
    }

    /// Fetches what the last call that gave `undefined` needs, all of it at once. The promise is
    /// rejected with a `SouwenError` with code `network` or `bundle-damaged`.
    pub fn bring(&self) -> Promise {
        let opened = Rc::clone(&self.opened);
        // Taken now: another call may need something else by the time the future runs.
        let needs = opened.take_needs();
        promise(Box::pin(async move {
            opened.bring(needs).await?;
            Ok(JsValue::UNDEFINED)
        }))
    }

    /// What `search` gives to a query of nothing but words, by relevance and without filters, that stand in
    /// the archive as they were typed. In all other cases `null`: `search` answers then, or says what is
    /// wrong.
    ///
    /// # Errors
    /// A `SouwenError` with code `bundle-damaged` when a text does not hold together.
    #[wasm_bindgen(js_name = searchAsTyped)]
    pub fn search_as_typed(&self, query: &str, options: JsValue) -> Result<JsValue, SouwenError> {
        let start = platform::now();
        let Some(options) = plain_options(&options) else {
            return Ok(JsValue::NULL);
        };
        let ask = |engine: &Engine| Ok(engine.search_as_typed(query, &options)?);
        match self.opened.ask(ask)? {
            Some(Some(result)) => shown(&result, start),
            Some(None) => Ok(JsValue::NULL),
            None => Ok(JsValue::UNDEFINED),
        }
    }

    /// Searches. Any text is a query; one without words gives every article, newest first.
    ///
    /// # Errors
    /// A `SouwenError` with code `invalid-argument` for options that make no sense.
    pub fn search(&self, query: &str, options: JsValue) -> Result<JsValue, SouwenError> {
        let start = platform::now();
        let options = search_options(&options)?;
        match self
            .opened
            .ask(|engine| Ok(engine.search(query, &options)?))?
        {
            Some(result) => shown(&result, start),
            None => Ok(JsValue::UNDEFINED),
        }
    }

    /// Completes what was typed so far.
    ///
    /// # Errors
    /// A `SouwenError` with code `bundle-damaged` when a text does not hold together.
    pub fn suggest(&self, text: &str, options: JsValue) -> Result<JsValue, SouwenError> {
        let limit = number(&options, "limit")?.unwrap_or(SUGGESTIONS);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.answer(|engine| Ok(engine.suggest(text, limit)?))
    }

    /// Other searches that readers of a query's answer may want.
    ///
    /// # Errors
    /// A `SouwenError` with code `bundle-damaged` when a text does not hold together.
    pub fn related(&self, query: &str, options: JsValue) -> Result<JsValue, SouwenError> {
        let limit = number(&options, "limit")?.unwrap_or(SUGGESTIONS);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.answer(|engine| Ok(engine.related(query, limit)?))
    }

    /// The whole article with an id.
    ///
    /// # Errors
    /// A `SouwenError` with code `not-found`.
    pub fn document(&self, id: &str) -> Result<JsValue, SouwenError> {
        let Some(article) = self.opened.ask(|engine| Ok(engine.article(id)?))? else {
            return Ok(JsValue::UNDEFINED);
        };
        let article = article.ok_or_else(|| {
            SouwenError::new(
                SouwenError::NOT_FOUND,
                ["there is no article `", id, "`"].concat(),
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
        let opened = Rc::clone(&self.opened);
        // Holds what is opened, not this object, which may be freed meanwhile.
        promise(Box::pin(async move {
            opened.download(progress.as_ref()).await?;
            Ok(JsValue::UNDEFINED)
        }))
    }

    /// Puts what was fetched since the last call into the browser's cache, so that it need not be fetched
    /// again, and works without a network: to be called when the page has had its answer. Does nothing where
    /// there is no Cache Storage. The promise is not rejected.
    pub fn keep(&self) -> Promise {
        let opened = Rc::clone(&self.opened);
        promise(Box::pin(async move {
            opened.keep().await;
            Ok(JsValue::UNDEFINED)
        }))
    }

    /// What the index holds: `{ name, language, articles, characters, terms, version, generator }`.
    ///
    /// # Errors
    /// None in practice; serialisation is fallible by type.
    pub fn info(&self) -> Result<JsValue, SouwenError> {
        to_js(&Info(self.opened.index()))
    }
}

impl Souwen {
    /// Opens an index: a bundle's URL, the bytes of an index file, or, given nothing, the index that
    /// this build carries.
    ///
    /// `early` is what [`Souwen::open_in_js`] takes.
    ///
    /// # Errors
    /// A `SouwenError` whose `code` says what is wrong.
    pub async fn open(source: JsValue, early: JsValue) -> Result<Self, SouwenError> {
        if let Some(url) = source.as_string() {
            let (bundle, engine) = Bundle::open(
                &url,
                &early,
                |bytes| Ok(Engine::new(Index::open(bytes)?)),
                Engine::index,
            )
            .await?;
            if let Some(bytes) = whole_property(&early, "memory") {
                engine.index().keep_at_most(cast::index(bytes));
            }
            let opened = Rc::new(Opened::new(engine, Some(bundle)));
            return Ok(Self { opened });
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
        let opened = Rc::new(Opened::new(engine, None));
        Ok(Self { opened })
    }

    /// What the engine says, or `undefined` if it lacks something.
    fn answer<T: Serialize>(
        &self,
        ask: impl Fn(&Engine) -> Result<T, SouwenError>,
    ) -> Result<JsValue, SouwenError> {
        match self.opened.ask(ask)? {
            Some(answer) => to_js(&answer),
            None => Ok(JsValue::UNDEFINED),
        }
    }
}
