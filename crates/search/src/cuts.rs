//! The words of a clause.

use souwen_index::Index;
use souwen_text::{Analysis, Gap, is_han, is_stop_word};

use crate::plan::Proof;

/// A word of a clause, as a run of its stream.
pub(crate) struct Cut {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) stop: bool,
    /// Whether it is a run of lone characters: probably a word that the dictionary lacks.
    pub(crate) unknown: bool,
    /// The group of words that mean the same, if it is in one.
    pub(crate) synonyms: Option<usize>,
}

impl Cut {
    fn new(start: usize, end: usize, stop: bool, unknown: bool) -> Self {
        Self {
            start,
            end,
            stop,
            unknown,
            synonyms: None,
        }
    }
}

/// The words of a clause. Lone Chinese characters side by side are taken together: names and other
/// words that the dictionary lacks are cut into such characters. A
/// number whose measure the archive does not put after it (`1700名`, where it has `1700余名`) is two
/// words.
pub(crate) fn cuts(index: &Index, analysis: &Analysis) -> Vec<Cut> {
    let stream = &analysis.stream;
    let chars = stream.chars();
    let mut cuts: Vec<Cut> = Vec::new();
    for word in analysis.segmentation() {
        let own = chars.get(word.start..word.end).unwrap_or_default();
        let stop = is_stop_word(&own.iter().collect::<String>());
        let unknown = !stop && matches!(own, &[c] if is_han(c));
        let joins = |last: &Cut| unknown && last.unknown && stream.gap(word.start) == Gap::None;
        let measure = own.iter().position(|&c| is_han(c)).filter(|&at| at > 0);
        match (cuts.last_mut(), measure) {
            (Some(last), _) if joins(last) => last.end = word.end,
            (_, Some(at)) if Proof::new(index, own).is_none() => {
                let border = word.start + at;
                cuts.push(Cut::new(word.start, border, stop, unknown));
                cuts.push(Cut::new(border, word.end, stop, unknown));
            }
            _ => cuts.push(Cut::new(word.start, word.end, stop, unknown)),
        }
    }
    join_synonyms(index, chars, cuts)
}

/// Takes the words together that are a member of a group of synonyms: the longest from the left.
fn join_synonyms(index: &Index, chars: &[char], cuts: Vec<Cut>) -> Vec<Cut> {
    let groups = index.synonyms().groups();
    if groups.is_empty() {
        return cuts;
    }
    let mut joined: Vec<Cut> = Vec::new();
    let mut done = 0;
    for cut in &cuts {
        if cut.start < done {
            continue;
        }
        let rest = chars.get(cut.start..).unwrap_or_default();
        let ends_word = |len: usize| cuts.iter().any(|own| own.end == cut.start + len);
        let mut best = Cut::new(cut.start, cut.end, cut.stop, cut.unknown);
        let mut longest = 0;
        for (number, group) in groups.iter().enumerate() {
            for member in group {
                let len = member.len();
                if len > longest && rest.starts_with(member) && ends_word(len) {
                    longest = len;
                    best = Cut::new(cut.start, cut.start + len, false, false);
                    best.synonyms = Some(number);
                }
            }
        }
        done = best.end;
        joined.push(best);
    }
    joined
}
