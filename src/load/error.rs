//! Why RDF could not become graphs of the store.

use std::io::{self, ErrorKind};

use oxigraph::io::{RdfParseError, RdfSyntaxError};

use crate::diagnostic::{Lang, Message, io_words};
use crate::store::StoreError;

/// Why RDF could not be read into graphs, or these not be stored.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The input cannot be read.
    #[error("{}", self.message(Lang::En))]
    Read(#[source] io::Error),
    /// The text is not of the syntax.
    #[error("{}", self.message(Lang::En))]
    Syntax {
        /// Line, from 1; 0 if the place is not known.
        line: u64,
        /// Column in characters, from 1.
        column: u64,
        /// What is wrong there.
        reason: String,
    },
    /// Statements outside named graphs are about no document.
    #[error("{}", self.message(Lang::En))]
    NoDocument,
    /// Statements outside named graphs are about several documents.
    #[error("{}", self.message(Lang::En))]
    SeveralDocuments {
        /// How many.
        count: usize,
    },
    /// Beside named graphs there are statements that are in none of them.
    #[error("{}", self.message(Lang::En))]
    Stray {
        /// How many.
        count: usize,
    },
    /// The name of a graph is no IRI.
    #[error("{}", self.message(Lang::En))]
    BadName {
        /// The name.
        name: String,
    },
    /// The name of a graph is a blank node.
    #[error("{}", self.message(Lang::En))]
    NamelessGraph,
    /// The temporary file that keeps what was read cannot be written or read.
    #[error("{}", self.message(Lang::En))]
    Spool(#[source] io::Error),
    /// The store refuses the graphs.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl LoadError {
    /// A syntax error in a text that begins after `lines` others.
    pub(super) fn syntax(error: &RdfSyntaxError, lines: u64) -> Self {
        let reason = error.to_string();
        let Some(place) = error.location() else { return Self::Syntax { line: 0, column: 0, reason } };
        // the library tells the place in front of its words
        let reason = reason.split_once(": ").map_or(reason.clone(), |(_, words)| words.to_owned());
        Self::Syntax { line: lines + place.start.line + 1, column: place.start.column + 1, reason }
    }

    /// What went wrong, in one language.
    pub fn message(&self, lang: Lang) -> String {
        let message = match self {
            Self::Read(source) => return io_words(source, lang),
            Self::Store(source) => return source.message(lang),
            Self::Spool(source) => Message::new(
                format!("临时文件不能读写：{}", io_words(source, Lang::Zh)),
                format!("the temporary file cannot be written or read: {}", io_words(source, Lang::En)),
            ),
            Self::Syntax { line: 0, reason, .. } => Message::new(format!("语法错误：{reason}"), reason),
            Self::Syntax { line, column, reason } => {
                Message::new(format!("{line}:{column}：语法错误：{reason}"), format!("{line}:{column}: {reason}"))
            }
            Self::NoDocument => {
                Message::new("其中没有文件，也没有命名图", "it holds neither a document nor a named graph")
            }
            Self::SeveralDocuments { count } => Message::new(
                format!("其中有 {count} 份文件而没有命名图，分不清各条陈述属于哪一份"),
                format!("it holds {count} documents but no named graphs, so statements cannot be told apart"),
            ),
            Self::Stray { count } => Message::new(
                format!("有 {count} 条陈述不在任何命名图中"),
                format!("{count} statements are in none of its named graphs"),
            ),
            Self::BadName { name } => {
                Message::new(format!("图名 `{name}` 不是 IRI"), format!("the name `{name}` of a graph is no IRI"))
            }
            Self::NamelessGraph => Message::new("有一个图没有 IRI 名称", "a graph has no IRI for its name"),
        };
        message.in_lang(lang).to_owned()
    }

    /// What to do next, where something can be done.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        let hint = match self {
            Self::NoDocument | Self::Stray { .. } => {
                Message::new("用 `--graph IRI` 指明放入哪个图", "name the graph for them with `--graph IRI`")
            }
            Self::SeveralDocuments { .. } => Message::new(
                "改用 N-Quads、TriG 或 JSON-LD，它们保留图名",
                "use N-Quads, TriG or JSON-LD, which keep the names of graphs",
            ),
            Self::Syntax { .. } => Message::new("用 `--syntax` 指明格式", "name the syntax with `--syntax`"),
            Self::Spool(source) => match source.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Message::new(
                    "腾出空间，或用环境变量 `TMPDIR` 另选文件夹",
                    "free some space, or choose another folder with the environment variable `TMPDIR`",
                ),
                ErrorKind::NotFound => Message::new(
                    "新建此文件夹，或用环境变量 `TMPDIR` 另选一个",
                    "make this folder, or choose another with the environment variable `TMPDIR`",
                ),
                _ => Message::new(
                    "用环境变量 `TMPDIR` 另选文件夹",
                    "choose another folder with the environment variable `TMPDIR`",
                ),
            },
            Self::Store(source) => return source.hint(lang),
            Self::Read(_) | Self::BadName { .. } | Self::NamelessGraph => return None,
        };
        Some(hint.in_lang(lang).to_owned())
    }
}

impl From<RdfParseError> for LoadError {
    fn from(error: RdfParseError) -> Self {
        match error {
            RdfParseError::Io(source) => Self::Read(source),
            RdfParseError::Syntax(error) => Self::syntax(&error, 0),
        }
    }
}
