//! What is to be done, in sentences, with the figures, dates and citations that they hold.

use super::Dice;
use super::gold::{Deadline, Indicator, Value};
use super::mandate::{Bound, Due, Figure, Mandate};
use super::words::{Kinds, Measure, MeasureKind, Words, fill};
use crate::date::Date;

/// Where the date of a task may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DueAt {
    /// In the sentences alone.
    Prose,
    /// In the sentences or within the clause.
    Clause,
    /// In the sentences or on a line of its own.
    Line,
    /// In a column.
    Column,
}

/// The words of a task and what they hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// The first sentence.
    pub(super) head: String,
    /// The sentences behind it.
    pub(super) body: String,
    pub(super) indicators: Vec<Indicator>,
    pub(super) deadlines: Vec<Deadline>,
    /// A date that is left to the clause, a line or a column.
    pub(super) due: Option<Due>,
    pub(super) references: Vec<String>,
}

/// Puts a mandate in words; what cannot be said at its place is taken from the mandate.
pub(super) fn say(words: &Words, mandate: &mut Mandate, at: DueAt, dice: &mut Dice) -> Said {
    let Some(work) = words.works.get(mandate.work) else { return Said::default() };
    let thing = work.things.get(mandate.thing).map_or("", String::as_str);
    let with_thing = |pattern: &str| fill(pattern, &[("o", thing)]);
    let mut said = Said { head: with_thing(dice.words(&work.heads)), ..Said::default() };
    // of what the work always asks for one line, of what this mandate asks for one or two
    let [first, second] = mandate.details;
    let own = [Some(first), (second != first && second % 2 == 0).then_some(second)];
    let own = own.into_iter().flatten().filter_map(|detail| words.details.get(detail));
    let common = work.says.get(first % work.says.len().max(1));
    let mut lines: Vec<String> =
        common.into_iter().chain(own).map(|wordings| with_thing(dice.words(wordings))).collect();
    let mut figures = Vec::new();
    for figure in &mandate.figures {
        let Some(measure) = work.figures.get(figure.measure) else { continue };
        let name = with_thing(&measure.name);
        figures.push(figure_words(words, figure, measure, &name, dice));
        said.indicators.push(indicator(figure, measure, &name));
    }
    let in_prose = match (mandate.due, at) {
        (Some(Due::Ongoing), DueAt::Prose) => {
            mandate.due = None;
            false
        }
        (None | Some(Due::Ongoing), _) => false,
        (Some(_), DueAt::Prose)
        | (Some(Due::From(..) | Due::Relative(_) | Due::Until(_)), _)
        | (Some(Due::Half(_) | Due::Within(_)), DueAt::Clause | DueAt::Line) => true,
        (Some(_), DueAt::Column) => false,
        (Some(_), _) => dice.percent(50),
    };
    let mut date = String::new();
    match mandate.due.filter(|_| in_prose) {
        Some(due) => {
            let wordings = words.sentences.dates.get(key(due)).map(Vec::as_slice).unwrap_or_default();
            date = due_words(dice.words(wordings), due);
            said.deadlines.push(deadline(due));
        }
        None => said.due = mandate.due,
    }
    let act = |kind: &str, dice: &mut Dice| {
        let acts = words.sentences.acts.get(kind).map(Vec::as_slice).unwrap_or_default();
        dice.words(acts).to_owned()
    };
    let dated = match mandate.due.filter(|_| in_prose) {
        None => String::new(),
        Some(Due::From(..)) => format!("{date}{}。", act("begun", dice)),
        Some(Due::Relative(_)) => format!("{date}{}。", act("written", dice)),
        Some(due) => match figures.first() {
            // a date that governs a figure stands in both
            Some(figure) => {
                let sentence = format!("{date}，{figure}。");
                if let (Some(first), Some(due)) = (said.indicators.first_mut(), deadline(due).day()) {
                    due.clone_into(&mut first.by);
                }
                figures.remove(0);
                sentence
            }
            None if matches!(due, Due::Until(_)) => format!("{date}，{}。", act("done", dice)),
            None => format!("{date}{}。", act("done", dice)),
        },
    };
    if let Some(cited) = &mandate.cited {
        let patterns = match cited.number {
            Some(_) => &words.documents.cited.numbered,
            None => &words.documents.cited.words,
        };
        let number = cited.number.as_deref().unwrap_or_default();
        let words = fill(dice.words(patterns), &[("title", &cited.title), ("number", number)]);
        said.references.push(cited.number.clone().unwrap_or_else(|| format!("《{}》", cited.title)));
        if let Some(first) = lines.first_mut() {
            *first = format!("{words}，{first}");
        }
    }
    if dice.percent(40) && lines.len() > 1 && mandate.cited.is_none() {
        lines.swap(0, 1);
    }
    let mut figures = figures.into_iter();
    let mut sentences: Vec<String> = lines
        .into_iter()
        .map(|line| match figures.next() {
            Some(figure) => format!("{line}，{figure}。"),
            None => format!("{line}。"),
        })
        .collect();
    sentences.extend(figures.map(|figure| format!("{figure}。")));
    if dice.percent(50) {
        sentences.insert(0, dated);
    } else {
        sentences.push(dated);
    }
    said.body = sentences.concat();
    said
}

/// The words of a figure.
fn figure_words(words: &Words, figure: &Figure, measure: &Measure, name: &str, dice: &mut Dice) -> String {
    let kinds: &Kinds = words.sentences.of(measure.kind);
    let pattern = kinds.get(figure.bound.key()).map_or("", |patterns| dice.words(patterns));
    let unit = unit(measure);
    let value = if figure.bound == Bound::Range {
        let [low, high] = range(figure).map(tenths);
        format!("{low}—{high}{unit}")
    } else {
        format!("{}{unit}", tenths(figure.value))
    };
    fill(pattern, &[("n", name), ("v", &value), ("verb", &measure.verb)])
}

/// The ends of a figure that is a range.
fn range(figure: &Figure) -> [i64; 2] {
    [figure.value, figure.value + (figure.value / 50).max(1) * 10]
}

fn unit(measure: &Measure) -> &str {
    match measure.kind {
        MeasureKind::Share | MeasureKind::Cap | MeasureKind::Growth => "%",
        _ => &measure.unit,
    }
}

/// A number of tenths as it is printed.
fn tenths(value: i64) -> String {
    if value % 10 == 0 { (value / 10).to_string() } else { format!("{}.{}", value / 10, value % 10) }
}

/// The value of a figure, or the ends of its range.
pub(super) fn value(figure: &Figure) -> Value {
    if figure.bound == Bound::Range { Value::range(range(figure)) } else { Value::one(figure.value) }
}

/// What the annotation says of a figure.
fn indicator(figure: &Figure, measure: &Measure, name: &str) -> Indicator {
    let comparator = match (figure.bound, measure.kind) {
        (_, MeasureKind::Growth) => "+",
        (Bound::Least, _) => ">=",
        (Bound::Most, _) => "<=",
        (Bound::About, _) => "≈",
        (Bound::Exact, _) => "=",
        (Bound::Range, _) => "range",
    };
    Indicator {
        name: name.chars().take(16).collect(),
        comparator: comparator.to_owned(),
        value: value(figure),
        unit: unit(measure).to_owned(),
        by: String::new(),
    }
}

/// The name of the wordings of a date.
pub(super) fn key(due: Due) -> &'static str {
    match due {
        Due::MonthEnd(..) => "month-end",
        Due::YearEnd(_) => "year-end",
        Due::Day(..) => "day",
        Due::Half(_) => "half",
        Due::Within(_) => "within",
        Due::Until(_) => "until",
        Due::From(..) => "from",
        Due::Relative(_) => "relative",
        Due::Ongoing => "ongoing",
    }
}

/// A date by one of its wordings.
pub(super) fn due_words(pattern: &str, due: Due) -> String {
    let (year, month, day) = match due {
        Due::Day(year, month, day) | Due::From(year, month, day) => (year, month, day),
        Due::MonthEnd(year, month) => (year, month, 0),
        Due::YearEnd(year) | Due::Half(year) | Due::Within(year) | Due::Until(year) => (year, 0, 0),
        Due::Relative(_) | Due::Ongoing => (0, 0, 0),
    };
    let months = if let Due::Relative(months) = due { months } else { 0 };
    let [year, month, day, months] = [year.to_string(), month.to_string(), day.to_string(), months.to_string()];
    fill(pattern, &[("y", &year), ("m", &month), ("d", &day), ("n", &months)])
}

/// What the annotation says of a date.
pub(super) fn deadline(due: Due) -> Deadline {
    let iso = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let (relation, value) = match due {
        Due::MonthEnd(year, month) => ("before", iso(Date::last_of_month(year, month))),
        Due::YearEnd(year) => ("before", iso(Date::last_of_year(year))),
        Due::Day(year, month, day) => ("before", iso(Date::day(year, month, day))),
        Due::Half(year) => ("by", iso(Date::last_of_month(year, 6))),
        Due::Within(year) => ("during", iso(Date::year(year))),
        Due::Until(year) => ("by", iso(Date::year(year))),
        Due::From(year, month, day) => ("from", iso(Date::day(year, month, day))),
        Due::Relative(months) => ("relative", format!("{months}个月")),
        Due::Ongoing => ("ongoing", String::new()),
    };
    Deadline { value, relation: relation.to_owned() }
}
