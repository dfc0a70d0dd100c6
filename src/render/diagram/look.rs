//! What things look like in every picture.
//!
//! Shape, frame and stroke tell things apart first and colour second, so that a print in grey and a colour-blind eye lose
//! nothing; the colours of lines are dark enough on white, those of fields light enough under black.

use graphviz_rust::dot_structures::Attribute;

use super::dot::attribute;
use crate::diagnostic::Lang;
use crate::extract::Role;

/// Fonts that hold Chinese, of the systems in use.
pub(in crate::render) const FONTS: &str =
    "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Zen Hei, sans-serif";

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Stroke {
    /// Its pattern.
    pub(in crate::render) style: &'static str,
    /// Its width in points.
    pub(in crate::render) width: &'static str,
    /// Its colour.
    pub(in crate::render) colour: &'static str,
    /// The head of its arrow.
    pub(super) head: &'static str,
    /// A character like that head, for the legend.
    pub(super) mark: &'static str,
}

impl Stroke {
    const fn new(
        style: &'static str,
        width: &'static str,
        colour: &'static str,
        head: &'static str,
        mark: &'static str,
    ) -> Self {
        Self { style, width, colour, head, mark }
    }

    pub(super) fn attributes(self) -> impl Iterator<Item = Attribute> {
        let all = [("style", self.style), ("penwidth", self.width), ("color", self.colour), ("arrowhead", self.head)];
        all.into_iter().map(|(key, value)| attribute(key, value))
    }
}

/// The line of a role.
pub(in crate::render) fn role(role: Role) -> Stroke {
    match role {
        Role::Lead => Stroke::new("solid", "2.4", "#08306b", "normal", "▶"),
        Role::CoLead => Stroke::new("solid", "1.3", "#08519c", "onormal", "▷"),
        Role::Responsible => Stroke::new("dashed", "1.2", "#a6480a", "vee", "→"),
        Role::Supporting => Stroke::new("dotted", "1.2", "#6b6b6b", "odot", "○"),
    }
}

/// How the part of a department in a task is shown where the two meet in a table: darker for more of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    /// The character in it.
    pub(super) mark: &'static str,
    /// The colour of that.
    pub(super) ink: &'static str,
    /// The colour around.
    pub(super) fill: &'static str,
}

impl Field {
    pub(super) fn attributes(self) -> impl Iterator<Item = Attribute> {
        let all = [("label", self.mark), ("shape", "box"), ("fontcolor", self.ink), ("color", self.fill)];
        all.into_iter().chain([("fillcolor", self.fill)]).map(|(key, value)| attribute(key, value))
    }
}

/// The field of a role.
pub(super) fn field(wanted: Role) -> Field {
    let mark = role(wanted).mark;
    match wanted {
        Role::Lead => Field { mark, ink: "#ffffff", fill: "#08306b" },
        Role::CoLead => Field { mark, ink: "#000000", fill: "#8fb3d9" },
        Role::Responsible => Field { mark, ink: "#000000", fill: "#f6d9c3" },
        Role::Supporting => Field { mark, ink: "#000000", fill: "#ececec" },
    }
}

/// What a role is called.
pub(super) fn role_word(role: Role, lang: Lang) -> &'static str {
    lang.pick(role.zh(), role.as_str())
}

/// The field around things of one heading or role.
pub(super) const SECTION: [(&str, &str); 3] = [("color", "#aab6c2"), ("fillcolor", "#f4f6f8"), ("fontsize", "12")];
/// The field around the things of one document.
pub(super) const WHOLE: [(&str, &str); 3] = [("color", "#3b4a5a"), ("fillcolor", "#dbe2ea"), ("fontsize", "13")];

/// From a mandate above to what carries it out.
pub(super) const CARRIED: Stroke = Stroke::new("solid", "1.4", "#08519c", "normal", "▶");
/// To what carries it out in part.
pub(super) const NARROWED: Stroke = Stroke::new("dashed", "1.4", "#08519c", "onormal", "▷");
/// To what carries it out otherwise: another lead, another figure, another date.
pub(super) const DRIFTED: Stroke = Stroke::new("solid", "3", "#a6480a", "vee", "→");
/// From a document to one that cites it.
pub(super) const CITED: Stroke = Stroke::new("solid", "1.4", "#333333", "normal", "▶");
/// To one that does not say so, and looks as if.
pub(super) const ALIKE: Stroke = Stroke::new("dotted", "1.4", "#6b6b6b", "onormal", "▷");
/// The whole work of a body passes on.
pub(super) const PASSED: Stroke = Stroke::new("solid", "2", "#08306b", "normal", "▶");
/// One function of it does.
pub(super) const MOVED: Stroke = Stroke::new("dashed", "1.2", "#a6480a", "vee", "→");
/// From a task to its figures, dates and citations.
pub(super) const HAS: Stroke = Stroke::new("solid", "0.8", "#777777", "none", "");

/// How a thing is drawn.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Look {
    /// Its outline.
    pub(super) shape: &'static str,
    /// How that is drawn.
    pub(super) style: &'static str,
    /// The colour of the outline.
    pub(in crate::render) line: &'static str,
    /// The colour within.
    pub(in crate::render) fill: &'static str,
}

impl Look {
    const fn new(shape: &'static str, style: &'static str, line: &'static str, fill: &'static str) -> Self {
        Self { shape, style, line, fill }
    }

    /// Whether its outline is drawn so.
    pub(in crate::render) fn has(self, style: &str) -> bool {
        self.style.split(',').any(|known| known == style)
    }

    pub(super) fn attributes(self) -> impl Iterator<Item = Attribute> {
        let all = [("shape", self.shape), ("style", self.style), ("color", self.line), ("fillcolor", self.fill)];
        all.into_iter().map(|(key, value)| attribute(key, value))
    }
}

/// A body.
pub(in crate::render) const BODY: Look = Look::new("box", "filled,bold", "#333333", "#e8eef6");
/// Several bodies, or none in particular.
pub(in crate::render) const COLLECTIVE: Look = Look::new("box", "filled,dashed,rounded", "#333333", "#f2f2f2");
/// The body, the task or the document that the picture is about.
pub(super) const SUBJECT: Look = Look::new("box", "filled,bold", "#08306b", "#cfdcec");
/// A task.
pub(in crate::render) const TASK: Look = Look::new("box", "filled,rounded", "#777777", "white");
/// A task that lacks what it should have: a body, or a task below.
pub(super) const LACKING: Look = Look::new("box", "filled,rounded,dashed,bold", "#b2182b", "#fdf1f1");
/// A task that stands apart: of the level above alone, or new below.
pub(super) const APART: Look = Look::new("box", "filled,rounded,dotted", "#6b6b6b", "#f2f2f2");
/// A document.
pub(super) const DOCUMENT: Look = Look::new("note", "filled", "#5b4a1f", "#f7f3e6");
/// A document that is cited and not held.
pub(super) const STUB: Look = Look::new("note", "filled,dashed", "#6b6b6b", "white");
/// A figure to be reached.
pub(super) const FIGURE: Look = Look::new("box", "filled,diagonals", "#3f6b3f", "#eef5ec");
/// A date.
pub(super) const DATE: Look = Look::new("tab", "filled", "#5b3f6b", "#f3eef6");
/// A reform.
pub(super) const REFORM: Look = Look::new("ellipse", "filled", "#5b4a1f", "#f7f3e6");
