//! The first page: figures, load, coordination, what is due, what is missing, what is odd. Printed, it is the summary for a
//! meeting, of four pages at most: every list is cut.

use maud::{Markup, html};

use super::page::{File, Page};
use super::{View, words};
use crate::analysis::due;
use crate::diagnostic::{Lang, Severity};
use crate::query::Seen;

/// The most rows of a list.
const FIRST: usize = 10;

/// The most findings: each may take several lines.
const FINDINGS: usize = 6;

/// The same page as a document to edit.
pub(super) const SUMMARY: &str = "summary.docx";

impl View<'_> {
    pub(super) fn overview(&self) -> Markup {
        let lang = self.lang;
        let title = lang.pick("责任分工总览", "Who is responsible for what");
        let lead = html! {
            p.lead { (self.site.extent(lang)) }
            p.soft.screen {
                (lang.pick("打印本页即为会议摘要，不超过四页；可编辑的版本：", "Printed, this page is the summary for a meeting, of four pages at most; to edit: "))
                a href=(self.file(File::Data(SUMMARY))) { (SUMMARY) }
            }
        };
        let main = html! {
            (self.figures())
            (self.heaviest())
            (self.closest())
            (self.soonest())
            (self.handed_down())
            (self.missing())
            (self.odd())
        };
        self.frame(title, &lead, &main)
    }

    /// The figures, each leading to the page behind it.
    fn figures(&self) -> Markup {
        let (site, lang) = (self.site, self.lang);
        let tasks: usize = site.documents().iter().map(|entry| entry.notice.tasks.len()).sum();
        let figures = [
            (Page::Documents, site.documents().len(), lang.pick("份文件", "documents")),
            (Page::Documents, tasks, lang.pick("项任务", "tasks")),
            (Page::Departments, site.workload.departments.len(), lang.pick("个部门", "departments")),
            (Page::Due, site.due.overdue().count(), lang.pick("项逾期", "overdue")),
        ];
        html! {
            ul.figures { @for (page, figure, name) in figures {
                li { a href=(self.href(page)) { b { (figure) } " " (name) } }
            } }
        }
    }

    /// Who carries most.
    fn heaviest(&self) -> Markup {
        let lang = self.lang;
        let concentration = self.site.workload.concentration.map(|one| {
            let (one, three, gini) =
                (words::percent(one.top1_share), words::percent(one.top3_share), words::number(one.gini, 2));
            match lang {
                Lang::Zh => format!("最重的一个部门承担全部负荷的 {one}，前三个 {three}；基尼系数 {gini}。"),
                Lang::En => format!(
                    "The heaviest department carries {one} of the load, the first three {three}; Gini coefficient {gini}."
                ),
            }
        });
        html! {
            h2 { (lang.pick("谁的担子重", "Who carries most")) }
            @if let Some(text) = concentration { p { (text) } }
            (self.loads(FIRST))
            (self.more(Page::Departments, self.site.workload.departments.len()))
        }
    }

    /// Who must work with whom.
    fn closest(&self) -> Markup {
        let (lang, overlap) = (self.lang, &self.site.overlap);
        let central: Vec<_> = overlap.departments.iter().filter(|one| one.central).take(FIRST).collect();
        html! {
            h2 { (lang.pick("谁要与谁协同", "Who must work with whom")) }
            @if !central.is_empty() { p {
                (lang.pick("处在中心的部门：", "At the centre: "))
                @for (index, one) in central.iter().enumerate() {
                    @if index > 0 { (lang.pick("、", ", ")) }
                    (self.body_link(&one.organisation, &one.label))
                }
                (lang.pick("。", "."))
            } }
            (self.pairs(FIRST))
            (self.more(Page::Coordination, overlap.pairs.len()))
        }
    }

    /// What is due next, else what was due last.
    fn soonest(&self) -> Markup {
        let (lang, site) = (self.lang, self.site);
        let upcoming: Vec<&due::Line> = site.due.upcoming().take(FIRST).collect();
        let past: Vec<&due::Line> = site.due.overdue().collect::<Vec<_>>().into_iter().rev().take(FIRST).collect();
        let all = site.due.overdue().count() + site.due.upcoming().count();
        html! {
            h2 { (lang.pick("何时到期", "What is due")) }
            p { (self.due_counts()) }
            @if !upcoming.is_empty() {
                h3 { (lang.pick("即将到期", "Next")) }
                (self.due_table(lang.pick("即将到期", "Next"), &upcoming))
            } @else if !past.is_empty() {
                h3 { (lang.pick("最近逾期", "Last overdue")) }
                (self.due_table(lang.pick("最近逾期", "Last overdue"), &past))
            }
            (self.more(Page::Due, all))
        }
    }

    /// How much of the mandates above was carried out.
    fn handed_down(&self) -> Markup {
        let lang = self.lang;
        html! { @if !self.site.pairs.is_empty() {
            h2 { (lang.pick("上级任务承接了多少", "What became of mandates from above")) }
            (self.pair_table(FIRST))
            (self.more(Page::Lineage, self.site.pairs.len()))
        } }
    }

    /// What documents leave unsaid.
    fn missing(&self) -> Markup {
        let lang = self.lang;
        let gaps = self.site.gaps();
        let lists = self.gap_lists(&gaps);
        let page = self.href(Page::Gaps);
        html! {
            h2 { (lang.pick("没有写明什么", "What is left unsaid")) }
            ul.figures { @for (id, name, tasks) in lists { li { a href=(format!("{page}#{id}")) { b { (tasks.len()) } " " (name) } } } }
        }
    }

    /// What is odd, the gravest first.
    fn odd(&self) -> Markup {
        let lang = self.lang;
        let all = || self.site.documents().iter().flat_map(|entry| &entry.reading.findings);
        let mut gravest: Vec<&Seen> = all().filter(|one| one.severity > Severity::Note).collect();
        gravest.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let findings: Vec<Seen> = gravest.into_iter().take(FINDINGS).cloned().collect();
        let doubtful = self.site.doubtful().len();
        html! {
            h2 { (lang.pick("值得一看的问题", "What to look at")) }
            p { @match lang {
                Lang::Zh => { "文件中的问题 " (all().count()) " 处，存疑的责任 " (doubtful) " 项。" }
                Lang::En => { (all().count()) " findings about the documents, " (doubtful) " doubtful responsibilities." }
            } }
            (self.finding_list(&findings))
            (self.more(Page::Findings, all().count()))
        }
    }

    /// Leads to the whole of a list that is cut.
    pub(super) fn more(&self, page: Page<'_>, all: usize) -> Markup {
        html! { @if all > FIRST { p.screen { a href=(self.href(page)) {
            @match self.lang { Lang::Zh => { "全部 " (all) " 项" } Lang::En => { "all " (all) } }
        } } } }
    }
}
