//! Answers of SPARQL queries as tables.

use std::io::{self, Write};

use oxigraph::model::Term;

use super::table::Table;
use crate::iri::{BASE, ONTOLOGY};

/// Writes rows of terms for people: literals bare, the project's own IRIs without their base.
///
/// `width` is that of the terminal in cells, if it is one. Columns that hold only numbers are set
/// flush right.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(
    out: &mut dyn Write,
    columns: &[String],
    rows: &[Vec<Option<Term>>],
    width: Option<usize>,
) -> io::Result<()> {
    let shown: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|term| term.as_ref().map(bare).unwrap_or_default()).collect()).collect();
    let mut table = Table::new(columns);
    for index in 0..columns.len() {
        let mut cells = shown.iter().filter_map(|row| row.get(index)).filter(|cell| !cell.is_empty()).peekable();
        if cells.peek().is_some() && cells.all(|cell| cell.parse::<f64>().is_ok()) {
            table = table.right(index);
        }
    }
    for row in shown {
        table.row(row);
    }
    table.write(out, width)
}

/// A term as people read it.
fn bare(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => {
            let iri = node.as_str();
            iri.strip_prefix(ONTOLOGY).or_else(|| iri.strip_prefix(BASE)).unwrap_or(iri).to_owned()
        }
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{Literal, NamedNode};

    use super::*;

    #[test]
    fn terms_are_bare_and_figures_flush_right() {
        let body = NamedNode::new_unchecked(crate::iri::organisation("市财政局"));
        let rows = [
            vec![Some(body.into()), Some(Literal::from(7).into())],
            vec![Some(Literal::new_simple_literal("甲\n乙").into()), Some(Literal::from(12).into())],
            vec![None, None],
        ];
        let mut out = Vec::new();
        table(&mut out, &["body".into(), "tasks".into()], &rows, None).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "body                   tasks\norganisation/市财政局      7\n甲 乙                     12\n\n"
        );
    }
}
