//! `zeren registry`: the tables of places, bodies and reforms, and what is wrong with a user's rows.

use std::path::Path;

use clap::Args;
use zeren::diagnostic::{Lang, Message};
use zeren::knowledge::{Knowledge, Problem};
use zeren::render::table::Table;

use super::failure::Failure;
use super::{Done, output};

#[derive(Debug, Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let knowledge = Knowledge::shipped();
    let rows = [
        ("places.csv", "行政区划", "jurisdictions", knowledge.places.len()),
        ("bodies.csv", "机构类型", "kinds of bodies", knowledge.bodies.all().len()),
        ("functions.csv", "职能", "functions", knowledge.functions.all().len()),
        ("prefixes.csv", "文号代字", "prefixes of document numbers", knowledge.bodies.prefixes().rows().len()),
        ("reforms.csv", "机构变动", "reforms", knowledge.reforms.all().len()),
    ];
    let header = [("表", "table"), ("内容", "content"), ("行数", "rows")];
    let mut table = Table::new(header.map(|(zh, en)| lang.pick(zh, en))).right(2);
    for (file, zh, en, count) in rows {
        table.row([file.to_owned(), lang.pick(zh, en).to_owned(), count.to_string()]);
    }
    output::stdout(|out| table.write(out, output::width()))?;
    for problem in &knowledge.problems {
        output::warn(&place(problem), problem.what.in_lang(lang), None, lang);
    }
    Ok(if knowledge.problems.is_empty() { Done::Well } else { Done::Partly })
}

/// Adds the rows of a user's folder to the tables, before anything reads them.
///
/// # Errors
///
/// [`Failure::Usage`] with the first row that is wrong, unless `lenient`.
pub(super) fn extend(folder: &Path, lenient: bool) -> Result<(), Failure> {
    Knowledge::extend(folder);
    let problems = &Knowledge::shipped().problems;
    match problems.first() {
        Some(problem) if !lenient => Err(Failure::Usage {
            place: place(problem),
            what: problem.what.clone(),
            hint: Some(Message::new(
                format!("共 {} 处；用 `zeren registry --registry {}` 查看", problems.len(), folder.display()),
                format!("{} in all; see them with `zeren registry --registry {}`", problems.len(), folder.display()),
            )),
        }),
        _ => Ok(()),
    }
}

fn place(problem: &Problem) -> String {
    problem.line.map_or_else(|| problem.file.clone(), |line| format!("{}:{line}", problem.file))
}
