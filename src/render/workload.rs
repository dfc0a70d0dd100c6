//! The workload as table, JSON and CSV.

use std::io::{self, Write};

use serde::Serialize;

use super::csv;
use super::json::{self, Number};
use super::succession::SuccessionShape;
use super::table::Table;
use crate::analysis::{Concentration, Line, Workload};
use crate::diagnostic::Lang;

/// Which lines of a [`Workload`] are shown; its figures of concentration always speak of all.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only the departments with these IRIs.
    pub bodies: Option<Vec<String>>,
    /// Only the first so many.
    pub top: Option<usize>,
}

impl Selection {
    /// The ranked departments to show, each with its place in the ranking, and those apart.
    fn lines<'a>(&self, workload: &'a Workload) -> (Vec<(usize, &'a Line)>, Vec<&'a Line>) {
        let wanted = |line: &&Line| self.bodies.as_ref().is_none_or(|ids| ids.contains(&line.organisation));
        let ranked = workload.departments.iter().enumerate().map(|(index, line)| (index + 1, line));
        let ranked = ranked.filter(|(_, line)| wanted(line)).take(self.top.unwrap_or(usize::MAX)).collect();
        (ranked, workload.apart.iter().filter(wanted).collect())
    }
}

/// Writes the ranking, the bodies reported apart and the concentration, for people.
///
/// `width` is that of the terminal in cells, if it is one.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(
    out: &mut dyn Write,
    workload: &Workload,
    selection: &Selection,
    lang: Lang,
    width: Option<usize>,
) -> io::Result<()> {
    let (ranked, apart) = selection.lines(workload);
    let zh = ["名次", "部门", "牵头", "共同牵头", "负责", "配合", "任务", "负荷", "指标", "时限"];
    let en = [
        "rank",
        "department",
        "lead",
        "co-lead",
        "respon\u{ad}sible",
        "support\u{ad}ing",
        "tasks",
        "load",
        "indi\u{ad}cators",
        "dead\u{ad}lines",
    ];
    let header = if lang == Lang::Zh { zh } else { en };
    let rows = ranked.iter().map(|(rank, line)| (rank.to_string(), *line));
    grid(header, rows).write(out, width)?;
    if !apart.is_empty() {
        writeln!(out, "\n{}", lang.pick("统称与泛指（不参与排名）", "collective and generic bodies (not ranked)"))?;
        grid(header, apart.iter().map(|line| (String::new(), *line))).write(out, width)?;
    }
    if let Some(spread) = workload.concentration {
        let Concentration { gini, hhi, top1_share, top3_share } = spread;
        let departments = workload.departments.len();
        let tasks = workload.tasks;
        let (first, three) = (top1_share * 100.0, top3_share * 100.0);
        match lang {
            Lang::Zh => writeln!(
                out,
                "\n{departments} 个部门，{tasks} 项任务；基尼系数 {gini:.3}，赫芬达尔指数 {hhi:.3}，最大者占 {first:.1}%，前三者占 {three:.1}%"
            )?,
            Lang::En => writeln!(
                out,
                "\ndepartments: {departments}, tasks: {tasks}; Gini {gini:.3}, Herfindahl-Hirschman {hhi:.3}, largest {first:.1}%, largest three {three:.1}%"
            )?,
        }
    }
    Ok(())
}

fn grid<'a>(header: [&str; 10], rows: impl Iterator<Item = (String, &'a Line)>) -> Table {
    let mut table = (2..10).fold(Table::new(header).right(0), Table::right);
    for (rank, line) in rows {
        let [lead, co_lead, responsible, supporting, tasks, indicators, deadlines] = counts(line);
        let weighted = format!("{:.2}", line.load);
        let label = line.label.clone();
        table.row([rank, label, lead, co_lead, responsible, supporting, tasks, weighted, indicators, deadlines]);
    }
    table
}

fn counts(line: &Line) -> [String; 7] {
    let Line { lead, co_lead, responsible, supporting, tasks, indicators, deadlines, .. } = line;
    [lead, co_lead, responsible, supporting, tasks, indicators, deadlines].map(ToString::to_string)
}

/// Writes one line for every department shown, ranked ones first.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv(out: &mut dyn Write, workload: &Workload, selection: &Selection) -> io::Result<()> {
    let header = [
        "rank",
        "organisation",
        "label",
        "lead",
        "co_lead",
        "responsible",
        "supporting",
        "tasks",
        "load",
        "indicators",
        "deadlines",
    ];
    csv::line(out, header)?;
    let (ranked, apart) = selection.lines(workload);
    let ranked = ranked.into_iter().map(|(rank, line)| (rank.to_string(), line));
    for (rank, line) in ranked.chain(apart.into_iter().map(|line| (String::new(), line))) {
        let [lead, co_lead, responsible, supporting, tasks, indicators, deadlines] = counts(line);
        let weighted = ((line.load * 1e6).round() / 1e6).to_string();
        let names = [rank, line.organisation.clone(), line.label.clone()];
        csv::line(
            out,
            names.into_iter().chain([lead, co_lead, responsible, supporting, tasks, weighted, indicators, deadlines]),
        )?;
    }
    Ok(())
}

/// Writes one object on one line; `concentration` is null where nobody carries any load.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(out: &mut dyn Write, workload: &Workload, selection: &Selection) -> io::Result<()> {
    let (ranked, apart) = selection.lines(workload);
    let weights = workload.weights;
    let shape = WorkloadShape {
        weights: WeightsShape {
            lead: Number(weights.lead),
            co_lead: Number(weights.co_lead),
            responsible: Number(weights.responsible),
            supporting: Number(weights.supporting),
        },
        departments: ranked.into_iter().map(|(_, line)| LineShape::of(line)).collect(),
        concentration: workload.concentration.map(|spread| ConcentrationShape {
            gini: Number(spread.gini),
            hhi: Number(spread.hhi),
            top1_share: Number(spread.top1_share),
            top3_share: Number(spread.top3_share),
        }),
        collective: apart.into_iter().map(LineShape::of).collect(),
        tasks: workload.tasks,
        as_of: workload.succession.as_ref().map(SuccessionShape::of),
    };
    json::line(out, &shape)
}

#[derive(Serialize)]
struct WorkloadShape<'a> {
    weights: WeightsShape,
    departments: Vec<LineShape<'a>>,
    concentration: Option<ConcentrationShape>,
    collective: Vec<LineShape<'a>>,
    tasks: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<SuccessionShape<'a>>,
}

#[derive(Serialize)]
struct WeightsShape {
    lead: Number,
    #[serde(rename = "co-lead")]
    co_lead: Number,
    responsible: Number,
    supporting: Number,
}

#[derive(Serialize)]
struct ConcentrationShape {
    gini: Number,
    hhi: Number,
    top1_share: Number,
    top3_share: Number,
}

#[derive(Serialize)]
struct LineShape<'a> {
    organisation: &'a str,
    label: &'a str,
    lead: usize,
    co_lead: usize,
    responsible: usize,
    supporting: usize,
    tasks: usize,
    load: Number,
    indicators: usize,
    deadlines: usize,
}

impl<'a> LineShape<'a> {
    fn of(line: &'a Line) -> Self {
        Self {
            organisation: &line.organisation,
            label: &line.label,
            lead: line.lead,
            co_lead: line.co_lead,
            responsible: line.responsible,
            supporting: line.supporting,
            tasks: line.tasks,
            load: Number(line.load),
            indicators: line.indicators,
            deadlines: line.deadlines,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Weights;

    fn sample() -> Workload {
        let line = |label: &str, lead, supporting, load| Line {
            organisation: crate::iri::organisation(label),
            label: label.into(),
            lead,
            co_lead: 0,
            responsible: 0,
            supporting,
            tasks: lead + supporting,
            load,
            indicators: 2,
            deadlines: 1,
        };
        let departments = vec![line("市卫生健康委", 2, 1, 2.25), line("市财政局", 0, 3, 0.75)];
        Workload {
            weights: Weights::default(),
            concentration: Concentration::of(&[2.25, 0.75]),
            departments,
            apart: vec![line("各县政府", 0, 1, 0.25)],
            tasks: 4,
            succession: None,
        }
    }

    fn text(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn table_for_people() {
        let shown = text(|out| table(out, &sample(), &Selection::default(), Lang::Zh, None));
        insta::assert_snapshot!(shown, @r#"
        名次  部门          牵头  共同牵头  负责  配合  任务  负荷  指标  时限
           1  市卫生健康委     2         0     0     1     3  2.25     2     1
           2  市财政局         0         0     0     3     3  0.75     2     1

        统称与泛指（不参与排名）
        名次  部门      牵头  共同牵头  负责  配合  任务  负荷  指标  时限
              各县政府     0         0     0     1     1  0.25     2     1

        2 个部门，4 项任务；基尼系数 0.250，赫芬达尔指数 0.625，最大者占 75.0%，前三者占 100.0%
        "#);
    }

    #[test]
    fn json_as_the_contract_has_it() {
        let shown = text(|out| json(out, &sample(), &Selection::default()));
        insta::assert_snapshot!(shown.replace("},", "},\n"), @r#"
        {"weights":{"lead":1,"co-lead":1,"responsible":0.5,"supporting":0.25},
        "departments":[{"organisation":"https://w3id.org/zeren/organisation/市卫生健康委","label":"市卫生健康委","lead":2,"co_lead":0,"responsible":0,"supporting":1,"tasks":3,"load":2.25,"indicators":2,"deadlines":1},
        {"organisation":"https://w3id.org/zeren/organisation/市财政局","label":"市财政局","lead":0,"co_lead":0,"responsible":0,"supporting":3,"tasks":3,"load":0.75,"indicators":2,"deadlines":1}],"concentration":{"gini":0.25,"hhi":0.625,"top1_share":0.75,"top3_share":1},
        "collective":[{"organisation":"https://w3id.org/zeren/organisation/各县政府","label":"各县政府","lead":0,"co_lead":0,"responsible":0,"supporting":1,"tasks":1,"load":0.25,"indicators":2,"deadlines":1}],"tasks":4}
        "#);
    }

    #[test]
    fn a_selection_keeps_the_place_in_the_ranking() {
        let bodies = Some(vec![crate::iri::organisation("市财政局")]);
        let shown = text(|out| csv(out, &sample(), &Selection { bodies, top: None }));
        insta::assert_snapshot!(shown, @r#"
        rank,organisation,label,lead,co_lead,responsible,supporting,tasks,load,indicators,deadlines
        2,https://w3id.org/zeren/organisation/市财政局,市财政局,0,0,0,3,3,0.75,2,1
        "#);
    }
}
