//! Calendar days.

use souwen_text::digits::decimal;

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Days since 1 January of year 0 in the proleptic Gregorian calendar.
    days: u32,
}

impl Date {
    /// Reads `YYYY-MM-DD`; nothing unless it is a day of the calendar.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let shape = parts.next().is_none() && (year.len(), month.len(), day.len()) == (4, 2, 2);
        let digits = text.bytes().all(|b| b == b'-' || b.is_ascii_digit());
        let (year, month, day): (u32, u32, u32) =
            (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        if year > 9999 || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let date = Self {
            days: days_of(year, month, day),
        };
        // A day that is not in the calendar comes back as another one.
        (shape && digits && date.parts() == (year, month, day)).then_some(date)
    }

    /// The day after the last one that there is: 9999-12-31 and a day.
    pub(crate) const END: u32 = 3_652_425;

    /// The day so many days after 1 January of year 0.
    #[must_use]
    pub fn from_days(days: u32) -> Option<Self> {
        (days < Self::END).then_some(Self { days })
    }

    /// Days since 1 January of year 0, for sorting.
    #[must_use]
    pub fn days(self) -> u32 {
        self.days
    }

    /// Year, month (1–12), day (1–31).
    #[must_use]
    pub fn parts(self) -> (u32, u32, u32) {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": civil_from_days. Years begin
        // in March so that the leap day comes last; one era (400 years) more keeps all unsigned.
        let days = self.days + EPOCH;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year_of_era + era * 400 + u32::from(month <= 2);
        (year.saturating_sub(400), month, day)
    }
}

/// 1 January of year 0, counted from 1 March of the year 401 before it.
const EPOCH: u32 = 146_037;

/// Days since 1 January of year 0; the same source's days_from_civil.
fn days_of(year: u32, month: u32, day: u32) -> u32 {
    let year = year + 400 - u32::from(month <= 2);
    let (era, of_era) = (year / 400, year % 400);
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * shifted + 2) / 5 + day.saturating_sub(1);
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    days.saturating_sub(EPOCH)
}

impl Date {
    /// The date as YYYY-MM-DD.
    #[must_use]
    pub fn text(self) -> String {
        let (year, month, day) = self.parts();
        let two = |number: u32| decimal(number.into(), 2);
        let year = decimal(year.into(), 4);
        // Not `join`: `concat`, which is needed anyway, is a special case of it that is far shorter.
        [&year, "-", &two(month), "-", &two(day)].concat()
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn dates_round_trip(days in 0u32..Date::END) {
            let date = Date { days };
            prop_assert_eq!(Date::parse(&date.to_string()), Some(date));
            prop_assert_eq!(Date::from_days(days), Some(date));
        }
    }

    #[test]
    fn calendar() {
        assert_eq!(Date { days: 0 }.to_string(), "0000-01-01");
        for good in [
            "2024-02-29",
            "2022-12-31",
            "2000-02-29",
            "1900-03-01",
            "9998-12-31",
        ] {
            assert_eq!(
                Date::parse(good).map(|date| date.to_string()).as_deref(),
                Some(good)
            );
        }
        for bad in [
            "2023-02-29",
            "2022-13-01",
            "2022-00-10",
            "2022-1-1",
            "22-01-01",
            "2022-01-32",
            "",
            "2022-01-00",
            "1900-02-29",
            "+022-01-01",
        ] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        assert!(Date::parse("2022-12-31") < Date::parse("2023-01-01"));
    }
}
