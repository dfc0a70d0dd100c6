//! Two documents to be compared: of the store, or files that are read for the purpose.

use std::path::Path;

use oxigraph::model::{GraphName, Quad};
use oxigraph::store::Store as Graphs;
use zeren::diagnostic::Message;
use zeren::graph::DocumentGraph;
use zeren::notice::Notice;
use zeren::pipeline::{self, PipelineError};
use zeren::query::{self, Source};

use super::failure::Failure;
use super::inherit::named;
use super::scope::SourceArguments;

/// Two documents, and what answers questions about them.
pub(super) struct Pair {
    /// The documents whole, as far as they are found.
    pub(super) notices: [Option<Notice>; 2],
    /// Where they come from.
    pub(super) source: Box<dyn Source>,
}

impl Pair {
    /// Finds two documents by their names, each with the argument that it was given by. Where both are files they are read,
    /// and no store is asked.
    pub(super) fn open(source: &SourceArguments, names: [(&str, &str); 2]) -> Result<Self, Failure> {
        if names.iter().all(|(name, _)| Path::new(name).is_file()) {
            return Self::read(names.map(|(name, _)| name));
        }
        let source = source.open()?;
        let stored = query::documents(&*source)?;
        let [first, second] = names;
        let wanted = [named(&stored, first.0, first.1)?, named(&stored, second.0, second.1)?];
        let wanted = wanted.map(|document| document.id.clone());
        let found = query::notices(&*source, &stored, &wanted)?;
        Ok(Self { notices: in_order(&wanted, &found), source })
    }

    fn read(paths: [&str; 2]) -> Result<Self, Failure> {
        let graphs = Graphs::new().map_err(|error| unread(&error.to_string()))?;
        let mut wanted: [String; 2] = [String::new(), String::new()];
        for (index, path) in paths.into_iter().enumerate() {
            let mut checked = pipeline::checked(Path::new(path)).map_err(|error| failure(path, error))?;
            let facts = &mut checked.facts;
            // draft and final bear one number
            if wanted.contains(&facts.id) {
                let former = std::mem::take(&mut facts.id);
                facts.id = format!("{former}/after");
                for task in &mut facts.tasks {
                    task.id = task.id.replacen(&former, &facts.id, 1);
                }
            }
            if let Some(place) = wanted.get_mut(index) {
                place.clone_from(&facts.id);
            }
            for quad in DocumentGraph::of(&checked).quads {
                // the default graph is the union of all
                let everywhere = Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() };
                for quad in [&quad, &everywhere] {
                    graphs.insert(quad).map_err(|error| unread(&error.to_string()))?;
                }
            }
        }
        let stored = query::documents(&graphs)?;
        let found = query::notices(&graphs, &stored, &wanted)?;
        Ok(Self { notices: in_order(&wanted, &found), source: Box::new(graphs) })
    }
}

fn in_order(wanted: &[String; 2], found: &[Notice]) -> [Option<Notice>; 2] {
    let find = |id: &String| found.iter().find(|notice| notice.id == *id).cloned();
    [find(&wanted[0]), find(&wanted[1])]
}

fn failure(path: &str, error: PipelineError) -> Failure {
    let place = path.to_owned();
    match error {
        PipelineError::Read(source) => Failure::Read { place, source },
        PipelineError::Corrections { name, source } => Failure::Corrections { place: name, source },
    }
}

fn unread(reason: &str) -> Failure {
    let what = Message::new(format!("无法比较：{reason}"), format!("cannot compare: {reason}"));
    Failure::Usage { place: String::new(), what, hint: None }
}
