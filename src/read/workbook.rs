//! Ledgers as comma- or tab-separated values.

use super::table::{Cell, Table};
use super::writer::Writer;
use super::{Format, Source};
use crate::diagnostic::{Code, Finding};

/// Reads separated values; the text has a line a row, its cells separated by tabs.
pub(super) fn read_csv(name: &str, content: &str) -> Source {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(content))
        .from_reader(content.as_bytes());
    let mut out = Writer::default();
    let mut table = Table { merges_known: false, ..Table::default() };
    let mut findings = Vec::new();
    for (row, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                findings.push(Finding::new(
                    Code::RaggedRow,
                    None,
                    format!("第 {} 行无法读取：{error}", row + 1),
                    format!("row {} cannot be read: {error}", row + 1),
                ));
                continue;
            }
        };
        for (column, value) in record.iter().enumerate() {
            // a leading apostrophe keeps spreadsheets from reading a cell as a formula
            let value = value.strip_prefix('\'').unwrap_or(value);
            let span = out.cell(value, column == 0);
            table.put(Cell { span, row, column }, 1, 1);
        }
        out.end_line();
    }
    out.table(table);
    let mut source = out.into_source(name, Format::Csv);
    source.findings = findings;
    source
}

/// The separator that occurs most in the first lines outside of quotes.
fn delimiter(content: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b'\t', 0), (b';', 0)];
    let mut quoted = false;
    for byte in content.bytes().take(8192) {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            _ => {
                if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| *separator == byte) {
                    *count += 1;
                }
            }
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Block;

    #[test]
    fn quoted_cells_keep_lines_and_commas() {
        let source = read_csv("a.csv", "序号,任务,牵头部门\n1,\"完善制度,\n健全机制\",'=财政局\n");
        let Some(Block::Table(table)) = source.blocks.first() else { panic!("no table") };
        assert_eq!(table.text(&source.text, 1, 1), "完善制度,\n健全机制");
        assert_eq!(table.text(&source.text, 1, 2), "=财政局");
        assert_eq!(table.text(&source.text, 9, 9), "");
    }

    #[test]
    fn tabs_and_semicolons_separate_too() {
        let source = read_csv("a.csv", "序号;任务;牵头部门\n1;完善;财政局\n");
        let Some(Block::Table(table)) = source.blocks.first() else { panic!("no table") };
        assert_eq!(table.text(&source.text, 1, 2), "财政局");
    }
}
