//! The network of departments and tasks: the graph that analyses and diagrams work on.

use petgraph::graph::{DiGraph, NodeIndex};

use crate::succession::{self, Seen};

use crate::date::Date;
use crate::extract::{Mode, Role};
use crate::resolve::{BodyKind, MatchBasis, Organisation, Place};

/// A two-mode directed network: an edge leads from a department to a task that it has a part in.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Departments and tasks; in the order of their IRIs, so that results are stable.
    pub graph: DiGraph<Node, Party>,
    /// The reforms that were followed, where bodies stand as of a day.
    pub succession: Option<Succession>,
}

/// Which bodies stand for others, as of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Succession {
    /// The day.
    pub day: Date,
    /// What was followed, in the order of the IRIs of the bodies that documents name.
    pub followed: Vec<Followed>,
}

/// A department and the body that does its work on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Heir {
    /// The node of the department.
    pub node: NodeIndex,
    /// The body; the department itself, where no reform lies between.
    pub body: Department,
    /// What was followed, if anything.
    pub followed: Option<Followed>,
}

/// A body that stands for another.
#[derive(Clone, Debug, PartialEq)]
pub struct Followed {
    /// Full name of the body that documents name.
    pub from: String,
    /// Full name of the body that does its work on the day.
    pub to: String,
    /// Keys of the reforms between them, in the order in which they were followed.
    pub reforms: Vec<String>,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
}

/// A node of the network.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A body that has a part in some task.
    Department(Department),
    /// A task.
    Task(TaskNode),
}

/// A body that has a part in some task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Department {
    /// IRI.
    pub id: String,
    /// Full name.
    pub label: String,
    /// Whether it stands for several bodies or for none in particular, and so is left out of rankings.
    pub collective: bool,
    /// The function by which bodies of different levels and years correspond.
    pub function: Option<String>,
    /// Key of its kind in the registry, where that knows it.
    pub key: Option<String>,
    /// The place that it belongs to.
    pub place: Option<Place>,
}

/// A task, as analyses need it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskNode {
    /// IRI.
    pub id: String,
    /// The printed number.
    pub label: String,
    /// The task's own words.
    pub text: String,
    /// The headings above, outermost first.
    pub path: Vec<String>,
    /// IRI of the document.
    pub document: String,
    /// When the document was issued, else the year that it is about.
    pub date: Option<Date>,
    /// Number in the document, from 1.
    pub seq: usize,
    /// How its statement of responsibility is made, where that is known.
    pub mode: Option<Mode>,
    /// Number of quantities to be reached.
    pub indicators: usize,
    /// Number of deadlines.
    pub deadlines: usize,
}

/// The part that a department has in a task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Party {
    /// The role.
    pub role: Role,
    /// Place in the order of listing, from 1.
    pub rank: usize,
    /// How sure the decision is, from 0 to 1.
    pub confidence: f64,
}

/// Parts in a task that a person changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Reassignment {
    /// IRI of the task.
    pub task: String,
    /// The roles whose bodies are named anew.
    pub roles: Vec<Role>,
    /// Who has them now.
    pub parties: Vec<(Department, Party)>,
}

impl Department {
    /// A body as a node.
    pub fn of(body: &Organisation) -> Self {
        Self {
            id: body.id.clone(),
            label: body.name.clone(),
            collective: body.kind != BodyKind::Department,
            function: body.function.clone(),
            key: body.key.clone(),
            place: body.place.clone(),
        }
    }

    /// The body of the registry that it is.
    pub fn body(&self) -> Option<Organisation> {
        Some(Organisation {
            id: self.id.clone(),
            name: self.label.clone(),
            kind: BodyKind::Department,
            function: self.function.clone(),
            place: Some(self.place.clone()?),
            printed: Vec::new(),
            key: Some(self.key.clone()?),
            basis: MatchBasis::NamedPlace,
            confidence: 1.0,
        })
    }
}

impl TaskNode {
    /// Whether the words name the task: its printed number, with or without brackets, or a part of its text or headings.
    pub fn is_called(&self, words: &str) -> bool {
        let words = words.trim();
        let bare = self.label.trim_matches(|char: char| !char.is_alphanumeric());
        let holds = |text: &str| text.contains(words);
        !words.is_empty()
            && (self.label == words || bare == words || holds(&self.text) || self.path.iter().any(|line| holds(line)))
    }
}

impl Network {
    /// The departments with their nodes, in the order of their IRIs.
    pub fn departments(&self) -> impl Iterator<Item = (NodeIndex, &Department)> {
        self.graph.node_indices().filter_map(|index| match &self.graph[index] {
            Node::Department(department) => Some((index, department)),
            Node::Task(_) => None,
        })
    }

    /// The tasks with their nodes, by document and place in it.
    pub fn tasks(&self) -> impl Iterator<Item = (NodeIndex, &TaskNode)> {
        self.graph.node_indices().filter_map(|index| match &self.graph[index] {
            Node::Task(task) => Some((index, task)),
            Node::Department(_) => None,
        })
    }

    /// For every department the body that does its work on a day, in the order of [`Network::departments`].
    ///
    /// A document shows that the bodies that it names stood on its day.
    pub fn heirs(&self, day: Date) -> Vec<Heir> {
        let heir = |(node, department): (NodeIndex, &Department)| {
            let found = department.body().map(|body| succession::as_of(&body, day, self.seen(node)));
            match found {
                Some(found) if !found.changes.is_empty() => {
                    let followed = Followed {
                        from: department.label.clone(),
                        to: found.organisation.name.clone(),
                        reforms: found.changes.iter().map(|change| change.reform.id.clone()).collect(),
                        confidence: found.confidence,
                    };
                    Heir { node, body: Department::of(&found.organisation), followed: Some(followed) }
                }
                _ => Heir { node, body: department.clone(), followed: None },
            }
        };
        self.departments().map(heir).collect()
    }

    /// The days of the first and the last document that names a department.
    fn seen(&self, department: NodeIndex) -> Option<Seen> {
        let date = |index| match &self.graph[index] {
            Node::Task(task) => task.date,
            Node::Department(_) => None,
        };
        let dates: Vec<Date> = self.graph.neighbors(department).filter_map(date).collect();
        Some(Seen { first: *dates.iter().min()?, last: *dates.iter().max_by_key(|date| date.last_day())? })
    }
}
