//! CSV for spreadsheets: UTF-8, RFC 4180, cells that a spreadsheet would run made inert.

use std::io::{self, Write};

use crate::resolve::Facts;
use crate::span::Span;

/// The columns of [`facts`].
pub const FACTS_HEADER: [&str; 15] = [
    "document",
    "label",
    "path",
    "text",
    "clause",
    "mode",
    "name",
    "organisation",
    "role",
    "rank",
    "basis",
    "confidence",
    "start",
    "end",
    "correction",
];

/// Writes one line.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn line<S: AsRef<str>>(out: &mut dyn Write, cells: impl IntoIterator<Item = S>) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(cells.into_iter().map(|cell| inert(cell.as_ref())))?;
    // written through a buffer, so that the error of `out` keeps its kind
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    out.write_all(&bytes)
}

/// Writes one line for every responsibility of a document; [`FACTS_HEADER`] names the columns.
///
/// `start` and `end` are the character offsets of the printed name.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn facts(out: &mut dyn Write, facts: &Facts) -> io::Result<()> {
    for entry in &facts.tasks {
        let task = &entry.task;
        for (index, party) in task.responsibilities.iter().enumerate() {
            let organisation = entry.parties.get(index).and_then(|&body| facts.organisations.get(body));
            line(
                out,
                [
                    facts.id.clone(),
                    task.label.clone(),
                    task.path.join(" / "),
                    task.text.clone(),
                    task.clause.clone().unwrap_or_default(),
                    task.mode.as_str().to_owned(),
                    party.name.clone(),
                    organisation.map(|body| body.id.clone()).unwrap_or_default(),
                    party.role.as_str().to_owned(),
                    party.rank.to_string(),
                    party.basis.as_str().to_owned(),
                    party.confidence.to_string(),
                    printed(party.span).map(|span| span.start.to_string()).unwrap_or_default(),
                    printed(party.span).map(|span| span.end.to_string()).unwrap_or_default(),
                    corrections(facts, &party.corrections),
                ],
            )?;
        }
    }
    Ok(())
}

/// The place of a name; none of what a person added and the document does not print.
fn printed(span: Span) -> Option<Span> {
    (!span.is_empty()).then_some(span)
}

/// Who corrected what, when and why; empty where nobody did.
fn corrections(facts: &Facts, indices: &[usize]) -> String {
    let corrections = indices.iter().filter_map(|&index| facts.corrections.get(index));
    let words = corrections.map(|one| format!("{} {} {} {}", one.act.as_str(), one.by, one.on, one.why));
    words.collect::<Vec<_>>().join("; ")
}

/// The cell with an apostrophe before it where a spreadsheet would take it for a formula, or where it has one of its own: who
/// reads it back takes one away.
fn inert(cell: &str) -> String {
    let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let number = cell.parse::<f64>().is_ok();
    if (formula && !number) || cell.starts_with(['\t', '\r', '\'']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_inert_and_numbers_stay() {
        let mut out = Vec::new();
        line(&mut out, ["=1+1", "@a", "-1.5", "-甲", "一,二", "\"三\"", "", " =x"]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "'=1+1,'@a,-1.5,'-甲,\"一,二\",\"\"\"三\"\"\",,' =x\n");
    }

    proptest::proptest! {
        #[test]
        fn what_was_made_inert_is_read_as_it_was(cell in "['=+\\-@\t\r ]{0,3}[甲1=' ]{0,3}") {
            let inert = inert(&cell);
            proptest::prop_assert_eq!(crate::read::bare(&inert), cell);
        }
    }

    #[test]
    fn one_line_for_each_responsibility() {
        let mut out = Vec::new();
        facts(&mut out, &crate::render::sample::facts()).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r#"
        https://w3id.org/zeren/document/哈政办规〔2017〕56号,(十三),二、重点工作 / =改革,"建成1个""医联体""，
        3个月内见效。",市卫生计生委、市财政局负责,first-listed,市卫生计生委,https://w3id.org/zeren/organisation/哈尔滨市卫生和计划生育委员会,lead,1,first-listed-leads,0.98,1190,1196,
        https://w3id.org/zeren/document/哈政办规〔2017〕56号,(十三),二、重点工作 / =改革,"建成1个""医联体""，
        3个月内见效。",市卫生计生委、市财政局负责,first-listed,市财政局,,supporting,2,first-listed-leads,1,1190,1196,
        "#);
    }
}
