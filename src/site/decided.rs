//! What people decided of a document, each decision to be taken back.

use maud::{Markup, html};

use super::View;
use super::doubts::Desk;
use super::gather::Entry;
use crate::correct::{self, Change, Subject, Verdict};

impl View<'_> {
    /// The decisions that stand, with a button behind each: what is taken back can be decided anew.
    pub(super) fn decided(&self, entry: &Entry, desk: &Desk<'_>) -> Markup {
        let lang = self.lang;
        let row = |(key, own): &(String, correct::Entry)| {
            vec![
                html! { (self.subject(&own.subject)) },
                html! { (own.task.as_deref().unwrap_or_default()) },
                html! { (self.verdict(&own.verdict)) },
                html! { (own.why) },
                html! { (own.by) @if let Some(day) = own.on { " " span.date { (day) } } },
                html! { form method="post" action=(desk.paths.kept("/review")) {
                    input type="hidden" name="document" value=(entry.document.id);
                    input type="hidden" name="claim" value=(key);
                    input type="hidden" name="below" value=(desk.below);
                    input type="hidden" name="by" value=(desk.by);
                    button name="do" value="undo" { (lang.pick("撤销", "Take back")) }
                } },
            ]
        };
        let name = lang.pick("已作的判断", "What was decided");
        let columns = [
            lang.pick("原文", "as printed"),
            lang.pick("任务", "task"),
            lang.pick("判断", "decision"),
            lang.pick("理由", "why"),
            lang.pick("核对人", "who"),
            lang.pick("撤销", "take back"),
        ];
        html! { @if !desk.decided.is_empty() { section id="decided" {
            h2 { (name) " (" (desk.decided.len()) ")" }
            (Self::table(name, &columns, &desk.decided.iter().map(row).collect::<Vec<_>>()))
        } } }
    }

    fn subject<'s>(&self, subject: &'s Subject) -> &'s str {
        match subject {
            Subject::Head(field) => field.as_str(),
            Subject::Task => self.lang.pick("整项任务", "the task"),
            Subject::Party(words) | Subject::Indicator(words) | Subject::Deadline(words) | Subject::Mandate(words) => {
                words
            }
        }
    }

    fn verdict(&self, verdict: &Verdict) -> String {
        let lang = self.lang;
        match verdict {
            Verdict::Undecided => String::new(),
            Verdict::Confirm => lang.pick("读得对", "right as read").to_owned(),
            Verdict::Remove => lang.pick("删除", "removed").to_owned(),
            Verdict::Change(change) => format!("{} {}", lang.pick("改为", "changed to"), self.stated(change)),
            Verdict::Add(change) => format!("{} {}", lang.pick("补充", "added"), self.stated(change)),
        }
    }

    /// What should hold, in a line.
    fn stated(&self, change: &Change) -> String {
        let words = |words: &Option<String>| words.clone();
        let number = |number: Option<f64>| number.map(|number| super::words::number(number, 4));
        let parts = [
            words(&change.head),
            change.role.map(|role| super::words::role(role, self.lang).to_owned()),
            words(&change.name),
            words(&change.organisation),
            words(&change.label),
            words(&change.text),
            change.comparator.map(|one| one.as_str().to_owned()),
            number(change.value),
            number(change.value_max).map(|most| format!("– {most}")),
            words(&change.unit),
            change.by.map(|day| day.to_string()),
            change.relation.map(|one| super::words::concept("deadline", one.as_str(), self.lang)),
            change.date.map(|day| day.to_string()),
            words(&change.duration),
            words(&change.after),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}
