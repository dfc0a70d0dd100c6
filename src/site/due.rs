//! What is due when.

use maud::{Markup, html};

use super::View;
use super::element::MOST;
use crate::analysis::due::Line;
use crate::diagnostic::Lang;

impl View<'_> {
    pub(super) fn due(&self) -> Markup {
        let (lang, due) = (self.lang, &self.site.due);
        let lead = html! {
            p.lead { (self.due_counts()) }
            p.soft { (lang.pick(
                "任务是否完成，文件没有说；台账填报为完成或取消的单列于后。",
                "Whether a task is done, documents do not say; what ledgers report as done or given up is listed apart, at the end.",
            )) }
        };
        let past: Vec<&Line> = due.overdue().collect::<Vec<_>>().into_iter().rev().collect();
        let lists: [(&str, Vec<&Line>); 7] = [
            (lang.pick("即将到期", "Upcoming"), due.upcoming().collect()),
            (lang.pick("逾期", "Overdue"), past),
            (lang.pick("周期性，按下次日期", "Recurring, by the next day"), due.recurring.iter().collect()),
            (lang.pick("某事之后", "After an event"), due.relative.iter().collect()),
            (lang.pick("自某日起", "From a day on"), due.beginning.iter().collect()),
            (lang.pick("长期", "Without end"), due.ongoing.iter().collect()),
            (lang.pick("台账填报为完成或取消", "Done or given up, as ledgers say"), due.closed.iter().collect()),
        ];
        let main = html! {
            @for (name, lines) in &lists { @if !lines.is_empty() {
                h2 { (name) " (" (lines.len()) ")" }
                (self.due_table(name, lines))
                (self.rest(lines.len()))
            } }
        };
        self.frame(lang.pick("时限", "What is due when"), &lead, &main)
    }

    /// How many deadlines there are of each kind.
    pub(super) fn due_counts(&self) -> String {
        let due = &self.site.due;
        let (past, coming) = (due.overdue().count(), due.upcoming().count());
        let (recurring, relative, without) = (due.recurring.len(), due.relative.len(), due.without);
        match self.lang {
            Lang::Zh => format!(
                "截至 {}：逾期 {past} 项，即将到期 {coming} 项，周期性 {recurring} 项，某事之后 {relative} 项；{} 项任务中 {without} 项没有时限。",
                due.on, due.tasks
            ),
            Lang::En => format!(
                "On {}: {past} overdue, {coming} upcoming, {recurring} recurring, {relative} after an event; {without} of {} tasks have no deadline.",
                due.on, due.tasks
            ),
        }
    }

    /// Deadlines with their tasks and those who lead them, else those who are responsible.
    pub(super) fn due_table(&self, caption: &str, lines: &[&Line]) -> Markup {
        let lang = self.lang;
        let columns = [
            lang.pick("时限", "date"),
            lang.pick("天数#", "days#"),
            lang.pick("原文", "words"),
            lang.pick("任务", "task"),
            lang.pick("部门", "department"),
        ];
        let row = |line: &&Line| {
            let late = line.days.is_some_and(|days| days < 0);
            let date = line.day.or(line.deadline.date).map(|day| day.to_string());
            let words = [line.deadline.after.as_deref(), Some(&line.deadline.text)];
            let words = words.into_iter().flatten().next().unwrap_or_default();
            vec![
                html! { span.date { (date.unwrap_or_else(|| "–".to_owned())) } },
                html! { @if let Some(days) = line.days { span.late[late] { (days) } } },
                html! { (words) },
                html! { @if let Some((_, _, task)) = self.site.task(&line.task.id) { (self.task_link(task)) } (self.status(&line.task.id)) },
                self.parties(line),
            ]
        };
        Self::table(caption, &columns, &lines.iter().take(MOST).map(row).collect::<Vec<_>>())
    }

    fn parties(&self, line: &Line) -> Markup {
        let strongest = line.parties.iter().map(|(_, role)| *role).min();
        let leads = strongest.is_some_and(crate::extract::Role::leads);
        let shown: Vec<_> =
            line.parties.iter().filter(|(_, role)| Some(*role) == strongest || leads && role.leads()).take(4).collect();
        html! {
            @for (index, (body, role)) in shown.iter().enumerate() {
                @if index > 0 { " " }
                (self.body_link(&body.id, &body.label)) " " (self.role(*role))
            }
            @if line.parties.len() > shown.len() { " +" (line.parties.len() - shown.len()) }
        }
    }
}
