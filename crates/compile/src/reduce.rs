//! Runs → an index, written piece by piece.
//!
//! The dictionary comes first, out of what was counted, since it decides how texts are cut. A second pass
//! cuts them, a merge brings their terms into order, a third pass codes their texts.

use std::collections::HashSet;

use rustc_hash::FxHashSet;
use souwen_index::{Core, Layout, Sink, TextCodec, Writer};
use souwen_text::{Alphabet, Analyser, Dictionary, FRAGMENT, FoldTable, cast, weight_of};

use crate::columns;
use crate::cut::{self, Cut, Cutting};
use crate::dictionary::{self, Words};
use crate::documents::Documents;
use crate::error::CompileError;
use crate::keywords::Frequencies;
use crate::lexicon::Lexicon;
use crate::limits::{Limits, Stage, Watch};
use crate::options::{Options, Stats};
use crate::run::{Run, Spool};
use crate::sounds::{self, Prepared};
use crate::update::Ledger;
use crate::{Compiled, Reprints, core, duplicates, folds, sample, sort, synonyms};

/// Makes an index of some runs, whose parts go to `sink`; `layout` is told the documents and their characters.
/// Which articles are in which run makes no difference.
pub(crate) fn reduce(
    runs: Vec<Run>,
    options: &Options,
    limits: &Limits,
    watch: &dyn Watch,
    layout: impl FnOnce(u32, u64) -> Layout,
    sink: &mut dyn Sink,
) -> Result<Compiled, CompileError> {
    core::check_weights(options)?;
    let (spool, counts) = Spool::new(runs)?;
    let meta = core::meta(options, spool.documents(), &counts);
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
    if frequencies
        .iter()
        .any(|(c, count)| c.is_ascii_alphanumeric() && *count > 0)
    {
        frequencies.insert(FRAGMENT, 1);
    }
    let printed = frequencies.iter().filter(|(_, count)| **count > 0);
    let needed = printed
        .map(|(&c, _)| c)
        .chain(counts.streams.iter().copied());
    let needed: FxHashSet<char> = needed.collect();
    let mut streams = counts.streams;
    streams.extend(members.iter().flat_map(|member| member.chars()));
    let provisional = Alphabet::new(frequencies.into_iter().collect());
    if !sort::fits(provisional.len()) {
        return Err(CompileError::TooLarge);
    }
    let analyser = analyser(fold, &words);
    let begun = words.keys().filter_map(|word| {
        let chars: Vec<char> = word.chars().collect();
        cut::begun(&chars)
    });
    let cutting = Cutting {
        analyser: &analyser,
        begun: &begun.collect(),
        alphabet: &provisional,
        meta: &meta,
        sought: synonyms.groups(),
    };
    let cut = cut::cut(&cutting, &spool, limits, watch)?;
    let Cut {
        segments,
        bands,
        used,
        notes,
        candidates,
        stands,
    } = cut;

    watch.stage(Stage::Reprints, 0);
    let read = |documents: &[u32]| {
        let entries = spool.read(documents)?;
        Ok(entries.into_iter().map(cut::compared).collect())
    };
    let groups = duplicates::groups(&bands, spool.documents(), analyser.fold(), limits, read)?;
    drop((bands, analyser));

    let is_used = |word: &str| used.contains(&word.chars().collect::<Vec<char>>());
    dictionary::prune(&mut words, is_used, &members);
    drop(used);
    let lexicon = Lexicon::new(&provisional, &words, needed);
    let alphabet = lexicon.alphabet().clone();

    watch.stage(Stage::Code, 0);
    let codec = TextCodec::train(&alphabet, &sample::joined(&spool)?, TextCodec::WORDS);
    let codec = codec.map_err(CompileError::Codec)?;
    let columns = columns::columns(&options.facets, counts.values);
    let facets = columns.iter();
    let facets = facets.map(|own| (own.name.clone(), own.values.clone()));
    let idle_synonyms = synonyms::idle(&synonyms, &stands);
    let is_word = |word: &str| words.contains_key(word);
    let core = Core {
        sounds: sounds::for_archive(&alphabet, &streams, prepared, is_word),
        folds: folds::for_archive(&streams, &counts.printed),
        facets: facets.collect(),
        alphabet: alphabet.clone(),
        codec: codec.clone(),
        synonyms,
        meta,
    };
    let mut writer = Writer::new(core, layout(spool.documents(), counts.characters), sink);
    let mut frequencies: Frequencies = candidates.into_iter().map(|key| (key, 0)).collect();
    let terms = lexicon.merge(segments, &mut frequencies, limits, watch, &mut writer)?;
    let documents = Documents {
        spool: &spool,
        columns: &columns,
        notes: &notes,
        groups: &groups,
        provisional: &provisional,
        frequencies: &frequencies,
        all: spool.documents(),
        encoder: codec.encoder(&alphabet),
    };
    documents.write(limits, watch, &mut writer)?;
    let repeated = (0..).zip(groups.iter().copied());
    let repeated = repeated.filter(|(own, first)| own != first);
    let reprints = Reprints::new(
        repeated.clone().map(|(own, first)| [own, first]),
        |document| spool.record(document),
    )?;
    let (bytes, end) = writer.finish_in_parts()?;
    Ok(Compiled {
        stats: Stats {
            documents: spool.documents(),
            characters: counts.characters,
            words: cast::small(words.len()),
            repeated: cast::small(repeated.count()),
            terms,
        },
        bytes,
        ledger: Ledger { ends: vec![end] },
        idle_synonyms,
        reprints,
    })
}

/// The analyser that cuts the archive: with words that [`dictionary::prune`] will drop, which makes no difference.
fn analyser(fold: FoldTable, words: &Words) -> Analyser<Dictionary> {
    let weighted = words
        .iter()
        .map(|(word, &frequency)| (word, weight_of(frequency)));
    Analyser::new(fold, Dictionary::from_words(weighted))
}
