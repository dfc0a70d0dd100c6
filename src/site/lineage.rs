//! How documents descend from each other, and how much was carried out.

use maud::{Markup, html};

use super::element::MOST;
use super::page::{Drawing, Page};
use super::pairs::Pair;
use super::{View, words};
use crate::analysis::{Inheritance, LineageLine, Status};
use crate::render::inherit::words as figures;

impl View<'_> {
    pub(super) fn lineage(&self) -> Markup {
        let lang = self.lang;
        let lineage = &self.site.lineage;
        let (held, stubs): (Vec<_>, Vec<_>) =
            lineage.lines.iter().partition(|line| self.site.document(&line.parent).is_some());
        let names = |id: &str| match (self.site.document(id), lineage.stubs.get(id)) {
            (Some(entry), _) => entry.document.name().to_owned(),
            (None, Some(stub)) if !stub.number.is_empty() => {
                format!("{} {}", stub.number, stub.title).trim().to_owned()
            }
            (None, Some(stub)) => stub.title.clone(),
            (None, None) => crate::iri::words(id),
        };
        let cited = lang.pick("引用而库中没有的文件", "Cited and not held");
        let row = |line: &&LineageLine| {
            vec![
                html! { (names(&line.parent)) },
                html! { (figures::descent(line.descent, lang)) },
                self.document_link(&line.child, &names(&line.child)),
            ]
        };
        let columns = [
            lang.pick("上级文件", "document above"),
            lang.pick("关系", "relation"),
            lang.pick("下级文件", "document below"),
        ];
        let main = html! {
            @if self.site.draws_lineage("") {
                (self.drawn_line(Drawing::Lineage(""), lang.pick("上下级文件图", "Picture of the documents")))
            }
            @if held.is_empty() { p { (lang.pick(
                "库中文件之间没有上下级关系。",
                "No document here descends from another.",
            )) } } @else { (self.pair_table(MOST)) (self.rest(self.site.pairs.len())) }
            @if !stubs.is_empty() {
                h2 { (cited) " (" (stubs.len()) ")" }
                (Self::table(cited, &columns, &stubs.iter().take(MOST).map(row).collect::<Vec<_>>()))
                (self.rest(stubs.len()))
            }
            @if !lineage.cycles.is_empty() {
                h2 { (lang.pick("互相引用的文件", "Documents that descend from each other in a circle")) }
                ul { @for cycle in &lineage.cycles { li {
                    @for (index, id) in cycle.iter().enumerate() {
                        @if index > 0 { " → " }
                        (self.document_link(id, &names(id)))
                    }
                } } }
            }
        };
        let lead = html! { p.lead { (lang.pick(
            "上级的任务，下级承接了多少。",
            "How much of what a document above asks for is carried out below.",
        )) } };
        self.frame(lang.pick("上下级承接", "How mandates are handed down"), &lead, &main)
    }

    /// Documents above and below with what became of the tasks.
    pub(super) fn pair_table(&self, most: usize) -> Markup {
        let lang = self.lang;
        let caption = lang.pick("上下级文件", "Documents above and below");
        let statuses = Status::ALL.map(|status| format!("{}#", figures::status(status, lang)));
        let mut columns = vec![
            lang.pick("上级文件", "document above"),
            lang.pick("下级文件", "document below"),
            lang.pick("承接率#", "coverage#"),
        ];
        columns.extend(statuses.iter().map(String::as_str));
        columns.push(lang.pick("新增#", "new#"));
        let row = |pair: &Pair| {
            let (parent, child) = self.site.ends(pair)?;
            let page = Page::Inheritance(&parent.document.id, &child.document.id);
            let mut row = vec![
                html! { a href=(self.href(page)) { (parent.document.name()) } },
                html! { a href=(self.href(page)) { (child.document.name()) } },
                html! { @if let Some(coverage) = pair.coverage { (words::percent(coverage)) } @else { "–" } },
            ];
            row.extend(Status::ALL.map(|status| html! { (pair.count(status)) }));
            row.push(html! { (pair.new_tasks()) });
            Some(row)
        };
        let rows: Vec<Vec<Markup>> = self.site.pairs.iter().take(most).filter_map(row).collect();
        html! { @if !rows.is_empty() { (Self::table(caption, &columns, &rows)) } }
    }

    /// A document above and one below, side by side.
    pub(super) fn inheritance(&self, one: &Inheritance) -> Markup {
        let lang = self.lang;
        let caption = lang.pick("逐项对照", "Task by task");
        let columns = [
            lang.pick("上级任务", "task above"),
            lang.pick("结果", "what became of it"),
            lang.pick("下级任务", "task below"),
            lang.pick("变化", "what changed"),
        ];
        let rows = one.parent.tasks.iter().zip(&one.fates).map(|(task, fate)| {
            let status = fate.status;
            let nearest = fate.nearest.as_ref().and_then(|link| Some((link, one.child.tasks.get(link.below)?)));
            vec![
                html! { (self.task_link(task)) p.soft lang="zh" { (task.text) } },
                html! {
                    span class=(format!("status {}", status.as_str())) { (figures::status(status, lang)) }
                    @if !fate.addressed.holds() { p.soft { (figures::addressed(fate.addressed, lang)) } }
                },
                html! {
                    @for link in &fate.children { @if let Some(child) = one.child.tasks.get(link.below) {
                        (self.task_link(child)) " " span.soft { (words::number(link.similarity, 2)) }
                        p.soft lang="zh" { (child.text) }
                    } }
                    @if fate.children.is_empty() { @if let Some((link, child)) = nearest {
                        p.soft { (lang.pick("最近：", "nearest: ")) (self.task_link(child)) " " (words::number(link.similarity, 2)) }
                    } }
                },
                self.drift(fate),
            ]
        });
        let new: Vec<_> = one.new.iter().filter_map(|index| one.child.tasks.get(*index)).collect();
        let main = html! {
            ul.figures {
                @if let Some(coverage) = one.coverage() { li { span { b { (words::percent(coverage)) } " " (lang.pick("承接率", "coverage")) } } }
                @for status in Status::ALL { li { span { b { (one.count(status)) } " " (figures::status(status, lang)) } } }
                li { span { b { (new.len()) } " " (lang.pick("新增", "new")) } }
            }
            h2 { (caption) }
            (Self::table(caption, &columns, &rows.collect::<Vec<_>>()))
            @if !new.is_empty() {
                h2 { (lang.pick("下级新增的任务", "Tasks without one above")) " (" (new.len()) ")" }
                (self.task_table(lang.pick("下级新增的任务", "Tasks without one above"), new.into_iter()))
            }
        };
        let lead = html! {
            dl.facts {
                dt { (lang.pick("上级", "above")) } dd { (self.document_link(&one.parent.id, one.parent.titled())) }
                dt { (lang.pick("下级", "below")) } dd { (self.document_link(&one.child.id, one.child.titled())) }
            }
            (self.drawn(Drawing::Inheritance(&one.parent.id, &one.child.id)))
        };
        let title = match lang {
            crate::diagnostic::Lang::Zh => format!("{} 的承接：{}", one.parent.name(), one.child.name()),
            crate::diagnostic::Lang::En => format!("What became of {} in {}", one.parent.name(), one.child.name()),
        };
        self.frame(&title, &lead, &main)
    }

    /// What changed of leads, figures and dates on the way down.
    fn drift(&self, fate: &crate::analysis::Fate) -> Markup {
        use crate::analysis::{DateChange, FigureChange, OwnerChange};
        let lang = self.lang;
        let arrow = " → ";
        let dropped = lang.pick("未提", "left out");
        let owner = fate.owner.as_ref().filter(|owner| owner.change != OwnerChange::Same);
        let drifted = fate.figures.iter().filter(|figure| figure.change != FigureChange::Same);
        let moved = fate.dates.iter().filter(|date| date.change != DateChange::Same);
        html! {
            @if let Some(owner) = owner { p {
                span.change { (lang.pick("牵头", "lead")) " " (figures::owner(owner.change, lang)) } " "
                (figures::holders(&owner.above)) (arrow) (figures::holders(owner.below.iter().map(|(_, holder)| holder)))
            } }
            @for figure in drifted { p {
                span.change { (figures::figure(figure.change, lang)) } " " (figures::quantity(&figure.above)) (arrow)
                @match &figure.below { Some((_, below)) => (figures::value(below)), None => (dropped) }
            } }
            @for date in moved { p {
                span.change { (figures::date(date.change, lang)) } " " (figures::limit(&date.above)) (arrow)
                @match &date.below { Some((_, below)) => (figures::limit(below)), None => (dropped) }
            } }
        }
    }
}
