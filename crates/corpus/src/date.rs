//! Dates as `YYYY-MM-DD`: out of paths and out of what pages give as a date.

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern;

static PATH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^0-9])((?:19|20)\d{2})(?:[-_./](\d{1,2})[-_./](\d{1,2})|(\d{2})(\d{2})|年(\d{1,2})月(\d{1,2})日)(?:[^0-9]|$)",
    )
});
static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(\d{4})(?:\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})|(\d{2})(\d{2})(?:[^0-9]|$))",
    )
});

/// The date, when there is such a day and newspapers existed on it.
pub(crate) fn from_parts(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    ((1600..=2999).contains(&year) && (1..=days).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn from_captures(found: &regex::Captures<'_>) -> Option<String> {
    let numbers: Vec<u32> = found
        .iter()
        .skip(1)
        .flatten()
        .filter_map(|m| m.as_str().parse().ok())
        .collect();
    match numbers.as_slice() {
        [year, month, day] => from_parts(*year, *month, *day),
        _ => None,
    }
}

/// The date in a path such as `2022-12/20/03.txt`, `2025-06-18/x.txt` or `a20250618.txt`.
pub(crate) fn from_path(path: &str) -> Option<String> {
    let mut at = 0;
    while let Some(found) = PATH.captures_at(path, at) {
        if let Some(date) = from_captures(&found) {
            return Some(date);
        }
        at = found.get(1).map_or(path.len(), |m| m.end());
    }
    None
}

/// The day of what a page or a record gives as its date: ISO 8601, `2025/6/8`, `2025年6月8日`, `20250608`.
pub(crate) fn from_given(text: &str) -> Option<String> {
    GIVEN.captures(text).and_then(|found| from_captures(&found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for path in [
            "a/2022-12/20/03.txt",
            "2022-12-20/x.txt",
            "p20221220.txt",
            "2022/12/20/x.html",
            "2022_12_20",
        ] {
            assert_eq!(from_path(path).as_deref(), Some("2022-12-20"), "{path}");
        }
        for path in [
            "2022-13/20/03.txt",
            "x120221220.txt",
            "000_3ff7c2ab5ffc509c.txt",
            "2022/x.txt",
        ] {
            assert_eq!(from_path(path), None, "{path}");
        }
    }

    #[test]
    fn given() {
        for text in [
            "2025-06-08",
            "2025-06-08T09:00:00+08:00",
            "2025/6/8 09:00",
            "2025年6月8日",
            "20250608",
        ] {
            assert_eq!(from_given(text).as_deref(), Some("2025-06-08"), "{text}");
        }
        assert_eq!(from_given("8 June 2025"), None);
        assert_eq!(from_given("2023-02-29"), None);
    }
}
