//! The manifest: which documents a store holds, and in which state.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::StoreError;

/// Name of the manifest's file.
pub(super) const FILE: &str = "manifest.json";
const FORMAT: &str = "zeren-store";
const VERSION: u64 = 1;

/// One document of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// IRI of the document and of its graph.
    pub document: String,
    /// Name of the file that was read.
    pub source: String,
    /// Title of the document.
    pub title: Option<String>,
    /// Name of the graph's file below the store's folder, where the graphs are files.
    pub file: Option<String>,
    /// SHA-256 of the graph as sorted N-Quads, in hexadecimal.
    pub digest: String,
    /// Number of statements.
    pub quads: usize,
}

/// A change that was begun on a database that commits apart from the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) document: String,
    /// The entry after the change; none where the document is removed.
    pub(super) entry: Option<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: String,
    version: u64,
    pub(super) backend: String,
    /// Sorted by IRI.
    pub(super) documents: Vec<Entry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) pending: Vec<Pending>,
}

/// What every version of the format has.
#[derive(Deserialize)]
struct Preamble {
    format: String,
    version: u64,
}

impl Manifest {
    pub(super) fn new(backend: &str) -> Self {
        Self { format: FORMAT.into(), version: VERSION, backend: backend.into(), documents: vec![], pending: vec![] }
    }

    pub(super) fn path(dir: &Path) -> PathBuf {
        dir.join(FILE)
    }

    /// When the manifest was written, and its length; none if that cannot be told.
    pub(super) fn stamp(dir: &Path) -> Option<(SystemTime, u64)> {
        let file = fs::metadata(Self::path(dir)).ok()?;
        Some((file.modified().ok()?, file.len()))
    }

    /// Reads the manifest of a store; none if there is no such file.
    pub(super) fn read(dir: &Path) -> Result<Option<Self>, StoreError> {
        let path = Self::path(dir);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::Io { path, source: error }),
        };
        let unreadable = |error: serde_json::Error| {
            let (line, column) = (error.line(), error.column());
            StoreError::damaged(&path, format!("第 {line} 行第 {column} 列无法解读"), error.to_string())
        };
        let preamble: Preamble = match serde_json::from_slice(&text) {
            Ok(preamble) => preamble,
            // cut off or changed, but begun as ours
            Err(error) if is_ours(&text) => return Err(unreadable(error)),
            // others have files of this name too
            Err(_) => return Err(StoreError::NotAStore { path: dir.to_owned() }),
        };
        if preamble.format != FORMAT {
            return Err(StoreError::NotAStore { path: dir.to_owned() });
        }
        if preamble.version > VERSION {
            return Err(StoreError::NewerVersion { path, found: preamble.version, known: VERSION });
        }
        let manifest: Self = serde_json::from_slice(&text).map_err(unreadable)?;
        // names from a file are joined to the store's folder: they may not lead out of it
        if manifest.documents.iter().filter_map(|entry| entry.file.as_deref()).any(|file| !is_graph_file(file)) {
            return Err(StoreError::damaged(
                &path,
                "其中的文件名不属于此知识库",
                "a graph's file name is not of this store",
            ));
        }
        Ok(Some(manifest))
    }

    /// Writes the manifest so that a reader sees the former one or this one, whole.
    pub(super) fn write(&self, dir: &Path) -> Result<(), StoreError> {
        let path = Self::path(dir);
        let mut text = serde_json::to_vec_pretty(self).map_err(|error| StoreError::io(&path)(error.into()))?;
        text.push(b'\n');
        write_durably(&path, &text)
    }

    pub(super) fn get(&self, document: &str) -> Option<&Entry> {
        self.position(document).ok().and_then(|index| self.documents.get(index))
    }

    /// Sets or, without an entry, removes a document.
    pub(super) fn set(&mut self, document: &str, entry: Option<Entry>) {
        match (self.position(document), entry) {
            (Ok(index), Some(entry)) => {
                if let Some(place) = self.documents.get_mut(index) {
                    *place = entry;
                }
            }
            (Err(index), Some(entry)) => self.documents.insert(index, entry),
            (Ok(index), None) => {
                self.documents.remove(index);
            }
            (Err(_), None) => {}
        }
    }

    fn position(&self, document: &str) -> Result<usize, usize> {
        self.documents.binary_search_by(|entry| entry.document.as_str().cmp(document))
    }

    /// The graph files in use, with the number of documents that use each.
    pub(super) fn files(&self) -> BTreeMap<&str, usize> {
        let mut files = BTreeMap::new();
        for file in self.documents.iter().filter_map(|entry| entry.file.as_deref()) {
            *files.entry(file).or_default() += 1;
        }
        files
    }
}

/// Whether a text that is no whole manifest begins as one of ours does.
fn is_ours(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let value = text.trim_start().strip_prefix('{').and_then(|rest| rest.trim_start().strip_prefix("\"format\""));
    let value = value.and_then(|rest| rest.trim_start().strip_prefix(':')).map(str::trim_start);
    value.and_then(|value| value.strip_prefix('"')).is_some_and(|value| value.starts_with("zeren-st"))
}

fn is_graph_file(name: &str) -> bool {
    name.strip_prefix("graphs/")
        .and_then(|name| name.strip_suffix(".nq"))
        .is_some_and(|stem| !stem.is_empty() && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Replaces a file so that, even after a loss of power, it has either its old or its new content.
fn write_durably(path: &Path, content: &[u8]) -> Result<(), StoreError> {
    write_whole(path, content)?;
    sync_dir(path.parent().unwrap_or(Path::new(".")))
}

/// Replaces a file by a whole new one, which lasts once its folder is made to last.
pub(super) fn write_whole(path: &Path, content: &[u8]) -> Result<(), StoreError> {
    let dir = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(dir).map_err(|error| bare(dir, &error))?;
    file.write_all(content).map_err(StoreError::io(path))?;
    file.as_file().sync_all().map_err(StoreError::io(path))?;
    share(file.as_file()).map_err(StoreError::io(path))?;
    file.persist(path).map_err(|error| bare(path, &error.error))?;
    Ok(())
}

/// The error without the name of the temporary file, which means nothing to the user.
fn bare(path: &Path, error: &io::Error) -> StoreError {
    let source = error.raw_os_error().map_or(error.kind().into(), io::Error::from_raw_os_error);
    StoreError::Io { path: path.to_owned(), source }
}

/// Temporary files are the owner's alone; those of a store are read by others as any file is.
#[cfg(unix)]
pub(super) fn share(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
pub(super) fn share(_: &fs::File) -> io::Result<()> {
    Ok(())
}

/// Makes renames in a folder last; systems that cannot open a folder need no such step.
#[cfg(unix)]
pub(super) fn sync_dir(dir: &Path) -> Result<(), StoreError> {
    fs::File::open(dir).and_then(|dir| dir.sync_all()).map_err(StoreError::io(dir))
}

#[cfg(not(unix))]
pub(super) fn sync_dir(_: &Path) -> Result<(), StoreError> {
    Ok(())
}
