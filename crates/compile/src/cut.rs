//! Documents → terms: every document is cut once, in parallel, and its terms go into sorted segments.

use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::{FxHashMap, FxHashSet};
use souwen_index::{Date, Field, Meta};
use souwen_text::{
    Alphabet, Analyser, Dictionary, FRAGMENT, FRAGMENT_LEN, Gap, Lexicon, Stream, UNKNOWN_WEIGHT,
    fragment, is_han,
};

use crate::core::norm;
use crate::duplicates::{Bands, Sketch};
use crate::error::CompileError;
use crate::held::{Held, is_unbroken};
use crate::keywords::Candidates;
use crate::limits::{Limits, Stage, Watch};
use crate::notes::{self, Notes};
use crate::pool;
use crate::run::{Entry, Spool};
use crate::sort::{self, Builder, Segment, Segments};
use crate::store::Stored;
use crate::used::Used;

/// What documents are cut with.
pub(crate) struct Cutting<'a> {
    pub(crate) analyser: &'a Analyser<Dictionary>,
    /// How the dictionary's longer words begin, as [`begun`] has it.
    pub(crate) begun: &'a FxHashSet<u64>,
    /// Has every character of the streams.
    pub(crate) alphabet: &'a Alphabet,
    /// How much each field counts.
    pub(crate) meta: &'a Meta,
    /// Groups of words of which it is to be told whether any stands anywhere.
    pub(crate) sought: &'a [Vec<Vec<char>>],
}

/// The first three characters of a text as a number. A word of so many has a term of its own.
pub(crate) fn begun(text: &[char]) -> Option<u64> {
    let first: &[char; 3] = text.first_chunk()?;
    let add = |packed, &c: &char| packed << 21 | u64::from(u32::from(c));
    Some(first.iter().fold(0, add))
}

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    pub(crate) segments: Vec<Segment>,
    pub(crate) bands: Vec<Stored>,
    pub(crate) used: Used,
    /// Per document: what may be its keywords.
    pub(crate) notes: Notes,
    /// The [hashes](crate::keywords::hash) of all that may be keywords.
    pub(crate) candidates: FxHashSet<u64>,
    /// Per group that was sought: whether any of it stands.
    pub(crate) stands: Vec<bool>,
}

/// Cuts all documents.
pub(crate) fn cut(
    cutting: &Cutting<'_>,
    spool: &Spool,
    limits: &Limits,
    watch: &dyn Watch,
) -> Result<Cut, CompileError> {
    watch.stage(Stage::Cut, spool.documents().into());
    let stands: Vec<AtomicBool> = cutting
        .sought
        .iter()
        .map(|_| AtomicBool::default())
        .collect();
    let chunks = |give: &mut dyn FnMut(std::ops::Range<u32>)| {
        spool.chunks().for_each(give);
        Ok::<_, CompileError>(())
    };
    let workers = pool::spread(
        limits.threads,
        || Cutter::new(cutting, &stands, limits),
        chunks,
        |cutter, chunk| {
            let documents: Vec<u32> = chunk.collect();
            let entries = spool.read(&documents)?;
            let count = u64::try_from(entries.len()).unwrap_or(0);
            let first = documents.first().copied().unwrap_or(0);
            let mut notes = Vec::new();
            for (document, entry) in documents.into_iter().zip(entries) {
                cutter.document(document, entry, &mut notes)?;
            }
            cutter.notes.add(first, &notes)?;
            watch.advance(count);
            Ok(())
        },
    )?;
    let mut cut = Cut::default();
    for mut worker in workers {
        worker.write()?;
        cut.segments.extend(worker.segments.into_all());
        cut.bands.push(worker.bands.finish()?);
        cut.used.add(worker.used);
        cut.notes.add(worker.notes)?;
        if cut.candidates.is_empty() {
            cut.candidates = worker.candidate_keys;
        } else {
            cut.candidates.extend(worker.candidate_keys);
        }
    }
    cut.stands = stands.into_iter().map(AtomicBool::into_inner).collect();
    Ok(cut)
}

/// One thread's share.
struct Cutter<'a> {
    cutting: &'a Cutting<'a>,
    stands: &'a [AtomicBool],
    limits: &'a Limits,
    builder: Builder,
    segments: Segments,
    bands: Bands<'a>,
    used: Used,
    notes: notes::Writer<'a>,
    candidate_keys: FxHashSet<u64>,
    /// The document's characters and pairs, by [`sort::run`].
    runs: FxHashMap<u64, Held>,
    /// Its words, by their numbers in the segment.
    words: FxHashMap<u32, Held>,
    candidates: Candidates,
}

impl<'a> Cutter<'a> {
    fn new(cutting: &'a Cutting<'a>, stands: &'a [AtomicBool], limits: &'a Limits) -> Self {
        Self {
            cutting,
            stands,
            limits,
            builder: Builder::new(limits),
            segments: Segments::default(),
            bands: Bands::new(limits),
            used: Used::default(),
            notes: notes::Writer::new(limits),
            candidate_keys: FxHashSet::default(),
            runs: FxHashMap::default(),
            words: FxHashMap::default(),
            candidates: Candidates::default(),
        }
    }

    fn document(
        &mut self,
        document: u32,
        entry: Entry,
        notes: &mut Vec<u8>,
    ) -> Result<(), CompileError> {
        let fields = entry.into_fields();
        let mut sketch = Sketch::default();
        let mut streams = Vec::new();
        self.builder.begin(document);
        for (field, text) in &fields {
            let stream = self.field(*field, text);
            sketch.add(*field, &stream);
            streams.push(stream);
        }
        self.seek(&streams);
        self.candidates.note(notes, &mut self.candidate_keys);
        self.bands.add(document, &sketch)?;
        let meta = self.cutting.meta;
        let norm = norm(meta, streams.iter().map(Vec::len).sum());
        let class = |(run, held): (u64, Held)| {
            let single = sort::is_single(run);
            let class = if single {
                held.class_of_single()
            } else {
                held.class(meta, norm)
            };
            (run, class)
        };
        self.builder.add_runs(self.runs.drain().map(class));
        let words = self.words.drain();
        self.builder
            .add_words(words.map(|(word, held)| (word, held.class(meta, norm))));
        if self.builder.is_full() {
            self.write()?;
        }
        Ok(())
    }

    /// Ends a segment.
    fn write(&mut self) -> Result<(), CompileError> {
        if let Some(segment) = self.builder.write(self.limits)? {
            self.segments.push(segment, self.limits)?;
        }
        Ok(())
    }

    /// Cuts a field and adds up its terms; gives its stream.
    ///
    /// A word of three and more characters has a term of its own; one or two are a run. Of the dictionary's
    /// words those that stand in the text although it is cut otherwise count nothing, but are told, so
    /// that a word's list names every document that holds it. So are fragments of numbers and Latin words.
    fn field(&mut self, field: Field, text: &str) -> Vec<char> {
        let weight = self.cutting.meta.weight(field);
        let dictionary = self.cutting.analyser.dictionary();
        let analysis = self.cutting.analyser.analyse(text);
        let stream = &analysis.stream;
        let chars = stream.chars();
        let code = |&c: &char| self.cutting.alphabet.code(c).unwrap_or(u32::MAX);
        let codes: Vec<u32> = chars.iter().map(code).collect();
        for (at, &first) in codes.iter().enumerate() {
            let single = self.runs.entry(sort::run(first, None)).or_default();
            single.see(field, weight, true);
            if let Some(&second) = codes.get(at + 1) {
                let pair = self.runs.entry(sort::run(first, Some(second)));
                let unbroken = stream.gap(at + 1) != Gap::Break;
                pair.or_default().see(field, weight, unbroken);
            }
        }
        for word in &analysis.words {
            let own = chars.get(word.start..word.end).unwrap_or_default();
            if own.iter().all(|&c| is_han(c)) {
                self.used.insert(own);
            }
            if own.len() > 2 {
                let codes = codes.get(word.start..word.end).unwrap_or_default();
                let number = self.builder.word(codes);
                let unbroken = is_unbroken(stream, word.start, word.end);
                let held = self.words.entry(number).or_default();
                held.see(field, weight, unbroken);
            }
        }
        let spelt = dictionary.codes(chars);
        for at in 0..spelt.len() {
            // Few places are where a longer word begins, and this is the quicker question.
            let begun = chars.get(at..).and_then(begun);
            if !begun.is_some_and(|own| self.cutting.begun.contains(&own)) {
                continue;
            }
            let rest = spelt.get(at..).unwrap_or_default();
            dictionary.words_at(rest, |len, _| {
                if len > 2 {
                    let codes = codes.get(at..at + len).unwrap_or_default();
                    let number = self.builder.word(codes);
                    let unbroken = is_unbroken(stream, at, at + len);
                    let held = self.words.entry(number).or_default();
                    held.see(field, 0, unbroken);
                }
            });
        }
        self.fragments(field, stream, &codes);
        self.candidates.add(field, &analysis, &codes, |word| {
            let place = dictionary.place_after(spelt.get(word).unwrap_or_default());
            let entry = place.and_then(|place| dictionary.word(place));
            entry.map_or(UNKNOWN_WEIGHT, |(_, weight)| weight)
        });
        chars.to_vec()
    }

    /// Tells of the fragments of a field.
    fn fragments(&mut self, field: Field, stream: &Stream, codes: &[u32]) {
        let Some(mark) = self.cutting.alphabet.code(FRAGMENT) else {
            return;
        };
        let mut key = [mark; FRAGMENT_LEN + 1];
        for at in 0..codes.len() {
            let rest = stream.chars().get(at..).unwrap_or_default();
            if fragment(rest).is_none() {
                continue;
            }
            for (slot, code) in key.iter_mut().take(FRAGMENT_LEN).zip(codes.iter().skip(at)) {
                *slot = *code;
            }
            let number = self.builder.word(&key);
            let unbroken = is_unbroken(stream, at, at + FRAGMENT_LEN);
            let held = self.words.entry(number).or_default();
            held.see(field, 0, unbroken);
        }
    }

    /// Looks for what is sought and has not been found yet.
    fn seek(&self, streams: &[Vec<char>]) {
        for (group, stands) in self.cutting.sought.iter().zip(self.stands) {
            if !stands.load(Ordering::Relaxed) && group.iter().any(|word| self.holds(streams, word))
            {
                stands.store(true, Ordering::Relaxed);
            }
        }
    }

    fn holds(&self, streams: &[Vec<char>], word: &[char]) -> bool {
        let code = |&c: &char| self.cutting.alphabet.code(c).unwrap_or(u32::MAX);
        let codes: Vec<u32> = word.iter().map(code).collect();
        let mut at = 0..codes.len();
        let may_be = at.all(|at| {
            let first = codes.get(at).copied().unwrap_or(u32::MAX);
            let run = sort::run(first, codes.get(at + 1).copied());
            self.runs.contains_key(&run)
        });
        let within = |stream: &Vec<char>| stream.windows(word.len()).any(|own| own == word);
        may_be && streams.iter().any(within)
    }
}

/// A document's fields and its day, for [`crate::duplicates`].
pub(crate) fn compared(entry: Entry) -> (Vec<(Field, String)>, Option<Date>) {
    let date = entry.date();
    (entry.into_fields(), date)
}
