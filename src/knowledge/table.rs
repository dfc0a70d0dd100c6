//! Tables of the registry: the one that is compiled in and the rows that a user adds.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::PathBuf;

use serde::de::DeserializeOwned;

use crate::diagnostic::{Lang, Message, io_words};

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// Its line, from 1, where that is known.
    pub line: Option<u64>,
    /// What is wrong.
    pub what: Message,
}

impl Problem {
    pub(super) fn new(file: impl Into<String>, what: Message) -> Self {
        Self { file: file.into(), line: None, what }
    }
}

/// Where tables come from.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// The folder of a user's rows.
    pub(super) local: Option<PathBuf>,
    pub(super) problems: Vec<Problem>,
}

/// The tables that a user may add rows to.
pub(super) const NAMES: [&str; 5] = ["bodies.csv", "functions.csv", "places.csv", "prefixes.csv", "reforms.csv"];

impl Tables {
    /// The rows of a table, those of the user first; a row of the user takes the place of one with the same key.
    pub(super) fn rows<Row: DeserializeOwned>(
        &mut self,
        name: &str,
        shipped: &str,
        key: impl Fn(&Row) -> String,
    ) -> Vec<Row> {
        let rows = self.read(name, shipped);
        let Some((path, text)) = self.local(name) else { return rows };
        let mut all: Vec<Row> = self.read(&path, &text);
        let replaced: HashSet<String> = all.iter().map(&key).collect();
        all.extend(rows.into_iter().filter(|row| !replaced.contains(&key(row))));
        all
    }

    fn read<Row: DeserializeOwned>(&mut self, file: &str, text: &str) -> Vec<Row> {
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let mut rows = Vec::new();
        for row in reader.deserialize() {
            match row {
                Ok(row) => rows.push(row),
                Err(error) => {
                    let line = error.position().map(csv::Position::line);
                    let what =
                        Message::new("这一行的列与表头不符，或取值不对", format!("the row does not fit: {error}"));
                    self.problems.push(Problem { file: file.to_owned(), line, what });
                }
            }
        }
        rows
    }

    /// A table of words, which no user adds to.
    pub(super) fn vocabulary<Words: DeserializeOwned + Default>(&mut self, file: &str, text: &str) -> Words {
        toml::from_str(text).unwrap_or_else(|error| {
            self.problem(file, error.to_string(), error.to_string());
            Words::default()
        })
    }

    /// The path and the text of a user's table, if there is one.
    fn local(&mut self, name: &str) -> Option<(String, String)> {
        let path = self.local.as_ref()?.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Some((path.display().to_string(), text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                let what = Message::new(io_words(&error, Lang::Zh), io_words(&error, Lang::En));
                self.problems.push(Problem::new(path.display().to_string(), what));
                None
            }
        }
    }

    /// Notes what is wrong with a table.
    pub(super) fn problem(&mut self, file: &str, zh: impl Into<String>, en: impl Into<String>) {
        self.problems.push(Problem::new(file, Message::new(zh, en)));
    }

    /// Notes a folder that holds no table, and tables of unknown names.
    pub(super) fn check_names(&mut self) {
        let Some(folder) = &self.local else { return };
        let files = match fs::read_dir(folder) {
            Ok(files) => files,
            Err(error) => {
                let what = Message::new(io_words(&error, Lang::Zh), io_words(&error, Lang::En));
                self.problems.push(Problem::new(folder.display().to_string(), what));
                return;
            }
        };
        let is_table = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "csv");
        let paths = files.flatten().map(|file| file.path()).filter(is_table);
        let mut names: Vec<String> =
            paths.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
        names.sort();
        let known = NAMES.join(", ");
        for name in names.iter().filter(|name| !NAMES.contains(&name.as_str())) {
            let what =
                Message::new(format!("不是名录的表：应为 {known}"), format!("no table of the registry: {known}"));
            self.problems.push(Problem::new(folder.join(name).display().to_string(), what));
        }
        if names.is_empty() {
            let what =
                Message::new(format!("其中没有表：应有 {known} 之一"), format!("holds no table: one of {known}"));
            self.problems.push(Problem::new(folder.display().to_string(), what));
        }
    }
}
