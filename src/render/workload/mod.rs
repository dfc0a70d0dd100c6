//! The workload as table, JSON, CSV and picture.

mod bars;
mod groups;
mod json;

use std::io::{self, Write};

use super::claims::{self, TracedClaims};
use super::csv;
use super::table::Table;
use crate::analysis::{Concentration, Line, Workload};
use crate::diagnostic::Lang;
use crate::query::Claim;

pub use bars::svg;
pub use groups::Grouped;
pub(super) use json::WeightsShape;
pub use json::json;

/// Which lines of a [`Workload`] are shown; its figures of concentration always speak of all.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only the departments with these IRIs.
    pub bodies: Option<Vec<String>>,
    /// Only the first so many.
    pub top: Option<usize>,
    /// The words behind the lines.
    pub claims: Option<TracedClaims>,
}

impl Selection {
    /// The IRIs of the departments to show.
    pub fn shown<'a>(&self, workload: &'a Workload) -> Vec<&'a str> {
        let (ranked, apart) = self.lines(workload);
        ranked.into_iter().map(|(_, line)| line).chain(apart).map(|line| line.organisation.as_str()).collect()
    }

    /// The words behind every line shown, each with the name of the department.
    fn traced<'a>(&'a self, workload: &'a Workload) -> Vec<(String, &'a Claim)> {
        let (ranked, apart) = self.lines(workload);
        let lines = ranked.into_iter().map(|(_, line)| line).chain(apart);
        let named = |line: &'a Line| {
            let claims = self.claims.iter().flat_map(move |claims| claims.of(&line.organisation));
            claims.map(|claim| (line.label.clone(), claim))
        };
        lines.flat_map(named).collect()
    }

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
/// With groups these stand in the place of the ranking. `width` is that of the terminal in cells, if it is one.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(
    out: &mut dyn Write,
    workload: &Workload,
    grouped: Option<&Grouped>,
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
    headline(out, workload, lang)?;
    if let Some(grouped) = grouped {
        groups::table(out, grouped, workload, selection, lang, width)?;
    } else {
        let mark = |line: &Line| if line.rank_otherwise.is_some() { "*" } else { "" };
        let rows = ranked.iter().map(|(rank, line)| (format!("{rank}{}", mark(line)), *line));
        grid(header, rows, lang).write(out, width)?;
    }
    if !apart.is_empty() && grouped.is_none() {
        writeln!(out, "\n{}", lang.pick("统称与泛指（不参与排名）", "collective and generic bodies (not ranked)"))?;
        grid(header, apart.iter().map(|line| (String::new(), *line)), lang).write(out, width)?;
    }
    assumption(out, workload, lang)?;
    if let Some(below) = workload.doubtful {
        ranges(out, below, &ranked, lang, width)?;
    }
    if selection.claims.is_some() {
        claims::table(out, selection.traced(workload), lang, width)?;
    }
    Ok(())
}

/// Who carries most, and how unequally loads are spread: of all departments, whichever are shown.
fn headline(out: &mut dyn Write, workload: &Workload, lang: Lang) -> io::Result<()> {
    let (Some(spread), Some(line)) = (workload.concentration, workload.departments.first()) else { return Ok(()) };
    let Concentration { gini, hhi, top1_share, top3_share } = spread;
    let (departments, tasks, label, load) = (workload.departments.len(), workload.tasks, &line.label, line.load);
    let (first, three) = (top1_share * 100.0, top3_share * 100.0);
    match lang {
        Lang::Zh => {
            writeln!(out, "{label} 负荷最大：{load:.2}，占全部的 {first:.1}%；前三者占 {three:.1}%")?;
            writeln!(out, "{departments} 个部门，{tasks} 项任务；基尼系数 {gini:.3}，赫芬达尔指数 {hhi:.3}\n")
        }
        Lang::En => {
            writeln!(out, "{label} carries most: {load:.2}, {first:.1}% of all; the largest three {three:.1}%")?;
            writeln!(out, "departments: {departments}, tasks: {tasks}; Gini {gini:.3}, Herfindahl-Hirschman {hhi:.3}\n")
        }
    }
}

/// Says what was assumed of plain lists, and what the marks mean.
fn assumption(out: &mut dyn Write, workload: &Workload, lang: Lang) -> io::Result<()> {
    let lists = workload.leaderless;
    let moved = workload.departments.iter().filter(|line| line.rank_otherwise.is_some()).count();
    if workload.first_leads {
        match lang {
            Lang::Zh => {
                writeln!(out, "\n{lists} 项任务的并列名单没有写明牵头，首位视为牵头；* 的 {moved} 个部门因此名次不同")?;
            }
            Lang::En => writeln!(
                out,
                "\ntasks whose plain list names no lead, the first of it taken to lead: {lists}; departments whose place this changes (*): {moved}"
            )?,
        }
    } else if moved > 0 {
        match lang {
            Lang::Zh => writeln!(
                out,
                "\n* {moved} 个部门的名次会因 {lists} 项任务的并列名单首位是否视为牵头而不同（`--assume-first-leads`）"
            )?,
            Lang::En => writeln!(
                out,
                "\n* departments whose place would change if the first of plain lists led ({lists} tasks, `--assume-first-leads`): {moved}"
            )?,
        }
    }
    Ok(())
}

/// Shows the departments whose load rests on doubtful claims or whose place these may change.
fn ranges(
    out: &mut dyn Write,
    below: f64,
    ranked: &[(usize, &Line)],
    lang: Lang,
    width: Option<usize>,
) -> io::Result<()> {
    let heading = match lang {
        Lang::Zh => format!("置信度低于 {below} 的判断可能不成立，也可能是最重的角色；负荷和名次因此可能在"),
        Lang::En => {
            format!("claims below {below} may not hold, or hold in the heaviest role; so load and place may be")
        }
    };
    writeln!(out, "\n{heading}")?;
    let zh = ["部门", "存疑判断", "负荷", "名次", "名次范围"];
    let en = ["department", "doubtful claims", "load", "rank", "from – to"];
    let mut table = (1..5).fold(Table::new(if lang == Lang::Zh { zh } else { en }), Table::right);
    for (rank, line) in ranked {
        let Some(range) = line.range.filter(|range| range.claims > 0 || range.rank != (*rank, *rank)) else { continue };
        let (least, most) = range.load;
        let load = if range.claims == 0 { format!("{most:.2}") } else { format!("{least:.2} – {most:.2}") };
        let places = format!("{} – {}", range.rank.0, range.rank.1);
        table.row([line.label.clone(), range.claims.to_string(), load, rank.to_string(), places]);
    }
    if table.is_empty() {
        return writeln!(
            out,
            "{}",
            lang.pick("没有存疑的判断，名次不变", "no claim is doubtful, no place would change")
        );
    }
    table.write(out, width)
}

fn grid<'a>(header: [&str; 10], rows: impl Iterator<Item = (String, &'a Line)>, lang: Lang) -> Table {
    let mut table = (2..10).fold(Table::new(header).right(0), Table::right).spare([9, 8, 3], lang);
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

/// The columns of [`csv()`].
const COLUMNS: [&str; 15] = [
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
    "rank_otherwise",
    "doubtful_claims",
    "rank_best",
    "rank_worst",
];

/// Writes one line for every department shown, ranked ones first; with groups for every one of a group, with words behind
/// the lines for every claim.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv(
    out: &mut dyn Write,
    workload: &Workload,
    grouped: Option<&Grouped>,
    selection: &Selection,
) -> io::Result<()> {
    if selection.claims.is_some() {
        return claims::csv(out, selection.traced(workload));
    }
    if let Some(grouped) = grouped {
        return groups::csv(out, grouped, selection);
    }
    csv::line(out, COLUMNS)?;
    for cells in rows(workload, selection) {
        csv::line(out, cells)?;
    }
    Ok(())
}

/// The cells of every line shown.
fn rows(workload: &Workload, selection: &Selection) -> Vec<Vec<String>> {
    let (ranked, apart) = selection.lines(workload);
    let ranked = ranked.into_iter().map(|(rank, line)| (rank.to_string(), line));
    let row = |(rank, line): (String, &Line)| {
        let [lead, co_lead, responsible, supporting, tasks, indicators, deadlines] = counts(line);
        let weighted = ((line.load * 1e6).round() / 1e6).to_string();
        let names = [rank, line.organisation.clone(), line.label.clone()];
        let number = |value: Option<usize>| value.map(|value| value.to_string()).unwrap_or_default();
        let range = line.range;
        let last = [
            number(line.rank_otherwise),
            number(range.map(|range| range.claims)),
            number(range.map(|range| range.rank.0)),
            number(range.map(|range| range.rank.1)),
        ];
        let figures = [lead, co_lead, responsible, supporting, tasks, weighted, indicators, deadlines];
        names.into_iter().chain(figures).chain(last).collect()
    };
    ranked.chain(apart.into_iter().map(|line| (String::new(), line))).map(row).collect()
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
            rank_otherwise: None,
            range: None,
        };
        let departments = vec![line("市卫生健康委", 2, 1, 2.25), line("市财政局", 0, 3, 0.75)];
        Workload {
            weights: Weights::default(),
            concentration: Concentration::of(&[2.25, 0.75]),
            departments,
            apart: vec![line("各县政府", 0, 1, 0.25)],
            tasks: 4,
            succession: None,
            first_leads: false,
            leaderless: 0,
            doubtful: None,
        }
    }

    fn text(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn table_for_people() {
        let shown = text(|out| table(out, &sample(), None, &Selection::default(), Lang::Zh, None));
        insta::assert_snapshot!(shown, @r#"
        市卫生健康委 负荷最大：2.25，占全部的 75.0%；前三者占 100.0%
        2 个部门，4 项任务；基尼系数 0.250，赫芬达尔指数 0.625

        名次  部门          牵头  共同牵头  负责  配合  任务  负荷  指标  时限
           1  市卫生健康委     2         0     0     1     3  2.25     2     1
           2  市财政局         0         0     0     3     3  0.75     2     1

        统称与泛指（不参与排名）
        名次  部门      牵头  共同牵头  负责  配合  任务  负荷  指标  时限
              各县政府     0         0     0     1     1  0.25     2     1
        "#);
    }

    #[test]
    fn json_as_the_contract_has_it() {
        let shown = text(|out| json(out, &sample(), None, &Selection::default()));
        insta::assert_snapshot!(shown.replace("},", "},\n"), @r#"
        {"weights":{"lead":1,"co-lead":1,"responsible":0.5,"supporting":0.25},
        "departments":[{"organisation":"https://w3id.org/zeren/organisation/市卫生健康委","label":"市卫生健康委","lead":2,"co_lead":0,"responsible":0,"supporting":1,"tasks":3,"load":2.25,"indicators":2,"deadlines":1,"rank":1},
        {"organisation":"https://w3id.org/zeren/organisation/市财政局","label":"市财政局","lead":0,"co_lead":0,"responsible":0,"supporting":3,"tasks":3,"load":0.75,"indicators":2,"deadlines":1,"rank":2}],"concentration":{"gini":0.25,"hhi":0.625,"top1_share":0.75,"top3_share":1},
        "collective":[{"organisation":"https://w3id.org/zeren/organisation/各县政府","label":"各县政府","lead":0,"co_lead":0,"responsible":0,"supporting":1,"tasks":1,"load":0.25,"indicators":2,"deadlines":1}],"tasks":4,"assume_first_leads":false,"lists_without_lead":0}
        "#);
    }

    #[test]
    fn a_selection_keeps_the_place_in_the_ranking() {
        let bodies = Some(vec![crate::iri::organisation("市财政局")]);
        let shown = text(|out| csv(out, &sample(), None, &Selection { bodies, ..Selection::default() }));
        insta::assert_snapshot!(shown, @r#"
        rank,organisation,label,lead,co_lead,responsible,supporting,tasks,load,indicators,deadlines,rank_otherwise,doubtful_claims,rank_best,rank_worst
        2,https://w3id.org/zeren/organisation/市财政局,市财政局,0,0,0,3,3,0.75,2,1,,,,
        "#);
    }
}
