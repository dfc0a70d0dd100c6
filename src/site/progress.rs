//! How far tasks have come, as people wrote it into ledgers: documents do not say.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::View;
use super::words;
use crate::date::Date;
use crate::ledger::{Entry, Status};

/// What was written last of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Progress {
    status: Option<Status>,
    words: String,
    by: String,
    on: Option<Date>,
}

/// What was written last of each task by the end of a day, of entries with the earliest first.
pub(super) fn last(entries: &[Entry], on: Date) -> BTreeMap<String, Progress> {
    let mut found: BTreeMap<String, Progress> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.is_by(on)) {
        let Some(task) = &entry.task else { continue };
        if entry.status.is_none() && entry.progress.is_empty() {
            continue;
        }
        let own = found.entry(task.clone()).or_default();
        own.status = entry.status.or(own.status);
        if !entry.progress.is_empty() {
            own.words.clone_from(&entry.progress);
        }
        own.by.clone_from(&entry.by);
        own.on = entry.on;
    }
    found
}

impl View<'_> {
    /// The status of a task, where somebody wrote it.
    pub(super) fn status(&self, task: &str) -> Markup {
        let status = self.site.progress.get(task).and_then(|progress| progress.status);
        html! { @if let Some(status) = status {
            " " span class=(format!("state {}", status.as_str())) { (words::concept("status", status.as_str(), self.lang)) }
        } }
    }

    /// What ledgers say of a task.
    pub(super) fn progress(&self, task: &str) -> Markup {
        let lang = self.lang;
        html! { @if let Some(progress) = self.site.progress.get(task) {
            h2 { (lang.pick("台账填报", "In the ledger")) }
            dl.facts {
                @if progress.status.is_some() { dt { (lang.pick("状态", "status")) } dd { (self.status(task)) } }
                @if !progress.words.is_empty() { dt { (lang.pick("进展", "progress")) } dd lang="zh" { (progress.words) } }
                @if !progress.by.is_empty() { dt { (lang.pick("填报人", "by")) } dd { (progress.by) } }
                @if let Some(day) = progress.on { dt { (lang.pick("日期", "on")) } dd { span.date { (day) } } }
            }
        } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_word_counts_and_says_no_more_than_it_says() {
        let entry = |task: &str, status, progress: &str, by: &str| Entry {
            task: Some(task.to_owned()),
            status,
            progress: progress.to_owned(),
            by: by.to_owned(),
            ..Entry::default()
        };
        let entries = [
            entry("a", Some(Status::InProgress), "选址", "李明"),
            entry("a", Some(Status::Done), "", "王芳"),
            entry("b", None, "", "王芳"),
        ];
        let found = last(&entries, Date::year(2032).unwrap());
        let own = &found["a"];
        assert_eq!((own.status, own.words.as_str(), own.by.as_str()), (Some(Status::Done), "选址", "王芳"));
        assert!(!found.contains_key("b"), "nothing of how far it has come");
    }
}
