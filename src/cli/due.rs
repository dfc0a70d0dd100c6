//! `zeren due`: what is due when, and who leads it.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};
use zeren::analysis::due::{Options, due};
use zeren::date::Date;
use zeren::diagnostic::Lang;
use zeren::query::{self, Detail};
use zeren::render::due as render;

use super::Done;
use super::analysis::AnalysisArguments;
use super::failure::Failure;
use super::scope::{self, InScope};

/// Formats of deadlines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// For calendars (iCalendar)
    Ics,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  zeren due --jurisdiction 330600                   what is overdue today, and what comes
  zeren due --on 2024-06-30 --within 30             seen from a day: overdue, or due within thirty days
  zeren due --body 市财政局 --format ics > due.ics      one department's deadlines for its calendar")]
pub(super) struct Arguments {
    /// The day from which past and coming are told; by default today. What ledgers report by then as done or given up is listed
    /// apart, also without `--current`
    #[arg(long, value_name = "DATE", value_parser = scope::day)]
    on: Option<Date>,
    /// Only what is overdue or due within so many days
    #[arg(long, value_name = "DAYS")]
    within: Option<u16>,
    /// Only tasks in which this department has a part: its name or a part of it
    #[arg(long, value_name = "NAME")]
    body: Option<String>,
    /// Shows only the first so many of each list
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    #[command(flatten)]
    common: AnalysisArguments<Format>,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let common = &arguments.common;
    let source = common.source.open()?;
    let InScope { documents, network } = common.filter.network(&*source, Detail::Words, lang)?;
    let bodies = arguments.body.as_deref().map(|name| scope::bodies(&network, name)).transpose()?;
    let mut deadlines = query::deadlines(&*source, &network)?;
    let written = query::written(&*source)?;
    if common.filter.is_current() {
        deadlines.extend(written.deadlines());
    }
    let on = scope::today(arguments.on)?;
    let options = Options { within: arguments.within.map(i32::from), bodies };
    let result = due(&network, &deadlines, &written.statuses(on), on, &options);
    let mut view = render::View {
        due: &result,
        documents: documents.into_iter().map(|document| (document.id.clone(), document)).collect(),
        top: arguments.top,
        claims: None,
    };
    if common.trace {
        let tasks: BTreeSet<&str> = view.lines().map(|(_, line)| line.task.id.as_str()).collect();
        view.claims = Some(query::claims(&*source, &network, &tasks)?);
    }
    common.write(|out| match common.format {
        Format::Table => render::table(out, &view, lang, common.width()),
        Format::Json => render::json(out, &view),
        Format::Csv => render::csv(out, &view),
        Format::Ics => render::calendar(out, &view, lang),
    })?;
    Ok(if result.tasks == 0 { Done::Partly } else { Done::Well })
}
