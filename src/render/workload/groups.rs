//! The load by document, place, year, theme or function.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::Selection;
use super::json::{LineShape, SpreadShape};
use crate::analysis::{Line, Workload};
use crate::diagnostic::Lang;
use crate::render::csv;
use crate::render::table::Table;

/// Names that the largest of a group are shown by.
const LARGEST: usize = 3;

/// The load by groups.
#[derive(Clone, Debug)]
pub struct Grouped {
    /// What the tasks are grouped by: `document`, `place`, `year`, `theme` or `function`.
    pub by: &'static str,
    /// The groups in their order, each with what it is called.
    pub groups: Vec<(String, Workload)>,
}

impl Grouped {
    /// One line for every group: tasks, departments, load, concentration and the largest.
    fn overview(&self, lang: Lang) -> Table {
        let zh = [self.name(lang), "任务", "部门", "负荷", "基尼系数", "最大者占", "负荷最大的部门"];
        let en = [
            self.name(lang),
            "tasks",
            "depart\u{ad}ments",
            "load",
            "Gini",
            "largest",
            "departments with the largest load",
        ];
        let mut table = (1..6).fold(Table::new(if lang == Lang::Zh { zh } else { en }), Table::right);
        for (name, workload) in &self.groups {
            let lines = &workload.departments;
            let load: f64 = lines.iter().map(|line| line.load).sum();
            let spread = workload.concentration;
            let gini = spread.map_or_else(|| "–".to_owned(), |spread| format!("{:.3}", spread.gini));
            let share = spread.map_or_else(|| "–".to_owned(), |spread| format!("{:.1}%", spread.top1_share * 100.0));
            let largest: Vec<String> =
                lines.iter().take(LARGEST).map(|line| format!("{} {:.2}", line.label, line.load)).collect();
            let counts = [workload.tasks.to_string(), lines.len().to_string(), format!("{load:.2}")];
            let largest = largest.join(lang.pick("、", ", "));
            table.row([name.clone()].into_iter().chain(counts).chain([gini, share, largest]));
        }
        table
    }

    fn name(&self, lang: Lang) -> &'static str {
        match self.by {
            "document" => lang.pick("文件", "document"),
            "place" => lang.pick("地方", "place"),
            "year" => lang.pick("年份", "year"),
            "theme" => lang.pick("主题", "theme"),
            _ => lang.pick("职能", "function"),
        }
    }

    /// The load of every department by year, and what it changed by from its first to its last.
    fn year_on_year(&self, selection: &Selection, whole: &Workload, lang: Lang) -> Table {
        let years = self.groups.iter().map(|(name, _)| name.clone());
        let zh = ["名次", "部门"].map(str::to_owned);
        let en = ["rank", "department"].map(str::to_owned);
        let last = [lang.pick("合计", "all"), lang.pick("增减", "change")].map(str::to_owned);
        let header: Vec<String> = if lang == Lang::Zh { zh } else { en }.into_iter().chain(years).chain(last).collect();
        let columns = header.len();
        let mut table = (2..columns).fold(Table::new(header).right(0), Table::right);
        let by_year: Vec<BTreeMap<&str, (usize, f64)>> =
            self.groups.iter().map(|(_, workload)| places(&workload.departments)).collect();
        for (rank, line) in selection.lines(whole).0 {
            let loads: Vec<Option<(usize, f64)>> =
                by_year.iter().map(|year| year.get(line.organisation.as_str()).copied()).collect();
            let cell = |known: &Option<(usize, f64)>| {
                known.map_or_else(|| "–".to_owned(), |(rank, load)| format!("{load:.2} ({rank})"))
            };
            let known: Vec<f64> = loads.iter().flatten().map(|(_, load)| *load).collect();
            let change = match known.as_slice() {
                [first, .., last] => format!("{:+.2}", last - first),
                _ => "–".to_owned(),
            };
            let head = [rank.to_string(), line.label.clone()];
            let tail = [format!("{:.2}", line.load), change];
            table.row(head.into_iter().chain(loads.iter().map(cell)).chain(tail));
        }
        table
    }
}

/// The place and the load of every department of a ranking.
fn places(lines: &[Line]) -> BTreeMap<&str, (usize, f64)> {
    lines.iter().enumerate().map(|(index, line)| (line.organisation.as_str(), (index + 1, line.load))).collect()
}

/// Writes the groups for people; by year also every department from year to year, loads with places in brackets.
///
/// # Errors
///
/// Where `out` cannot be written.
pub(super) fn table(
    out: &mut dyn Write,
    grouped: &Grouped,
    whole: &Workload,
    selection: &Selection,
    lang: Lang,
    width: Option<usize>,
) -> io::Result<()> {
    grouped.overview(lang).write(out, width)?;
    if grouped.by == "year" {
        let heading =
            lang.pick("\n逐年负荷（括号内为当年名次）", "\nload by year, with the place of the year in brackets");
        writeln!(out, "{heading}")?;
        grouped.year_on_year(selection, whole, lang).write(out, width)?;
    }
    Ok(())
}

/// Writes one line for every department of every group.
///
/// # Errors
///
/// Where `out` cannot be written.
pub(super) fn csv(out: &mut dyn Write, grouped: &Grouped, selection: &Selection) -> io::Result<()> {
    csv::line(out, [grouped.by].into_iter().chain(super::COLUMNS))?;
    for (name, workload) in &grouped.groups {
        for cells in super::rows(workload, selection) {
            csv::line(out, [name.clone()].into_iter().chain(cells))?;
        }
    }
    Ok(())
}

/// A group as JSON.
#[derive(Serialize)]
pub(super) struct GroupShape<'a> {
    key: &'a str,
    tasks: usize,
    departments: Vec<LineShape<'a>>,
    concentration: Option<SpreadShape>,
}

impl<'a> GroupShape<'a> {
    pub(super) fn all(grouped: &'a Grouped, selection: &'a Selection) -> Vec<Self> {
        let shape = |(name, workload): &'a (String, Workload)| Self {
            key: name,
            tasks: workload.tasks,
            departments: selection
                .lines(workload)
                .0
                .into_iter()
                .map(|(rank, line)| LineShape::of(Some(rank), line, None))
                .collect(),
            concentration: workload.concentration.map(SpreadShape::of),
        };
        grouped.groups.iter().map(shape).collect()
    }
}
