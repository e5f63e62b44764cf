//! Clauses → terms: what a document must hold, and what speaks for it.

use souwen_index::{Index, TermId, inverse_document_frequency};
use souwen_text::{Analysis, Gap, Stream, is_han, is_stop_word};

use crate::query::{Clause, Kind, parse};

/// Weights of the kinds of evidence, tuned on the retrieval sets that `docs/ARCHITECTURE.md` names.
const WORD: u32 = 10;
const PAIR: u32 = 3;
const SINGLE: u32 = 2;

/// A term that speaks for a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Evidence {
    pub(crate) term: TermId,
    /// Kind of evidence × inverse document frequency.
    pub(crate) weight: u32,
}

/// A word of the query.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// As folded.
    pub(crate) chars: Vec<char>,
    /// As typed.
    pub(crate) typed: String,
    /// The terms that a document with this word holds all of; none if no document has it.
    pub(crate) required: Option<Vec<TermId>>,
    /// Whether it may be missing: it only asks.
    pub(crate) stop: bool,
    /// Its own term, if it has one: documents under it hold the word for certain.
    pub(crate) term: Option<TermId>,
    /// How telling it is: the inverse document frequency of its rarest term.
    pub(crate) weight: u32,
}

/// A clause made ready.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub(crate) kind: Kind,
    pub(crate) stream: Stream,
    pub(crate) words: Vec<Word>,
    /// Every adjacent pair (or the one character): what a document that holds the clause whole must
    /// hold; none if no document does.
    pub(crate) whole: Option<Vec<TermId>>,
    pub(crate) evidence: Vec<Evidence>,
}

/// A query made ready.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    /// What is wanted.
    pub(crate) wanted: Vec<Planned>,
    /// What is not.
    pub(crate) unwanted: Vec<Planned>,
}

impl Plan {
    pub(crate) fn new(index: &Index, text: &str) -> Self {
        let mut clauses: Vec<(Clause, Analysis, Vec<Cut>)> = Vec::new();
        for clause in parse(text) {
            // Said twice is said once: readers repeat themselves, pasted text does.
            if clauses.iter().all(|(own, ..)| *own != clause) {
                let analysis = index.analyser().analyse(&clause.text);
                let cuts = cuts(index, &analysis);
                clauses.push((clause, analysis, cuts));
            }
        }
        settle_stop_words(&mut clauses);
        let mut plan = Self::default();
        for (clause, analysis, cuts) in clauses {
            if analysis.stream.is_empty() {
                continue;
            }
            let planned = Planned::new(index, &clause, analysis.stream, &cuts);
            let side = if clause.negated {
                &mut plan.unwanted
            } else {
                &mut plan.wanted
            };
            side.push(planned);
        }
        plan
    }

    /// Whether nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.unwanted.is_empty()
    }

    pub(crate) fn words(&self) -> impl Iterator<Item = &Word> {
        self.wanted.iter().flat_map(|clause| &clause.words)
    }
}

/// Stop words count as words when there is nothing else, and inside phrases.
fn settle_stop_words(clauses: &mut [(Clause, Analysis, Vec<Cut>)]) {
    let wanted = clauses.iter().filter(|(clause, ..)| !clause.negated);
    let only_stop_words = wanted.flat_map(|(_, _, cuts)| cuts).all(|cut| cut.stop);
    for (clause, _, cuts) in clauses {
        for cut in cuts {
            cut.stop &= !only_stop_words && clause.kind != Kind::Phrase;
        }
    }
}

impl Planned {
    fn new(index: &Index, clause: &Clause, stream: Stream, cuts: &[Cut]) -> Self {
        let chars = stream.chars();
        let mut evidence = Evidences {
            index,
            list: Vec::new(),
        };
        let mut words = Vec::new();
        for cut in cuts {
            let own = chars.get(cut.start..cut.end).unwrap_or_default();
            if !cut.stop {
                evidence.word(own, cut.unknown);
            }
            // The pair across a word border speaks for documents that hold the words side by side,
            // or that are cut otherwise than the query.
            if let Some(&[first, second]) = cut
                .start
                .checked_sub(1)
                .and_then(|at| chars.get(at..)?.first_chunk())
            {
                evidence.add(index.pair(first, second), PAIR);
            }
            let required = required(index, own);
            let rarest = required
                .iter()
                .flatten()
                .map(|&term| idf(index, term))
                .max();
            words.push(Word {
                chars: own.to_vec(),
                typed: typed(&clause.text, &stream, cut.start..cut.end),
                required,
                stop: cut.stop,
                term: index.word(&own.iter().collect::<String>()),
                weight: rarest.unwrap_or(0),
            });
        }
        let (evidence, whole) = (evidence.list, required_whole(index, chars));
        Self {
            kind: clause.kind,
            stream,
            words,
            whole,
            evidence,
        }
    }
}

/// A word of a clause, as a run of its stream.
struct Cut {
    start: usize,
    end: usize,
    stop: bool,
    /// Whether it is a run of lone characters: probably a word that the dictionary lacks.
    unknown: bool,
}

/// The words of a clause. Lone Chinese characters that stand side by side in the archive too are
/// taken together: names and other words that the dictionary lacks are cut into such characters. A
/// number whose measure the archive does not put after it (`1700名`, where it has `1700余名`) is two
/// words.
fn cuts(index: &Index, analysis: &Analysis) -> Vec<Cut> {
    let stream = &analysis.stream;
    let chars = stream.chars();
    let mut cuts: Vec<Cut> = Vec::new();
    for word in analysis.segmentation() {
        let own = chars.get(word.start..word.end).unwrap_or_default();
        let stop = is_stop_word(&own.iter().collect::<String>());
        let unknown = !stop && matches!(own, &[c] if is_han(c));
        let joins = |last: &Cut| {
            let pair = chars.get(last.end - 1).zip(own.first());
            let pair = pair.and_then(|(&first, &second)| index.pair(first, second));
            unknown && last.unknown && stream.gap(word.start) == Gap::None && pair.is_some()
        };
        let measure = own.iter().position(|&c| is_han(c)).filter(|&at| at > 0);
        match (cuts.last_mut(), measure) {
            (Some(last), _) if joins(last) => last.end = word.end,
            (_, Some(at)) if required(index, own).is_none() => {
                let border = word.start + at;
                for (start, end) in [(word.start, border), (border, word.end)] {
                    cuts.push(Cut {
                        start,
                        end,
                        stop,
                        unknown,
                    });
                }
            }
            _ => cuts.push(Cut {
                start: word.start,
                end: word.end,
                stop,
                unknown,
            }),
        }
    }
    cuts
}

/// The query's own spelling of a run of its stream.
fn typed(text: &str, stream: &Stream, range: std::ops::Range<usize>) -> String {
    let span = stream.span(range);
    crate::utf16::slice(text, span.start, span.end).to_owned()
}

fn idf(index: &Index, term: TermId) -> u32 {
    inverse_document_frequency(index.len(), index.document_frequency(term))
}

/// The terms that every document with these characters side by side holds.
fn required_whole(index: &Index, chars: &[char]) -> Option<Vec<TermId>> {
    match chars {
        [] => Some(Vec::new()),
        &[c] => Some(vec![index.single(c)?]),
        _ => chars
            .array_windows()
            .map(|&[first, second]| index.pair(first, second))
            .collect(),
    }
}

/// What stands for a word in matching: its pairs, wherever the document's own words are cut.
fn required(index: &Index, word: &[char]) -> Option<Vec<TermId>> {
    let terms = required_whole(index, word)?;
    let held = |&term: &TermId| index.document_frequency(term) > 0;
    terms.iter().all(held).then_some(terms)
}

struct Evidences<'a> {
    index: &'a Index,
    list: Vec<Evidence>,
}

impl Evidences<'_> {
    fn add(&mut self, term: Option<TermId>, weight: u32) {
        let Some(term) = term else { return };
        let df = self.index.document_frequency(term);
        if df > 0 {
            let weight = weight * inverse_document_frequency(self.index.len(), df);
            match self.list.iter_mut().find(|own| own.term == term) {
                Some(own) => own.weight = own.weight.max(weight),
                None => self.list.push(Evidence { term, weight }),
            }
        }
    }

    /// What speaks for a word.
    fn word(&mut self, chars: &[char], unknown: bool) {
        match *chars {
            [first, second] if !unknown && is_han(first) && is_han(second) => {
                self.add(self.index.pair(first, second), WORD + PAIR);
            }
            _ if unknown => {
                for &c in chars {
                    self.add(self.index.single(c), SINGLE);
                }
                self.pairs(chars, WORD);
            }
            _ => {
                // A word without a term of its own is a rare number or Latin word: its pairs, or
                // its one character, speak for it.
                let word: String = chars.iter().collect();
                let term = self
                    .index
                    .word(&word)
                    .filter(|&term| self.index.document_frequency(term) > 0);
                self.add(term, WORD);
                self.pairs(chars, if term.is_some() { PAIR } else { WORD });
                if let [c] = *chars {
                    self.add(self.index.single(c), WORD);
                }
            }
        }
    }

    fn pairs(&mut self, chars: &[char], weight: u32) {
        for &[first, second] in chars.array_windows() {
            self.add(self.index.pair(first, second), weight);
        }
    }
}
