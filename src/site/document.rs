//! One document: what it is, its tasks, what is odd, and its text with every claim marked.

use maud::{Markup, html};

use super::View;
use super::element::told;
use super::gather::Entry;
use super::link::field;
use super::page::{Drawing, File, Page, Picture};
use super::words;
use crate::diagnostic::Lang;
use crate::extract::Role;
use crate::notice::Mandate;
use crate::query::Seen;
use crate::render::inherit::words as figures;

impl View<'_> {
    pub(super) fn document(&self, entry: &Entry) -> Markup {
        let lang = self.lang;
        let document = &entry.document;
        let title = document.titled();
        let text = self.marked(entry);
        let tasks = lang.pick("任务", "Tasks");
        let main = html! {
            (self.head(entry))
            ul.jump.screen {
                li { a href="#tasks" { (tasks) } }
                @if !entry.reading.findings.is_empty() { li { a href="#findings" { (lang.pick("问题", "Findings")) } } }
                @if text.is_some() { li { a href="#text" { (lang.pick("原文", "Text")) } } }
                @if let Some(live) = self.links.live() {
                    li { a href=(live.kept(&format!("/review?document={}", field(&document.id)))) { (lang.pick("核对", "Review")) } }
                }
            }
            section id="tasks" {
                h2 { (tasks) " (" (entry.notice.tasks.len()) ")" }
                (self.task_table(tasks, entry.notice.tasks.iter()))
            }
            @if !entry.reading.findings.is_empty() { section id="findings" {
                h2 { (lang.pick("问题", "Findings")) " (" (entry.reading.findings.len()) ")" }
                (self.finding_list(&entry.reading.findings))
            } }
            @if self.site.draws_lineage(&document.id) {
                (self.drawn_line(Drawing::Lineage(&document.id), lang.pick("上下级文件图", "Picture of the documents above and below")))
            }
            (self.picture(Picture::Owners(&document.id), lang.pick("责任关系图", "Who owns what")))
            @if let Some(text) = text { section id="text" {
                h2 { (lang.pick("原文", "Text")) }
                (self.legend())
                div.text lang="zh" { (text) }
            } } @else {
                p.note { (lang.pick(
                    "知识库中没有这份文件的原文；重新读取（`zeren build`）即可补入。",
                    "The store does not hold the text of this document; `zeren build` puts it there.",
                )) }
            }
        };
        self.frame(title, &html! {}, &main)
    }

    /// What is known of a document.
    pub(super) fn head(&self, entry: &Entry) -> Markup {
        let (lang, document) = (self.lang, &entry.document);
        let issuers = entry.reading.issuers.join(lang.pick("、", ", "));
        let facts = [
            (lang.pick("文号", "number"), document.number.as_str()),
            (lang.pick("文种", "kind"), entry.reading.kind.as_str()),
            (lang.pick("发文机关", "issued by"), issuers.as_str()),
            (lang.pick("发文日期", "issued"), document.issued.as_str()),
            (lang.pick("地区", "place"), document.place.as_str()),
            (lang.pick("来源", "file"), document.source.as_str()),
        ];
        let own = entry.reading.cited.iter().filter(|cited| cited.by == document.id);
        let ends = || self.site.pairs.iter().filter_map(|pair| self.site.ends(pair));
        let below = ends().filter(|(parent, _)| parent.document.id == document.id);
        let above = ends().filter(|(_, child)| child.document.id == document.id);
        html! {
            dl.facts {
                @for (name, value) in facts { @if !value.is_empty() { dt { (name) } dd { (value) } } }
                @for cited in own {
                    dt { (words::label(&cited.relation, lang)) }
                    dd { (self.document_link(&cited.document, if cited.number.is_empty() { &cited.title } else { &cited.number })) }
                }
                @for rule in &entry.reading.rules { dt { (lang.pick("约定", "rule")) } dd { (words::label(&rule.rule, lang)) } }
                @for (parent, child) in above {
                    dt { (lang.pick("对照上级", "beside the one above")) }
                    dd { a href=(self.href(Page::Inheritance(&parent.document.id, &child.document.id))) { (parent.document.name()) } }
                }
                @for (parent, child) in below {
                    dt { (lang.pick("对照下级", "beside one below")) }
                    dd { a href=(self.href(Page::Inheritance(&parent.document.id, &child.document.id))) { (child.document.name()) } }
                }
                @if self.links.has(Page::Document(&document.id)) && self.links.gives_graphs(self.site.documents().len()) {
                    dt.screen { (lang.pick("数据", "data")) }
                    dd.screen { a href=(self.file(File::Graph(&document.id))) { "Turtle" } }
                }
            }
        }
    }

    /// Tasks with who leads them, who else is named, figures and dates.
    pub(super) fn task_table<'t>(&self, caption: &str, tasks: impl Iterator<Item = &'t Mandate>) -> Markup {
        let lang = self.lang;
        let columns = [
            lang.pick("任务", "task"),
            lang.pick("牵头", "lead"),
            lang.pick("其他单位", "others"),
            lang.pick("指标", "figures"),
            lang.pick("时限", "dates"),
        ];
        let row = |task: &Mandate| {
            let among = |wanted: fn(Role) -> bool| task.parties.iter().filter(move |party| wanted(party.role));
            let mut figures: Vec<String> = task.indicators.iter().map(figures::quantity).collect();
            figures.dedup();
            vec![
                html! { (self.task_link(task)) (self.status(&task.id)) },
                self.holders(among(Role::leads)),
                self.holders(among(|role| !role.leads())),
                lines(&figures),
                lines(&task.deadlines.iter().map(figures::limit).filter(|text| !text.is_empty()).collect::<Vec<_>>()),
            ]
        };
        Self::table(caption, &columns, &tasks.map(row).collect::<Vec<_>>())
    }

    /// Departments, by their names as printed.
    fn holders<'t>(&self, holders: impl Iterator<Item = &'t crate::notice::Holder>) -> Markup {
        html! { @for (index, holder) in holders.enumerate() {
            @if index > 0 { (self.lang.pick("、", ", ")) }
            (self.body_link(&holder.body.id, &holder.printed))
        } }
    }

    pub(super) fn finding_list(&self, findings: &[Seen]) -> Markup {
        html! { ul.findings { @for finding in findings { li { (self.finding(finding)) } } } }
    }

    /// What is odd, with the task that it is about.
    pub(super) fn finding(&self, finding: &Seen) -> Markup {
        let severity = words::concept("severity", finding.severity.as_str(), self.lang);
        html! {
            span class=(format!("severity {}", finding.severity.as_str())) { (severity) } " "
            code { (finding.code) } " " (told(finding.message.in_lang(self.lang)))
            @if let Some((_, _, task)) = self.site.task(&finding.about) {
                @if self.page != Page::Task(&task.id) { " – " (self.task_link(task)) }
            }
        }
    }

    /// What the marks in the text mean.
    pub(super) fn legend(&self) -> Markup {
        let lang = self.lang;
        let kinds = [
            ("party lead", lang.pick("牵头", "lead")),
            ("party responsible", lang.pick("负责", "responsible")),
            ("party supporting", lang.pick("配合", "supporting")),
            ("quantity", lang.pick("指标", "figure")),
            ("deadline", lang.pick("时限", "date")),
            ("cite", lang.pick("引用", "citation")),
            ("rule", lang.pick("约定", "rule")),
            ("odd warning", lang.pick("问题", "finding")),
        ];
        let hint = match lang {
            Lang::Zh => "指向或用 Tab 键移到标记处，可见读出的内容及依据。",
            Lang::En => "Point at a mark, or reach it with the Tab key, to see what was read and why.",
        };
        html! {
            ul.legend { @for (class, name) in kinds { li { span class=(format!("mark {class}")) { (name) } } } }
            p.soft.screen { (hint) }
        }
    }
}

/// Texts, one below the other.
pub(super) fn lines(texts: &[String]) -> Markup {
    html! { @for (index, text) in texts.iter().enumerate() {
        @if index > 0 { br; }
        // a day is not broken at its hyphens
        @if is_day(text) { span.date { (text) } } @else { (text) }
    } }
}

/// Whether a text is a day: 2031-12-31.
pub(super) fn is_day(text: &str) -> bool {
    text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}
