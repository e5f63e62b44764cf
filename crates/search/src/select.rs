//! What a plan asks for → the documents that fulfil it.

use souwen_index::{BROKEN, Field, FormatError, IN_HEADLINE, TermId, inverse_document_frequency};
use souwen_text::{Gap, cast, is_han};

use crate::engine::Engine;
use crate::held::Needle;
use crate::matching::{all_of, classes_of};
use crate::plan::{Expr, Plan, Planned, Proof, Word};
use crate::query::Scope;
use crate::rank::in_order;

/// How strictly a plan is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    /// As it says.
    All,
    /// Words may be missing; phrases, fields and what is not wanted hold.
    NoWords,
}

/// The documents of both lists, which are in order.
fn both(a: &mut Vec<u32>, b: &[u32]) {
    a.retain(|document| b.binary_search(document).is_ok());
}

/// Keeps of the documents found, if any were looked for, those that are among others.
fn keep(found: &mut Option<Vec<u32>>, others: Vec<u32>) {
    match found {
        Some(found) => both(found, &others),
        None => *found = Some(others),
    }
}

impl Engine {
    /// The documents that a plan asks for, in order.
    pub(crate) fn select(&self, plan: &Plan, demand: Demand) -> Result<Vec<u32>, FormatError> {
        match &plan.root {
            Expr::All(parts) => self.all(plan, parts, demand),
            root => self.expr(plan, root, demand),
        }
    }

    /// The documents that a part of a plan asks for, in order.
    pub(crate) fn select_one(&self, plan: &Plan, part: &Expr) -> Result<Vec<u32>, FormatError> {
        self.expr(plan, part, Demand::All)
    }

    #[inline(never)]
    fn expr(&self, plan: &Plan, expr: &Expr, demand: Demand) -> Result<Vec<u32>, FormatError> {
        match expr {
            Expr::All(parts) => self.all(plan, parts, demand),
            Expr::Any(parts) => {
                let mut documents = Vec::new();
                for part in parts {
                    documents.extend(self.expr(plan, part, demand)?);
                }
                Ok(in_order(&documents))
            }
            Expr::Clause(_) | Expr::Condition(_) | Expr::Not(_) => {
                self.all(plan, std::slice::from_ref(expr), demand)
            }
        }
    }

    /// The documents that fulfil every part. Terms of all clauses are looked for at once, since the
    /// rarest decides how many documents are looked at; what the terms do not prove is read in the
    /// documents that are left.
    fn all(&self, plan: &Plan, parts: &[Expr], demand: Demand) -> Result<Vec<u32>, FormatError> {
        let clauses: Vec<&Planned> = parts
            .iter()
            .filter_map(|part| match part {
                Expr::Clause(number) => plan.clauses.get(*number),
                _ => None,
            })
            .filter(|own| {
                demand == Demand::All || own.is_phrase() || own.clause.scope != Scope::Text
            })
            .collect();
        let mut terms = Vec::new();
        for clause in &clauses {
            if clause.is_phrase() {
                let Some(whole) = &clause.whole else {
                    return Ok(Vec::new());
                };
                terms.extend_from_slice(&whole.terms);
                continue;
            }
            for word in clause.words.iter().filter(|word| !word.stop) {
                match &word.required {
                    // Its pairs say more, and are shorter.
                    Some(_) if !word.beside.is_empty() => {}
                    _ if !word.synonyms.is_empty() => {}
                    Some(required) => terms.extend_from_slice(&required.terms),
                    None => return Ok(Vec::new()),
                }
            }
        }
        let mut found = (!terms.is_empty()).then(|| all_of(self.index(), &terms));
        // A plain query has clauses only.
        let plain = parts.iter().all(|part| matches!(part, Expr::Clause(_)));
        if !plain {
            found = self.narrowed(plan, parts, demand, found)?;
        }
        for word in clauses.iter().flat_map(|clause| &clause.words) {
            if !word.synonyms.is_empty() {
                keep(&mut found, self.any_synonym(word)?);
            }
            if !word.beside.is_empty() {
                let mut holders = Vec::new();
                for &[first, second] in &word.beside {
                    if let Some(pair) = self.index().pair(first, second) {
                        holders.extend(all_of(self.index(), &[pair]));
                    }
                }
                keep(&mut found, in_order(&holders));
            }
        }
        let mut found = found.unwrap_or_else(|| self.every().collect());
        for clause in clauses {
            found = self.proven(clause, found)?;
        }
        if !plain {
            found = self.without(plan, parts, found)?;
        }
        Ok(found)
    }

    /// Those of the documents found (of all, if none were looked for yet) that fulfil the conditions and
    /// the groups among the parts.
    #[inline(never)]
    fn narrowed(
        &self,
        plan: &Plan,
        parts: &[Expr],
        demand: Demand,
        found: Option<Vec<u32>>,
    ) -> Result<Option<Vec<u32>>, FormatError> {
        let mut found = found;
        for part in parts {
            match part {
                Expr::Condition(condition) => {
                    let accepts = |document: &u32| condition.accepts(self.index(), *document);
                    match &mut found {
                        Some(found) => found.retain(accepts),
                        None => found = Some(self.every().filter(accepts).collect()),
                    }
                }
                Expr::All(_) | Expr::Any(_) => keep(&mut found, self.expr(plan, part, demand)?),
                Expr::Clause(_) | Expr::Not(_) => {}
            }
        }
        Ok(found)
    }

    /// Those of the documents that no negated part shuts out.
    #[inline(never)]
    fn without(
        &self,
        plan: &Plan,
        parts: &[Expr],
        documents: Vec<u32>,
    ) -> Result<Vec<u32>, FormatError> {
        let mut documents = documents;
        for part in parts {
            if let Expr::Not(inner) = part {
                let unwanted = self.shut_out(plan, inner, &documents)?;
                documents.retain(|document| unwanted.binary_search(document).is_err());
            }
        }
        Ok(documents)
    }

    /// All documents that count.
    fn every(&self) -> impl Iterator<Item = u32> {
        (0..self.index().len()).filter(|&document| !self.index().is_gone(document))
    }

    /// The documents that hold a word or one that means the same.
    fn any_synonym(&self, word: &Word) -> Result<Vec<u32>, FormatError> {
        let mut documents = Vec::new();
        let own = word.required.as_ref().zip(word.needle.as_ref());
        let others = word.synonyms.iter().map(|own| (&own.required, &own.needle));
        for (required, needle) in own.into_iter().chain(others) {
            documents.extend(self.holding(required, needle)?);
        }
        Ok(in_order(&documents))
    }

    /// Those of the documents (which hold a clause's terms) that hold the clause itself: a phrase
    /// exactly, every word side by side, in the headline if it asks for that.
    fn proven(&self, clause: &Planned, documents: Vec<u32>) -> Result<Vec<u32>, FormatError> {
        if clause.is_phrase() || clause.clause.scope == Scope::Headline {
            return self.proven_there(clause, documents);
        }
        let mut documents = documents;
        for word in clause.words.iter().filter(|word| !word.stop) {
            if let (Some(required), Some(needle)) = (&word.required, &word.needle)
                && word.synonyms.is_empty()
                && !required.certain
            {
                documents = self.with(required, needle, documents)?;
            }
        }
        Ok(documents)
    }

    /// The same for a phrase, and for words that are to stand in the headline.
    #[inline(never)]
    fn proven_there(&self, clause: &Planned, documents: Vec<u32>) -> Result<Vec<u32>, FormatError> {
        let headline = clause.clause.scope == Scope::Headline;
        if clause.is_phrase() {
            // A phrase of one character has nothing to be side by side with.
            return match (&clause.whole, &clause.needle) {
                (Some(whole), Some(needle)) if headline => {
                    self.in_headline(clause.stream.chars(), whole, needle, &documents)
                }
                (Some(whole), Some(needle)) if !whole.certain => {
                    self.exactly(clause, whole, needle, documents)
                }
                _ => Ok(documents),
            };
        }
        let mut documents = documents;
        for word in clause.words.iter().filter(|word| !word.stop) {
            if let (Some(required), Some(needle)) = (&word.required, &word.needle) {
                documents = self.in_headline(&word.chars, required, needle, &documents)?;
            }
        }
        Ok(documents)
    }

    /// Those of the documents that a negated part shuts out, in order: words where they stand side by
    /// side, whatever punctuation is in between.
    fn shut_out(
        &self,
        plan: &Plan,
        part: &Expr,
        documents: &[u32],
    ) -> Result<Vec<u32>, FormatError> {
        let clause = match part {
            Expr::Clause(number) => plan.clauses.get(*number),
            _ => None,
        };
        let Some(clause) = clause.filter(|own| own.clause.scope == Scope::Text) else {
            return self.expr(plan, part, Demand::All);
        };
        let (Some(whole), Some(needle)) = (&clause.whole, &clause.needle) else {
            return Ok(Vec::new());
        };
        let mut possible = all_of(self.index(), &whole.terms);
        both(&mut possible, documents);
        if whole.certain {
            return Ok(possible);
        }
        self.exactly(clause, whole, needle, possible)
    }

    /// The documents that hold the characters side by side.
    pub(crate) fn holding(&self, proof: &Proof, needle: &Needle) -> Result<Vec<u32>, FormatError> {
        self.holding_of(all_of(self.index(), &proof.terms), proof, needle)
    }

    /// Those of the documents (which hold its terms) that hold the characters side by side.
    pub(crate) fn holding_of(
        &self,
        documents: Vec<u32>,
        proof: &Proof,
        needle: &Needle,
    ) -> Result<Vec<u32>, FormatError> {
        if proof.certain {
            return Ok(documents);
        }
        self.with(proof, needle, documents)
    }

    /// Those of the documents whose texts hold the characters side by side.
    fn with(
        &self,
        proof: &Proof,
        needle: &Needle,
        documents: Vec<u32>,
    ) -> Result<Vec<u32>, FormatError> {
        let proven = proof.proven(self.index());
        let mut kept = Vec::new();
        for document in documents {
            let proven = proven.binary_search(&document).is_ok();
            if proven || self.held(document)?.holds(needle) {
                kept.push(document);
            }
        }
        Ok(kept)
    }

    /// Those of the documents (which hold its terms) that hold a clause: a phrase exactly.
    fn exactly(
        &self,
        clause: &Planned,
        whole: &Proof,
        needle: &Needle,
        documents: Vec<u32>,
    ) -> Result<Vec<u32>, FormatError> {
        let stream = &clause.stream;
        let broken = (1..stream.len()).any(|at| stream.gap(at) == Gap::Break);
        match whole.terms.as_slice() {
            // A word or pair by itself: its classes tell where it stands with punctuation inside only.
            [term] if !broken && self.index().tells_broken(*term) => {
                let classes = classes_of(self.index(), &[*term], &documents);
                let whole = classes
                    .iter()
                    .filter(|(_, class)| class % IN_HEADLINE != BROKEN);
                Ok(whole.map(|&(document, _)| document).collect())
            }
            _ => self.with(whole, needle, documents),
        }
    }

    /// Those of the documents with the characters side by side in the headline, which the terms'
    /// classes say, or in the 肩题 or 副题, which the characters' classes do not rule out.
    fn in_headline(
        &self,
        chars: &[char],
        proof: &Proof,
        needle: &Needle,
        documents: &[u32],
    ) -> Result<Vec<u32>, FormatError> {
        let fields = [Field::Title, Field::Kicker, Field::Subtitle];
        let stands = |document| {
            let held = self.held(document)?;
            Ok(fields.iter().any(|&field| held.holds_in(needle, field)))
        };
        let mut kept = Vec::new();
        let mut rest = Vec::new();
        for (document, class) in classes_of(self.index(), &proof.terms, documents) {
            if class < IN_HEADLINE {
                rest.push(document);
            } else if proof.certain || stands(document)? {
                kept.push(document);
            }
        }
        let characters = chars.iter().filter_map(|&c| self.index().single(c));
        let characters: Vec<TermId> = characters.collect();
        for (document, class) in classes_of(self.index(), &characters, &rest) {
            // The lowest bit of their classes says that they stand there.
            if class % 2 > 0 && stands(document)? {
                kept.push(document);
            }
        }
        Ok(in_order(&kept))
    }

    /// By document: how much of the plan's words it holds, as the sum of how telling they are; and that
    /// sum for all of them. If no document holds any, those count that hold every character,
    /// wherever it stands.
    pub(crate) fn coverage(&self, plan: &Plan) -> (Vec<u64>, u64) {
        let mut held = vec![0u64; cast::index(self.index().len())];
        let mut all = 0;
        let words = || plan.words().filter(|word| !word.stop);
        for word in words().filter(|word| word.chars.len() > 1) {
            // A word that stands nowhere is as telling as one can be.
            let weight = match word.required {
                Some(_) => u64::from(word.weight).max(1),
                None => u64::from(inverse_document_frequency(self.index().articles(), 0)),
            };
            all += weight;
            let others = word.synonyms.iter().map(|own| &own.required);
            let spellings = word.required.iter().chain(others);
            let holders: Vec<u32> = spellings
                .flat_map(|own| all_of(self.index(), &own.terms))
                .collect();
            let holders = match word.synonyms.as_slice() {
                // They are in order.
                [] => holders,
                _ => in_order(&holders),
            };
            for document in holders {
                if let Some(slot) = held.get_mut(cast::index(document)) {
                    *slot += weight;
                }
            }
        }
        if held.iter().all(|&weight| weight == 0) {
            let characters = words().flat_map(|word| &word.chars);
            let han = |&c: &char| self.index().single(c).filter(|_| is_han(c));
            let characters: Option<Vec<TermId>> = characters.map(han).collect();
            // Two characters that stand apart in a long text say nothing, letters never do.
            let telling = characters.filter(|terms| terms.len() > 2);
            for document in telling.map_or(Vec::new(), |terms| all_of(self.index(), &terms)) {
                if let Some(slot) = held.get_mut(cast::index(document)) {
                    *slot = 1;
                }
            }
        }
        (held, all)
    }
}
