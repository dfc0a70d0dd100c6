//! The ranking as a picture of bars, parted by role.

use std::fmt::Write as _;

use super::Selection;
use crate::analysis::{Line, Workload};
use crate::diagnostic::Lang;
use crate::extract::Role;
use crate::render::diagram::FONTS;
use crate::render::{cells, escape, shorten};

/// Departments that one picture shows, unless more are asked for.
const MOST: usize = 30;

/// Cells of a name: a Chinese character takes two.
const NAME_CELLS: usize = 36;

/// Measures in points.
const ROW: usize = 24;
const BAR: usize = 15;
const LENGTH: f64 = 460.0;
const CELL: f64 = 6.6;
const HEAD: usize = 58;

/// Colours by role, each lighter than the one before, so that a print in grey tells them apart.
const COLOURS: [(Role, &str); 4] =
    [(Role::Lead, "#08306b"), (Role::CoLead, "#2f6fb0"), (Role::Responsible, "#7fb0d8"), (Role::Supporting, "#cfdfee")];

/// Draws one bar for every department shown: its load, in parts by role. A place that the first of plain lists would change
/// bears an asterisk; a line shows how far the load may be off where that was asked.
pub fn svg(workload: &Workload, selection: &Selection, lang: Lang) -> String {
    let top = Some(selection.top.unwrap_or(MOST));
    let selection = Selection { bodies: selection.bodies.clone(), top, claims: None };
    let (ranked, _) = selection.lines(workload);
    let most = |line: &Line| line.range.map_or(line.load, |range| range.load.1.max(line.load));
    let longest = ranked.iter().map(|(_, line)| most(line)).fold(f64::MIN_POSITIVE, f64::max);
    let name = |rank: usize, line: &Line| {
        let mark = if line.rank_otherwise.is_some() { "*" } else { "" };
        format!("{rank}{mark}  {}", shorten(&line.label, NAME_CELLS))
    };
    let widest = ranked.iter().map(|(rank, line)| cells(&name(*rank, line))).max().unwrap_or_default();
    let left = width(widest) + 16.0;
    let (across, down) = (left + LENGTH + 90.0, HEAD + ranked.len() * ROW + 34);
    let title = title(workload, ranked.len(), lang);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{across:.0}\" height=\"{down}\" viewBox=\"0 0 {across:.0} {down}\" font-family=\"{}\" font-size=\"12\" role=\"img\">\n<title>{title}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n<text x=\"12\" y=\"24\" font-size=\"15\" font-weight=\"bold\">{title}</text>",
        escape(FONTS)
    );
    legend(&mut out, workload, lang);
    for (index, (rank, line)) in ranked.iter().enumerate() {
        let top = HEAD + index * ROW;
        let middle = top + 12;
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{middle}\" text-anchor=\"end\">{}</text>",
            left - 8.0,
            escape(&name(*rank, line))
        );
        let mut from = left;
        for (role, colour) in COLOURS {
            let count = count(line, role);
            let part = f64::from(u32::try_from(count).unwrap_or(u32::MAX)) * workload.weights.of(role);
            let length = part / longest * LENGTH;
            if length > 0.0 {
                let words =
                    format!("{} {} × {}", lang.pick(role.zh(), role.as_str()), count, workload.weights.of(role));
                let _ = writeln!(
                    out,
                    "<rect x=\"{from:.1}\" y=\"{top}\" width=\"{length:.1}\" height=\"{BAR}\" fill=\"{colour}\"><title>{}</title></rect>",
                    escape(&words)
                );
            }
            from += length;
        }
        let mut end = from;
        if let Some(range) = line.range.filter(|range| range.claims > 0) {
            let (low, high) = (left + range.load.0 / longest * LENGTH, left + range.load.1 / longest * LENGTH);
            let y = top + BAR / 2;
            let _ = writeln!(
                out,
                "<path d=\"M{low:.1} {y}H{high:.1}M{low:.1} {}v8M{high:.1} {}v8\" stroke=\"#b2182b\" stroke-width=\"1.5\"/>",
                y - 4,
                y - 4
            );
            end = end.max(high);
        }
        let _ = writeln!(out, "<text x=\"{:.1}\" y=\"{middle}\">{}</text>", end + 6.0, shown(line.load));
    }
    foot(&mut out, workload, down, lang);
    out.push_str("</svg>\n");
    out
}

fn title(workload: &Workload, shown: usize, lang: Lang) -> String {
    let departments = workload.departments.len();
    let tasks = workload.tasks;
    match lang {
        Lang::Zh if shown < departments => format!("部门负荷：{departments} 个部门中的前 {shown} 个，{tasks} 项任务"),
        Lang::Zh => format!("部门负荷：{departments} 个部门，{tasks} 项任务"),
        Lang::En if shown < departments => {
            format!("Workload: the first {shown} of {departments} departments, {tasks} tasks")
        }
        Lang::En => format!("Workload: {departments} departments, {tasks} tasks"),
    }
}

/// The colours of the roles, with their weights.
fn legend(out: &mut String, workload: &Workload, lang: Lang) {
    let mut x = 12.0;
    for (role, colour) in COLOURS {
        let words = format!("{} × {}", lang.pick(role.zh(), role.as_str()), workload.weights.of(role));
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"35\" width=\"12\" height=\"12\" fill=\"{colour}\" stroke=\"#888888\" stroke-width=\"0.5\"/>\n<text x=\"{:.1}\" y=\"45\">{}</text>",
            x + 16.0,
            escape(&words)
        );
        x += 34.0 + width(cells(&words));
    }
}

fn foot(out: &mut String, workload: &Workload, down: usize, lang: Lang) {
    let mut notes = Vec::new();
    if workload.first_leads {
        notes.push(lang.pick("并列名单的首位视为牵头", "the first of plain lists is taken to lead"));
    }
    if workload.departments.iter().any(|line| line.rank_otherwise.is_some()) {
        notes.push(if workload.first_leads {
            lang.pick("* 不作此假定则名次不同", "* another place without that assumption")
        } else {
            lang.pick(
                "* 若把并列名单的首位视为牵头，名次不同",
                "* another place if the first of plain lists is taken to lead",
            )
        });
    }
    if workload.doubtful.is_some() {
        notes.push(lang.pick("红线：存疑的判断可能造成的范围", "red: how far doubtful claims may move the load"));
    }
    if !notes.is_empty() {
        let words = notes.join(lang.pick("；", "; "));
        let _ = writeln!(out, "<text x=\"12\" y=\"{}\" fill=\"#555555\" font-size=\"11\">{words}</text>", down - 12);
    }
}

fn count(line: &Line, role: Role) -> usize {
    match role {
        Role::Lead => line.lead,
        Role::CoLead => line.co_lead,
        Role::Responsible => line.responsible,
        Role::Supporting => line.supporting,
    }
}

fn shown(load: f64) -> String {
    ((load * 100.0).round() / 100.0).to_string()
}

fn width(cells: usize) -> f64 {
    f64::from(u32::try_from(cells).unwrap_or(u32::MAX)) * CELL
}
