//! The file of corrections: TOML, read with the place of everything that is wrong.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::addition;
use super::entry::{Change, Corrections, Entry, HeadField, Subject, Verdict};
use super::error::CorrectionsError;
use super::fields::{Fields, Reader};
use crate::date::Date;
use crate::diagnostic::Message;
use crate::extract::{Comparator, DeadlineRelation, Role};

/// How names of files of corrections end.
pub const ENDING: &str = ".zeren.toml";

/// Where the corrections of a document lie: beside it, under its name with another ending.
///
/// ```
/// use std::path::Path;
///
/// assert_eq!(zeren::correct::beside(Path::new("a/通知.pdf")), Path::new("a/通知.zeren.toml"));
/// ```
pub fn beside(document: &Path) -> PathBuf {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    document.with_file_name(format!("{stem}{ENDING}"))
}

impl Corrections {
    /// The corrections that lie beside a document; none where there is no such file.
    ///
    /// # Errors
    ///
    /// When there is one and it cannot be read or understood.
    pub fn of(document: &Path) -> Result<Option<Self>, CorrectionsError> {
        match Self::read(&beside(document)) {
            Err(CorrectionsError::Io(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            corrections => corrections.map(Some),
        }
    }

    /// Reads a file of corrections.
    ///
    /// # Errors
    ///
    /// When it cannot be read or understood.
    pub fn read(path: &Path) -> Result<Self, CorrectionsError> {
        let bytes = fs::read(path).map_err(CorrectionsError::Io)?;
        let text = String::from_utf8(bytes).map_err(|_| CorrectionsError::Encoding)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        read(&name, &text)
    }
}

/// Reads the text of a file of corrections.
///
/// # Errors
///
/// When it is no TOML, or says what cannot be understood.
pub fn read(name: &str, text: &str) -> Result<Corrections, CorrectionsError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let reader = Reader { text };
    let table = DeTable::parse(text).map_err(|error| {
        let what = Message::new(
            format!("TOML 写法有误（{}）", error.message()),
            format!("this is no TOML: {}", error.message()),
        );
        reader.broken(error.span().unwrap_or_default(), what, None)
    })?;
    let mut corrections = Corrections { name: name.to_owned(), ..Corrections::default() };
    let top = Fields::new(&reader, table.get_ref(), &["document", "by", "on", "correction", "add"])?;
    corrections.document = top.text("document")?;
    let (by, on) = (top.text("by")?, top.date("on")?);
    for (place, fields) in tables(&reader, &top, "correction")? {
        corrections.entries.push(entry_of(&reader, place, fields, by.as_deref(), on)?);
    }
    for (place, fields) in tables(&reader, &top, "add")? {
        corrections.additions.push(addition::read(&reader, place, fields, by.as_deref(), on)?);
    }
    Ok(corrections)
}

/// The tables of a name, each with its place.
fn tables<'t, 'd>(
    reader: &Reader<'_>,
    top: &Fields<'t, 'd>,
    name: &str,
) -> Result<Vec<(Range<usize>, &'t DeTable<'d>)>, CorrectionsError> {
    let Some(list) = top.get(name) else { return Ok(Vec::new()) };
    let wrong = |value| reader.wrong(value, &format!("应写作 [[{name}]]"), &format!("is written as [[{name}]]"));
    let DeValue::Array(entries) = list.get_ref() else { return Err(wrong(list)) };
    let mut tables = Vec::new();
    for entry in entries {
        let DeValue::Table(fields) = entry.get_ref() else { return Err(wrong(entry)) };
        tables.push((entry.span(), fields));
    }
    Ok(tables)
}

const FIELDS: [&str; 16] = [
    "task",
    "anchor",
    "party",
    "indicator",
    "deadline",
    "mandate",
    "head",
    "nth",
    "was",
    "change",
    "add",
    "remove",
    "confirm",
    "why",
    "by",
    "on",
];

fn entry_of(
    reader: &Reader<'_>,
    place: Range<usize>,
    fields: &DeTable<'_>,
    by: Option<&str>,
    on: Option<Date>,
) -> Result<Entry, CorrectionsError> {
    let fields = Fields::new(reader, fields, &FIELDS)?;
    let (task, anchor) = (fields.text("task")?, fields.text("anchor")?);
    let subject = subject(reader, &fields, &place)?;
    if task.is_none() && anchor.is_none() && !matches!(subject, Subject::Head(_) | Subject::Party(_)) {
        let what = Message::new("没有写明是哪项任务", "does not say which task it speaks of");
        let hint = Message::new(
            "请写 task（编号）和 anchor（任务开头的字）",
            "add task (its number) and anchor (its first words)",
        );
        return Err(reader.broken(place, what, Some(hint)));
    }
    let nth = match fields.get("nth") {
        None => None,
        Some(value) => match whole(value.get_ref()).filter(|nth| *nth > 0) {
            Some(nth) => Some(nth),
            None => return Err(reader.wrong(value, "应为从 1 起的整数", "is a whole number from 1")),
        },
    };
    let verdict = verdict(reader, &fields, &subject, &place)?;
    let mut entry = Entry {
        line: reader.position(place.start).0,
        task,
        anchor,
        subject,
        nth,
        was: fields.text("was")?,
        verdict,
        why: fields.text("why")?.unwrap_or_default(),
        by: fields.text("by")?.or_else(|| by.map(str::to_owned)).unwrap_or_default(),
        on: fields.date("on")?.or(on),
    };
    entry.was = entry.was.filter(|was| !was.is_empty());
    let missing = [
        ("why", entry.why.is_empty(), "原因", "why it is so"),
        ("by", entry.by.is_empty(), "更正人", "who says so"),
        ("on", entry.on.is_none(), "日期，如 2026-11-22", "the date, as in 2026-11-22"),
    ];
    match missing.into_iter().find(|(_, missing, ..)| *missing) {
        Some((name, _, zh, en)) if entry.verdict != Verdict::Undecided => {
            let what = Message::new(format!("这条更正缺少 {name}"), format!("this correction lacks `{name}`"));
            let hint = Message::new(
                format!("请写明{zh}；by 和 on 也可在文件开头写一次"),
                format!("say {en}; `by` and `on` may stand once at the top of the file"),
            );
            Err(reader.broken(place, what, Some(hint)))
        }
        _ => Ok(entry),
    }
}

fn subject(reader: &Reader<'_>, fields: &Fields<'_, '_>, place: &Range<usize>) -> Result<Subject, CorrectionsError> {
    let mut subjects = Vec::new();
    for name in ["party", "indicator", "deadline", "mandate", "head"] {
        let Some(value) = fields.get(name) else { continue };
        let words = fields.text(name)?.unwrap_or_default();
        subjects.push(match name {
            _ if words.is_empty() => return Err(reader.wrong(value, "不能为空", "must not be empty")),
            "party" => Subject::Party(words),
            "indicator" => Subject::Indicator(words),
            "deadline" => Subject::Deadline(words),
            "mandate" => Subject::Mandate(words),
            _ => {
                let names = HeadField::ALL.map(HeadField::as_str);
                let field = HeadField::ALL.into_iter().find(|field| field.as_str() == words);
                Subject::Head(field.ok_or_else(|| reader.unknown(value, &words, &names))?)
            }
        });
    }
    match subjects.len() {
        0 => Ok(Subject::Task),
        1 => Ok(subjects.remove(0)),
        _ => {
            let what = Message::new("一条更正只能说一件事", "one correction speaks of one thing");
            let hint = Message::new(
                "party、indicator、deadline、mandate、head 只留一个",
                "keep one of party, indicator, deadline, mandate and head",
            );
            Err(reader.broken(place.clone(), what, Some(hint)))
        }
    }
}

fn verdict(
    reader: &Reader<'_>,
    fields: &Fields<'_, '_>,
    subject: &Subject,
    place: &Range<usize>,
) -> Result<Verdict, CorrectionsError> {
    let mut verdicts = Vec::new();
    for name in ["change", "add", "remove", "confirm"] {
        let Some(value) = fields.get(name) else { continue };
        match (name, value.get_ref()) {
            ("remove", DeValue::Boolean(true)) => verdicts.push(Verdict::Remove),
            ("confirm", DeValue::Boolean(true)) => verdicts.push(Verdict::Confirm),
            ("remove" | "confirm", DeValue::Boolean(false)) => {}
            ("remove" | "confirm", _) => return Err(reader.wrong(value, "应为 true", "is true or left out")),
            _ if matches!(subject, Subject::Mandate(_)) => {
                let (zh, en) =
                    ("请写 confirm = true 或 remove = true", "is confirm = true or remove = true for a mandate");
                return Err(reader.wrong(value, zh, en));
            }
            ("change", DeValue::String(words)) if matches!(subject, Subject::Head(_)) => {
                let change = Change { head: Some(words.trim().to_owned()), ..Change::default() };
                if matches!(subject, Subject::Head(HeadField::Issued)) && Date::parse_iso(words).is_none() {
                    return Err(reader.wrong(value, "应为日期，如 2026-11-22", "is a date, as in 2026-11-22"));
                }
                verdicts.push(Verdict::Change(change));
            }
            (_, DeValue::Table(table)) if !matches!(subject, Subject::Head(_)) => {
                let change = change(reader, table, subject)?;
                if name == "add" {
                    complete(reader, value, subject, &change)?;
                    verdicts.push(Verdict::Add(change));
                } else if change == Change::default() {
                    return Err(reader.wrong(value, "没有写明改成什么", "does not say what it should be"));
                } else {
                    verdicts.push(Verdict::Change(change));
                }
            }
            (_, _) if matches!(subject, Subject::Head(_)) => {
                return Err(reader.wrong(value, "应为 change = \"…\"", "is change = \"…\" for a field of the head"));
            }
            _ => return Err(reader.wrong(value, "应写作 { 名称 = 值 }", "is written as { name = value }")),
        }
    }
    match verdicts.len() {
        0 => Ok(Verdict::Undecided),
        1 => Ok(verdicts.remove(0)),
        _ => {
            let what = Message::new("一条更正只能有一个结论", "one correction has one verdict");
            let hint =
                Message::new("change、add、remove、confirm 只留一个", "keep one of change, add, remove and confirm");
            Err(reader.broken(place.clone(), what, Some(hint)))
        }
    }
}

/// What a thing that is added must say of itself.
fn complete(
    reader: &Reader<'_>,
    value: &Spanned<DeValue<'_>>,
    subject: &Subject,
    change: &Change,
) -> Result<(), CorrectionsError> {
    let (lacks, zh, en) = match subject {
        Subject::Party(_) => (change.role.is_none(), "请写明 role", "say its role"),
        Subject::Indicator(_) => (change.value.is_none(), "请写明 value", "say its value"),
        Subject::Deadline(_) => {
            let timeless = matches!(change.relation, Some(DeadlineRelation::Ongoing | DeadlineRelation::Relative));
            (change.date.is_none() && !timeless, "请写明 date", "say its date")
        }
        _ => (true, "任务用 [[add]] 补充", "a task is added by [[add]]"),
    };
    if lacks { Err(reader.wrong(value, zh, en)) } else { Ok(()) }
}

fn change(reader: &Reader<'_>, table: &DeTable<'_>, subject: &Subject) -> Result<Change, CorrectionsError> {
    let known: &[&str] = match subject {
        Subject::Party(_) => &["role", "name", "organisation"],
        Subject::Indicator(_) => &["name", "value", "value_max", "unit", "comparator", "by"],
        Subject::Deadline(_) => &["date", "relation", "duration", "after"],
        Subject::Task | Subject::Head(_) | Subject::Mandate(_) => &["text", "label"],
    };
    let fields = Fields::new(reader, table, known)?;
    let roles = [Role::ALL.map(Role::as_str), Role::ALL.map(Role::zh)].concat();
    let comparators = Comparator::ALL.map(Comparator::as_str);
    let relations = DeadlineRelation::ALL.map(DeadlineRelation::as_str);
    let comparator = |words: &str| {
        let words = words.replace('≥', ">=").replace('≤', "<=");
        Comparator::ALL.into_iter().find(|known| known.as_str() == words)
    };
    Ok(Change {
        head: None,
        role: fields.named("role", &roles, Role::parse)?,
        name: fields.text("name")?,
        organisation: fields.text("organisation")?,
        text: fields.text("text")?,
        label: fields.text("label")?,
        value: fields.number("value")?,
        value_max: fields.number("value_max")?,
        unit: fields.text("unit")?,
        comparator: fields.named("comparator", &comparators, comparator)?,
        by: fields.date("by")?,
        date: fields.date("date")?,
        relation: fields.named("relation", &relations, |words| {
            DeadlineRelation::ALL.into_iter().find(|known| known.as_str() == words)
        })?,
        duration: fields.text("duration")?,
        after: fields.text("after")?,
    })
}

fn whole(value: &DeValue<'_>) -> Option<usize> {
    value.as_integer().and_then(|number| number.as_str().parse().ok())
}
