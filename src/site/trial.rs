//! A document that is tried: what would be read of it, although nothing of it is kept.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};

use super::element::told;
use super::frame::Frame;
use super::gather::{Entry, Site};
use super::link::Links;
use super::live::Paths;
use super::page::{File, Page};
use super::{View, words};
use crate::diagnostic::{Finding, Lang};
use crate::span::Text;

/// The longest file that a page brings along, in bytes: browsers refuse longer addresses.
const LONGEST: usize = 1_400_000;

/// A document that is tried.
#[derive(Clone, Copy, Debug)]
pub struct Trial<'a> {
    /// Where its links lead.
    pub paths: &'a Paths,
    /// What is odd about it, with hints.
    pub findings: &'a [Finding],
    /// What `zeren extract --format json` says of it.
    pub json: &'a [u8],
    /// The bodies that the store knows too, by their IRIs.
    pub known: &'a BTreeSet<String>,
}

/// Links of a document that has no page of its own: to places in this one, and to bodies that the store knows.
struct Within<'a> {
    site: &'a Site,
    trial: &'a Trial<'a>,
}

impl Links for Within<'_> {
    fn page(&self, from: Page<'_>, to: Page<'_>) -> String {
        match to {
            Page::Task(id) => self.site.task(id).map_or_else(String::new, |(_, index, _)| format!("#t{}", index + 1)),
            Page::Document(_) => "#main".to_owned(),
            _ => self.trial.paths.page(from, to),
        }
    }

    fn file(&self, from: Page<'_>, to: File<'_>) -> String {
        self.trial.paths.file(from, to)
    }

    fn live(&self) -> Option<&Paths> {
        Some(self.trial.paths)
    }

    fn has(&self, page: Page<'_>) -> bool {
        match page {
            Page::Document(_) => false,
            Page::Department(id) => self.trial.known.contains(id),
            _ => true,
        }
    }
}

impl Site {
    /// The bodies that documents name, by their IRIs.
    pub fn bodies(&self) -> impl Iterator<Item = &str> {
        self.network.departments().map(|(_, body)| body.id.as_str())
    }

    /// The page of a document that is tried; none where there is no document.
    pub fn trial_page(&self, trial: &Trial<'_>, lang: Lang) -> Option<String> {
        let entry = self.documents().first()?;
        let links = Within { site: self, trial };
        let view = View { site: self, links: &links, lang, page: Page::Document(&entry.document.id) };
        Some(view.trial(entry, trial).into_string())
    }
}

impl View<'_> {
    fn trial(&self, entry: &Entry, trial: &Trial<'_>) -> Markup {
        let (lang, document) = (self.lang, &entry.document);
        let title = document.titled();
        let text = self.marked(entry);
        let (tasks, findings) = (lang.pick("任务", "Tasks"), lang.pick("给起草人的提示", "For whoever drafts it"));
        let lead = html! {
            p.lead { (self.told(entry)) }
            p.screen {
                @if trial.json.len() <= LONGEST {
                    a download=(download_name(&document.source)) href=(format!("data:application/json;base64,{}", STANDARD.encode(trial.json))) { "JSON" }
                } @else { span.soft { (lang.pick(
                    "结果太大，不能随页面下载：请在上传时选“JSON”。",
                    "The result is too large to come along with the page: choose “JSON” where you upload the document.",
                )) } }
                " · " a href=(trial.paths.kept("/try")) { (lang.pick("再试一份", "Try another")) }
            }
        };
        let main = html! {
            (self.head(entry))
            ul.jump.screen {
                @if !trial.findings.is_empty() { li { a href="#findings" { (findings) } } }
                li { a href="#tasks" { (tasks) } }
                @if text.is_some() { li { a href="#text" { (lang.pick("原文", "Text")) } } }
            }
            @if !trial.findings.is_empty() { section id="findings" {
                h2 { (findings) " (" (trial.findings.len()) ")" }
                (self.drafting(entry, trial.findings))
            } }
            section id="tasks" {
                h2 { (tasks) " (" (entry.notice.tasks.len()) ")" }
                @if entry.notice.tasks.is_empty() { p { (lang.pick("没有读出任务。", "No task was read.")) } }
                @else { (self.task_table(tasks, entry.notice.tasks.iter())) }
            }
            @if let Some(text) = text { section id="text" {
                h2 { (lang.pick("原文", "Text")) }
                (self.legend())
                div.text lang="zh" { (text) }
            } }
        };
        let foot = html! { p { (concat!("zeren ", env!("CARGO_PKG_VERSION"))) } };
        Frame { lead, foot, ..Frame::new(trial.paths, lang, title) }.around(&main)
    }

    /// How much was read.
    fn told(&self, entry: &Entry) -> String {
        let tasks = &entry.notice.tasks;
        let parties: usize = tasks.iter().map(|task| self.site.claims.in_task(&task.id).len()).sum();
        let figures: usize = tasks.iter().map(|task| task.indicators.len()).sum();
        let dates: usize = tasks.iter().map(|task| task.deadlines.len()).sum();
        let tasks = tasks.len();
        match self.lang {
            Lang::Zh => format!(
                "读出任务 {tasks} 项、责任 {parties} 处、指标 {figures} 个、时限 {dates} 个。只是试读，没有保存。"
            ),
            Lang::En => format!(
                "What was read: tasks {tasks}, responsibilities {parties}, figures {figures}, dates {dates}. Nothing of it is kept."
            ),
        }
    }

    /// What is odd, by line, with what to do about it.
    fn drafting(&self, entry: &Entry, findings: &[Finding]) -> Markup {
        let lang = self.lang;
        let text = Text::new(entry.reading.text.as_str());
        let task = |finding: &Finding| {
            let span = finding.span?;
            let tasks = entry.notice.tasks.iter().filter(|task| task.span.is_some_and(|at| at.contains(span)));
            tasks.min_by_key(|task| task.span.map(crate::span::Span::len))
        };
        html! { ul.findings { @for finding in findings { li {
            span class=(format!("severity {}", finding.severity.as_str())) {
                (words::concept("severity", finding.severity.as_str(), lang))
            } " "
            code { (finding.code.number()) } " "
            @if let Some(span) = finding.span { span.soft { (match lang {
                Lang::Zh => format!("第 {} 行", text.position(span.start).line),
                Lang::En => format!("line {}", text.position(span.start).line),
            }) " " } }
            (told(finding.message.in_lang(lang)))
            @if let Some(hint) = &finding.hint { br; span.soft { (lang.pick("提示：", "hint: ")) (told(hint.in_lang(lang))) } }
            @if let Some(task) = task(finding) { " – " (self.task_link(task)) }
        } } } }
    }
}

/// What the result is called as a file.
fn download_name(source: &str) -> String {
    let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
    format!("{}.json", if stem.is_empty() { "document" } else { stem })
}
