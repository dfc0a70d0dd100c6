//! What can go wrong with a store.

use std::io;
use std::path::{Path, PathBuf};

use super::Entry;
use crate::diagnostic::{Lang, Message, io_words};

/// Why a store could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no store at the place.
    #[error("{}", self.message(Lang::En))]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The place holds something else.
    #[error("{}", self.message(Lang::En))]
    NotAStore {
        /// The place.
        path: PathBuf,
    },
    /// Another program is writing to the store.
    #[error("{}", self.message(Lang::En))]
    Locked {
        /// The store.
        path: PathBuf,
    },
    /// The store was opened for reading only.
    #[error("{}", self.message(Lang::En))]
    ReadOnly {
        /// The store.
        path: PathBuf,
    },
    /// A later version of the program wrote the store.
    #[error("{}", self.message(Lang::En))]
    NewerVersion {
        /// The manifest.
        path: PathBuf,
        /// The version of its format.
        found: u64,
        /// The latest version that this program reads.
        known: u64,
    },
    /// The store is of a kind that this program was built without.
    #[error("{}", self.message(Lang::En))]
    OtherBackend {
        /// The store.
        path: PathBuf,
        /// The name of the kind.
        backend: String,
    },
    /// A file of the store is missing, cut off or changed.
    #[error("{}", self.message(Lang::En))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: Message,
        /// The document whose graph it holds; none of the manifest.
        document: Option<Box<Entry>>,
    },
    /// The index of the graphs is cut off or changed.
    #[error("{}", self.message(Lang::En))]
    DamagedIndex {
        /// The file.
        path: PathBuf,
    },
    /// The index lacks too many documents to be completed by whoever only asks.
    #[error("{}", self.message(Lang::En))]
    Unindexed {
        /// The store.
        path: PathBuf,
        /// How many documents it lacks.
        documents: usize,
    },
    /// A statement of a graph lies outside the graph of its document.
    #[error("{}", self.message(Lang::En))]
    ForeignGraph {
        /// IRI of the document.
        document: String,
    },
    /// The file system refused.
    #[error("{}", self.message(Lang::En))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// The database refused.
    #[error("{}", self.message(Lang::En))]
    Database {
        /// The store.
        path: PathBuf,
        /// The cause.
        #[source]
        source: Box<oxigraph::store::StorageError>,
    },
}

impl StoreError {
    /// What went wrong, place first, in one language.
    pub fn message(&self, lang: Lang) -> String {
        let (zh, en) = match self {
            Self::Missing { path } => {
                (format!("`{}` 处没有数据库", path.display()), format!("no store at `{}`", path.display()))
            }
            Self::NotAStore { path } => (
                format!("`{}` 不是 zeren 数据库", path.display()),
                format!("`{}` is not a zeren store", path.display()),
            ),
            Self::Locked { path } => (
                format!("`{}` 正被另一程序写入", path.display()),
                format!("`{}` is being written by another program", path.display()),
            ),
            Self::ReadOnly { path } => (
                format!("`{}` 以只读方式打开", path.display()),
                format!("`{}` is open for reading only", path.display()),
            ),
            Self::NewerVersion { path, found, known } => (
                format!("`{}` 的格式版本为 {found}，本程序只识别到 {known}", path.display()),
                format!("`{}` has format version {found}, this program knows up to {known}", path.display()),
            ),
            Self::OtherBackend { path, backend } => (
                format!("`{}` 属 `{backend}` 类型，本程序未含此类型", path.display()),
                format!("`{}` is of the kind `{backend}`, which this program was built without", path.display()),
            ),
            Self::Damaged { path, reason, document: None } => (
                format!("`{}` 已损坏：{}", path.display(), reason.zh),
                format!("`{}` is damaged: {}", path.display(), reason.en),
            ),
            Self::Damaged { path, reason, document: Some(entry) } => {
                let (title, source) = (entry.title.as_deref().unwrap_or(&entry.document), &entry.source);
                (
                    format!("`{}` 已损坏（《{title}》，来自 `{source}`）：{}", path.display(), reason.zh),
                    format!("`{}` of `{title}` (from `{source}`) is damaged: {}", path.display(), reason.en),
                )
            }
            Self::DamagedIndex { path } => (
                format!("索引 `{}` 已损坏；各文件的图不受影响", path.display()),
                format!("the index `{}` is damaged; the graphs are not concerned", path.display()),
            ),
            Self::Unindexed { path, documents } => (
                format!("`{}` 的索引尚缺 {documents} 份文件", path.display()),
                format!("the index of `{}` lacks {documents} documents", path.display()),
            ),
            Self::ForeignGraph { document } => (
                format!("`{document}` 的陈述不全在其命名图内"),
                format!("`{document}` has statements outside its own graph"),
            ),
            Self::Io { path, source } => (
                format!("`{}`：{}", path.display(), io_words(source, lang)),
                format!("`{}`: {}", path.display(), io_words(source, lang)),
            ),
            Self::Database { path, source } => (
                format!("`{}`：数据库错误：{source}", path.display()),
                format!("`{}`: database error: {source}", path.display()),
            ),
        };
        lang.pick(&zh, &en).to_owned()
    }

    /// What to do next, where something can be done.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        let hint = match self {
            Self::Missing { .. } => Message::new(
                "先运行 `zeren build`，或用 `--store` 指明位置",
                "run `zeren build` first, or name the place with `--store`",
            ),
            Self::NotAStore { .. } => {
                Message::new("用 `--store` 指定一个新的或空的文件夹", "name a new or empty folder with `--store`")
            }
            Self::Locked { .. } => Message::new("等待其结束后重试", "wait until it has ended and try again"),
            Self::NewerVersion { .. } => Message::new(
                "升级 zeren，或删除该文件夹后重新运行 `zeren build`",
                "upgrade zeren, or delete the folder and run `zeren build` again",
            ),
            Self::OtherBackend { .. } => Message::new(
                "用相应的特性重新编译，或另建数据库",
                "build zeren with the feature of that name, or build another store",
            ),
            Self::Damaged { document: Some(entry), .. } => Message::new(
                format!("重新运行 `zeren build {}`", entry.source),
                format!("run `zeren build {}` again", entry.source),
            ),
            Self::Damaged { document: None, .. } => {
                Message::new("删除该文件夹后重新运行 `zeren build`", "delete the folder and run `zeren build` again")
            }
            Self::DamagedIndex { .. } => Message::new(
                "运行 `zeren verify --repair` 重新生成索引",
                "run `zeren verify --repair`, which makes it anew",
            ),
            Self::Unindexed { .. } => {
                Message::new("再次运行 `zeren build`，即可补全索引", "run `zeren build` again: it completes the index")
            }
            Self::Io { source, .. } => return io_hint(source).map(|hint| hint.in_lang(lang).to_owned()),
            Self::ReadOnly { .. } | Self::ForeignGraph { .. } | Self::Database { .. } => return None,
        };
        Some(hint.in_lang(lang).to_owned())
    }

    /// The file or folder that is concerned.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Missing { path }
            | Self::NotAStore { path }
            | Self::Locked { path }
            | Self::ReadOnly { path }
            | Self::NewerVersion { path, .. }
            | Self::OtherBackend { path, .. }
            | Self::Damaged { path, .. }
            | Self::DamagedIndex { path }
            | Self::Unindexed { path, .. }
            | Self::Io { path, .. }
            | Self::Database { path, .. } => Some(path),
            Self::ForeignGraph { .. } => None,
        }
    }

    /// The document whose graph is damaged.
    pub fn document(&self) -> Option<&Entry> {
        match self {
            Self::Damaged { document, .. } => document.as_deref(),
            _ => None,
        }
    }

    /// Whether the store as a whole is concerned, so that no other document would fare better.
    pub fn concerns_the_store(&self) -> bool {
        !matches!(self, Self::ForeignGraph { .. })
    }

    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    #[cfg(feature = "rocksdb")]
    pub(super) fn database(path: &Path) -> impl FnOnce(oxigraph::store::StorageError) -> Self {
        let path = path.to_owned();
        move |source| Self::Database { path, source: Box::new(source) }
    }

    /// The refusal of a database that is no store's own, or that was opened already.
    pub(super) fn in_memory(source: oxigraph::store::StorageError) -> Self {
        Self::Database { path: PathBuf::from("memory"), source: Box::new(source) }
    }

    pub(super) fn damaged(path: &Path, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), reason: Message::new(zh, en), document: None }
    }

    /// A file of the store is not there.
    pub(super) fn absent(path: &Path) -> Self {
        Self::damaged(path, "文件不存在", "the file is missing")
    }

    /// Names the document whose graph is damaged.
    pub(super) fn of_document(self, entry: &Entry) -> Self {
        match self {
            Self::Damaged { path, reason, .. } => {
                Self::Damaged { path, reason, document: Some(Box::new(entry.clone())) }
            }
            other => other,
        }
    }
}

fn io_hint(error: &io::Error) -> Option<Message> {
    Some(match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Message::new(
            "腾出空间后重试；此前入库的内容没有改动",
            "free some space and try again; what was stored before is unchanged",
        ),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Message::new(
            "检查该处的权限，或用 `--store` 另选位置",
            "check the rights there, or name another place with `--store`",
        ),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists | io::ErrorKind::IsADirectory => {
            Message::new("用 `--store` 指定一个新的或空的文件夹", "name a new or empty folder with `--store`")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_of_the_system_speak_the_language_of_the_user() {
        for (kind, zh, en) in [
            (io::ErrorKind::PermissionDenied, "没有权限", "permission denied"),
            (io::ErrorKind::ReadOnlyFilesystem, "文件系统只读", "the file system is read-only"),
            (io::ErrorKind::StorageFull, "磁盘已满", "the disk is full"),
        ] {
            // as the library of temporary files wraps its errors
            let wrapped = io::Error::new(kind, "at path .new-x7Gh");
            let error = StoreError::Io { path: "zeren.db".into(), source: wrapped };
            assert_eq!(error.message(Lang::Zh), format!("`zeren.db`：{zh}"));
            assert_eq!(error.message(Lang::En), format!("`zeren.db`: {en}"));
            assert!(error.hint(Lang::Zh).is_some() && error.hint(Lang::En).is_some());
        }
    }
}
