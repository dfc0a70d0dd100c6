//! Stands in for stages that are not merged yet. Each module goes when its namesake in the library
//! comes: `read`, `pipeline`, `graph`, `store`, `query`.
#![expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "the stages to come can fail")]

/// For `zeren::read`.
pub(super) mod read {
    use zeren::diagnostic::Lang;

    use crate::cli::failure::io_words;

    #[derive(Debug, thiserror::Error)]
    pub(crate) enum ReadError {
        #[error(transparent)]
        Io(#[from] std::io::Error),
        #[error("is empty")]
        Empty,
        #[error("is not text")]
        Binary,
    }

    impl ReadError {
        pub(crate) fn message(&self, lang: Lang) -> String {
            match self {
                Self::Io(error) => io_words(error, lang),
                Self::Empty => lang.pick("文件是空的", "the file is empty").to_owned(),
                Self::Binary => lang.pick("不是文本文件", "the file is not text").to_owned(),
            }
        }

        pub(crate) fn hint(&self, lang: Lang) -> Option<String> {
            let (zh, en) = ("可读取 txt、html、csv、md", "txt, html, csv and md can be read");
            matches!(self, Self::Binary).then(|| lang.pick(zh, en).to_owned())
        }
    }
}

/// For `zeren::pipeline`.
pub(super) mod pipeline {
    use std::path::Path;

    use zeren::parse::Head;
    use zeren::resolve::Facts;

    use super::read::ReadError;

    pub(crate) fn text(path: &Path) -> Result<String, ReadError> {
        let bytes = std::fs::read(path)?;
        match String::from_utf8(bytes) {
            Ok(text) if text.trim().is_empty() => Err(ReadError::Empty),
            Ok(text) if text.contains('\0') => Err(ReadError::Binary),
            Ok(text) => Ok(text),
            Err(_) => Err(ReadError::Binary),
        }
    }

    pub(crate) fn facts(path: &Path) -> Result<Facts, ReadError> {
        let title = text(path)?.lines().next().unwrap_or_default().trim().to_owned();
        Ok(Facts {
            id: zeren::iri::document(&title),
            source: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            head: Head { title: Some(title), ..Head::default() },
            place: None,
            issuers: Vec::new(),
            conventions: Vec::new(),
            tasks: Vec::new(),
            organisations: Vec::new(),
            findings: Vec::new(),
        })
    }
}

/// For `zeren::graph`.
pub(super) mod graph {
    use std::io::{self, Write};

    use zeren::resolve::Facts;

    pub(crate) struct DocumentGraph {
        pub(crate) id: String,
    }

    pub(crate) fn map(facts: &Facts) -> DocumentGraph {
        DocumentGraph { id: facts.id.clone() }
    }

    pub(crate) fn write_turtle(graph: &DocumentGraph, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<{}> a <{}> .", graph.id, zeren::iri::term("Document"))
    }
}

/// For `zeren::store`: keeps the IRIs of the documents only.
pub(super) mod store {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use zeren::diagnostic::Lang;

    use super::graph::DocumentGraph;
    use crate::cli::failure::io_words;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Access {
        ReadOnly,
        Write,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Status {
        Added,
        Unchanged,
    }

    #[derive(Debug, thiserror::Error)]
    pub(crate) enum StoreError {
        #[error("there is no store")]
        Missing,
        #[error(transparent)]
        Io(#[from] std::io::Error),
    }

    impl StoreError {
        pub(crate) fn message(&self, lang: Lang) -> String {
            match self {
                Self::Missing => lang.pick("没有知识库", "there is no store").to_owned(),
                Self::Io(error) => io_words(error, lang),
            }
        }

        pub(crate) fn hint(&self, lang: Lang) -> Option<String> {
            let (zh, en) = ("先用 `zeren build` 建库", "make one with `zeren build`");
            matches!(self, Self::Missing).then(|| lang.pick(zh, en).to_owned())
        }
    }

    pub(crate) struct Store {
        file: PathBuf,
        pub(crate) documents: BTreeSet<String>,
    }

    impl Store {
        pub(crate) fn open(dir: &Path, access: Access) -> Result<Self, StoreError> {
            let file = dir.join("documents");
            if access == Access::Write {
                fs::create_dir_all(dir)?;
            } else if !file.exists() {
                return Err(StoreError::Missing);
            }
            let text = if file.exists() { fs::read_to_string(&file)? } else { String::new() };
            Ok(Self { file, documents: text.lines().map(str::to_owned).collect() })
        }

        pub(crate) fn replace(&mut self, graph: &DocumentGraph) -> Result<Status, StoreError> {
            if !self.documents.insert(graph.id.clone()) {
                return Ok(Status::Unchanged);
            }
            let lines: Vec<&str> = self.documents.iter().map(String::as_str).collect();
            fs::write(&self.file, lines.join("\n"))?;
            Ok(Status::Added)
        }

        pub(crate) fn quads(&self) -> Result<usize, StoreError> {
            Ok(self.documents.len())
        }
    }
}

/// For `zeren::query`.
pub(super) mod query {
    use std::collections::BTreeMap;
    use std::io::{self, Write};

    use oxigraph::model::Term;
    use zeren::diagnostic::{Lang, Message};
    use zeren::network::Network;
    use zeren::render::dot::Caption;

    use super::store::Store;

    #[derive(Clone, Debug, Default)]
    pub(crate) struct Filter {
        pub(crate) document: Option<String>,
        pub(crate) jurisdiction: Option<String>,
        pub(crate) year: Option<i16>,
    }

    #[derive(Debug, thiserror::Error)]
    pub(crate) enum QueryError {
        #[error("{0}")]
        Syntax(String),
    }

    impl QueryError {
        pub(crate) fn message(&self, lang: Lang) -> String {
            let Self::Syntax(words) = self;
            format!("{}{words}", lang.pick("SPARQL 语法错误：", "SPARQL syntax error: "))
        }

        pub(crate) fn hint(&self, _: Lang) -> Option<String> {
            None
        }
    }

    /// A shipped query.
    pub(crate) struct Named {
        pub(crate) name: &'static str,
        pub(crate) about: Message,
        pub(crate) text: &'static str,
    }

    pub(crate) fn catalogue() -> Vec<Named> {
        vec![Named {
            name: "documents",
            about: Message::new("库中的文件", "the documents in the store"),
            text: "SELECT ?document WHERE { ?document a ?type }",
        }]
    }

    /// What a query answers.
    pub(crate) enum Answer {
        Solutions { columns: Vec<String>, rows: Vec<Vec<Option<Term>>> },
    }

    impl Answer {
        /// `format`: csv, tsv, json or xml for rows, turtle, ntriples or jsonld for graphs.
        pub(crate) fn write(&self, _format: &str, out: &mut dyn Write) -> io::Result<()> {
            let Self::Solutions { columns, rows } = self;
            writeln!(out, "{}", columns.join(","))?;
            rows.iter().try_for_each(|row| {
                let cells: Vec<String> = row.iter().flatten().map(ToString::to_string).collect();
                writeln!(out, "{}", cells.join(","))
            })
        }
    }

    pub(crate) fn run(store: &Store, text: &str, _params: &BTreeMap<String, String>) -> Result<Answer, QueryError> {
        if !text.trim_start().starts_with("SELECT") {
            return Err(QueryError::Syntax("expected SELECT".to_owned()));
        }
        let rows = store.documents.iter().map(|id| vec![Some(oxigraph::model::NamedNode::new_unchecked(id).into())]);
        Ok(Answer::Solutions { columns: vec!["document".to_owned()], rows: rows.collect() })
    }

    pub(crate) fn project(_store: &Store, filter: &Filter) -> Result<Network, QueryError> {
        let _ = (filter.document.as_deref(), filter.jurisdiction.as_deref(), filter.year);
        Ok(Network::default())
    }

    /// What the documents in question are called, by IRI.
    pub(crate) fn captions(_store: &Store, _filter: &Filter) -> Result<BTreeMap<String, Caption>, QueryError> {
        Ok(BTreeMap::new())
    }
}
