//! Two documents to be compared: of the store, or files that are read for the purpose.

use std::path::Path;

use oxigraph::model::{GraphName, Quad};
use oxigraph::store::Store as Graphs;
use zeren::diagnostic::{Lang, Message};
use zeren::graph::DocumentGraph;
use zeren::network::Succession;
use zeren::notice::Notice;
use zeren::pipeline::{self, PipelineError};
use zeren::query::{self, Source, StoredDocument};

use super::failure::Failure;
use super::scope::{self, FilterArguments, SourceArguments};

/// A document as an argument names it.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// The words.
    pub(super) name: &'a str,
    /// The argument.
    pub(super) place: &'static str,
    /// Whether it is looked for only among the documents that the filter lets pass.
    pub(super) filtered: bool,
}

/// Two documents, and what answers questions about them.
pub(super) struct Pair {
    /// The documents whole.
    pub(super) notices: [Notice; 2],
    /// Where they come from.
    pub(super) source: Box<dyn Source>,
    /// The reforms that were followed, where bodies stand as of a day.
    pub(super) succession: Option<Succession>,
}

impl Pair {
    /// Finds two documents by their names. Where both are files they are read, and no store is asked.
    pub(super) fn open(
        source: &SourceArguments,
        filter: &FilterArguments,
        wanted: [Wanted<'_>; 2],
        lang: Lang,
    ) -> Result<Self, Failure> {
        let (source, names): (Box<dyn Source>, _) = if wanted.iter().all(|one| Path::new(one.name).is_file()) {
            let (graphs, ids) = Self::read(wanted.map(|one| one.name))?;
            (Box::new(graphs), ids)
        } else {
            (source.open()?, wanted.map(|one| one.name.to_owned()))
        };
        let stored = query::documents(&*source)?;
        let passing = filter.documents.among(stored.clone())?;
        let mut ids = Vec::new();
        for (one, name) in wanted.iter().zip(&names) {
            let (among, given) =
                if one.filtered { (&passing, filter.documents.given()) } else { (&stored, Vec::new()) };
            ids.push(named(among, &given, name, one)?.id.clone());
        }
        let found = query::notices(&*source, &stored, &ids)?;
        let find = |id: &String| found.iter().find(|notice| notice.id == *id).cloned().unwrap_or_default();
        let mut notices = ids.iter().map(find);
        let mut notices = [notices.next().unwrap_or_default(), notices.next().unwrap_or_default()];
        let succession = filter.followed(&mut notices, lang);
        Ok(Self { notices, source, succession })
    }

    /// Reads two files; the graphs and the IRIs of the documents.
    fn read(paths: [&str; 2]) -> Result<(Graphs, [String; 2]), Failure> {
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
        Ok((graphs, wanted))
    }
}

/// The one document that a name means.
pub(super) fn named<'a>(
    stored: &'a [StoredDocument],
    given: &[&str],
    name: &str,
    one: &Wanted<'_>,
) -> Result<&'a StoredDocument, Failure> {
    let found: Vec<&StoredDocument> = stored.iter().filter(|document| document.is_named(name)).collect();
    let exact = |document: &&&StoredDocument| {
        [&document.id, &document.number, &document.title, &document.source].contains(&&name.to_owned())
    };
    let (what, hint) = match (found.as_slice(), found.iter().find(exact)) {
        ([only], _) => return Ok(only),
        ([_, ..], Some(exact)) => return Ok(exact),
        ([], _) if given.is_empty() => {
            let what = Message::new(format!("库中没有文件 `{name}`"), format!("no stored document is called `{name}`"));
            (what, scope::suggest(name, scope::names(stored)).unwrap_or_else(|| scope::widen(given)))
        }
        ([], _) => {
            let zh = format!("范围内没有文件 `{}`", one.name);
            (Message::new(zh, format!("no document in scope is called `{}`", one.name)), scope::widen(given))
        }
        (several, _) => {
            let names: Vec<String> = several
                .iter()
                .map(|document| [&document.number, &document.source].into_iter().find(|name| !name.is_empty()))
                .map(|name| format!("`{}`", name.map_or("", |name| name)))
                .collect();
            let what = Message::new(
                format!("`{name}` 可以指 {} 份文件", several.len()),
                format!("`{name}` may mean {} documents", several.len()),
            );
            let hint = Message::new(
                format!("是 {} 中的哪一份？", names.join("、")),
                format!("which of {}?", names.join(", ")),
            );
            (what, hint)
        }
    };
    Err(Failure::Usage { place: one.place.to_owned(), what, hint: Some(hint) })
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
