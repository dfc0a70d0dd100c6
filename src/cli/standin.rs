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

        pub(crate) fn hint(&self, lang: Lang) -> Option<&'static str> {
            let (zh, en) = ("可读取 txt、html、csv、md", "txt, html, csv and md can be read");
            matches!(self, Self::Binary).then(|| lang.pick(zh, en))
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
        pub(crate) document: String,
        pub(crate) quads: Vec<String>,
    }

    impl DocumentGraph {
        pub(crate) fn new(facts: &Facts) -> Self {
            let quads = vec![format!("<{}> a <{}> .", facts.id, zeren::iri::term("Document"))];
            Self { document: facts.id.clone(), quads }
        }
    }

    #[derive(Clone, Copy)]
    pub(crate) enum Format {
        Turtle,
        NTriples,
        JsonLd,
    }

    pub(crate) fn write_quads<W: Write>(quads: &[String], format: Format, mut out: W) -> io::Result<()> {
        let Format::Turtle = format else { return Ok(()) };
        quads.iter().try_for_each(|quad| writeln!(out, "{quad}"))
    }
}

/// For `zeren::store`: keeps the IRIs of the documents only.
pub(super) mod store {
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

    impl Status {
        pub(crate) fn as_str(self) -> &'static str {
            match self {
                Self::Added => "added",
                Self::Unchanged => "unchanged",
            }
        }
    }

    #[derive(Debug, thiserror::Error)]
    pub(crate) enum StoreError {
        #[error("no store at `{}`", path.display())]
        Missing { path: PathBuf },
        #[error("`{}`: {source}", path.display())]
        Io { path: PathBuf, source: std::io::Error },
    }

    impl StoreError {
        pub(crate) fn message(&self, lang: Lang) -> String {
            match (self, lang) {
                (Self::Missing { path }, Lang::Zh) => format!("`{}` 处没有数据库", path.display()),
                (Self::Missing { .. }, Lang::En) => self.to_string(),
                (Self::Io { path, source }, _) => format!("`{}`: {}", path.display(), io_words(source, lang)),
            }
        }

        pub(crate) fn hint(&self, lang: Lang) -> Option<String> {
            let (zh, en) = ("先运行 `zeren build`", "run `zeren build` first");
            matches!(self, Self::Missing { .. }).then(|| lang.pick(zh, en).to_owned())
        }
    }

    #[derive(Clone, Default)]
    pub(crate) struct SourceInfo {
        pub(crate) source: String,
        pub(crate) title: Option<String>,
    }

    pub(crate) struct Entry {
        pub(crate) document: String,
    }

    pub(crate) struct Store {
        file: PathBuf,
        documents: Vec<Entry>,
    }

    impl Store {
        pub(crate) fn open(dir: impl AsRef<Path>, access: Access) -> Result<Self, StoreError> {
            let path = dir.as_ref().to_owned();
            let file = path.join("documents");
            if access == Access::Write {
                fs::create_dir_all(&path).map_err(|source| StoreError::Io { path: path.clone(), source })?;
            } else if !file.exists() {
                return Err(StoreError::Missing { path });
            }
            let text = fs::read_to_string(&file).unwrap_or_default();
            Ok(Self { file, documents: text.lines().map(|id| Entry { document: id.to_owned() }).collect() })
        }

        pub(crate) fn replace(&mut self, graph: &DocumentGraph, info: &SourceInfo) -> Result<Status, StoreError> {
            let _ = (&info.source, &info.title);
            if self.documents.iter().any(|entry| entry.document == graph.document) {
                return Ok(Status::Unchanged);
            }
            self.documents.push(Entry { document: graph.document.clone() });
            let lines: Vec<&str> = self.documents.iter().map(|entry| entry.document.as_str()).collect();
            let failed = |source| StoreError::Io { path: self.file.clone(), source };
            fs::write(&self.file, lines.join("\n")).map_err(failed)?;
            Ok(Status::Added)
        }

        pub(crate) fn documents(&self) -> &[Entry] {
            &self.documents
        }

        pub(crate) fn len(&self) -> usize {
            self.documents.len()
        }
    }
}

/// For `zeren::query`.
pub(super) mod query {
    use std::io::Write;

    use oxigraph::model::{Term, Variable};
    use zeren::diagnostic::Lang;
    use zeren::network::Network;

    use super::graph::Format;
    use super::store::Store;

    #[derive(Clone, Debug, Default)]
    pub(crate) struct Filter {
        pub(crate) documents: Vec<String>,
        pub(crate) jurisdictions: Vec<String>,
        pub(crate) years: Vec<i16>,
    }

    #[derive(Debug, thiserror::Error)]
    pub(crate) enum QueryError {
        #[error("syntax")]
        Syntax,
        #[error("no query `{name}`")]
        UnknownQuery { name: String },
        #[error(transparent)]
        Io(#[from] std::io::Error),
    }

    impl QueryError {
        pub(crate) fn message(&self, lang: Lang) -> String {
            match (self, lang) {
                (Self::UnknownQuery { name }, Lang::Zh) => format!("没有名为 `{name}` 的查询"),
                _ => self.to_string(),
            }
        }

        pub(crate) fn hint(&self, lang: Lang) -> Option<String> {
            let (zh, en) = ("用 `zeren query --list` 列出全部查询", "`zeren query --list` names them all");
            matches!(self, Self::UnknownQuery { .. }).then(|| lang.pick(zh, en).to_owned())
        }
    }

    pub(crate) mod catalogue {
        use std::collections::BTreeMap;

        use zeren::diagnostic::Message;

        use super::{Query, QueryError};

        pub(crate) struct Parameter {
            pub(crate) name: &'static str,
            pub(crate) optional: bool,
            pub(crate) default: Option<&'static str>,
        }

        pub(crate) struct NamedQuery {
            pub(crate) name: &'static str,
            pub(crate) about: Message,
            pub(crate) parameters: Vec<Parameter>,
        }

        impl NamedQuery {
            pub(crate) fn bind(&self, _values: &BTreeMap<String, String>) -> Result<Query, QueryError> {
                Ok(Query)
            }
        }

        pub(crate) fn all() -> Result<Vec<NamedQuery>, QueryError> {
            let parameters = vec![Parameter { name: "document", optional: true, default: None }];
            let about = Message::new("已读入的文件。", "The documents that were read.");
            Ok(vec![NamedQuery { name: "documents", about, parameters }])
        }

        pub(crate) fn find(name: &str) -> Result<NamedQuery, QueryError> {
            let unknown = || QueryError::UnknownQuery { name: name.to_owned() };
            all()?.into_iter().find(|query| query.name == name).ok_or_else(unknown)
        }
    }

    pub(crate) struct Query;

    #[derive(Default)]
    pub(crate) struct Limits {
        pub(crate) rows: Option<usize>,
    }

    impl Query {
        pub(crate) fn parse(text: &str) -> Result<Self, QueryError> {
            if text.starts_with("SELECT") { Ok(Self) } else { Err(QueryError::Syntax) }
        }

        pub(crate) fn bind(&mut self, _name: &str, _value: &Term) -> Result<(), QueryError> {
            Ok(())
        }

        pub(crate) fn run(&self, store: &Store, limits: &Limits) -> Result<Answer, QueryError> {
            if limits.rows == Some(0) {
                return Ok(Answer::Boolean);
            }
            let term = |id: &str| Some(oxigraph::model::NamedNode::new_unchecked(id).into());
            let rows = store.documents().iter().map(|entry| vec![term(&entry.document)]).collect();
            Ok(Answer::Rows(Rows { variables: vec![Variable::new_unchecked("doc")], rows }))
        }
    }

    pub(crate) enum Answer {
        Rows(Rows),
        Boolean,
    }

    pub(crate) struct Rows {
        pub(crate) variables: Vec<Variable>,
        pub(crate) rows: Vec<Vec<Option<Term>>>,
    }

    pub(crate) struct Table {
        pub(crate) variables: Vec<String>,
        pub(crate) rows: Vec<Vec<String>>,
    }

    #[derive(Clone, Copy)]
    pub(crate) enum ResultFormat {
        Json,
        Xml,
        Csv,
        Tsv,
        Graph(Format),
    }

    impl Answer {
        pub(crate) fn table(&self) -> Table {
            let Self::Rows(Rows { variables, rows }) = self else { return Table { variables: vec![], rows: vec![] } };
            let cells = |row: &Vec<Option<Term>>| row.iter().flatten().map(ToString::to_string).collect();
            Table {
                variables: variables.iter().map(|variable| variable.as_str().to_owned()).collect(),
                rows: rows.iter().map(cells).collect(),
            }
        }

        pub(crate) fn write<W: Write>(&self, format: ResultFormat, mut out: W) -> Result<(), QueryError> {
            if let ResultFormat::Graph(format) = format {
                return Ok(super::graph::write_quads(&[], format, out)?);
            }
            Ok(self.table().rows.iter().try_for_each(|row| writeln!(out, "{}", row.join(",")))?)
        }
    }

    pub(crate) fn project(_store: &Store, filter: &Filter) -> Result<Network, QueryError> {
        let _ = (&filter.documents, &filter.jurisdictions, &filter.years);
        Ok(Network::default())
    }
}
