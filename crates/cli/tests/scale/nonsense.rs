//! What stands nowhere is not found, or what is found says so.

use souwen_search::SearchOptions;

use crate::archive::archive;

#[test]
fn nonsense_finds_nothing_or_says_what_it_left_out() {
    let Some(archive) = archive() else { return };
    let engine = archive.engine();
    for query in [
        "奥特曼大战区块链",
        "zzzzqqq",
        "wvxqjk",
        "龘靐齉",
        "qqzz 7777777777777",
        "螺蛳粉量子芭蕾锦标赛",
        "\"的的的的的\"",
    ] {
        let result = engine.search(query, &SearchOptions::default()).unwrap();
        let owned_up = result
            .relaxed
            .as_ref()
            .is_some_and(|relaxed| relaxed.complete == 0 && !relaxed.dropped.is_empty());
        println!("{query}: {} hits", result.total);
        assert!(
            result.hits.is_empty() || owned_up,
            "{query}: {} hits as if they held it",
            result.total
        );
        for hit in &result.hits {
            assert!(!hit.missing.is_empty(), "{query}: {}", hit.id);
        }
    }
}
