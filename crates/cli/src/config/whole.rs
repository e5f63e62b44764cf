//! Whole numbers within bounds.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Unexpected, Visitor};

/// A whole number from `LEAST` to `MOST`; anything else is refused with what it must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Whole<const LEAST: u32, const MOST: u32>(pub(super) u32);

impl<'de, const LEAST: u32, const MOST: u32> Deserialize<'de> for Whole<LEAST, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InRange<const LEAST: u32, const MOST: u32>;

        impl<const LEAST: u32, const MOST: u32> Visitor<'_> for InRange<LEAST, MOST> {
            type Value = u32;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a whole number from {LEAST} to {MOST}")
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<u32, E> {
                let in_range = |own: &u32| (LEAST..=MOST).contains(own);
                let own = u32::try_from(value).ok().filter(in_range);
                own.ok_or_else(|| E::invalid_value(Unexpected::Signed(value), &self))
            }
        }

        let number = deserializer.deserialize_i64(InRange::<LEAST, MOST>)?;
        Ok(Self(number))
    }
}
