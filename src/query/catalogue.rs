//! The shipped queries: what each answers, its parameters and its columns.
//!
//! Each file begins with comments that say so:
//!
//! ```text
//! # @title 中文 | English
//! # @about 中文 | English
//! # @param name type 中文 | English
//! # @column name 中文 | English
//! ```
//!
//! A `?` behind the type means that the parameter may be left out, `=value` gives a default.

use std::collections::BTreeMap;

use super::{Query, QueryError, Type, error::similar};
use crate::diagnostic::Message;

/// What a shipped query is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It answers a question.
    Answer,
    /// It returns what is wrong; no row means that all is well.
    Check,
}

/// A shipped query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedQuery {
    /// Its name: that of its file, without the ending.
    pub name: &'static str,
    /// What it is for.
    pub kind: Kind,
    /// Its title.
    pub title: Message,
    /// What it answers.
    pub about: Message,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Its SPARQL, header included.
    pub text: &'static str,
}

/// A parameter of a shipped query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, that of the variable that it binds.
    pub name: &'static str,
    /// Its type.
    pub kind: Type,
    /// Whether it may be left out.
    pub optional: bool,
    /// Its value when left out.
    pub default: Option<&'static str>,
    /// What it means.
    pub about: Message,
}

/// A column of a shipped query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, that of the variable.
    pub name: &'static str,
    /// What it holds.
    pub about: Message,
}

/// Names the files of a folder and embeds them.
macro_rules! files {
    ($kind:expr, $folder:literal, [$($name:literal),* $(,)?]) => {
        &[$(($kind, $name, include_str!(concat!("../../queries/", $folder, "/", $name, ".rq")))),*]
    };
}

type File = (Kind, &'static str, &'static str);

const ANSWERS: &[File] = files!(
    Kind::Answer,
    "answer",
    [
        "across-places",
        "by-function",
        "by-heading",
        "by-place",
        "called-by",
        "carried-out",
        "citing",
        "collective-tasks",
        "conventions",
        "corrections",
        "documents",
        "doubtful",
        "doubtful-claims",
        "due",
        "figures-without-date",
        "findings",
        "formed-bodies",
        "indicators",
        "joint-leads",
        "line-of-work",
        "never-leads",
        "no-deadline",
        "no-lead",
        "open-lists",
        "owners",
        "parents",
        "recurring",
        "reforms",
        "responsibilities",
        "same-indicator",
        "same-task",
        "search",
        "shared-tasks",
        "status",
        "tasks-of",
        "workload",
        "year-on-year",
    ]
);

const CHECKS: &[File] = files!(
    Kind::Check,
    "check",
    [
        "document-without-title",
        "organisation-without-label",
        "responsibility-incomplete",
        "shared-contradiction",
        "span-reversed",
        "task-twice",
        "task-without-responsibility",
    ]
);

/// All shipped queries, the answers first, by name.
///
/// # Errors
///
/// [`QueryError::Header`], if a shipped file is at fault.
pub fn all() -> Result<Vec<NamedQuery>, QueryError> {
    ANSWERS.iter().chain(CHECKS).map(|&(kind, name, text)| NamedQuery::read(kind, name, text)).collect()
}

/// The shipped query of a name.
///
/// # Errors
///
/// [`QueryError::UnknownQuery`] with similar names.
pub fn find(name: &str) -> Result<NamedQuery, QueryError> {
    let mut files = ANSWERS.iter().chain(CHECKS);
    match files.clone().find(|file| file.1 == name) {
        Some(&(kind, name, text)) => NamedQuery::read(kind, name, text),
        None => Err(QueryError::UnknownQuery {
            name: name.to_owned(),
            similar: similar(name, files.by_ref().map(|file| file.1)),
        }),
    }
}

impl NamedQuery {
    fn read(kind: Kind, name: &'static str, text: &'static str) -> Result<Self, QueryError> {
        let fault = |reason: &str| QueryError::Header { name: name.to_owned(), reason: reason.to_owned() };
        let mut query = Self {
            name,
            kind,
            title: Message::new("", ""),
            about: Message::new("", ""),
            parameters: vec![],
            columns: vec![],
            text,
        };
        for line in text.lines().map_while(|line| line.strip_prefix('#')) {
            let Some((tag, rest)) = line.trim().split_once(' ') else { continue };
            let (key, words) = rest.split_once(' ').unwrap_or((rest, ""));
            match tag {
                "@title" => query.title = bilingual(rest).ok_or_else(|| fault("title"))?,
                "@about" => query.about = bilingual(rest).ok_or_else(|| fault("about"))?,
                "@param" => query.parameters.push(parameter(key, words).ok_or_else(|| fault(key))?),
                "@column" => {
                    let about = bilingual(words).ok_or_else(|| fault(key))?;
                    query.columns.push(Column { name: key, about });
                }
                _ => return Err(fault(tag)),
            }
        }
        Ok(query)
    }

    /// The query with values for its parameters, ready to run.
    ///
    /// # Errors
    ///
    /// [`QueryError::UnknownParameter`], [`QueryError::MissingParameter`] or
    /// [`QueryError::BadValue`].
    pub fn bind(&self, values: &BTreeMap<String, String>) -> Result<Query, QueryError> {
        let names = || self.parameters.iter().map(|parameter| parameter.name);
        if let Some(name) = values.keys().find(|name| !names().any(|known| known == name.as_str())) {
            let mut similar = similar(name, names());
            if similar.is_empty() {
                similar = names().map(str::to_owned).collect();
            }
            return Err(QueryError::UnknownParameter { name: name.clone(), similar });
        }
        let mut query = Query::parse(self.text)?;
        for parameter in &self.parameters {
            match values.get(parameter.name).map(String::as_str).or(parameter.default) {
                Some(value) => query.bind(parameter.name, &parameter.kind.read(parameter.name, value)?)?,
                None if parameter.optional => {}
                None => return Err(QueryError::MissingParameter { name: parameter.name.to_owned() }),
            }
        }
        Ok(query)
    }
}

fn bilingual(text: &str) -> Option<Message> {
    let (zh, en) = text.split_once(" | ")?;
    Some(Message::new(zh.trim(), en.trim()))
}

fn parameter(name: &'static str, rest: &'static str) -> Option<Parameter> {
    let (kind, about) = rest.split_once(' ')?;
    let (kind, default) = kind.split_once('=').map_or((kind, None), |(kind, value)| (kind, Some(value)));
    let (kind, optional) = kind.strip_suffix('?').map_or((kind, default.is_some()), |kind| (kind, true));
    Some(Parameter { name, kind: Type::parse(kind)?, optional, default, about: bilingual(about)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_disk(folder: &str) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(format!("{}/queries/{folder}", env!("CARGO_MANIFEST_DIR")))
            .unwrap()
            .map(|file| file.unwrap().file_name().to_string_lossy().trim_end_matches(".rq").to_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn every_file_is_shipped() {
        let names = |files: &[File]| files.iter().map(|file| file.1.to_owned()).collect::<Vec<_>>();
        assert_eq!(names(ANSWERS), on_disk("answer"));
        assert_eq!(names(CHECKS), on_disk("check"));
    }

    #[test]
    fn every_header_is_whole_and_its_columns_are_those_of_the_query() {
        for named in all().unwrap() {
            for message in [&named.title, &named.about] {
                assert!(!message.zh.is_empty() && !message.en.is_empty(), "{}", named.name);
            }
            let query = Query::parse(named.text).unwrap();
            let columns: Vec<&str> = named.columns.iter().map(|column| column.name).collect();
            assert_eq!(query.columns(), columns, "{}", named.name);
            for parameter in &named.parameters {
                assert!(named.text.contains(&format!("${}", parameter.name)), "{} {}", named.name, parameter.name);
                assert!(!columns.contains(&parameter.name));
            }
        }
    }

    #[test]
    fn wrong_names_and_values_are_told_with_what_is_near() {
        let similar_to = |name| match find(name) {
            Err(QueryError::UnknownQuery { similar, .. }) => similar,
            _ => vec![],
        };
        assert_eq!(similar_to("owner").first().map(String::as_str), Some("owners"));
        let bind = |pairs: &[(&str, &str)]| {
            let values = pairs.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect();
            find("due").unwrap().bind(&values)
        };
        assert!(bind(&[]).is_ok());
        assert!(matches!(bind(&[("from", "soon")]), Err(QueryError::BadValue { .. })));
        let Err(QueryError::UnknownParameter { similar, .. }) = bind(&[("form", "2031")]) else { panic!() };
        assert_eq!(similar.first().map(String::as_str), Some("from"));
        assert!(matches!(find("search").unwrap().bind(&BTreeMap::new()), Err(QueryError::MissingParameter { .. })));
    }
}
