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
/// As mail and RSS have it: `Sun, 09 Mar 2025 08:00:00 +0800`.
static MAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\s*(?:[a-z]{3,9},\s*)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4})\b")
});
/// A time of Greenwich in the last third of its day.
static LATE_IN_GREENWICH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:1[6-9]|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?\s*(?:Z|[+-]00:?00|GMT|UTC?)\s*$")
});
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The date, when there is such a day and newspapers existed on it.
pub(crate) fn from_parts(year: u32, month: u32, day: u32) -> Option<String> {
    let days = days_of(year, month)?;
    ((1600..=2999).contains(&year) && (1..=days).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn days_of(year: u32, month: u32) -> Option<u32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    })
}

fn numbers_of(found: &regex::Captures<'_>) -> Option<[u32; 3]> {
    let numbers: Vec<u32> = found
        .iter()
        .skip(1)
        .flatten()
        .filter_map(|m| m.as_str().parse().ok())
        .collect();
    numbers.try_into().ok()
}

fn from_captures(found: &regex::Captures<'_>) -> Option<String> {
    let [year, month, day] = numbers_of(found)?;
    from_parts(year, month, day)
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

/// The day of what a page or a record gives as its date: ISO 8601, `2025/6/8`, `2025年6月8日`, `20250608`, or as mail has it.
///
/// A time of Greenwich, as content systems give it, is one of the day on which it was in China: eight hours on.
pub(crate) fn from_given(text: &str) -> Option<String> {
    let [year, month, day] = GIVEN
        .captures(text)
        .and_then(|found| numbers_of(&found))
        .or_else(|| from_mail(text))?;
    let day_given = from_parts(year, month, day)?;
    if !LATE_IN_GREENWICH.is_match(text) {
        return Some(day_given);
    }
    let next = if day < days_of(year, month)? {
        (year, month, day + 1)
    } else if month < 12 {
        (year, month + 1, 1)
    } else {
        (year + 1, 1, 1)
    };
    from_parts(next.0, next.1, next.2)
}

fn from_mail(text: &str) -> Option<[u32; 3]> {
    let found = MAIL.captures(text)?;
    let number = |at| found.get(at)?.as_str().parse().ok();
    let name = found.get(2)?.as_str().to_ascii_lowercase();
    let month = (1..).zip(MONTHS).find(|(_, own)| *own == name)?.0;
    Some([number(3)?, month, number(1)?])
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
        for (text, day) in [
            ("2025-12-31T16:00:00Z", "2026-01-01"),
            ("2025-02-28 23:59 +00:00", "2025-03-01"),
            ("2025-03-09T15:59:59.9Z", "2025-03-09"),
            ("2025-03-09T23:00:00+08:00", "2025-03-09"),
            ("Sun, 09 Mar 2025 00:00:00 +0800", "2025-03-09"),
            ("Sun, 09 Mar 2025 16:30:00 GMT", "2025-03-10"),
            ("9 March 2025", "2025-03-09"),
        ] {
            assert_eq!(from_given(text).as_deref(), Some(day), "{text}");
        }
        assert_eq!(from_given("8 Sommer 2025"), None);
        assert_eq!(from_given("2023-02-29"), None);
    }
}
