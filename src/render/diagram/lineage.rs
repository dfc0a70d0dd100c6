//! Documents up and down the levels: the state left, the lowest level right; what is cited and not held is dashed.

use std::collections::{BTreeMap, BTreeSet};

use graphviz_rust::dot_structures::Stmt;

use super::columns::rank;
use super::dot::{attribute, edge, invisible, lines, node, tag};
use super::frame::{Frame, Sample};
use super::look::{ALIKE, CITED, DOCUMENT, STUB, SUBJECT, Stroke};
use super::page::{Cut, NoPage, Paper, Unit, height, pages};
use super::{Options, Picture};
use crate::analysis::{Descent, LineageLine};
use crate::diagnostic::Lang;
use crate::knowledge::Level;
use crate::notice::{Notice, Stub};
use crate::render::inherit::{Several, words};
use crate::resolve::identify;

/// Cells in a line of the name of a document.
const CELLS: usize = 32;

/// Width of a document in inches, enough for the cells at their size of type.
const WIDTH: &str = "2.9";

/// A document on the picture.
struct Document<'a> {
    id: &'a str,
    /// Its name in DOT.
    node: String,
    /// The level of the place that it speaks for; the unknown ones come first, with what they are cited by beneath them.
    level: Option<Level>,
    label: String,
    tooltip: String,
    held: bool,
}

/// Draws documents and from what they descend, with the share that was taken up where both were compared.
///
/// With `root`, it and what hangs together with the lines given; else all documents that are held.
///
/// # Errors
///
/// [`NoPage`] where the page asked for is not there.
pub fn lineage(all: &Several<'_>, root: Option<&Notice>, options: &Options<'_>) -> Result<Picture, NoPage> {
    let lang = options.lang;
    let lines: Vec<&LineageLine> = all.lines.iter().map(|(_, line)| *line).collect();
    let mut ids: BTreeSet<&str> = lines.iter().flat_map(|line| [line.parent.as_str(), line.child.as_str()]).collect();
    match root {
        Some(root) => ids.extend([root.id.as_str()]),
        None => ids.extend(all.outlines.iter().map(|notice| notice.id.as_str())),
    }
    let documents: BTreeMap<&str, Document<'_>> =
        ids.iter().enumerate().map(|(index, id)| (*id, document(all, id, format!("n{index}"), lang))).collect();
    let families = families(&documents, &lines);
    let order: Vec<&str> = families.iter().flatten().copied().collect();
    let mut parents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in &lines {
        parents.entry(&line.child).or_default().push(&line.parent);
    }
    let parts = pages(&order, Paper::Landscape.height(), |page: &mut Tall<'_>, id| {
        page.add(&documents, std::iter::once(*id).chain(parents.get(id).into_iter().flatten().copied()))
    });
    let cut = Cut::of(&parts, order.len(), options.sheet, Unit::Documents)?;
    let shown = order.get(cut.shown.clone()).unwrap_or_default();
    let shown = with_parents(&lines, shown);

    let frame = Frame {
        kind: "lineage",
        title: match root {
            Some(root) => format!("{}{}", lang.pick("上下级文件：", "documents above and below: "), root.name()),
            None => lang.pick("上下级文件", "documents up and down the levels").to_owned(),
        },
        details: vec![summary(&documents, lang)],
        legend: legend(&documents, &lines, &shown, root, all, lang),
        cut,
        paper: Paper::Landscape,
        layout: &[("rankdir", "LR"), ("nodesep", "0.15"), ("ranksep", "1.5"), ("splines", "true")],
    };
    let drawn = lines.iter().filter(|line| shown.contains(line.child.as_str()) && shown.contains(line.parent.as_str()));
    let drawn = drawn.filter_map(|line| descent(all, &documents, line, lang));
    let stmts = levels(&documents, &shown, root, options).into_iter().chain(drawn);
    Ok(frame.around(stmts, options))
}

fn summary(documents: &BTreeMap<&str, Document<'_>>, lang: Lang) -> String {
    let held = documents.values().filter(|document| document.held).count();
    let stubs = documents.len() - held;
    match lang {
        Lang::Zh => format!("来源：库中 {held} 份文件及其引用的 {stubs} 份未入库文件"),
        Lang::En => format!("source: {held} documents of the store and {stubs} that they cite and that are not held"),
    }
}

/// What a document is called, and on which level it stands.
fn document<'a>(all: &Several<'_>, id: &'a str, node: String, lang: Lang) -> Document<'a> {
    if let Some(notice) = all.outlines.iter().find(|notice| notice.id == id) {
        let place = notice.place.as_ref();
        let date = notice.date.map(|date| date.to_string()).unwrap_or_default();
        let title = notice.titled();
        let parts = [lines(title, CELLS, 3), lines(&notice.number, CELLS, 2), date];
        let label = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
        let level = place.map(|place| place.level);
        return Document { id, node, level, label, tooltip: title.to_owned(), held: true };
    }
    let stub = all.lineage.stubs.get(id);
    let parts = stub.map(|stub| [&stub.title, &stub.number]).into_iter().flatten();
    let mut label: Vec<String> = parts.filter(|part| !part.is_empty()).map(|part| lines(part, CELLS, 3)).collect();
    if label.is_empty() {
        label.push(lines(&all.name(id), CELLS, 3));
    }
    label.push(lang.pick("（未入库）", "(not held)").to_owned());
    let level = stub.and_then(level_of);
    Document { id, node, level, label: label.join("\n"), tooltip: all.name(id), held: false }
}

/// The level of the body that the number of a document names.
fn level_of(stub: &Stub) -> Option<Level> {
    let issuer = Some(stub.issuer.as_str()).filter(|issuer| !issuer.is_empty())?;
    identify(issuer, None, None).place.map(|place| place.level)
}

/// The documents that hang together, the largest groups first, those of each by level and name.
fn families<'a>(documents: &BTreeMap<&'a str, Document<'a>>, lines: &[&LineageLine]) -> Vec<Vec<&'a str>> {
    let mut beside: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in lines {
        beside.entry(&line.parent).or_default().push(&line.child);
        beside.entry(&line.child).or_default().push(&line.parent);
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut families = Vec::new();
    for id in documents.keys() {
        let mut family: Vec<&'a str> = Vec::new();
        let mut open: Vec<&str> = vec![id];
        while let Some(next) = open.pop() {
            if !seen.insert(next) {
                continue;
            }
            family.extend(documents.get(next).map(|document| document.id));
            open.extend(beside.get(next).into_iter().flatten());
        }
        if !family.is_empty() {
            family.sort_by_key(|id| (documents.get(id).map(|document| document.level), *id));
            families.push(family);
        }
    }
    families.sort_by_key(|family| (usize::MAX - family.len(), family.first().copied()));
    families
}

/// Some documents and those that they descend from.
fn with_parents<'a>(lines: &[&'a LineageLine], shown: &[&'a str]) -> BTreeSet<&'a str> {
    let parents = lines.iter().filter(|line| shown.contains(&line.child.as_str())).map(|line| line.parent.as_str());
    shown.iter().copied().chain(parents).collect()
}

/// The columns of a page: their heights in points, and the documents that stand in them.
#[derive(Default)]
struct Tall<'a> {
    columns: BTreeMap<Option<Level>, f64>,
    shown: BTreeSet<&'a str>,
}

impl<'a> Tall<'a> {
    /// Adds a document and those above it; the height of the tallest column.
    fn add(&mut self, documents: &BTreeMap<&str, Document<'_>>, ids: impl Iterator<Item = &'a str>) -> f64 {
        for id in ids {
            if let Some(document) = documents.get(id).filter(|_| self.shown.insert(id)) {
                *self.columns.entry(document.level).or_default() += height(&document.label) + 6.0;
            }
        }
        self.columns.values().copied().fold(0.0, f64::max)
    }
}

/// A column for each level, headed by its name.
fn levels(
    documents: &BTreeMap<&str, Document<'_>>,
    shown: &BTreeSet<&str>,
    root: Option<&Notice>,
    options: &Options<'_>,
) -> Vec<Stmt> {
    let mut columns: BTreeMap<Option<Level>, Vec<&Document<'_>>> = BTreeMap::new();
    for document in shown.iter().filter_map(|id| documents.get(id)) {
        columns.entry(document.level).or_default().push(document);
    }
    let mut stmts = Vec::new();
    let mut heads: Vec<String> = Vec::new();
    for (level, column) in &columns {
        let word = match level {
            Some(level) => options.lang.pick(level.zh(), level.as_str()),
            None => options.lang.pick("层级不明", "level not known"),
        };
        let number = level.map_or(0, |level| 1 + level as u8);
        let head = format!("l{number}");
        let look = [("label", word), ("shape", "plaintext"), ("fontsize", "14"), ("fillcolor", "none")];
        let nodes = column.iter().map(|document| {
            let look = match root {
                Some(root) if root.id == document.id => SUBJECT,
                _ if document.held => DOCUMENT,
                _ => STUB,
            };
            let own = [
                attribute("label", &document.label),
                attribute("width", WIDTH),
                attribute("tooltip", &document.tooltip),
            ];
            let link = document.held.then(|| options.link(document.id)).flatten();
            node(&document.node, own.into_iter().chain(look.attributes()).chain(link))
        });
        let head_node = node(&head, look.map(|(key, value)| attribute(key, value)));
        let beneath = column.iter().map(|document| invisible(&head, &document.node, "0"));
        stmts.extend(rank(&format!("level{number}"), [head_node].into_iter().chain(nodes).chain(beneath)));
        heads.push(head);
    }
    stmts.extend(super::dot::chain(heads.iter().map(String::as_str)));
    stmts
}

fn stroke(descent: Descent) -> Stroke {
    if descent == Descent::Place { ALIKE } else { CITED }
}

/// A line of descent, with what makes it one and the share that was taken up.
fn descent(
    all: &Several<'_>,
    documents: &BTreeMap<&str, Document<'_>>,
    line: &LineageLine,
    lang: Lang,
) -> Option<Stmt> {
    let word = words::descent(line.descent, lang);
    let label = match all.pair(line) {
        Some(pair) if pair.addressed > 0 => format!("{word}\n{}/{}", pair.taken_up, pair.addressed),
        _ => word.to_owned(),
    };
    let (parent, child) = (documents.get(line.parent.as_str())?, documents.get(line.child.as_str())?);
    let tooltip = format!("{} → {} {word}", parent.tooltip, child.tooltip);
    let own = [tag(&label), attribute("tooltip", &tooltip)];
    Some(edge(&parent.node, &child.node, stroke(line.descent).attributes().chain(own)))
}

fn legend(
    documents: &BTreeMap<&str, Document<'_>>,
    lines: &[&LineageLine],
    shown: &BTreeSet<&str>,
    root: Option<&Notice>,
    all: &Several<'_>,
    lang: Lang,
) -> Vec<Sample> {
    let mut legend = Vec::new();
    let any =
        |is: &dyn Fn(Descent) -> bool| lines.iter().any(|line| shown.contains(line.child.as_str()) && is(line.descent));
    if any(&|descent| descent != Descent::Place) {
        legend.push(Sample::Line(
            CITED,
            if all.pairs.is_empty() {
                lang.pick("下级文件写明", "the one below says so")
            } else {
                lang.pick("下级文件写明（承接任务数/应承接数）", "the one below says so (tasks taken up/laid on it)")
            },
        ));
    }
    if any(&|descent| descent == Descent::Place) {
        legend.push(Sample::Line(ALIKE, lang.pick("同题而未引用", "like title, not cited")));
    }
    if root.is_some() {
        legend.push(Sample::Thing(SUBJECT, lang.pick("本文件", "this document")));
    }
    legend.push(Sample::Thing(DOCUMENT, lang.pick("入库文件", "held")));
    if shown.iter().filter_map(|id| documents.get(id)).any(|document| !document.held) {
        legend.push(Sample::Thing(STUB, lang.pick("未入库文件", "cited, not held")));
    }
    legend
}
