//! Section `lexicon`: the FST over words and terms, and the words' frequencies.
//!
//! ```text
//! count varint, FST length varint
//! FST: key → ordinal (0, 1, 2 … in key order); a key is two bytes a character, its code in the
//!      alphabet, the high byte first
//! per ordinal: frequency varint (0: a term, not a dictionary word)
//! ```
//!
//! Dictionary words of every length are keys, since segmentation needs them, and so is every other
//! term that is neither one character nor a pair of them.

use std::sync::Arc;

use fst::raw::Fst;
use souwen_text::{Alphabet, Dictionary, cast, weight_of};

use crate::error::{OrDamaged, Result, ensure};
use crate::wire::{Reader, Writer};

const NAME: &str = "lexicon";

/// Encodes `(key, frequency)` entries, keys as the alphabet spells them, sorted and distinct.
///
/// # Errors
/// What `fst` says of keys out of order.
pub(crate) fn encode(entries: &[(Vec<u8>, u64)]) -> std::result::Result<Vec<u8>, fst::Error> {
    let map = fst::Map::from_iter(entries.iter().map(|(key, _)| key).zip(0u64..))?;
    let fst = map.as_fst().as_bytes();
    let mut out = Writer::default();
    out.count(entries.len());
    out.count(fst.len());
    out.bytes.extend_from_slice(fst);
    entries
        .iter()
        .for_each(|&(_, frequency)| out.varint(frequency));
    Ok(out.bytes)
}

pub(crate) fn decode(bytes: &[u8], alphabet: Arc<Alphabet>) -> Result<Dictionary<Vec<u8>>> {
    let mut reader = Reader::new(NAME, bytes);
    let count = reader.count()?;
    let fst_len = reader.count()?;
    let fst = Fst::new(reader.take(fst_len)?.to_vec()).ok();
    let fst = fst.or_damaged(NAME, "the FST's header does not hold")?;
    ensure(
        fst.len() == count,
        NAME,
        "the FST holds another number of keys",
    )?;
    let weights = (0..count)
        .map(|_| Ok(weight_of(reader.varint()?)))
        .collect::<Result<_>>()?;
    reader.finish()?;
    Ok(Dictionary::new(fst, weights, alphabet))
}

/// Checks what `open` takes on trust from the checksum: that the FST is sound and its ordinals are
/// dense.
///
/// # Errors
/// [`crate::FormatError::Damaged`] says what does not hold.
pub(crate) fn validate(dictionary: &Dictionary<Vec<u8>>) -> Result<()> {
    let sound = dictionary.fst().verify().is_ok();
    ensure(sound, NAME, "the FST's own checksum does not hold")?;
    let mut stream = dictionary.fst().stream();
    let mut next = 0u32;
    while let Some((key, output)) = fst::Streamer::next(&mut stream) {
        let spelt = dictionary.alphabet().read(key).is_some();
        ensure(spelt, NAME, "a key leaves the alphabet")?;
        ensure(
            output.value() == u64::from(next),
            NAME,
            "the ordinals have gaps",
        )?;
        next += 1;
    }
    ensure(
        cast::index(next) == dictionary.weights().len(),
        NAME,
        "weights are missing",
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(words: BTreeMap<String, u64>) {
            let chars = words.keys().flat_map(|word| word.chars()).map(|c| (c, 1));
            let alphabet = Arc::new(Alphabet::new(chars.collect::<BTreeMap<_, _>>().into_iter().collect()));
            let key = |word: &String| alphabet.spell(word).expect("is spelt");
            let mut entries: Vec<_> = words.iter().map(|(word, &n)| (key(word), n)).collect();
            entries.sort();
            let dictionary = decode(&encode(&entries).expect("sorted"), Arc::clone(&alphabet))?;
            for (word, frequency) in &words {
                let ordinal = dictionary.ordinal(word).expect("is there");
                prop_assert_eq!(&entries[cast::index(ordinal)].0, &key(word));
                prop_assert_eq!(dictionary.weights()[cast::index(ordinal)], weight_of(*frequency));
            }
            validate(&dictionary)?;
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = decode(&bytes, Arc::default());
        }
    }
}
