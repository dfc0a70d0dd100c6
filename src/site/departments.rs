//! Departments by load, and whom they work with.

use maud::{Markup, html};

use super::element::MOST;
use super::page::Picture;
use super::{View, words};
use crate::diagnostic::Lang;

impl View<'_> {
    pub(super) fn departments(&self) -> Markup {
        let (lang, all) = (self.lang, &self.site.workload);
        let lead = html! { p.lead { (lang.pick(
            "负荷：牵头、共同牵头计 1，负责计 0.5，配合计 0.25。统称与泛指的单位另列。",
            "Load: 1 for a lead or co-lead, 0.5 where responsible, 0.25 where supporting. Collective and generic bodies stand apart.",
        )) } };
        let apart = &all.apart;
        let main = html! {
            (self.picture(Picture::Load, lang.pick("负荷最重的部门", "The departments with the largest load")))
            (self.loads(MOST))
            (self.rest(all.departments.len()))
            @if !apart.is_empty() {
                h2 { (lang.pick("统称与泛指的单位", "Collective and generic bodies")) }
                (self.load_table(lang.pick("统称与泛指的单位", "Collective and generic bodies"), apart.iter().take(MOST)))
                (self.rest(apart.len()))
            }
        };
        self.frame(lang.pick("各部门承担的任务", "Departments and their load"), &lead, &main)
    }

    pub(super) fn coordination(&self) -> Markup {
        let (lang, overlap) = (self.lang, &self.site.overlap);
        let figures = &overlap.figures;
        let lead = match lang {
            Lang::Zh => format!(
                "{} 个部门因共同任务有 {} 对联系，密度 {}；度中心势 {}，中介中心势 {}。",
                figures.nodes,
                figures.edges,
                words::number(figures.density, 2),
                words::number(figures.degree_centralisation, 2),
                words::number(figures.betweenness_centralisation, 2)
            ),
            Lang::En => format!(
                "{} departments, {} pairs with common tasks, density {}; centralisation {} by degree, {} by betweenness.",
                figures.nodes,
                figures.edges,
                words::number(figures.density, 2),
                words::number(figures.degree_centralisation, 2),
                words::number(figures.betweenness_centralisation, 2)
            ),
        };
        let columns = [
            lang.pick("部门", "department"),
            lang.pick("中心", "centre"),
            lang.pick("共事部门#", "partners#"),
            lang.pick("共同任务#", "ties#"),
            lang.pick("中介中心性#", "betweenness#"),
            lang.pick("任务#", "tasks#"),
            lang.pick("组#", "group#"),
        ];
        let row = |one: &crate::analysis::overlap::Position| {
            vec![
                self.body_link(&one.organisation, &one.label),
                html! { @if one.central { (lang.pick("是", "yes")) } },
                html! { (one.degree) },
                html! { (one.weighted_degree) },
                html! { (words::number(one.betweenness, 3)) },
                html! { (one.tasks) },
                html! { (one.community) },
            ]
        };
        let caption = lang.pick("部门在网络中的位置", "Departments in the network");
        let main = html! {
            (self.picture(Picture::Coordination, lang.pick("部门协同网络", "The network of departments")))
            h2 { (lang.pick("共同任务最多的部门", "Pairs with most common tasks")) }
            (self.pairs(MOST))
            (self.rest(overlap.pairs.len()))
            h2 { (caption) }
            (Self::table(caption, &columns, &overlap.departments.iter().take(MOST).map(row).collect::<Vec<_>>()))
            (self.rest(overlap.departments.len()))
        };
        self.frame(lang.pick("部门协同", "Who works with whom"), &html! { p.lead { (lead) } }, &main)
    }

    /// The first departments by load.
    pub(super) fn loads(&self, most: usize) -> Markup {
        let caption = self.lang.pick("各部门负荷", "Load of departments");
        self.load_table(caption, self.site.workload.departments.iter().take(most))
    }

    pub(super) fn load_table<'l>(
        &self,
        caption: &str,
        lines: impl Iterator<Item = &'l crate::analysis::Line>,
    ) -> Markup {
        let lang = self.lang;
        let columns = [
            lang.pick("部门", "department"),
            lang.pick("负荷#", "load#"),
            lang.pick("牵头#", "leads#"),
            lang.pick("共同牵头#", "co-leads#"),
            lang.pick("负责#", "responsible#"),
            lang.pick("配合#", "supports#"),
            lang.pick("任务#", "tasks#"),
            lang.pick("指标#", "figures#"),
            lang.pick("时限#", "dates#"),
        ];
        let rows = lines.map(|line| {
            let figures = [line.lead, line.co_lead, line.responsible, line.supporting, line.tasks];
            let mut row =
                vec![self.body_link(&line.organisation, &line.label), html! { (words::number(line.load, 2)) }];
            row.extend(figures.into_iter().chain([line.indicators, line.deadlines]).map(|figure| html! { (figure) }));
            row
        });
        Self::table(caption, &columns, &rows.collect::<Vec<_>>())
    }

    /// The first pairs by common tasks.
    pub(super) fn pairs(&self, most: usize) -> Markup {
        let lang = self.lang;
        let columns = [
            lang.pick("部门", "department"),
            lang.pick("部门", "department"),
            lang.pick("共同任务#", "common tasks#"),
            lang.pick("前者牵头#", "first leads#"),
            lang.pick("后者牵头#", "second leads#"),
            lang.pick("共同牵头#", "both lead#"),
        ];
        let row = |pair: &crate::analysis::overlap::Pair| {
            vec![
                self.body_link(&pair.a.0, &pair.a.1),
                self.body_link(&pair.b.0, &pair.b.1),
                html! { (pair.tie.tasks) },
                html! { (pair.tie.a_leads) },
                html! { (pair.tie.b_leads) },
                html! { (pair.tie.co_lead) },
            ]
        };
        let caption = lang.pick("共同任务最多的部门", "Pairs with most common tasks");
        Self::table(caption, &columns, &self.site.overlap.pairs.iter().take(most).map(row).collect::<Vec<_>>())
    }
}
