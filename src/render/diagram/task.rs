//! One task: the mandate above and who has a part in it left, its figures, dates and citations right.

use std::collections::BTreeMap;

use graphviz_rust::dot_structures::Stmt;

use super::columns::rank;
use super::dot::{attribute, chain, edge, left, lines, node};
use super::frame::{Captions, Frame, Sample, caption, source};
use super::look::{self, BODY, CARRIED, CITED, COLLECTIVE, DATE, DOCUMENT, FIGURE, HAS, Look, STUB, SUBJECT, Stroke};
use super::owners::{BODY_CELLS, roles};
use super::page::{Cut, NoPage, Paper, Unit, height, pages};
use super::{Options, Picture};
use crate::analysis::Inheritance;
use crate::diagnostic::Lang;
use crate::extract::DeadlineRelation;
use crate::notice::{Holder, Limit, Mandate, Notice, Quantity};
use crate::render::inherit::{Several, words};

/// Cells in a line of the task in the middle, and how many lines it takes.
const OWN_CELLS: usize = 44;
const OWN_LINES: usize = 14;

/// Cells in a line beside it.
const CELLS: usize = 36;

/// Widths of the middle and of the columns beside it in inches.
const OWN_WIDTH: &str = "4";
const WIDTH: &str = "3.2";

/// A task and what is known around it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The document that it stands in.
    pub notice: &'a Notice,
    /// The task.
    pub task: &'a Mandate,
    /// From what that document descends, and what of it was compared.
    pub above: &'a Several<'a>,
}

/// Something beside the task.
enum Part<'a> {
    Above(&'a Inheritance<'a>, &'a Mandate, f64),
    NotHeld(String),
    Party(&'a Holder),
    Figure(&'a Quantity),
    Date(&'a Limit),
    Cited(&'a str),
}

impl Part<'_> {
    fn is_left(&self) -> bool {
        matches!(self, Self::Above(..) | Self::NotHeld(_) | Self::Party(_))
    }
}

/// Draws a task.
///
/// # Errors
///
/// [`NoPage`] where the page asked for is not there.
pub fn task(subject: Subject<'_>, captions: &Captions, options: &Options<'_>) -> Result<Picture, NoPage> {
    let lang = options.lang;
    let Subject { notice, task, above } = subject;
    let mut all: Vec<Part<'_>> = mandates(subject);
    all.extend(task.parties.iter().map(Part::Party));
    all.extend(task.indicators.iter().map(Part::Figure));
    all.extend(task.deadlines.iter().map(Part::Date));
    all.extend(task.citations.iter().map(|iri| Part::Cited(iri)));
    let ranges = pages(&all, Paper::Landscape.height(), |sides: &mut [f64; 2], part| {
        let [left, right] = sides;
        *(if part.is_left() { &mut *left } else { &mut *right }) += height(&label(part, above, captions, lang));
        left.max(*right)
    });
    let cut = Cut::of(&ranges, all.len(), options.sheet, Unit::Parts)?;
    let shown = all.get(cut.shown.clone()).unwrap_or_default();

    let words = format!("{} {}", task.label, task.text);
    let own = [
        attribute("label", &left(&lines(words.trim(), OWN_CELLS, OWN_LINES))),
        attribute("width", OWN_WIDTH),
        attribute("fontsize", "12"),
        attribute("tooltip", words.trim()),
    ];
    let mut stmts = vec![node("subject", own.into_iter().chain(SUBJECT.attributes()).chain(options.link(&task.id)))];
    for (is_left, id) in [(true, "left"), (false, "right")] {
        let column: Vec<(usize, &Part<'_>)> =
            shown.iter().enumerate().filter(|(_, part)| part.is_left() == is_left).collect();
        let ids: Vec<String> = column.iter().map(|(index, _)| format!("x{index}")).collect();
        let nodes = column.iter().zip(&ids).map(|((_, part), id)| beside(part, id, above, captions, options));
        stmts.extend(rank(id, nodes.chain(chain(ids.iter().map(String::as_str)))));
        stmts.extend(column.iter().zip(&ids).map(|((_, part), id)| tie(part, id, lang)));
    }
    let place = task.path.join(" › ");
    let title = if task.title.is_empty() { words.clone() } else { format!("{} {}", task.label, task.title) };
    let lacks = if task.parties.is_empty() { lang.pick("没有写明责任单位", "no responsible body") } else { "" };
    let frame = Frame {
        kind: "task",
        title: crate::render::shorten(title.trim(), 90),
        details: vec![
            caption(captions, &notice.id).title,
            place,
            source([notice.id.as_str()], captions, lang),
            lacks.to_owned(),
        ],
        legend: legend(task, shown, lang),
        cut,
        paper: Paper::Landscape,
        layout: &[("rankdir", "LR"), ("nodesep", "0.12"), ("ranksep", "1.6"), ("splines", "line")],
    };
    Ok(frame.around(stmts, options))
}

/// The tasks above that it carries out, and the documents above that are not held.
fn mandates(subject: Subject<'_>) -> Vec<Part<'_>> {
    let Subject { notice, task, above } = subject;
    let mut found = Vec::new();
    for pair in above.pairs.iter().filter(|pair| pair.child.id == notice.id) {
        for (parent, fate) in pair.parent.tasks.iter().zip(&pair.fates) {
            let own = fate
                .children
                .iter()
                .find(|link| pair.child.tasks.get(link.below).is_some_and(|below| below.id == task.id));
            found.extend(own.map(|link| Part::Above(pair, parent, link.similarity)));
        }
    }
    let lines = above.lines.iter().map(|(_, line)| line).filter(|line| line.child == notice.id);
    let stubs = lines.filter(|line| above.lineage.stubs.contains_key(&line.parent));
    found.extend(stubs.map(|line| Part::NotHeld(line.parent.clone())));
    found
}

fn look_of(part: &Part<'_>) -> Look {
    match part {
        Part::Above(..) => look::TASK,
        Part::NotHeld(_) => STUB,
        Part::Party(holder) if holder.body.collective => COLLECTIVE,
        Part::Party(_) => BODY,
        Part::Figure(_) => FIGURE,
        Part::Date(_) => DATE,
        Part::Cited(_) => DOCUMENT,
    }
}

fn label(part: &Part<'_>, above: &Several<'_>, captions: &Captions, lang: Lang) -> String {
    match part {
        Part::Above(pair, task, _) => {
            let words = lines(format!("{} {}", task.label, task.text).trim(), CELLS, 3);
            format!("{}\n{words}", lines(&format!("《{}》", pair.parent.name()), CELLS, 2))
        }
        Part::NotHeld(id) => {
            format!("{}\n{}", lines(&above.name(id), CELLS, 3), lang.pick("（未入库）", "(not held)"))
        }
        Part::Party(holder) => {
            let name = lines(&holder.body.label, BODY_CELLS, 3);
            let printed = &holder.printed;
            let printed = if *printed == holder.body.label { String::new() } else { format!("\n（{printed}）") };
            format!("{name}{printed}\n{}", look::role_word(holder.role, lang))
        }
        Part::Figure(figure) => {
            let by = figure.by.map(|by| format!("\n{} {by}", lang.pick("时限", "by"))).unwrap_or_default();
            format!("{}{by}", lines(&words::quantity(figure), CELLS, 3))
        }
        Part::Date(limit) => date(limit, lang),
        Part::Cited(iri) => {
            let known = captions.get(*iri).map(|caption| caption.title.clone());
            let name = known.unwrap_or_else(|| above.name(iri));
            lines(name.rsplit('/').next().unwrap_or(&name), CELLS, 3)
        }
    }
}

fn date(limit: &Limit, lang: Lang) -> String {
    let word = match limit.relation {
        DeadlineRelation::From => lang.pick("起", "from"),
        DeadlineRelation::Ongoing => lang.pick("长期", "ongoing"),
        DeadlineRelation::Relative => lang.pick("相对时限", "after an event"),
        _ => lang.pick("时限", "due"),
    };
    let read = words::limit(limit);
    let printed = lines(&limit.words, CELLS, 2);
    let parts = [format!("{word} {read}").trim().to_owned(), printed];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn beside(part: &Part<'_>, id: &str, above: &Several<'_>, captions: &Captions, options: &Options<'_>) -> Stmt {
    let lang = options.lang;
    let words = label(part, above, captions, lang);
    let (tooltip, iri) = match part {
        Part::Above(_, task, likeness) => {
            (format!("{} {}\n{likeness:.2}", task.label, task.text), Some(task.id.as_str()))
        }
        Part::NotHeld(id) => (above.name(id), None),
        Part::Party(holder) => (holder.body.label.clone(), Some(holder.body.id.as_str())),
        Part::Figure(figure) => (figure.words.clone(), None),
        Part::Date(limit) => (limit.words.clone(), None),
        Part::Cited(iri) => (words.clone(), captions.contains_key(*iri).then_some(*iri)),
    };
    let tooltip = if tooltip.is_empty() { words.replace('\n', " ") } else { tooltip };
    let own = [attribute("label", &words), attribute("width", WIDTH), attribute("tooltip", &tooltip)];
    let link = iri.and_then(|iri| options.link(iri));
    node(id, own.into_iter().chain(look_of(part).attributes()).chain(link))
}

/// The line between the task and what stands beside it.
fn tie(part: &Part<'_>, id: &str, lang: Lang) -> Stmt {
    let (stroke, word) = match part {
        Part::Above(..) => (CARRIED, lang.pick("承接", "carried out").to_owned()),
        Part::NotHeld(_) => (Stroke { style: "dashed", ..CITED }, String::new()),
        Part::Party(holder) => (look::role(holder.role), look::role_word(holder.role, lang).to_owned()),
        Part::Figure(_) | Part::Date(_) | Part::Cited(_) => (HAS, String::new()),
    };
    let (from, to) = if part.is_left() { (id, "subject") } else { ("subject", id) };
    let side = if part.is_left() { ("tailport", "e") } else { ("headport", "w") };
    let place = [side, ("tooltip", word.as_str())];
    edge(from, to, stroke.attributes().chain(place.map(|(key, value)| attribute(key, value))))
}

fn legend(task: &Mandate, parts: &[Part<'_>], lang: Lang) -> Vec<Sample> {
    let mut legend: Vec<Sample> = roles(task.parties.iter().map(|party| party.role), lang);
    let mut things: BTreeMap<u8, Sample> = BTreeMap::new();
    for part in parts {
        let (order, sample) = match part {
            Part::Above(..) => (0, Sample::Line(CARRIED, lang.pick("上级任务", "mandate above"))),
            Part::NotHeld(_) => (1, Sample::Thing(STUB, lang.pick("未入库的上级文件", "document above, not held"))),
            Part::Party(holder) if holder.body.collective => {
                (3, Sample::Thing(COLLECTIVE, lang.pick("统称或泛指", "several or any bodies")))
            }
            Part::Party(_) => (2, Sample::Thing(BODY, lang.pick("部门", "department"))),
            Part::Figure(_) => (4, Sample::Thing(FIGURE, lang.pick("指标", "figure"))),
            Part::Date(_) => (5, Sample::Thing(DATE, lang.pick("时限", "date"))),
            Part::Cited(_) => (6, Sample::Thing(DOCUMENT, lang.pick("引用文件", "document cited"))),
        };
        things.insert(order, sample);
    }
    legend.extend(things.into_values());
    legend
}
