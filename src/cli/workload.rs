//! `zeren workload`: who carries how much.

use clap::Args;
use zeren::analysis::{Options, Weights, workload};
use zeren::diagnostic::Lang;
use zeren::render::workload as render;

use super::Done;
use super::failure::Failure;
use super::output;
use super::scope::{self, FilterArguments, Format, SourceArguments};
use zeren::query::Detail;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What a part in a task weighs, by role
    #[arg(long, value_name = "ROLE=N,…", default_value = "lead=1,co-lead=1,responsible=0.5,supporting=0.25")]
    weights: String,
    /// Ranks collective and generic bodies too
    #[arg(long)]
    collective: bool,
    /// Shows only the first so many departments
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Shows only this department: its name or a part of it
    #[arg(long, value_name = "NAME")]
    body: Option<String>,
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
    let weights: Weights = arguments.weights.parse()?;
    let network = arguments.filter.network(&*arguments.source.open()?, Detail::Figures, lang)?.network;
    let bodies = arguments.body.as_deref().map(|name| scope::bodies(&network, name)).transpose()?;
    let result = workload(&network, Options { weights, collective: arguments.collective });
    let selection = render::Selection { bodies, top: arguments.top };
    output::stdout(|out| match arguments.format {
        Format::Table => render::table(out, &result, &selection, lang, output::width()),
        Format::Json => render::json(out, &result, &selection),
        Format::Csv => {
            arguments.csv.begin(out, true)?;
            render::csv(out, &result, &selection)
        }
    })?;
    Ok(if result.tasks == 0 { Done::Partly } else { Done::Well })
}
