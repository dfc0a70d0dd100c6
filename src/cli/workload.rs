//! `zeren workload`: who carries how much.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use zeren::analysis::{Options, Weights, breakdown, workload};
use zeren::diagnostic::Lang;
use zeren::network::{Department, Network, TaskNode};
use zeren::query::{Detail, StoredDocument};
use zeren::render::workload as render;

use super::Done;
use super::analysis::{AnalysisArguments, traced};
use super::failure::Failure;
use super::scope::{self, InScope};

/// What the load is told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Document
    Document,
    /// Place that the document speaks for
    Place,
    /// Year of the document; every department from year to year
    Year,
    /// First heading above the task
    Theme,
    /// Function of the department
    Function,
}

impl By {
    fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Place => "place",
            Self::Year => "year",
            Self::Theme => "theme",
            Self::Function => "function",
        }
    }
}

/// Formats of the ranking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// Picture of bars
    Svg,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zeren workload --jurisdiction 哈尔滨市 --top 10                      the first ten
  zeren workload --jurisdiction 哈尔滨市 --by year --as-of 2024-01-01  year by year, under the bodies of today
  zeren workload --assume-first-leads --sensitivity                    how firm the places are
  zeren workload --body 市财政局 --trace                               where each figure is written
  zeren workload --format svg -o load.svg                              a picture of bars")]
pub(super) struct Arguments {
    /// What a part in a task weighs, by role
    #[arg(long, value_name = "ROLE=N,…", default_value = "lead=1,co-lead=1,responsible=0.5,supporting=0.25")]
    weights: String,
    /// Tells the load by groups
    #[arg(long, value_enum)]
    by: Option<By>,
    /// Takes the first of a plain list without a lead to lead
    #[arg(long)]
    assume_first_leads: bool,
    /// How the ranking may move if claims less sure than this do not hold, or hold in the heaviest role
    #[arg(long, value_name = "CONFIDENCE", num_args = 0..=1, default_missing_value = "0.9", value_parser = scope::confidence)]
    sensitivity: Option<f64>,
    /// Ranks collective and generic bodies too
    #[arg(long)]
    collective: bool,
    /// Shows only the first so many departments
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Shows only this department: its name or a part of it
    #[arg(long, value_name = "NAME")]
    body: Option<String>,
    #[command(flatten)]
    common: AnalysisArguments<Format>,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let weights: Weights = arguments.weights.parse()?;
    let common = &arguments.common;
    let source = common.source.open()?;
    let detail = if arguments.by.is_some() { Detail::Words } else { Detail::Figures };
    let InScope { documents, network } = common.filter.network(&*source, detail, lang)?;
    let bodies = arguments.body.as_deref().map(|name| scope::bodies(&network, name)).transpose()?;
    let options = Options {
        weights,
        collective: arguments.collective,
        first_leads: arguments.assume_first_leads,
        doubtful: arguments.sensitivity,
    };
    let result = workload(&network, options);
    let grouped = arguments.by.map(|by| groups(&network, &documents, options, by, lang));
    let mut selection = render::Selection { bodies, top: arguments.top, claims: None };
    if common.trace {
        selection.claims = Some(traced(&*source, &network, selection.shown(&result), &[])?);
    }
    common.write(|out| match common.format {
        Format::Table => render::table(out, &result, grouped.as_ref(), &selection, lang, common.width()),
        Format::Json => render::json(out, &result, grouped.as_ref(), &selection),
        Format::Csv => render::csv(out, &result, grouped.as_ref(), &selection),
        Format::Svg => out.write_all(render::svg(&result, &selection, lang).as_bytes()),
    })?;
    Ok(if result.tasks == 0 { Done::Partly } else { Done::Well })
}

/// The load by groups, each with what it is called.
fn groups(network: &Network, documents: &[StoredDocument], options: Options, by: By, lang: Lang) -> render::Grouped {
    let known: BTreeMap<&str, &StoredDocument> =
        documents.iter().map(|document| (document.id.as_str(), document)).collect();
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let key = |body: &Department, task: &TaskNode| {
        let document = known.get(task.document.as_str());
        match by {
            By::Document => Some(task.document.clone()),
            By::Place => document.and_then(|document| given(&document.place)),
            By::Year => document
                .and_then(|document| document.years.iter().min().cloned())
                .or_else(|| task.date.map(|date| date.to_string().chars().take(4).collect())),
            By::Theme => task.path.first().cloned(),
            By::Function => body.function.clone(),
        }
    };
    let name = |key: Option<String>| match (key, by) {
        (Some(id), By::Document) => match known.get(id.as_str()) {
            Some(document) if !document.number.is_empty() => document.number.clone(),
            Some(document) if !document.title.is_empty() => document.title.clone(),
            _ => id,
        },
        (Some(key), _) => key,
        (None, _) => lang.pick("（未写明）", "(not said)").to_owned(),
    };
    let mut groups = breakdown(network, options, key);
    if by == By::Theme {
        // as the documents have them: characters do not sort as numerals do
        groups.sort_by_key(|group| group.first);
    }
    render::Grouped {
        by: by.as_str(),
        groups: groups.into_iter().map(|group| (name(group.key), group.workload)).collect(),
    }
}
