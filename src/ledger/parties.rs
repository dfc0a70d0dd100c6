//! The bodies and dates that people write into cells: understood as in a document of the same place and year.

use super::carried::{Carried, CarriedDocument};
use super::{Column, Entry, Rewrite};
use crate::date::Date;
use crate::extract::Role;
use crate::pipeline;
use crate::read::read_bytes;

/// Finds the bodies and the last day that the changed cells of entries name.
pub(super) fn understand(entries: &mut [Entry], carried: &Carried) {
    for (id, document) in &carried.documents {
        let mut cells: Vec<(usize, Column, String)> = Vec::new();
        for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.document == *id) {
            // a due date that was changed itself says more than the words beside it
            let by_words = entry.becomes(Column::Due).is_none();
            let tells = |column: Column| column == Column::Deadline && by_words || !column.roles().is_empty();
            let named = entry.edits.iter().filter(|edit| tells(edit.column) && !edit.becomes.is_empty());
            cells.extend(named.map(|edit| (at, edit.column, edit.becomes.clone())));
        }
        for (at, found) in read(document, &cells) {
            match (entries.get_mut(at), found) {
                (Some(entry), Found::Party(rewrite)) => entry.parties.push(*rewrite),
                (Some(entry), Found::Due(day)) => entry.due = entry.due.max(Some(day)),
                (None, _) => {}
            }
        }
    }
}

/// What a cell names.
enum Found {
    /// A body.
    Party(Box<Rewrite>),
    /// The last day of a deadline.
    Due(Date),
}

/// Reads cells as those of a table of a document would be read: a row a cell.
fn read(document: &CarriedDocument, cells: &[(usize, Column, String)]) -> Vec<(usize, Found)> {
    if cells.is_empty() {
        return Vec::new();
    }
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let mut line = |cells: &[&str]| writer.write_record(cells).is_ok();
    line(&["标题", &document.title]);
    line(&["行政区划", &document.place]);
    line(&["成文日期", &document.date]);
    line(&["", "", ""]);
    line(&["序号", "任务", "牵头单位", "完成时限"]);
    for (number, (_, column, words)) in cells.iter().enumerate() {
        let words = words.replace('\n', "、");
        let [bodies, limit] = if *column == Column::Deadline { ["", &words] } else { [words.as_str(), ""] };
        line(&[&(number + 1).to_string(), &format!("第{}项工作", number + 1), bodies, limit]);
    }
    let Ok(bytes) = writer.into_inner() else { return Vec::new() };
    let Ok(source) = read_bytes("ledger.csv", &bytes) else { return Vec::new() };
    let (facts, _) = pipeline::facts_of(source);
    let mut found = Vec::new();
    for entry in &facts.tasks {
        let number = entry.task.label.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let Some((at, column, _)) = number.and_then(|number| cells.get(number)) else { continue };
        if *column == Column::Deadline {
            // without bodies of its own a row may be read as sharing those of the row above
            let days = entry.task.deadlines.iter().filter_map(|limit| limit.relation.last_day(limit.date?));
            found.extend(days.map(|day| (*at, Found::Due(day))));
            continue;
        }
        let several = entry.task.responsibilities.len() > 1;
        for (index, party) in entry.task.responsibilities.iter().enumerate() {
            let role = match column {
                Column::Leads if several => Role::CoLead,
                Column::Leads => Role::Lead,
                Column::Responsible => Role::Responsible,
                _ => Role::Supporting,
            };
            let organisation = entry.parties.get(index).and_then(|&body| facts.organisations.get(body));
            let rewrite = Rewrite {
                column: *column,
                name: party.name.clone(),
                role,
                rank: index + 1,
                organisation: organisation.cloned(),
            };
            found.push((*at, Found::Party(Box::new(rewrite))));
        }
    }
    found
}
