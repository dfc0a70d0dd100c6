//! Dates as notices give them: a year, a month or a day, no more precise than printed.

use std::fmt;

/// A calendar date of the precision that the document gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year of the common era.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: Option<i8>,
    /// Day of the month, from 1.
    pub day: Option<i8>,
}

impl Date {
    /// A whole year.
    pub fn year(year: i16) -> Option<Self> {
        (1949..=2199).contains(&year).then_some(Self { year, month: None, day: None })
    }

    /// A whole month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, 1).ok()?;
        Self::year(year).map(|date| Self { month: Some(month), ..date })
    }

    /// One day, if the calendar has it.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok()?;
        Self::month(year, month).map(|date| Self { day: Some(day), ..date })
    }

    /// The day in China by the clock of this machine; none beyond the years of [`Self::year`]. For the edge of the program
    /// alone: no result may depend on it unless a person leaves out the day.
    pub fn today() -> Option<Self> {
        let beijing = jiff::tz::TimeZone::fixed(jiff::tz::offset(8));
        let today = jiff::Timestamp::now().to_zoned(beijing).date();
        Self::day(today.year(), today.month(), today.day())
    }

    /// The last day of a month.
    pub fn last_of_month(year: i16, month: i8) -> Option<Self> {
        let last = jiff::civil::Date::new(year, month, 1).ok()?.last_of_month();
        Self::day(year, month, last.day())
    }

    /// The last day of a year.
    pub fn last_of_year(year: i16) -> Option<Self> {
        Self::day(year, 12, 31)
    }

    /// The last day that the date covers.
    ///
    /// ```
    /// use zeren::date::Date;
    ///
    /// assert_eq!(Date::month(2024, 2).unwrap().last_day().to_string(), "2024-02-29");
    /// ```
    #[must_use]
    pub fn last_day(self) -> Self {
        let last = match (self.month, self.day) {
            (None, _) => Self::last_of_year(self.year),
            (Some(month), None) => Self::last_of_month(self.year, month),
            _ => None,
        };
        last.unwrap_or(self)
    }

    /// Days from the last day that this date covers to the last that another does; negative where that lies before.
    ///
    /// ```
    /// use zeren::date::Date;
    ///
    /// let [day, month] = ["2024-02-27", "2024-02"].map(|date| Date::parse_iso(date).unwrap());
    /// assert_eq!((day.days_to(month), month.days_to(day)), (2, -2));
    /// ```
    #[must_use]
    pub fn days_to(self, other: Self) -> i32 {
        match (self.civil(), other.civil()) {
            (Some(from), Some(to)) => from.until(to).map_or(0, |span| span.get_days()),
            _ => 0,
        }
    }

    /// The first day of some name in the week, from 1 for Monday to 7, that does not lie before the last day that the date
    /// covers.
    ///
    /// ```
    /// use zeren::date::Date;
    ///
    /// let day = Date::parse_iso("2026-05-20").unwrap(); // a Wednesday
    /// assert_eq!([2, 3, 7].map(|weekday| day.next_weekday(weekday).unwrap().day.unwrap()), [26, 20, 24]);
    /// ```
    #[must_use]
    pub fn next_weekday(self, weekday: i8) -> Option<Self> {
        let day = self.civil()?;
        let left = (weekday - day.weekday().to_monday_one_offset()).rem_euclid(7);
        let next = day.checked_add(jiff::Span::new().days(i64::from(left))).ok()?;
        Self::day(next.year(), next.month(), next.day())
    }

    /// The last day that the date covers, in the calendar.
    fn civil(self) -> Option<jiff::civil::Date> {
        let last = self.last_day();
        jiff::civil::Date::new(last.year, last.month?, last.day?).ok()
    }

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-');
        let year = parts.next()?.parse().ok()?;
        let date = match (parts.next(), parts.next()) {
            (None, _) => Self::year(year),
            (Some(month), None) => Self::month(year, month.parse().ok()?),
            (Some(month), Some(day)) => Self::day(year, month.parse().ok()?, day.parse().ok()?),
        };
        date.filter(|_| parts.next().is_none())
    }
}

/// Writes `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_printed_precision() {
        assert_eq!(Date::last_of_month(2020, 2).unwrap().to_string(), "2020-02-29");
        assert_eq!(Date::parse_iso("2017-09").unwrap().to_string(), "2017-09");
        assert_eq!(Date::parse_iso("2017"), Date::year(2017));
        assert_eq!(Date::parse_iso("2017-02-30"), None);
        assert_eq!(Date::parse_iso("2017-02-03-04"), None);
        assert_eq!(Date::year(12), None);
    }
}
