//! Who works with whom: the core in strong frames, links as wide as they have common tasks.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use graphviz_rust::dot_structures::Stmt;

use super::dot::{attribute, edge, lines, node};
use super::frame::{Captions, Frame, Sample, source};
use super::look::{Look, Stroke};
use super::page::{Cut, NoPage, Paper, Unit};
use super::rings::{Place, places};
use super::{Options, Picture};
use crate::analysis::overlap::{Pair, Position};
use crate::diagnostic::Lang;
use crate::render::overlap::View;

/// Departments that a page holds, and links between them: those with the most tasks.
const MOST: usize = 36;
const MOST_LINKS: usize = 160;

/// Cells in a line of a department's label.
const CELLS: usize = 20;

/// Width of a department in inches, enough for the cells at their size of type.
const WIDTH: &str = "1.9";

/// Pairs that the heading names.
const NAMED: usize = 5;

/// The core and the others.
const CORE: Look = Look { shape: "box", style: "filled,bold", line: "#08306b", fill: "#b9cde4" };
const OUTER: Look = Look { shape: "box", style: "filled,rounded", line: "#777777", fill: "#ffffff" };

/// A link of one task; more tasks make it wider.
pub(in crate::render) const LINK: Stroke =
    Stroke { style: "solid", width: "1", colour: "#5b6b7a", head: "normal", mark: "▶" };

/// Draws departments and who shares tasks with whom: an arrow where one leads the other more often.
///
/// With more departments than fit, the core stands on every page.
///
/// # Errors
///
/// [`NoPage`] where the page asked for is not there.
pub fn overlap(view: &View<'_>, captions: &Captions, options: &Options<'_>) -> Result<Picture, NoPage> {
    let lang = options.lang;
    let all = drawn(view);
    let parts = pages(&all);
    let cut = Cut::of(&parts, all.len(), options.sheet, Unit::Departments)?;
    let mut shown: BTreeSet<usize> = all.get(cut.shown.clone()).unwrap_or_default().iter().copied().collect();
    shown.extend(all.iter().copied().filter(|index| central(view, *index) && cut.pages > 1).take(MOST / 2));
    let position = |id: &str| view.overlap.departments.iter().position(|one| one.organisation == id);
    let both = |pair: &&Pair| {
        let ends = [position(&pair.a.0), position(&pair.b.0)];
        ends.into_iter().all(|end| end.is_some_and(|end| shown.contains(&end)))
    };
    let linked: Vec<&Pair> = view.overlap.pairs.iter().filter(both).collect();
    let most = if cut.pages > 1 || linked.len() > MOST_LINKS { MOST_LINKS } else { linked.len() };
    let pairs = strong(&linked, most);

    let departments = &view.overlap.departments;
    let (core, outer): (Vec<usize>, Vec<usize>) = shown.iter().partition(|index| central(view, **index));
    let ties: Vec<(usize, usize, f64)> = pairs
        .iter()
        .filter_map(|pair| Some((position(&pair.a.0)?, position(&pair.b.0)?, f64::from(pair.tie.tasks))))
        .collect();
    let placed = places([&core, &outer], |index, placed| centre(index, placed, &ties));
    let mut stmts: Vec<Stmt> = placed
        .into_iter()
        .filter_map(|(index, place)| Some(body(index, place, departments.get(index)?, options)))
        .collect();
    stmts.extend(pairs.iter().filter_map(|pair| Some(link((position(&pair.a.0)?, position(&pair.b.0)?), pair, lang))));

    let mut documents: Vec<&str> = view.network.tasks().map(|(_, task)| task.document.as_str()).collect();
    documents.sort_unstable();
    documents.dedup();
    let figures = &view.overlap.figures;
    let summary = match lang {
        Lang::Zh => format!(
            "部门 {} 个，核心 {} 个；有共同任务的 {} 对，密度 {:.2}；任务 {} 项",
            figures.nodes, figures.core, figures.edges, figures.density, figures.tasks
        ),
        Lang::En => format!(
            "departments {}, in the core {}; pairs with a common task {}, density {:.2}; tasks {}",
            figures.nodes, figures.core, figures.edges, figures.density, figures.tasks
        ),
    };
    let left_out = match (linked.len() - pairs.len(), lang) {
        (0, _) => String::new(),
        (more, Lang::Zh) => {
            format!("只画共同任务最多的 {most} 对，略去 {more} 对；`zeren overlap --rows pairs` 列出全部")
        }
        (more, Lang::En) => {
            format!(
                "the {most} pairs with the most common tasks; `zeren overlap --rows pairs` lists the {more} left out"
            )
        }
    };
    let frame = Frame {
        kind: "overlap",
        title: lang.pick("部门协同网络", "who works with whom").to_owned(),
        details: vec![summary, strongest(view, lang), source(documents, captions, lang), left_out],
        legend: vec![
            Sample::Thing(CORE, lang.pick("核心部门", "core")),
            Sample::Thing(OUTER, lang.pick("外围部门", "periphery")),
            Sample::Line(
                LINK,
                lang.pick("指向多受其牵头者；越粗共同任务越多", "to the one more often led; wider: more common tasks"),
            ),
        ],
        cut,
        paper: Paper::Landscape,
        layout: &[("layout", "neato"), ("splines", "line")],
    };
    Ok(frame.around(stmts, options))
}

/// So many of the pairs, those with the most tasks first, but of every department at least its strongest.
fn strong<'a>(linked: &[&'a Pair], most: usize) -> Vec<&'a Pair> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let (mut needed, mut others): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for (index, pair) in linked.iter().enumerate() {
        let new = [&pair.a.0, &pair.b.0].map(|id| seen.insert(id));
        if new.contains(&true) { needed.push(index) } else { others.push(index) }
    }
    others.truncate(most.saturating_sub(needed.len()));
    needed.extend(others);
    needed.sort_unstable();
    needed.into_iter().filter_map(|index| linked.get(index).copied()).collect()
}

/// The pairs with the most common tasks, in words.
fn strongest(view: &View<'_>, lang: Lang) -> String {
    let own = |pair: &&Pair| view.wants(&pair.a.0) || view.wants(&pair.b.0);
    let pairs = view.overlap.pairs.iter().filter(own).take(NAMED);
    let words: Vec<String> = pairs.map(|pair| format!("{}–{} {}", pair.a.1, pair.b.1, pair.tie.tasks)).collect();
    match lang {
        _ if words.is_empty() => String::new(),
        Lang::Zh => format!("共同任务最多：{}", words.join("，")),
        Lang::En => format!("pairs with the most common tasks: {}", words.join(", ")),
    }
}

/// The departments to draw by their place in the order: those asked for and whom they work with.
fn drawn(view: &View<'_>) -> Vec<usize> {
    let place: BTreeMap<&str, usize> =
        view.overlap.departments.iter().enumerate().map(|(index, one)| (one.organisation.as_str(), index)).collect();
    let mut drawn: BTreeSet<usize> = view.departments(usize::MAX).map(|(rank, _)| rank - 1).collect();
    if view.bodies.is_some() {
        let own = view.overlap.pairs.iter().filter(|pair| view.wants(&pair.a.0) || view.wants(&pair.b.0));
        drawn.extend(own.flat_map(|pair| [&pair.a.0, &pair.b.0]).filter_map(|id| place.get(id.as_str())));
    }
    drawn.into_iter().collect()
}

fn central(view: &View<'_>, index: usize) -> bool {
    view.overlap.departments.get(index).is_some_and(|one| one.central)
}

/// So many departments each, with room for the core from the second page on.
fn pages(all: &[usize]) -> Vec<Range<usize>> {
    let mut pages = Vec::new();
    let mut start = 0;
    while start < all.len() {
        let room = if start == 0 { MOST } else { MOST / 2 };
        let end = (start + room).min(all.len());
        pages.push(start..end);
        start = end;
    }
    pages
}

/// The mean of the places of those that a department has most tasks in common with.
fn centre(index: usize, placed: &[(usize, Place)], ties: &[(usize, usize, f64)]) -> Place {
    let mut mean = [0.0, 0.0];
    for (a, b, weight) in ties {
        let other = if *a == index { b } else { a };
        let own = *a == index || *b == index;
        if let Some((_, place)) = placed.iter().find(|(known, _)| own && known == other) {
            mean = [mean[0] + weight * place[0], mean[1] + weight * place[1]];
        }
    }
    mean
}

fn body(index: usize, [x, y]: Place, one: &Position, options: &Options<'_>) -> Stmt {
    let count = match options.lang {
        Lang::Zh => format!("{} 项任务，{} 个部门", one.tasks, one.degree),
        Lang::En => format!("{} tasks, {} bodies", one.tasks, one.degree),
    };
    let community = match options.lang {
        Lang::Zh => format!("社群 {}", one.community),
        Lang::En => format!("community {}", one.community),
    };
    let look = if one.central { CORE } else { OUTER };
    let own = [
        attribute("label", &format!("{}\n{count}", lines(&one.label, CELLS, 4))),
        attribute("pos", &format!("{x:.2},{y:.2}!")),
        attribute("width", WIDTH),
        attribute("tooltip", &format!("{}\n{count}\n{community}", one.label)),
    ];
    node(&format!("d{index}"), own.into_iter().chain(look.attributes()).chain(options.link(&one.organisation)))
}

fn link((a, b): (usize, usize), pair: &Pair, lang: Lang) -> Stmt {
    let tie = pair.tie;
    let direction = match tie.a_leads.cmp(&tie.b_leads) {
        std::cmp::Ordering::Greater => "forward",
        std::cmp::Ordering::Less => "back",
        std::cmp::Ordering::Equal => "none",
    };
    let words = match lang {
        Lang::Zh => format!("{} – {}：{} 项共同任务", pair.a.1, pair.b.1, tie.tasks),
        Lang::En => format!("{} – {}: {} common tasks", pair.a.1, pair.b.1, tie.tasks),
    };
    let width = format!("{:.1}", 0.5 + 0.45 * f64::from(tie.tasks).sqrt() + 0.06 * f64::from(tie.tasks));
    let own = [("penwidth", width.as_str()), ("dir", direction), ("color", LINK.colour), ("tooltip", words.as_str())];
    edge(&format!("d{a}"), &format!("d{b}"), own.map(|(key, value)| attribute(key, value)))
}
