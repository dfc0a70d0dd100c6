//! A ledger that comes back: what a person changed of it.

use std::collections::BTreeMap;

use super::carried::Carried;
use super::parties::understand;
use super::tables::{Table, TableRow, plain, tables};
use super::{AUTHOR, Column, Edit, Entry, MADE_ON, Status};
use crate::date::Date;
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
        Ok(Self::beside(grid, Carried::read(grid)?))
    }

    /// Reads a ledger that carries nothing, beside what it was when it was handed out, or would be today.
    pub fn beside(grid: &Grid, carried: Carried) -> Self {
        let mut reader = Reader { grid, returned: Self { carried, ..Self::default() }, seen: BTreeMap::new() };
        let tables = tables(grid);
        let mut written: BTreeMap<String, Entry> = BTreeMap::new();
        for table in tables.iter().filter(|table| !table.of_body) {
            reader.document(table, &mut written);
        }
        for table in tables.iter().filter(|table| table.of_body) {
            reader.body(table, &mut written);
        }
        if tables.is_empty() {
            let what = Message::new("没有找到台账的表头", "no headings of a ledger were found");
            reader.note(String::new(), what, None);
        }
        reader.gone(&tables);
        let Reader { mut returned, .. } = reader;
        let mut entries: Vec<Entry> = written.into_values().filter(Entry::says_something).collect();
        entries.append(&mut returned.entries);
        understand(&mut entries, &returned.carried);
        returned.entries = entries;
        returned
    }
}

struct Reader<'a> {
    grid: &'a Grid,
    returned: Returned,
    /// The tasks whose rows were found on sheets of documents, with the words of their status.
    seen: BTreeMap<String, String>,
}

impl Reader<'_> {
    fn note(&mut self, place: String, what: Message, hint: Option<Message>) {
        self.returned.notes.push(Note { place, what, hint });
    }

    /// Reads the sheet of a document, or of several.
    fn document(&mut self, table: &Table, written: &mut BTreeMap<String, Entry>) {
        let tasks = self.tasks(table);
        let known = |at: usize| tasks.get(at).and_then(Option::as_ref);
        let document_of = |id: &String| self.returned.carried.rows.get(id).map(|row| row.document.clone());
        // a row that a person added belongs to the document of the rows around it
        let above = |at: usize| (0..at).rev().find_map(known).or_else(|| (at..tasks.len()).find_map(known));
        let documents: Vec<Option<String>> = (0..table.rows.len()).map(|at| above(at).and_then(document_of)).collect();
        for (at, row) in table.rows.iter().enumerate() {
            if let Some(task) = known(at) {
                let entry = self.changed(task, row, table);
                self.seen.entry(task.clone()).or_insert_with(|| row.cell(Column::Status).to_owned());
                written.entry(task.clone()).or_insert(entry);
            } else if let Some(document) = documents.get(at).cloned().flatten() {
                let entry = self.added(document, row);
                self.returned.entries.extend(entry);
            } else if !row.cell(Column::Task).is_empty() {
                let what =
                    Message::new("看不出这一行属于哪份文件", "it cannot be told to which document this row belongs");
                let hint = Message::new("请放到该文件的表中", "put it on the sheet of the document");
                self.note(row.place.clone(), what, Some(hint));
            }
        }
    }

    /// The task of each row: by its IRI, else by its words. A row that was copied to be filled anew is another.
    fn tasks(&self, table: &Table) -> Vec<Option<String>> {
        let carried = &self.returned.carried.rows;
        let as_handed_out = |id: &str, row: &TableRow| {
            let words = carried.get(id).and_then(|row| row.cells.get(&Column::Task));
            words.is_some_and(|words| plain(words) == row.cell(Column::Task))
        };
        let mut of_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, row) in table.rows.iter().enumerate() {
            let id = row.cell(Column::Id);
            if carried.contains_key(id) {
                of_id.entry(id).or_default().push(at);
            }
        }
        let mut tasks: Vec<Option<String>> = vec![None; table.rows.len()];
        for (id, rows) in &of_id {
            let own = |at: &&usize| table.rows.get(**at).is_some_and(|row| as_handed_out(id, row));
            let Some(first) = rows.iter().find(own).or_else(|| rows.first()) else { continue };
            for at in rows {
                let same = table.rows.get(*at).is_some_and(|row| as_handed_out(id, row));
                if let Some(task) = tasks.get_mut(*at).filter(|_| at == first || same) {
                    *task = Some((*id).to_owned());
                }
            }
        }
        // rows whose IRI is gone are found by their words, those of their document first
        let mut by_words: BTreeMap<(String, String), &str> = BTreeMap::new();
        for (id, row) in carried.iter().filter(|(id, _)| !of_id.contains_key(id.as_str())) {
            let words = |column| row.cells.get(&column).map(|words| plain(words)).unwrap_or_default();
            by_words.entry((words(Column::Task), words(Column::Label))).or_insert(id);
        }
        for (task, row) in tasks.iter_mut().zip(&table.rows).filter(|(task, _)| task.is_none()) {
            let key = (row.cell(Column::Task).to_owned(), row.cell(Column::Label).to_owned());
            if row.cell(Column::Id).is_empty() {
                *task = by_words.remove(&key).map(str::to_owned);
            }
        }
        tasks
    }

    /// What a row of a task says otherwise than it was handed out.
    fn changed(&mut self, task: &str, row: &TableRow, table: &Table) -> Entry {
        let Some(before) = self.returned.carried.rows.get(task).cloned() else { return Entry::default() };
        let was = |column| before.cells.get(&column).map(|words| plain(words)).unwrap_or_default();
        let mut entry = Entry {
            document: before.document.clone(),
            task: Some(task.to_owned()),
            cell: row.place.clone(),
            ..Entry::default()
        };
        for column in Column::PRINTED.into_iter().filter(|column| table.columns.contains(column)) {
            let becomes = row.cell(column);
            if becomes != was(column) {
                entry.edits.push(Edit { column, was: was(column), becomes: becomes.to_owned() });
            }
        }
        self.state(&mut entry, row, &was);
        entry
    }

    /// What a row says of status and progress that it did not say when it was handed out.
    fn state(&mut self, entry: &mut Entry, row: &TableRow, was: &impl Fn(Column) -> String) {
        let status = row.cell(Column::Status);
        if !status.is_empty() && status != was(Column::Status) {
            entry.status = Status::parse(status);
            if entry.status.is_none() {
                let words = Status::ALL.map(Status::zh).join("、");
                let what =
                    Message::new(format!("不认识完成状态 `{status}`"), format!("the status `{status}` is not known"));
                let hint = Message::new(format!("可用 {words}"), format!("use one of {words}"));
                self.note(row.place.clone(), what, Some(hint));
            }
        }
        let progress = row.cell(Column::Progress);
        if progress != was(Column::Progress) {
            progress.clone_into(&mut entry.progress);
        }
        if !entry.says_something() {
            return;
        }
        let (on, by) = (row.cell(Column::Updated), row.cell(Column::By));
        let told = Some(on).filter(|on| !on.is_empty() && **on != was(Column::Updated)).map(|on| (on, day(on)));
        if let Some((on, None)) = told {
            let what = Message::new(format!("不认识日期 `{on}`"), format!("the date `{on}` cannot be read"));
            let hint = Message::new("写作 2026-11-22", "write it as 2026-11-22");
            self.note(row.place.clone(), what, Some(hint));
        }
        entry.on = told.and_then(|(_, day)| day).or(self.grid.saved_on.filter(|on| *on != MADE_ON));
        let by = if by.is_empty() { self.grid.saved_by.as_str() } else { by };
        Some(by).filter(|by| *by != AUTHOR).unwrap_or_default().clone_into(&mut entry.by);
    }

    /// A row that a person added.
    fn added(&mut self, document: String, row: &TableRow) -> Option<Entry> {
        if row.cell(Column::Task).is_empty() {
            return None;
        }
        let mut entry = Entry { document, cell: row.place.clone(), ..Entry::default() };
        for column in Column::PRINTED {
            let becomes = row.cell(column);
            if !becomes.is_empty() {
                entry.edits.push(Edit { column, was: String::new(), becomes: becomes.to_owned() });
            }
        }
        self.state(&mut entry, row, &|_| String::new());
        Some(entry)
    }

    /// Reads the list of a body: what was filled in there, and not on the sheet of the document.
    fn body(&mut self, table: &Table, written: &mut BTreeMap<String, Entry>) {
        for row in &table.rows {
            let task = row.cell(Column::Id);
            let Some(before) = self.returned.carried.rows.get(task).cloned() else { continue };
            let was = |column| before.cells.get(&column).map(|words| plain(words)).unwrap_or_default();
            let mut here = Entry {
                document: before.document.clone(),
                task: Some(task.to_owned()),
                cell: row.place.clone(),
                ..Entry::default()
            };
            let mut row = row.clone();
            if self.seen.get(task).is_some_and(|status| status == row.cell(Column::Status)) {
                // what a formula shows was read where it stands
                row.cells.remove(&Column::Status);
            }
            self.state(&mut here, &row, &was);
            // formulas that were not computed again show nothing, or what they showed before
            if here.status.is_none() && here.progress.is_empty() {
                continue;
            }
            let there = written.entry(task.to_owned()).or_insert_with(|| Entry { ..here.clone() });
            let differs = there.status.is_some() && here.status.is_some() && there.status != here.status
                || !there.progress.is_empty() && !here.progress.is_empty() && there.progress != here.progress;
            if differs {
                let place = there.cell.clone();
                let what = Message::new(
                    format!("与 `{place}` 所填不同，以后者为准"),
                    format!("says otherwise than `{place}`, which counts"),
                );
                self.note(row.place.clone(), what, None);
                continue;
            }
            if there.status.is_none() && there.progress.is_empty() {
                (there.on, there.by) = (here.on, here.by);
            }
            there.status = there.status.or(here.status);
            if there.progress.is_empty() {
                there.progress = here.progress;
            }
        }
    }

    /// Notes how many rows are gone; the documents say what they said.
    fn gone(&mut self, tables: &[Table]) {
        if !tables.iter().any(|table| !table.of_body) {
            return;
        }
        let gone = self.returned.carried.rows.keys().filter(|id| !self.seen.contains_key(*id)).count();
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
            self.note(String::new(), what, Some(hint));
        }
    }
}

/// A day as people write it: 2026-11-22, 2026/11/22, 2026.11.22, 2026年11月22日.
fn day(words: &str) -> Option<Date> {
    let parts: Vec<&str> =
        words.split(|char: char| !char.is_ascii_digit()).filter(|part| !part.is_empty()).take(3).collect();
    Date::parse_iso(&parts.join("-"))
}
