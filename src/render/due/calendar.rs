//! What is due when, for calendars: iCalendar (RFC 5545).

use std::io::{self, Write};

use icalendar::{Calendar, Component, Event, Property};

use super::{View, parties};
use crate::analysis::due::{Day, Line, Recurrence};
use crate::date::Date;
use crate::diagnostic::Lang;
use crate::extract::DeadlineRelation;
use crate::ledger::Status;

/// Most characters of a task's words in the title of an event.
const TITLE: usize = 60;

/// Writes one event for the whole of every day on which something is due; what recurs has its next day and the rule (RRULE) by
/// which it comes again.
///
/// Events, since few calendars show tasks. The same deadline has the same UID each time, so that a calendar that takes the file
/// again replaces it; the stamp is the day of the report.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn calendar(out: &mut dyn Write, view: &View<'_>, lang: Lang) -> io::Result<()> {
    let due = view.due;
    let mut calendar = Calendar::empty();
    // not those of the library, which name it
    for (name, value) in [("VERSION", "2.0"), ("PRODID", "-//zeren//due//ZH"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(name, value));
    }
    calendar.name(lang.pick("责任：时限", "zeren: deadlines"));
    let begins = |line: &&Line| line.deadline.relation == DeadlineRelation::From && line.recurrence.is_none();
    let closed = due.closed.iter().filter(|line| !begins(line));
    for line in due.dated.iter().chain(&due.recurring).chain(closed) {
        if let Some(day) = line.day {
            calendar.push(event(line, day, view, lang));
        }
    }
    write!(out, "{calendar}")
}

fn event(line: &Line, day: Date, view: &View<'_>, lang: Lang) -> Event {
    let deadline = &line.deadline;
    let who = parties(line);
    let closed = line.status.filter(|_| line.is_closed());
    let said = closed.map_or_else(String::new, |_| format!("[{}] ", super::status(line, lang)));
    let words: String = line.task.text.chars().take(TITLE).collect();
    let more = if line.task.text.chars().count() > TITLE { "…" } else { "" };
    let colon = if who.is_empty() { "" } else { "：" };
    let document = view.name(line);
    let mut description = vec![line.task.text.clone(), format!("{} {} “{}”", document, line.task.label, deadline.text)];
    if deadline.inferred_year {
        description.push(lang.pick("年份由文件推定", "the year is taken from the document").to_owned());
    }
    let mut event = Event::new();
    event
        .uid(&format!("{}-{}-{}@zeren", line.task.id, deadline.span.start, deadline.text))
        .summary(&format!("{said}{who}{colon}{words}{more}"))
        .description(&description.join("\n"))
        .append_property(Property::new("DTSTAMP", format!("{}T000000Z", compact(view.due.on))))
        .append_property(date("DTSTART", day))
        .append_property(Property::new("TRANSP", "TRANSPARENT"));
    if closed == Some(Status::Cancelled) {
        event.append_property(Property::new("STATUS", "CANCELLED"));
    }
    // what is given up does not come again
    if let (Some(recurrence), None) = (&line.recurrence, closed) {
        event.append_property(Property::new("RRULE", rule(recurrence)));
    }
    if !document.is_empty() {
        event.append_property(Property::new("CATEGORIES", document));
    }
    event.done()
}

/// How something comes again, from the day of its event on.
fn rule(recurrence: &Recurrence) -> String {
    let (months, from, days) = match recurrence {
        Recurrence::Daily => return "FREQ=DAILY".to_owned(),
        Recurrence::Weekly(day) => {
            let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
            let name = usize::try_from(day - 1).ok().and_then(|day| names.get(day)).copied().unwrap_or("SU");
            return format!("FREQ=WEEKLY;BYDAY={name}");
        }
        Recurrence::Monthly { months, from, days } => (*months, *from, days),
    };
    let yearly = months % 12 == 0;
    let (frequency, interval) = if yearly { ("YEARLY", months / 12) } else { ("MONTHLY", months) };
    let interval = if interval > 1 { format!(";INTERVAL={interval}") } else { String::new() };
    let month = if yearly { format!(";BYMONTH={}", from.rem_euclid(12) + 1) } else { String::new() };
    // the last day that the month has every year, or that every month has
    let always = match from.rem_euclid(12) + 1 {
        _ if !yearly => 28,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let days = match days.as_slice() {
        // in a month that does not have the day its last
        &[Day::Of(day)] if day > always && (yearly || day == 31) => "-1".to_owned(),
        &[Day::Of(day)] if day > always => {
            let days: Vec<String> = (always..=day).map(|day| day.to_string()).collect();
            format!("{};BYSETPOS=-1", days.join(","))
        }
        days => {
            let number = |day: &Day| match day {
                Day::Of(day) => day.to_string(),
                Day::Last => "-1".to_owned(),
            };
            days.iter().map(number).collect::<Vec<_>>().join(",")
        }
    };
    format!("FREQ={frequency}{interval}{month};BYMONTHDAY={days}")
}

/// A property that is a whole day.
fn date(name: &str, day: Date) -> Property {
    let mut property = Property::new(name, compact(day));
    property.add_parameter("VALUE", "DATE");
    property.done()
}

/// A day without hyphens.
fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}
