//! `zeren verify`: the store against its own digests.

use std::time::Instant;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use zeren::diagnostic::Lang;
use zeren::render::verification::{self, Verified};
use zeren::store::{Access, Entry, IndexState, Store, StoreError, Verification, verify};

use super::failure::Failure;
use super::scope::{Format, StoreArguments};
use super::{Done, output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Forgets documents whose graphs are damaged, so that the others can be read, and makes a damaged index anew
    #[arg(long)]
    repair: bool,
    /// Format of what is found
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    csv: output::CsvArguments,
    #[command(flatten)]
    store: StoreArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let started = Instant::now();
    let dir = &arguments.store.store;
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{pos} {wide_msg}") {
        bar.set_style(style);
    }
    let found = verify(dir, &|entry| {
        bar.set_message(entry.source.clone());
        bar.inc(1);
    });
    bar.finish_and_clear();
    let found = found?;
    let verified = Verified::new(dir.display().to_string(), &found, started.elapsed().as_secs_f64(), lang);
    output::stdout(|out| match arguments.format {
        Format::Table => verification::table(out, &verified, lang, output::width()),
        Format::Json => verification::json(out, &verified),
        Format::Csv => {
            arguments.csv.begin(out, true)?;
            verification::csv(out, &verified)
        }
    })?;
    if found.faults.is_empty() {
        return Ok(Done::Well);
    }
    if arguments.repair {
        repair(arguments, &found, lang)?;
    }
    Ok(Done::Partly)
}

/// Makes the rest of a store usable: what is lost is read again by `build`.
fn repair(arguments: &Arguments, found: &Verification, lang: Lang) -> Result<(), Failure> {
    // without its manifest nothing is known of a store
    let whole = |error: &StoreError| !matches!(error, StoreError::Damaged { document: None, .. });
    if !found.faults.iter().all(whole) {
        return Ok(());
    }
    if found.index == IndexState::Damaged {
        Store::discard_index(&arguments.store.store)?;
    }
    let lost: Vec<&Entry> = found.faults.iter().filter_map(StoreError::document).collect();
    let mut store = arguments.store.open(Access::Fill)?;
    store.change_all([], lost.iter().map(|entry| entry.document.as_str()))?;
    store.settle()?;
    for entry in lost {
        let words = match lang {
            Lang::Zh => format!("已从知识库中除去；用 `zeren build {}` 重新读入", entry.source),
            Lang::En => format!("is no longer in the store; `zeren build {}` reads it again", entry.source),
        };
        output::warn(entry.title.as_deref().unwrap_or(&entry.document), &words, None, lang);
    }
    Ok(())
}
