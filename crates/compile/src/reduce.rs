//! Runs → an archive, given piece by piece to a [`Sink`].
//!
//! The dictionary comes first, out of what was counted, since it decides how texts are cut. A second pass
//! cuts them, a merge brings their terms into order, a third pass gives their texts.

use std::collections::HashSet;

use souwen_index::{Document, norm_of};
use souwen_text::{Alphabet, Analyser, Dictionary, cast, weight_of};

use crate::core::{self, Known};
use crate::cut::{self, Cut, Cutting};
use crate::dictionary::{self, Words};
use crate::error::CompileError;
use crate::lexicon::Lexicon;
use crate::limits::{Limits, Stage, Watch};
use crate::options::{Options, Stats};
use crate::run::{Run, Spool};
use crate::sink::{Column, DocumentParts, Sink};
use crate::sounds::Prepared;
use crate::{duplicates, folds, sample, sort, synonyms};

/// What a build has to say in the end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Figures.
    pub stats: Stats,
    /// The synonyms of which none stands in any article, as `甲 = 乙`.
    pub idle_synonyms: Vec<String>,
}

/// Gives the archive of some runs to a sink. Which articles are in which run makes no difference.
///
/// # Errors
/// [`CompileError`] says what is wrong with the articles, the settings or the disk.
pub fn reduce(
    runs: Vec<Run>,
    options: &Options,
    limits: &Limits,
    watch: &dyn Watch,
    sink: &mut impl Sink,
) -> Result<Summary, CompileError> {
    core::check_weights(options)?;
    let (spool, counts) = Spool::new(runs)?;
    let fold = folds::complete();
    let synonyms = synonyms::collect(&fold, &options.synonyms)?;
    let members = synonyms.groups().iter().flatten();
    let members: HashSet<String> = members.map(|member| member.iter().collect()).collect();

    let new = sample::new_words(&spool, &fold, limits, watch)?;
    let given = counts.names.iter().chain(&options.words).chain(&members);
    let mut words = dictionary::assemble(&fold, counts.known, new, given, limits.threads)?;
    let prepared = Prepared::new(words.keys());
    if !limits.keeps_dictionary {
        dictionary::release();
    }

    let mut frequencies = counts.frequencies;
    let of_words = words.keys().flat_map(|word| word.chars());
    let others = counts.streams.iter().copied().chain(of_words);
    others.for_each(|c| {
        frequencies.entry(c).or_default();
    });
    let printed = frequencies.iter().filter(|(_, count)| **count > 0);
    let needed = printed
        .map(|(&c, _)| c)
        .chain(counts.streams.iter().copied());
    let needed = needed.collect();
    let mut streams = counts.streams;
    streams.extend(members.iter().flat_map(|member| member.chars()));
    let provisional = Alphabet::new(frequencies.into_iter().collect());
    if !sort::fits(provisional.len()) {
        return Err(CompileError::TooLarge);
    }
    let mut meta = core::meta(options, spool.documents(), counts.characters);
    let analyser = analyser(fold, &words)?;
    let cutting = Cutting {
        analyser: &analyser,
        alphabet: &provisional,
        meta: &meta,
        sought: synonyms.groups(),
    };
    let cut = cut::cut(&cutting, &spool, limits, watch)?;
    let Cut {
        segments,
        bands,
        used,
        lengths,
        stands,
    } = cut;
    meta.average_length = core::average(&lengths);
    let norms: Vec<u8> = lengths.iter().map(|&length| norm_of(length)).collect();
    drop(lengths);

    watch.stage(Stage::Reprints, 0);
    let read = |documents: &[u32]| {
        let entries = spool.read(documents)?;
        Ok(entries.into_iter().map(cut::compared).collect())
    };
    let documents = spool.documents();
    let groups = duplicates::groups(&bands, documents, analyser.fold(), limits, read)?;
    drop((bands, analyser));

    let is_used = |word: &str| used.contains(&word.chars().collect::<Vec<char>>());
    dictionary::prune(&mut words, is_used, &members);
    drop(used);
    let lexicon = Lexicon::new(&provisional, &words, needed);
    let known = Known {
        alphabet: lexicon.alphabet().clone(),
        folds: folds::for_archive(&streams, &counts.printed),
        idle: synonyms::idle(&synonyms, &stands),
        streams,
        synonyms,
        prepared,
    };
    let columns = core::columns(options, counts.values);
    let idle_synonyms = known.idle.clone();
    sink.begin(known.into_core(meta, &words, columns.clone())?)?;
    let stats = Stats {
        documents,
        characters: counts.characters,
        words: cast::small(words.len()),
        repeated: cast::small(
            (0..)
                .zip(&groups)
                .filter(|(own, first)| own != *first)
                .count(),
        ),
        terms: lexicon.merge(segments, limits, watch, sink)?,
    };
    give_documents(&spool, &columns, (&norms, &groups), watch, sink)?;
    sink.finish()?;
    Ok(Summary {
        stats,
        idle_synonyms,
    })
}

/// The analyser that cuts the archive: with words that [`dictionary::prune`] will drop, which makes no difference.
fn analyser(
    fold: souwen_text::FoldTable,
    words: &Words,
) -> Result<Analyser<Vec<u8>>, CompileError> {
    let weighted = words
        .iter()
        .map(|(word, &frequency)| (word, weight_of(frequency)));
    Ok(Analyser::new(fold, Dictionary::from_words(weighted)?))
}

/// Gives all documents, whose norms and groups are known by now.
fn give_documents(
    spool: &Spool,
    columns: &[Column],
    (norms, groups): (&[u8], &[u32]),
    watch: &dyn Watch,
    sink: &mut impl Sink,
) -> Result<(), CompileError> {
    watch.stage(Stage::Texts, spool.documents().into());
    for chunk in spool.chunks() {
        let documents: Vec<u32> = chunk.clone().collect();
        let entries = spool.read(&documents)?;
        let mut batch = Vec::with_capacity(entries.len());
        for (&number, mut entry) in documents.iter().zip(entries) {
            let at = cast::index(number);
            let record = entry.take_record();
            let own = columns.iter().zip(&entry.facets);
            batch.push(DocumentParts {
                columns: own.map(|(column, values)| column.numbers(values)).collect(),
                document: Document {
                    norm: norms.get(at).copied().unwrap_or(0),
                    kind: entry.kind(),
                    date: entry.date(),
                    date_inferred: entry.date_inferred,
                    id: entry.id,
                    group: groups.get(at).copied().unwrap_or(number),
                },
                record,
            });
        }
        sink.documents(chunk.start, batch)?;
        watch.advance(u64::try_from(documents.len()).unwrap_or(0));
    }
    Ok(())
}
