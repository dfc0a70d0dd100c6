//! What a ledger carries of its own rows, so that a change of them shows when it comes back.

use super::{Book, Column, Row};

/// The columns of a carried row: the IRIs of the task and the document, then what may be changed.
pub(super) fn columns() -> impl Iterator<Item = Column> {
    Column::PRINTED.into_iter().chain(Column::WRITTEN)
}

impl Book {
    /// The rows as they are handed out, one a line: `row`, the IRIs of document and task, and the cells that may be changed.
    /// Before them a line with the headings of those cells, and one for each document: `document`, its IRI, title, place and
    /// date.
    pub fn carried(&self) -> Vec<Vec<String>> {
        let mut lines: Vec<Vec<String>> = vec![["columns", "", ""].map(str::to_owned).to_vec()];
        lines[0].extend(columns().map(|column| column.zh().to_owned()));
        for section in &self.sections {
            let date = section.date.map(|date| date.to_string()).unwrap_or_default();
            lines.push(vec![
                "document".to_owned(),
                section.id.clone(),
                section.title.clone(),
                section.place.clone(),
                date,
            ]);
            lines.extend(section.rows.iter().map(|row| line(&section.id, row)));
        }
        lines
    }
}

fn line(document: &str, row: &Row) -> Vec<String> {
    let mut cells = vec!["row".to_owned(), document.to_owned(), row.id.clone()];
    cells.extend(columns().map(|column| row.cell(column).to_owned()));
    cells
}
