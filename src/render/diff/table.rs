//! What changed between two documents, as table and CSV.

use std::io::{self, Write};

use crate::analysis::{Diff, Edit, Pair};
use crate::diagnostic::Lang;
use crate::notice::{Holder, Mandate};
use crate::render::csv;
use crate::render::inherit::words;
use crate::render::table::Table;

/// Characters around a change of the wording that are shown.
const AROUND: usize = 6;

/// Changes of the wording of a task that are shown in a list.
const MOST: usize = 3;

/// One thing that changed: its kind, the number of the task before and after, and what it was and is.
pub(super) struct Row {
    pub(super) kind: &'static str,
    pub(super) label: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// Writes the counts and every change; with `trace` both wordings in whole with their places.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(out: &mut dyn Write, diff: &Diff, trace: bool, lang: Lang, width: Option<usize>) -> io::Result<()> {
    writeln!(out, "{} → {}", diff.before.name(), diff.after.name())?;
    writeln!(out, "{}", counts(diff, lang))?;
    let header =
        if lang == Lang::Zh { ["变化", "任务", "前", "后"] } else { ["change", "task", "before", "after"] };
    let mut table = Table::new(header);
    for row in rows(diff) {
        table.row([kind(row.kind, lang).to_owned(), row.label, row.before, row.after]);
    }
    if table.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    table.write(out, width)?;
    if trace {
        for pair in diff.pairs.iter().filter(|pair| pair.is_changed()) {
            let (Some(old), Some(new)) = (diff.before.tasks.get(pair.before), diff.after.tasks.get(pair.after)) else {
                continue;
            };
            let stated = |source: &str, task: &Mandate| {
                format!("{} {} [{}]", task.label, task.text.replace('\n', " "), words::place(source, task.span))
            };
            writeln!(out, "\n- {}", stated(&diff.before.source, old))?;
            writeln!(out, "+ {}", stated(&diff.after.source, new))?;
        }
    }
    Ok(())
}

/// How many tasks are the same, changed, new and gone.
pub(super) fn counts(diff: &Diff, lang: Lang) -> String {
    let changed = diff.pairs.iter().filter(|pair| pair.is_changed()).count();
    let same = diff.pairs.len() - changed;
    let reworded = diff.pairs.iter().filter(|pair| !pair.wording.is_empty()).count();
    let leads = diff.pairs.iter().filter(|pair| pair.leads.is_some()).count();
    let (added, dropped) = (diff.added.len(), diff.dropped.len());
    match lang {
        Lang::Zh => format!(
            "新增 {added} 项，取消 {dropped} 项，修改 {changed} 项（文字 {reworded}，牵头 {leads}），未变 {same} 项"
        ),
        Lang::En => format!(
            "added {added}, dropped {dropped}, changed {changed} (reworded {reworded}, leads {leads}), unchanged {same}"
        ),
    }
}

pub(super) fn kind(kind: &'static str, lang: Lang) -> &'static str {
    let zh = match kind {
        "added" => "新增",
        "dropped" => "取消",
        "reworded" => "改文字",
        "lead" => "改牵头",
        "joined" => "加单位",
        "left" => "减单位",
        "figure added" => "加指标",
        "figure tightened" => "指标加码",
        "figure loosened" => "指标放宽",
        "figure dropped" => "减指标",
        "date added" => "加时限",
        "date earlier" => "时限提前",
        "date later" => "时限推迟",
        "date dropped" => "减时限",
        other => other,
    };
    lang.pick(zh, kind)
}

/// All changes: what is new and gone first, then task by task.
pub(super) fn rows(diff: &Diff) -> Vec<Row> {
    let mut rows = Vec::new();
    for (new, from) in &diff.added {
        let Some(task) = diff.after.tasks.get(*new) else { continue };
        let before = from.and_then(|from| diff.before.tasks.get(from)).map(words::task).unwrap_or_default();
        rows.push(Row { kind: "added", label: task.label.clone(), before, after: words::task(task) });
    }
    for (old, into) in &diff.dropped {
        let Some(task) = diff.before.tasks.get(*old) else { continue };
        let after = into.and_then(|into| diff.after.tasks.get(into)).map(words::task).unwrap_or_default();
        rows.push(Row { kind: "dropped", label: task.label.clone(), before: words::task(task), after });
    }
    for pair in &diff.pairs {
        of_pair(diff, pair, &mut rows);
    }
    rows
}

fn of_pair(diff: &Diff, pair: &Pair, rows: &mut Vec<Row>) {
    let (Some(old), Some(new)) = (diff.before.tasks.get(pair.before), diff.after.tasks.get(pair.after)) else { return };
    let label = if old.label == new.label { new.label.clone() } else { format!("{} → {}", old.label, new.label) };
    let mut push = |kind, before: String, after: String| rows.push(Row { kind, label: label.clone(), before, after });
    if !pair.wording.is_empty() {
        let [before, after] = excerpt(pair);
        push("reworded", before, after);
    }
    if let Some([before, after]) = &pair.leads {
        let [was, is] = [before, after].map(words::holders);
        // the same words may mean the bodies of two places
        let whole =
            |holders: &[Holder]| holders.iter().map(|one| one.body.label.as_str()).collect::<Vec<_>>().join("、");
        if was == is { push("lead", whole(before), whole(after)) } else { push("lead", was, is) }
    }
    if !pair.joined.is_empty() {
        push("joined", String::new(), words::holders(&pair.joined));
    }
    if !pair.left.is_empty() {
        push("left", words::holders(&pair.left), String::new());
    }
    for drift in &pair.figures {
        let kind = match drift.change.as_str() {
            "tightened" => "figure tightened",
            "loosened" => "figure loosened",
            _ => "figure dropped",
        };
        let below = drift.below.as_ref().map(|(_, figure)| words::quantity(figure)).unwrap_or_default();
        push(kind, words::quantity(&drift.above), below);
    }
    for figure in &pair.new_figures {
        push("figure added", String::new(), words::quantity(figure));
    }
    for drift in &pair.dates {
        let kind = match drift.change.as_str() {
            "earlier" => "date earlier",
            "later" => "date later",
            _ => "date dropped",
        };
        push(
            kind,
            words::limit(&drift.above),
            drift.below.as_ref().map(|(_, limit)| words::limit(limit)).unwrap_or_default(),
        );
    }
    for limit in &pair.new_dates {
        push("date added", String::new(), words::limit(limit));
    }
}

/// The first changes of the wording, with some characters around them.
fn excerpt(pair: &Pair) -> [String; 2] {
    let pieces = &pair.wording;
    let side = |left: Edit| {
        let mut text = String::new();
        let mut changes = 0;
        for (index, (edit, words)) in pieces.iter().enumerate() {
            let words: Vec<char> = words.chars().collect();
            let shown: String = match edit {
                Edit::Kept if words.len() > 2 * AROUND => {
                    let first: String = words.iter().take(if index == 0 { 0 } else { AROUND }).collect();
                    let last: String = words.iter().skip(words.len() - AROUND).collect();
                    if index + 1 == pieces.len() { first } else { format!("{first}…{last}") }
                }
                Edit::Kept => words.iter().collect(),
                edit if *edit == left => words.iter().collect(),
                _ => continue,
            };
            changes += usize::from(*edit != Edit::Kept);
            if changes > MOST {
                break;
            }
            text.push_str(&shown);
        }
        text
    };
    [side(Edit::Dropped), side(Edit::Added)]
}

/// Writes one line for every change, with a header.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv(out: &mut dyn Write, diff: &Diff) -> io::Result<()> {
    csv::line(out, ["change", "task", "before", "after"])?;
    rows(diff).into_iter().try_for_each(|row| csv::line(out, [row.kind, &row.label, &row.before, &row.after]))
}
