//! Articles → a run: one pass, in parallel, with as many articles in memory as there are threads.

use std::sync::Mutex;

use souwen_corpus::Article;
use souwen_text::{FoldTable, Gap, Stream, fits, is_han};

use super::counts::{Characters, Counts, insert};
use super::{Entry, Place, Run, hash, kept};
use crate::dictionary::{self, Tables};
use crate::error::CompileError;
use crate::limits::{Limits, Stage, Watch};
use crate::options::Options;
use crate::pool::{self, lock};
use crate::store::Log;
use crate::used::Used;
use crate::{columns, folds};

/// Articles and characters that are handed to a thread together.
const BATCH: (usize, usize) = (64, 200_000);

/// Reads articles into a run. `produce` is given a function to call with each article and its number
/// in the input, which no two may share; `shard` says which of how many shards these articles are.
///
/// # Errors
/// [`CompileError::ReservedFacet`], or what the disk says.
pub fn map(
    options: &Options,
    limits: &Limits,
    watch: &dyn Watch,
    shard: (u32, u32),
    produce: impl FnOnce(&mut dyn FnMut(u64, Article)),
) -> Result<Run, CompileError> {
    columns::check_names(&options.facets)?;
    watch.stage(Stage::Read, 0);
    let mapper = Mapper {
        facets: &options.facets,
        fold: folds::complete(),
        tables: dictionary::load(),
        out: Mutex::new((Log::new(limits, kept(limits)), Vec::new())),
        watch,
    };
    let batches = |give: &mut dyn FnMut(Vec<(u64, Article)>)| {
        let (mut batch, mut characters) = (Vec::new(), 0);
        produce(&mut |ordinal, article| {
            characters += article.characters();
            batch.push((ordinal, article));
            if batch.len() >= BATCH.0 || characters >= BATCH.1 {
                give(std::mem::take(&mut batch));
                characters = 0;
            }
        });
        give(batch);
        Ok(())
    };
    let counts = pool::spread(
        limits.threads,
        Counting::default,
        batches,
        |counting, batch| mapper.batch(counting, batch),
    )?;
    let (log, mut places) = mapper
        .out
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    places.sort_unstable_by_key(|place| place.ordinal);
    let mut all = Counts::default();
    for own in counts {
        all.add(own.finish());
    }
    Ok(Run {
        articles: log.finish()?,
        places,
        counts: all,
        shard,
    })
}

struct Mapper<'a> {
    facets: &'a [String],
    fold: FoldTable,
    tables: std::sync::Arc<Tables>,
    out: Mutex<(Log<'a>, Vec<Place>)>,
    watch: &'a dyn Watch,
}

impl Mapper<'_> {
    fn batch(
        &self,
        counting: &mut Counting,
        batch: Vec<(u64, Article)>,
    ) -> Result<(), CompileError> {
        let mut bytes = Vec::new();
        let mut places = Vec::new();
        let articles = u64::try_from(batch.len()).unwrap_or(0);
        for (ordinal, article) in batch {
            let characters = article.characters();
            let entry = Entry::new(article, self.facets);
            let at = bytes.len();
            entry.write(&mut bytes)?;
            places.push(Place {
                ordinal,
                at: u64::try_from(at).unwrap_or(0),
                length: u32::try_from(bytes.len() - at).map_err(|_| CompileError::TooLarge)?,
                characters: u32::try_from(characters).unwrap_or(u32::MAX),
                id: hash(&entry.id),
                run: 0,
            });
            counting.counts.characters += u64::try_from(characters).unwrap_or(0);
            self.count(counting, entry);
        }
        let mut out = lock(&self.out);
        let begin = out.0.append(&bytes)?;
        places.iter_mut().for_each(|place| place.at += begin);
        out.1.extend(places);
        drop(out);
        self.watch.advance(articles);
        Ok(())
    }

    fn count(&self, counting: &mut Counting, entry: Entry) {
        let counts = &mut counting.counts;
        counts.add_values(&entry.facets);
        if let Some(date) = entry.date() {
            counts.newest = counts.newest.max(date.days() + 1);
        }
        let record = entry.into_record();
        for name in &record.reporters {
            insert(&mut counts.names, name);
        }
        for c in record.join().chars() {
            counting.frequencies.add(c);
        }
        let text = text_of(&record.fields());
        text.chars().for_each(|c| counting.printed.add(c));
        let stream = Stream::new(&self.fold, &text);
        for &c in stream.chars() {
            counting.streams.add(c);
        }
        for token in self.tables.jieba().cut_all(&blocks(&stream)) {
            counting.known.insert_text(token.word, is_han_word);
        }
    }
}

/// What a thread has counted: what is asked for each character or word, in forms that are quicker than
/// those of [`Counts`].
#[derive(Default)]
struct Counting {
    counts: Counts,
    frequencies: Characters,
    printed: Characters,
    streams: Characters,
    known: Used,
}

impl Counting {
    fn finish(self) -> Counts {
        let chars = |own: Characters| own.into_counts().map(|(c, _)| c).collect();
        Counts {
            frequencies: self.frequencies.into_counts().collect(),
            printed: chars(self.printed),
            streams: chars(self.streams),
            known: self.known.into_texts().collect(),
            ..self.counts
        }
    }
}

/// An article's fields as one text.
pub(crate) fn text_of(fields: &[(souwen_index::Field, String)]) -> String {
    let texts: Vec<&str> = fields.iter().map(|(_, text)| text.as_str()).collect();
    texts.join("\n")
}

/// The folded text of a stream with a line feed wherever no word may reach across.
pub(crate) fn blocks(stream: &Stream) -> String {
    let mut text = String::with_capacity(stream.len() * 4);
    for (at, &c) in stream.chars().iter().enumerate() {
        if stream.gap(at) != Gap::None {
            text.push('\n');
        }
        text.push(c);
    }
    text
}

pub(crate) fn is_han_word(word: &str) -> bool {
    fits(word) && word.chars().all(is_han)
}
