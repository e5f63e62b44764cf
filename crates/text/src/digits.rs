//! Numbers as digits, without `std::fmt`: its machinery is two kilobytes of what a reader's browser
//! loads, and numbers are all that the engine needs of it.

/// A number in decimal digits, with zeros before it up to a `width` in characters.
#[must_use]
pub fn decimal(number: u64, width: usize) -> String {
    let mut digits = Vec::new();
    let mut rest = number;
    while rest > 0 || digits.len() < width.max(1) {
        digits.push(digit(u32::try_from(rest % 10).unwrap_or_default()));
        rest /= 10;
    }
    digits.iter().rev().collect()
}

/// Bytes in hexadecimal digits, two each, in lower case.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes
        .iter()
        .flat_map(|byte| [u32::from(byte >> 4), u32::from(byte & 15)]);
    digits.map(digit).collect()
}

fn digit(value: u32) -> char {
    char::from_digit(value, 16).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn as_std_writes_them(number: u64, width in 0usize..24, bytes: Vec<u8>) {
            prop_assert_eq!(decimal(number, width), format!("{number:0width$}"));
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            prop_assert_eq!(hexadecimal(&bytes), hex);
        }
    }
}
