//! A clause on its way into a plan: its words, and what each asks of a document.

use souwen_index::{Index, TermId, inverse_document_frequency};
use souwen_text::{Analysis, Gap, Stream, is_han};

use crate::cuts::Cut;
use crate::engine::Engine;
use crate::evidence::{Evidences, PAIR};
use crate::held::Needle;
use crate::plan::{Planned, Proof, Synonym, Word};
use crate::query::{Clause, Kind};

/// A clause on its way into a plan.
pub(crate) struct Draft {
    pub(crate) clause: Clause,
    /// Where else in the query it stands, ascending.
    pub(crate) also_at: Vec<usize>,
    pub(crate) wanted: bool,
    pub(crate) analysis: Analysis,
    pub(crate) cuts: Vec<Cut>,
}

/// Stop words count as words when there is nothing else, and inside phrases.
pub(crate) fn settle_stop_words(clauses: &mut [Draft]) {
    let wanted = clauses.iter().filter(|draft| draft.wanted);
    let only_stop_words = wanted.flat_map(|draft| &draft.cuts).all(|cut| cut.stop);
    for draft in clauses {
        for cut in &mut draft.cuts {
            cut.stop &= !only_stop_words && draft.clause.kind != Kind::Phrase;
        }
    }
}

impl Draft {
    /// Makes the clause ready.
    pub(crate) fn finish(self, engine: &Engine) -> Planned {
        let index = engine.index();
        let stream = &self.analysis.stream;
        let chars = stream.chars();
        let mut evidence = Evidences::new(index, engine.tuning().pairs);
        let mut words = Vec::new();
        for cut in &self.cuts {
            let own = chars.get(cut.start..cut.end).unwrap_or_default();
            if !cut.stop {
                evidence.word(own, cut.unknown);
            }
            // The pair across a word border speaks for documents that hold the words side by side,
            // or that are cut otherwise than the query.
            if let Some([first, second]) = self.pair(cut.start) {
                evidence.pair(first, second, PAIR);
            }
            let word = self.word(index, cut, own);
            for synonym in &word.synonyms {
                evidence.synonym(&synonym.chars);
            }
            words.push(word);
        }
        let needle = match self.clause.kind {
            Kind::Phrase => Needle::phrase(index, stream),
            Kind::Words => Needle::new(index, chars),
        };
        // A phrase's terms do not know its punctuation.
        let exact = self.clause.kind == Kind::Words || chars.len() == 1;
        let whole = Proof::new(index, chars).map(|own| Proof {
            certain: own.certain && exact,
            some: own.some.filter(|_| exact),
            terms: own.terms,
        });
        Planned {
            whole,
            needle,
            evidence: evidence.list,
            clause: self.clause,
            also_at: self.also_at,
            wanted: self.wanted,
            stream: self.analysis.stream,
            words,
        }
    }

    fn word(&self, index: &Index, cut: &Cut, own: &[char]) -> Word {
        let lone = matches!(own, &[c] if is_han(c));
        let beside = if lone && !cut.stop {
            self.neighbours(cut)
        } else {
            Vec::new()
        };
        let stands = |&[first, second]: &[char; 2]| index.pair(first, second).is_some();
        let alone = !beside.is_empty() && !beside.iter().any(stands);
        let required = Proof::new(index, own).filter(|_| !alone);
        let idf = |&term: &TermId| {
            inverse_document_frequency(index.articles(), index.document_frequency(term))
        };
        let terms = required.iter().flat_map(|own| &own.terms);
        Word {
            chars: own.to_vec(),
            typed: typed(&self.clause.text, &self.analysis.stream, cut.start..cut.end),
            weight: terms.map(idf).max().unwrap_or(0),
            required,
            needle: Needle::new(index, own),
            stop: cut.stop,
            lone,
            beside,
            term: index.word(&own.iter().collect::<String>()),
            synonyms: synonyms(index, own, cut.synonyms),
        }
    }

    /// The pairs that a character makes with the ones beside it, unless punctuation stands between, or
    /// they are words that only ask while others say what for.
    fn neighbours(&self, cut: &Cut) -> Vec<[char; 2]> {
        let says = |own: &Cut| !own.stop && own.end - own.start > 1;
        let said = self.cuts.iter().any(says);
        let mut pairs = Vec::new();
        for at in [cut.start, cut.end] {
            let other = |own: &&Cut| own.start == at || own.end == at;
            let asks = said && self.cuts.iter().filter(other).any(|own| own.stop);
            if !asks && self.analysis.stream.gap(at) == Gap::None {
                pairs.extend(self.pair(at));
            }
        }
        pairs
    }

    /// The characters on both sides of a border.
    fn pair(&self, at: usize) -> Option<[char; 2]> {
        let chars = self.analysis.stream.chars();
        chars.get(at.checked_sub(1)?..)?.first_chunk().copied()
    }
}

/// The other members of a group that stand in the archive.
fn synonyms(index: &Index, own: &[char], group: Option<usize>) -> Vec<Synonym> {
    let group = group.and_then(|group| index.synonyms().groups().get(group));
    let members = group.into_iter().flatten().filter(|member| *member != own);
    let synonym = |chars: &Vec<char>| {
        Some(Synonym {
            required: Proof::new(index, chars)?,
            needle: Needle::new(index, chars)?,
            chars: chars.clone(),
        })
    };
    members.filter_map(synonym).collect()
}

/// The query's own spelling of a run of its stream.
fn typed(text: &str, stream: &Stream, range: std::ops::Range<usize>) -> String {
    let span = stream.span(range);
    crate::utf16::slice(text, span.start, span.end).to_owned()
}
