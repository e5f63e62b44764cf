use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use proptest::prelude::*;

use super::*;

const LIMIT: usize = 1 << 16;

/// Bytes of every kind: few different ones, repetitions near and far, noise.
fn data() -> impl Strategy<Value = Vec<u8>> {
    let noise = prop::collection::vec(any::<u8>(), 0..300);
    let few = prop::collection::vec(0u8..3, 0..2000);
    // The commonest byte half of the time, the next a quarter of it, and so on: codes of all lengths.
    let skewed = prop::collection::vec(
        (1u32..1 << 20).prop_map(|n| cast::low_byte(n.ilog2().into())),
        0..3000,
    );
    let piece = prop_oneof![noise, few, skewed];
    (prop::collection::vec(piece, 0..4), 1usize..6)
        .prop_map(|(pieces, times)| pieces.concat().repeat(times))
}

/// Bits as deflate packs them.
fn pack(bits: &[(u32, u32)]) -> Vec<u8> {
    let all = bits
        .iter()
        .flat_map(|&(value, width)| (0..width).map(move |bit| value >> bit & 1));
    let all: Vec<u32> = all.collect();
    let byte = |bits: &[u32]| (0..).zip(bits).map(|(at, &bit)| bit << at).sum::<u32>();
    all.chunks(8)
        .map(|bits| cast::low_byte(byte(bits).into()))
        .collect()
}

proptest! {
    #[test]
    fn inflates_what_others_deflate(data in data(), level in 0u8..=10) {
        let deflated = compress_to_vec(&data, level);
        let inflated = inflate(&deflated, data.len());
        prop_assert_eq!(inflated.as_ref(), Some(&data));
        if !data.is_empty() {
            prop_assert_eq!(inflate(&deflated, data.len() - 1), None);
        }
    }

    #[test]
    fn refuses_what_is_cut_off(data in data(), level in 0u8..=10, cut: prop::sample::Index) {
        let deflated = compress_to_vec(&data, level);
        prop_assert_eq!(inflate(&deflated[..cut.index(deflated.len())], data.len()), None);
    }

    #[test]
    fn agrees_with_another_on_damaged_data(
        data in data(),
        level in 0u8..=10,
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0u8..8), 1..4),
    ) {
        let mut deflated = compress_to_vec(&data, level);
        for (place, bit) in flips {
            *place.get_mut(&mut deflated) ^= 1 << bit;
        }
        prop_assert_eq!(inflate(&deflated, LIMIT), decompress_to_vec_with_limit(&deflated, LIMIT).ok());
    }

    #[test]
    fn agrees_with_another_on_arbitrary_bytes(bytes: Vec<u8>) {
        prop_assert_eq!(inflate(&bytes, LIMIT), decompress_to_vec_with_limit(&bytes, LIMIT).ok());
    }

    #[test]
    fn agrees_with_another_on_codes_of_arbitrary_lengths(
        lengths in prop::collection::vec(0u32..8, 4..=19),
        rest: Vec<u8>,
    ) {
        let count = cast::small(lengths.len()) - 4;
        let mut bits = vec![(1, 1), (2, 2), (0, 5), (0, 5), (count, 4)];
        bits.extend(lengths.iter().map(|&length| (length, 3)));
        bits.extend(rest.iter().map(|&byte| (u32::from(byte), 8)));
        let bytes = pack(&bits);
        prop_assert_eq!(inflate(&bytes, LIMIT), decompress_to_vec_with_limit(&bytes, LIMIT).ok());
    }
}

/// A block whose code of code lengths has the lengths 0, 1, 2 and 18 (eleven and more zeros) in two
/// bits each, with `literals` and `distances` as the lengths of the other codes.
fn with_codes(literals: &[u32], distances: &[u32], rest: &[(u32, u32)]) -> Vec<u8> {
    let counts = [
        cast::small(literals.len()) - 257,
        cast::small(distances.len()) - 1,
    ];
    let mut bits = vec![(1, 1), (2, 2), (counts[0], 5), (counts[1], 5), (14, 4)];
    for place in ORDER.into_iter().take(18) {
        bits.push((if [0, 1, 2, 18].contains(&place) { 2 } else { 0 }, 3));
    }
    let all = [literals, distances].concat();
    // Codes in the order of the symbols; their first bit is the high one.
    bits.extend(
        all.iter()
            .map(|&length| ([0, 2, 1][cast::index(length)], 2)),
    );
    bits.extend(rest);
    pack(&bits)
}

fn literals(lengths: &[(usize, u32)]) -> Vec<u32> {
    let mut literals = vec![0; 258];
    for &(symbol, length) in lengths {
        literals[symbol] = length;
    }
    literals
}

/// Lengths of literals' and distances' codes, the bits that follow, and whether it inflates.
type Case<'a> = (
    &'a str,
    &'a [(usize, u32)],
    &'a [u32],
    &'a [(u32, u32)],
    bool,
);

#[test]
fn codes_must_be_neither_too_full_nor_too_empty() {
    let end = &[(0, 1)][..];
    let cases: [Case; 8] = [
        (
            "complete",
            &[(65, 1), (256, 1)],
            &[0],
            &[(0, 1), (1, 1)],
            true,
        ),
        (
            "three of two bits",
            &[(65, 2), (66, 2), (256, 2)],
            &[0],
            &[(0, 2)],
            false,
        ),
        (
            "three of one bit",
            &[(65, 1), (66, 1), (256, 1)],
            &[0],
            end,
            false,
        ),
        ("only the end", &[(256, 1)], &[0], end, true),
        ("no end", &[(65, 1), (66, 1)], &[0], end, false),
        ("one distance", &[(65, 1), (256, 1)], &[1], &[(1, 1)], true),
        (
            "one distance of two bits",
            &[(65, 1), (256, 1)],
            &[2],
            &[(1, 1)],
            false,
        ),
        (
            "the bit without an end",
            &[(256, 1)],
            &[0],
            &[(1, 1)],
            false,
        ),
    ];
    for (name, lengths, distances, rest, accepted) in cases {
        let bytes = with_codes(&literals(lengths), distances, rest);
        assert_eq!(inflate(&bytes, LIMIT).is_some(), accepted, "{name}");
    }
}

#[test]
fn places_before_the_beginning_are_refused() {
    // A, then length 3 at distance 1, or at distance 2.
    let lengths = literals(&[(65, 2), (256, 2), (257, 1)]);
    let copy =
        |distance: u32| with_codes(&lengths, &[1, 1], &[(1, 2), (0, 1), (distance, 1), (3, 2)]);
    assert_eq!(inflate(&copy(0), LIMIT), Some(b"AAAA".to_vec()));
    assert_eq!(inflate(&copy(1), LIMIT), None);
}
