//! `zeren report`: the pages as a folder.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use zeren::date::Date;
use zeren::diagnostic::Lang;
use zeren::graph::{Format, write_quads};
use zeren::query::{self, Detail};
use zeren::site::{ASSETS, File, Files, Site};

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
    let documents = arguments.filter.among(documents)?;
    if network.tasks().next().is_none() {
        return Ok(Done::Partly);
    }
    let site = Site::gather(&*source, documents, network, scope::today(arguments.on)?)?;
    let folder = Folder { path: &arguments.output };
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
    for entry in site.documents() {
        let id = entry.document.id.as_str();
        let mut content = Vec::new();
        let graph = query::graph(&*source, id)?;
        write_quads(&graph.quads, Format::Turtle, &mut content).map_err(|error| Failure::write(id, error))?;
        folder.write(&Files::file_path(File::Graph(id)), &content)?;
    }
    for picture in site.pictures() {
        folder.write(&Files::file_path(File::Picture(picture)), &site.draw(picture, lang)?)?;
    }
    for page in site.pages() {
        if let Some(html) = site.html(page, &Files, lang) {
            folder.write(&Files::path(page), html.as_bytes())?;
        }
    }
    Ok(Done::Well)
}

/// The folder that is written.
struct Folder<'a> {
    path: &'a Path,
}

impl Folder<'_> {
    fn write(&self, name: &str, content: &[u8]) -> Result<(), Failure> {
        let path = self.path.join(name);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, content));
        written.map_err(|source| Failure::Write { place: path.display().to_string(), source })
    }
}
