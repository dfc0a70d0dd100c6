//! What a ledger carries of its own rows, so that a change of them shows when it comes back.

use std::io;

use super::packed::{digest, pack};
use super::{Book, Column, Kept, MARK, Row};

/// The columns of a carried row: what may be changed.
pub(super) fn columns() -> impl Iterator<Item = Column> {
    Column::PRINTED.into_iter().chain(Column::WRITTEN)
}

impl Book {
    /// The lines of the sheet that carries what reading the ledger back needs: the mark, the rows as they are handed out, and
    /// the graphs, which are packed and cut to pieces. [`super::Carried`] reads them.
    ///
    /// # Errors
    ///
    /// Where a graph cannot be packed.
    pub fn carrier(&self, kept: &[Kept]) -> io::Result<Vec<Vec<String>>> {
        let mut lines = vec![MARK.map(str::to_owned).to_vec()];
        lines.extend(self.carried());
        for graph in kept {
            let digest = digest(&graph.nquads);
            for (number, piece) in pack(&graph.nquads)?.into_iter().enumerate() {
                lines.push(vec!["graph".to_owned(), graph.id.clone(), digest.clone(), number.to_string(), piece]);
            }
        }
        Ok(lines)
    }

    /// The rows as they are handed out, one a line: `row`, the IRIs of document and task, and the cells that may be changed.
    /// Before them a line with the headings of those cells, and one for each document: `document`, its IRI, title, place and
    /// date; behind them one for each part of a body: `part`, the IRI of the task, the name of the body, that by which the
    /// document calls it, and its role.
    pub(super) fn carried(&self) -> Vec<Vec<String>> {
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
        for body in &self.bodies {
            let parts = body.parts.iter().filter_map(|part| {
                let row = self.sections.get(part.section)?.rows.get(part.row)?;
                Some(["part", &row.id, &body.label, &part.name, part.role.zh()].map(str::to_owned).to_vec())
            });
            lines.extend(parts);
        }
        lines
    }
}

fn line(document: &str, row: &Row) -> Vec<String> {
    let mut cells = vec!["row".to_owned(), document.to_owned(), row.id.clone()];
    cells.extend(columns().map(|column| row.words(column).into_owned()));
    cells
}
