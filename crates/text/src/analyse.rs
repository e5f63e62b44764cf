//! The one analyser: text → stream and words. The archive and every query go through it.

use crate::class::Class;
use crate::fold::FoldTable;
use crate::lexicon::{Lexicon, Probe};
use crate::numbers;
use crate::segment;
use crate::stream::{Gap, Stream};

/// A word: a run of the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its first character, as an index into the stream.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// Whether it lies inside a longer word of the segmentation (search mode's sub-words).
    pub inner: bool,
}

/// A text as a search sees it.
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    /// The characters that count. Every two adjacent ones are a pair, also across word borders.
    pub stream: Stream,
    /// The words in order; an inner word follows the word that holds it.
    pub words: Vec<Word>,
}

impl Analysis {
    /// The words of the segmentation proper, without inner ones.
    pub fn segmentation(&self) -> impl Iterator<Item = Word> {
        self.words.iter().copied().filter(|word| !word.inner)
    }

    /// The text of a word.
    #[must_use]
    pub fn text(&self, word: Word) -> String {
        self.stream.text(word.start..word.end)
    }
}

/// Folding and dictionary together: all that decides how a text is cut. Both come from the index,
/// so that a query is cut by the very data that cut the archive.
#[derive(Debug, Clone)]
pub struct Analyser<L> {
    fold: FoldTable,
    dictionary: L,
}

/// Text that makes every rule of the analyser speak, for [`fingerprint`].
const PROBE: &str = "本报讯（记者 甲乙）12月17日，“五星”支部Ｃ＋＋、5G与EOD 无 废 产 业 园共2.77亿元、\
    1,984户、1700余名党员干部，研究生命起源；中华人民共和国成立75周年，PM2.5降至35微克。\
    服务沉到家门口 支部建在小区里 open ai 時代務實皇后後來㎡①Ⅲé";

/// The dictionary and the fold table that the fingerprint is taken with: enough for every rule, and
/// the same for every archive, whose own tables are under its checksums.
const WORDS: &[(&str, u16)] = &[
    ("中华", 20_000),
    ("中华人民共和国", 21_000),
    ("产业", 19_000),
    ("产业园", 22_000),
    ("人民", 18_000),
    ("命", 25_000),
    ("服务", 19_000),
    ("生命", 21_000),
    ("研究", 19_000),
    ("研究生", 22_000),
    ("起源", 23_000),
];
const FOLDS: &[(char, &str)] = &[
    ('Ⅲ', "iii"),
    ('①', "1"),
    ('㎡', "m2"),
    ('務', "务"),
    ('時', "时"),
];

/// What [`fingerprint`] gives: a number that changes when any rule of the analyser changes. An index
/// stores it, and `open` refuses an index that was cut otherwise. Written down, since a page's wasm
/// would otherwise carry a second analyser, only to find it out; tests compare the two, natively and in
/// wasm.
pub const FINGERPRINT: u64 = 0x8803_c539_59c9_d0c2;

/// [`FINGERPRINT`] as the analyser itself gives it on the machine at hand.
#[must_use]
pub fn fingerprint() -> u64 {
    let mut fold = FoldTable::default();
    for &(source, target) in FOLDS {
        fold.push(source, target);
    }
    Analyser::new(fold, Probe::new(WORDS)).fingerprint()
}

impl<L: Lexicon> Analyser<L> {
    /// Joins the two tables.
    #[must_use]
    pub fn new(fold: FoldTable, dictionary: L) -> Self {
        Self { fold, dictionary }
    }

    /// The dictionary.
    #[must_use]
    pub fn dictionary(&self) -> &L {
        &self.dictionary
    }

    /// The fold table.
    #[must_use]
    pub fn fold(&self) -> &FoldTable {
        &self.fold
    }

    /// The stream of a text, without its words: enough to find where something stands.
    #[must_use]
    pub fn stream(&self, text: &str) -> Stream {
        Stream::new(&self.fold, text)
    }

    /// The stream and the words of a text.
    #[must_use]
    pub fn analyse(&self, text: &str) -> Analysis {
        let mut analysis = Analysis {
            stream: self.stream(text),
            words: Vec::new(),
        };
        let mut at = 0;
        while at < analysis.stream.len() {
            at = match analysis.stream.classes().get(at) {
                Some(Class::Han) => self.han_run(&mut analysis, at),
                _ => self.latin_run(&mut analysis, at),
            };
        }
        analysis
    }

    /// Cuts the run of Chinese characters that begins at `at`; gives its end.
    fn han_run(&self, analysis: &mut Analysis, at: usize) -> usize {
        let end = run_end(&analysis.stream, at, |class| class == Class::Han);
        let run = analysis.stream.chars().get(at..end).unwrap_or_default();
        let run = self.dictionary.codes(run);
        let mut start = at;
        let words = &mut analysis.words;
        segment::cut(&self.dictionary, &run, |len| {
            words.push(Word {
                start,
                end: start + len,
                inner: false,
            });
            if len > 2 {
                self.inner_words(&run, start - at, len, |from, to| {
                    words.push(Word {
                        start: at + from,
                        end: at + to,
                        inner: true,
                    });
                });
            }
            start += len;
        });
        end
    }

    /// Every dictionary word of two or more characters strictly inside a word of the segmentation.
    fn inner_words(
        &self,
        run: &[u32],
        start: usize,
        len: usize,
        mut emit: impl FnMut(usize, usize),
    ) {
        for from in start..start + len - 1 {
            let rest = run.get(from..start + len).unwrap_or_default();
            self.dictionary.words_at(rest, |inner, _| {
                if inner > 1 && inner < len {
                    emit(from, from + inner);
                }
            });
        }
    }

    /// Cuts the run of letters and digits that begins at `at`, with the measure words that belong
    /// to a number; gives its end.
    fn latin_run(&self, analysis: &mut Analysis, at: usize) -> usize {
        let stream = &analysis.stream;
        let run = run_end(stream, at, |class| class != Class::Han);
        let figures = run_end(stream, at, |class| class == Class::Digit);
        let parts = if figures == run {
            number_parts(stream, at)
        } else {
            Vec::new()
        };
        let end = parts.last().copied().unwrap_or(run);
        analysis.words.push(Word {
            start: at,
            end,
            inner: false,
        });
        if parts.len() > 1 {
            let mut start = at;
            for part in parts {
                analysis.words.push(Word {
                    start,
                    end: part,
                    inner: true,
                });
                start = part;
            }
        }
        if figures > at && figures < end {
            analysis.words.push(Word {
                start: at,
                end: figures,
                inner: true,
            });
        }
        end
    }

    /// A number that changes when any rule of the analyser, or the part of the tables that [`PROBE`]
    /// touches, changes.
    fn fingerprint(&self) -> u64 {
        let analysis = self.analyse(PROBE);
        // FNV-1a, 64 bits.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut add = |value: u64| hash = (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3);
        for (at, &c) in analysis.stream.chars().iter().enumerate() {
            let span = analysis.stream.span(at..at + 1);
            add(u64::from(u32::from(c)));
            add(u64::from(span.start) << 32 | u64::from(span.end));
        }
        for word in &analysis.words {
            let end = u64::try_from(word.end).unwrap_or(0);
            add(u64::try_from(word.start).unwrap_or(0) << 32 | end << 1 | u64::from(word.inner));
        }
        hash
    }
}

/// The ends of the parts of a number that begins at `at`: figures with their measure word, and
/// further figures where a date or a time of day goes on (`12月` | `17日`). None without a measure.
fn number_parts(stream: &Stream, at: usize) -> Vec<usize> {
    let digits = |from: usize| run_end(stream, from, |class| class == Class::Digit);
    let mut parts = Vec::new();
    let mut figures = digits(at);
    loop {
        let joined = stream.gap(figures) == Gap::None;
        let han = if joined {
            run_end(stream, figures, |class| class == Class::Han)
        } else {
            figures
        };
        let after = stream.chars().get(figures..han).unwrap_or_default();
        let end = figures + numbers::tail(after);
        if end == figures && parts.is_empty() {
            return parts;
        }
        parts.push(end);
        let continues = || {
            stream
                .chars()
                .get(end - 1)
                .copied()
                .is_some_and(numbers::continues)
        };
        let next = digits(end);
        let goes_on = end > figures
            && next > end
            && stream.gap(end) == Gap::None
            && continues()
            && run_end(stream, end, |class| class != Class::Han) == next;
        if !goes_on {
            return parts;
        }
        figures = next;
    }
}

/// The end of the run that begins at `at` and holds only characters of a wanted class, without a gap.
fn run_end(stream: &Stream, at: usize, wanted: impl Fn(Class) -> bool) -> usize {
    let fits = |i: usize| stream.classes().get(i).is_some_and(|&class| wanted(class));
    if !fits(at) {
        return at;
    }
    let mut end = at + 1;
    while fits(end) && stream.gap(end) == Gap::None {
        end += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    fn analyser() -> Analyser<Dictionary> {
        let words = [
            "社区",
            "居委会",
            "生态",
            "宜居",
            "生态宜居",
            "产业",
            "产业园",
            "职工",
            "服务",
            "投资",
        ];
        let weighted = words.iter().map(|&word| (word, 20_000));
        Analyser::new(FoldTable::default(), Dictionary::from_words(weighted))
    }

    fn words(text: &str) -> String {
        let analysis = analyser().analyse(text);
        let show = |w: &Word| {
            let text = analysis.text(*w);
            if w.inner { format!("({text})") } else { text }
        };
        analysis
            .words
            .iter()
            .map(show)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn words_and_inner_words() {
        assert_eq!(words("社区居委会"), "社区 居委会");
        assert_eq!(words("生态宜居"), "生态宜居 (生态) (宜居)");
        assert_eq!(words("“产业”园"), "产业 园");
        assert_eq!(words("产 业 园"), "产业园 (产业)");
    }

    #[test]
    fn numbers_with_units() {
        for (text, expected) in [
            ("1700余名职工", "1700余名 (1700) 职工"),
            ("2.77亿元投资", "2.77亿元 (2.77) 投资"),
            ("12月17日", "12月17日 (12月) (17日) (12)"),
            ("1 月 9 日服务", "1月9日 (1月) (9日) (1) 服务"),
            ("2022年12月", "2022年12月 (2022年) (12月) (2022)"),
            ("15分钟", "15分钟 (15)"),
            ("第51次", "第 51次 (51)"),
            ("2022", "2022"),
            ("3,300亩", "3300亩 (3300)"),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn latin_words() {
        for (text, expected) in [
            ("EOD产业", "eod 产业"),
            ("C++ 与5G", "c++ 与 5g (5)"),
            ("PM2.5", "pm2.5"),
            ("Open AI", "open ai"),
            ("12-34", "12 34"),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn every_character_of_the_stream_is_in_exactly_one_word() {
        for text in [PROBE, "", "，", "3个5D打印机12月", "1年2", "a1b2 3.4.5"] {
            let analysis = analyser().analyse(text);
            let mut at = 0;
            for word in analysis.segmentation() {
                assert_eq!(word.start, at, "{text}");
                assert!(word.end > word.start, "{text}");
                at = word.end;
            }
            assert_eq!(at, analysis.stream.len(), "{text}");
        }
    }

    #[test]
    fn fingerprint_is_written_down() {
        assert_eq!(
            fingerprint(),
            FINGERPRINT,
            "the analyser cuts otherwise than before: write {:#018x} down",
            fingerprint()
        );
    }

    #[test]
    fn fingerprint_depends_on_rules_and_tables() {
        let fold = || FoldTable::new(FOLDS.iter().map(|&(c, to)| (c, to.to_owned())).collect());
        assert_eq!(fold().len(), FOLDS.len());
        let own = Dictionary::from_words(WORDS.iter().copied());
        assert_eq!(Analyser::new(fold(), own).fingerprint(), fingerprint());
        let other = Dictionary::from_words([("研究生", 9u16)]);
        assert_ne!(Analyser::new(fold(), other).fingerprint(), fingerprint());
    }
}
