//! The network of departments as DOT: the core within, links as wide as they have common tasks.

use graphviz_rust::dot_structures::{GraphAttributes, Stmt};

use super::View;
use crate::analysis::overlap::{Pair, Position};
use crate::diagnostic::Lang;
use crate::render::dot::{FONTS, attribute, edge, node, picture};

/// Links of one of so many departments are all drawn; of larger networks those with the most tasks.
const MOST_LINKS: usize = 400;

/// Colours of communities: light, so that labels stay legible, and different in grey too.
const FILLS: [&str; 8] = ["#dbe9f6", "#fde3c8", "#d9eed6", "#f6d9d9", "#e6dcef", "#f4efc4", "#d5eeee", "#e8e8e8"];

/// Draws departments and who shares tasks with whom: bold frames for the core, one colour a community, an arrow where one
/// leads the other more often.
pub fn dot(view: &View<'_>, lang: Lang) -> String {
    let shown: Vec<(usize, &Position)> = view.departments(usize::MAX).collect();
    let place = |id: &str| view.overlap.departments.iter().position(|one| one.organisation == id);
    let frame = GraphAttributes::Graph(vec![
        attribute("layout", "fdp"),
        attribute("K", "1.3"),
        attribute("overlap", "false"),
        attribute("splines", "true"),
        attribute("outputorder", "edgesfirst"),
        attribute("fontname", FONTS),
        attribute("pad", "0.3"),
    ]);
    let mut stmts: Vec<Stmt> = vec![frame.into()];
    let mut drawn: Vec<usize> = shown.iter().map(|(rank, _)| rank - 1).collect();
    let linked = |pair: &&Pair| match &view.bodies {
        Some(_) => true,
        None => [&pair.a.0, &pair.b.0].iter().all(|id| shown.iter().any(|(_, one)| one.organisation == **id)),
    };
    let pairs: Vec<&Pair> = view
        .overlap
        .pairs
        .iter()
        .filter(|pair| view.wants(&pair.a.0) || view.wants(&pair.b.0))
        .filter(linked)
        .take(MOST_LINKS)
        .collect();
    for pair in &pairs {
        drawn.extend(place(&pair.a.0));
        drawn.extend(place(&pair.b.0));
    }
    drawn.sort_unstable();
    drawn.dedup();
    for &index in &drawn {
        if let Some(one) = view.overlap.departments.get(index) {
            stmts.push(body(index, one, lang));
        }
    }
    for pair in pairs {
        if let (Some(a), Some(b)) = (place(&pair.a.0), place(&pair.b.0)) {
            stmts.push(link(a, b, pair, lang));
        }
    }
    picture("overlap", stmts)
}

fn body(index: usize, one: &Position, lang: Lang) -> Stmt {
    let fill = FILLS.get((one.community.max(1) - 1) % FILLS.len()).copied().unwrap_or("white");
    let count = match lang {
        Lang::Zh => format!("{} 项任务，{} 个部门", one.tasks, one.degree),
        Lang::En => format!("{} tasks, {} departments", one.tasks, one.degree),
    };
    let (width, style) = if one.central { ("2.5", "filled,rounded,bold") } else { ("0.8", "filled,rounded") };
    node(
        &format!("d{index}"),
        [
            attribute("label", &format!("{}\n{count}", one.label)),
            attribute("shape", "box"),
            attribute("style", style),
            attribute("penwidth", width),
            attribute("fillcolor", fill),
            attribute("fontname", FONTS),
            attribute("fontsize", "11"),
            attribute("tooltip", &one.label),
        ],
    )
}

fn link(a: usize, b: usize, pair: &Pair, lang: Lang) -> Stmt {
    let tie = pair.tie;
    let direction = match tie.a_leads.cmp(&tie.b_leads) {
        std::cmp::Ordering::Greater => "forward",
        std::cmp::Ordering::Less => "back",
        std::cmp::Ordering::Equal => "none",
    };
    let words = match lang {
        Lang::Zh => format!("{} – {}：{} 项共同任务", pair.a.1, pair.b.1, tie.tasks),
        Lang::En => format!("{} – {}: {} common tasks", pair.a.1, pair.b.1, tie.tasks),
    };
    let width = format!("{:.1}", 0.4 + 0.4 * f64::from(tie.tasks).sqrt());
    edge(
        &format!("d{a}"),
        &format!("d{b}"),
        vec![
            attribute("penwidth", &width),
            attribute("dir", direction),
            attribute("arrowsize", "0.6"),
            attribute("color", "#5b6b7a"),
            attribute("tooltip", &words),
        ],
    )
}
