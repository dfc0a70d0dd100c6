//! `zeren dump`: the store, or what another server has of ours, as RDF.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use oxigraph::model::Quad;
use zeren::diagnostic::{Lang, Message};
use zeren::graph::{DocumentGraph, Format, write_quads};
use zeren::query::{self, Endpoint, StoredDocument};
use zeren::store::Store;

use super::failure::Failure;
use super::scope::{self, SourceArguments};
use super::syntax::Syntax;
use super::{Done, output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Only this document (repeatable): IRI or a part of its number, title or file name
    #[arg(long, value_name = "DOCUMENT")]
    document: Vec<String>,
    /// Only the graph of this name (repeatable)
    #[arg(long, value_name = "IRI")]
    graph: Vec<String>,
    /// Syntax; by default the one that the name of the output file ends with, else nquads
    #[arg(long, value_enum)]
    format: Option<Syntax>,
    /// File to write instead of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    source: SourceArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let file = arguments.output.as_ref().filter(|path| path.as_os_str() != "-");
    let format = match (arguments.format, file) {
        (Some(syntax), _) => syntax.format(),
        (None, None) => Format::NQuads,
        (None, Some(path)) => Syntax::of_path(path).ok_or_else(|| Failure::Usage {
            place: "-o".to_owned(),
            what: Message::new("不能从文件名看出格式", "the name of the file does not tell the syntax"),
            hint: Some(Message::new("用 `--format` 指明", "name it with `--format`")),
        })?,
    };
    let holder = match arguments.source.server()? {
        Some(server) => Holder::Server(server),
        None => Holder::Store(Box::new(arguments.source.store()?)),
    };
    let graphs = graphs(arguments, &holder)?;
    let failed = RefCell::new(None);
    // one graph after another is in memory
    let held = graphs.iter().map_while(|graph| holder.graph(graph).map_err(|error| failed.replace(Some(error))).ok());
    let mut quads: Box<dyn Iterator<Item = Quad>> = Box::new(held.flat_map(|graph| graph.quads));
    let is_union = !format.has_graphs() && graphs.len() > 1;
    if is_union {
        // without names of graphs a statement is made once
        let triples = quads.map(|quad| (format!("{} {} {}", quad.subject, quad.predicate, quad.object), quad));
        quads = Box::new(triples.collect::<BTreeMap<_, _>>().into_values());
    }
    // nothing is written yet: the first graph, or all of a union, has to be there
    let mut quads = quads.peekable();
    quads.peek();
    if let Some(failure) = failed.take() {
        return Err(failure);
    }
    if is_union {
        let what = lang.pick("此格式不保留图名", "this syntax does not keep the names of graphs");
        let hint = lang.pick("nquads、trig 和 jsonld 保留图名", "nquads, trig and jsonld keep them");
        output::remark(what, Some(hint), lang);
    }
    let write = |out: &mut dyn Write| {
        write_quads(quads, format, out)?;
        // a file is then not put into its place
        if failed.borrow().is_some() { Err(io::Error::other("a graph cannot be read")) } else { Ok(()) }
    };
    let written = match file {
        None => output::stdout(write),
        Some(path) => output::file_of(path, write),
    };
    match failed.take() {
        Some(failure) => Err(failure),
        None => written.map(|()| Done::Well),
    }
}

/// What has the graphs.
enum Holder {
    Store(Box<Store>),
    Server(Endpoint),
}

impl Holder {
    fn names(&self) -> Result<Vec<String>, Failure> {
        Ok(match self {
            Self::Store(store) => store.documents().map(|entry| entry.document.clone()).collect(),
            Self::Server(server) => query::graph_names(server)?,
        })
    }

    fn graph(&self, name: &str) -> Result<DocumentGraph, Failure> {
        Ok(match self {
            Self::Store(store) => store.graph(name)?,
            Self::Server(server) => query::graph(server, name)?,
        })
    }

    fn documents(&self) -> Result<Vec<StoredDocument>, Failure> {
        Ok(match self {
            Self::Store(store) => query::documents(&**store)?,
            Self::Server(server) => query::documents(server)?,
        })
    }
}

/// The names of the graphs that are asked for, in order; all, unless some are named.
fn graphs(arguments: &Arguments, holder: &Holder) -> Result<Vec<String>, Failure> {
    if arguments.document.is_empty() && arguments.graph.is_empty() {
        return holder.names();
    }
    let unknown = |place: &str, wanted: &str, hint| Failure::Usage {
        place: place.to_owned(),
        what: Message::new(format!("库中没有 `{wanted}`"), format!("the store has no `{wanted}`")),
        hint,
    };
    let mut chosen = std::collections::BTreeSet::new();
    for wanted in &arguments.graph {
        let is_there = match holder {
            Holder::Store(store) => store.document(wanted).is_some(),
            // a server may have graphs that are no documents
            Holder::Server(_) => !holder.graph(wanted)?.quads.is_empty(),
        };
        if !is_there {
            let names = holder.names()?;
            return Err(unknown("--graph", wanted, scope::suggest(wanted, names.iter().map(String::as_str))));
        }
        chosen.insert(wanted.clone());
    }
    if !arguments.document.is_empty() {
        let stored = holder.documents()?;
        for wanted in &arguments.document {
            let named: Vec<_> = stored.iter().filter(|document| document.is_named(wanted)).collect();
            if named.is_empty() {
                return Err(unknown("--document", wanted, scope::suggest(wanted, scope::names(&stored))));
            }
            chosen.extend(named.into_iter().map(|document| document.id.clone()));
        }
    }
    Ok(chosen.into_iter().collect())
}
