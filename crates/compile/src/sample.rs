//! New words, which are counted over all texts at once, are looked for in a sample of bounded size.

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
/// Documents that are read together.
const BATCH: usize = 64;

/// The new words of an archive.
pub(crate) fn new_words(
    spool: &Spool,
    fold: &FoldTable,
    limits: &Limits,
    watch: &dyn Watch,
) -> Result<BTreeSet<String>, CompileError> {
    let (sample, characters) = sample(spool, SAMPLE);
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
    new_words::find(&Texts::new(writers)?, limits.threads)
}

/// Documents of at most so many characters, in order: all, or those that come first by a hash of their
/// places in the input. So they are spread evenly, and the same whatever run an article is in.
fn sample(spool: &Spool, most: u64) -> (Vec<u32>, u64) {
    let mut documents: Vec<u32> = (0..spool.documents()).collect();
    let total = documents.iter().map(|&own| spool.characters(own)).sum();
    if total <= most {
        return (documents, total);
    }
    documents.sort_by_cached_key(|&own| mix(spool.ordinal(own)));
    let mut characters = 0;
    let fits = |own: &&u32| {
        characters += spool.characters(**own);
        characters <= most
    };
    let count = documents.iter().take_while(fits).count();
    documents.truncate(count);
    documents.sort_unstable();
    let characters = documents.iter().map(|&own| spool.characters(own)).sum();
    (documents, characters)
}

/// SplitMix64's step (Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
pub(crate) const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}
