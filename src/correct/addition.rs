//! Tasks that the extraction missed, as a file of corrections states them.
//!
//! ```toml
//! [[add]]
//! task = "(八)"                                   # its printed number, where it has one
//! text = "建立短缺药品会商联动机制"                    # its words
//! clause = "县工业和信息化局牵头，县卫生健康局配合"      # read as any clause is
//! parties = [{ name = "县财政局", role = "lead" }]  # or who does it, in place of the clause
//! after = "(七)"                                  # where it stands, unless the document has its words
//! why = "括号没有闭合，未读出"
//! ```

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::entry::{Change, Entry, Subject, Verdict};
use super::error::CorrectionsError;
use super::fields::{Fields, Reader};
use crate::date::Date;
use crate::diagnostic::Message;
use crate::extract::Role;

/// A task that the extraction missed.
#[derive(Clone, Debug, PartialEq)]
pub struct Addition {
    /// Who says so, when, why, and on which line; its anchor is the words of the task.
    pub entry: Entry,
    /// The words of the task.
    pub text: String,
    /// Its clause, without brackets.
    pub clause: Option<String>,
    /// The parties with their roles, where no clause is given.
    pub parties: Vec<(String, Role)>,
    /// Number or first words of the task that it stands behind.
    pub after: Option<String>,
}

const FIELDS: [&str; 8] = ["task", "text", "clause", "parties", "after", "why", "by", "on"];

/// Reads one table of `[[add]]`.
pub(super) fn read(
    reader: &Reader<'_>,
    place: Range<usize>,
    fields: &DeTable<'_>,
    by: Option<&str>,
    on: Option<Date>,
) -> Result<Addition, CorrectionsError> {
    let fields = Fields::new(reader, fields, &FIELDS)?;
    let written = |name: &str| Ok::<_, CorrectionsError>(fields.text(name)?.filter(|words| !words.is_empty()));
    let (text, clause) = (written("text")?, written("clause")?);
    let parties = parties(reader, &fields)?;
    let (why, on) = (written("why")?, fields.date("on")?.or(on));
    let by = written("by")?.or_else(|| by.filter(|by| !by.is_empty()).map(str::to_owned));
    let missing = [
        ("text", text.is_none(), "任务的文字", "the words of the task"),
        (
            "clause",
            clause.is_none() && parties.is_empty(),
            "责任条款，或用 parties 列出单位",
            "the clause, or the parties",
        ),
        ("why", why.is_none(), "原因", "why it is so"),
        ("by", by.is_none(), "更正人", "who says so"),
        ("on", on.is_none(), "日期，如 2026-11-22", "the date, as in 2026-11-22"),
    ];
    if let Some((name, _, zh, en)) = missing.into_iter().find(|(_, missing, ..)| *missing) {
        let what = Message::new(format!("补充的任务缺少 {name}"), format!("this task lacks `{name}`"));
        let hint = Message::new(format!("请写明{zh}"), format!("say {en}"));
        return Err(reader.broken(place, what, Some(hint)));
    }
    if clause.is_some() && !parties.is_empty() {
        let what = Message::new("clause 与 parties 只留一个", "keep one of clause and parties");
        return Err(reader.broken(place, what, None));
    }
    let text = text.unwrap_or_default();
    let entry = Entry {
        line: reader.position(place.start).0,
        task: written("task")?,
        anchor: Some(text.clone()),
        subject: Subject::Task,
        nth: None,
        was: None,
        verdict: Verdict::Add(Change::default()),
        why: why.unwrap_or_default(),
        by: by.unwrap_or_default(),
        on,
    };
    Ok(Addition { entry, text, clause, parties, after: written("after")? })
}

/// The parties of a task: `[{ name = "县财政局", role = "lead" }]`.
fn parties(reader: &Reader<'_>, fields: &Fields<'_, '_>) -> Result<Vec<(String, Role)>, CorrectionsError> {
    let Some(value) = fields.get("parties") else { return Ok(Vec::new()) };
    let wrong = |value: &Spanned<DeValue<'_>>| {
        reader.wrong(value, "应写作 [{ name = \"…\", role = \"…\" }]", "is written as [{ name = \"…\", role = \"…\" }]")
    };
    let DeValue::Array(list) = value.get_ref() else { return Err(wrong(value)) };
    let roles = [Role::ALL.map(Role::as_str), Role::ALL.map(Role::zh)].concat();
    let mut parties = Vec::new();
    for party in list {
        let DeValue::Table(table) = party.get_ref() else { return Err(wrong(party)) };
        let fields = Fields::new(reader, table, &["name", "role"])?;
        let (name, role) = (fields.text("name")?, fields.named("role", &roles, Role::parse)?);
        let (Some(name), Some(role)) = (name.filter(|name| !name.is_empty()), role) else { return Err(wrong(party)) };
        parties.push((name, role));
    }
    Ok(parties)
}
