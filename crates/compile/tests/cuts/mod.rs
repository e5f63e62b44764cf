//! Two cuttings of one text, ours and jieba's, and what may account for a difference.

use std::collections::BTreeSet;
use std::ops::Range;

use jieba_rs::Jieba;
use souwen_text::{Analyser, Analysis, Class, Gap, Lexicon, classify, is_han};

/// The rules by name; each is a predicate in [`Cuts::rule`].
pub(crate) const RULES: [&str; 3] = ["latin-unit", "number-with-measure", "space-between-runs"];

/// Borders as indices into the stream.
type Borders = BTreeSet<usize>;

/// A text cut twice.
pub(crate) struct Cuts {
    analysis: Analysis,
    /// Where our words begin.
    pub(crate) ours: Borders,
    /// Where jieba's words begin.
    theirs: Borders,
    /// The same when jieba is told of the borders that are ours by rule.
    told: Borders,
}

impl Cuts {
    /// Cuts a text both ways.
    pub(crate) fn new<L: Lexicon>(analyser: &Analyser<L>, jieba: &Jieba, text: &str) -> Self {
        let analysis = analyser.analyse(text);
        let ours = starts(&analysis);
        let by_rule: Borders = analysis
            .segmentation()
            .filter(|word| !is_han(analysis.stream.chars()[word.start]))
            .flat_map(|word| [word.start, word.end])
            .chain(
                ours.iter()
                    .copied()
                    .filter(|&at| analysis.stream.gap(at) == Gap::Space),
            )
            .collect();
        let theirs = jieba_starts(analyser, &analysis, jieba, text, &Borders::new());
        let told = jieba_starts(analyser, &analysis, jieba, text, &by_rule);
        Self {
            analysis,
            ours,
            theirs,
            told,
        }
    }

    /// Our borders alone.
    pub(crate) fn borders_of<L: Lexicon>(analyser: &Analyser<L>, text: &str) -> Borders {
        starts(&analyser.analyse(text))
    }

    /// Characters of the stream.
    pub(crate) fn len(&self) -> usize {
        self.analysis.stream.len()
    }

    /// The stretches between two borders that both have, in which one has a border that the other has not.
    pub(crate) fn differences(&self) -> Vec<Range<usize>> {
        let mut common: Vec<usize> = self.ours.intersection(&self.theirs).copied().collect();
        common.push(self.len());
        let stretches = common.windows(2).map(|pair| pair[0]..pair[1]);
        let differs = |at: &Range<usize>| inside(&self.ours, at) != inside(&self.theirs, at);
        stretches.filter(differs).collect()
    }

    /// The rule that accounts for a difference, if any does.
    pub(crate) fn rule(&self, at: &Range<usize>) -> Option<&'static str> {
        let own = self.words(&self.ours, at);
        let chars = self.analysis.stream.chars();
        let digit = |word: &Range<usize>| classify(chars[word.start]) == Class::Digit;
        let has_han = |word: &Range<usize>| chars[word.clone()].iter().any(|&c| is_han(c));
        if own.len() == 1 && !has_han(&own[0]) {
            return Some("latin-unit");
        }
        if self.agrees_when_told(at) {
            if own.iter().any(|word| digit(word) && has_han(word)) {
                return Some("number-with-measure");
            }
            let space = |border: &usize| self.analysis.stream.gap(*border) == Gap::Space;
            if inside(&self.ours, at).difference(&self.theirs).any(space) {
                return Some("space-between-runs");
            }
        }
        None
    }

    /// Whether jieba, told of the borders that are ours by rule, cuts all the rest of the stretch as we do.
    fn agrees_when_told(&self, at: &Range<usize>) -> bool {
        let chars = self.analysis.stream.chars();
        let mut told = inside(&self.told, at);
        for word in self.words(&self.ours, at) {
            if !is_han(chars[word.start]) {
                told.retain(|border| !(word.start + 1..word.end).contains(border));
            }
        }
        told == inside(&self.ours, at)
    }

    /// A difference for people, with a little of what stands around it.
    pub(crate) fn show(&self, at: &Range<usize>) -> String {
        let around = at.start.saturating_sub(6)..(at.end + 6).min(self.len());
        let show = |borders: &Borders| {
            let words = self.words(borders, at);
            let words: Vec<String> = words
                .into_iter()
                .map(|w| self.analysis.stream.text(w))
                .collect();
            words.join("|")
        };
        format!(
            "…{}…: ours {}, jieba {}",
            self.analysis.stream.text(around),
            show(&self.ours),
            show(&self.theirs)
        )
    }

    /// The words of a cutting inside a stretch that begins and ends at borders of it.
    fn words(&self, borders: &Borders, at: &Range<usize>) -> Vec<Range<usize>> {
        let mut ends: Vec<usize> = borders.range(at.clone()).copied().collect();
        ends.push(at.end);
        ends.windows(2).map(|pair| pair[0]..pair[1]).collect()
    }
}

fn inside(borders: &Borders, at: &Range<usize>) -> Borders {
    borders.range(at.clone()).copied().collect()
}

fn starts(analysis: &Analysis) -> Borders {
    analysis.segmentation().map(|word| word.start).collect()
}

/// Where the words of `jieba.cut(folded text, false)` begin, as indices into the stream. The folded text keeps its
/// punctuation; what no reader sees and white space between Chinese characters are gone. At each border of `told` stands
/// a line feed more.
fn jieba_starts<L: Lexicon>(
    analyser: &Analyser<L>,
    analysis: &Analysis,
    jieba: &Jieba,
    text: &str,
    told: &Borders,
) -> Borders {
    let (mut folded, mut at) = (Vec::new(), 0);
    for original in text.chars() {
        analyser.fold().fold(original, |c| folded.push((c, at)));
        at += u32::try_from(original.len_utf16()).unwrap_or(0);
    }
    folded.retain(|&(c, _)| classify(c) != Class::Ignored);

    let stream = &analysis.stream;
    let mut given = String::new();
    // Where in `given`, in characters, each character of the stream stands.
    let mut places = Vec::new();
    let mut length = 0;
    let mut push = |c: char| {
        given.push(c);
        length += 1;
        length - 1
    };
    let mut before = None;
    for (number, &(c, at)) in folded.iter().enumerate() {
        let next = places.len();
        let in_stream =
            stream.chars().get(next) == Some(&c) && stream.span(next..next + 1).start == at;
        if in_stream {
            if told.contains(&next) {
                push('\n');
            }
            places.push(push(c));
        } else if classify(c) == Class::Space {
            let after = folded[number..]
                .iter()
                .find(|(c, _)| classify(*c) != Class::Space);
            let layout = before.is_some_and(is_han) && after.is_some_and(|&(c, _)| is_han(c));
            if !layout {
                push(' ');
            }
        } else {
            push(c);
        }
        if classify(c) != Class::Space {
            before = Some(c);
        }
    }
    assert_eq!(
        places.len(),
        stream.len(),
        "the folded text and the stream differ: {text}"
    );

    let tokens: BTreeSet<usize> = jieba
        .cut(&given, false)
        .iter()
        .map(|token| token.start)
        .collect();
    let mut after = 0;
    let mut borders = Borders::new();
    for (number, &place) in places.iter().enumerate() {
        if tokens.range(after..=place).next().is_some() {
            borders.insert(number);
        }
        after = place + 1;
    }
    borders
}
