//! Findings: what is odd in a document, at its place, in both languages.

use std::io;

use crate::span::Span;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// A person should look.
    Warning,
    /// Something could not be read.
    Error,
}

impl Severity {
    /// The word in machine-readable output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What kind of oddity a finding reports. The printed code is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// Characters that the encoding cannot decode.
    Undecodable,
    /// No title was found.
    NoTitle,
    /// No date of issue was found.
    NoDate,
    /// The place that the document speaks for is not known.
    NoPlace,
    /// The document states no task.
    NoTask,
    /// The text reads like an error page of a web server.
    ErrorPage,
    /// A clause that looks like one of responsibility and could not be read whole.
    UnreadClause,
    /// A name that lacks its last character, repaired by the other clauses.
    RepairedName,
    /// A party that nothing marks as an organisation.
    DoubtfulParty,
    /// A mark before a name, and no legend that says what it means.
    UnexplainedMark,
    /// A row whose cells do not fit the columns of its table.
    RaggedRow,
    /// A row that takes its parties from the row above, although it has a number of its own.
    BorrowedParties,
    /// A body that no entry of the registry matches; it is formed from its printed name.
    MintedBody,
    /// A line of a ledger's head that is not understood.
    UnknownHeadLine,
}

impl Code {
    /// The stable name of the code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Undecodable => "undecodable",
            Self::NoTitle => "no-title",
            Self::NoDate => "no-date",
            Self::NoPlace => "no-place",
            Self::NoTask => "no-task",
            Self::ErrorPage => "error-page",
            Self::UnreadClause => "unread-clause",
            Self::RepairedName => "repaired-name",
            Self::DoubtfulParty => "doubtful-party",
            Self::UnexplainedMark => "unexplained-mark",
            Self::RaggedRow => "ragged-row",
            Self::BorrowedParties => "borrowed-parties",
            Self::MintedBody => "minted-body",
            Self::UnknownHeadLine => "unknown-head-line",
        }
    }

    /// How much findings of this kind matter.
    pub fn severity(self) -> Severity {
        match self {
            Self::NoTask | Self::ErrorPage => Severity::Error,
            Self::MintedBody | Self::NoDate => Severity::Note,
            _ => Severity::Warning,
        }
    }
}

/// The language of messages; data keep the language of the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
}

impl Lang {
    /// Chooses between two wordings.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// A message in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Chinese wording.
    pub zh: String,
    /// English wording.
    pub en: String,
}

impl Message {
    /// Makes a message of its two wordings.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The wording in one language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// An error of the system in the user's language, without the names of temporary files.
pub fn io_words(error: &io::Error, lang: Lang) -> String {
    let (zh, en) = match error.kind() {
        io::ErrorKind::NotFound => ("文件或文件夹不存在", "no such file or folder"),
        io::ErrorKind::PermissionDenied => ("没有权限", "permission denied"),
        io::ErrorKind::StorageFull => ("磁盘已满", "the disk is full"),
        io::ErrorKind::QuotaExceeded => ("超出磁盘配额", "the disk quota is used up"),
        io::ErrorKind::FileTooLarge => ("文件超出允许的大小", "the file is larger than allowed"),
        io::ErrorKind::ReadOnlyFilesystem => ("文件系统只读", "the file system is read-only"),
        io::ErrorKind::IsADirectory => ("是文件夹，不是文件", "is a folder, not a file"),
        io::ErrorKind::NotADirectory => ("路径中有一段不是文件夹", "a part of the path is not a folder"),
        io::ErrorKind::AlreadyExists => ("已经存在", "exists already"),
        io::ErrorKind::InvalidFilename => ("文件名不合要求", "the name is not allowed"),
        io::ErrorKind::InvalidData => ("不是 UTF-8 文本", "is not UTF-8 text"),
        _ => {
            let number = error.raw_os_error();
            let zh = number.map_or_else(|| "系统错误".to_owned(), |number| format!("系统错误 {number}"));
            return lang.pick(&zh, &error.to_string()).to_owned();
        }
    };
    lang.pick(zh, en).to_owned()
}

/// One oddity of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind it is.
    pub code: Code,
    /// What is the case, lower case and without full stop.
    pub message: Message,
    /// What to do about it.
    pub hint: Option<Message>,
    /// Where in the text, where one place can be named.
    pub span: Option<Span>,
}

impl Finding {
    /// Makes a finding without a hint.
    pub fn new(code: Code, span: impl Into<Option<Span>>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, message: Message::new(zh, en), hint: None, span: span.into() }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn with_hint(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.hint = Some(Message::new(zh, en));
        self
    }
}
