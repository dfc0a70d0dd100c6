//! A view of the network as JSON, for a page that draws it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use petgraph::graph::NodeIndex;
use serde::Serialize;

use super::diagram::{BODY, COLLECTIVE, LINK, Look, Stroke, TASK, role};
use super::json;
use crate::analysis::explore::{Bond, Scene};
use crate::extract::Role;
use crate::network::{Network, Node};
use crate::render::shorten;
use crate::span::dense;

/// Cells of what a node is called.
const CELLS: usize = 36;

/// Writes what is seen, and what it looks like, as one object.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(out: &mut dyn Write, scene: &Scene, network: &Network) -> io::Result<()> {
    let node = |seen: &crate::analysis::explore::Seen| NodeShape {
        id: id(network, seen.node),
        kind: kind(network, seen.node),
        label: label(network, seen.node),
        weight: seen.degree,
    };
    let link = |link: &crate::analysis::explore::Link| match link.bond {
        Bond::Common { tasks, from_leads, to_leads } => LinkShape {
            from: link.from,
            to: link.to,
            role: "common",
            tasks,
            lead: i8::from(from_leads > to_leads) - i8::from(to_leads > from_leads),
        },
        Bond::Part(role) => LinkShape { from: link.from, to: link.to, role: role.as_str(), tasks: 1, lead: 1 },
    };
    let roles = [Role::Lead, Role::CoLead, Role::Responsible, Role::Supporting];
    let mut links: BTreeMap<&str, StrokeShape> = roles.iter().map(|one| (one.as_str(), role(*one).into())).collect();
    links.insert("common", LINK.into());
    let shape = SceneShape {
        nodes: scene.nodes.iter().map(node).collect(),
        links: scene.links.iter().map(link).collect(),
        nodes_left_out: scene.nodes_left_out,
        links_left_out: scene.links_left_out,
        looks: LooksShape {
            nodes: [("department", BODY), ("collective", COLLECTIVE), ("task", TASK)]
                .map(|(kind, look)| (kind, look.into()))
                .into(),
            links,
        },
    };
    json::line(out, &shape)
}

/// The line of a role as SVG draws it.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Lengths of dashes and gaps; empty for none.
    pub dashes: &'static str,
    /// Its width.
    pub width: &'static str,
    /// Its colour.
    pub colour: &'static str,
}

/// The line of a role.
pub fn line(of: Role) -> Line {
    let Stroke { style, width, colour, .. } = role(of);
    let dashes = match style {
        "dashed" => "6 4",
        "dotted" => "1.5 3",
        _ => "",
    };
    Line { dashes, width, colour }
}

/// The IRI of a node.
pub fn id(network: &Network, node: NodeIndex) -> &str {
    match &network.graph[node] {
        Node::Department(body) => &body.id,
        Node::Task(task) => &task.id,
    }
}

/// What a node is called: a department by its name, a task by its number and first words.
pub fn label(network: &Network, node: NodeIndex) -> String {
    match &network.graph[node] {
        Node::Department(body) => body.label.clone(),
        Node::Task(task) => {
            let first = task.text.split(['。', '，', '；', '\n']).next().unwrap_or_default();
            shorten(format!("{} {}", task.label, dense(first).trim()).trim(), CELLS)
        }
    }
}

fn kind(network: &Network, node: NodeIndex) -> &'static str {
    match &network.graph[node] {
        Node::Department(body) if body.collective => "collective",
        Node::Department(_) => "department",
        Node::Task(_) => "task",
    }
}

#[derive(Serialize)]
struct SceneShape<'a> {
    nodes: Vec<NodeShape<'a>>,
    links: Vec<LinkShape>,
    nodes_left_out: usize,
    links_left_out: usize,
    looks: LooksShape,
}

#[derive(Serialize)]
struct NodeShape<'a> {
    id: &'a str,
    kind: &'static str,
    label: String,
    /// Tasks of a department, parties of a task.
    weight: usize,
}

#[derive(Serialize)]
struct LinkShape {
    from: usize,
    to: usize,
    role: &'static str,
    tasks: u32,
    /// 1 where the first leads the second more often than the other way, -1 where it is led.
    lead: i8,
}

#[derive(Serialize)]
struct LooksShape {
    nodes: BTreeMap<&'static str, LookShape>,
    links: BTreeMap<&'static str, StrokeShape>,
}

#[derive(Serialize)]
struct LookShape {
    line: &'static str,
    fill: &'static str,
    style: &'static str,
}

impl From<Look> for LookShape {
    fn from(look: Look) -> Self {
        // several bodies have a broken frame
        let style = if look.has("dashed") { "dashed" } else { "solid" };
        Self { line: look.line, fill: look.fill, style }
    }
}

#[derive(Serialize)]
struct StrokeShape {
    style: &'static str,
    width: &'static str,
    colour: &'static str,
}

impl From<Stroke> for StrokeShape {
    fn from(stroke: Stroke) -> Self {
        Self { style: stroke.style, width: stroke.width, colour: stroke.colour }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::explore::{Wanted, scene};
    use crate::network::{Department, Party, TaskNode};

    #[test]
    fn a_view_says_what_is_seen_and_how_it_looks() {
        let mut network = Network::default();
        let label = "清河市财政局".to_owned();
        let body = network.graph.add_node(Node::Department(Department { label, ..Department::default() }));
        let (label, text) = ("（一）".to_owned(), "健全制度，安排 资金。".to_owned());
        let task = network.graph.add_node(Node::Task(TaskNode { label, text, ..TaskNode::default() }));
        network.graph.add_edge(body, task, Party { role: Role::CoLead, rank: 1, confidence: 1.0 });
        let wanted = Wanted { documents: None, role: None, tasks: true, most: 100 };
        let mut written = Vec::new();
        json(&mut written, &scene(&network, &wanted), &network).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&written).unwrap();
        let nodes = value["nodes"].as_array().unwrap();
        let called: Vec<_> = nodes.iter().map(|node| (node["kind"].as_str(), node["label"].as_str())).collect();
        assert_eq!(called, [(Some("department"), Some("清河市财政局")), (Some("task"), Some("（一） 健全制度"))]);
        let links = value["links"].as_array().unwrap();
        assert_eq!((links.len(), links[0]["role"].as_str(), links[0]["to"].as_u64()), (1, Some("co-lead"), Some(1)));
        assert!(value["looks"]["links"]["co-lead"]["colour"].is_string());
        assert_eq!(value["looks"]["nodes"]["collective"]["style"], "dashed");
    }
}
