//! `zeren overlap`: who works with whom.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use zeren::analysis::overlap::{common_tasks, contacts, overlap, shifts};
use zeren::diagnostic::Lang;
use zeren::query::{self, Detail};
use zeren::render::{graphviz, overlap as render};

use super::Done;
use super::failure::Failure;
use super::output;
use super::scope::{self, FilterArguments, SourceArguments};

/// What is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Rows {
    /// The answer on one screen; with `--body`, whom it must call
    #[default]
    Summary,
    /// Departments with their measures
    Departments,
    /// Pairs with the tasks behind them
    Pairs,
    /// Who leads whom
    Leads,
}

impl From<Rows> for render::Rows {
    fn from(rows: Rows) -> Self {
        match rows {
            Rows::Summary => Self::Summary,
            Rows::Departments => Self::Departments,
            Rows::Pairs => Self::Pairs,
            Rows::Leads => Self::Leads,
        }
    }
}

/// Formats of the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// Text for Graphviz
    Dot,
    /// Scalable picture
    Svg,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zeren overlap --jurisdiction 哈尔滨市            who forms the core, who must work with whom
  zeren overlap --body 市财政局                    whom it must call, task by task
  zeren overlap --rows pairs --top 20 --trace      pairs, their tasks and the words behind them
  zeren overlap --format svg -o network.svg        the network as a picture")]
pub(super) struct Arguments {
    /// What is listed
    #[arg(long, value_enum, default_value_t)]
    rows: Rows,
    /// Only this department and those that it works with: its name or a part of it
    #[arg(long, value_name = "NAME")]
    body: Option<String>,
    /// Only tasks whose number is this or whose words hold it
    #[arg(long, value_name = "TASK", requires = "body")]
    task: Option<String>,
    /// Shows only the first so many departments and pairs
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Takes collective and generic bodies in
    #[arg(long)]
    collective: bool,
    /// How the network would change without claims less sure than this
    #[arg(long, value_name = "CONFIDENCE", num_args = 0..=1, default_missing_value = "0.9", value_parser = scope::confidence)]
    sensitivity: Option<f64>,
    /// Shows the words of the documents behind pairs and tasks, with their places
    #[arg(long)]
    trace: bool,
    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// File to write instead of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    csv: output::CsvArguments,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    source: SourceArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let source = arguments.source.open()?;
    let network = arguments.filter.network(&*source, Detail::Words, lang)?.network;
    let bodies = arguments.body.as_deref().map(|name| scope::bodies(&network, name)).transpose()?;
    let result = overlap(&network, arguments.collective);
    if result.figures.tasks == 0 {
        return Ok(Done::Partly);
    }
    let mut calls = bodies.as_deref().map(|bodies| contacts(&network, bodies)).unwrap_or_default();
    if let Some(wanted) = &arguments.task {
        calls.retain(|contact| contact.task.is_called(wanted));
    }
    let mut view = render::View {
        overlap: &result,
        network: &network,
        rows: arguments.rows.into(),
        bodies,
        contacts: calls,
        top: arguments.top,
        shifts: arguments.sensitivity.map(|below| shifts(&network, &result, arguments.collective, below)),
        claims: None,
    };
    if arguments.trace {
        let tasks: BTreeSet<&str> = view
            .pairs_shown(arguments.format == Format::Table)
            .flat_map(|pair| common_tasks(&network, pair))
            .chain(view.contacts.iter().map(|contact| contact.task))
            .map(|task| task.id.as_str())
            .collect();
        view.claims = Some(query::claims(&*source, &network, &tasks)?);
    }
    let mut bytes = Vec::new();
    match arguments.format {
        Format::Table => render::table(&mut bytes, &view, lang, output::width().filter(|_| arguments.output.is_none())),
        Format::Json => render::json(&mut bytes, &view),
        Format::Csv => arguments.csv.begin(&mut bytes, true).and_then(|()| render::csv(&mut bytes, &view)),
        Format::Dot | Format::Svg => Ok(()),
    }
    .map_err(|error| Failure::write("stdout", error))?;
    match arguments.format {
        Format::Dot => bytes = render::dot(&view, lang).into_bytes(),
        Format::Svg => bytes = graphviz::draw(&render::dot(&view, lang), "svg")?,
        _ => {}
    }
    output::result(arguments.output.as_deref(), &bytes)?;
    Ok(Done::Well)
}
