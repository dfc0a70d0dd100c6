//! Files that last: whatever ends the program, or the power, a file is as before or as after.

use std::fs::{self, File};
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use tempfile::NamedTempFile;

use super::StoreError;
use crate::parallel::in_parallel;

/// How many files are waited for at a time: a disk confirms several as quickly as one.
const WAITS: usize = 16;
/// How many files are under way at a time.
const TOGETHER: usize = 64;
/// What the names of files begin with that are not yet whole.
pub(super) const UNFINISHED: &str = ".new-";

/// Replaces a file so that, even after a loss of power, it has either its old or its new content.
pub(super) fn write_durably(path: &Path, content: &[u8]) -> Result<(), StoreError> {
    let file = begin(path, content)?;
    file.as_file().sync_all().map_err(StoreError::io(path))?;
    put(path, file)?;
    sync_dir(folder_of(path))
}

/// Replaces a file so that whoever reads sees it whole; after a loss of power it may be missing.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<(), StoreError> {
    put(path, begin(path, content)?)
}

/// Replaces files of one folder, each as [`write_durably`] does, and waits for many together. `content` makes what a
/// file is to hold.
pub(super) fn write_together<T: Sync>(
    folder: &Path,
    files: &[(PathBuf, T)],
    content: impl Fn(&T) -> Result<Vec<u8>, StoreError> + Sync,
) -> Result<(), StoreError> {
    // each is open until its rename: a program may have some hundred files open
    for group in files.chunks(TOGETHER) {
        let begun = in_parallel(group, |(path, what)| begin(path, &content(what)?));
        let begun = begun.into_iter().collect::<Result<Vec<NamedTempFile>, StoreError>>()?;
        thread::scope(|scope| {
            let begun = &begun;
            let wait = |first: usize| {
                let mut some = begun.iter().zip(group).skip(first).step_by(WAITS);
                scope.spawn(move || {
                    some.try_for_each(|(file, (path, _))| file.as_file().sync_all().map_err(StoreError::io(path)))
                })
            };
            let waits: Vec<_> = (0..WAITS.min(begun.len())).map(wait).collect();
            waits.into_iter().try_for_each(|wait| wait.join().unwrap_or_else(|lost| resume_unwind(lost)))
        })?;
        begun.into_iter().zip(group).try_for_each(|(file, (path, _))| put(path, file))?;
    }
    sync_dir(folder)
}

/// Writes a file beside the place where it will stand.
fn begin(path: &Path, content: &[u8]) -> Result<NamedTempFile, StoreError> {
    let dir = folder_of(path);
    let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(dir).map_err(|error| bare(dir, &error))?;
    file.write_all(content).map_err(|error| bare(path, &error))?;
    share(file.as_file()).map_err(StoreError::io(path))?;
    Ok(file)
}

fn put(path: &Path, file: NamedTempFile) -> Result<(), StoreError> {
    file.persist(path).map(drop).map_err(|error| bare(path, &error.error))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("."))
}

/// The error without the name of the temporary file, which means nothing to the user.
fn bare(path: &Path, error: &io::Error) -> StoreError {
    let source = error.raw_os_error().map_or(error.kind().into(), io::Error::from_raw_os_error);
    StoreError::Io { path: path.to_owned(), source }
}

/// Makes a folder that lasts, unless it is there.
pub(super) fn make_folder(path: &Path) -> Result<(), StoreError> {
    if path.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(path).map_err(StoreError::io(path))?;
    sync_dir(folder_of(path))
}

/// Temporary files are the owner's alone; those of a store are read by others as any file is.
#[cfg(unix)]
pub(super) fn share(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
pub(super) fn share(_: &File) -> io::Result<()> {
    Ok(())
}

/// Makes renames in a folder last; systems that cannot open a folder need no such step.
#[cfg(unix)]
pub(super) fn sync_dir(dir: &Path) -> Result<(), StoreError> {
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(StoreError::io(dir))
}

#[cfg(not(unix))]
pub(super) fn sync_dir(_: &Path) -> Result<(), StoreError> {
    Ok(())
}
