//! The folder of a store: whether it is free, and who may write to it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use super::durable::UNFINISHED;
use super::{StoreError, journal};

const LOCK: &str = "lock";

/// Whether a folder is missing, or empty but for what a writer begins with.
pub(super) fn is_vacant(dir: &Path) -> Result<bool, StoreError> {
    if dir.is_file() {
        return Ok(false);
    }
    let files = match fs::read_dir(dir) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(source) => return Err(StoreError::Io { path: dir.to_owned(), source }),
    };
    for file in files {
        let name = file.map_err(StoreError::io(dir))?.file_name();
        let name = name.to_string_lossy();
        if name != LOCK && !name.starts_with(UNFINISHED) && !journal::may_stand_alone(&name) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes the writers' lock, which the system lets go when the program ends, however it ends.
pub(super) fn lock(dir: &Path) -> Result<File, StoreError> {
    let path = dir.join(LOCK);
    let file = File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&path)
        .map_err(StoreError::io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked { path: dir.to_owned() }),
        Err(TryLockError::Error(source)) => Err(StoreError::Io { path, source }),
    }
}
