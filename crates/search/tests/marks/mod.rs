//! What marks promise.

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use souwen_search::Engine;
use souwen_text::{Stream, is_han};

/// Marks are in order, apart, and whole characters in UTF-16.
pub(crate) fn check_order(text: &str, marks: &[(u32, u32)]) -> TestCaseResult {
    let ends = text.chars().scan(0, |at, c| {
        *at += u32::try_from(c.len_utf16()).unwrap();
        Some(*at)
    });
    let borders: Vec<u32> = std::iter::once(0).chain(ends).collect();
    let mut before = 0;
    for &(start, end) in marks {
        prop_assert!(before <= start && start < end, "{marks:?} in {text:?}");
        prop_assert!(
            borders.contains(&start) && borders.contains(&end),
            "{marks:?} in {text:?}"
        );
        before = end;
    }
    Ok(())
}

/// Which characters of a stream belong to an occurrence of any of the needles; of a character that folds to several
/// (㎡) all do when one does.
fn covered(stream: &Stream, needles: &[Vec<char>]) -> Vec<bool> {
    let mut covered = vec![false; stream.len()];
    for needle in needles.iter().filter(|needle| !needle.is_empty()) {
        let starts = (0..stream.len()).filter(|&at| stream.chars()[at..].starts_with(needle));
        starts.for_each(|at| covered[at..at + needle.len()].fill(true));
    }
    let spans: Vec<_> = (0..stream.len())
        .map(|at| stream.span(at..at + 1))
        .collect();
    let same = |at: &usize| {
        spans
            .iter()
            .zip(&covered)
            .any(|(span, &own)| own && *span == spans[*at])
    };
    (0..stream.len()).map(|at| same(&at)).collect()
}

/// Marks hold nothing but words (or a number without its measure) and whole clauses of the query; in a headline every clause that stands there whole.
pub(crate) fn check_marks(
    engine: &Engine,
    clauses: &[String],
    text: &str,
    marks: &[(u32, u32)],
    headline: bool,
) -> TestCaseResult {
    check_order(text, marks)?;
    let analyser = engine.index().analyser();
    let (mut whole, mut parts) = (Vec::new(), Vec::new());
    for clause in clauses {
        let analysis = analyser.analyse(clause);
        parts.push(analysis.stream.chars().to_vec());
        // In quotation marks it is a phrase: not every run of its characters is one, as in “12” and ½.
        if !clause.starts_with(['“', '「']) {
            whole.push(analysis.stream.chars().to_vec());
        }
        for word in analysis.segmentation() {
            let chars: Vec<char> = analysis.text(word).chars().collect();
            // A number and its measure are two words where the archive never joins them.
            let border = chars.iter().position(|&c| is_han(c)).unwrap_or(0);
            parts.extend([chars[..border].to_vec(), chars[border..].to_vec(), chars]);
        }
        parts.retain(|part| !part.is_empty());
    }
    let stream = analyser.stream(text);
    let (may, must) = (covered(&stream, &parts), covered(&stream, &whole));
    let cut = if headline {
        Vec::new()
    } else {
        cut_off(stream.chars(), &parts)
    };
    for at in 0..stream.len() {
        let span = stream.span(at..at + 1);
        let marked = marks
            .iter()
            .any(|&(start, end)| start <= span.start && span.end <= end);
        prop_assert!(
            !marked || may[at] || cut.get(at) == Some(&true),
            "{clauses:?} marks {marks:?} in {text:?}"
        );
        prop_assert!(
            marked || !(headline && must[at]),
            "{clauses:?} marks {marks:?} in {text:?}"
        );
    }
    Ok(())
}

/// Which characters of a passage may be what its edges left of a part: the end of one at its beginning, the beginning of
/// one at its end, the middle of one that is longer than the passage.
fn cut_off(passage: &[char], parts: &[Vec<char>]) -> Vec<bool> {
    let mut cut = vec![false; passage.len()];
    for part in parts {
        if !passage.is_empty() && part.windows(passage.len()).any(|window| window == passage) {
            cut.fill(true);
        }
        for border in 1..part.len() {
            let (head, tail) = part.split_at(border);
            if passage.starts_with(tail) {
                cut[..tail.len()].fill(true);
            }
            if passage.ends_with(head) {
                cut[passage.len() - head.len()..].fill(true);
            }
        }
    }
    cut
}
