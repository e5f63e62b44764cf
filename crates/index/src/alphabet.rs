//! Section `alphabet`: the characters of the archive, the commonest first.
//!
//! ```text
//! the characters as UTF-8, in descending order of frequency (ties by code point)
//! ```
//!
//! A character's place is its code; [`Alphabet`] says what codes are for.

use souwen_text::Alphabet;

use crate::error::{OrDamaged, Result, ensure};

const NAME: &str = "alphabet";

pub(crate) fn encode(alphabet: &Alphabet) -> Vec<u8> {
    alphabet.chars().iter().collect::<String>().into_bytes()
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Alphabet> {
    let text = std::str::from_utf8(bytes)
        .ok()
        .or_damaged(NAME, "is not UTF-8")?;
    let alphabet = Alphabet::from_chars(text.chars().collect());
    ensure(alphabet.is_distinct(), NAME, "names a character twice")?;
    Ok(alphabet)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(frequencies: BTreeMap<char, u64>) {
            let alphabet = Alphabet::new(frequencies.into_iter().collect());
            prop_assert_eq!(decode(&encode(&alphabet))?, alphabet);
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }
    }
}
