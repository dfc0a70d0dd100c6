//! One department: what it leads, carries and supports, with whom, by when.

use std::collections::BTreeMap;

use maud::{Markup, html};
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::element::MOST;
use super::page::{Drawing, Page};
use super::{View, words};
use crate::extract::Role;
use crate::network::{Department, Node};
use crate::notice::Mandate;
use crate::succession::history;

/// The most departments that it is shown to work with.
const PARTNERS: usize = 20;

impl View<'_> {
    pub(super) fn department(&self, node: NodeIndex, body: &Department) -> Markup {
        let lang = self.lang;
        let graph = &self.site.network.graph;
        let mut by_role: BTreeMap<Role, Vec<&Mandate>> = BTreeMap::new();
        for edge in graph.edges(node) {
            let Node::Task(task) = &graph[edge.target()] else { continue };
            if let Some((_, _, task)) = self.site.task(&task.id) {
                by_role.entry(edge.weight().role).or_default().push(task);
            }
        }
        for tasks in by_role.values_mut() {
            tasks.sort_by_key(|task| self.site.task(&task.id).map(|(entry, index, _)| (&entry.document.id, index)));
        }
        let main = html! {
            (self.about(body))
            (self.drawn_line(Drawing::Body(&body.id), lang.pick("部门任务图", "Picture of its tasks")))
            @if body.body().is_some_and(|body| !history(&body).is_empty()) {
                (self.drawn_line(Drawing::Reform(&body.id), lang.pick("机构沿革图", "Picture of its reforms")))
            }
            @for (role, tasks) in &by_role {
                h2 { (words::role(*role, lang)) " (" (tasks.len()) ")" }
                (self.tasks_by_document(words::role(*role, lang), tasks))
            }
            (self.partners(body))
        };
        self.frame(&body.label, &html! {}, &main)
    }

    /// Place, function, names, figures.
    fn about(&self, body: &Department) -> Markup {
        let lang = self.lang;
        let load = self.site.load(&body.id);
        let printed = self.site.names.get(&body.id).map(Vec::as_slice).unwrap_or_default();
        let printed: Vec<String> = printed.iter().map(|(name, times)| format!("{name} ×{times}")).collect();
        let within: Vec<&str> =
            body.place.iter().flat_map(|place| &place.within).map(|place| place.name.as_str()).collect();
        html! {
            dl.facts {
                @if let Some(place) = &body.place { dt { (lang.pick("地区", "place")) } dd {
                    (place.name) @if !within.is_empty() { span.soft { " (" (within.join(lang.pick("、", ", "))) ")" } }
                } }
                @if let Some(function) = &body.function { dt { (lang.pick("职能", "function")) } dd { (words::function(function, lang)) } }
                @if !printed.is_empty() { dt { (lang.pick("文件中的写法", "printed as")) } dd { (printed.join(lang.pick("、", ", "))) } }
                @if let Some((Some(rank), _)) = load { dt { (lang.pick("负荷名次", "rank by load")) } dd { (rank + 1) " / " (self.site.workload.departments.len()) } }
            }
            @if let Some((_, line)) = load {
                ul.figures {
                    @for (figure, name) in [
                        (words::number(line.load, 2), lang.pick("负荷", "load")),
                        (line.lead.to_string(), lang.pick("牵头", "leads")),
                        (line.co_lead.to_string(), lang.pick("共同牵头", "co-leads")),
                        (line.responsible.to_string(), lang.pick("负责", "responsible")),
                        (line.supporting.to_string(), lang.pick("配合", "supports")),
                        (line.deadlines.to_string(), lang.pick("时限", "dates")),
                    ] { li { span { b { (figure) } " " (name) } } }
                }
            }
        }
    }

    /// Tasks of one role, those of each document below its name.
    fn tasks_by_document(&self, caption: &str, tasks: &[&Mandate]) -> Markup {
        let mut groups: Vec<(&str, Vec<&Mandate>)> = Vec::new();
        for task in tasks.iter().take(MOST) {
            let Some((entry, _, _)) = self.site.task(&task.id) else { continue };
            let document = entry.document.id.as_str();
            match groups.last_mut() {
                Some((last, group)) if *last == document => group.push(task),
                _ => groups.push((document, vec![task])),
            }
        }
        html! {
            @for (document, group) in groups {
                @let name = self.site.document(document).map_or(document, |entry| entry.document.name());
                h3 { (self.document_link(document, name)) }
                (self.task_table(&format!("{caption} {name}"), group.into_iter()))
            }
            (self.rest(tasks.len()))
        }
    }

    /// Whom it has most tasks in common with.
    fn partners(&self, body: &Department) -> Markup {
        let lang = self.lang;
        let own = self.site.partners.get(&body.id).into_iter().flatten();
        let own = own.filter_map(|&index| self.site.overlap.pairs.get(index));
        let rows: Vec<Vec<Markup>> = own
            .take(PARTNERS)
            .map(|pair| {
                let first = pair.a.0 == body.id;
                let (other, leads, led) = if first {
                    (&pair.b, pair.tie.a_leads, pair.tie.b_leads)
                } else {
                    (&pair.a, pair.tie.b_leads, pair.tie.a_leads)
                };
                vec![
                    self.body_link(&other.0, &other.1),
                    html! { (pair.tie.tasks) },
                    html! { (leads) },
                    html! { (led) },
                    html! { (pair.tie.co_lead) },
                ]
            })
            .collect();
        let columns = [
            lang.pick("部门", "department"),
            lang.pick("共同任务#", "common tasks#"),
            lang.pick("由本部门牵头#", "led by this one#"),
            lang.pick("由对方牵头#", "led by the other#"),
            lang.pick("共同牵头#", "both lead#"),
        ];
        let name = lang.pick("与谁共事", "Works with");
        html! { @if !rows.is_empty() {
            h2 { (name) }
            (Self::table(name, &columns, &rows))
            p.screen { a href=(self.href(Page::Coordination)) { (words::page(Page::Coordination, lang)) } }
        } }
    }
}
