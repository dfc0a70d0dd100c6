//! What a row of a ledger that comes back says otherwise than it was handed out.

use std::collections::{BTreeMap, BTreeSet};

use super::carried::Carried;
use super::returned::Note;
use super::tables::{Table, TableRow, day, plain};
use super::trace::Trace;
use super::{AUTHOR, Column, Edit, Entry, MADE_ON, Status};
use crate::date::Date;
use crate::diagnostic::Message;
use crate::read::Grid;

/// The columns whose words spreadsheets take for numbers and days, and rewrite, when they open separated values.
const REWRITTEN: [Column; 4] = [Column::Label, Column::Figures, Column::Deadline, Column::Basis];

/// Reads rows beside what was handed out.
pub(super) struct Changes<'a> {
    grid: &'a Grid,
    carried: &'a Carried,
    /// Whether these are separated values.
    values: bool,
    notes: Vec<Note>,
    /// The tasks whose rows were found on sheets of documents, with the words of their status.
    seen: BTreeMap<String, String>,
    /// The heading of the last row that has one: what it was, and what it says now.
    headings: BTreeMap<Column, (String, String)>,
    /// The columns of separated values that read otherwise and are not taken for changes.
    passed_over: BTreeSet<Column>,
    /// Whether some row of separated values does not tell what was handed out.
    untraced: bool,
}

impl<'a> Changes<'a> {
    pub(super) fn new(grid: &'a Grid, carried: &'a Carried, values: bool) -> Self {
        Self {
            grid,
            carried,
            values,
            notes: Vec::new(),
            seen: BTreeMap::new(),
            headings: BTreeMap::new(),
            passed_over: BTreeSet::new(),
            untraced: false,
        }
    }

    pub(super) fn note(&mut self, place: &str, what: Message, hint: Option<Message>) {
        self.notes.push(Note { place: place.to_owned(), what, hint });
    }

    /// Makes ready for the rows of another table.
    pub(super) fn begin_table(&mut self) {
        self.headings.clear();
    }

    /// Whether a task had a row on the sheet of a document.
    pub(super) fn was_seen(&self, task: &str) -> bool {
        self.seen.contains_key(task)
    }

    /// All that a person should know.
    pub(super) fn into_notes(mut self) -> Vec<Note> {
        if !self.passed_over.is_empty() {
            let columns: Vec<&str> = self.passed_over.iter().map(|column| column.zh()).collect();
            let (zh, en) = (columns.join("、"), columns.join(", "));
            let what = Message::new(
                format!("{zh} 有的格与写出时不同，未读取"),
                format!("some cells of {en} read otherwise than they were handed out, and are not read"),
            );
            let hint = Message::new("这些改动请写在 .xlsx 的台账里", "make such changes in a ledger as .xlsx");
            self.note("", what, Some(hint));
        }
        if self.untraced {
            let what = Message::new(
                format!("没有“{}”一栏，看不出写出后改了什么，只读取填报的内容", Column::Trace.zh()),
                format!("without the column {} only what was filled in is read", Column::Trace.zh()),
            );
            let hint = Message::new("请保留这一栏，或用 .xlsx 的台账", "keep that column, or use a ledger as .xlsx");
            self.note("", what, Some(hint));
        }
        self.notes
    }

    /// What a row of a task says otherwise than it was handed out.
    pub(super) fn of_row(&mut self, task: &str, row: &TableRow, table: &Table) -> Entry {
        let Some(before) = self.carried.rows.get(task) else { return Entry::default() };
        let mut was: BTreeMap<Column, String> =
            before.cells.iter().map(|(column, words)| (*column, plain(words))).collect();
        let traced = Trace::parse(row.cell(Column::Trace));
        if let Some(trace) = &traced {
            was.iter_mut()
                .filter(|(column, _)| trace.is_as_handed_out(**column, row.cell(**column)))
                .for_each(|(column, words)| row.cell(*column).clone_into(words));
        }
        self.untraced |= self.values && traced.is_none();
        let mut entry = Entry {
            document: before.document.clone(),
            task: Some(task.to_owned()),
            cell: row.place.clone(),
            ..Entry::default()
        };
        for column in Column::PRINTED.into_iter().filter(|column| table.columns.contains(column)) {
            // ledgers that were handed out earlier carry less
            let Some(was) = was.get(&column) else { continue };
            let becomes = self.heading(column, was, row.cell(column)).unwrap_or_else(|| row.cell(column).to_owned());
            if becomes == *was {
                continue;
            }
            if self.values && (traced.is_none() || REWRITTEN.contains(&column)) {
                // a number in brackets is rewritten in every row
                self.passed_over.extend(Some(column).filter(|column| *column != Column::Label));
                continue;
            }
            if column == Column::Due {
                entry.due = day(&becomes).filter(|day| day.day.is_some());
                if entry.due.is_none() && !becomes.is_empty() {
                    self.unknown_day(&row.place, &becomes);
                    continue;
                }
            }
            entry.edits.push(Edit { column, was: was.clone(), becomes });
        }
        if table.of_body && self.seen.get(task).is_some_and(|status| status == row.cell(Column::Status)) {
            // what a formula shows was read where it stands
            was.insert(Column::Status, row.cell(Column::Status).to_owned());
        }
        self.state(&mut entry, row, &was, table);
        if !table.of_body {
            self.seen.entry(task.to_owned()).or_insert_with(|| row.cell(Column::Status).to_owned());
        }
        entry
    }

    /// What a row says of a heading that it says nothing of itself: of cells that a person merged only the first keeps its words.
    fn heading(&mut self, column: Column, was: &str, words: &str) -> Option<String> {
        if ![Column::Heading, Column::Subheading].contains(&column) {
            return None;
        }
        if words.is_empty() {
            let above = self.headings.get(&column).filter(|(before, _)| before == was);
            return Some(above.map_or(was, |(_, now)| now).to_owned());
        }
        self.headings.insert(column, (was.to_owned(), words.to_owned()));
        None
    }

    /// What a row says of status and progress that it did not say when it was handed out.
    fn state(&mut self, entry: &mut Entry, row: &TableRow, was: &BTreeMap<Column, String>, table: &Table) {
        let was = |column| was.get(&column).map(String::as_str).unwrap_or_default();
        let status = row.cell(Column::Status);
        if !status.is_empty() && status != was(Column::Status) {
            entry.status = Status::parse(status);
            if entry.status.is_none() {
                let words = Status::ALL.map(Status::zh).join("、");
                let what =
                    Message::new(format!("不认识完成状态 `{status}`"), format!("the status `{status}` is not known"));
                let hint = Message::new(format!("可用 {words}"), format!("use one of {words}"));
                self.note(&row.place, what, Some(hint));
            }
        }
        let progress = row.cell(Column::Progress);
        if progress != was(Column::Progress) {
            progress.clone_into(&mut entry.progress);
        }
        for column in [Column::Status, Column::Progress].into_iter().filter(|column| table.columns.contains(column)) {
            // formulas on the list of a body show nothing until they are computed
            if !table.of_body && row.cell(column).is_empty() && !was(column).is_empty() {
                entry.edits.push(Edit { column, was: was(column).to_owned(), becomes: String::new() });
            }
        }
        if entry.says_something() {
            self.sign(entry, row, was(Column::Updated));
        }
    }

    /// Puts into an entry who wrote a row, and when. `was` is what the day of the row said when it was handed out.
    pub(super) fn sign(&mut self, entry: &mut Entry, row: &TableRow, was: &str) {
        let (on, by) = (row.cell(Column::Updated), row.cell(Column::By));
        let told = Some(on).filter(|on| !on.is_empty() && *on != was).map(|on| (on, day(on)));
        if let Some((on, None)) = told {
            self.unknown_day(&row.place, on);
        }
        entry.on = told.and_then(|(_, day)| day).or(self.grid.saved_on.filter(|on| *on != MADE_ON));
        let by = if by.is_empty() { self.grid.saved_by.as_str() } else { by };
        Some(by).filter(|by| *by != AUTHOR).unwrap_or_default().clone_into(&mut entry.by);
    }

    fn unknown_day(&mut self, place: &str, words: &str) {
        let what = Message::new(format!("不认识日期 `{words}`"), format!("the date `{words}` cannot be read"));
        let hint = Message::new("写作 2026-11-22", "write it as 2026-11-22");
        self.note(place, what, Some(hint));
    }

    /// A row that a person added.
    pub(super) fn of_added(&mut self, document: String, row: &TableRow, table: &Table) -> Entry {
        let mut entry = Entry { document, cell: row.place.clone(), ..Entry::default() };
        for column in Column::PRINTED {
            let becomes = row.cell(column);
            if becomes.is_empty() {
                continue;
            }
            if column == Column::Due {
                entry.due = day(becomes).filter(|day: &Date| day.day.is_some());
                if entry.due.is_none() {
                    self.unknown_day(&row.place, becomes);
                    continue;
                }
            }
            entry.edits.push(Edit { column, was: String::new(), becomes: becomes.to_owned() });
        }
        self.state(&mut entry, row, &BTreeMap::new(), table);
        entry
    }
}
