//! What is learnt of all texts at once is learnt from samples of bounded size: new words, and how texts
//! are coded.

use std::collections::BTreeSet;

use souwen_text::{FoldTable, Stream};

use crate::dictionary::{self, pieces_of};
use crate::error::CompileError;
use crate::limits::{Limits, Stage, Watch};
use crate::new_words::{self, Texts};
use crate::pool;
use crate::run::{Spool, blocks, text_of};

/// Characters that are looked into. An archive of fewer is looked into as a whole.
const SAMPLE: u64 = 20_000_000;
/// Of more, jieba's dictionary gives way to what is counted, and is loaded once more, if there is not so much
/// memory, in bytes.
const MANY: u64 = 2_000_000;
const ROOM: u64 = 512 << 20;
/// Bytes of articles that their code is learnt from.
const CODE_SAMPLE: u64 = 4 << 20;
/// Documents that are read together.
const BATCH: usize = 64;

/// The new words of an archive.
pub(crate) fn new_words(
    spool: &Spool,
    fold: &FoldTable,
    limits: &Limits,
    watch: &dyn Watch,
) -> Result<BTreeSet<String>, CompileError> {
    let sample = sample(spool, SAMPLE, |own| spool.characters(own));
    let characters: u64 = sample.iter().map(|&own| spool.characters(own)).sum();
    watch.stage(Stage::Words, characters);
    let tables = dictionary::load();
    let batches = |give: &mut dyn FnMut(Vec<u32>)| {
        sample.chunks(BATCH).for_each(|batch| give(batch.to_vec()));
        Ok::<_, CompileError>(())
    };
    let writers = pool::spread(
        limits.threads,
        || Texts::writer(limits),
        batches,
        |writer, documents| {
            for entry in spool.read(&documents)? {
                let text = text_of(&entry.into_fields());
                writer.add(&pieces_of(&tables, &blocks(&Stream::new(fold, &text))))?;
            }
            let characters = documents.iter().map(|&own| spool.characters(own)).sum();
            watch.advance(characters);
            Ok(())
        },
    )?;
    drop(tables);
    if !limits.keeps_dictionary && characters > MANY && limits.memory < ROOM {
        dictionary::release();
    }
    new_words::find(Texts::new(writers)?, limits)
}

/// The texts that their code is learnt from, joined.
pub(crate) fn joined(spool: &Spool) -> Result<Vec<String>, CompileError> {
    let documents = sample(spool, CODE_SAMPLE, |own| spool.bytes(own));
    let mut texts = Vec::with_capacity(documents.len());
    for batch in documents.chunks(BATCH) {
        let entries = spool.read(batch)?.into_iter();
        texts.extend(entries.map(|entry| entry.into_record().join()));
    }
    Ok(texts)
}

/// Documents whose sizes come to so much at most, in order: all, or those that come first by a hash of
/// their places in the input. So they are spread evenly, and the same whatever run an article is in.
fn sample(spool: &Spool, most: u64, size: impl Fn(u32) -> u64) -> Vec<u32> {
    let mut documents: Vec<u32> = (0..spool.documents()).collect();
    let total: u64 = documents.iter().map(|&own| size(own)).sum();
    if total <= most {
        return documents;
    }
    documents.sort_by_cached_key(|&own| mix(spool.ordinal(own)));
    let mut sum = 0;
    let fits = |own: &&u32| {
        sum += size(**own);
        sum <= most
    };
    let count = documents.iter().take_while(fits).count();
    // Even of texts that are all too large there is one.
    documents.truncate(count.max(1));
    documents.sort_unstable();
    documents
}

/// SplitMix64's step (Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
pub(crate) const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}
