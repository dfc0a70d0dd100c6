//! The workbook: its sheets, and the one that carries what reading it back needs.

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};
use thiserror::Error;

use super::frame::Formats;
use super::names::SheetNames;
use super::sheets::{self, CONTENTS, Places};
use crate::diagnostic::Lang;
use crate::ledger::{AUTHOR, Book, CARRIER, Kept, MADE_ON};

/// Why a ledger cannot be written.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// The library refuses.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] XlsxError),
    /// A graph cannot be packed.
    #[error("a graph cannot be packed: {0}")]
    Pack(#[from] std::io::Error),
}

impl LedgerError {
    /// What is the case, in one language.
    pub fn message(&self, lang: Lang) -> String {
        lang.pick(&format!("工作簿无法写成：{self}"), &self.to_string()).to_owned()
    }
}

/// Writes a ledger as a workbook (XLSX). `kept` are the graphs that it carries. The same ledger gives the same bytes.
///
/// # Errors
///
/// What the workbook cannot hold, such as more rows than a sheet has.
pub fn workbook(book: &Book, kept: &[Kept]) -> Result<Vec<u8>, LedgerError> {
    let mut names = SheetNames::default();
    for reserved in [CONTENTS, CARRIER] {
        names.give(reserved);
    }
    let places = Places {
        sections: book.sections.iter().map(|section| names.give(section.name())).collect(),
        bodies: book.bodies.iter().map(|body| names.give(&body.label)).collect(),
        columns: book.sections.iter().map(sheets::columns_of).collect(),
        leads: book.first_leads(),
    };
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    let properties = DocProperties::new().set_title("任务台账").set_author(AUTHOR);
    workbook.set_properties(&match sheets::in_workbook(MADE_ON) {
        Some(made) => properties.set_creation_datetime(&made),
        None => properties,
    });
    sheets::contents(workbook.add_worksheet(), book, &places, &formats)?;
    for index in 0..book.sections.len() {
        sheets::document(workbook.add_worksheet(), book, index, &places, &formats)?;
    }
    for index in 0..book.bodies.len() {
        sheets::body(workbook.add_worksheet(), book, index, &places, &formats)?;
    }
    carry(&mut workbook, book, kept)?;
    Ok(workbook.save_to_buffer()?)
}

/// Writes the sheet that is not shown: the rows as they are handed out, and the graphs.
fn carry(workbook: &mut Workbook, book: &Book, kept: &[Kept]) -> Result<(), LedgerError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(CARRIER)?.set_hidden(true);
    for (at, line) in (0_u32..).zip(book.carrier(kept)?) {
        for (column, cell) in (0_u16..).zip(line) {
            sheet.write_string(at, column, super::fitting(&cell))?;
        }
    }
    Ok(())
}
