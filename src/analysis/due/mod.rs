//! What is due when, and who leads it.

mod recurrence;

pub use recurrence::{Day, Recurrence};

use std::collections::BTreeMap;

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use crate::date::Date;
use crate::extract::{Deadline, DeadlineRelation, Role};
use crate::ledger::Status;
use crate::network::{Department, Network, Node, Succession, TaskNode};

/// The deadlines of the tasks in scope, seen from a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// The day.
    pub on: Date,
    /// What has a day, the earliest first.
    pub dated: Vec<Line>,
    /// What comes again, the next day first; what does not tell its day last.
    pub recurring: Vec<Line>,
    /// What is due some time after an event.
    pub relative: Vec<Line>,
    /// What begins on a day, the earliest first.
    pub beginning: Vec<Line>,
    /// What has no end.
    pub ongoing: Vec<Line>,
    /// What ledgers call done or given up, of what recurs what is given up alone: first what has a day, the earliest first.
    pub closed: Vec<Line>,
    /// Number of tasks in scope.
    pub tasks: usize,
    /// Number of those that have no deadline.
    pub without: usize,
    /// The reforms that were followed, where bodies stand as of a day.
    pub succession: Option<Succession>,
}

/// One deadline of a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The task.
    pub task: TaskNode,
    /// The deadline.
    pub deadline: Deadline,
    /// The day that counts: the last of what the deadline covers, of what recurs the next; none where it tells no day.
    pub day: Option<Date>,
    /// How it comes again, where it does and the words tell the days.
    pub recurrence: Option<Recurrence>,
    /// Days from the day of the report; negative for what is past.
    pub days: Option<i32>,
    /// How far the task has come, where a ledger says so.
    pub status: Option<Status>,
    /// Who leads; where nobody does, who is responsible; by rank.
    pub parties: Vec<(Department, Role)>,
}

impl Line {
    /// Whether nothing is to be done any more, as a ledger says. What recurs comes again when it is done.
    pub fn is_closed(&self) -> bool {
        match self.status {
            Some(Status::Done) => !self.recurs(),
            status => status.is_some_and(Status::is_closed),
        }
    }

    /// Whether it stands among what recurs.
    fn recurs(&self) -> bool {
        self.deadline.recurrence.is_some()
            && (self.deadline.relation != DeadlineRelation::From || self.recurrence.is_some())
    }
}

impl Due {
    /// The deadlines with a day that is past, of tasks that no ledger calls done: documents do not say whether they are.
    pub fn overdue(&self) -> impl Iterator<Item = &Line> {
        self.dated.iter().filter(|line| line.days.is_some_and(|days| days < 0))
    }

    /// The deadlines with a day still to come, or this day.
    pub fn upcoming(&self) -> impl Iterator<Item = &Line> {
        self.dated.iter().filter(|line| line.days.is_some_and(|days| days >= 0))
    }
}

/// What narrows the deadlines down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Only what is past or due within so many days.
    pub within: Option<i32>,
    /// Only tasks in which one of these departments (IRIs) has a part.
    pub bodies: Option<Vec<String>>,
}

/// Sorts the deadlines of the tasks of a network by what they say.
///
/// A deadline by, before or during a date is due on the last day that the date covers; before a whole year, on the last day of
/// the year before. `deadlines` are those of the tasks, `statuses` what ledgers say of how far they have come, both by the IRIs
/// of the tasks.
pub fn due(
    network: &Network,
    deadlines: &BTreeMap<String, Vec<Deadline>>,
    statuses: &BTreeMap<String, Status>,
    on: Date,
    options: &Options,
) -> Due {
    let on = on.last_day();
    let mut due = Due {
        on,
        dated: Vec::new(),
        recurring: Vec::new(),
        relative: Vec::new(),
        beginning: Vec::new(),
        ongoing: Vec::new(),
        closed: Vec::new(),
        tasks: 0,
        without: 0,
        succession: network.succession.clone(),
    };
    for (node, task) in network.tasks() {
        if !has_part(network, node, options.bodies.as_deref()) {
            continue;
        }
        due.tasks += 1;
        let own = deadlines.get(&task.id).map(Vec::as_slice).unwrap_or_default();
        due.without += usize::from(own.is_empty());
        let parties = parties(network, node);
        let status = statuses.get(&task.id).copied();
        for deadline in own {
            let recurrence = recurrence(deadline, task, on);
            let day = match &recurrence {
                Some(recurrence) => recurrence.next(first(deadline).map_or(on, |first| first.max(on))),
                None => day(deadline),
            };
            let days = day.map(|day| on.days_to(day));
            let (task, deadline, parties) = (task.clone(), deadline.clone(), parties.clone());
            let line = Line { task, deadline, day, recurrence, days, status, parties };
            let near = options.within.is_none_or(|within| days.is_some_and(|days| days <= within));
            if near {
                due.of(&line).push(line);
            }
        }
    }
    for lines in [&mut due.dated, &mut due.recurring, &mut due.beginning, &mut due.closed] {
        lines.sort_by_key(|line| (line.day.is_none(), line.day));
    }
    due
}

impl Due {
    /// The list that a deadline belongs to.
    fn of(&mut self, line: &Line) -> &mut Vec<Line> {
        if line.is_closed() {
            return &mut self.closed;
        }
        let deadline = &line.deadline;
        match deadline.relation {
            DeadlineRelation::From if line.recurrence.is_none() => &mut self.beginning,
            _ if line.recurs() => &mut self.recurring,
            DeadlineRelation::Relative => &mut self.relative,
            _ if deadline.date.is_some() => &mut self.dated,
            _ => &mut self.ongoing,
        }
    }
}

/// How a deadline comes again, where its words tell the days.
fn recurrence(deadline: &Deadline, task: &TaskNode, on: Date) -> Option<Recurrence> {
    let begins = first(deadline);
    let printed = deadline.date.filter(|_| begins.is_none());
    Recurrence::of(deadline.recurrence.as_ref()?, printed, begins.or(task.date).unwrap_or(on))
}

/// The day from which on something is due again and again: 自4月起每月.
fn first(deadline: &Deadline) -> Option<Date> {
    let date = deadline.date.filter(|_| deadline.relation == DeadlineRelation::From)?;
    Date::day(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))
}

/// The day that counts of what does not come again.
fn day(deadline: &Deadline) -> Option<Date> {
    if deadline.recurrence.is_some() && deadline.relation != DeadlineRelation::From {
        return None;
    }
    let date = deadline.date?;
    match (deadline.relation, date.month) {
        (DeadlineRelation::From, _) => Some(date),
        (DeadlineRelation::Before, None) => Date::last_of_year(date.year - 1),
        _ => Some(date.last_day()),
    }
}

fn has_part(network: &Network, task: NodeIndex, bodies: Option<&[String]>) -> bool {
    let is_one = |node: NodeIndex| match (&network.graph[node], bodies) {
        (Node::Department(department), Some(bodies)) => bodies.contains(&department.id),
        _ => false,
    };
    bodies.is_none() || network.graph.neighbors_directed(task, Direction::Incoming).any(is_one)
}

/// Who leads a task; where nobody does, who is responsible.
fn parties(network: &Network, task: NodeIndex) -> Vec<(Department, Role)> {
    let mut parties: Vec<(usize, Role, &Department)> = Vec::new();
    for edge in network.graph.edges_directed(task, Direction::Incoming) {
        if let Node::Department(department) = &network.graph[edge.source()] {
            parties.push((edge.weight().rank, edge.weight().role, department));
        }
    }
    parties.sort_by(|a, b| (a.1, a.0, &a.2.id).cmp(&(b.1, b.0, &b.2.id)));
    let led = parties.iter().any(|(_, role, _)| role.leads());
    let wanted = |role: Role| if led { role.leads() } else { role == Role::Responsible };
    let wanted = parties.into_iter().filter(|(_, role, _)| wanted(*role));
    wanted.map(|(_, role, department)| (department.clone(), role)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::DeadlineBasis;
    use crate::network::Party;
    use crate::span::Span;

    fn deadline(relation: DeadlineRelation, date: &str) -> Deadline {
        Deadline {
            relation,
            date: Date::parse_iso(date),
            start: None,
            duration: None,
            after: None,
            recurrence: None,
            text: String::new(),
            inferred_year: false,
            basis: DeadlineBasis::Before,
            confidence: 1.0,
            span: Span::new(0, 0),
            corrections: Vec::new(),
        }
    }

    /// Task 1 is led by a and supported by b, task 2 has b and c without a lead, task 3 nobody and no deadline.
    fn network() -> Network {
        let mut network = Network::default();
        let bodies = ["a", "b", "c"]
            .map(|id| network.graph.add_node(Node::Department(Department { id: id.into(), ..Department::default() })));
        let tasks = ["1", "2", "3"]
            .map(|id| network.graph.add_node(Node::Task(TaskNode { id: id.into(), ..TaskNode::default() })));
        let mut part = |body: usize, task: usize, role, rank| {
            network.graph.add_edge(bodies[body], tasks[task], Party { role, rank, confidence: 1.0 })
        };
        part(0, 0, Role::Lead, 1);
        part(1, 0, Role::Supporting, 2);
        part(2, 1, Role::Responsible, 1);
        part(1, 1, Role::Responsible, 2);
        network
    }

    fn of_tasks() -> BTreeMap<String, Vec<Deadline>> {
        let recurring = Deadline { recurrence: Some("每季度末".into()), ..deadline(DeadlineRelation::Ongoing, "") };
        let first = vec![
            deadline(DeadlineRelation::By, "2026-09"),
            deadline(DeadlineRelation::Before, "2026"),
            deadline(DeadlineRelation::From, "2026-01-01"),
            recurring,
        ];
        let second = vec![
            deadline(DeadlineRelation::During, "2026"),
            deadline(DeadlineRelation::Relative, ""),
            deadline(DeadlineRelation::Ongoing, ""),
        ];
        BTreeMap::from([("1".to_owned(), first), ("2".to_owned(), second)])
    }

    fn days(lines: &[Line]) -> Vec<(&str, String, Option<i32>)> {
        let day = |line: &Line| line.day.map(|day| day.to_string()).unwrap_or_default();
        lines.iter().map(|line| (line.task.id.as_str(), day(line), line.days)).collect()
    }

    #[test]
    fn each_deadline_stands_where_it_belongs() {
        let on = Date::parse_iso("2026-09-28").unwrap();
        let due = due(&network(), &of_tasks(), &BTreeMap::new(), on, &Options::default());
        assert_eq!(
            days(&due.dated),
            [
                ("1", "2025-12-31".into(), Some(-271)),
                ("1", "2026-09-30".into(), Some(2)),
                ("2", "2026-12-31".into(), Some(94)),
            ]
        );
        assert_eq!((due.overdue().count(), due.upcoming().count()), (1, 2));
        assert_eq!(days(&due.recurring), [("1", "2026-09-30".into(), Some(2))]);
        assert_eq!(days(&due.beginning), [("1", "2026-01-01".into(), Some(-270))]);
        assert_eq!((due.relative.len(), due.ongoing.len(), due.tasks, due.without), (1, 1, 3, 1));
        let names: Vec<&str> = due.relative[0].parties.iter().map(|(body, _)| body.id.as_str()).collect();
        assert_eq!(names, ["c", "b"], "where nobody leads, the responsible ones by rank");
        assert_eq!(due.dated[0].parties.len(), 1);
    }

    #[test]
    fn what_is_near_and_of_one_body() {
        let on = Date::parse_iso("2026-09-28").unwrap();
        let near = due(
            &network(),
            &of_tasks(),
            &BTreeMap::new(),
            on,
            &Options { within: Some(30), bodies: Some(vec!["b".into()]) },
        );
        assert_eq!(days(&near.dated).len(), 2);
        assert_eq!((near.ongoing.len(), near.relative.len(), near.tasks), (0, 0, 2));
        let of_a = due(
            &network(),
            &of_tasks(),
            &BTreeMap::new(),
            on,
            &Options { within: None, bodies: Some(vec!["a".into()]) },
        );
        assert_eq!((of_a.dated.len(), of_a.tasks, of_a.without), (2, 1, 0));
    }

    #[test]
    fn what_ledgers_call_done_is_neither_overdue_nor_to_come() {
        let on = Date::parse_iso("2026-09-28").unwrap();
        let statuses = |first, second| BTreeMap::from([("1".to_owned(), first), ("2".to_owned(), second)]);
        let seen = |statuses| due(&network(), &of_tasks(), &statuses, on, &Options::default());
        let found = seen(statuses(Status::Done, Status::Delayed));
        assert_eq!((found.overdue().count(), found.upcoming().count(), found.recurring.len()), (0, 1, 1));
        assert_eq!(
            days(&found.closed),
            [
                ("1", "2025-12-31".into(), Some(-271)),
                ("1", "2026-01-01".into(), Some(-270)),
                ("1", "2026-09-30".into(), Some(2)),
            ]
        );
        assert_eq!(found.recurring[0].status, Some(Status::Done), "what recurs comes again");
        assert_eq!(found.dated[0].status, Some(Status::Delayed), "a task that is behind is still due");
        let found = seen(statuses(Status::InProgress, Status::Cancelled));
        assert_eq!((found.closed.len(), found.ongoing.len(), found.relative.len()), (3, 0, 0));
        let given_up = seen(statuses(Status::Cancelled, Status::Delayed));
        assert_eq!((given_up.closed.len(), given_up.recurring.len()), (4, 0));
        assert_eq!((found.tasks, found.without), (3, 1), "they count among the tasks all the same");
    }
}
