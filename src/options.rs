//! Options as JavaScript gives them. Read by hand: derived deserialisers would weigh more than the
//! whole ranking.

use js_sys::{Array, Object, Reflect};
use souwen_search::{Filters, MAX_LIMIT, SearchOptions, Sort, Wanted};
use souwen_text::digits::decimal;
use wasm_bindgen::{JsCast, JsValue};

use crate::error::SouwenError;

fn wrong(what: &str) -> SouwenError {
    SouwenError::new(SouwenError::INVALID_ARGUMENT, what)
}

/// A property, unless it is absent.
pub(crate) fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(object, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// A whole number that fits, if a value is one.
fn whole(value: &JsValue) -> Option<u32> {
    let whole = value
        .as_f64()
        .filter(|n| *n >= 0.0 && *n <= f64::from(u32::MAX) && n.fract() == 0.0);
    #[expect(clippy::as_conversions, reason = "checked to be a u32")]
    let number = whole.map(|n| n as u32);
    number
}

/// A property that is a whole number.
pub(crate) fn whole_property(object: &JsValue, name: &str) -> Option<u32> {
    whole(&property(object, name)?)
}

/// A whole number, unless it is absent; anything else is wrong.
pub(crate) fn number(object: &JsValue, name: &str) -> Result<Option<u32>, SouwenError> {
    let Some(value) = property(object, name) else {
        return Ok(None);
    };
    whole(&value)
        .map(Some)
        .ok_or_else(|| wrong(&["`", name, "` must be a whole number, 0 or more"].concat()))
}

/// True or false, unless it is absent.
fn switch(object: &JsValue, name: &str) -> Result<Option<bool>, SouwenError> {
    let Some(value) = property(object, name) else {
        return Ok(None);
    };
    let switch = value.as_bool().map(Some);
    switch.ok_or_else(|| wrong(&["`", name, "` must be true or false"].concat()))
}

/// The options of a search that `search_as_typed` can answer: none if they ask for more than that, or
/// are wrong in any way. What is wrong [`search_options`] says, which need not be loaded for this.
pub(crate) fn plain_options(value: &JsValue) -> Option<SearchOptions> {
    let mut options = SearchOptions::default();
    if value.is_undefined() || value.is_null() {
        return Some(options);
    }
    if !value.is_object() {
        return None;
    }
    for (name, slot) in [
        ("limit", &mut options.limit),
        ("offset", &mut options.offset),
    ] {
        if let Some(value) = property(value, name) {
            *slot = whole(&value)?;
        }
    }
    for (name, slot) in [
        ("correct", &mut options.correct),
        ("facets", &mut options.facets),
    ] {
        if let Some(value) = property(value, name) {
            *slot = value.as_bool()?;
        }
    }
    let by_relevance = |sort: JsValue| sort.as_string().as_deref() == Some("relevance");
    let none = |filters: JsValue| {
        filters.is_object() && Object::keys(filters.unchecked_ref::<Object>()).length() == 0
    };
    let plain = options.limit <= MAX_LIMIT
        && property(value, "sort").is_none_or(by_relevance)
        && property(value, "filters").is_none_or(none);
    plain.then_some(options)
}

/// `{ limit, offset, sort, correct, facets, filters }`, each of which may be absent.
pub(crate) fn search_options(value: &JsValue) -> Result<SearchOptions, SouwenError> {
    let mut options = SearchOptions::default();
    if value.is_undefined() || value.is_null() {
        return Ok(options);
    }
    if !value.is_object() {
        return Err(wrong("the options must be an object"));
    }
    if let Some(limit) = number(value, "limit")? {
        if limit > MAX_LIMIT {
            return Err(wrong(
                &[
                    "`limit` must be at most ",
                    &decimal(MAX_LIMIT.into(), 0),
                    "; use `offset` to go on",
                ]
                .concat(),
            ));
        }
        options.limit = limit;
    }
    if let Some(offset) = number(value, "offset")? {
        options.offset = offset;
    }
    if let Some(sort) = property(value, "sort") {
        options.sort = match sort.as_string().as_deref() {
            Some("relevance") => Sort::Relevance,
            Some("date") => Sort::Date,
            _ => return Err(wrong("`sort` must be 'relevance' or 'date'")),
        };
    }
    options.correct = switch(value, "correct")?.unwrap_or(options.correct);
    options.facets = switch(value, "facets")?.unwrap_or(options.facets);
    if let Some(filters) = property(value, "filters") {
        if !filters.is_object() {
            return Err(wrong("`filters` must be an object"));
        }
        options.filters = read_filters(filters.unchecked_ref())?;
    }
    Ok(options)
}

fn read_filters(object: &Object) -> Result<Filters, SouwenError> {
    let mut filters = Filters::new();
    for field in Object::keys(object) {
        let name = field.as_string().unwrap_or_default();
        let Some(value) = property(object, &name) else {
            continue;
        };
        let text = |value: JsValue| {
            value.as_string().ok_or_else(|| {
                wrong(&["the values of filter `", &name, "` must be strings"].concat())
            })
        };
        let wanted = if let Some(one) = value.as_string() {
            Wanted::Any(vec![one])
        } else if Array::is_array(&value) {
            Wanted::Any(
                Array::from(&value)
                    .iter()
                    .map(text)
                    .collect::<Result<_, _>>()?,
            )
        } else {
            let end = |side| property(&value, side).map(text).transpose();
            Wanted::Range {
                from: end("from")?,
                to: end("to")?,
            }
        };
        filters.push((name, wanted));
    }
    Ok(filters)
}
