//! `zeren overlap`: who works with whom.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};
use zeren::analysis::overlap::{common_tasks, contacts, overlap, shifts};
use zeren::diagnostic::{Lang, Message};
use zeren::query::{self, Detail};
use zeren::render::{diagram, graphviz, overlap as render};

use super::Done;
use super::analysis::AnalysisArguments;
use super::failure::Failure;
use super::scope;

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
    #[command(flatten)]
    common: AnalysisArguments<Format>,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let common = &arguments.common;
    let source = common.source.open()?;
    let scope::InScope { documents, network } = common.filter.network(&*source, Detail::Words, lang)?;
    let bodies = arguments.body.as_deref().map(|name| scope::bodies(&network, name)).transpose()?;
    let result = overlap(&network, arguments.collective);
    if result.figures.tasks == 0 {
        return Ok(Done::Partly);
    }
    let mut calls = bodies.as_deref().map(|bodies| contacts(&network, bodies)).unwrap_or_default();
    if let Some(wanted) = &arguments.task {
        let texts: Vec<&str> = calls.iter().flat_map(|contact| [&*contact.task.label, &*contact.task.text]).collect();
        calls.retain(|contact| contact.task.is_called(wanted));
        if calls.is_empty() {
            return Err(Failure::Usage {
                place: "--task".to_owned(),
                what: Message::new(
                    format!("该部门没有任务叫 `{wanted}`"),
                    format!("no task of the department is called `{wanted}`"),
                ),
                hint: scope::suggest(wanted, texts).or_else(|| {
                    let zh = "写任务的编号（如 `(三)`）或内容的一部分；不写 `--task` 则列出全部";
                    Some(Message::new(
                        zh,
                        "give its printed number, as `(三)`, or a part of its words; all without `--task`",
                    ))
                }),
            });
        }
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
    if common.trace {
        let tasks: BTreeSet<&str> = view
            .pairs_shown(common.format == Format::Table)
            .flat_map(|pair| common_tasks(&network, pair))
            .chain(view.contacts.iter().map(|contact| contact.task))
            .map(|task| task.id.as_str())
            .collect();
        view.claims = Some(query::claims(&*source, &network, &tasks)?);
    }
    let mut drawn = Vec::new();
    if matches!(common.format, Format::Dot | Format::Svg) {
        let sheet = diagram::Sheet::Page(1);
        let options = diagram::Options { lang, sheet, narrowed: "", link: &|id| Some(id.to_owned()) };
        let picture = diagram::overlap(&view, &diagram::captions(&documents), &options)?;
        if let Some(words) = picture.cut.words() {
            let hint = lang.pick("用 `zeren diagram overlap`", "use `zeren diagram overlap`");
            super::output::remark(words.in_lang(lang), Some(hint), lang);
        }
        drawn = match common.format {
            Format::Svg => graphviz::draw(&picture.dot, "svg")?,
            _ => picture.dot.into_bytes(),
        };
    }
    common.write(|out| match common.format {
        Format::Table => render::table(out, &view, lang, common.width()),
        Format::Json => render::json(out, &view),
        Format::Csv => render::csv(out, &view),
        Format::Dot | Format::Svg => out.write_all(&drawn),
    })?;
    Ok(Done::Well)
}
