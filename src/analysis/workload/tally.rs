//! What a department has to do.

use super::{Line, Weights};
use crate::analysis::concentration::exact;
use crate::extract::Role;
use crate::network::{Department, TaskNode};

/// Counts over tasks, each of which is added once.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    lead: usize,
    co_lead: usize,
    responsible: usize,
    supporting: usize,
    indicators: usize,
    deadlines: usize,
}

impl Tally {
    pub(super) fn add(&mut self, role: Role, task: &TaskNode) {
        match role {
            Role::Lead => self.lead += 1,
            Role::CoLead => self.co_lead += 1,
            Role::Responsible => self.responsible += 1,
            Role::Supporting => self.supporting += 1,
        }
        self.indicators += task.indicators;
        self.deadlines += task.deadlines;
    }

    /// Takes one of the tasks that it is responsible for as one that it leads.
    pub(super) fn promote(&mut self) {
        self.responsible = self.responsible.saturating_sub(1);
        self.lead += 1;
    }

    /// Number of tasks.
    pub(super) fn tasks(self) -> usize {
        self.lead + self.co_lead + self.responsible + self.supporting
    }

    fn count(self, role: Role) -> usize {
        match role {
            Role::Lead => self.lead,
            Role::CoLead => self.co_lead,
            Role::Responsible => self.responsible,
            Role::Supporting => self.supporting,
        }
    }

    pub(super) fn line(self, department: &Department, weights: Weights) -> Line {
        Line {
            organisation: department.id.clone(),
            label: department.label.clone(),
            lead: self.lead,
            co_lead: self.co_lead,
            responsible: self.responsible,
            supporting: self.supporting,
            tasks: self.tasks(),
            load: Role::ALL.into_iter().map(|role| exact(self.count(role)) * weights.of(role)).sum(),
            indicators: self.indicators,
            deadlines: self.deadlines,
            rank_otherwise: None,
            range: None,
        }
    }
}
