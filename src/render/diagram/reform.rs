//! A body through the reforms (机构改革): from what it came, what it became, which functions passed on, in the order of time.

use std::collections::{BTreeMap, BTreeSet};

use graphviz_rust::dot_structures::Stmt;

use super::columns::rank;
use super::dot::{attribute, chain, edge, lines, node};
use super::frame::{Frame, Sample};
use super::look::{BODY, MOVED, PASSED, REFORM, SUBJECT, Stroke};
use super::page::{Cut, NoPage, Paper, Unit, pages};
use super::{Options, Picture};
use crate::analysis::Profile;
use crate::diagnostic::Lang;
use crate::knowledge::ReformKind;
use crate::render::organisation::{certainty, function_named, kind_text, when};
use crate::resolve::Organisation;
use crate::succession::Change;

/// Cells in a line of a body and of a reform.
const BODY_CELLS: usize = 22;
const REFORM_CELLS: usize = 16;

/// Changes that fit a page.
const MOST: f64 = 24.0;

/// Draws the history of a body; how many tasks each of its line has in the store stands beneath its name.
///
/// # Errors
///
/// [`NoPage`] where the page asked for is not there.
pub fn reform(profile: &Profile, options: &Options<'_>) -> Result<Picture, NoPage> {
    let lang = options.lang;
    let history = &profile.history;
    let parts = pages(history, MOST, |changes: &mut f64, _| {
        *changes += 1.0;
        *changes
    });
    let cut = Cut::of(&parts, history.len(), options.sheet, Unit::Changes)?;
    let shown = history.get(cut.shown.clone()).unwrap_or_default();
    let mut sources: Vec<&str> = shown.iter().map(|change| change.reform.source.as_str()).collect();
    sources.retain(|source| !source.is_empty());
    sources.sort_unstable();
    sources.dedup();
    let source = match (sources.as_slice(), lang) {
        ([], Lang::Zh) => "来源：机构改革名录".to_owned(),
        ([], Lang::En) => "source: the registry of reforms".to_owned(),
        (all, Lang::Zh) => format!("来源：机构改革名录（{}）", all.join("；")),
        (all, Lang::En) => format!("source: the registry of reforms ({})", all.join("; ")),
    };
    let moves = shown.iter().any(|change| !change.reform.kind.is_succession());
    let passes = shown.iter().any(|change| change.reform.kind.is_succession());
    let mut legend = Vec::new();
    if passes {
        legend.push(Sample::Line(PASSED, lang.pick("整体沿革", "the whole work passes on")));
    }
    if moves {
        legend
            .push(Sample::Line(MOVED, lang.pick("组建、撤销或单项职能划转", "founded, ended, or one function moves")));
    }
    legend.push(Sample::Thing(SUBJECT, lang.pick("本机构", "this body")));
    legend.push(Sample::Thing(BODY, lang.pick("其他机构", "other bodies")));
    legend.push(Sample::Thing(REFORM, lang.pick("变动", "change")));
    let frame = Frame {
        kind: "reform",
        title: match lang {
            Lang::Zh => format!("{}：机构沿革", profile.department.label),
            Lang::En => format!("{}: through the reforms", profile.department.label),
        },
        details: vec![source],
        legend,
        cut,
        paper: Paper::Landscape,
        layout: &[("rankdir", "LR"), ("nodesep", "0.25"), ("ranksep", "0.6"), ("splines", "true")],
    };
    Ok(frame.around(drawn(profile, shown, options), options))
}

fn drawn(profile: &Profile, changes: &[Change], options: &Options<'_>) -> Vec<Stmt> {
    let mut bodies: Vec<&Organisation> = Vec::new();
    for body in changes.iter().flat_map(|change| change.before.iter().chain(&change.after)) {
        if !bodies.iter().any(|known| known.id == body.id) {
            bodies.push(body);
        }
    }
    let id = |body: &Organisation| {
        let place = bodies.iter().position(|known| known.id == body.id).unwrap_or_default();
        format!("o{place}")
    };
    let mut stmts: Vec<Stmt> = bodies.iter().map(|body| body_node(profile, body, &id(body), options)).collect();
    let mut rounds: BTreeMap<i16, Vec<String>> = BTreeMap::new();
    for (index, change) in changes.iter().enumerate() {
        let event = format!("e{index}");
        let stroke = if change.reform.kind.is_succession() { PASSED } else { MOVED };
        let words = words(change, options.lang);
        let own = [
            attribute("label", &words),
            attribute("margin", "0.02,0.02"),
            attribute("tooltip", &format!("{}\n{}", change.reform.source, change.reform.note)),
        ];
        stmts.push(node(&event, own.into_iter().chain(REFORM.attributes())));
        let before: BTreeSet<String> = change.before.iter().map(&id).collect();
        let after: BTreeSet<String> = change.after.iter().map(&id).collect();
        let headless = Stroke { head: "none", ..stroke };
        stmts.extend(before.iter().map(|body| edge(body, &event, headless.attributes())));
        stmts.extend(after.iter().map(|body| edge(&event, body, stroke.attributes())));
        rounds.entry(change.reform.round).or_default().push(event);
    }
    for (round, events) in &rounds {
        let head = format!("y{round}");
        let year = round.to_string();
        let look = [("label", year.as_str()), ("shape", "plaintext"), ("fontsize", "14"), ("fillcolor", "none")];
        let head = node(&head, look.map(|(key, value)| attribute(key, value)));
        let same = events.iter().map(|event| node(event, []));
        stmts.extend(rank(&format!("round{round}"), [head].into_iter().chain(same)));
    }
    let heads: Vec<String> = rounds.keys().map(|round| format!("y{round}")).collect();
    stmts.extend(chain(heads.iter().map(String::as_str)));
    stmts
}

fn body_node(profile: &Profile, body: &Organisation, id: &str, options: &Options<'_>) -> Stmt {
    let own = body.id == profile.department.id;
    let tasks = match profile.line.iter().find(|(other, _)| other.id == body.id) {
        _ if own => profile.parts.len(),
        Some((_, tasks)) => *tasks,
        None => 0,
    };
    let mut label = lines(&body.name, BODY_CELLS, 4);
    match (tasks, options.lang) {
        (0, _) => {}
        (tasks, Lang::Zh) => label = format!("{label}\n库中任务 {tasks} 项"),
        (tasks, Lang::En) => label = format!("{label}\ntasks in the store: {tasks}"),
    }
    let attributes = [attribute("label", &label), attribute("tooltip", &body.name)];
    let look = if own { SUBJECT } else { BODY };
    node(id, attributes.into_iter().chain(look.attributes()).chain(options.link(&body.id)))
}

/// When, what, of which function where only that passes on, and how sure.
fn words(change: &Change, lang: Lang) -> String {
    let mut all = vec![when(change.reform, lang), kind_text(change.reform.kind, lang).to_owned()];
    if change.reform.kind == ReformKind::Transfer {
        all.push(lines(function_named(&change.reform.function, lang), REFORM_CELLS, 2));
    }
    all.push(certainty(change, lang).to_owned());
    all.join("\n")
}
