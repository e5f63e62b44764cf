//! Logarithms in integers: the same on every machine, which those of floats are not.

/// log2 of `value` in 1/2^`fraction` (at most 16 bits), rounded down; of 0 as of 1.
///
/// The whole part is the number's width; each further bit comes from squaring what is left, in
/// [1, 2), and seeing whether it reaches 2.
#[must_use]
pub fn log2(value: u64, fraction: u32) -> u32 {
    let whole = value.max(1).ilog2();
    // With 31 fractional bits, so that the square fits.
    let mut mantissa = if whole > 31 {
        value >> (whole - 31)
    } else {
        value.max(1) << (31 - whole)
    };
    let mut log = whole;
    for _ in 0..fraction {
        mantissa = (mantissa * mantissa) >> 31;
        log <<= 1;
        if mantissa >> 32 == 1 {
            mantissa >>= 1;
            log |= 1;
        }
    }
    log
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        #[expect(clippy::as_conversions, reason = "the test's own arithmetic")]
        fn is_the_logarithm(value in 1u64..) {
            let expected = (value as f64).log2() * 2048.0;
            prop_assert!((f64::from(log2(value, 11)) - expected).abs() < 1.01);
        }
    }
}
