//! What is due when, as table, JSON, CSV and calendar.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::table::Table;
use crate::analysis::due::{Due, Line};
use crate::diagnostic::Lang;

mod calendar;
mod json;
pub use calendar::calendar;
pub use json::{csv, json};

/// Days that count as near.
const NEAR: i32 = 30;

/// What documents are called, by their IRIs.
pub type Names = BTreeMap<String, String>;

/// Writes a summary, what is past, what comes, what recurs and what has no day, for people.
///
/// `top` is the most rows of each list; `width` that of the terminal in cells, if it is one.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(
    out: &mut dyn Write,
    due: &Due,
    names: &Names,
    top: Option<usize>,
    lang: Lang,
    width: Option<usize>,
) -> io::Result<()> {
    let (past, near) = (due.overdue().count(), due.upcoming().filter(|line| line.days <= Some(NEAR)).count());
    let later = due.upcoming().count() - near;
    let (on, recurring, relative) = (due.on, due.recurring.len(), due.relative.len());
    let (beginning, ongoing, without, tasks) = (due.beginning.len(), due.ongoing.len(), due.without, due.tasks);
    match lang {
        Lang::Zh => writeln!(
            out,
            "截至 {on}：逾期 {past} 项，{NEAR} 天内到期 {near} 项，以后到期 {later} 项；周期性 {recurring} 项，某事之后 {relative} 项，自某日起 {beginning} 项，长期 {ongoing} 项；{tasks} 项任务中 {without} 项没有时限"
        )?,
        Lang::En => writeln!(
            out,
            "on {on}: {past} overdue, {near} due within {NEAR} days, {later} later; {recurring} recurring, {relative} after an event, {beginning} from a day on, {ongoing} without end; {without} of {tasks} tasks have no deadline"
        )?,
    }
    let overdue: Vec<&Line> = due.overdue().collect::<Vec<_>>().into_iter().rev().collect();
    let page = Page { several: several(due), names, top, lang, width };
    page.list(
        out,
        lang.pick("逾期（是否完成，文件没有说）", "overdue (whether done, documents do not say)"),
        &overdue,
        When::Day,
    )?;
    page.list(out, lang.pick("即将到期", "upcoming"), &due.upcoming().collect::<Vec<_>>(), When::Day)?;
    let lists = [
        (lang.pick("周期性，按下次日期", "recurring, by the next day"), &due.recurring, When::Next),
        (lang.pick("某事之后若干时间", "some time after an event"), &due.relative, When::Event),
        (lang.pick("自某日起", "from a day on"), &due.beginning, When::Day),
        (lang.pick("长期", "without end"), &due.ongoing, When::None),
    ];
    for (title, lines, when) in lists {
        page.list(out, title, &lines.iter().collect::<Vec<_>>(), when)?;
    }
    let all = [&due.dated, &due.recurring, &due.beginning].into_iter().flatten();
    if all.clone().any(|line| line.deadline.inferred_year) {
        writeln!(
            out,
            "\n{}",
            lang.pick("* 年份未写明，由文件推定", "* the year is not printed but taken from the document")
        )?;
    }
    Ok(())
}

/// Which columns tell the time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Day,
    Next,
    Event,
    None,
}

/// What all lists share.
struct Page<'a> {
    several: bool,
    names: &'a Names,
    top: Option<usize>,
    lang: Lang,
    width: Option<usize>,
}

impl Page<'_> {
    fn list(&self, out: &mut dyn Write, title: &str, lines: &[&Line], when: When) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        let lang = self.lang;
        let mut header = match when {
            When::Day => vec![lang.pick("日期", "date"), lang.pick("天数", "days")],
            When::Next => vec![lang.pick("下次", "next"), lang.pick("天数", "days")],
            When::Event => vec![lang.pick("事件", "after"), lang.pick("时长", "within")],
            When::None => vec![],
        };
        let time = header.len();
        header.extend([lang.pick("任务", "task"), lang.pick("牵头（负责）", "lead (responsible)")]);
        header.extend([lang.pick("时限原文", "words"), lang.pick("内容", "text")]);
        if self.several {
            header.insert(time, lang.pick("文件", "document"));
        }
        let mut table = Table::new(header);
        if matches!(when, When::Day | When::Next) {
            table = table.right(1);
        }
        let shown = self.top.unwrap_or(usize::MAX);
        for line in lines.iter().take(shown) {
            let deadline = &line.deadline;
            let mut row = match when {
                When::Day | When::Next => {
                    let mark = if deadline.inferred_year && when == When::Day { "*" } else { "" };
                    let day = line.day.map(|day| format!("{day}{mark}")).unwrap_or_default();
                    vec![day, line.days.map(|days| days.to_string()).unwrap_or_default()]
                }
                When::Event => {
                    vec![deadline.after.clone().unwrap_or_default(), deadline.duration.clone().unwrap_or_default()]
                }
                When::None => vec![],
            };
            if self.several {
                row.push(self.names.get(&line.task.document).cloned().unwrap_or_default());
            }
            row.extend([line.task.label.clone(), parties(line), deadline.text.clone(), line.task.text.clone()]);
            table.row(row);
        }
        writeln!(out, "\n{title}")?;
        table.write(out, self.width)?;
        let more = lines.len().saturating_sub(shown);
        if more > 0 {
            writeln!(out, "{}", lang.pick(&format!("另有 {more} 项"), &format!("{more} more")))?;
        }
        Ok(())
    }
}

/// Whether tasks of several documents are shown.
fn several(due: &Due) -> bool {
    let mut documents = lines(due).map(|(_, line)| line.task.document.as_str());
    documents.next().is_some_and(|first| documents.any(|other| other != first))
}

/// All deadlines, each with what it is.
fn lines(due: &Due) -> impl Iterator<Item = (&'static str, &Line)> {
    let dated = due.dated.iter().map(|line| {
        let name = if line.days.is_some_and(|days| days < 0) { "overdue" } else { "upcoming" };
        (name, line)
    });
    dated
        .chain(due.recurring.iter().map(|line| ("recurring", line)))
        .chain(due.relative.iter().map(|line| ("relative", line)))
        .chain(due.beginning.iter().map(|line| ("from", line)))
        .chain(due.ongoing.iter().map(|line| ("ongoing", line)))
}

/// Who leads, or is responsible, as one cell.
fn parties(line: &Line) -> String {
    let led = line.parties.iter().any(|(_, role)| role.leads());
    let names: Vec<&str> = line.parties.iter().map(|(body, _)| body.label.as_str()).collect();
    let joined = names.join("、");
    if led || joined.is_empty() { joined } else { format!("({joined})") }
}
