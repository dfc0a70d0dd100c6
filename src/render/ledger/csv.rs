//! A ledger as CSV: a line a task, with the document at its beginning.

use std::io::{self, Write};

use super::super::csv::line;
use crate::ledger::{Book, Column};

/// Writes the headings and one line for each row; `Column::Id` comes last.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv(out: &mut dyn Write, book: &Book) -> io::Result<()> {
    // what only the reader of a workbook's clock can tell is left out
    let columns = || Column::OF_DOCUMENT.into_iter().filter(|column| *column != Column::Alert);
    line(out, std::iter::once(Column::Document.zh()).chain(columns().map(Column::zh)))?;
    for section in &book.sections {
        for row in &section.rows {
            let due = row.due.map(|due| due.to_string()).unwrap_or_default();
            let cell = |column| if column == Column::Due { due.as_str() } else { row.cell(column) };
            line(out, std::iter::once(section.name()).chain(columns().map(cell)))?;
        }
    }
    Ok(())
}
