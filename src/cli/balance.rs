//! `zeren balance`: which leads to move so that the largest load is as low as can be.

use std::collections::{BTreeMap, BTreeSet};

use clap::{Args, ValueEnum};
use zeren::analysis::balance::{Eligible, Options, Reason, balance, fixed_by, otherwise};
use zeren::analysis::{self, Lineage, Weights, WhatIf, what_if};
use zeren::diagnostic::{Lang, Message};
use zeren::iri;
use zeren::knowledge::Knowledge;
use zeren::network::{Department, Network};
use zeren::query::{self, Detail, Source, StoredDocument};
use zeren::render::leads as render;

use super::Done;
use super::analysis::{AnalysisArguments, traced};
use super::failure::Failure;
use super::inherit;
use super::scope::{self, Format, InScope};

/// Who may take a lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Who {
    /// A department that is on the task already
    #[default]
    Task,
    /// Also one of the same function and place
    Function,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  zeren balance --document notice.txt
  zeren balance --jurisdiction 330600 --year 2016 --max-moves 5
  zeren balance --keep '(三)' --eligible function
  zeren balance --merge 体育局=文化和旅游局
  zeren balance --transfer 医疗保障=医疗保障局")]
pub(super) struct Arguments {
    /// Who may take a lead
    #[arg(long, value_enum, default_value_t)]
    eligible: Who,
    /// What a part in a task weighs, by role
    #[arg(long, value_name = "ROLE=N,…", default_value = "lead=1,co-lead=1,responsible=0.5,supporting=0.25")]
    weights: String,
    /// The most leads that may move
    #[arg(long, value_name = "N")]
    max_moves: Option<usize>,
    /// A task whose lead stays (repeatable): its IRI, its printed number or a part of its words
    #[arg(long, value_name = "TASK")]
    keep: Vec<String>,
    /// What if the first body became part of the second (repeatable)
    #[arg(long, value_name = "A=B")]
    merge: Vec<String>,
    /// What if a body, also a new one, took over a function (repeatable)
    #[arg(long, value_name = "FUNCTION=BODY")]
    transfer: Vec<String>,
    /// What the plan would be without the claims less sure than this
    #[arg(long, value_name = "CONFIDENCE", num_args = 0..=1, default_missing_value = "0.9", value_parser = scope::confidence)]
    sensitivity: Option<f64>,
    #[command(flatten)]
    common: AnalysisArguments<Format>,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let weights: Weights = arguments.weights.parse()?;
    let changes: Vec<_> = (arguments.merge.iter().map(|words| pair("--merge", words)))
        .chain(arguments.transfer.iter().map(|words| pair("--transfer", words)))
        .collect::<Result<_, _>>()?;
    let common = &arguments.common;
    let source = common.source.open()?;
    let InScope { documents, network } = common.filter.network(&*source, Detail::Words, lang)?;
    let tasks = network.tasks().count();
    let mut fixed = settled(&*source, &documents, &network)?;
    fixed.extend(kept(&network, &arguments.keep, tasks)?);
    let mut setting = render::Setting {
        documents: documents.iter().map(|document| (document.id.clone(), document.name().to_owned())).collect(),
        ..render::Setting::default()
    };
    let mut network = network;
    let mut supposed = Vec::new();
    if !changes.is_empty() && tasks > 0 {
        let peak = |network: &Network| {
            let load = analysis::workload(network, analysis::Options { weights, ..analysis::Options::default() });
            load.departments.first().map_or(0.0, |line| line.load)
        };
        let before = peak(&network);
        let mut said = Vec::new();
        for (option, left, right) in changes {
            let change = change(&network, option, left, right)?;
            said.push(sentence(&network, &change));
            network = what_if(&network, std::slice::from_ref(&change));
            supposed.push(change);
        }
        setting.what_if = Some((said, before));
    }
    let eligible = if arguments.eligible == Who::Function { Eligible::Function } else { Eligible::OnTask };
    let options = Options { weights, eligible, max_moves: arguments.max_moves, fixed };
    let result = balance(&network, &options);
    setting.otherwise = arguments.sensitivity.map(|below| otherwise(&network, &options, &result, below));
    if common.trace {
        let all = result.departments.iter().map(|line| line.organisation.as_str());
        let above: Vec<&str> = result.fixed.iter().filter_map(|fixed| fixed.why.parent()).collect();
        let mut found = traced(&*source, &network, all, &above)?;
        found.claims =
            supposed.iter().fold(found.claims, |claims, change| claims.taken_over(&change.from, &change.to.id));
        setting.trace = Some(found);
    }
    common.write(|out| match common.format {
        Format::Table => render::table(out, &result, &setting, lang, common.width()),
        Format::Json => render::json(out, &result, &setting, lang),
        Format::Csv => render::csv(out, &result, &setting, lang),
    })?;
    Ok(if tasks == 0 { Done::Partly } else { Done::Well })
}

/// The tasks whose leads the documents above have settled, as far as those are stored.
fn settled(
    source: &dyn Source,
    stored: &[StoredDocument],
    network: &Network,
) -> Result<BTreeMap<String, Reason>, Failure> {
    let below: BTreeSet<&str> = network.tasks().map(|(_, task)| task.document.as_str()).collect();
    let lineage = Lineage::of(&query::outlines(source, stored)?, &query::references(source, stored)?);
    let lines: Vec<_> = lineage.lines.iter().filter(|line| below.contains(line.child.as_str())).collect();
    if lines.is_empty() {
        return Ok(BTreeMap::new());
    }
    let notices = inherit::held(source, stored, &lines)?;
    Ok(fixed_by(&inherit::compared(source, &notices, &lines)?))
}

/// The tasks whose leads a person wants to stay.
fn kept(network: &Network, keep: &[String], tasks: usize) -> Result<BTreeMap<String, Reason>, Failure> {
    let mut fixed = BTreeMap::new();
    for words in keep.iter().filter(|_| tasks > 0) {
        let found = analysis::find_tasks(network, words);
        if found.is_empty() {
            let texts = network.tasks().flat_map(|(_, task)| [task.label.as_str(), task.text.as_str()]);
            return Err(Failure::Usage {
                place: "--keep".to_owned(),
                what: Message::new(format!("没有任务叫 `{words}`"), format!("no task is called `{words}`")),
                hint: scope::suggest(words, texts).or_else(|| {
                    let zh = "写任务的编号（如 `(三)`）、内容的一部分或 IRI";
                    Some(Message::new(zh, "give its printed number, as `(三)`, a part of its words or its IRI"))
                }),
            });
        }
        fixed.extend(found.into_iter().map(|task| (task.id.clone(), Reason::Kept)));
    }
    Ok(fixed)
}

/// The two sides of `A=B`.
fn pair<'a>(option: &'static str, words: &'a str) -> Result<(&'static str, &'a str, &'a str), Failure> {
    let sides = words.split_once(['=', '＝']).map(|(left, right)| (left.trim(), right.trim()));
    match sides {
        Some((left, right)) if !left.is_empty() && !right.is_empty() && left != right => Ok((option, left, right)),
        _ => {
            let form = if option == "--merge" {
                Message::new(
                    "应为 `机构=并入的机构`，如 `市体育局=市文化和旅游局`",
                    "write `BODY=BODY`, as `市体育局=市文化和旅游局`",
                )
            } else {
                Message::new(
                    "应为 `职能=机构`，如 `医疗保障=市医疗保障局`",
                    "write `FUNCTION=BODY`, as `insurance=市医疗保障局`",
                )
            };
            let what = Message::new(format!("`{words}` 看不懂"), format!("`{words}` is not two different names"));
            Err(Failure::Usage { place: option.to_owned(), what, hint: Some(form) })
        }
    }
}

/// What the arguments would change.
fn change(network: &Network, option: &'static str, left: &str, right: &str) -> Result<WhatIf, Failure> {
    if option == "--merge" {
        let (from, to) = (one_body(network, option, left)?, one_body(network, option, right)?);
        return Ok(WhatIf { from: vec![from.id], to });
    }
    let functions = &Knowledge::shipped().functions;
    let function =
        functions.all().iter().find(|function| function.key == left || function.zh == left || function.en == left);
    let Some(function) = function else {
        let names = functions.all().iter().flat_map(|function| [function.key.as_str(), function.zh.as_str()]);
        return Err(Failure::Usage {
            place: option.to_owned(),
            what: Message::new(format!("没有职能叫 `{left}`"), format!("no function is called `{left}`")),
            hint: scope::suggest(left, names),
        });
    };
    let has = |department: &&Department| {
        !department.collective
            && department.function.as_deref().is_some_and(|key| functions.is_within(key, &function.key))
    };
    let from: Vec<&Department> = network.departments().map(|(_, department)| department).filter(has).collect();
    let Some(first) = from.first() else {
        let (zh, en) = (&function.zh, &function.en);
        return Err(Failure::Usage {
            place: option.to_owned(),
            what: Message::new(
                format!("范围内没有部门的职能是 `{zh}`"),
                format!("no department in scope has the function `{en}`"),
            ),
            hint: None,
        });
    };
    let to = match analysis::find_departments(network, right).as_slice() {
        [one] => (*one).clone(),
        [] => Department {
            id: iri::organisation(right),
            label: right.to_owned(),
            function: Some(function.key.clone()),
            place: first.place.clone(),
            ..Department::default()
        },
        _ => one_body(network, option, right)?,
    };
    Ok(WhatIf { from: from.iter().map(|department| department.id.clone()).collect(), to })
}

/// The one department that a name means.
fn one_body(network: &Network, option: &'static str, name: &str) -> Result<Department, Failure> {
    let labels = || network.departments().map(|(_, department)| department.label.as_str());
    match analysis::find_departments(network, name).as_slice() {
        [one] => Ok((*one).clone()),
        [] => Err(Failure::Usage {
            place: option.to_owned(),
            what: Message::new(format!("没有名为 `{name}` 的部门"), format!("no department is called `{name}`")),
            hint: scope::suggest(name, labels()),
        }),
        several => {
            let names: Vec<String> = several.iter().take(5).map(|one| format!("`{}`", one.label)).collect();
            let count = several.len();
            Err(Failure::Usage {
                place: option.to_owned(),
                what: Message::new(
                    format!("`{name}` 可以指 {count} 个部门"),
                    format!("`{name}` may mean {count} departments"),
                ),
                hint: Some(Message::new(
                    format!("写出全称：{}", names.join("、")),
                    format!("give a full name: {}", names.join(", ")),
                )),
            })
        }
    }
}

/// What is supposed, in one sentence.
fn sentence(network: &Network, change: &WhatIf) -> Message {
    let named = |id: &String| network.departments().find(|(_, one)| one.id == *id).map(|(_, one)| one.label.clone());
    let from: Vec<String> = change.from.iter().filter(|id| **id != change.to.id).filter_map(named).collect();
    let to = &change.to.label;
    Message::new(
        format!("假设 {to} 接手 {} 的全部任务", from.join("、")),
        format!("what if {to} took over all tasks of {}", from.join(", ")),
    )
}
