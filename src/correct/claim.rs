//! Claims in words, as files of corrections print them.

use crate::date::Date;
use crate::extract::{Deadline, Indicator, Responsibility};

/// A party's part: the stable name of its role.
pub fn party_words(party: &Responsibility) -> String {
    party.role.as_str().to_owned()
}

/// A quantity: comparator, figure, unit and date: `>= 100张 2023-12-31`.
pub fn indicator_words(indicator: &Indicator) -> String {
    let upper = indicator.value_max.map(|upper| format!("..{upper}")).unwrap_or_default();
    let words = format!("{} {}{upper}{}", indicator.comparator.as_str(), indicator.value, indicator.unit);
    with_date(words, indicator.by)
}

/// A deadline: relation, and date or time allowed: `before 2023-12-31`.
pub fn deadline_words(deadline: &Deadline) -> String {
    let mut words = deadline.relation.as_str().to_owned();
    if let Some(duration) = &deadline.duration {
        words.push(' ');
        words.push_str(duration);
    }
    with_date(words, deadline.date)
}

fn with_date(mut words: String, date: Option<Date>) -> String {
    if let Some(date) = date {
        words.push(' ');
        words.push_str(&date.to_string());
    }
    words
}
