//! What is due when, as table, JSON, CSV and calendar.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::claims::{self, Written};
use super::table::Table;
use crate::analysis::due::{Due, Line};
use crate::diagnostic::Lang;
use crate::query::{Claim, Claims, StoredDocument};

mod calendar;
mod json;
pub use calendar::calendar;
pub use json::{csv, json};

/// Days that count as near.
const NEAR: i32 = 30;

/// Deadlines, and what stands around them.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The deadlines.
    pub due: &'a Due,
    /// The documents that state them, by their IRIs.
    pub documents: BTreeMap<String, StoredDocument>,
    /// The most rows of each list for people.
    pub top: Option<usize>,
    /// Where those who lead are named, where that is asked for.
    pub claims: Option<Claims>,
}

impl<'a> View<'a> {
    /// All deadlines, each with what it is.
    pub fn lines(&self) -> impl Iterator<Item = (&'static str, &'a Line)> {
        let dated = self.due.dated.iter().map(|line| {
            let name = if line.days.is_some_and(|days| days < 0) { "overdue" } else { "upcoming" };
            (name, line)
        });
        dated
            .chain(self.due.recurring.iter().map(|line| ("recurring", line)))
            .chain(self.due.relative.iter().map(|line| ("relative", line)))
            .chain(self.due.beginning.iter().map(|line| ("from", line)))
            .chain(self.due.ongoing.iter().map(|line| ("ongoing", line)))
            .chain(self.due.closed.iter().map(|line| ("closed", line)))
    }

    /// What the document of a deadline is called.
    fn name(&self, line: &Line) -> &str {
        self.documents.get(&line.task.document).map_or("", StoredDocument::name)
    }

    /// Whether tasks of several documents are shown.
    fn several(&self) -> bool {
        let mut documents = self.lines().map(|(_, line)| line.task.document.as_str());
        documents.next().is_some_and(|first| documents.any(|other| other != first))
    }

    /// Where those are named who lead, or are responsible.
    fn behind(&self, line: &Line) -> Option<Vec<&Claim>> {
        let bodies: Vec<&str> = line.parties.iter().map(|(body, _)| body.id.as_str()).collect();
        Some(self.claims.as_ref()?.of(&line.task.id, &bodies))
    }

    /// The words behind some deadlines: of each the words of the time first, then the names.
    fn traced<'v>(&'v self, lines: impl Iterator<Item = &'v Line>) -> Vec<Written<'v>> {
        let mut traced = Vec::new();
        for line in lines {
            let deadline = &line.deadline;
            let day = line.day.map_or_else(|| deadline.text.clone(), |day| day.to_string());
            let figure = format!("{day} {}", line.task.label);
            traced.push(Written {
                figure: figure.clone(),
                task: &line.task.id,
                document: &line.task.document,
                source: self.documents.get(&line.task.document).map_or("", |document| &document.source),
                label: &line.task.label,
                says: ["时限", "deadline"],
                words: &deadline.text,
                statement: sentence(&line.task.text, &deadline.text),
                basis: deadline.basis.as_str(),
                confidence: deadline.confidence,
                cell: None,
                span: Some(deadline.span).filter(|span| !span.is_empty()),
            });
            let claims = self.behind(line).unwrap_or_default();
            traced.extend(claims.into_iter().map(|claim| Written::from((figure.clone(), claim))));
        }
        traced
    }
}

/// The sentence of a text that holds some words; empty where none does.
fn sentence<'t>(text: &'t str, words: &str) -> &'t str {
    text.split_inclusive(['。', '；', '\n']).find(|sentence| sentence.contains(words)).unwrap_or_default().trim()
}

/// Writes a summary, what is past, what comes, what recurs and what has no day, for people.
///
/// `width` is that of the terminal in cells, if it is one.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(out: &mut dyn Write, view: &View<'_>, lang: Lang, width: Option<usize>) -> io::Result<()> {
    let due = view.due;
    let (past, near) = (due.overdue().count(), due.upcoming().filter(|line| line.days <= Some(NEAR)).count());
    let later = due.upcoming().count() - near;
    let (on, without, tasks) = (due.on, due.without, due.tasks);
    let others = [
        (due.recurring.len(), "周期性", "recurring"),
        (due.relative.len(), "某事之后", "after an event"),
        (due.beginning.len(), "自某日起", "from a day on"),
        (due.ongoing.len(), "长期", "without end"),
        (due.closed.len(), "台账填报为完成或取消", "done or given up, as ledgers say"),
    ];
    let others = others.into_iter().filter(|(count, ..)| *count > 0);
    match lang {
        Lang::Zh => {
            let others: Vec<String> = others.map(|(count, zh, _)| format!("，{zh} {count} 项")).collect();
            let others = others.concat();
            writeln!(out, "截至 {on}：逾期 {past} 项，{NEAR} 天内到期 {near} 项，以后到期 {later} 项{others}")?;
            writeln!(out, "{tasks} 项任务中 {without} 项没有时限")?;
        }
        Lang::En => {
            let others: Vec<String> = others.map(|(count, _, en)| format!(", {count} {en}")).collect();
            let others = others.concat();
            writeln!(out, "on {on}: {past} overdue, {near} due within {NEAR} days, {later} later{others}")?;
            writeln!(out, "{without} of {tasks} tasks have no deadline")?;
        }
    }
    let overdue: Vec<&Line> = due.overdue().collect::<Vec<_>>().into_iter().rev().collect();
    let page = Page { view, several: view.several(), lang, width };
    page.list(
        out,
        lang.pick(
            "逾期（是否完成，文件没有说；台账填报为完成或取消的另列）",
            "overdue (whether done, documents do not say; what ledgers report as done or given up is listed apart)",
        ),
        &overdue,
        When::Day,
    )?;
    page.list(out, lang.pick("即将到期", "upcoming"), &due.upcoming().collect::<Vec<_>>(), When::Day)?;
    let lists = [
        (lang.pick("周期性，按下次日期", "recurring, by the next day"), &due.recurring, When::Next),
        (lang.pick("某事之后若干时间", "some time after an event"), &due.relative, When::Event),
        (lang.pick("自某日起", "from a day on"), &due.beginning, When::Day),
        (lang.pick("长期", "without end"), &due.ongoing, When::None),
        (lang.pick("台账填报为完成或取消", "done or given up, as ledgers say"), &due.closed, When::Closed),
    ];
    for (title, lines, when) in lists {
        page.list(out, title, &lines.iter().collect::<Vec<_>>(), when)?;
    }
    let mut all = [&due.dated, &due.recurring, &due.beginning, &due.closed].into_iter().flatten();
    if all.any(|line| line.deadline.inferred_year) {
        writeln!(
            out,
            "\n{}",
            lang.pick("* 年份未写明，由文件推定", "* the year is not printed but taken from the document")
        )?;
    }
    if view.claims.is_some() {
        let top = view.top.unwrap_or(usize::MAX);
        let past = overdue.into_iter().take(top).chain(due.upcoming().take(top));
        let rest = [&due.recurring, &due.relative, &due.beginning, &due.ongoing, &due.closed];
        let shown = past.chain(rest.into_iter().flat_map(|lines| lines.iter().take(top)));
        claims::table(out, view.traced(shown), lang, width)?;
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
    /// A day, and what was said of the task.
    Closed,
}

/// What all lists share.
struct Page<'a> {
    view: &'a View<'a>,
    several: bool,
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
            When::Closed => vec![lang.pick("日期", "date"), lang.pick("状态", "status")],
        };
        // what recurs may be done for now
        let told = when == When::Next && lines.iter().any(|line| line.status.is_some());
        if told {
            header.push(lang.pick("状态", "status"));
        }
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
        let shown = self.view.top.unwrap_or(usize::MAX);
        for line in lines.iter().take(shown) {
            let deadline = &line.deadline;
            let mut row = match when {
                When::Day | When::Next => {
                    let day = if when == When::Day { marked(line) } else { day(line) };
                    vec![day, line.days.map(|days| days.to_string()).unwrap_or_default()]
                }
                When::Event => {
                    vec![deadline.after.clone().unwrap_or_default(), deadline.duration.clone().unwrap_or_default()]
                }
                When::None => vec![],
                When::Closed => vec![marked(line), status(line, lang)],
            };
            if told {
                row.push(status(line, lang));
            }
            if self.several {
                row.push(self.view.name(line).to_owned());
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

fn day(line: &Line) -> String {
    line.day.map(|day| day.to_string()).unwrap_or_default()
}

/// A day, and whether its year was taken from the document.
fn marked(line: &Line) -> String {
    let mark = if line.deadline.inferred_year && line.day.is_some() { "*" } else { "" };
    format!("{}{mark}", day(line))
}

/// What a ledger says of how far the task has come.
fn status(line: &Line, lang: Lang) -> String {
    line.status.map(|status| lang.pick(status.zh(), status.as_str()).to_owned()).unwrap_or_default()
}

/// Who leads, or is responsible, as one cell.
fn parties(line: &Line) -> String {
    let led = line.parties.iter().any(|(_, role)| role.leads());
    let names: Vec<&str> = line.parties.iter().map(|(body, _)| body.label.as_str()).collect();
    let joined = names.join("、");
    if led || joined.is_empty() { joined } else { format!("({joined})") }
}
