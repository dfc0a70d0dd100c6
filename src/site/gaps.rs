//! What documents leave unsaid: tasks without a lead or a date, figures without a date, bodies that never lead.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::View;
use super::element::MOST;
use super::gather::{Entry, Site};
use crate::extract::Deadline;
use crate::notice::Mandate;

/// What documents leave unsaid.
pub(super) struct Gaps<'a> {
    /// Tasks with nobody named.
    pub(super) nobody: Vec<&'a Mandate>,
    /// Tasks with parties, none of which is said to lead.
    pub(super) leaderless: Vec<&'a Mandate>,
    /// Tasks without a date.
    pub(super) dateless: Vec<&'a Mandate>,
    /// Tasks with a figure and neither a date of their own nor one of the figure.
    pub(super) open_figures: Vec<&'a Mandate>,
    /// Departments that lead nothing.
    pub(super) followers: Vec<&'a crate::analysis::Line>,
}

/// The tasks of the lists of [`Gaps`], by the places of documents and of tasks in these.
#[derive(Debug, Default)]
pub(super) struct Places {
    nobody: Vec<Place>,
    leaderless: Vec<Place>,
    dateless: Vec<Place>,
    open_figures: Vec<Place>,
}

type Place = (usize, usize);

impl Places {
    /// Finds them once: of many documents that takes longer than a page may.
    pub(super) fn of(entries: &[Entry], deadlines: &BTreeMap<String, Vec<Deadline>>) -> Self {
        let mut places = Self::default();
        let tasks = entries
            .iter()
            .zip(0..)
            .flat_map(|(entry, at)| entry.notice.tasks.iter().zip(0..).map(move |(task, index)| ((at, index), task)));
        for (place, task) in tasks {
            let is_dated = deadlines.get(&task.id).is_some_and(|deadlines| !deadlines.is_empty());
            if task.parties.is_empty() {
                places.nobody.push(place);
            } else if task.leads().next().is_none() {
                places.leaderless.push(place);
            }
            if !is_dated {
                places.dateless.push(place);
                if task.indicators.iter().any(|figure| figure.by.is_none()) {
                    places.open_figures.push(place);
                }
            }
        }
        places
    }
}

impl Site {
    pub(super) fn gaps(&self) -> Gaps<'_> {
        let task = |(at, index): &Place| self.documents().get(*at).and_then(|entry| entry.notice.tasks.get(*index));
        let tasks = |places: &[Place]| places.iter().filter_map(task).collect();
        let unsaid = &self.unsaid;
        Gaps {
            nobody: tasks(&unsaid.nobody),
            leaderless: tasks(&unsaid.leaderless),
            dateless: tasks(&unsaid.dateless),
            open_figures: tasks(&unsaid.open_figures),
            followers: self.workload.departments.iter().filter(|line| line.lead + line.co_lead == 0).collect(),
        }
    }
}

impl View<'_> {
    pub(super) fn gaps(&self) -> Markup {
        let lang = self.lang;
        let gaps = self.site.gaps();
        let lists = self.gap_lists(&gaps);
        let main = html! {
            ul.figures { @for (id, name, tasks) in &lists {
                li { a href=(format!("#{id}")) { b { (tasks.len()) } " " (name) } }
            } li { a href="#never-leads" { b { (gaps.followers.len()) } " " (lang.pick("从不牵头的部门", "departments that never lead")) } } }
            @for (id, name, tasks) in &lists { @if !tasks.is_empty() { section id=(id) {
                h2 { (name) " (" (tasks.len()) ")" }
                (self.task_table(name, tasks.iter().take(MOST).copied()))
                (self.rest(tasks.len()))
            } } }
            @if !gaps.followers.is_empty() { section id="never-leads" {
                h2 { (lang.pick("从不牵头的部门", "Departments that never lead")) " (" (gaps.followers.len()) ")" }
                (self.load_table(lang.pick("从不牵头的部门", "Departments that never lead"), gaps.followers.iter().take(MOST).copied()))
                (self.rest(gaps.followers.len()))
            } }
        };
        let lead = html! { p.lead { (lang.pick(
            "文件没有写明的，这里不作推测。并列名单没有规则时，无人算作牵头。",
            "What documents leave unsaid stays unsaid: in a plain list without a rule nobody leads.",
        )) } };
        self.frame(lang.pick("没有写明的", "What is left unsaid"), &lead, &main)
    }

    /// The lists of tasks, with their anchors and names.
    pub(super) fn gap_lists<'g>(&self, gaps: &'g Gaps<'_>) -> [(&'static str, &'static str, &'g [&'g Mandate]); 4] {
        let lang = self.lang;
        [
            ("no-party", lang.pick("没有责任单位的任务", "tasks with nobody named"), &gaps.nobody),
            ("no-lead", lang.pick("没有牵头单位的任务", "tasks without a lead"), &gaps.leaderless),
            ("no-deadline", lang.pick("没有时限的任务", "tasks without a date"), &gaps.dateless),
            ("open-figures", lang.pick("指标没有时限的任务", "tasks with a figure and no date"), &gaps.open_figures),
        ]
    }
}
