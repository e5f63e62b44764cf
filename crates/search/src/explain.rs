//! Why an article ranks where it does: its score, term by term and step by step.
//!
//! Nothing of this is in the browser: the program prints it (`souwen search --explain`).

use souwen_index::{Field, Index, TermId, class_tf, inverse_document_frequency};
use souwen_text::cast;

use crate::engine::{Answer, Engine, SearchError, SearchOptions};
use crate::evidence::Evidence;
use crate::matching::{Scored, score};
use crate::plan::{Plan, Planned};

/// What one term adds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TermScore {
    /// The term.
    pub term: String,
    /// `word`, `pair` or `character`.
    pub kind: &'static str,
    /// Documents that hold it.
    pub documents: u32,
    /// Its inverse document frequency, in 1/256 of a bit.
    pub inverse_document_frequency: u32,
    /// What its kind of evidence counts.
    pub kind_weight: u32,
    /// How often this document holds it, by field weights added and for its length, in hundredths; a step
    /// of the table of classes.
    pub frequency: u32,
    /// BM25's quotient for that frequency, in 1/256.
    pub impact: u32,
    /// kind weight × inverse document frequency × impact.
    pub adds: u64,
}

/// What one step of the ranking changed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Which step; `docs/SEARCH.md` names them.
    pub step: &'static str,
    /// The score after it.
    pub score: u64,
}

/// A document's score, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The article.
    pub id: String,
    /// Whether it holds every word of the query. Those that do come first.
    pub complete: bool,
    /// How many clauses of the query stand in it whole. Of more come before less, whatever the score.
    pub whole: u8,
    /// What each term adds.
    pub terms: Vec<TermScore>,
    /// The steps from there to the score.
    pub steps: Vec<Step>,
    /// The score, as the hit has it.
    pub score: u64,
}

impl Engine {
    /// Explains the rank of the documents that a search gives, by number and in its order, from
    /// `offset` on, `limit` of them. Reprints are explained each.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn explain(
        &self,
        query: &str,
        options: &SearchOptions,
    ) -> Result<Vec<Explanation>, SearchError> {
        let Answer { plan, found, .. } = self.ordered(query, options, options.last())?;
        let page = found.documents.iter().enumerate();
        let page = page.skip(cast::index(options.offset));
        let page = page.take(cast::index(options.limit));
        let explained = page.map(|(at, own)| self.explain_one(&plan, own, at < found.complete));
        Ok(explained.collect())
    }

    /// Takes a score apart.
    fn explain_one(&self, plan: &Plan, own: &Scored, complete: bool) -> Explanation {
        let terms = score(self.index(), self.impacts(), plan, &[own.document]);
        let terms = terms.first().map_or(0, |own| own.score);
        let whole = own.base + u64::from(own.whole) * (own.base / 4);
        let headline = whole + u64::from(own.headline) * (own.base / 2);
        let steps = [
            ("terms", terms),
            ("freshness", own.base),
            ("whole strings", whole),
            ("headline", headline),
            ("proximity", own.score),
        ];
        let step = |(step, score)| Step { step, score };
        Explanation {
            id: self
                .index()
                .record(own.document)
                .map(|record| record.id)
                .unwrap_or_default(),
            complete,
            whole: own.whole,
            terms: self.term_scores(plan, own.document),
            steps: steps.into_iter().map(step).collect(),
            score: own.score,
        }
    }

    fn term_scores(&self, plan: &Plan, document: u32) -> Vec<TermScore> {
        let index = self.index();
        let headline = index.meta().weight(Field::Title);
        let mut scores = Vec::new();
        for clause in plan.wanted() {
            for &Evidence { term, weight } in &clause.evidence {
                let documents = index.document_frequency(term);
                let idf = inverse_document_frequency(index.articles(), documents);
                let posting = index.postings(term).seek(document);
                let posting = posting.filter(|&(own, _)| own == document);
                let impact = posting.map_or(0, |(_, class)| self.impacts().get(class));
                let (term, kind) = name(index, clause, term);
                scores.push(TermScore {
                    term,
                    kind,
                    documents,
                    inverse_document_frequency: idf,
                    kind_weight: weight.checked_div(idf).unwrap_or(0),
                    frequency: posting.map_or(0, |(_, class)| class_tf(class, headline)),
                    impact,
                    adds: u64::from(impact) * u64::from(weight),
                });
            }
        }
        scores
    }
}

/// How a term of a clause is spelled, and what it is.
fn name(index: &Index, clause: &Planned, term: TermId) -> (String, &'static str) {
    let synonyms = clause.words.iter().flat_map(|word| &word.synonyms);
    let words = clause.words.iter().map(|word| &word.chars);
    let words = words.chain(synonyms.map(|own| &own.chars));
    let mut runs: Vec<&[char]> = words.map(Vec::as_slice).collect();
    runs.push(clause.stream.chars());
    for run in runs {
        let text: String = run.iter().collect();
        if index.word(&text) == Some(term) {
            return (text, "word");
        }
        for &[first, second] in run.array_windows() {
            if index.pair(first, second) == Some(term) {
                return (String::from_iter([first, second]), "pair");
            }
        }
        for &c in run {
            if index.single(c) == Some(term) {
                return (c.to_string(), "character");
            }
        }
    }
    (String::new(), "word")
}

impl Explanation {
    /// The formula in a line per term and step, for people.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for own in &self.terms {
            lines.push(format!(
                "{:>10}  {} {}: {} × idf {} × impact {} (tf {}, in {} articles)",
                decimal(own.adds >> 8),
                own.kind,
                own.term,
                own.kind_weight,
                decimal(own.inverse_document_frequency.into()),
                decimal(own.impact.into()),
                own.frequency,
                own.documents
            ));
        }
        for step in &self.steps {
            // An inverse document frequency and an impact, both in 1/256.
            let score = decimal(step.score >> 8);
            lines.push(format!("{score:>10}  after {}", step.step));
        }
        let completeness = if self.complete { "all" } else { "not all" };
        lines.push(format!(
            "{completeness} words; {} of the query's strings whole",
            self.whole
        ));
        lines
    }
}

/// A number of 256ths with two decimals.
fn decimal(value: u64) -> String {
    let hundredths = value * 100 / 256;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
