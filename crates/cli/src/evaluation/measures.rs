//! The measures: reciprocal rank, discounted gain, recall, percentiles.

use std::collections::HashMap;

use serde::Serialize;
use souwen_text::cast;

/// Ranks that readers look at.
const PAGE: usize = 10;
/// Ranks that a second stage would look at.
const DEEP: usize = 100;

/// How good answers are, from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(crate) struct Measures {
    /// One over the rank of the first relevant document of the first ten.
    #[serde(rename = "mrr@10")]
    pub(crate) mrr_10: f64,
    /// Gain 2^relevance − 1 over the logarithm of the rank, as a share of the best possible.
    #[serde(rename = "ndcg@10")]
    pub(crate) ndcg_10: f64,
    /// Of as many relevant documents as ten places can hold, the share that is among the first ten.
    /// A query with thirty relevant documents can reach 1 as well as one with three.
    #[serde(rename = "recall@10")]
    pub(crate) recall_10: f64,
    /// Of all relevant documents, the share that is among the first ten.
    #[serde(rename = "uncappedRecall@10")]
    pub(crate) uncapped_recall_10: f64,
    /// As `recall_10`, for a hundred places.
    #[serde(rename = "recall@100")]
    pub(crate) recall_100: f64,
}

impl Measures {
    /// Those of one query: its judgments, at least one of them above 0, and the ids of the documents
    /// found, best first.
    pub(crate) fn of_query(judged: &HashMap<String, u32>, found: &[&str]) -> Self {
        let relevance: Vec<u32> = found
            .iter()
            .take(DEEP)
            .map(|&id| judged.get(id).copied().unwrap_or(0))
            .collect();
        let mut ideal: Vec<u32> = judged
            .values()
            .copied()
            .filter(|&score| score > 0)
            .collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let first = relevance.iter().take(PAGE).position(|&score| score > 0);
        let held = |depth: usize| {
            relevance
                .iter()
                .take(depth)
                .filter(|&&score| score > 0)
                .count()
        };
        let best = gain(&ideal);
        Self {
            mrr_10: first.map_or(0.0, |at| 1.0 / number(at + 1)),
            ndcg_10: if best > 0.0 {
                gain(&relevance) / best
            } else {
                0.0
            },
            recall_10: ratio(held(PAGE), ideal.len().min(PAGE)),
            uncapped_recall_10: ratio(held(PAGE), ideal.len()),
            recall_100: ratio(held(DEEP), ideal.len().min(DEEP)),
        }
    }

    /// The mean over queries.
    pub(crate) fn mean(of: &[Self]) -> Self {
        let count = number(of.len().max(1));
        let mean = |part: fn(&Self) -> f64| of.iter().map(part).sum::<f64>() / count;
        Self {
            mrr_10: mean(|own| own.mrr_10),
            ndcg_10: mean(|own| own.ndcg_10),
            recall_10: mean(|own| own.recall_10),
            uncapped_recall_10: mean(|own| own.uncapped_recall_10),
            recall_100: mean(|own| own.recall_100),
        }
    }
}

/// The discounted cumulative gain of the first ten.
fn gain(relevance: &[u32]) -> f64 {
    let term =
        |(at, &score): (usize, &u32)| (f64::from(score).exp2() - 1.0) / number(at + 2).log2();
    relevance.iter().take(PAGE).enumerate().map(term).sum()
}

/// The value that `percent` of the values do not exceed (nearest rank); 0 if there is none.
pub(crate) fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        number(part) / number(whole)
    }
}

fn number(count: usize) -> f64 {
    f64::from(cast::small(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn of_a_query() {
        let judged: HashMap<String, u32> = [("a", 2), ("b", 1), ("c", 0), ("d", 1)]
            .map(|(id, s)| (id.to_owned(), s))
            .into();
        let own = Measures::of_query(&judged, &["c", "b", "x", "a"]);
        assert!(close(own.mrr_10, 0.5));
        assert!(close(own.recall_10, 2.0 / 3.0) && close(own.recall_100, 2.0 / 3.0));
        // Gains: b 1 at rank 2, a 3 at rank 4; at best a, b, d at ranks 1, 2, 3.
        let best = 3.0 + 1.0 / 3_f64.log2() + 0.5;
        assert!(close(
            own.ndcg_10,
            (1.0 / 3_f64.log2() + 3.0 / 5_f64.log2()) / best
        ));
        let perfect = Measures::of_query(&judged, &["a", "d", "b"]);
        assert!(close(perfect.ndcg_10, 1.0) && close(perfect.mrr_10, 1.0));
    }

    #[test]
    fn ranks_beyond_ten_count_for_deep_recall_only() {
        let judged = HashMap::from([("a".to_owned(), 1)]);
        let mut found = vec!["x"; 10];
        found.push("a");
        let own = Measures::of_query(&judged, &found);
        let expected = Measures {
            recall_100: 1.0,
            ..Measures::default()
        };
        assert_eq!(own, expected);
        assert_eq!(Measures::of_query(&judged, &[]), Measures::default());
    }

    #[test]
    fn recall_asks_for_no_more_than_there_are_places_for() {
        let judged: HashMap<String, u32> = (0..20).map(|n| (n.to_string(), 1)).collect();
        let own = Measures::of_query(&judged, &["0", "1", "2", "3", "x"]);
        assert!(close(own.recall_10, 0.4) && close(own.uncapped_recall_10, 0.2));
        assert!(close(own.recall_100, 0.2));
    }

    #[test]
    fn means_and_percentiles() {
        let one = Measures {
            mrr_10: 1.0,
            ..Measures::default()
        };
        assert!(close(
            Measures::mean(&[one, Measures::default()]).mrr_10,
            0.5
        ));
        assert_eq!(Measures::mean(&[]), Measures::default());
        let values: Vec<f64> = (1..=200).map(f64::from).collect();
        for (percent, expected) in [(50, 100.0), (95, 190.0), (99, 198.0), (100, 200.0)] {
            assert!(close(percentile(&values, percent), expected));
        }
        assert!(close(percentile(&[7.0], 50), 7.0) && close(percentile(&[], 50), 0.0));
    }
}
