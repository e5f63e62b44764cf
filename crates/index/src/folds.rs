//! Section `folds`: what characters fold to.
//!
//! ```text
//! count varint
//! per source, ascending: distance from the source before it varint, target string
//! ```

use souwen_text::FoldTable;

use crate::error::{OrDamaged, Result, ensure};
use crate::wire::{Reader, Writer};

pub(crate) const NAME: &str = "folds";
/// No character folds to more than this; NFKC's longest is 18.
const MAX_TARGET: usize = 18;

pub(crate) fn encode(table: &FoldTable) -> Vec<u8> {
    let mut out = Writer::default();
    out.count(table.len());
    let mut before = 0;
    for (source, target) in table.pairs() {
        out.varint(u64::from(u32::from(source) - before));
        out.string(&target.iter().collect::<String>());
        before = u32::from(source);
    }
    out.bytes
}

pub(crate) fn decode(bytes: &[u8]) -> Result<FoldTable> {
    let mut reader = Reader::new(NAME, bytes);
    let mut before = 0u32;
    let mut table = FoldTable::default();
    for _ in 0..reader.count()? {
        let source = before
            .checked_add(reader.varint32()?)
            .and_then(char::from_u32);
        let source = source.or_damaged(NAME, "names no character")?;
        let target = reader.string()?;
        ensure(
            target.chars().nth(MAX_TARGET).is_none(),
            NAME,
            "a target is too long",
        )?;
        ensure(table.push(source, target), NAME, "sources are out of order")?;
        before = u32::from(source);
    }
    reader.finish()?;
    Ok(table)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(pairs in prop::collection::vec((any::<char>(), "\\PC{0,6}"), 0..60)) {
            let table = FoldTable::new(pairs);
            prop_assert_eq!(decode(&encode(&table))?, table);
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }
    }
}
