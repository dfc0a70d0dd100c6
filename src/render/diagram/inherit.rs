//! What a document below made of one above: tasks above left, tasks below right.
//!
//! What is missing below stands out by frame, colour and words; what drifted says so below the task above, and its line is
//! broad.

use std::collections::{BTreeMap, BTreeSet};

use graphviz_rust::dot_structures::Stmt;

use super::columns::{Beside, rank, spread};
use super::dot::{attribute, chain, edge, invisible, left, lines, node};
use super::frame::{Caption, Captions, Frame, Sample, source};
use super::look::{self, APART, CARRIED, DRIFTED, LACKING, NARROWED, TASK};
use super::owners::{TASK_CELLS, TASK_WIDTH};
use super::page::{Cut, NoPage, Paper, Unit, height, pages};
use super::{Options, Picture};
use crate::analysis::{DateChange, Fate, FigureChange, Inheritance, OwnerChange, Status};
use crate::diagnostic::Lang;
use crate::notice::{Mandate, Notice};
use crate::render::inherit::words;
use crate::render::shorten;

/// Distance of the columns in inches.
const BETWEEN: &str = "3";

/// Drifts that a label lists.
const DRIFTS: usize = 3;

/// What stands in a row: a task above and what became of it, or a task below that carries out none.
#[derive(Clone, Copy)]
enum Row<'a> {
    Above(usize, &'a Mandate, &'a Fate),
    New(usize),
}

/// Draws what became of every task above, and what is new below.
///
/// # Errors
///
/// [`NoPage`] where the page asked for is not there.
pub fn inherit(inheritance: &Inheritance, options: &Options<'_>) -> Result<Picture, NoPage> {
    let lang = options.lang;
    let Inheritance { parent, child, fates, new, addressed, taken_up } = inheritance;
    let above = parent.tasks.iter().zip(fates).enumerate().map(|(index, (task, fate))| Row::Above(index, task, fate));
    let rows: Vec<Row<'_>> = above.chain(new.iter().map(|index| Row::New(*index))).collect();
    let parts = pages(&rows, Paper::Portrait.height(), |page: &mut Tall, row| page.add(child, row, lang));
    let cut = Cut::of(&parts, rows.len(), options.sheet, Unit::Tasks)?;
    let shown = rows.get(cut.shown.clone()).unwrap_or_default();

    let share = inheritance.coverage().map_or_else(|| "–".to_owned(), |share| format!("{:.0}%", share * 100.0));
    let counts: Vec<String> = Status::ALL
        .into_iter()
        .map(|status| format!("{} {}", words::status(status, lang), inheritance.count(status)))
        .collect();
    let summary = match lang {
        Lang::Zh => format!("覆盖率 {share}（{taken_up}/{addressed}）；{}；下级新增 {}", counts.join("，"), new.len()),
        Lang::En => {
            format!("coverage {share} ({taken_up} of {addressed}); {}; new below {}", counts.join(", "), new.len())
        }
    };
    let captions = captions([parent, child]);
    let frame = Frame {
        kind: "inherit",
        title: format!("{} → {}", shorten(parent.name(), 40), shorten(child.name(), 40)),
        details: vec![
            [lang.pick("上级：", "above: "), &parent.title].concat(),
            [lang.pick("下级：", "below: "), &child.title].concat(),
            summary,
            source([parent.id.as_str(), child.id.as_str()], &captions, lang),
        ],
        legend: legend(shown, lang),
        cut,
        paper: Paper::Portrait,
        layout: &[("rankdir", "LR"), ("nodesep", "0.1"), ("ranksep", BETWEEN), ("splines", "line")],
    };
    Ok(frame.around(columns(inheritance, shown, options), options))
}

/// Number and date of the two documents.
fn captions(notices: [&Notice; 2]) -> Captions {
    let caption = |notice: &Notice| {
        let date = notice.date.map(|date| date.to_string());
        let number = Some(notice.number.clone()).filter(|number| !number.is_empty());
        let detail = [number, date].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        (notice.id.clone(), Caption { title: notice.name().to_owned(), detail })
    };
    notices.into_iter().map(caption).collect()
}

/// The heights of the two columns of a page, in points, and the tasks below that stand on it.
#[derive(Default)]
struct Tall {
    left: f64,
    right: f64,
    below: BTreeSet<usize>,
}

impl Tall {
    /// Adds a row; the height of the higher column.
    fn add(&mut self, child: &Notice, row: &Row<'_>, lang: Lang) -> f64 {
        let mut below = Vec::new();
        match row {
            Row::Above(_, task, fate) => {
                self.left += height(&above_label(task, fate, lang));
                below.extend(fate.children.iter().map(|link| link.below));
            }
            Row::New(index) => below.push(*index),
        }
        below.retain(|index| self.below.insert(*index));
        let tasks = below.iter().filter_map(|index| child.tasks.get(*index));
        self.right += tasks.map(|task| height(&below_label(task, ""))).sum::<f64>();
        self.left.max(self.right)
    }
}

/// The tasks below that some rows lead to, each with the places of those.
fn places(rows: &[Row<'_>]) -> BTreeMap<usize, Vec<usize>> {
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        match row {
            Row::Above(_, _, fate) => {
                fate.children.iter().for_each(|link| found.entry(link.below).or_default().push(place));
            }
            Row::New(index) => found.entry(*index).or_default().push(place),
        }
    }
    found
}

fn columns(inheritance: &Inheritance, rows: &[Row<'_>], options: &Options<'_>) -> Vec<Stmt> {
    let lang = options.lang;
    let child = &inheritance.child;
    let mut left_ids: Vec<String> = Vec::new();
    let mut left_nodes: Vec<Stmt> = Vec::new();
    let mut links: Vec<Stmt> = Vec::new();
    for row in rows {
        let Row::Above(index, task, fate) = row else { continue };
        let id = format!("a{index}");
        let label = left(&above_label(task, fate, lang));
        left_nodes.push(boxed(&id, &label, task, above_look(fate), options));
        left_ids.push(id.clone());
        for link in &fate.children {
            let stroke = match fate.status {
                _ if !drifts(fate, lang).is_empty() => DRIFTED,
                Status::Narrowed => NARROWED,
                _ => CARRIED,
            };
            let to = child.tasks.get(link.below).map_or("", |task| task.label.as_str());
            let status = words::status(fate.status, lang);
            let tooltip = format!("{} → {to} {status} {:.2}", task.label, link.similarity);
            let place = [("tailport", "e"), ("headport", "w"), ("tooltip", tooltip.as_str())];
            let place = place.map(|(key, value)| attribute(key, value));
            links.push(edge(&id, &format!("b{}", link.below), stroke.attributes().chain(place)));
        }
    }
    let new: BTreeSet<usize> = inheritance.new.iter().copied().collect();
    let places = places(rows);
    let tied: Vec<(Vec<usize>, usize)> = places.into_iter().map(|(index, own)| (own, index)).collect();
    let things: Vec<Beside> = spread(tied, &vec![""; rows.len()])
        .into_iter()
        .filter_map(|(place, index)| {
            let task = child.tasks.get(index)?;
            let (look, note) =
                if new.contains(&index) { (APART, lang.pick("下级新增", "new below")) } else { (TASK, "") };
            let id = format!("b{index}");
            Some(Beside { place, stmt: boxed(&id, &left(&below_label(task, note)), task, look, options), id })
        })
        .collect();
    let left_chain = chain(left_ids.iter().map(String::as_str));
    let right_chain = chain(things.iter().map(|thing| thing.id.as_str()));
    // what leads nowhere still holds the columns apart
    let hold = left_ids.first().zip(things.first()).map(|(a, b)| invisible(a, &b.id, "0"));
    let mut stmts: Vec<Stmt> = rank("left", left_nodes.into_iter().chain(left_chain)).collect();
    stmts.extend(rank("right", things.into_iter().map(|thing| thing.stmt).chain(right_chain)));
    stmts.extend(hold);
    stmts.extend(links);
    stmts
}

fn boxed(id: &str, label: &str, task: &Mandate, look: look::Look, options: &Options<'_>) -> Stmt {
    let own = [
        attribute("label", label),
        attribute("width", TASK_WIDTH),
        attribute("tooltip", &format!("{} {}", task.label, task.text)),
    ];
    node(id, own.into_iter().chain(look.attributes()).chain(options.link(&task.id)))
}

fn above_look(fate: &Fate) -> look::Look {
    match fate.status {
        Status::Missing if fate.addressed.holds() => LACKING,
        Status::Missing => APART,
        _ => TASK,
    }
}

/// The number and the first words, what became of it, and what drifted.
fn above_label(task: &Mandate, fate: &Fate, lang: Lang) -> String {
    let status = match fate.status {
        Status::Missing if !fate.addressed.holds() => words::addressed(fate.addressed, lang),
        status => words::status(status, lang),
    };
    let mut label = lines(named(task).trim(), TASK_CELLS, 2);
    let mark = if fate.status == Status::Missing && fate.addressed.holds() { "✗ " } else { "" };
    label = format!("{label}\n{mark}{status}");
    let drifts = drifts(fate, lang);
    for drift in drifts.iter().take(DRIFTS) {
        label = format!("{label}\n△ {}", shorten(drift, TASK_CELLS - 2));
    }
    match drifts.len().saturating_sub(DRIFTS) {
        0 => label,
        more => format!("{label}\n△ +{more}"),
    }
}

fn below_label(task: &Mandate, note: &str) -> String {
    let label = lines(named(task).trim(), TASK_CELLS, 2);
    if note.is_empty() { label } else { format!("{label}\n{note}") }
}

fn named(task: &Mandate) -> String {
    format!("{} {}", task.label, task.text)
}

/// What changed on the way down: lead, figures, dates.
fn drifts(fate: &Fate, lang: Lang) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(drift) =
        fate.owner.as_ref().filter(|drift| matches!(drift.change, OwnerChange::Moved | OwnerChange::Open))
    {
        let change = words::owner(drift.change, lang);
        let below = words::holders(drift.below.iter().map(|(_, holder)| holder));
        found.push(format!("{}{change}: {} → {below}", lang.pick("牵头", "lead "), words::holders(&drift.above)));
    }
    for drift in fate.figures.iter().filter(|drift| drift.change != FigureChange::Same) {
        let below = drift.below.as_ref().map(|(_, figure)| words::value(figure)).unwrap_or_default();
        let change = words::figure(drift.change, lang);
        let words = format!("{}{change}: {} → {below}", lang.pick("指标", "figure "), words::quantity(&drift.above));
        found.push(words.trim_end_matches(" → ").to_owned());
    }
    for drift in fate.dates.iter().filter(|drift| drift.change != DateChange::Same) {
        let below = drift.below.as_ref().map(|(_, limit)| words::limit(limit)).unwrap_or_default();
        let change = words::date(drift.change, lang);
        let words = format!("{}{change}: {} → {below}", lang.pick("时限", "date "), words::limit(&drift.above));
        found.push(words.trim_end_matches(" → ").to_owned());
    }
    found
}

fn legend(rows: &[Row<'_>], lang: Lang) -> Vec<Sample> {
    let fates = || {
        rows.iter().filter_map(|row| match row {
            Row::Above(_, _, fate) => Some(*fate),
            Row::New(_) => None,
        })
    };
    let linked = |fate: &&Fate| !fate.children.is_empty();
    let drifted = |fate: &&Fate| !drifts(fate, lang).is_empty();
    let mut legend = Vec::new();
    if fates().any(|fate| linked(&fate) && !drifted(&fate) && fate.status != Status::Narrowed) {
        legend.push(Sample::Line(CARRIED, lang.pick("承接", "carried out")));
    }
    if fates().any(|fate| linked(&fate) && !drifted(&fate) && fate.status == Status::Narrowed) {
        legend.push(Sample::Line(NARROWED, lang.pick("收窄", "narrowed")));
    }
    if fates().any(|fate| linked(&fate) && drifted(&fate)) {
        legend.push(Sample::Line(DRIFTED, lang.pick("承接而有变（△）", "carried out otherwise (△)")));
    }
    legend.push(Sample::Thing(TASK, lang.pick("任务", "task")));
    if fates().any(|fate| fate.status == Status::Missing && fate.addressed.holds()) {
        legend.push(Sample::Thing(LACKING, lang.pick("✗ 下级未见承接", "✗ missing below")));
    }
    if rows.iter().any(|row| match row {
        Row::Above(_, _, fate) => fate.status == Status::Missing && !fate.addressed.holds(),
        Row::New(_) => true,
    }) {
        legend.push(Sample::Thing(APART, lang.pick("下级新增，或不面向下级", "new below, or not for the level below")));
    }
    legend
}
