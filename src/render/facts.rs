//! What one document says, as a table.

use std::io::{self, Write};

use super::table::Table;
use crate::correct::{deadline_words, deadline_zh};
use crate::diagnostic::{Lang, Severity};
use crate::extract::{ClaimKind, Correction, Deadline, DeadlineBasis, DeadlineRelation, Role, Task};
use crate::resolve::Facts;

/// Writes the head of the document, one row for each task, and the findings, for people.
///
/// `width` is that of the terminal in cells, if it is one.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(out: &mut dyn Write, facts: &Facts, lang: Lang, width: Option<usize>) -> io::Result<()> {
    let head = &facts.head;
    writeln!(out, "{}", clean(head.title.as_deref().unwrap_or(&facts.source)))?;
    let issued = head.issued.map(|date| date.to_string());
    let place = facts.place.as_ref().map(|place| place.name.clone());
    let details: Vec<String> = [head.number.clone(), issued, place].into_iter().flatten().collect();
    if !details.is_empty() {
        writeln!(out, "{}", clean(&details.join(" · ")))?;
    }
    if !facts.tasks.is_empty() {
        writeln!(out)?;
        tasks(facts, lang).write(out, width)?;
    }
    if !facts.corrections.is_empty() {
        writeln!(out)?;
    }
    for correction in &facts.corrections {
        writeln!(out, "{MARK} {}", clean(&corrected(correction, lang)))?;
    }
    let own = facts.tasks.iter().flat_map(|entry| {
        let label = entry.task.label.as_str();
        entry.task.findings.iter().map(move |finding| (label, finding))
    });
    let mut findings = facts.findings.iter().map(|finding| ("", finding)).chain(own).peekable();
    if findings.peek().is_some() {
        writeln!(out)?;
    }
    for (label, finding) in findings {
        let (severity, code) = (severity(finding.severity, lang), finding.code.as_str());
        let place = if label.is_empty() { String::new() } else { format!(" {label}") };
        writeln!(
            out,
            "{severity}[{code}]{}{}{}",
            clean(&place),
            lang.pick("：", ": "),
            clean(finding.message.in_lang(lang))
        )?;
    }
    Ok(())
}

/// Stands behind what a person corrected.
const MARK: &str = "†";

fn marked(words: &str, corrections: &[usize]) -> String {
    format!("{words}{}", if corrections.is_empty() { "" } else { MARK })
}

/// A correction in one line: where, what it was and is, who, when and why.
fn corrected(correction: &Correction, lang: Lang) -> String {
    let Correction { task, was, becomes, why, by, on, .. } = correction;
    // the words of a task begin with its number
    let named = task.as_ref().filter(|_| correction.claim != ClaimKind::Task);
    let place = named.map(|task| format!("{task} ")).unwrap_or_default();
    let none = lang.pick("无", "none");
    let (was, becomes) = (was.as_deref().unwrap_or(none), becomes.as_deref().unwrap_or(none));
    match lang {
        Lang::Zh => {
            let (was, becomes) = (in_chinese(correction.claim, was), in_chinese(correction.claim, becomes));
            format!("{}：{place}{was} → {becomes}（{by}，{on}：{why}）", correction.act.zh())
        }
        Lang::En => format!("{}: {place}{was} → {becomes} ({by}, {on}: {why})", correction.act.as_str()),
    }
}

/// When a task is due: as printed, or as a person corrected it.
fn due(deadline: &Deadline, lang: Lang) -> String {
    match (deadline.basis, lang) {
        (DeadlineBasis::Correction, Lang::Zh) => deadline_zh(deadline),
        (DeadlineBasis::Correction, Lang::En) => deadline_words(deadline),
        _ => deadline.text.clone(),
    }
}

/// The words of a claim, which hold stable names, with these in Chinese.
fn in_chinese(claim: ClaimKind, words: &str) -> String {
    let role =
        |words: &str| words.rsplit_once(' ').and_then(|(name, role)| Some((name.to_owned(), Role::parse(role)?)));
    let relation = |words: &str| {
        let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
        let relation = DeadlineRelation::ALL.into_iter().find(|relation| relation.as_str() == first)?;
        Some(format!("{} {rest}", relation.zh()).trim_end().to_owned())
    };
    match claim {
        ClaimKind::Responsibility => role(words).map(|(name, role)| format!("{name} {}", role.zh())),
        ClaimKind::Deadline => relation(words),
        _ => None,
    }
    .unwrap_or_else(|| words.to_owned())
}

fn tasks(facts: &Facts, lang: Lang) -> Table {
    let zh = ["编号", "任务", "牵头", "负责", "配合", "时限"];
    let en = ["no.", "task", "lead", "respon\u{ad}sible", "support\u{ad}ing", "due"];
    let mut table = Table::new(if lang == Lang::Zh { zh } else { en });
    for entry in &facts.tasks {
        let task = &entry.task;
        let deadlines: Vec<String> =
            task.deadlines.iter().map(|deadline| marked(&due(deadline, lang), &deadline.corrections)).collect();
        table.row([
            task.label.clone(),
            marked(&task.text, &task.corrections),
            names(task, Role::leads),
            names(task, |role| role == Role::Responsible),
            names(task, |role| role == Role::Supporting),
            deadlines.join("、"),
        ]);
    }
    table
}

fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Note => lang.pick("提示", "note"),
        Severity::Warning => lang.pick("警告", "warning"),
        Severity::Error => lang.pick("错误", "error"),
    }
}

fn names(task: &Task, wanted: impl Fn(Role) -> bool) -> String {
    let parties = task.responsibilities.iter().filter(|party| wanted(party.role));
    parties.map(|party| marked(&party.name, &party.corrections)).collect::<Vec<_>>().join("、")
}

/// Text of a document without the control characters that a terminal would obey.
fn clean(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_head_tasks_and_findings() {
        let mut out = Vec::new();
        table(&mut out, &crate::render::sample::facts(), Lang::Zh, None).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r#"
        关于深化改革的通知
        哈政办规〔2017〕56号 · 2017-10-18 · 哈尔滨市

        编号    任务                             牵头          负责  配合      时限
        (十三)  建成1个"医联体"， 3个月内见效。  市卫生计生委        市财政局  3个月内

        提示[no-date]：没有日期
        警告[unread-clause] (十三)：读不出来
        "#);
    }
}
