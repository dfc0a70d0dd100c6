//! One task: who has which part in it and why, figures, dates, what is above and below.

use maud::{Markup, html};

use super::View;
use super::gather::Entry;
use super::page::{Drawing, Page};
use super::pairs::Kin;
use super::words;
use crate::notice::Mandate;
use crate::query::Claim;
use crate::render::inherit::words as figures;

impl View<'_> {
    pub(super) fn task(&self, entry: &Entry, index: usize, task: &Mandate) -> Markup {
        let lang = self.lang;
        let document = &entry.document;
        let tasks = &entry.notice.tasks;
        let near = |index: Option<usize>| index.and_then(|index| tasks.get(index));
        let before = near(index.checked_sub(1));
        let after = near(index.checked_add(1));
        let lead = html! {
            p.lead {
                (self.document_link(&document.id, document.name()))
                @for heading in &task.path { " › " (heading) }
            }
        };
        let place = format!("{}#t{}", self.href(Page::Document(&document.id)), index + 1);
        let main = html! {
            p.words lang="zh" { (task.text) }
            @if task.span.is_some() && !entry.reading.text.is_empty() { p.soft.screen { a href=(place) { (lang.pick("看原文中的位置", "See it in the text")) } } }
            (self.drawn_line(Drawing::Task(&task.id), lang.pick("任务图", "Picture of the task")))
            (self.claims_of(entry, task))
            (self.figures_of(task))
            (self.dates_of(task))
            (self.cited_by(entry, task))
            (self.progress(&task.id))
            (self.kin(task))
            @let findings: Vec<_> = entry.reading.findings.iter().filter(|one| one.about == task.id).cloned().collect();
            @if !findings.is_empty() {
                h2 { (lang.pick("问题", "Findings")) }
                (self.finding_list(&findings))
            }
            nav.pager aria-label=(lang.pick("前后任务", "Tasks before and after")) {
                @if let Some(task) = before { span { "← " (self.task_link(task)) } }
                @if let Some(task) = after { span { (self.task_link(task)) " →" } }
            }
        };
        self.frame(&super::element::headline(task), &lead, &main)
    }

    fn claims_of(&self, entry: &Entry, task: &Mandate) -> Markup {
        let lang = self.lang;
        let claims = self.site.claims.in_task(&task.id);
        let name = lang.pick("责任单位", "Who is responsible");
        let columns = [
            lang.pick("部门", "department"),
            lang.pick("角色", "role"),
            lang.pick("原文", "as printed"),
            lang.pick("依据", "because"),
            lang.pick("置信度#", "confidence#"),
        ];
        let row = |claim: &Claim| {
            let doubts = entry.reading.doubts.get(&claim.id).into_iter().flatten();
            let doubts: Vec<String> = doubts.map(|doubt| doubt.message().in_lang(lang).to_owned()).collect();
            vec![
                self.body_link(&self.site.claims.body(claim), &claim.full),
                self.role(claim.role),
                html! { (claim.name) @if let Some(cell) = &claim.cell { " " code { (cell) } } },
                html! {
                    (words::concept("basis", &claim.basis, lang))
                    @for doubt in &doubts { br; span.doubt { (doubt) } }
                },
                html! { (words::number(claim.confidence, 2)) },
            ]
        };
        let clause = entry.reading.clauses.get(&task.id);
        html! {
            h2 { (name) }
            @if claims.is_empty() { p { (lang.pick("没有写明。", "Not said.")) } } @else {
                (Self::table(name, &columns, &claims.iter().map(row).collect::<Vec<_>>()))
            }
            @if let Some((clause, _)) = clause { p.soft { (lang.pick("责任表述：", "Statement: ")) q lang="zh" { (clause) } } }
        }
    }

    fn figures_of(&self, task: &Mandate) -> Markup {
        let lang = self.lang;
        let name = lang.pick("指标", "Figures");
        let columns = [
            lang.pick("指标", "figure"),
            lang.pick("数值#", "value#"),
            lang.pick("时限", "by"),
            lang.pick("依据", "because"),
            lang.pick("置信度#", "confidence#"),
        ];
        let rows = task.indicators.iter().map(|figure| {
            vec![
                html! { (figure.name) },
                html! { (figures::value(figure)) },
                html! { @if let Some(day) = figure.by { span.date { (day) } } },
                html! { (words::evidence(&figure.evidence, lang)) },
                html! { (words::number(figure.confidence, 2)) },
            ]
        });
        html! { @if !task.indicators.is_empty() { h2 { (name) } (Self::table(name, &columns, &rows.collect::<Vec<_>>())) } }
    }

    fn dates_of(&self, task: &Mandate) -> Markup {
        let lang = self.lang;
        let name = lang.pick("时限", "Dates");
        let deadlines = self.site.deadlines.get(&task.id).map(Vec::as_slice).unwrap_or_default();
        html! { @if !deadlines.is_empty() {
            h2 { (name) }
            ul { @for deadline in deadlines {
                li { q lang="zh" { (deadline.text) } " – " (self.why_date(deadline)) }
            } }
        } }
    }

    fn cited_by(&self, entry: &Entry, task: &Mandate) -> Markup {
        let lang = self.lang;
        let cited: Vec<_> = entry.reading.cited.iter().filter(|one| one.by == task.id).collect();
        html! { @if !cited.is_empty() {
            h2 { (lang.pick("引用的文件", "Documents cited")) }
            ul { @for one in cited { li {
                (words::label(&one.relation, lang)) " "
                (self.document_link(&one.document, &format!("{} {}", one.title, one.number)))
            } } }
        } }
    }

    /// The tasks above that it carries out, and those below that carry it out.
    fn kin(&self, task: &Mandate) -> Markup {
        let lang = self.lang;
        let above = self.site.kin(&task.id, true);
        let below = self.site.kin(&task.id, false);
        let item = |kin: &Kin<'_>, up: bool| {
            let Some((parent, child)) = self.site.ends(kin.pair) else { return html! {} };
            let document = if up { &parent.document } else { &child.document };
            let page = Page::Inheritance(&parent.document.id, &child.document.id);
            html! { li {
                span class=(format!("status {}", kin.status.as_str())) { (figures::status(kin.status, lang)) } " "
                a href=(self.href(page)) { (document.name()) }
                @if let Some(other) = kin.other {
                    " " (self.task_link(other)) " "
                    span.soft { (lang.pick("相似 ", "likeness ")) (words::number(kin.likeness, 2)) }
                }
            } }
        };
        html! {
            @if !above.is_empty() {
                h2 { (lang.pick("上级任务", "The mandate above")) }
                ul { @for one in &above { (item(one, true)) } }
            }
            @if !below.is_empty() {
                h2 { (lang.pick("下级承接", "What became of it below")) }
                ul { @for one in &below { (item(one, false)) } }
            }
        }
    }
}
