//! A document beside all below it, or all documents of a store.

use std::io::{self, Write};

use super::words;
use crate::analysis::{FigureChange, Inheritance, Lineage, LineageLine, OwnerChange, Status};
use crate::diagnostic::Lang;
use crate::network::Succession;
use crate::notice::Notice;
use crate::render::shorten;
use crate::render::table::Table;

/// Cells of the name of a document.
const NAME: usize = 40;

/// Documents, how they descend from each other, and what was handed down from each to the next.
#[derive(Clone, Debug)]
pub struct Several<'a> {
    /// The stored documents, without their tasks.
    pub outlines: &'a [Notice],
    /// How they descend from each other.
    pub lineage: &'a Lineage,
    /// The lines in question with the steps from the document that was asked for, from 1.
    pub lines: Vec<(usize, &'a LineageLine)>,
    /// What was handed down along those of them whose documents are both held, in the same order.
    pub pairs: Vec<Inheritance<'a>>,
    /// What the document is called that was asked for, if one was.
    pub root: Option<&'a str>,
    /// The reforms that were followed, where bodies stand as of a day.
    pub succession: Option<Succession>,
}

impl Several<'_> {
    /// What people call a document that is held or cited.
    pub(in crate::render) fn name(&self, id: &str) -> String {
        if let Some(notice) = self.outlines.iter().find(|notice| notice.id == id) {
            return notice.name().to_owned();
        }
        let stub = self.lineage.stubs.get(id);
        let name = stub.map(|stub| if stub.number.is_empty() { &stub.title } else { &stub.number });
        name.cloned().unwrap_or_else(|| id.to_owned())
    }

    pub(in crate::render) fn pair(&self, line: &LineageLine) -> Option<&Inheritance<'_>> {
        self.pairs.iter().find(|pair| pair.parent.id == line.parent && pair.child.id == line.child)
    }
}

/// Writes every step from document to document with its coverage, who raised and who dropped which figure, and the
/// documents above that are not held; with `trace` the words that name them.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn several(
    out: &mut dyn Write,
    all: &Several<'_>,
    trace: bool,
    lang: Lang,
    width: Option<usize>,
) -> io::Result<()> {
    let zh = ["层", "上级文件", "下级文件", "关系", "覆盖率", "承接", "未见", "新增", "加码", "放宽", "未提", "换牵头"];
    let en = [
        "step",
        "above",
        "below",
        "relation",
        "cover\u{ad}age",
        "taken up",
        "miss\u{ad}ing",
        "new",
        "tight\u{ad}ened",
        "loos\u{ad}ened",
        "drop\u{ad}ped",
        "lead moved",
    ];
    let mut table = (4..12).fold(Table::new(if lang == Lang::Zh { zh } else { en }).right(0), Table::right);
    for (step, line) in &all.lines {
        let name = |id: &str| shorten(&all.name(id), NAME);
        let mut row = vec![
            step.to_string(),
            name(&line.parent),
            name(&line.child),
            words::descent(line.descent, lang).to_owned(),
        ];
        if let Some(pair) = all.pair(line) {
            row.extend(figures(pair));
        } else {
            row.push(lang.pick("未入库", "not held").to_owned());
            row.resize(12, String::new());
        }
        table.row(row);
    }
    if table.is_empty() {
        let nothing = lang.pick("没有上下级关系的文件", "no document descends from another").to_owned();
        let of = |root| format!("{}{root}", lang.pick("范围内没有文件沿袭 ", "no document in scope descends from "));
        writeln!(out, "{}", all.root.map_or(nothing, of))?;
    } else {
        table.write(out, width)?;
    }
    compared(out, all, lang, width)?;
    if !all.lineage.stubs.is_empty() {
        writeln!(out, "\n{}", lang.pick("被引用而未入库的文件", "cited and not held"))?;
        for stub in all.lineage.stubs.values() {
            let parts = [&stub.number, &stub.title, &stub.issuer, &stub.year];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
            writeln!(out, "  {}", parts.join("  "))?;
        }
    }
    for cycle in &all.lineage.cycles {
        let names: Vec<String> = cycle.iter().map(|id| all.name(id)).collect();
        writeln!(
            out,
            "\n{}{}",
            lang.pick("互相引用，未沿此比较：", "cite each other, not followed: "),
            names.join(" ↔ ")
        )?;
    }
    if trace { cited(out, all, lang) } else { Ok(()) }
}

/// Where the documents below name those above.
fn cited(out: &mut dyn Write, all: &Several<'_>, lang: Lang) -> io::Result<()> {
    writeln!(out, "\n{}", lang.pick("关系的出处", "where the documents name each other"))?;
    for (_, line) in &all.lines {
        let source = all.outlines.iter().find(|notice| notice.id == line.child).map_or("", |notice| &notice.source);
        let said = words::descent(line.descent, lang);
        let quoted = if line.words.is_empty() { String::new() } else { format!("“{}”", line.words) };
        let place = words::place(source, line.span);
        writeln!(
            out,
            "  {} → {}{}{said}{quoted} [{place}]",
            all.name(&line.parent),
            all.name(&line.child),
            lang.pick("：", ": ")
        )?;
    }
    Ok(())
}

/// Coverage, tasks taken up, missing and new, figures tightened, loosened and dropped, leads moved.
fn figures(pair: &Inheritance) -> [String; 8] {
    let share = pair.coverage().map(|share| format!("{:.0}%", share * 100.0)).unwrap_or_default();
    let missing = pair.fates.iter().filter(|fate| fate.addressed.holds() && fate.status == Status::Missing).count();
    let figure =
        |change| pair.fates.iter().flat_map(|fate| &fate.figures).filter(|drift| drift.change == change).count();
    let moved =
        pair.fates.iter().filter(|fate| fate.owner.as_ref().is_some_and(|drift| drift.change == OwnerChange::Moved));
    [
        share,
        format!("{}/{}", pair.taken_up, pair.addressed),
        missing.to_string(),
        pair.new.len().to_string(),
        figure(FigureChange::Tightened).to_string(),
        figure(FigureChange::Loosened).to_string(),
        figure(FigureChange::Dropped).to_string(),
        moved.count().to_string(),
    ]
}

/// For every figure of a document with several below it: what each of those made of it.
fn compared(out: &mut dyn Write, all: &Several<'_>, lang: Lang, width: Option<usize>) -> io::Result<()> {
    let mut done: Vec<&str> = Vec::new();
    for pair in &all.pairs {
        let parent = &pair.parent;
        let below: Vec<&Inheritance<'_>> = all.pairs.iter().filter(|other| other.parent.id == parent.id).collect();
        if done.contains(&parent.id.as_str()) || below.len() < 2 {
            continue;
        }
        done.push(&parent.id);
        let mut header = vec![lang.pick("任务", "task").to_owned(), lang.pick("指标", "figure").to_owned()];
        header.extend(below.iter().map(|pair| match &pair.child.place {
            Some(place) => place.name.clone(),
            None => shorten(pair.child.name(), NAME),
        }));
        let mut table = Table::new(header);
        for (index, task) in parent.tasks.iter().enumerate() {
            for (nth, figure) in task.indicators.iter().enumerate() {
                let cells = below.iter().map(|pair| match pair.fates.get(index) {
                    Some(fate) if fate.status == Status::Missing => lang.pick("任务未见", "task missing").to_owned(),
                    Some(fate) => fate.figures.get(nth).map_or_else(String::new, |drift| match &drift.below {
                        Some((_, below)) => format!("{} {}", words::value(below), words::figure(drift.change, lang)),
                        None => words::figure(drift.change, lang).to_owned(),
                    }),
                    None => String::new(),
                });
                let cells: Vec<String> = cells.collect();
                table.row([task.label.clone(), words::quantity(figure)].into_iter().chain(cells));
            }
        }
        if !table.is_empty() {
            writeln!(
                out,
                "\n{}{}",
                lang.pick("各下级对指标的处理：", "what each below made of the figures of "),
                parent.name()
            )?;
            table.write(out, width)?;
        }
    }
    Ok(())
}
