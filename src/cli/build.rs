//! `zeren build`: documents to the store.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use zeren::diagnostic::{Code, Finding, Lang, Message, Severity};
use zeren::render::json::Number;
use zeren::render::report::{self, Entry, Report};

use super::failure::Failure;
use super::inputs::{self, Inputs};
use super::returned::Ledgers;
use super::scope::{Format, StoreArguments};
use super::{Done, output};
use zeren::graph::DocumentGraph;
use zeren::iri;
use zeren::pipeline;
use zeren::query;
use zeren::store::{Access, SourceInfo, Status, Store};

/// How many documents are committed together: each commit writes the list of all documents.
const TOGETHER: usize = 64;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files, or folders to search for txt, html, docx, xlsx, csv and the like
    #[arg(value_name = "PATH", default_value = "data")]
    paths: Vec<PathBuf>,
    /// Format of the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    csv: output::CsvArguments,
    #[command(flatten)]
    store: StoreArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let started = Instant::now();
    let Inputs { mut files, failed } = Inputs::list(&arguments.paths, Some(&arguments.store.store), lang);
    let unlisted = |(path, words): (PathBuf, String)| Entry::failed(path.display().to_string(), None, words, None);
    let mut entries: Vec<Entry> = failed.into_iter().map(unlisted).collect();
    if files.is_empty() && entries.is_empty() {
        return Err(inputs::nothing_in(&arguments.paths));
    }
    if files.is_empty() {
        warn_of_failures(&entries, lang);
        return Err(nothing_stored());
    }
    let ledgers = Ledgers::take(&mut files, lang);
    let mut store = arguments.store.open(Access::Fill)?;
    for error in store.damaged() {
        let hint =
            lang.pick("此文件视为未入库；再次读取即可补入", "the document counts as absent until it is read again");
        output::warn("", &error.message(lang), Some(hint), lang);
    }
    let bar = bar(files.len());
    let mut seen = BTreeMap::new();
    let mut stale: Vec<(String, Finding)> = Vec::new();
    for paths in files.chunks(TOGETHER) {
        let mut outcomes = Vec::with_capacity(paths.len());
        for path in paths {
            bar.set_message(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
            outcomes.push(read(path, &mut seen, lang));
            bar.inc(1);
        }
        let of_outcome = |outcome: &Outcome| {
            let source = outcome.entry.source.clone();
            outcome.stale.iter().map(move |finding| (source.clone(), finding.clone())).collect::<Vec<_>>()
        };
        stale.extend(outcomes.iter().flat_map(of_outcome));
        entries.extend(commit(outcomes, &mut store, lang)?);
    }
    bar.finish_and_clear();
    let (of_ledgers, noted) = ledgers.store(&mut store, &arguments.store.store, lang)?;
    entries.extend(of_ledgers);
    let changed = entries.iter().any(|entry| entry.error.is_none() && entry.status != Status::Unchanged.as_str());
    if changed || store.document(&iri::dataset()).is_none() {
        query::describe(&mut store)?;
    }
    store.settle()?;
    warn_of_failures(&entries, lang);
    warn_of_corrections(&stale, lang);
    let failed = entries.iter().filter(|entry| entry.error.is_some()).count();
    let all = entries.len();
    let report = Report { documents: entries, quads: store.len(), seconds: Number(started.elapsed().as_secs_f64()) };
    output::stdout(|out| match arguments.format {
        Format::Table => report::table(out, &report, lang, output::width()),
        Format::Json => report::json(out, &report),
        Format::Csv => {
            arguments.csv.begin(out, true)?;
            report::csv(out, &report)
        }
    })?;
    if failed == all {
        return Err(nothing_stored());
    }
    Ok(if failed > 0 || noted || !stale.is_empty() { Done::Partly } else { Done::Well })
}

/// Says which corrections no longer fit: somebody relies on them.
fn warn_of_corrections(stale: &[(String, Finding)], lang: Lang) {
    for (source, finding) in stale {
        let hint = finding.hint.as_ref().map(|hint| hint.in_lang(lang));
        output::warn(source, finding.message.in_lang(lang), hint, lang);
    }
}

fn warn_of_failures(entries: &[Entry], lang: Lang) {
    for entry in entries {
        if let Some(error) = &entry.error {
            output::warn(&entry.source, error, entry.hint.as_deref(), lang);
        }
    }
}

fn nothing_stored() -> Failure {
    Failure::NoInput(
        Message::new("没有一个文件能够入库", "none of the documents could be stored"),
        Message::new("原因见上面的警告", "the warnings above say why"),
    )
}

/// What came of reading a file: an entry of the report and, unless it failed, what is to be stored.
struct Outcome {
    entry: Entry,
    /// Corrections that no longer fit.
    stale: Vec<Finding>,
    document: Option<(DocumentGraph, SourceInfo)>,
}

fn read(path: &Path, seen: &mut BTreeMap<String, String>, lang: Lang) -> Outcome {
    let place = path.display().to_string();
    let failed = |entry| Outcome { entry, stale: Vec::new(), document: None };
    let checked = match pipeline::checked(path) {
        Ok(checked) => checked,
        Err(error) => {
            return failed(Entry::failed(place, None, error.message(lang), error.hint(lang)));
        }
    };
    let facts = &checked.facts;
    if let Some(finding) = facts.findings.iter().find(|finding| finding.severity == Severity::Error) {
        let hint = finding.hint.as_ref().map(|hint| hint.in_lang(lang).to_owned());
        return failed(Entry::failed(place, None, finding.message.in_lang(lang).to_owned(), hint));
    }
    if let Some(first) = seen.get(&facts.id) {
        let what = match lang {
            Lang::Zh => format!("与 `{first}` 是同一文件（{}），未入库", facts.id),
            Lang::En => format!("is the same document as `{first}` ({}) and was left out", facts.id),
        };
        let hint = lang.pick("保留其中一个", "keep only one of them").to_owned();
        return failed(Entry::failed(place, Some(facts.id.clone()), what, Some(hint)));
    }
    seen.insert(facts.id.clone(), place.clone());
    let info = SourceInfo { source: facts.source.clone(), title: facts.head.title.clone() };
    let graph = DocumentGraph::of(&checked);
    let tasks = || facts.tasks.iter().map(|entry| &entry.task);
    let entry = Entry {
        source: place,
        // until the store has it
        status: Status::Unchanged.as_str(),
        tasks: tasks().count(),
        responsibilities: tasks().map(|task| task.responsibilities.len()).sum(),
        findings: facts.findings.len() + tasks().map(|task| task.findings.len()).sum::<usize>(),
        id: Some(facts.id.clone()),
        error: None,
        hint: None,
    };
    let stale = facts.findings.iter().filter(|finding| finding.code == Code::StaleCorrection).cloned().collect();
    Outcome { entry, stale, document: Some((graph, info)) }
}

/// Commits what was read, together; should the store refuse a document, one by one, so that each
/// has its own error. What concerns the whole store, as a full disk does, is one failure.
fn commit(outcomes: Vec<Outcome>, store: &mut Store, lang: Lang) -> Result<Vec<Entry>, Failure> {
    let documents = || outcomes.iter().filter_map(|outcome| outcome.document.as_ref());
    let together = store.replace_all(documents().map(|(graph, info)| (graph, info)));
    let mut statuses = match together {
        Ok(statuses) => statuses.into_iter().map(Ok).collect(),
        Err(error) if error.concerns_the_store() => return Err(error.into()),
        Err(_) => documents().map(|(graph, info)| store.replace(graph, info)).collect::<Vec<_>>(),
    }
    .into_iter();
    let settled = |outcome: Outcome| {
        let Outcome { mut entry, document, .. } = outcome;
        match document.and_then(|_| statuses.next()) {
            None => entry,
            Some(Ok(status)) => {
                entry.status = status.as_str();
                entry
            }
            Some(Err(error)) => Entry::failed(entry.source, entry.id, error.message(lang), error.hint(lang)),
        }
    };
    Ok(outcomes.into_iter().map(settled).collect())
}

/// A bar on stderr, where stderr is a terminal and there is more than one document.
fn bar(files: usize) -> ProgressBar {
    let target = if files > 1 { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(u64::try_from(files).ok(), target);
    match ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
