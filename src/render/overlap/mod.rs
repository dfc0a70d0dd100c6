//! The network of departments as table, JSON and CSV.

mod csv;
mod json;
mod table;

use crate::analysis::overlap::{Contact, Named, Overlap, Pair, Position, Shifts, common_tasks};
use crate::network::{Network, TaskNode};
use crate::query::{Claim, Claims};

pub use csv::csv;
pub use json::json;
pub use table::table;

/// Pairs that the first screen lists.
const FIRST_PAIRS: usize = 10;

/// What is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// The answer on one screen: the core, the first departments and pairs, communities, weak points.
    #[default]
    Summary,
    /// Departments.
    Departments,
    /// Pairs.
    Pairs,
    /// Who leads whom.
    Leads,
}

/// What is shown.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The result.
    pub overlap: &'a Overlap,
    /// The network that it was computed from.
    pub network: &'a Network,
    /// What is listed.
    pub rows: Rows,
    /// Only these departments (IRIs), and pairs with them.
    pub bodies: Option<Vec<String>>,
    /// Whom these departments must call, task by task.
    pub contacts: Vec<Contact<'a>>,
    /// Only the first so many departments and pairs.
    pub top: Option<usize>,
    /// What rests on doubtful claims.
    pub shifts: Option<Shifts>,
    /// The words behind the tasks.
    pub claims: Option<Claims>,
}

impl<'a> View<'a> {
    pub(in crate::render) fn wants(&self, id: &str) -> bool {
        self.bodies.as_ref().is_none_or(|ids| ids.iter().any(|known| known == id))
    }

    /// The departments to list, each with its place in the order, from 1.
    pub(in crate::render) fn departments(&self, otherwise: usize) -> impl Iterator<Item = (usize, &'a Position)> {
        let all = self.overlap.departments.iter().enumerate().map(|(index, position)| (index + 1, position));
        all.filter(|(_, position)| self.wants(&position.organisation)).take(self.top.unwrap_or(otherwise))
    }

    /// The pairs to list.
    fn pairs(&self, otherwise: usize) -> impl Iterator<Item = &'a Pair> {
        let of = |pair: &&Pair| self.wants(&pair.a.0) || self.wants(&pair.b.0);
        self.overlap.pairs.iter().filter(of).take(self.top.unwrap_or(otherwise))
    }

    /// The pairs that are listed with their tasks.
    pub fn pairs_shown(&self, for_people: bool) -> impl Iterator<Item = &'a Pair> {
        self.pairs(if for_people && self.rows == Rows::Summary { FIRST_PAIRS } else { usize::MAX })
    }

    /// The words behind the pairs, each with the names of the two; behind whom to call, each with the number of the task.
    fn traced(&self, most: usize) -> Vec<(String, &Claim)> {
        let mut traced = Vec::new();
        if let (Rows::Summary, Some(_), Some(claims)) = (self.rows, &self.bodies, &self.claims) {
            for contact in &self.contacts {
                let own = [contact.body.id.as_str()];
                let others = contact.others.iter().map(|(body, _)| body.id.as_str());
                let bodies: Vec<&str> = own.into_iter().chain(others).collect();
                let title = format!("{} {}", contact.body.label, contact.task.label);
                let found = claims.of(&contact.task.id, &bodies);
                traced.extend(found.into_iter().map(|claim| (title.clone(), claim)));
            }
            return traced;
        }
        for (pair, claims) in self.pairs(most).filter_map(|pair| Some((pair, self.claims.as_ref()?))) {
            let ends = [pair.a.0.as_str(), pair.b.0.as_str()];
            let found = self.behind(pair).into_iter().flat_map(|task| claims.of(&task.id, &ends));
            traced.extend(found.map(|claim| (format!("{} – {}", pair.a.1, pair.b.1), claim)));
        }
        traced
    }

    /// Who leads whom, those with the most tasks first: leading body, other body, tasks.
    fn leads(&self) -> Vec<(&'a Named, &'a Named, u32)> {
        let mut leads = Vec::new();
        for pair in &self.overlap.pairs {
            leads.push((&pair.a, &pair.b, pair.tie.a_leads));
            leads.push((&pair.b, &pair.a, pair.tie.b_leads));
        }
        leads.retain(|(from, to, tasks)| *tasks > 0 && (self.wants(&from.0) || self.wants(&to.0)));
        leads.sort_by(|x, y| y.2.cmp(&x.2).then_with(|| (&x.0.1, &x.1.1, x.0, x.1).cmp(&(&y.0.1, &y.1.1, y.0, y.1))));
        leads.truncate(self.top.unwrap_or(usize::MAX));
        leads
    }

    /// The tasks behind a pair.
    fn behind(&self, pair: &Pair) -> Vec<&'a TaskNode> {
        common_tasks(self.network, pair)
    }
}
