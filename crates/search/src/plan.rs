//! A query → what a document must hold, and what speaks for it.

use souwen_index::{Index, TermId};
use souwen_text::{FRAGMENT_LEN, Stream, fragment, is_han};

use crate::cuts::cuts;
use crate::draft::{Draft, settle_stop_words};
use crate::engine::Engine;
use crate::evidence::Evidence;
use crate::filter::Condition;
use crate::held::Needle;
use crate::matching::all_of;
use crate::query::{Clause, Kind, Node, Scope, parse};

/// A word of the query.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// As folded.
    pub(crate) chars: Vec<char>,
    /// As typed.
    pub(crate) typed: String,
    /// What tells which documents hold it; none if none does.
    pub(crate) required: Option<Proof>,
    /// Its characters side by side; none if the archive lacks one.
    pub(crate) needle: Option<Needle>,
    /// Whether it may be missing: it only asks.
    pub(crate) stop: bool,
    /// Whether it is a Chinese character alone.
    pub(crate) lone: bool,
    /// For one with neighbours: the pairs that it makes with them. A document with this word holds
    /// one of them, since a character that the dictionary leaves alone mostly belongs to a word that
    /// it lacks.
    pub(crate) beside: Vec<[char; 2]>,
    /// Its own term, if it has one.
    pub(crate) term: Option<TermId>,
    /// How telling it is: the inverse document frequency of its rarest term.
    pub(crate) weight: u32,
    /// Words that mean the same and stand in the archive: any of them will do.
    pub(crate) synonyms: Vec<Synonym>,
}

/// A word that means the same as one of the query.
#[derive(Debug, Clone)]
pub(crate) struct Synonym {
    pub(crate) chars: Vec<char>,
    pub(crate) required: Proof,
    pub(crate) needle: Needle,
}

/// A clause made ready.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub(crate) clause: Clause,
    /// Where else in the query it stands, ascending.
    pub(crate) also_at: Vec<usize>,
    /// Whether documents are wanted that hold it; if not, those that do are shut out.
    pub(crate) wanted: bool,
    pub(crate) stream: Stream,
    pub(crate) words: Vec<Word>,
    /// What tells which documents hold the clause whole; none if none does.
    pub(crate) whole: Option<Proof>,
    /// The clause whole: for a phrase with its punctuation, for words without.
    pub(crate) needle: Option<Needle>,
    pub(crate) evidence: Vec<Evidence>,
}

impl Planned {
    pub(crate) fn is_phrase(&self) -> bool {
        self.clause.kind == Kind::Phrase
    }
}

/// What a document must be.
#[derive(Debug)]
pub(crate) enum Expr {
    /// Hold the clause of this number.
    Clause(usize),
    /// Have the date, or the value.
    Condition(Condition),
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Not(Box<Expr>),
}

/// A query made ready.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) clauses: Vec<Planned>,
    pub(crate) root: Expr,
    /// Whether a part of it asks for a field.
    pub(crate) fields: bool,
    /// Whether nothing is asked for.
    pub(crate) empty: bool,
}

impl Plan {
    /// Makes a query ready. With `fields` false, no name with a colon is a field.
    pub(crate) fn new(engine: &Engine, text: &str, fields: bool) -> Self {
        let index = engine.index();
        let node = parse(text, fields, &|name| index.facet(name).is_some());
        let mut builder = Builder {
            index,
            clauses: Vec::new(),
            fields: false,
        };
        let root = builder.build(node, true);
        settle_stop_words(&mut builder.clauses);
        let empty = root.is_none();
        Self {
            fields: builder.fields,
            clauses: builder
                .clauses
                .into_iter()
                .map(|draft| draft.finish(engine))
                .collect(),
            root: root.unwrap_or_else(|| Expr::All(Vec::new())),
            empty,
        }
    }

    /// The clauses that are wanted.
    pub(crate) fn wanted(&self) -> impl Iterator<Item = &Planned> {
        self.clauses.iter().filter(|clause| clause.wanted)
    }

    /// Whether every document that fulfils the plan holds a clause.
    pub(crate) fn demands(&self, clause: &Planned) -> bool {
        let own = |part: &Expr| match part {
            Expr::Clause(number) => self
                .clauses
                .get(*number)
                .is_some_and(|own| std::ptr::eq(own, clause)),
            _ => false,
        };
        match &self.root {
            Expr::All(parts) => parts.iter().any(own),
            part => own(part),
        }
    }

    /// What speaks for the documents of a plan that is nothing but one word of two characters.
    pub(crate) fn pair(&self) -> Option<Evidence> {
        let ([clause], Expr::Clause(_)) = (self.clauses.as_slice(), self.only()) else {
            return None;
        };
        let ([word], &[own]) = (clause.words.as_slice(), clause.evidence.as_slice()) else {
            return None;
        };
        let is_own = |proof: &Option<Proof>| {
            let own = |proof: &Proof| proof.certain && proof.terms == [own.term];
            proof.as_ref().is_some_and(own)
        };
        let plain = word.chars.len() == 2 && !word.stop && word.synonyms.is_empty();
        let text = !clause.is_phrase() && clause.clause.scope == Scope::Text && clause.wanted;
        let proven = is_own(&word.required) && is_own(&clause.whole);
        (plain && text && proven).then_some(own)
    }

    /// The root, or its only part.
    fn only(&self) -> &Expr {
        match &self.root {
            Expr::All(parts) if parts.len() == 1 => parts.first().unwrap_or(&self.root),
            root => root,
        }
    }

    /// The words of the wanted clauses.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Word> {
        self.wanted().flat_map(|clause| &clause.words)
    }
}

struct Builder<'i> {
    index: &'i Index,
    clauses: Vec<Draft>,
    fields: bool,
}

impl Builder<'_> {
    /// Nothing for what has no character to look for.
    fn build(&mut self, node: Node, wanted: bool) -> Option<Expr> {
        match node {
            Node::Clause(clause) if clause.scope == Scope::Text => self.words(clause, wanted),
            Node::All(nodes) => {
                let parts = self.list(nodes, wanted);
                (!parts.is_empty()).then_some(Expr::All(parts))
            }
            other => self.operator(other, wanted),
        }
    }

    /// What is not in a [plain](crate::query::is_plain) query.
    #[inline(never)]
    fn operator(&mut self, node: Node, wanted: bool) -> Option<Expr> {
        match node {
            Node::Clause(clause) => self.field(clause, wanted),
            Node::Not(node) => {
                let inner = self.build(*node, !wanted)?;
                Some(Expr::Not(Box::new(inner)))
            }
            Node::Any(nodes) => {
                let parts = self.list(nodes, wanted);
                (!parts.is_empty()).then_some(Expr::Any(parts))
            }
            Node::All(_) => self.build(node, wanted),
        }
    }

    fn list(&mut self, nodes: Vec<Node>, wanted: bool) -> Vec<Expr> {
        let mut parts = Vec::new();
        for node in nodes {
            parts.extend(self.build(node, wanted));
        }
        parts
    }

    fn field(&mut self, clause: Clause, wanted: bool) -> Option<Expr> {
        let condition = match &clause.scope {
            Scope::Date => Condition::dates(&clause.text),
            Scope::Column(name) => Condition::column(self.index, name, &clause.text),
            Scope::Text | Scope::Headline => None,
        };
        if let Some(condition) = condition {
            self.fields = true;
            return Some(Expr::Condition(condition));
        }
        let mut clause = clause;
        if clause.scope == Scope::Headline {
            self.fields = true;
        } else {
            // No date, no value of the column: words like others.
            clause.scope = Scope::Text;
        }
        self.words(clause, wanted)
    }

    fn words(&mut self, clause: Clause, wanted: bool) -> Option<Expr> {
        // A clause of several groups is looked for once. Syllables repeat by right.
        let same = |own: &Draft| own.wanted == wanted && own.clause == clause;
        if let Some(number) = self.clauses.iter().position(same)
            && let Some(own) = self.clauses.get_mut(number)
            && !clause.is_latin()
        {
            own.also_at.push(clause.at);
            return Some(Expr::Clause(number));
        }
        let analysis = self.index.analyser().analyse(&clause.text);
        if analysis.stream.is_empty() {
            return None;
        }
        let cuts = cuts(self.index, &analysis);
        self.clauses.push(Draft {
            clause,
            also_at: Vec::new(),
            wanted,
            analysis,
            cuts,
        });
        Some(Expr::Clause(self.clauses.len() - 1))
    }
}

/// The terms that every document with a run of characters holds.
#[derive(Debug, Clone)]
pub(crate) struct Proof {
    pub(crate) terms: Vec<TermId>,
    /// Whether every document that holds the terms holds the run. If not, it may only have the pieces,
    /// and its text must be looked into.
    pub(crate) certain: bool,
    /// A term whose documents hold the run, although others may, too.
    pub(crate) some: Option<TermId>,
}

impl Proof {
    /// What tells which documents hold the characters side by side, wherever their own words are
    /// cut: a Chinese word of the index by its own term, which names all of them, other runs by their
    /// fragments, and by their pairs where there are none. A number or Latin word's own term names the
    /// documents that are cut into it. None if none does.
    pub(crate) fn new(index: &Index, chars: &[char]) -> Option<Self> {
        let mut certain = true;
        let mut some = None;
        let terms = match chars {
            [] => Vec::new(),
            &[c] => vec![index.single(c)?],
            &[first, second] => vec![index.pair(first, second)?],
            _ => match index.word(&String::from_iter(chars)) {
                Some(term) if chars.iter().all(|&c| is_han(c)) => vec![term],
                own => {
                    let (terms, fragments) = pieces(index, chars)?;
                    certain = fragments == 1 && chars.len() == FRAGMENT_LEN;
                    some = own.filter(|_| !certain);
                    terms
                }
            },
        };
        let held = |&term: &TermId| index.document_frequency(term) > 0;
        let held = terms.iter().all(held);
        held.then_some(Self {
            terms,
            certain,
            some,
        })
    }

    /// Documents that hold the run for certain although others that hold the terms may not, in order.
    pub(crate) fn proven(&self, index: &Index) -> Vec<u32> {
        self.some.map_or(Vec::new(), |term| all_of(index, &[term]))
    }
}

/// The terms of a run's fragments and, between them, of its pairs; and how many fragments there are. None if
/// no document holds one of them.
fn pieces(index: &Index, chars: &[char]) -> Option<(Vec<TermId>, usize)> {
    let mut terms = Vec::new();
    let mut fragments = 0;
    // Up to where what stands side by side is in a fragment.
    let mut told = 0;
    for (at, &[first, second]) in chars.array_windows().enumerate() {
        let rest = chars.get(at..).unwrap_or_default();
        let own = fragment(rest);
        let term = match own.and_then(|own| index.fragment(&own)) {
            Some(term) => {
                fragments += 1;
                told = at + FRAGMENT_LEN;
                term
            }
            None if own.is_some() && index.knows_fragments() => return None,
            None if at + 1 < told => continue,
            None => index.pair(first, second)?,
        };
        // One and the same again and again, as in 1111, says nothing more; but one alone would be all of the run.
        if terms.len() < 2 || !terms.contains(&term) {
            terms.push(term);
        }
    }
    Some((terms, fragments))
}
