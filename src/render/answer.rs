//! Answers of SPARQL queries as tables.

use std::io::{self, Write};

use super::table::Table;

/// Writes rows of cells for people; columns that hold only numbers are set flush right.
///
/// `width` is that of the terminal in cells, if it is one.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(out: &mut dyn Write, columns: &[String], rows: &[Vec<String>], width: Option<usize>) -> io::Result<()> {
    let mut table = Table::new(columns);
    for index in 0..columns.len() {
        let mut cells = rows.iter().filter_map(|row| row.get(index)).filter(|cell| !cell.is_empty()).peekable();
        if cells.peek().is_some() && cells.all(|cell| cell.parse::<f64>().is_ok()) {
            table = table.right(index);
        }
    }
    for row in rows {
        table.row(row.iter().cloned());
    }
    table.write(out, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_flush_right() {
        let rows = [["市财政局", "7"], ["甲\n乙", "12"]].map(|row| row.map(str::to_owned).to_vec());
        let mut out = Vec::new();
        table(&mut out, &["body".into(), "tasks".into()], &rows, None).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "body      tasks\n市财政局      7\n甲 乙        12\n");
    }
}
