//! The class that JavaScript sees, driven as JavaScript drives it. Runs as wasm under Node.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test that cannot go on must fail"
)]

use js_sys::{Array, Object, Reflect, Uint8Array};
use souwen::Souwen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).expect("is an object")
}

fn text(value: &JsValue, name: &str) -> String {
    get(value, name)
        .as_string()
        .unwrap_or_else(|| panic!("`{name}` is no string"))
}

fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries {
        Reflect::set(&object, &(*name).into(), value).expect("is an object");
    }
    object.into()
}

fn hits(result: &JsValue) -> Array {
    Array::from(&get(result, "hits"))
}

/// The code of the error that a call must end in.
fn code<T>(result: Result<T, souwen::SouwenError>) -> String {
    let error: JsValue = match result {
        Ok(_) => panic!("must fail"),
        Err(error) => error.into(),
    };
    assert_eq!(text(&error, "name"), "SouwenError");
    assert!(text(&error, "message").len() > 20, "says what to do");
    text(&error, "code")
}

async fn embedded() -> Souwen {
    Souwen::open(JsValue::UNDEFINED, JsValue::UNDEFINED)
        .await
        .expect("this build carries an index")
}

#[wasm_bindgen_test]
async fn the_embedded_index_answers_with_nothing_to_fetch() {
    let souwen = embedded().await;
    let result = souwen
        .search("借书卡", JsValue::UNDEFINED)
        .expect("answers");
    assert_eq!(get(&result, "total"), 1);
    assert!(get(&result, "totalIsExact").is_truthy() && get(&result, "relaxed").is_null());
    assert!(get(&result, "tookMs").as_f64().is_some_and(|ms| ms >= 0.0));
    let hit = hits(&result).get(0);
    let title = get(&hit, "title");
    let mark = Array::from(&get(&title, "marks")).get(0);
    let ends: Vec<u32> = Array::from(&mark)
        .iter()
        .filter_map(|n| n.as_f64())
        .map(|n| n as u32)
        .collect();
    let marked: Vec<u16> = text(&title, "text").encode_utf16().collect();
    let marked = &marked[ends[0] as usize..ends[1] as usize];
    assert_eq!(String::from_utf16_lossy(marked), "借书卡");

    let article = souwen.document(&text(&hit, "id")).expect("is there");
    assert_eq!(text(&article, "title"), text(&title, "text"));
    assert!(Array::from(&get(&article, "paragraphs")).length() > 2);
}

#[wasm_bindgen_test]
async fn options_are_read_and_nonsense_is_refused() {
    let souwen = embedded().await;
    let dates = object(&[("from", "2025-06-01".into()), ("to", "2025-06-30".into())]);
    let options = object(&[
        ("limit", 3.into()),
        ("offset", 1.into()),
        ("sort", "date".into()),
        ("filters", object(&[("date", dates)])),
    ]);
    let result = souwen.search("", options).expect("answers");
    assert_eq!(hits(&result).length(), 3);
    assert!(
        hits(&result)
            .iter()
            .all(|hit| text(&hit, "date").starts_with("2025-06"))
    );
    for correct in [true, false] {
        let options = object(&[("correct", correct.into())]);
        let result = souwen.search("文度桥", options).expect("answers");
        let corrections: Array = get(&result, "corrections").unchecked_into();
        let first = corrections.get(0);
        assert_eq!(text(&first, "query"), "文渡桥");
        assert_eq!(get(&first, "applied").as_bool(), Some(correct));
    }
    let related = souwen.related("文渡桥", object(&[("limit", 3.into())]));
    let related: Array = related.expect("answers").unchecked_into();
    assert!((1..=3).contains(&related.length()));
    let count = object(&[("limit", 0.into()), ("facets", false.into())]);
    let result = souwen.search("会议", count).expect("answers");
    assert_eq!(hits(&result).length(), 0);
    assert!(get(&result, "total").as_f64() > Some(0.0));
    let facets: Object = get(&result, "facets").unchecked_into();
    assert_eq!(Object::keys(&facets).length(), 0);
    for (name, value) in [
        ("limit", JsValue::from(-1)),
        ("limit", JsValue::from(1.5)),
        ("limit", JsValue::from(1001)),
        ("offset", JsValue::from(f64::NAN)),
        ("sort", JsValue::from("best")),
        ("facets", JsValue::from("none")),
        ("filters", JsValue::from("section")),
        ("filters", object(&[("weather", "sunny".into())])),
        ("filters", object(&[("date", "yesterday".into())])),
    ] {
        assert_eq!(
            code(souwen.search("会议", object(&[(name, value)]))),
            "invalid-argument",
            "{name}"
        );
    }
}

#[wasm_bindgen_test]
async fn every_failure_has_its_code() {
    let souwen = embedded().await;
    assert_eq!(code(souwen.document("no-such-id")), "not-found");
    let open = |bytes: &[u8]| Souwen::open(Uint8Array::from(bytes).into(), JsValue::UNDEFINED);
    let good = souwen::embedded().expect("this build carries an index");
    assert_eq!(code(open(b"<!doctype html>").await), "bundle-damaged");
    assert_eq!(code(open(&good[..good.len() / 2]).await), "bundle-damaged");
    let mut future = good.to_vec();
    future[8] = 99;
    assert_eq!(code(open(&future).await), "unsupported-version");
    assert_eq!(
        code(Souwen::open(JsValue::from(7), JsValue::UNDEFINED).await),
        "invalid-argument"
    );
    assert!(open(good).await.is_ok());
}

#[wasm_bindgen_test]
async fn suggestions_continue_what_was_typed() {
    let souwen = embedded().await;
    let options = object(&[("limit", 4.into())]);
    let suggestions = Array::from(&souwen.suggest("沄河", options).expect("answers"));
    assert!((1..=4).contains(&suggestions.length()));
    assert!(suggestions.iter().any(|own| text(&own, "kind") == "title"));
    assert!(
        suggestions
            .iter()
            .all(|own| text(&own, "text").contains("沄河"))
    );
}
