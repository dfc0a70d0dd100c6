//! A plan that moves leads, as table, JSON and CSV.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::claims::{self, TracedClaims};
use super::table::Table;
use crate::analysis::balance::{Balance, Eligible, Fixed, Move, Otherwise, Point, Proof, Reason};
use crate::diagnostic::{Lang, Message};
use crate::knowledge::Knowledge;
use crate::query::Claim;

mod json;
pub use json::{csv, json};

/// Most departments that the table names.
const MOST_DEPARTMENTS: usize = 12;

/// Most points of the frontier that the table shows.
const MOST_POINTS: usize = 12;

/// Most leads that stay for a reason of their own which the table names.
const MOST_FIXED: usize = 12;

/// What stands around a plan.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// What the documents are called, by their IRIs.
    pub documents: BTreeMap<String, String>,
    /// What was changed before, and the largest load before that.
    pub what_if: Option<(Vec<Message>, f64)>,
    /// What the plan would be without doubtful claims, where that is asked.
    pub otherwise: Option<Otherwise>,
    /// The words behind moves, leads that stay and loads, where those are asked for.
    pub trace: Option<TracedClaims>,
}

impl Setting {
    /// The words behind a move: where both bodies are named in its task.
    pub(super) fn behind(&self, one: &Move) -> Option<Vec<&Claim>> {
        Some(self.trace.as_ref()?.claims.of(&one.task.id, &[&one.from.id, &one.to.id]))
    }

    /// The words behind a lead that stays: where it is named, then who leads the task above that settles it.
    pub(super) fn stays(&self, fixed: &Fixed) -> Option<Vec<&Claim>> {
        let claims = &self.trace.as_ref()?.claims;
        let above = fixed.why.parent().map(|task| claims.leads(task)).unwrap_or_default();
        Some(claims.of(&fixed.task, &[&fixed.lead.id]).into_iter().chain(above).collect())
    }

    /// The words behind the plan, each with the move or the lead that rests on them.
    pub(super) fn traced<'a>(&'a self, balance: &'a Balance) -> Vec<(String, &'a Claim)> {
        let moves = balance.moves.iter().flat_map(|one| {
            let title = format!("{} {} → {}", one.task.label, one.from.label, one.to.label);
            self.behind(one).unwrap_or_default().into_iter().map(move |claim| (title.clone(), claim))
        });
        let shown = balance.fixed.iter().filter(|fixed| fixed.why != Reason::NobodyElse);
        let stays = shown.flat_map(|fixed| {
            let title = format!("{} {}", fixed.label, fixed.lead.label);
            self.stays(fixed).unwrap_or_default().into_iter().map(move |claim| (title.clone(), claim))
        });
        moves.chain(stays).collect()
    }
}

/// Writes the answer, the moves, the departments that change, the frontier and the leads that stay, for people.
///
/// `width` is that of the terminal in cells, if it is one.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(
    out: &mut dyn Write,
    balance: &Balance,
    setting: &Setting,
    lang: Lang,
    width: Option<usize>,
) -> io::Result<()> {
    if let Some((changes, peak)) = &setting.what_if {
        for change in changes {
            writeln!(out, "{}", change.in_lang(lang))?;
        }
        let (was, now) = (figure(*peak), figure(balance.before.peak));
        let (zh, en) = if was == now {
            (format!("仅此，峰值仍为 {was}"), format!("this alone leaves the peak at {was}"))
        } else {
            (format!("仅此，峰值从 {was} 变为 {now}"), format!("this alone takes the peak from {was} to {now}"))
        };
        writeln!(out, "{}", lang.pick(&zh, &en))?;
    }
    writeln!(out, "{}", headline(balance).in_lang(lang))?;
    for note in notes(balance) {
        writeln!(out, "{}", note.in_lang(lang))?;
    }
    if let Some(otherwise) = &setting.otherwise {
        writeln!(out, "{}", firmness(balance, otherwise).in_lang(lang))?;
    }
    if balance.frontier.len() > 1 {
        let title = lang.pick("移交次数与可达到的最低峰值：", "lowest peak by number of moves: ");
        writeln!(out, "{title}{}", frontier(&balance.frontier))?;
    }
    if !balance.moves.is_empty() {
        writeln!(out)?;
        departments(balance, lang).write(out, width)?;
        writeln!(out)?;
        moves(balance, setting, lang).write(out, width)?;
    }
    let (movable, fixed) = (balance.movable, stays(&balance.fixed));
    let zh = format!("\n可移交的牵头 {movable} 项；不动的 {}", fixed.zh);
    let en = format!("\nleads that may move: {movable}; that stay: {}", fixed.en);
    writeln!(out, "{}", lang.pick(&zh, &en))?;
    let decided: Vec<&Fixed> = balance.fixed.iter().filter(|fixed| fixed.why != Reason::NobodyElse).collect();
    for fixed in decided.iter().take(MOST_FIXED) {
        let why = stays_because(fixed);
        writeln!(out, "  {} {}{}{}", fixed.label, fixed.lead.label, lang.pick("：", ": "), why.in_lang(lang))?;
    }
    let more = decided.len().saturating_sub(MOST_FIXED);
    if more > 0 {
        let what = Message::new(format!("另有 {more} 项（`--format json`）"), format!("{more} more (`--format json`)"));
        writeln!(out, "  {}", what.in_lang(lang))?;
    }
    if setting.trace.is_some() {
        claims::table(out, setting.traced(balance), lang, width)?;
    }
    Ok(())
}

/// The answer in one line.
fn headline(balance: &Balance) -> Message {
    let (before, after, moves) = (figure(balance.before.peak), figure(balance.after.peak), balance.moves.len());
    let bound = figure(balance.lower_bound);
    if balance.proof == Proof::Open {
        return Message::new(
            format!("峰值 {before} → {after}，移交 {moves} 项牵头；未证明最优：没有方案能低于 {bound}"),
            format!("peak {before} → {after}, {moves} moves, not proven: no permitted plan comes below {bound}"),
        );
    }
    if moves == 0 {
        return match balance.max_moves {
            Some(0) => Message::new(format!("不移交牵头，峰值为 {before}"), format!("peak {before} without a move")),
            Some(limit) => Message::new(
                format!("峰值 {before} 不变，已证明：移交不超过 {limit} 项时都不能使其降低"),
                format!("peak {before} stays, proven: no permitted plan of at most {limit} moves lowers it"),
            ),
            None => Message::new(
                format!("峰值 {before} 不变，已证明：允许的移交都不能使其降低"),
                format!("peak {before} stays, proven: no permitted move lowers it"),
            ),
        };
    }
    let limit = balance.max_moves.filter(|&limit| limit == moves);
    let (zh, en) = match limit {
        Some(limit) => (format!("移交不超过 {limit} 项时"), format!(" with {limit} moves or fewer")),
        None => (String::new(), String::new()),
    };
    let noun = if moves == 1 { "move" } else { "moves" };
    Message::new(
        format!("峰值 {before} → {after}，移交 {moves} 项牵头，已证明：{zh}没有方案能低于 {bound}"),
        format!("peak {before} → {after}, {moves} {noun}, proven: no permitted plan{en} comes below {bound}"),
    )
}

/// How firm the plan is.
fn firmness(balance: &Balance, otherwise: &Otherwise) -> Message {
    let Otherwise { below, doubtful, moves, same, .. } = otherwise;
    let (before, after) = (figure(otherwise.before), figure(otherwise.after));
    let (all, rest) = (balance.moves.len(), otherwise.rest_on_doubt.len());
    Message::new(
        format!(
            "若不计置信度低于 {below} 的 {doubtful} 项判断：峰值 {before} → {after}，移交 {moves} 项，其中与本方案相同 {same} 项；本方案 {all} 项中有 {rest} 项依据存疑的判断"
        ),
        format!(
            "without the {doubtful} claims below {below}: peak {before} → {after}, {moves} moves, {same} of them as here; of the {all} moves here {rest} rest on such a claim"
        ),
    )
}

/// How the bound is proven, and what is not.
fn notes(balance: &Balance) -> Vec<Message> {
    let label = |id: &str| {
        balance
            .departments
            .iter()
            .find(|line| line.organisation == id)
            .map_or(id, |line| line.label.as_str())
            .to_owned()
    };
    let bound = figure(balance.lower_bound);
    let mut notes = Vec::new();
    match &balance.proof {
        Proof::Weights(weights) if weights.len() == 1 => {
            let name = weights.first().map(|(id, _)| label(id)).unwrap_or_default();
            notes.push(Message::new(
                format!("依据：{name} 即使交出所有可移交的牵头，负荷仍为 {bound}"),
                format!("why: {name} carries {bound} even after handing over every lead that may move"),
            ));
        }
        Proof::Weights(weights) if weights.len() == balance.departments.len() => notes.push(Message::new(
            format!("依据：{} 个部门的负荷总和不变，平均之后最大者不低于 {bound}", weights.len()),
            format!(
                "why: the loads of the {} departments keep their sum, so one carries at least {bound}",
                weights.len()
            ),
        )),
        Proof::Weights(weights) => {
            let names: Vec<String> = weights.iter().take(3).map(|(id, _)| label(id)).collect();
            let (count, zh, en) = (weights.len(), names.join("、"), names.join(", "));
            notes.push(Message::new(
                format!("依据：{zh} 等 {count} 个部门只能彼此移交或移交有限，其中总有一个不低于 {bound}"),
                format!("why: of {count} departments ({en}, …) that can hand over only so much, one carries at least {bound}"),
            ));
        }
        Proof::Counting => notes.push(Message::new(
            format!("依据：要低于 {bound}，负荷过高的部门须交出更多牵头"),
            format!("why: to come below {bound}, the departments above it would have to hand over more leads"),
        )),
        Proof::Program => notes.push(Message::new(
            format!("依据：以低于 {bound} 为限的整数规划无解"),
            format!("why: the integer program for a peak below {bound} has no solution"),
        )),
        Proof::Open => {}
    }
    if balance.moves.is_empty() || balance.fewest && balance.least_binding {
        return notes;
    }
    notes.push(if balance.fewest {
        Message::new(
            "移交次数已证明最少；所动任务是否约束最少，未证明",
            "no plan has fewer moves; whether another moves less binding tasks is not proven",
        )
    } else {
        Message::new("移交次数是否最少，未证明", "whether another plan with this peak has fewer moves is not proven")
    });
    notes
}

fn moves(balance: &Balance, setting: &Setting, lang: Lang) -> Table {
    let several =
        balance.moves.windows(2).any(|pair| pair.iter().any(|one| one.task.document != pair[0].task.document));
    // the former lead takes the role that the new one had
    let mut header = vec![
        lang.pick("任务", "task"),
        lang.pick("由", "from"),
        lang.pick("移交", "to"),
        lang.pick("原为", "was"),
        lang.pick("内容", "words"),
    ];
    if several {
        header.insert(0, lang.pick("文件", "document"));
    }
    let mut table = Table::new(header).spare([0].into_iter().filter(|_| several), lang);
    for one in &balance.moves {
        let mut row = vec![
            one.task.label.clone(),
            one.from.label.clone(),
            one.to.label.clone(),
            one.takes
                .map_or(lang.pick("同职能", "same function"), |role| lang.pick(role.zh(), role.as_str()))
                .to_owned(),
            one.task.text.clone(),
        ];
        if several {
            let name = setting.documents.get(&one.task.document).unwrap_or(&one.task.document);
            row.insert(0, name.clone());
        }
        table.row(row);
    }
    table
}

/// Why a lead may move, and what becomes of the former one.
pub(super) fn why(one: &Move) -> Message {
    let from = &one.from.label;
    if let Some(takes) = one.takes {
        return Message::new(
            format!("本就在此任务中（{0}）；{from}改为{0}", takes.zh()),
            format!("on the task already ({0}); {from} becomes {0}", takes.as_str()),
        );
    }
    let function = one.to.function.as_deref().and_then(|key| Knowledge::shipped().functions.by_key(key));
    let (zh, en) = function.map_or(("", ""), |function| (function.zh.as_str(), function.en.as_str()));
    Message::new(
        format!("同地同职能（{zh}）；{from}不再承担"),
        format!("same place and function ({en}); {from} leaves the task"),
    )
}

fn departments(balance: &Balance, lang: Lang) -> Table {
    let header = [
        lang.pick("部门", "department"),
        lang.pick("移交前", "before"),
        lang.pick("移交后", "after"),
        lang.pick("交出", "gives"),
        lang.pick("接手", "takes"),
    ];
    let mut table = (1..5).fold(Table::new(header), Table::right);
    let changed = |line: &&crate::analysis::balance::Line| line.gives + line.takes > 0;
    for line in balance.departments.iter().filter(changed).take(MOST_DEPARTMENTS) {
        let count = |count: usize| if count == 0 { String::new() } else { count.to_string() };
        table.row([line.label.clone(), figure(line.before), figure(line.after), count(line.gives), count(line.takes)]);
    }
    let more = balance.departments.iter().filter(changed).count().saturating_sub(MOST_DEPARTMENTS);
    if more > 0 {
        let what = Message::new(format!("另有 {more} 个"), format!("{more} more"));
        let blank = String::new;
        table.row([what.in_lang(lang).to_owned(), blank(), blank(), blank(), blank()]);
    }
    table
}

/// Some points of the frontier, first and last among them: `0: 23.5  1: 22.5 …`; `≤` where a lower peak is not excluded.
fn frontier(points: &[Point]) -> String {
    let last = points.len().saturating_sub(1);
    let every = last.div_ceil(MOST_POINTS - 1).max(1);
    let shown = points.iter().enumerate().filter(|(index, _)| index % every == 0 || *index == last);
    let text = |(_, point): (usize, &Point)| {
        format!("{}: {}{}", point.moves, if point.proven { "" } else { "≤" }, figure(point.peak))
    };
    shown.map(text).collect::<Vec<_>>().join("  ")
}

/// How many leads stay for which reason.
fn stays(fixed: &[Fixed]) -> Message {
    let count = |reason: fn(&Reason) -> bool| fixed.iter().filter(|fixed| reason(&fixed.why)).count();
    let kept = count(|why| matches!(why, Reason::Kept));
    let parent = count(|why| matches!(why, Reason::Parent { .. }));
    let nobody = count(|why| matches!(why, Reason::NobodyElse));
    Message::new(
        format!("{} 项（上级文件确定 {parent}，指定保留 {kept}，无人可接 {nobody}）", fixed.len()),
        format!("{} (fixed by the parent document {parent}, kept {kept}, nobody else may lead {nobody})", fixed.len()),
    )
}

/// Why a lead stays.
pub(super) fn stays_because(fixed: &Fixed) -> Message {
    match &fixed.why {
        Reason::Kept => Message::new("按要求保留", "kept as asked"),
        Reason::Parent { name, .. } => Message::new(
            format!("上级文件由同一职能牵头（{name}）"),
            format!("the parent document gives it to the same function ({name})"),
        ),
        Reason::NobodyElse => Message::new("没有其他部门可以牵头", "no other department may lead it"),
    }
}

/// Who may take a lead, as an argument names it.
pub(super) fn eligible(eligible: Eligible) -> &'static str {
    match eligible {
        Eligible::OnTask => "task",
        Eligible::Function => "function",
    }
}

/// A load without needless digits.
fn figure(load: f64) -> String {
    ((load * 1e3).round() / 1e3).to_string()
}
