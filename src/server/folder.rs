//! The folder that was built: where documents lie, and their corrections beside them.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use axum::http::StatusCode;

use super::problem::Problem;
use crate::correct::{self, Corrections, CorrectionsError, Decision, beside};
use crate::diagnostic::{Code, Finding, Lang, io_words};
use crate::pipeline::{self, Checked, PipelineError, check};
use crate::read::read_path;

/// The folder of the documents. Nothing outside it is read or written, whatever names and links say.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// The folder at a path, links resolved.
    ///
    /// # Errors
    ///
    /// When there is no such folder.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let path = path.canonicalize()?;
        if path.is_dir() { Ok(Self(path)) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    /// Finds a document by its IRI and the name of its file, and reads it anew.
    ///
    /// # Errors
    ///
    /// When it is not there, or it or its corrections cannot be read.
    pub(super) fn find(&self, document: &str, source: &str) -> Result<(PathBuf, Checked), Problem> {
        let mut failed = None;
        for path in self.named(source) {
            match pipeline::checked(&path) {
                Ok(checked) if checked.facts.id == document => return Ok((path, checked)),
                Ok(_) => {}
                Err(error) => failed = Some(error),
            }
        }
        Err(failed.as_ref().map_or_else(|| missing(source), unread))
    }

    /// What people decided of a document, by its IRI and the name of its file; none where nothing can be read of it.
    pub(super) fn corrections(&self, document: &str, source: &str) -> Option<Corrections> {
        let path = match self.named(source).as_slice() {
            [only] => only.clone(),
            _ => self.find(document, source).ok()?.0,
        };
        Corrections::of(&path).ok().flatten()
    }

    /// The files of a name. Links are not followed: they may lead out of the folder.
    fn named(&self, source: &str) -> Vec<PathBuf> {
        let walk = ignore::WalkBuilder::new(&self.0)
            .standard_filters(false)
            .hidden(true)
            .parents(false)
            .ignore(true)
            .follow_links(false)
            .sort_by_file_path(Path::cmp)
            .build();
        let is_file = |item: &ignore::DirEntry| item.file_type().is_some_and(|kind| kind.is_file());
        let named = walk.flatten().filter(|item| is_file(item) && item.file_name().to_str() == Some(source));
        named.map(ignore::DirEntry::into_path).filter(|path| self.holds(path)).collect()
    }

    /// Whether a file lies in the folder, and its corrections do.
    fn holds(&self, path: &Path) -> bool {
        let is_link = fs::symlink_metadata(beside(path)).is_ok_and(|kind| kind.is_symlink());
        !is_link && path.canonicalize().is_ok_and(|path| path.starts_with(&self.0))
    }
}

/// Writes a decision into the corrections beside a document, and reads the document with it.
///
/// # Errors
///
/// When the corrections cannot be read or written, or the decision does not fit the document: then nothing is written.
pub(super) fn record(document: &Path, former: &Checked, decision: &Decision) -> Result<Checked, Problem> {
    let written = edit(document, former, |name, text| decision.record(name, text).map(Some))?;
    written.ok_or_else(|| Problem::internal("a decision was not written"))
}

/// Takes back the decision of a name from the corrections beside a document, and reads the document without it. None where
/// no decision has the name.
///
/// # Errors
///
/// When the corrections cannot be read or written, or others do not fit the document without it: then nothing is written.
pub(super) fn withdraw(document: &Path, former: &Checked, key: &str) -> Result<Option<Checked>, Problem> {
    edit(document, former, |name, text| correct::withdraw(name, text, key))
}

fn edit(
    document: &Path,
    former: &Checked,
    edited: impl Fn(&str, &str) -> Result<Option<(String, Corrections)>, CorrectionsError>,
) -> Result<Option<Checked>, Problem> {
    let place = beside(document);
    let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // somebody else may write between reading and writing: then once more
    for _ in 0..ATTEMPTS {
        let before = content(&place).map_err(|error| unwritten(&name, &error))?;
        let text = String::from_utf8(before.clone().unwrap_or_default()).map_err(|_| broken(&name))?;
        let refused = |error: CorrectionsError| {
            unread(&PipelineError::Corrections { name: name.clone(), source: Box::new(error) })
        };
        let Some((written, corrections)) = edited(&name, &text).map_err(refused)? else { return Ok(None) };
        let source = read_path(document).map_err(|error| unread(&error.into()))?;
        let checked = check(source, Some(&corrections));
        if former.facts.id != checked.facts.id || stale(former).count() < stale(&checked).count() {
            return Err(unfit(stale(&checked).last()));
        }
        if content(&place).map_err(|error| unwritten(&name, &error))? != before {
            continue;
        }
        replace(&place, written.as_bytes()).map_err(|error| unwritten(&name, &error))?;
        return Ok(Some(checked));
    }
    Err(Problem::new(
        StatusCode::CONFLICT,
        format!("`{name}` 正被改写"),
        format!("`{name}` is being written by others"),
    )
    .with_hint("请稍后再试", "try again in a moment"))
}

/// How often a file is read anew because somebody else wrote it.
const ATTEMPTS: usize = 3;

fn stale(checked: &Checked) -> impl Iterator<Item = &Finding> {
    checked.findings.iter().filter(|finding| finding.code == Code::StaleCorrection)
}

/// What a file holds; nothing where it is not there.
fn content(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        content => content.map(Some),
    }
}

/// Replaces a file whole: who reads it meanwhile sees the former or this one. Who may read it stays as it was.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".zeren-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(content)?;
    if let Ok(former) = fs::metadata(path) {
        file.as_file().set_permissions(former.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn missing(source: &str) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        format!("文件夹中没有 `{source}`，或它已是另一份文件"),
        format!("the folder has no `{source}`, or it is another document by now"),
    )
    .with_hint("`--documents` 应为入库时读取的文件夹", "`--documents` names the folder that was built")
}

fn unread(error: &PipelineError) -> Problem {
    let problem = Problem::new(StatusCode::CONFLICT, error.message(Lang::Zh), error.message(Lang::En));
    match error.hint(Lang::Zh).zip(error.hint(Lang::En)) {
        Some((zh, en)) => problem.with_hint(zh, en),
        None => problem,
    }
}

fn broken(name: &str) -> Problem {
    Problem::new(StatusCode::CONFLICT, format!("`{name}` 不是 UTF-8 文本"), format!("`{name}` is not UTF-8 text"))
}

fn unfit(finding: Option<&Finding>) -> Problem {
    let (zh, en) = finding.map_or(("更正与文件不符", "the correction does not fit the document"), |finding| {
        (finding.message.zh.as_str(), finding.message.en.as_str())
    });
    let problem = Problem::new(StatusCode::CONFLICT, zh, en);
    match finding.and_then(|finding| finding.hint.as_ref()) {
        Some(hint) => problem.with_hint(&hint.zh, &hint.en),
        None => problem,
    }
}

fn unwritten(name: &str, error: &io::Error) -> Problem {
    let (zh, en) = (io_words(error, Lang::Zh), io_words(error, Lang::En));
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        format!("无法写入 `{name}`：{zh}"),
        format!("cannot write `{name}`: {en}"),
    )
    .with_hint("请检查文件夹的写入权限", "see whether you may write in its folder")
}
