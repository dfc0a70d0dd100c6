//! The network for people: who forms the core, and who must work with whom.

use std::io::{self, Write};

use super::{FIRST_PAIRS, Rows, View};
use crate::analysis::overlap::{Contact, Figures, Pair, Position, Shifts};
use crate::diagnostic::Lang;
use crate::extract::Role;
use crate::render::table::Table;
use crate::render::{claims, shorten};

/// Departments that the first screen lists.
const FIRST_DEPARTMENTS: usize = 12;

/// Names that a line lists.
const NAMES: usize = 8;

/// Cells of a task's words.
const WORDS: usize = 60;

/// Writes what was asked for; `width` is that of the terminal in cells, if it is one.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(out: &mut dyn Write, view: &View<'_>, lang: Lang, width: Option<usize>) -> io::Result<()> {
    match view.rows {
        Rows::Summary if view.bodies.is_some() => {
            partners(out, view, lang, width)?;
            calls(out, view, lang, width)?;
        }
        Rows::Summary => summary(out, view, lang, width)?,
        Rows::Departments => departments(view, usize::MAX, lang).write(out, width)?,
        Rows::Pairs => pairs(view.pairs(usize::MAX), view, lang).write(out, width)?,
        Rows::Leads => leads(view, lang).write(out, width)?,
    }
    if let Some(shifts) = &view.shifts {
        sensitivity(out, shifts, view, lang, width)?;
    }
    if view.claims.is_some() {
        let most = if view.rows == Rows::Summary { FIRST_PAIRS } else { usize::MAX };
        claims::table(out, view.traced(most), lang, width)?;
    }
    Ok(())
}

fn summary(out: &mut dyn Write, view: &View<'_>, lang: Lang, width: Option<usize>) -> io::Result<()> {
    let overlap = view.overlap;
    let Figures { nodes, edges, density, core, .. } = overlap.figures;
    let members = names(overlap.departments.iter().filter(|one| one.central).map(|one| one.label.as_str()), lang);
    match lang {
        Lang::Zh => writeln!(out, "核心部门（{core}/{nodes}）：{members}")?,
        Lang::En => writeln!(out, "core ({core} of {nodes} departments): {members}")?,
    }
    for pair in overlap.pairs.iter().take(3) {
        writeln!(out, "{}", sentence(pair, lang))?;
    }
    let exactness = match (overlap.is_exact(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("；中介中心性由 {} 个部门抽样估计", overlap.figures.sources),
        (false, Lang::En) => format!("; betweenness estimated from {} departments", overlap.figures.sources),
    };
    let figures = &overlap.figures;
    let (spread, between) = (figures.degree_centralisation, figures.betweenness_centralisation);
    let fit = figures.core_fit.map_or_else(|| "–".to_owned(), |fit| format!("{fit:.2}"));
    let modularity = figures.modularity.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
    let parts = match (figures.components, lang) {
        (1, Lang::Zh) => "全部相连".to_owned(),
        (1, Lang::En) => "all connected".to_owned(),
        (parts, Lang::Zh) => format!("分为 {parts} 个互不相连的部分"),
        (parts, Lang::En) => format!("separate parts: {parts}"),
    };
    match lang {
        Lang::Zh => writeln!(
            out,
            "{nodes} 个部门，{edges} 对有共同任务，密度 {density:.3}；度中心势 {spread:.3}，中介中心势 {between:.3}；核心–外围拟合 {fit}；{} 个社群，模块度 {modularity}；{parts}{exactness}",
            figures.communities
        )?,
        Lang::En => writeln!(
            out,
            "departments: {nodes}, pairs with a common task: {edges}, density {density:.3}; centralisation of degree {spread:.3}, of betweenness {between:.3}; fit of core and periphery {fit}; communities: {}, modularity {modularity}; {parts}{exactness}",
            figures.communities
        )?,
    }
    writeln!(out)?;
    departments(view, FIRST_DEPARTMENTS, lang).write(out, width)?;
    writeln!(
        out,
        "\n{}",
        lang.pick("必须协同的部门（共同任务最多的对）", "who must work with whom: pairs with the most common tasks")
    )?;
    pairs(view.pairs(FIRST_PAIRS), view, lang).write(out, width)?;
    communities(out, view, lang)?;
    weak_points(out, view, lang)
}

fn sentence(pair: &Pair, lang: Lang) -> String {
    let (a, b, tie) = (&pair.a.1, &pair.b.1, pair.tie);
    let (tasks, a_leads, b_leads, co_lead) = (tie.tasks, tie.a_leads, tie.b_leads, tie.co_lead);
    match lang {
        Lang::Zh => {
            format!("{a} 与 {b}：{tasks} 项共同任务，前者牵头 {a_leads}，后者牵头 {b_leads}，共同牵头 {co_lead}")
        }
        Lang::En => format!(
            "{a} and {b}: {tasks} common tasks, the first leads {a_leads}, the second {b_leads}, both {co_lead}"
        ),
    }
}

/// Some names, and how many more there are.
fn names<'a>(all: impl Iterator<Item = &'a str>, lang: Lang) -> String {
    let all: Vec<&str> = all.collect();
    let shown = all.iter().take(NAMES).copied().collect::<Vec<_>>().join(lang.pick("、", ", "));
    let more = all.len().saturating_sub(NAMES);
    match (more, lang) {
        (0, _) => shown,
        (_, Lang::Zh) => format!("{shown} 等 {} 个", all.len()),
        (_, Lang::En) => format!("{shown} and {more} more"),
    }
}

fn departments(view: &View<'_>, otherwise: usize, lang: Lang) -> Table {
    let zh = [
        "名次",
        "部门",
        "位置",
        "任务",
        "合作部门",
        "共同任务",
        "牵动",
        "受牵",
        "中介",
        "接近",
        "特征向量",
        "k核",
        "社群",
    ];
    let en = [
        "rank",
        "department",
        "position",
        "tasks",
        "degree",
        "weighted",
        "leads",
        "led by",
        "between\u{ad}ness",
        "close\u{ad}ness",
        "eigen\u{ad}vector",
        "k-core",
        "commu\u{ad}nity",
    ];
    let table = Table::new(if lang == Lang::Zh { zh } else { en }).right(0);
    let mut table = (3..13).fold(table, Table::right).spare([9, 10, 12, 11, 7, 6, 5], lang);
    for (rank, one) in view.departments(otherwise) {
        let Position { tasks, degree, leads, led_by, core, community, .. } = one;
        let place = if one.central { lang.pick("核心", "core") } else { lang.pick("外围", "periphery") };
        let head = [rank.to_string(), one.label.clone(), place.to_owned(), tasks.to_string(), degree.to_string()];
        let weights = [one.weighted_degree.to_string(), leads.to_string(), led_by.to_string()];
        let measures = [one.betweenness, one.closeness, one.eigenvector].map(|value| format!("{value:.3}"));
        table.row(head.into_iter().chain(weights).chain(measures).chain([core.to_string(), community.to_string()]));
    }
    table
}

fn pairs<'a>(pairs: impl Iterator<Item = &'a Pair>, view: &View<'_>, lang: Lang) -> Table {
    let zh = ["甲", "乙", "共同任务", "甲牵头", "乙牵头", "共同牵头", "Jaccard", "事项"];
    let en = ["a", "b", "tasks", "a leads", "b leads", "co-lead", "Jaccard", "which"];
    let table = (2..7).fold(Table::new(if lang == Lang::Zh { zh } else { en }), Table::right);
    let mut table = table.spare([6, 7, 5], lang);
    for pair in pairs {
        let tie = [pair.tie.tasks, pair.tie.a_leads, pair.tie.b_leads, pair.tie.co_lead].map(|count| count.to_string());
        let behind: Vec<&str> = view.behind(pair).into_iter().map(|task| task.label.as_str()).collect();
        let rest = [format!("{:.2}", pair.jaccard), shorten(&behind.join(" "), WORDS)];
        table.row([pair.a.1.clone(), pair.b.1.clone()].into_iter().chain(tie).chain(rest));
    }
    table
}

fn leads(view: &View<'_>, lang: Lang) -> Table {
    let header =
        if lang == Lang::Zh { ["牵头部门", "其他部门", "任务"] } else { ["leading", "other", "tasks"] };
    let mut table = Table::new(header).right(2);
    for (from, to, tasks) in view.leads() {
        table.row([from.1.clone(), to.1.clone(), tasks.to_string()]);
    }
    table
}

fn communities(out: &mut dyn Write, view: &View<'_>, lang: Lang) -> io::Result<()> {
    let departments = &view.overlap.departments;
    writeln!(
        out,
        "\n{}",
        lang.pick(
            "社群（部门多的在前，各以合作最多者为首）",
            "communities, the largest first, each with its best connected members"
        )
    )?;
    let count = view.overlap.figures.communities;
    let members = |number: usize| departments.iter().filter(move |one| one.community == number);
    let shown = (1..=count).take_while(|&number| number <= NAMES && members(number).nth(1).is_some());
    for number in shown {
        let size = members(number).count();
        let labels = names(members(number).map(|one| one.label.as_str()), lang);
        writeln!(out, "  {number} ({size})  {labels}")?;
    }
    Ok(())
}

fn weak_points(out: &mut dyn Write, view: &View<'_>, lang: Lang) -> io::Result<()> {
    let cuts = &view.overlap.cuts;
    if !cuts.is_empty() {
        let zh = "单点（没有它，所列部门就与其他部门失去联系）";
        writeln!(
            out,
            "\n{}",
            lang.pick(zh, "single points of failure: without one, those listed lose touch with the rest")
        )?;
    }
    for weak in cuts.iter().take(NAMES) {
        let off = names(weak.off.iter().flatten().map(String::as_str), lang);
        writeln!(out, "  {} → {off}", weak.body.1)?;
    }
    if cuts.len() > NAMES {
        let more = cuts.len() - NAMES;
        writeln!(out, "  {}", lang.pick(&format!("另有 {more} 个"), &format!("and {more} more")))?;
    }
    let only: Vec<String> =
        view.overlap.only_co_leads().map(|one| format!("{} ({})", one.label, one.co_lead)).collect();
    if !only.is_empty() {
        let list = names(only.iter().map(String::as_str), lang);
        let zh = "只共同牵头、从不单独牵头的部门（共同牵头的任务数）：";
        writeln!(
            out,
            "\n{}{list}",
            lang.pick(zh, "bodies that only lead beside others, with the number of those tasks: ")
        )?;
    }
    Ok(())
}

fn partners(out: &mut dyn Write, view: &View<'_>, lang: Lang, width: Option<usize>) -> io::Result<()> {
    let zh = ["与谁协同", "共同任务", "由其牵头", "由本部门牵头", "共同牵头", "Jaccard"];
    let en = ["works with", "tasks", "it leads", "own lead", "co-lead", "Jaccard"];
    let mut table = (1..6).fold(Table::new(if lang == Lang::Zh { zh } else { en }), Table::right);
    for pair in view.pairs(usize::MAX) {
        let own = view.wants(&pair.a.0);
        let (other, leads, led) = if own {
            (&pair.b.1, pair.tie.b_leads, pair.tie.a_leads)
        } else {
            (&pair.a.1, pair.tie.a_leads, pair.tie.b_leads)
        };
        let counts = [pair.tie.tasks, leads, led, pair.tie.co_lead].map(|count| count.to_string());
        table.row([other.clone()].into_iter().chain(counts).chain([format!("{:.2}", pair.jaccard)]));
    }
    table.write(out, width)
}

fn calls(out: &mut dyn Write, view: &View<'_>, lang: Lang, width: Option<usize>) -> io::Result<()> {
    writeln!(out, "\n{}", lang.pick("每项任务该找谁（牵头的在前）", "whom to call for each task, leads first"))?;
    let zh = ["编号", "任务", "本部门", "找谁"];
    let en = ["task", "words", "own role", "call"];
    let mut table = Table::new(if lang == Lang::Zh { zh } else { en });
    for Contact { task, role, others, .. } in &view.contacts {
        let mut groups: Vec<String> = Vec::new();
        for group in others.chunk_by(|a, b| a.1 == b.1) {
            let labels: Vec<&str> = group.iter().map(|(body, _)| body.label.as_str()).collect();
            let role = group.first().map(|(_, role)| named(*role, lang)).unwrap_or_default();
            groups.push(format!("{role}{}{}", lang.pick("：", ": "), labels.join(lang.pick("、", ", "))));
        }
        let alone = lang.pick("（只有本部门）", "(nobody else)").to_owned();
        let call = if groups.is_empty() { alone } else { groups.join(lang.pick("；", "; ")) };
        table.row([task.label.clone(), shorten(&task.text, WORDS), named(*role, lang).to_owned(), call]);
    }
    table.whole().write(out, width)
}

fn named(role: Role, lang: Lang) -> &'static str {
    lang.pick(role.zh(), role.as_str())
}

fn sensitivity(
    out: &mut dyn Write,
    shifts: &Shifts,
    view: &View<'_>,
    lang: Lang,
    width: Option<usize>,
) -> io::Result<()> {
    let (below, claims, pairs) = (shifts.below, shifts.claims, shifts.pairs);
    match lang {
        Lang::Zh => writeln!(out, "\n不计置信度低于 {below} 的判断：{claims} 条判断、{pairs} 对部门只由其支持")?,
        Lang::En => {
            writeln!(out, "\nwithout claims below {below}: {claims} claims; pairs that rest on these alone: {pairs}")?;
        }
    }
    let zh = ["部门", "名次（不计 / 全部）", "合作部门", "位置"];
    let en = ["department", "rank, without / with", "degree", "position"];
    let mut table = Table::new(if lang == Lang::Zh { zh } else { en });
    for shift in shifts.departments.iter().filter(|shift| shift.moves() && view.wants(&shift.organisation)) {
        let rank = shift.rank.0.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
        let place =
            |central: bool| if central { lang.pick("核心", "core") } else { lang.pick("外围", "periphery") };
        table.row([
            shift.label.clone(),
            format!("{rank} / {}", shift.rank.1),
            format!("{} / {}", shift.degree.0, shift.degree.1),
            format!("{} / {}", place(shift.central.0), place(shift.central.1)),
        ]);
    }
    if table.is_empty() {
        return writeln!(
            out,
            "{}",
            lang.pick("名次、合作部门和位置都不变", "no rank, degree or position would change")
        );
    }
    table.write(out, width)
}
