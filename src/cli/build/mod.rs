//! `zeren build`: documents to the store.

mod desk;
mod progress;

use std::borrow::Cow;
use std::mem;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use zeren::diagnostic::{Lang, Message};
use zeren::intake::Register;
use zeren::parallel;
use zeren::query;
use zeren::render::json::Number;
use zeren::render::report::{self, Entry, Report};
use zeren::store::{Access, Store};

use super::failure::Failure;
use super::inputs::{self, Inputs};
use super::scope::{Format, StoreArguments};
use super::{Done, output};
use desk::{Built, Desk};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files, or folders to search for txt, html, docx, xlsx, csv and the like
    #[arg(value_name = "PATH", default_value = "data")]
    paths: Vec<PathBuf>,
    /// How many documents are read at a time; as many as there are processors, if none is given
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
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
    let list =
        || (Inputs::list(&arguments.paths, Some(&arguments.store.store), lang), Register::open(&arguments.store.store));
    let open = || arguments.store.open(Access::Fill);
    // of many documents both take their time; where there is nothing to store, no store is made
    let ((Inputs { files, failed }, register), opened) = if Store::is_at(&arguments.store.store) {
        let (listed, store) = parallel::both(list, open);
        (listed, Some(store))
    } else {
        (list(), None)
    };
    let unlisted =
        |(path, words): (PathBuf, String)| Entry::failed(path.display().to_string().into(), None, words, None);
    let mut entries: Vec<Entry<'_>> = failed.into_iter().map(unlisted).collect();
    if files.is_empty() && entries.is_empty() {
        return Err(inputs::nothing_in(&arguments.paths));
    }
    if files.is_empty() {
        warn_of_failures(&entries, lang);
        return Err(nothing_stored());
    }
    let mut store = opened.unwrap_or_else(open)?;
    for error in store.damaged() {
        let hint =
            lang.pick("此文件视为未入库；再次读取即可补入", "the document counts as absent until it is read again");
        output::warn("", &error.message(lang), Some(hint), lang);
    }
    let (register, journal) = Register::reopened(register, store.dir());
    let threads = arguments.threads.map_or_else(parallel::threads, usize::from);
    let mut desk = Desk::new(&mut store, &register, journal, lang);
    desk.read_all(&files, threads)?;
    let Built { entries: of_files, stale, ledgers } = desk.end()?;
    entries.extend(of_files);
    let (of_ledgers, noted) = ledgers.store(&mut store, &arguments.store.store, lang)?;
    entries.extend(of_ledgers);
    query::describe(&mut store)?;
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
    store.leave();
    mem::forget(report);
    if failed == all {
        return Err(nothing_stored());
    }
    Ok(if failed > 0 || noted || !stale.is_empty() { Done::Partly } else { Done::Well })
}

/// Says which corrections no longer fit: somebody relies on them.
fn warn_of_corrections(stale: &[(Cow<'_, str>, Message, Option<Message>)], lang: Lang) {
    for (source, what, hint) in stale {
        output::warn(source, what.in_lang(lang), hint.as_ref().map(|hint| hint.in_lang(lang)), lang);
    }
}

fn warn_of_failures(entries: &[Entry<'_>], lang: Lang) {
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
