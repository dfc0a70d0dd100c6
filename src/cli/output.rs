//! Results to stdout or a file, all else to stderr.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use clap::Args;
use zeren::diagnostic::Lang;

use super::failure::Failure;
use super::pager;

/// Writes a result to stdout; on a terminal, one that is higher than it goes through a pager.
pub(super) fn stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let failed = |error| Failure::write("stdout", error);
    if let (Some(pager), Some((columns, rows))) = (pager::chosen(), terminal_size::terminal_size()) {
        let mut text = Vec::new();
        write(&mut text).map_err(failed)?;
        let long = pager::is_long(&text, (columns.0.into(), rows.0.into()));
        if long && pager::show(&pager, &text).map_err(failed)? {
            return Ok(());
        }
        return io::stdout().write_all(&text).and_then(|()| io::stdout().flush()).map_err(failed);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(failed)
}

/// How CSV is written.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(super) struct CsvArguments {
    /// Begins CSV with a byte order mark, by which Excel knows that it is UTF-8
    #[arg(long)]
    bom: bool,
}

impl CsvArguments {
    /// Writes the byte order mark where one is wanted; nothing before other formats.
    pub(super) fn begin(self, out: &mut dyn Write, is_csv: bool) -> io::Result<()> {
        if self.bom && is_csv { out.write_all("\u{feff}".as_bytes()) } else { Ok(()) }
    }
}

/// Whether what goes to stdout may have colours: on a terminal that shows them, unless `NO_COLOR` is set to anything
/// (<https://no-color.org>). Colours never say what words do not.
pub(super) fn coloured() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stdout().is_terminal() && !unwanted && !dumb
}

/// The width of the terminal in cells, if stdout is one.
pub(super) fn width() -> Option<usize> {
    // a terminal that does not tell its size is taken to be of the old one
    let size = || terminal_size::terminal_size().map_or(80, |(terminal_size::Width(width), _)| usize::from(width));
    io::stdout().is_terminal().then(size)
}

/// How the name of a file ends, in small letters and without the dot.
pub(super) fn ending(path: &Path) -> Option<String> {
    path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase())
}

/// Writes a result to a file, or to stdout where none or `-` is named.
pub(super) fn result(path: Option<&Path>, content: &[u8]) -> Result<(), Failure> {
    result_of(path, |out| out.write_all(content))
}

/// Writes a result, as [`result()`] does, that need not be in memory as a whole.
pub(super) fn result_of(
    path: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    match path.filter(|path| path.as_os_str() != "-") {
        Some(path) => file_of(path, write),
        None => stdout(write),
    }
}

/// Writes a file whole or not at all: beside its place first, then renamed.
pub(super) fn file(path: &Path, content: &[u8]) -> Result<(), Failure> {
    file_of(path, |out| out.write_all(content))
}

/// Writes a file, as [`file()`] does, of what need not be in memory together.
pub(super) fn file_of(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    write_file(path, write).map_err(|source| Failure::Write { place: path.display().to_string(), source })
}

fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let buffered = |file: &mut fs::File| {
        let mut out = BufWriter::new(file);
        write(&mut out).and_then(|()| out.flush())
    };
    // a device or a pipe cannot be replaced; a link is followed, not replaced
    match fs::metadata(path) {
        Ok(kind) if kind.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(kind) if !kind.is_file() => return buffered(&mut fs::File::create(path)?),
        _ => {}
    }
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".zeren-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).map_err(|error| bare(&error))?;
    buffered(file.as_file_mut())?;
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// The error without the name of the temporary file, which means nothing to the user.
fn bare(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or(error.kind().into(), io::Error::from_raw_os_error)
}

/// Says why a command could not do its work.
pub(super) fn error(failure: &Failure, lang: Lang) {
    let (place, what, hint) = failure.report(lang);
    complain(lang.pick("错误", "error"), &place, &what, hint.as_deref(), lang);
}

/// Says what should be looked at although the work is done.
pub(super) fn warn(place: &str, what: &str, hint: Option<&str>, lang: Lang) {
    complain(lang.pick("警告", "warning"), place, what, hint, lang);
}

/// Says what may be of use although all is well.
pub(super) fn remark(what: &str, hint: Option<&str>, lang: Lang) {
    complain(lang.pick("说明", "note"), "", what, hint, lang);
}

fn complain(word: &str, place: &str, what: &str, hint: Option<&str>, lang: Lang) {
    let colon = lang.pick("：", ": ");
    let place = if place.is_empty() { String::new() } else { format!("{place}{colon}") };
    let hint = hint.map(|hint| format!("{}{colon}{hint}\n", lang.pick("提示", "hint"))).unwrap_or_default();
    note(&format!("{word}{colon}{place}{what}\n{hint}"));
}

/// Writes to stderr; where that is closed nobody is left to tell.
pub(super) fn note(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
