//! Errors as JavaScript sees them: `Error` objects named `SouwenError` with a stable `code`.

use js_sys::{Error, Reflect};
use souwen_index::{Fault, FormatError};
use souwen_search::SearchError;
use wasm_bindgen::JsValue;

/// What went wrong, with a code that stays and a message that says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SouwenError(Box<Told>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    code: &'static str,
    message: String,
}

impl SouwenError {
    /// There is no bundle at the address.
    pub const BUNDLE_NOT_FOUND: &'static str = "bundle-not-found";
    /// A file of the bundle is not what the bundle says it is.
    pub const BUNDLE_DAMAGED: &'static str = "bundle-damaged";
    /// The bundle is of another format version.
    pub const UNSUPPORTED_VERSION: &'static str = "unsupported-version";
    /// A file could not be fetched.
    pub const NETWORK: &'static str = "network";
    /// The browser keeps nothing for this page: no storage, or none left.
    pub const STORAGE: &'static str = "storage";
    /// There is no such article.
    pub const NOT_FOUND: &'static str = "not-found";
    /// An argument makes no sense.
    pub const INVALID_ARGUMENT: &'static str = "invalid-argument";

    /// Joins a code and a message.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self(Box::new(Told { code, message }))
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// Puts the name of the file that was read before the message.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.0.message = [file, ": ", &self.0.message].concat();
        self
    }
}

impl SouwenError {
    /// What a promise of our own was rejected with.
    pub(crate) fn thrown(value: JsValue) -> Self {
        let text = |name: &str| Reflect::get(&value, &name.into()).ok()?.as_string();
        let code = match text("code").as_deref() {
            Some(Self::BUNDLE_DAMAGED) => Self::BUNDLE_DAMAGED,
            _ => Self::NETWORK,
        };
        Self::new(code, text("message").unwrap_or_default())
    }
}

impl From<FormatError> for SouwenError {
    fn from(error: FormatError) -> Self {
        let code = match error.fault() {
            Fault::UnsupportedVersion { .. } | Fault::AnalyserMismatch => Self::UNSUPPORTED_VERSION,
            Fault::NotAnIndex | Fault::Truncated { .. } | Fault::Damaged { .. } => {
                Self::BUNDLE_DAMAGED
            }
        };
        Self::new(code, error.message())
    }
}

impl From<SearchError> for SouwenError {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Damaged(error) => error.into(),
            SearchError::Filter(error) => Self::new(Self::INVALID_ARGUMENT, error.message()),
        }
    }
}

impl From<serde_wasm_bindgen::Error> for SouwenError {
    fn from(_: serde_wasm_bindgen::Error) -> Self {
        // Results are plain data; their serialisation fails only if the engine is out of memory.
        Self::new(Self::BUNDLE_DAMAGED, "the result is too large to hand over")
    }
}

impl From<SouwenError> for JsValue {
    fn from(error: SouwenError) -> Self {
        let object = Error::new(&error.0.message);
        object.set_name("SouwenError");
        // Setting a property of a fresh error object cannot fail.
        let _ = Reflect::set(&object, &"code".into(), &error.0.code.into());
        object.into()
    }
}
