//! What was pushed to a server, noted as it is done.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{PushError, Target};

/// What was pushed to one server. A file of one JSON object a line, to which is only added; a last
/// line that was broken off does not count.
#[derive(Debug, Default)]
pub struct Journal {
    file: Option<File>,
    graphs: BTreeMap<String, String>,
    /// The documents that the default graph has.
    united: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line {
    /// A graph is there, with this digest.
    Graph(String, String),
    /// A graph is no longer there.
    Gone(String),
    /// The default graph is made anew.
    NewUnion,
    /// The default graph has the statements of a graph, with this digest.
    United(String, String),
}

impl Journal {
    /// Where the journal of a server is kept, in the folder of the store.
    pub fn path(store: &Path, target: &Target) -> PathBuf {
        let server = format!("{}\n{}\n{:?}", target.query, target.update, target.graph_store);
        let name: String = crate::store::digest(server.as_bytes()).chars().take(16).collect();
        store.join("push").join(format!("{name}.jsonl"))
    }

    /// Opens the journal in a file, which need not be there yet.
    ///
    /// # Errors
    ///
    /// [`PushError::Journal`], if it cannot be read or written.
    pub fn open(path: &Path) -> Result<Self, PushError> {
        let mut journal = Self::default();
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(PushError::Journal(error)),
        };
        for line in text.lines().filter_map(|line| serde_json::from_str(line).ok()) {
            journal.take(line);
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(PushError::Journal)?;
        }
        let mut file = File::options().create(true).append(true).open(path).map_err(PushError::Journal)?;
        if !text.is_empty() && !text.ends_with('\n') {
            file.write_all(b"\n").map_err(PushError::Journal)?;
        }
        journal.file = Some(file);
        Ok(journal)
    }

    fn take(&mut self, line: Line) {
        match line {
            Line::Graph(graph, digest) => {
                self.graphs.insert(graph, digest);
            }
            Line::Gone(graph) => {
                self.graphs.remove(&graph);
            }
            Line::NewUnion => self.united.clear(),
            Line::United(graph, digest) => {
                self.united.insert(graph, digest);
            }
        }
    }

    fn add(&mut self, line: Line) -> Result<(), PushError> {
        if let Some(file) = &mut self.file {
            let mut text = serde_json::to_vec(&line).map_err(|error| PushError::Journal(error.into()))?;
            text.push(b'\n');
            file.write_all(&text).and_then(|()| file.sync_data()).map_err(PushError::Journal)?;
        }
        self.take(line);
        Ok(())
    }

    pub(super) fn digest(&self, graph: &str) -> Option<&str> {
        self.graphs.get(graph).map(String::as_str)
    }

    pub(super) fn graphs(&self) -> Vec<String> {
        self.graphs.keys().cloned().collect()
    }

    pub(super) fn united(&self) -> BTreeMap<String, String> {
        self.united.clone()
    }

    pub(super) fn note(&mut self, graph: &str, digest: &str) -> Result<(), PushError> {
        self.add(Line::Graph(graph.to_owned(), digest.to_owned()))
    }

    pub(super) fn forget(&mut self, graph: &str) -> Result<(), PushError> {
        self.add(Line::Gone(graph.to_owned()))
    }

    pub(super) fn begin_union(&mut self) -> Result<(), PushError> {
        self.add(Line::NewUnion)
    }

    pub(super) fn unite(&mut self, graph: &str, digest: &str) -> Result<(), PushError> {
        self.add(Line::United(graph.to_owned(), digest.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_last_and_a_broken_line_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("push/a.jsonl");
        let mut journal = Journal::open(&path).unwrap();
        journal.note("a:g", "1").unwrap();
        journal.note("a:h", "2").unwrap();
        journal.forget("a:g").unwrap();
        journal.unite("a:h", "2").unwrap();
        fs::write(&path, format!("{}{{\"graph\":[\"a:i\"", fs::read_to_string(&path).unwrap())).unwrap();
        let mut again = Journal::open(&path).unwrap();
        assert_eq!((again.graphs(), again.digest("a:h")), (vec!["a:h".to_owned()], Some("2")));
        assert_eq!(again.united().len(), 1);
        again.begin_union().unwrap();
        assert!(Journal::open(&path).unwrap().united().is_empty());
    }
}
