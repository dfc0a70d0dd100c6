//! The main classes and how they hang together, as a drawing that follows the colours of the page.

use std::fmt::Write as _;

use crate::diagnostic::Lang;
use crate::graph::Ontology;
use crate::render::findings::escape;

/// The classes, by column and row.
const BOXES: [(&str, usize, usize); 14] = [
    ("Place", 0, 0),
    ("Document", 1, 0),
    ("Citation", 2, 0),
    ("CitedDocument", 3, 0),
    ("Section", 0, 1),
    ("Task", 1, 1),
    ("Indicator", 2, 1),
    ("", 3, 1),
    ("Convention", 0, 2),
    ("Responsibility", 1, 2),
    ("Deadline", 2, 2),
    ("Reform", 0, 3),
    ("Organisation", 1, 3),
    ("Function", 2, 3),
];

/// The links: from, property, to.
const LINKS: [(&str, &str, &str); 14] = [
    ("Document", "jurisdiction", "Place"),
    ("Document", "hasTask", "Task"),
    ("Document", "hasCitation", "Citation"),
    ("Citation", "cited", "CitedDocument"),
    ("Task", "inSection", "Section"),
    ("Task", "hasIndicator", "Indicator"),
    ("Task", "hasDeadline", "Deadline"),
    ("Task", "hasResponsibility", "Responsibility"),
    ("Convention", "governs", "Task"),
    ("Responsibility", "organisation", "Organisation"),
    ("Organisation", "function", "Function"),
    ("Reform", "", "Organisation"),
    ("Indicator", "at", ""),
    ("Deadline", "at", ""),
];

const WIDTH: usize = 150;
const HEIGHT: usize = 46;
const STEP: (usize, usize) = (250, 104);
const MARGIN: usize = 6;

/// The drawing as SVG.
pub(super) fn svg(ontology: &Ontology, lang: Lang) -> String {
    let label = |name: &str| {
        let term = ontology.terms.iter().find(|term| term.name == name);
        term.map(|term| term.label.in_lang(lang).to_owned()).unwrap_or_default()
    };
    let (width, height) = (3 * STEP.0 + WIDTH + 2 * MARGIN, 3 * STEP.1 + HEIGHT + 2 * MARGIN);
    let mut svg = format!(
        "<svg viewBox=\"0 0 {width} {height}\" role=\"group\" aria-label=\"{}\">\n\
         <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" \
         orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>\n",
        lang.pick("主要的类及其关系", "the main classes and their relations")
    );
    for (from, property, to) in LINKS {
        let (Some(start), Some(end)) = (corner(from), corner(to)) else { continue };
        let ((x1, y1), (x2, y2)) = ends(start, end);
        let words =
            if property.is_empty() { lang.pick("前后机构", "before, after").to_owned() } else { label(property) };
        let _ = writeln!(svg, "<path class=\"link\" marker-end=\"url(#tip)\" d=\"M{x1} {y1}L{x2} {y2}\"/>");
        let _ = writeln!(
            svg,
            "<text class=\"of\" x=\"{}\" y=\"{}\">{}</text>",
            x1.midpoint(x2),
            y1.midpoint(y2) + 4,
            escape(&words)
        );
    }
    for (name, column, row) in BOXES {
        let (x, y) = (MARGIN + column * STEP.0, MARGIN + row * STEP.1);
        // the one box that is not ours
        let (target, words) = if name.is_empty() {
            ("at", lang.pick("文中位置", "place in the text").to_owned())
        } else {
            (name, label(name))
        };
        let _ = writeln!(
            svg,
            "<a href=\"#{target}\"><rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"6\"/>\
             <text x=\"{}\" y=\"{}\">{}</text></a>",
            x + WIDTH / 2,
            y + HEIGHT / 2 + 5,
            escape(&words)
        );
    }
    svg.push_str("</svg>");
    svg
}

/// Column and row of a class.
fn corner(name: &str) -> Option<(usize, usize)> {
    BOXES.iter().find(|(known, _, _)| *known == name).map(|(_, column, row)| (*column, *row))
}

/// Where a link leaves a box and where it meets the other.
fn ends(from: (usize, usize), to: (usize, usize)) -> ((usize, usize), (usize, usize)) {
    let left = |(column, _): (usize, usize)| MARGIN + column * STEP.0;
    let middle = |(_, row): (usize, usize)| MARGIN + row * STEP.1 + HEIGHT / 2;
    if from.0 == to.0 {
        let x = left(from) + WIDTH / 2;
        return ((x, MARGIN + from.1 * STEP.1 + HEIGHT), (x, MARGIN + to.1 * STEP.1));
    }
    let rightwards = from.0 < to.0;
    let start = if rightwards { left(from) + WIDTH } else { left(from) };
    let end = if rightwards { left(to) } else { left(to) + WIDTH };
    ((start, middle(from)), (end, middle(to)))
}
