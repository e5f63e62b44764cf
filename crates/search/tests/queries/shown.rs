//! What a hit shows: headline, passage, marks.

use souwen_search::Hit;

use crate::archives::Opened;
use crate::format::{Case, OneOrMany};
use crate::gap;
use crate::verdict::Verdict;

/// A text with its marks between 【 and 】, and the texts that are marked.
fn marked(text: &str, marks: &[(u32, u32)]) -> (String, Vec<String>) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let (mut out, mut at, mut parts) = (String::new(), 0, Vec::new());
    for &(start, end) in marks {
        let (start, end) = (
            usize::try_from(start).unwrap(),
            usize::try_from(end).unwrap(),
        );
        let part = String::from_utf16_lossy(&units[start..end]);
        out.push_str(&String::from_utf16_lossy(&units[at..start]));
        out.push_str(&format!("【{part}】"));
        parts.push(part);
        at = end;
    }
    out.push_str(&String::from_utf16_lossy(&units[at..]));
    (out, parts)
}

pub(crate) fn hit(archive: &Opened, case: &Case, hit: &Hit, verdict: &mut Verdict) {
    let (title, mut parts) = marked(&hit.title.text, &hit.title.marks);
    let (snippet, of_snippet) = marked(&hit.snippet.text, &hit.snippet.marks);
    parts.extend(of_snippet);
    if let Some(wanted) = &case.title {
        verdict.equal("title", &title, wanted);
    }
    for wanted in case.snippet.iter().flat_map(OneOrMany::list) {
        let text = if wanted.contains('【') {
            &snippet
        } else {
            &hit.snippet.text
        };
        verdict.demand(text.contains(&wanted), || {
            format!("snippet: got {snippet}, wanted {wanted}")
        });
    }
    for mark in &case.marks {
        verdict.demand(parts.contains(mark), || {
            format!("marks: got {parts:?}, wanted {mark}")
        });
    }
    for mark in &case.unmarked {
        verdict.demand(!parts.contains(mark), || {
            format!("marks: got {parts:?}, not wanted {mark}")
        });
    }
    if let Some(caption) = case.caption {
        verdict.equal("caption", &hit.snippet.caption, &caption);
    }
    if let Some(similar) = &case.similar {
        let mut wanted: Vec<String> = similar
            .iter()
            .flat_map(|name| verdict.ids(archive, name))
            .collect();
        wanted.sort();
        let mut got = gap::similar(hit);
        got.sort();
        verdict.equal("similar", &got, &wanted);
    }
}
