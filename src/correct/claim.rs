//! Claims in words, as files of corrections print them.

use crate::date::Date;
use crate::extract::{Deadline, DeadlineRelation, Indicator, Responsibility};

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

/// A quantity in Chinese, for people: `不低于100张（2023-12-31）`.
pub fn indicator_zh(indicator: &Indicator) -> String {
    let upper = indicator.value_max.map(|upper| format!("—{upper}")).unwrap_or_default();
    let by = indicator.by.map(|date| format!("（{date}）")).unwrap_or_default();
    format!("{}{}{upper}{}{by}", indicator.comparator.zh(), indicator.value, indicator.unit)
}

/// A deadline in Chinese, for people: `2023-12-31前`.
pub fn deadline_zh(deadline: &Deadline) -> String {
    let date = deadline.date.map(|date| date.to_string()).unwrap_or_default();
    let duration = deadline.duration.as_deref().unwrap_or_default();
    let after = deadline.after.as_deref().map(|after| format!("{after}后")).unwrap_or_default();
    match deadline.relation {
        DeadlineRelation::By => format!("到{date}"),
        DeadlineRelation::Before => format!("{date}前"),
        DeadlineRelation::From => format!("{date}起"),
        DeadlineRelation::During => format!("{date}期间"),
        DeadlineRelation::Relative => format!("{after}{duration}内"),
        DeadlineRelation::Ongoing => "长期".to_owned(),
    }
}

fn with_date(mut words: String, date: Option<Date>) -> String {
    if let Some(date) = date {
        words.push(' ');
        words.push_str(&date.to_string());
    }
    words
}
