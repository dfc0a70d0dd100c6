//! `zeren diff`: what changed between two documents of one body.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use zeren::analysis::diff;
use zeren::diagnostic::Lang;
use zeren::render::diff as render;

use super::failure::Failure;
use super::pair::Pair;
use super::scope::SourceArguments;
use super::{Done, output};

/// Formats of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// A page with the changes marked
    Html,
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The earlier document: IRI or a part of its number, title or file name; or a file, where both are
    #[arg(value_name = "BEFORE")]
    before: String,
    /// The later document
    #[arg(value_name = "AFTER")]
    after: String,
    /// Shows both wordings of every changed task, with their places
    #[arg(long)]
    trace: bool,
    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Writes to a file in place of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    csv: output::CsvArguments,
    #[command(flatten)]
    source: SourceArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let names = [(arguments.before.as_str(), "BEFORE"), (arguments.after.as_str(), "AFTER")];
    let [Some(before), Some(after)] = Pair::open(&arguments.source, names)?.notices else { return Ok(Done::Partly) };
    let result = diff(&before, &after);
    let width = if arguments.output.is_some() { None } else { output::width() };
    let write = |out: &mut dyn std::io::Write| match arguments.format {
        Format::Table => render::table(out, &result, arguments.trace, lang, width),
        Format::Json => render::json(out, &result),
        Format::Csv => {
            arguments.csv.begin(out, true)?;
            render::csv(out, &result)
        }
        Format::Html => render::html(out, &result, lang),
    };
    match &arguments.output {
        None => output::stdout(write)?,
        Some(path) => {
            let mut content = Vec::new();
            write(&mut content).map_err(|error| Failure::write("stdout", error))?;
            output::file(path, &content)?;
        }
    }
    Ok(Done::Well)
}
