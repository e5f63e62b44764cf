//! Whether the bytes of an FST can be walked. The crate `fst` takes them on trust, and panics where they lie.
//!
//! ```text
//! version u64 = 3, type u64, nodes, number of keys u64, address of the root u64, CRC-32
//! ```
//!
//! A node is read backwards from its address, which is that of its last byte; what it leads to lies before
//! it, so that no walk goes round in circles. Its last byte says what it is:
//!
//! ```text
//! 11 i          leads to the node that ends right before it, by the common input i, or by a byte before, if i = 0
//! 10 i          the same to any node: before it, sizes t·16 + o, t bytes of distance, o bytes of output
//! 0 f n         n ways, or as many as the byte before says if n = 0 (1 for 256): before it sizes, an index of
//!               256 bytes if there are more than 32, n inputs, n distances, n outputs, one more if f
//! ```

/// The layout of nodes that is known here.
const VERSION: u64 = 3;
/// Bytes before the nodes.
const HEADER: usize = 16;
/// Bytes behind them.
const FOOTER: usize = 20;
/// More ways than this have an index.
const INDEXED: usize = 32;
/// Numbers have no more bytes.
const WIDEST: usize = 8;

/// Whether every node that the root leads to lies in the bytes, and before whatever leads to it.
pub(super) fn is_walkable(bytes: &[u8]) -> bool {
    let number = |at: usize| {
        bytes
            .get(at..)?
            .first_chunk()
            .map(|own| u64::from_le_bytes(*own))
    };
    let Some(end) = bytes.len().checked_sub(FOOTER).filter(|end| *end >= HEADER) else {
        return false;
    };
    let root = number(end + 8).and_then(|root| usize::try_from(root).ok());
    let (Some(VERSION), Some(root)) = (number(0), root) else {
        return false;
    };
    let mut reached = vec![false; end];
    let mut next = vec![root];
    while let Some(address) = next.pop() {
        // The node that ends a key and has nothing to say is none.
        if address == 0 {
            continue;
        }
        match reached.get_mut(address) {
            Some(true) => continue,
            Some(slot) => *slot = true,
            None => return false,
        }
        if targets(bytes, address, &mut next).is_none() {
            return false;
        }
    }
    true
}

/// Adds the addresses that a node leads to. None if it does not lie in the bytes.
fn targets(bytes: &[u8], address: usize, next: &mut Vec<usize>) -> Option<()> {
    let state = *bytes.get(address)?;
    let kind = state >> 6;
    let low = usize::from(state & 63);
    // An input, or the number of ways, that has a byte of its own.
    let at = address.checked_sub(usize::from(low == 0))?;
    if kind == 3 {
        next.push(at.checked_sub(1)?);
        return Some(());
    }
    let at = at.checked_sub(1)?;
    let sizes = *bytes.get(at)?;
    let (width, output) = (usize::from(sizes >> 4), usize::from(sizes & 15));
    let (ways, inputs, is_final) = match (kind, low) {
        (2, _) => (1, 0, false),
        (_, 0) => {
            let own = usize::from(*bytes.get(address.checked_sub(1)?)?);
            let ways = if own == 1 { 256 } else { own };
            (ways, ways, kind == 1)
        }
        (_, ways) => (ways, ways, kind == 1),
    };
    let fits = output <= WIDEST && (ways == 0 || (1..=WIDEST).contains(&width));
    let index = if kind != 2 && ways > INDEXED { 256 } else { 0 };
    let distances = at.checked_sub(index + inputs + ways * width)?;
    let end = distances.checked_sub(output * (ways + usize::from(is_final)))?;
    if !fits || end < HEADER {
        return None;
    }
    for way in 0..ways {
        let own = bytes.get(distances + way * width..)?.get(..width)?;
        let distance = own.iter().rev().try_fold(0usize, |sum, byte| {
            sum.checked_mul(256)?.checked_add(usize::from(*byte))
        })?;
        // No distance leads to the node that is none.
        let target = if distance == 0 {
            0
        } else {
            end.checked_sub(distance)?
        };
        next.push(target);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::catch_unwind;

    use fst::Streamer;
    use fst::raw::Fst;

    fn made(keys: impl IntoIterator<Item = (Vec<u8>, u64)>) -> Vec<u8> {
        let mut keys: Vec<_> = keys.into_iter().collect();
        keys.sort();
        fst::Map::from_iter(keys)
            .expect("in order")
            .into_fst()
            .into_inner()
    }

    /// Of every kind of node, with wide and narrow numbers.
    fn samples() -> Vec<Vec<u8>> {
        let wide = (0..=255u8).map(|own| (vec![own, own ^ 7, 1, own], u64::from(own) << 33));
        let narrow = (0..40u8).map(|own| (vec![own / 9, own % 9, 0, 0], own.into()));
        let words: [(Vec<u8>, u64); 4] =
            ["souwen", "sou", "wen", "x"].map(|own| (own.into(), 1 << own.len()));
        vec![
            made([]),
            made([(vec![0, 1, 0, 0], 0)]),
            made(wide),
            made(narrow),
            made(words),
        ]
    }

    #[test]
    fn what_fst_makes_can_be_walked() {
        for bytes in samples() {
            assert!(is_walkable(&bytes));
        }
    }

    /// What is said to be walkable is: nothing of it makes the crate panic.
    #[test]
    fn no_byte_makes_a_walk_end_badly() {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        let mut refused = 0;
        for sound in samples() {
            for at in 0..sound.len() {
                for flip in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
                    let mut bytes = sound.clone();
                    bytes[at] ^= flip;
                    if !is_walkable(&bytes) {
                        refused += 1;
                        continue;
                    }
                    let walked = catch_unwind(|| {
                        let Ok(fst) = Fst::new(bytes) else { return };
                        let mut nodes = vec![fst.root().addr()];
                        let mut stream = fst.stream();
                        let mut steps = 0;
                        while stream.next().is_some() && steps < 5000 {
                            steps += 1;
                        }
                        while let Some(address) = nodes.pop().filter(|_| steps < 9000) {
                            steps += 1;
                            let node = fst.node(address);
                            let _ = (
                                node.final_output(),
                                node.find_input(7),
                                node.find_input(200),
                            );
                            nodes.extend(node.transitions().map(|own| own.addr));
                        }
                    });
                    assert!(walked.is_ok(), "byte {at} with {flip}");
                }
            }
            for len in 0..sound.len() {
                let cut = is_walkable(&sound[..len]);
                let ok = catch_unwind(|| {
                    Fst::new(sound[..len].to_vec())
                        .map(|fst| fst.root().addr())
                        .ok()
                });
                assert!(!cut || ok.is_ok());
            }
        }
        std::panic::set_hook(hook);
        assert!(refused > 1000);
    }
}
