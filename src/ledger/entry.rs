//! What people wrote into a ledger about a task.

use crate::date::Date;
use crate::extract::Role;
use crate::resolve::Organisation;

use super::{Column, Status};

/// What a person wrote into one row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// IRI; empty until the graph names it.
    pub id: String,
    /// How many ledgers that one was made from which the row stands in: the later word counts.
    pub generation: usize,
    /// IRI of the document that the row belongs to.
    pub document: String,
    /// IRI of the task; none where a person added the row.
    pub task: Option<String>,
    /// How far the task has come.
    pub status: Option<Status>,
    /// What was done, in words.
    pub progress: String,
    /// When that was written, or when the ledger was saved.
    pub on: Option<Date>,
    /// Who wrote it, or saved the ledger.
    pub by: String,
    /// The sheet and row that it stands in.
    pub cell: String,
    /// The cells that read otherwise than they were printed; of an added row, all.
    pub edits: Vec<Edit>,
    /// The bodies that the changed cells name.
    pub parties: Vec<Rewrite>,
    /// The changed due date, else the last day that a changed deadline tells.
    pub due: Option<Date>,
}

/// A cell that a person changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The column.
    pub column: Column,
    /// What it said before; empty in an added row.
    pub was: String,
    /// What it says now.
    pub becomes: String,
}

/// A body that a changed cell names.
#[derive(Clone, Debug, PartialEq)]
pub struct Rewrite {
    /// The column that names it.
    pub column: Column,
    /// Its name as written.
    pub name: String,
    /// Its role.
    pub role: Role,
    /// Its place in the cell, from 1.
    pub rank: usize,
    /// The body that is meant.
    pub organisation: Option<Organisation>,
}

impl Entry {
    /// Whether it says anything.
    pub fn says_something(&self) -> bool {
        self.task.is_none() || self.status.is_some() || !self.progress.is_empty() || !self.edits.is_empty()
    }

    /// Whether it was written by the end of a day; also where nobody knows when it was.
    pub fn is_by(&self, on: Date) -> bool {
        self.on.is_none_or(|written| written <= on.last_day())
    }

    /// What a cell became.
    pub fn becomes(&self, column: Column) -> Option<&str> {
        self.edits.iter().find(|edit| edit.column == column).map(|edit| edit.becomes.as_str())
    }

    /// What the person says in a column: what was filled in, or what the cell became.
    pub fn says(&self, column: Column) -> Option<&str> {
        match (column, self.status) {
            (Column::Status, Some(status)) => Some(status.zh()),
            (Column::Progress, _) if !self.progress.is_empty() => Some(&self.progress),
            _ => self.becomes(column),
        }
    }

    /// Who wrote it and when, as far as that is known: 李明，2026-11-22.
    pub fn signed(&self) -> String {
        let on = self.on.map(|on| on.to_string());
        let known = [Some(self.by.clone()).filter(|by| !by.is_empty()), on];
        known.into_iter().flatten().collect::<Vec<_>>().join("，")
    }
}
