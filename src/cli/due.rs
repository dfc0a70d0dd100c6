//! `zeren due`: what is due when, and who leads it.

use clap::{Args, ValueEnum};
use zeren::analysis::due::{Options, due};
use zeren::date::Date;
use zeren::diagnostic::Lang;
use zeren::query::{self, Detail};
use zeren::render::due as render;

use super::failure::Failure;
use super::scope::{self, FilterArguments, InScope, SourceArguments};
use super::{Done, output};

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
    /// The day from which past and coming are told; by default today
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
    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    csv: output::CsvArguments,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    source: SourceArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let source = arguments.source.open()?;
    let InScope { documents, network } = arguments.filter.network(&*source, Detail::Words, lang)?;
    let bodies = arguments.body.as_deref().map(|name| scope::bodies(&network, name)).transpose()?;
    let deadlines = query::deadlines(&*source, &network)?;
    let on = scope::today(arguments.on)?;
    let options = Options { within: arguments.within.map(i32::from), bodies };
    let result = due(&network, &deadlines, on, &options);
    let names = documents.iter().map(|document| (document.id.clone(), document.name().to_owned())).collect();
    output::stdout(|out| match arguments.format {
        Format::Table => render::table(out, &result, &names, arguments.top, lang, output::width()),
        Format::Json => render::json(out, &result, &names),
        Format::Csv => {
            arguments.csv.begin(out, true)?;
            render::csv(out, &result, &names)
        }
        Format::Ics => render::calendar(out, &result, &names, lang),
    })?;
    Ok(if result.tasks == 0 { Done::Partly } else { Done::Well })
}
