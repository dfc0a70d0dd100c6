//! `zeren report`: the pages as a folder.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use clap::Args;
use zeren::date::Date;
use zeren::diagnostic::Lang;
use zeren::graph::{Format, write_quads};
use zeren::parallel::in_parallel;
use zeren::query::{self, Detail};
use zeren::site::{ASSETS, File, Files, Links as _, Page, Picture, Site};

use super::Done;
use super::failure::Failure;
use super::scope::{self, FilterArguments, InScope, SourceArguments};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  zeren report -o report                       pages to open from disk: report/index.html
  zeren report -o report --jurisdiction 绍兴市  only the documents of one place
  zeren report -o report --on 2024-06-30       deadlines seen from a day")]
pub(super) struct Arguments {
    /// Folder to write; made if it is not there
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// The day from which past and coming are told; by default today
    #[arg(long, value_name = "DATE", value_parser = scope::day)]
    on: Option<Date>,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    source: SourceArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let source = arguments.source.open()?;
    let InScope { documents, network } = arguments.filter.network(&*source, Detail::Words, lang)?;
    let documents = arguments.filter.documents.among(documents)?;
    if network.tasks().next().is_none() {
        return Ok(Done::Partly);
    }
    let site = Site::gather(&*source, documents, network, scope::today(arguments.on)?)?;
    let folder = Folder { path: &arguments.output, written: Mutex::default() };
    for (name, _, content) in ASSETS {
        folder.write(&Files::file_path(File::Asset(name)), content.as_bytes())?;
    }
    for (name, script) in site.index(&Files) {
        folder.write(&Files::file_path(File::Asset(&name)), script.as_bytes())?;
    }
    for name in site.data_files() {
        let mut content = Vec::new();
        site.write_data(&mut content, name, lang).map_err(|error| Failure::write(name, error))?;
        folder.write(&Files::file_path(File::Data(name)), &content)?;
    }
    let graphs = if Files.gives_graphs(site.documents().len()) { site.documents() } else { &[] };
    for entry in graphs {
        let id = entry.document.id.as_str();
        let mut content = Vec::new();
        let graph = query::graph(&*source, id)?;
        write_quads(&graph.quads, Format::Turtle, &mut content).map_err(|error| Failure::write(id, error))?;
        folder.write(&Files::file_path(File::Graph(id)), &content)?;
    }
    let pictures: Vec<Picture<'_>> = site.pictures().collect();
    let drawn =
        in_parallel(&pictures, |one| folder.write(&Files::file_path(File::Picture(*one)), &site.draw(*one, lang)?));
    drawn.into_iter().collect::<Result<(), Failure>>()?;
    let pages: Vec<Page<'_>> = site.pages().collect();
    let made = in_parallel(&pages, |page| match site.html(*page, &Files, lang) {
        Some(html) => folder.write(&Files::path(*page), html.as_bytes()),
        None => Ok(()),
    });
    made.into_iter().collect::<Result<(), Failure>>()?;
    folder.tidy()?;
    Ok(Done::Well)
}

/// The folder that is written.
struct Folder<'a> {
    path: &'a Path,
    /// What was written, below the folder.
    written: Mutex<BTreeSet<PathBuf>>,
}

impl Folder<'_> {
    fn write(&self, name: &str, content: &[u8]) -> Result<(), Failure> {
        let path = self.path.join(name);
        let put = || match fs::write(&path, content) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, content))
            }
            other => other,
        };
        put().map_err(|source| failed(&path, source))?;
        self.written.lock().unwrap_or_else(PoisonError::into_inner).insert(path);
        Ok(())
    }

    /// Deletes what an earlier report said of things that this one does not show: who hands the folder over hands over
    /// no more than was asked for.
    fn tidy(self) -> Result<(), Failure> {
        let written = self.written.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut folders = vec![self.path.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(|source| failed(&folder, source))? {
                let entry = entry.map_err(|source| failed(&folder, source))?;
                let path = entry.path();
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    folders.push(path);
                } else if Files::is_of_a_thing(&entry.file_name().to_string_lossy()) && !written.contains(&path) {
                    fs::remove_file(&path).map_err(|source| failed(&path, source))?;
                }
            }
        }
        Ok(())
    }
}

fn failed(path: &Path, source: io::Error) -> Failure {
    Failure::Write { place: path.display().to_string(), source }
}
