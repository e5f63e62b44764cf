//! Documents → terms: every document is cut once, in parallel, and its terms go into sorted segments.

use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;
use souwen_index::{Date, Field, Meta, class_of};
use souwen_text::{Alphabet, Analyser, cast, is_han};

use crate::duplicates::{Bands, Sketch};
use crate::error::CompileError;
use crate::limits::{Limits, Stage, Watch};
use crate::pool;
use crate::run::{Entry, Spool};
use crate::sort::{self, Builder, Segment, Segments};
use crate::store::Stored;
use crate::used::Used;

/// What documents are cut with.
pub(crate) struct Cutting<'a> {
    pub(crate) analyser: &'a Analyser<Vec<u8>>,
    /// Has every character of the streams.
    pub(crate) alphabet: &'a Alphabet,
    /// How much each field counts.
    pub(crate) meta: &'a Meta,
    /// Groups of words of which it is to be told whether any stands anywhere.
    pub(crate) sought: &'a [Vec<Vec<char>>],
}

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    pub(crate) segments: Vec<Segment>,
    pub(crate) bands: Vec<Stored>,
    pub(crate) used: Used,
    /// Per document: the characters of its streams.
    pub(crate) lengths: Vec<u32>,
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
            for (document, entry) in documents.into_iter().zip(entries) {
                cutter.document(document, entry)?;
            }
            watch.advance(count);
            Ok(())
        },
    )?;
    let mut cut = Cut {
        lengths: vec![0; cast::index(spool.documents())],
        ..Cut::default()
    };
    for mut worker in workers {
        worker.write()?;
        cut.segments.extend(worker.segments.into_all());
        cut.bands.push(worker.bands.finish()?);
        cut.used.add(worker.used);
        for (document, length) in worker.lengths {
            if let Some(slot) = cut.lengths.get_mut(cast::index(document)) {
                *slot = length;
            }
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
    lengths: Vec<(u32, u32)>,
    /// Field-weighted frequencies in the document, by [`sort::run`].
    runs: FxHashMap<u64, u32>,
    /// The same of its words, by their numbers in the segment.
    words: FxHashMap<u32, u32>,
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
            lengths: Vec::new(),
            runs: FxHashMap::default(),
            words: FxHashMap::default(),
        }
    }

    fn document(&mut self, document: u32, entry: Entry) -> Result<(), CompileError> {
        let fields = entry.into_fields();
        let mut sketch = Sketch::default();
        let mut streams = Vec::new();
        let mut length = 0;
        self.builder.begin(document);
        for (field, text) in &fields {
            let stream = self.field(*field, text);
            length += cast::small(stream.len());
            sketch.add(*field, &stream);
            streams.push(stream);
        }
        self.seek(&streams);
        self.lengths.push((document, length));
        self.bands.add(document, &sketch)?;
        let class = |(run, weight)| {
            // A character alone says where, hardly how much: its class is not kept.
            let class = if sort::is_single(run) {
                0
            } else {
                class_of(weight)
            };
            (run, class)
        };
        self.builder.add_runs(self.runs.drain().map(class));
        let words = self.words.drain();
        self.builder
            .add_words(words.map(|(word, weight)| (word, class_of(weight))));
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
    fn field(&mut self, field: Field, text: &str) -> Vec<char> {
        let weight = self.cutting.meta.weight(field);
        let analysis = self.cutting.analyser.analyse(text);
        let chars = analysis.stream.chars();
        let code = |&c: &char| self.cutting.alphabet.code(c).unwrap_or(u32::MAX);
        let codes: Vec<u32> = chars.iter().map(code).collect();
        for (at, &first) in codes.iter().enumerate() {
            *self.runs.entry(sort::run(first, None)).or_default() += weight;
            if let Some(&second) = codes.get(at + 1) {
                *self.runs.entry(sort::run(first, Some(second))).or_default() += weight;
            }
        }
        for word in &analysis.words {
            let own = chars.get(word.start..word.end).unwrap_or_default();
            let is_han = own.iter().all(|&c| is_han(c));
            if is_han {
                self.used.insert(own);
            }
            // One or two Chinese characters have their term as a run.
            if own.len() > 2 || !is_han {
                let codes = codes.get(word.start..word.end).unwrap_or_default();
                let number = self.builder.word(codes);
                *self.words.entry(number).or_default() += weight;
            }
        }
        chars.to_vec()
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
