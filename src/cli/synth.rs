//! `zeren synth`: a synthetic nation with the true answers, to measure with.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use zeren::diagnostic::{Lang, Message};
use zeren::parallel::in_parallel;
use zeren::synth::{Format, Nation, Notice, Plan, SynthError};

use super::failure::Failure;
use super::{Done, output};

/// How many notices are made before the next are begun.
const TOGETHER: usize = 512;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folder to write; must be empty, made if it is not there
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Number from which everything follows
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many notices
    #[arg(long, default_value_t = 1000, value_name = "N")]
    notices: usize,
    /// How many tasks a notice has, about
    #[arg(long, default_value_t = 70, value_name = "N")]
    tasks: usize,
    /// First year
    #[arg(long, default_value_t = 2014, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1990..=2100))]
    from: i16,
    /// Last year
    #[arg(long, default_value_t = 2025, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1990..=2100))]
    to: i16,
    /// Formats of the files, between commas; by default all
    #[arg(long, value_delimiter = ',', value_name = "FORMAT", value_parser = PossibleValuesParser::new(["txt", "html", "docx", "xlsx", "csv"]).map(|name| format(&name)))]
    formats: Vec<Format>,
}

fn format(name: &str) -> Format {
    Format::ALL.into_iter().find(|format| format.as_str() == name).unwrap_or(Format::Txt)
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let Arguments { output, seed, notices, tasks, from, to, formats } = arguments;
    empty(output)?;
    let formats = if formats.is_empty() { Format::ALL.to_vec() } else { formats.clone() };
    let plan = Plan { seed: *seed, notices: *notices, tasks: *tasks, from: *from, to: *to, formats };
    let refused = |error: &SynthError| Failure::Usage {
        place: "synth".to_owned(),
        what: Message::new(error.to_string(), error.to_string()),
        hint: None,
    };
    let nation = Nation::new(plan).map_err(|error| refused(&error))?;
    for (name, content) in nation.registry() {
        put(&output.join("registry").join(name), content.as_bytes())?;
    }
    let numbers: Vec<usize> = (0..nation.len()).collect();
    let mut written = 0;
    for some in numbers.chunks(TOGETHER) {
        let made = in_parallel(some, |index| {
            let notice = nation.notice(*index).map_err(|error| refused(&error))?;
            keep(output, &notice)?;
            Ok::<usize, Failure>(notice.tasks)
        });
        for tasks in made {
            written += tasks?;
        }
    }
    output::note(lang.pick(
        &format!("已写入 {} 份文件、{written} 项任务，见 `{}`\n", nation.len(), output.display()),
        &format!("wrote {} notices with {written} tasks to `{}`\n", nation.len(), output.display()),
    ));
    Ok(Done::Well)
}

/// Refuses a folder that holds something.
fn empty(folder: &Path) -> Result<(), Failure> {
    let failed = |source: io::Error| Failure::Write { place: folder.display().to_string(), source };
    fs::create_dir_all(folder).map_err(failed)?;
    if fs::read_dir(folder).map_err(failed)?.next().is_some() {
        return Err(Failure::Usage {
            place: folder.display().to_string(),
            what: Message::new("文件夹不是空的", "the folder is not empty"),
            hint: Some(Message::new("另选一个文件夹", "choose another folder")),
        });
    }
    Ok(())
}

/// Writes a notice and its answers, each in a folder of its province.
fn keep(folder: &Path, notice: &Notice) -> Result<(), Failure> {
    let place = |part: &str, name: String| folder.join(part).join(&notice.province).join(name);
    put(&place("notices", notice.file()), &notice.bytes)?;
    put(&place("gold", format!("{}.gold.jsonl", notice.name)), notice.gold.as_bytes())?;
    if !notice.mandates.is_empty() {
        put(&place("mandates", format!("{}.mandates.jsonl", notice.name)), notice.mandates.as_bytes())?;
    }
    Ok(())
}

fn put(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let written = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, content)
    };
    written().map_err(|source| Failure::Write { place: path.display().to_string(), source })
}
