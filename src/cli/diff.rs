//! `zeren diff`: what changed between two documents of one body.

use clap::{Args, ValueEnum};
use zeren::analysis::diff;
use zeren::diagnostic::Lang;
use zeren::render::diff as render;

use super::Done;
use super::analysis::AnalysisArguments;
use super::failure::Failure;
use super::pair::{Pair, Wanted};

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
    #[command(flatten)]
    common: AnalysisArguments<Format>,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let common = &arguments.common;
    let wanted = [(&arguments.before, "BEFORE"), (&arguments.after, "AFTER")];
    let wanted = wanted.map(|(name, place)| Wanted { name, place, filtered: true });
    let pair = Pair::open(&common.source, &common.filter, wanted, lang)?;
    let [before, after] = &pair.notices;
    let result = diff(before, after);
    common.write(|out| match common.format {
        Format::Table => render::table(out, &result, common.trace, lang, common.width()),
        Format::Json => render::json(out, &result, pair.succession.as_ref()),
        Format::Csv => render::csv(out, &result),
        Format::Html => render::html(out, &result, lang),
    })?;
    Ok(Done::Well)
}
