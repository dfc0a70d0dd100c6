//! A ledger that comes back: what a person changed of it.

use std::collections::{BTreeMap, BTreeSet};

use super::carried::Carried;
use super::changes::Changes;
use super::matching::{About, matched};
use super::parties::understand;
use super::role::{Remark, moved, nameless, now, stranger, together, was};
use super::tables::{Table, TableRow, tables};
use super::{Column, Edit, Entry, Status};
use crate::diagnostic::Message;
use crate::read::Grid;

/// A ledger that came back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Returned {
    /// What it carries.
    pub carried: Carried,
    /// What people wrote, by row; their IRIs are not given yet.
    pub entries: Vec<Entry>,
    /// What a person should know.
    pub notes: Vec<Note>,
}

/// What a person should know about a ledger that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where: a row, or nothing for the whole.
    pub place: String,
    /// What is the case.
    pub what: Message,
    /// What to do.
    pub hint: Option<Message>,
}

impl Returned {
    /// Reads a ledger that comes back. Columns may have been moved or removed, rows sorted, deleted, copied or added.
    ///
    /// # Errors
    ///
    /// Where it is no ledger of ours, or one of a later form.
    pub fn new(grid: &Grid) -> Result<Self, Message> {
        Ok(Self::read(grid, Carried::read(grid)?, false))
    }

    /// Reads a ledger as separated values, beside what it would be today. Its rows tell which of their cells were changed since
    /// they were handed out. What spreadsheets rewrite when they save values, such as (1), is not taken for a change.
    pub fn beside(grid: &Grid, carried: Carried) -> Self {
        Self::read(grid, carried, true)
    }

    fn read(grid: &Grid, carried: Carried, values: bool) -> Self {
        let tables = tables(grid);
        let changes = Changes::new(grid, &carried, values);
        let mut reader =
            Reader { carried: &carried, changes, written: BTreeMap::new(), added: Vec::new(), leading: Vec::new() };
        let of_documents = || tables.iter().filter(|table| !table.of_body);
        for (at, table) in of_documents().enumerate() {
            let others = of_documents().enumerate().filter(|(other, _)| *other != at);
            let elsewhere =
                others.flat_map(|(_, table)| &table.rows).map(|row| row.cell(Column::Id).to_owned()).collect();
            reader.document(table, &elsewhere);
        }
        let lists = || tables.iter().filter(|table| table.of_body);
        let told = lists().filter_map(|table| carried.body_of(&table.titles)).collect();
        for table in lists() {
            reader.body(table, &told);
        }
        reader.together();
        if tables.is_empty() {
            let what = Message::new("没有找到台账的表头", "no headings of a ledger were found");
            reader.changes.note("", what, None);
        }
        if !values && of_documents().next().is_some() {
            reader.gone();
        }
        let Reader { changes, written, added, .. } = reader;
        let notes = changes.into_notes();
        let mut entries: Vec<Entry> = written.into_values().filter(Entry::says_something).collect();
        entries.extend(added);
        understand(&mut entries, &carried);
        Self { carried, entries, notes }
    }
}

struct Reader<'a> {
    carried: &'a Carried,
    changes: Changes<'a>,
    /// What was written about each task.
    written: BTreeMap<String, Entry>,
    /// The rows that people added.
    added: Vec<Entry>,
    /// The tasks that a body was made to lead on its own list, with the row and the words of the role.
    leading: Vec<(String, String, String)>,
}

impl Reader<'_> {
    /// Reads the sheet of a document, or of several.
    fn document(&mut self, table: &Table, elsewhere: &BTreeSet<String>) {
        let found = matched(table, self.carried, elsewhere);
        let document_of = |at: usize| match found.get(at)? {
            About::Task(id) => self.carried.rows.get(id).map(|row| row.document.clone()),
            _ => None,
        };
        // a row that a person added belongs to the document of the rows around it
        let around =
            |at: usize| (0..at).rev().find_map(document_of).or_else(|| (at..found.len()).find_map(document_of));
        self.changes.begin_table();
        for (at, row) in table.rows.iter().enumerate() {
            match found.get(at) {
                Some(About::Task(task)) => {
                    let entry = self.changes.of_row(task, row, table);
                    self.join(task, entry);
                }
                Some(About::Unclear) => {
                    let what = Message::new(
                        "几项任务的序号和内容与这一行相同，看不出是哪一项",
                        "several tasks have the number and the words of this row; it cannot be told which is meant",
                    );
                    let hint = Message::new("请填回“任务标识”", "put its 任务标识 back");
                    self.changes.note(&row.place, what, Some(hint));
                }
                _ if row.cell(Column::Task).is_empty() => {}
                _ => {
                    let Some(document) = around(at) else {
                        let what = Message::new(
                            "看不出这一行属于哪份文件",
                            "it cannot be told to which document this row belongs",
                        );
                        let hint = Message::new("请放到该文件的表中", "put it on the sheet of the document");
                        self.changes.note(&row.place, what, Some(hint));
                        continue;
                    };
                    self.added.push(self.changes.of_added(document, row, table));
                }
            }
        }
    }

    /// Reads the list of a body: what was written there, and not on the sheet of the document. `told` are the bodies whose lists
    /// are there.
    fn body(&mut self, table: &Table, told: &BTreeSet<&str>) {
        let found = matched(table, self.carried, &BTreeSet::new());
        let body = self.carried.body_of(&table.titles);
        if body.is_none() {
            let roles = found.iter().zip(&table.rows).filter_map(|(about, row)| match about {
                About::Task(task) => Some((task.as_str(), row.cell(Column::Role))),
                _ => None,
            });
            let place = table.titles.last().map_or("", String::as_str);
            if let Some(Remark { what, hint }) = nameless(self.carried, told, &roles.collect::<Vec<_>>()) {
                self.changes.note(place, what, Some(hint));
            }
        }
        self.changes.begin_table();
        for (about, row) in found.iter().zip(&table.rows) {
            if let About::Task(task) = about {
                let entry = self.changes.of_row(task, row, table);
                self.join(task, entry);
                if let Some(body) = body {
                    self.part(body, task, row);
                }
            } else {
                let what = Message::new(
                    "这一行不是写出的任务，未读取",
                    "this row is no task that was handed out, and is not read",
                );
                let hint = Message::new("新增的任务请写在其文件的表中", "add tasks on the sheet of their document");
                self.changes.note(&row.place, what, Some(hint));
            }
        }
    }

    /// Reads what the list of a body says of its part in a task.
    fn part(&mut self, body: &str, task: &str, row: &TableRow) {
        let (Some(carried), Some(entry)) = (self.carried.rows.get(task), self.written.get_mut(task)) else { return };
        let words = row.cell(Column::Role);
        let Some(part) = self.carried.parts.get(&(body.to_owned(), task.to_owned())) else {
            if let Some(Remark { what, hint }) = stranger(body, words, |column| now(entry, carried, column)) {
                self.changes.note(&row.place, what, Some(hint));
            }
            return;
        };
        match moved(part, body, words, |column| now(entry, carried, column)) {
            Ok(cells) => {
                if cells.last().is_some_and(|(to, _)| *to == Column::Leads) {
                    self.leading.push((task.to_owned(), row.place.clone(), words.to_owned()));
                }
                if !cells.is_empty() && !entry.says_something() {
                    entry.cell.clone_from(&row.place);
                    self.changes.sign(entry, row, &was(carried, Column::Updated));
                }
                for (column, becomes) in cells {
                    entry.edits.retain(|edit| edit.column != column);
                    let was = was(carried, column);
                    entry.edits.extend((was != becomes).then_some(Edit { column, was, becomes }));
                }
            }
            Err(Remark { what, hint }) => self.changes.note(&row.place, what, Some(hint)),
        }
    }

    /// Notes where a body that was made to lead does not lead as its list says, once all lists were read: bodies change places on
    /// two of them.
    fn together(&mut self) {
        for (task, place, words) in std::mem::take(&mut self.leading) {
            let (Some(carried), Some(entry)) = (self.carried.rows.get(&task), self.written.get(&task)) else {
                continue;
            };
            if let Some(Remark { what, hint }) = together(&words, &now(entry, carried, Column::Leads)) {
                self.changes.note(&place, what, Some(hint));
            }
        }
    }

    /// Puts what a row says beside what other rows of the same task say; where they differ the first counts.
    fn join(&mut self, task: &str, here: Entry) {
        let Some(there) = self.written.get_mut(task) else {
            self.written.insert(task.to_owned(), here);
            return;
        };
        if !there.says_something() {
            *there = here;
            return;
        }
        let mut differs = false;
        let mut apart = |column: Column| {
            let (known, new) = (there.says(column), here.says(column));
            differs |= known.is_some() && new.is_some() && known != new;
            known.is_none() && new.is_some()
        };
        let edits: Vec<_> = here.edits.iter().filter(|edit| apart(edit.column)).cloned().collect();
        let status = here.status.filter(|_| apart(Column::Status));
        let progress = Some(&here.progress).filter(|words| !words.is_empty() && apart(Column::Progress));
        there.status = there.status.or(status);
        if let Some(progress) = progress {
            there.progress.clone_from(progress);
        }
        if edits.iter().any(|edit| edit.column == Column::Due) {
            there.due = here.due;
        }
        there.edits.extend(edits);
        if differs {
            let what = Message::new(
                format!("与 `{}` 所填不同，以后者为准", there.cell),
                format!("says otherwise than `{}`, which counts", there.cell),
            );
            self.changes.note(&here.cell, what, None);
        }
    }

    /// Notes how many rows are gone; the documents say what they said.
    fn gone(&mut self) {
        let gone = self.carried.rows.keys().filter(|id| !self.changes.was_seen(id)).count();
        if gone > 0 {
            let what = Message::new(
                format!("{gone} 行已从台账删去；文件所写的任务不变"),
                match gone {
                    1 => "1 row was deleted; the tasks of the documents stay".to_owned(),
                    _ => format!("{gone} rows were deleted; the tasks of the documents stay"),
                },
            );
            let hint = Message::new(
                format!("不再实施的任务，状态填“{}”", Status::Cancelled.zh()),
                format!("a task that is given up has the status {}", Status::Cancelled.zh()),
            );
            self.changes.note("", what, Some(hint));
        }
    }
}
