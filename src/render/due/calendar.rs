//! What is due when, for calendars: iCalendar (RFC 5545).

use std::io::{self, Write};

use icalendar::{Calendar, Component, Event, Property};

use super::{Names, parties};
use crate::analysis::due::{Due, Line};
use crate::date::Date;
use crate::diagnostic::Lang;

/// Most characters of a task's words in the title of an event.
const TITLE: usize = 60;

/// Writes one event for the whole of every day on which something is due, and for the next one of what recurs.
///
/// Events, since few calendars show tasks. The same deadline has the same UID each time, so that a calendar that takes the file
/// again replaces it; the stamp is the day of the report.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn calendar(out: &mut dyn Write, due: &Due, names: &Names, lang: Lang) -> io::Result<()> {
    let mut calendar = Calendar::empty();
    // not those of the library, which name it
    for (name, value) in [("VERSION", "2.0"), ("PRODID", "-//zeren//due//ZH"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(name, value));
    }
    calendar.name(lang.pick("责任：时限", "zeren: deadlines"));
    for line in due.dated.iter().chain(&due.recurring) {
        if let Some(day) = line.day {
            calendar.push(event(line, day, due.on, names, lang));
        }
    }
    write!(out, "{calendar}")
}

fn event(line: &Line, day: Date, on: Date, names: &Names, lang: Lang) -> Event {
    let deadline = &line.deadline;
    let who = parties(line);
    let words: String = line.task.text.chars().take(TITLE).collect();
    let more = if line.task.text.chars().count() > TITLE { "…" } else { "" };
    let colon = if who.is_empty() { "" } else { "：" };
    let document = names.get(&line.task.document).map_or("", String::as_str);
    let mut description = vec![line.task.text.clone(), format!("{} {} “{}”", document, line.task.label, deadline.text)];
    if deadline.inferred_year {
        description.push(lang.pick("年份由文件推定", "the year is taken from the document").to_owned());
    }
    let mut event = Event::new();
    event
        .uid(&format!("{}-{}-{}@zeren", line.task.id, deadline.span.start, deadline.text))
        .summary(&format!("{who}{colon}{words}{more}"))
        .description(&description.join("\n"))
        .append_property(Property::new("DTSTAMP", format!("{}T000000Z", compact(on))))
        .append_property(date("DTSTART", day))
        .append_property(Property::new("TRANSP", "TRANSPARENT"));
    if !document.is_empty() {
        event.append_property(Property::new("CATEGORIES", document));
    }
    event.done()
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
