//! The documents that a command is given: files, and those in folders.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use zeren::diagnostic::{Lang, Message, io_words};

use super::failure::Failure;

/// Endings of the names of files that folders are searched for: what can be read, then documents
/// that cannot, which are reported rather than passed over.
const ENDINGS: [&str; 18] = [
    "txt", "html", "htm", "csv", "md", "pdf", "doc", "docx", "wps", "ofd", "rtf", "odt", "xls", "xlsx", "et", "ods",
    "ppt", "pptx",
];

/// What paths lead to.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    /// The files to read, in the order of their names, each once.
    pub(super) files: Vec<PathBuf>,
    /// What cannot be listed, and why.
    pub(super) failed: Vec<(PathBuf, String)>,
}

impl Inputs {
    /// Lists files, and the documents in folders, but not what lies in `leaving_out`.
    ///
    /// `.ignore` files in the folders searched are respected, `.gitignore` files are not: data are often
    /// kept out of version control. Hidden files are not searched.
    pub(super) fn list(paths: &[PathBuf], leaving_out: Option<&Path>, lang: Lang) -> Self {
        let mut inputs = Self::default();
        for path in paths {
            if path.as_os_str() == "-" {
                inputs.files.push(path.clone());
                continue;
            }
            let own = leaving_out.and_then(|folder| folder.canonicalize().ok());
            let is_own = move |entry: &ignore::DirEntry| {
                let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                is_folder && entry.depth() > 0 && own.is_some() && own == entry.path().canonicalize().ok()
            };
            let walk = ignore::WalkBuilder::new(path)
                .standard_filters(false)
                .hidden(true)
                .parents(false)
                .ignore(true)
                .filter_entry(move |entry| !is_own(entry))
                // what is compared lies in one folder: as bytes, paths are in the order of their names, at less cost
                .sort_by_file_path(|one, other| one.as_os_str().cmp(other.as_os_str()))
                .build();
            for item in walk {
                inputs.take(path, item, lang);
            }
        }
        // a folder has each of its files once
        if paths.len() > 1 {
            let mut seen = BTreeSet::new();
            inputs.files.retain(|file| seen.insert(file.clone()));
        }
        inputs
    }

    fn take(&mut self, path: &Path, item: Result<ignore::DirEntry, ignore::Error>, lang: Lang) {
        match item {
            Ok(item) if item.file_type().is_some_and(|kind| kind.is_dir()) => {}
            Ok(item) if item.depth() == 0 => self.files.push(item.into_path()),
            Ok(item) if !is_document(item.path()) => {}
            Ok(item) if item.file_type().is_some_and(|kind| kind.is_file()) => self.files.push(item.into_path()),
            Ok(item) => match fs::metadata(item.path()) {
                Ok(kind) if kind.is_file() => self.files.push(item.into_path()),
                // pipes and devices would be waited for, folders behind links be searched twice
                Ok(_) => {}
                Err(error) => {
                    let words = unreachable(item.path(), &error, lang);
                    self.failed.push((item.into_path(), words));
                }
            },
            Err(error) => {
                let words = error.to_string();
                let words = error.into_io_error().map_or(words, |error| io_words(&error, lang));
                self.failed.push((path.to_owned(), words));
            }
        }
    }
}

/// That paths hold nothing to read.
pub(super) fn nothing_in(paths: &[PathBuf]) -> Failure {
    let shown: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
    Failure::NoInput(
        Message::new(
            format!("{} 中没有可读取的文件", shown.join("、")),
            format!("there is no document in {}", shown.join(", ")),
        ),
        Message::new("可读取 txt、html、docx、xlsx、csv 等", "txt, html, docx, xlsx, csv and the like are read"),
    )
}

fn is_document(path: &Path) -> bool {
    let Some(name) = path.file_name() else { return false };
    // what an office program keeps beside a file that is open in it
    let is_lock = name.as_encoded_bytes().starts_with(b"~$");
    let ending = Path::new(name).extension().and_then(OsStr::to_str);
    !is_lock && ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// Why a file cannot be looked at: mostly it is a link whose target is gone.
fn unreachable(path: &Path, error: &io::Error, lang: Lang) -> String {
    let target = fs::read_link(path).map(|target| target.display().to_string());
    match target {
        Ok(target) if error.kind() == io::ErrorKind::NotFound => lang
            .pick(&format!("链接所指的 `{target}` 不存在"), &format!("links to `{target}`, which does not exist"))
            .to_owned(),
        _ => io_words(error, lang),
    }
}
