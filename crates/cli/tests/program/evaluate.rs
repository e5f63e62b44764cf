//! Measuring a bundle on queries whose answers are known.

use std::fs;

use crate::common::{bundle, folder, souwen, text};

#[test]
fn known_figures() {
    let dir = folder();
    let (queries, qrels) = (dir.path().join("q.jsonl"), dir.path().join("r.tsv"));
    let lines = [
        r#"{"_id":"1","text":"沄河大桥"}"#,
        r#"{"_id":"2","text":"头采茶"}"#,
        r#"{"_id":"3","text":"沄河 -大桥"}"#,
        r#"{"_id":"4","text":"茶农"}"#,
        r#"{"_id":"5","text":"志愿者"}"#,
    ];
    fs::write(&queries, lines.join("\n")).unwrap();
    // 1: first of one. 2: not found. 3: one of two. 4: judged irrelevant only. 5: not judged.
    let judged = "query-id\tcorpus-id\tscore\n\
        1\tbridge\t1\n2\tphoto\t1\n3\tphoto\t2\n3\tabsent\t1\n4\ttea\t0\n";
    fs::write(&qrels, judged).unwrap();
    let args = [
        "evaluate",
        bundle(),
        "--queries",
        text(&queries),
        "--qrels",
        text(&qrels),
        "--json",
    ];
    let run = souwen(args).ok();
    assert!(
        run.stderr.contains("1 article judged relevant"),
        "{}",
        run.stderr
    );
    let figures = run.json();
    let figure = |name: &str| figures[name].as_f64().unwrap();
    assert_eq!(figures["queries"], 3);
    assert_eq!(figures["unjudged"], 2);
    assert_eq!(figures["absent"], 1);
    let ndcg = (1.0 + 3.0 / (3.0 + 1.0 / 3_f64.log2())) / 3.0;
    for (name, expected) in [
        ("mrr@10", 2.0 / 3.0),
        ("ndcg@10", ndcg),
        ("recall@10", 0.5),
        ("uncappedRecall@10", 0.5),
        ("recall@100", 0.5),
    ] {
        assert!(
            (figure(name) - expected).abs() < 1e-9,
            "{name}: {} {expected}",
            figure(name)
        );
    }
    let [all @ .., json] = args;
    let [a, b, c, d, e, f] = all;
    let less = souwen([
        a,
        b,
        c,
        d,
        e,
        f,
        "--without",
        "pairs",
        "--without",
        "proximity",
        json,
    ]);
    let less = less.ok().json();
    assert_eq!(less["without"], serde_json::json!(["pairs", "proximity"]));
    assert!(figures["without"].is_null());
    let latency = &figures["latencyMs"];
    assert!(latency["p50"].as_f64().unwrap() > 0.0);
    assert!(latency["p50"].as_f64().unwrap() <= latency["p99"].as_f64().unwrap());

    let table = souwen([
        "evaluate",
        bundle(),
        "--queries",
        text(&queries),
        "--qrels",
        text(&qrels),
    ]);
    assert!(table.ok().stdout.contains("MRR@10      0.6667"));
}

#[test]
fn files_that_do_not_fit() {
    let dir = folder();
    let (queries, qrels) = (dir.path().join("q.jsonl"), dir.path().join("r.tsv"));
    let evaluate = || {
        souwen([
            "evaluate",
            bundle(),
            "--queries",
            text(&queries),
            "--qrels",
            text(&qrels),
        ])
    };
    evaluate().refused(&["q.jsonl", "no such file"]);
    fs::write(
        &queries,
        "{\"id\":\"1\",\"text\":\"沄河\"}\n{\"id\":\"2\"}\n",
    )
    .unwrap();
    evaluate().refused(&["q.jsonl:2: "]);
    fs::write(&queries, "{\"id\":\"1\",\"text\":\"沄河\"}\n").unwrap();
    fs::write(&qrels, "query-id\tcorpus-id\tscore\n1 bridge 1\n").unwrap();
    evaluate().refused(&["r.tsv:2: "]);
    fs::write(&qrels, "query-id\tcorpus-id\tscore\n9\tbridge\t1\n").unwrap();
    evaluate().refused(&["r.tsv", "q.jsonl", "ids"]);
}
