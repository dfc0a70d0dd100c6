//! A ledger as CSV: a line a task, with the document at its beginning and what was handed out at its end.

use std::borrow::Cow;
use std::io::{self, Write};

use super::super::csv::line;
use crate::ledger::{Book, Carried, Column};

/// Writes the headings and one line for each row; `Column::Id` and `Column::Trace` come last.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv(out: &mut dyn Write, book: &Book) -> io::Result<()> {
    // what only the reader of a workbook's clock can tell is left out
    let columns = || Column::OF_DOCUMENT.into_iter().filter(|column| *column != Column::Alert);
    let headings = columns().chain([Column::Trace]).map(Column::zh);
    line(out, std::iter::once(Column::Document.zh()).chain(headings))?;
    let key = Carried::of_book(book).key;
    for section in &book.sections {
        for row in &section.rows {
            let mut cells = vec![Cow::Borrowed(section.name())];
            cells.extend(columns().map(|column| row.words(column)));
            cells.push(Cow::Owned(row.trace(&key)));
            line(out, cells)?;
        }
    }
    Ok(())
}
