//! The few integer conversions that cannot fail on the machines Souwen runs on, in one place,
//! so that `as` can be denied everywhere else.

const _: () = assert!(
    usize::BITS >= 32,
    "Souwen needs pointers of at least 32 bits"
);

/// A `u32` as an index. Exact: `usize` has at least 32 bits (checked above).
#[inline]
#[expect(clippy::as_conversions, reason = "exact, see the assertion above")]
pub const fn index(value: u32) -> usize {
    value as usize
}

/// A length or position as `u32`, saturating. Inputs of 4 GiB are refused long before they get here.
#[inline]
pub fn small(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// The low eight bits.
#[inline]
#[expect(clippy::as_conversions, reason = "truncation is the point")]
pub const fn low_byte(value: u64) -> u8 {
    value as u8
}

/// The nearest number that JavaScript has; exact below 2^53.
#[inline]
#[expect(clippy::as_conversions, reason = "rounding is the point")]
pub const fn nearest(value: u64) -> f64 {
    value as f64
}
