//! Suggestions: headlines and words that continue what was typed so far.

use souwen_index::{Date, Field, FormatError, IN_HEADLINE};
use souwen_text::{Lexicon, cast, order};

use crate::engine::Engine;
use crate::held::Needle;
use crate::matching::{all_of, classes_of};
use crate::plan::{Plan, Proof};
use crate::query::beginning;
use crate::result::Suggestion;

/// So many documents are looked into: the newest with what was typed in the headline, and, for how
/// the archive goes on after it, others that hold it.
const LOOKED_INTO: usize = 10;
/// Of the words that begin with it, the first this many in the dictionary's order are weighed.
const WORDS: usize = 300;
/// Ways to read pinyin that are gone on with.
const READINGS: usize = 3;

impl Engine {
    /// Completes what was typed so far: words that begin with it, the commonest first, then headlines
    /// that hold it, those that begin with it first, then the newest. Pinyin, its initials too, is
    /// completed as the characters that the archive has for it, where it does not stand there itself.
    ///
    /// # Errors
    /// [`FormatError`] when a text of the index does not hold together.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<Suggestion>, FormatError> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let typed = beginning(typed);
        self.index().ready_for(typed);
        let (mut words, mut headlines) = self.completions(typed, limit)?;
        if words.is_empty() && headlines.is_empty() && !self.index().lacks() {
            let mut more = Vec::new();
            for text in self.read_as(typed, READINGS)? {
                let (completions, own) = self.completions(&text, limit)?;
                words.push(term(text));
                more.push(completions.into_iter());
                headlines.extend(own);
            }
            // The best of each reading, then the next of each.
            for _ in 0..limit {
                words.extend(more.iter_mut().filter_map(Iterator::next));
            }
        }
        each_once(&mut words);
        each_once(&mut headlines);
        // Half of the places for words, the other half for headlines; who leaves some, gives them.
        words.truncate((limit / 2).max(limit.saturating_sub(headlines.len())));
        words.extend(headlines);
        words.truncate(limit);
        Ok(words)
    }

    /// Words and headlines for what was typed.
    fn completions(
        &self,
        typed: &str,
        limit: usize,
    ) -> Result<(Vec<Suggestion>, Vec<Suggestion>), FormatError> {
        // Of several words the last one is still being typed.
        let begun = typed.trim_end() != typed;
        let space = typed.char_indices().rev().find(|(_, c)| c.is_whitespace());
        let begin = space.map_or(0, |(at, c)| at + c.len_utf8());
        let (before, last) = typed.split_at_checked(begin).unwrap_or_default();
        let plan = Plan::new(self, typed, false);
        let headed = self.headed(&plan);
        let stream = self.index().analyser().stream(typed);
        let headlines = self.headlines(&plan, stream.chars(), &headed, limit)?;
        let stream = self.index().analyser().stream(last);
        let mut words = Vec::new();
        if !stream.is_empty() && !begun {
            words = self.words(stream.chars(), headed)?;
            for word in &mut words {
                word.text.insert_str(0, before);
            }
        }
        Ok((words, headlines))
    }

    /// Words that begin with a prefix. The documents given hold it.
    fn words(
        &self,
        prefix: &[char],
        mut documents: Vec<u32>,
    ) -> Result<Vec<Suggestion>, FormatError> {
        let mut found: Vec<String> = Vec::new();
        let mut keys: Vec<(u64, u32)> = Vec::new();
        if let Some(proof) = Proof::new(self.index(), prefix).filter(|_| prefix.len() > 1) {
            for document in all_of(self.index(), &proof.terms) {
                if documents.len() < LOOKED_INTO && !documents.contains(&document) {
                    documents.push(document);
                }
            }
            for own in self.continuations(prefix, &documents)? {
                keys.push((!u64::from(own.count), cast::small(found.len())));
                found.push(own.text);
            }
        }
        let begun: String = prefix.iter().collect();
        self.index()
            .analyser()
            .dictionary()
            .starting_with(&begun, |word| {
                let df = self.documents_with(&word);
                if df > 0 && word != begun && !found.contains(&word) {
                    keys.push((!u64::from(df), cast::small(found.len())));
                    found.push(word);
                }
                found.len() < WORDS
            });
        order::sort(&mut keys);
        let word = |(_, at): (u64, u32)| found.get(cast::index(at)).cloned().map(term);
        Ok(keys.into_iter().filter_map(word).collect())
    }

    /// How many documents hold a word as cut: its own term, or its pair.
    pub(crate) fn documents_with(&self, word: &str) -> u32 {
        let index = self.index();
        let chars: Vec<char> = word.chars().collect();
        let term = match chars.as_slice() {
            &[first, second] => index.pair(first, second),
            _ => index.word(word),
        };
        term.map_or(0, |term| index.document_frequency(term))
    }

    /// The newest documents in whose headlines all clauses stand, as far as the classes of their terms
    /// say.
    fn headed(&self, plan: &Plan) -> Vec<u32> {
        let terms: Option<Vec<_>> = plan
            .wanted()
            .map(|clause| Some(clause.whole.as_ref()?.terms.as_slice()))
            .collect();
        let terms = terms.unwrap_or_default().concat();
        let documents = all_of(self.index(), &terms);
        let classes = classes_of(self.index(), &terms, &documents);
        let in_headline = classes.iter().filter(|(_, class)| *class >= IN_HEADLINE);
        let mut keys: Vec<(u64, u32)> = in_headline
            .map(|&(document, _)| (self.newness(document), document))
            .collect();
        order::sort(&mut keys);
        let newest = keys.into_iter().take(LOOKED_INTO);
        newest.map(|(_, document)| document).collect()
    }

    /// The less the newer.
    fn newness(&self, document: u32) -> u64 {
        let date = self.index().date(document);
        u64::from(u32::MAX - date.map_or(0, Date::days))
    }

    /// The headlines of those of the documents that begin with what was typed, then of those that
    /// hold it.
    fn headlines(
        &self,
        plan: &Plan,
        typed: &[char],
        documents: &[u32],
        limit: usize,
    ) -> Result<Vec<Suggestion>, FormatError> {
        let clauses = plan.wanted().map(|clause| clause.needle.as_ref());
        let (Some(typed), Some(clauses)) = (
            Needle::new(self.index(), typed),
            clauses.collect::<Option<Vec<&Needle>>>(),
        ) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for (&document, place) in documents.iter().zip(0..) {
            let held = self.held(document)?;
            let behind = u64::from(!held.begins(&typed, Field::Title));
            let mut clauses = clauses.iter();
            if clauses.all(|clause| held.holds_in(clause, Field::Title)) {
                found.push((behind << 32 | place, document));
            }
        }
        order::sort(&mut found);
        let suggestion = |(_, document): (u64, u32)| {
            let record = &self.prepared(document)?.record;
            Ok(Suggestion {
                text: record.title.clone(),
                kind: "title",
                id: Some(record.id.clone()),
            })
        };
        found.into_iter().take(limit).map(suggestion).collect()
    }
}

fn term(text: String) -> Suggestion {
    Suggestion {
        text,
        kind: "term",
        id: None,
    }
}

/// Leaves the first of suggestions that show the same.
fn each_once(suggestions: &mut Vec<Suggestion>) {
    let mut kept: Vec<Suggestion> = Vec::new();
    for own in suggestions.drain(..) {
        if kept.iter().all(|other| other.text != own.text) {
            kept.push(own);
        }
    }
    *suggestions = kept;
}
