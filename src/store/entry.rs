//! What a store notes of each of its documents.

use serde::{Deserialize, Serialize};

use crate::hexadecimal::number;

/// Name of the folder of the graphs' files below the store's.
pub(super) const GRAPHS: &str = "graphs";
/// How many digits of its digest name a graph's file: those of a [`number`].
const NAME: usize = 32;

/// One document of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// IRI of the document and of its graph.
    pub document: String,
    /// Name of the file that was read.
    pub source: String,
    /// Title of the document.
    pub title: Option<String>,
    /// SHA-256 of the graph as sorted N-Quads, in hexadecimal.
    pub digest: String,
    /// Number of statements.
    pub quads: usize,
    /// How the graph is kept.
    pub form: Form,
}

/// How a graph is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// In a database, with all others.
    Database,
    /// As a file of sorted N-Quads.
    Plain,
    /// As a file of sorted N-Quads, compressed with zstd.
    Zstd,
}

impl Form {
    /// What the name of a graph's file ends with.
    fn ending(self) -> Option<&'static str> {
        match self {
            Self::Database => None,
            Self::Plain => Some("nq"),
            Self::Zstd => Some("nq.zst"),
        }
    }

    /// The number in the name of a graph's file, and its form; none of another file.
    pub(super) fn of_name(name: &str) -> Option<(u128, Self)> {
        [Self::Zstd, Self::Plain].into_iter().find_map(|form| {
            let stem = name.strip_suffix(form.ending()?)?.strip_suffix('.')?;
            Some((number(stem).filter(|_| stem.len() == NAME)?, form))
        })
    }
}

impl Entry {
    /// The graph's file below the store's folder, where the graphs are files.
    ///
    /// The name follows from the content, so that writing it never changes a file that another entry names.
    pub fn file(&self) -> Option<String> {
        let (stem, ending) = (self.digest.get(..NAME)?, self.form.ending()?);
        Some(format!("{GRAPHS}/{stem}.{ending}"))
    }

    /// The number in the name of the graph's file, and its form, where the graphs are files.
    pub(super) fn number(&self) -> Option<(u128, Form)> {
        self.form.ending()?;
        Some((number(&self.digest)?, self.form))
    }

    /// Whether the digest is one: it becomes the name of a file, which may not lead out of the store.
    pub(super) fn is_sound(&self) -> bool {
        self.digest.len() == 64 && self.digest.bytes().all(|byte| byte.is_ascii_hexdigit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_graphs_file_tells_its_form() {
        for (form, file) in [
            (Form::Database, None),
            (Form::Plain, Some("graphs/0123456789abcdef0123456789abcdef.nq")),
            (Form::Zstd, Some("graphs/0123456789abcdef0123456789abcdef.nq.zst")),
        ] {
            let digest = "0123456789abcdef".repeat(4);
            let entry = Entry { document: "a:b".into(), source: "b".into(), title: None, digest, quads: 1, form };
            assert!(entry.is_sound());
            assert_eq!(entry.file().as_deref(), file);
            let name = file.and_then(|file| file.strip_prefix("graphs/"));
            assert_eq!(name.and_then(Form::of_name), file.map(|_| (0x0123_4567_89ab_cdef_0123_4567_89ab_cdef, form)));
            assert_eq!(name.and_then(Form::of_name), entry.number());
        }
        let long = "0".repeat(NAME + 1) + ".nq";
        for other in ["notes.nq", &long, "0123456789abcdef0123456789abcdef.txt", "0123456789abcdef0123456789abcdefnq"] {
            assert_eq!(Form::of_name(other), None);
        }
    }
}
