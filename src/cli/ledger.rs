//! `zeren ledger`: the tasks as a workbook that an office keeps.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use zeren::analysis::{Selection, narrow};
use zeren::diagnostic::{Lang, Message};
use zeren::ledger::{Book, Kept};
use zeren::query::{self, Detail};
use zeren::render::ledger as render;

use super::failure::Failure;
use super::form::{self, Forms};
use super::scope::{self, FilterArguments, InScope, SourceArguments};
use super::{Done, output};

/// The most sheets of bodies: those that lead most.
const MOST_BODIES: usize = 200;

/// Formats of a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Workbook, to be kept and read back
    Xlsx,
    /// For other programs
    Csv,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  zeren ledger -o ledger.xlsx                          every document, every department
  zeren ledger --document 56号 -o ledger.xlsx           one document
  zeren ledger --body 市财政局 -o finance.xlsx            one department's tasks
  zeren build ledger.xlsx                              reads back what was filled in
  zeren query status                                   how far the tasks have come")]
pub(super) struct Arguments {
    /// File to write
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Format; by default the one that the name of the output file ends with, else csv
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Only tasks in which this department has a part: its name or a part of it
    #[arg(long, value_name = "NAME")]
    body: Option<String>,
    #[command(flatten)]
    csv: output::CsvArguments,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    source: SourceArguments,
}

/// The formats by the names of files.
const FORMS: Forms<Format> = Forms {
    thing: ("台账", "ledgers"),
    endings: &[("xlsx", Format::Xlsx), ("csv", Format::Csv)],
    named: 2,
    usual: Format::Csv,
};

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let format = FORMS.of(arguments.format, arguments.output.as_deref())?;
    if format == Format::Xlsx {
        form::not_on_a_terminal(arguments.output.as_deref(), ("工作簿", "a workbook"))?;
    }
    let source = arguments.source.open()?;
    let InScope { documents, network } = arguments.filter.network(&*source, Detail::Words, lang)?;
    let written = query::written(&*source)?;
    let network = zeren::analysis::with_added(&network, written.added());
    let network = zeren::analysis::current(&network, &written.reassignments);
    let bodies = arguments.body.as_deref().map(|name| scope::bodies(&network, name)).transpose()?;
    let network = match &bodies {
        Some(bodies) => narrow(&network, &Selection { departments: Some(bodies), ..Selection::default() }),
        None => network,
    };
    let mut known = BTreeSet::new();
    let wanted = network.tasks().map(|(_, task)| task.document.clone()).filter(|id| known.insert(id.clone()));
    let wanted: Vec<String> = wanted.collect();
    let notices = query::notices(&*source, &documents, &wanted)?;
    let mut book = Book::new(&notices, &network, &written.entries, bodies.as_deref());
    if book.sections.is_empty() {
        // a good ledger is not replaced by an empty one
        return Ok(Done::Partly);
    }
    let mut content = Vec::new();
    match format {
        Format::Csv => {
            let written = arguments.csv.begin(&mut content, true).and_then(|()| render::csv(&mut content, &book));
            written.map_err(|error| Failure::write("csv", error))?;
        }
        Format::Xlsx => {
            leave_out_bodies(&mut book, lang);
            let mut kept = Vec::new();
            let documents = book.sections.iter().map(|section| section.id.as_str());
            let ledgers = documents.clone().filter_map(|id| written.ledgers.get(id)).flatten().map(String::as_str);
            for id in documents.chain(ledgers.collect::<BTreeSet<_>>()) {
                kept.push(Kept { id: id.to_owned(), nquads: query::graph(&*source, id)?.to_nquads() });
            }
            content = render::workbook(&book, &kept)?;
        }
    }
    output::result(arguments.output.as_deref(), &content)?;
    Ok(Done::Well)
}

/// Keeps the lists of those bodies that lead most, and says so.
fn leave_out_bodies(book: &mut Book, lang: Lang) {
    let Some(over) = book.bodies.len().checked_sub(MOST_BODIES).filter(|over| *over > 0) else { return };
    book.bodies.truncate(MOST_BODIES);
    let what = Message::new(
        format!("只为牵头最多的 {MOST_BODIES} 个单位建表，另有 {over} 个单位没有单独的表"),
        format!("the {MOST_BODIES} bodies that lead most have sheets of their own; {over} more have none"),
    );
    let hint = Message::new(
        "用 `--body`、`--document` 或 `--jurisdiction` 缩小范围",
        "narrow it with `--body`, `--document` or `--jurisdiction`",
    );
    output::remark(what.in_lang(lang), Some(hint.in_lang(lang)), lang);
}
