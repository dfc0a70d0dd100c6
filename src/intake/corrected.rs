//! Which folders hold corrections: where there are none, none need be looked for beside each file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use crate::correct;
use crate::parallel::in_parallel;

/// The folders of some files in which no file was corrected when they were looked at.
#[derive(Debug, Default)]
pub struct Corrected {
    without: FxHashSet<PathBuf>,
}

impl Corrected {
    /// Looks at the folders of some files.
    pub fn among(files: &[PathBuf]) -> Self {
        let mut folders: Vec<&Path> = files.iter().filter_map(|file| file.parent()).collect();
        // files of one folder mostly follow one another
        folders.dedup();
        let folders: Vec<&Path> = folders.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let without = in_parallel(&folders, |folder| is_without(folder).then(|| folder.to_path_buf()));
        Self { without: without.into_iter().flatten().collect() }
    }

    /// Whether corrections may lie beside a file.
    pub(super) fn may_be_beside(&self, path: &Path) -> bool {
        !path.parent().is_some_and(|folder| self.without.contains(folder))
    }
}

/// Whether a folder was read to its end and holds no corrections, in whatever letters a system may find them by.
fn is_without(folder: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(mut files) = fs::read_dir(folder) else { return false };
    let is_one = |name: &[u8]| {
        let ending = name.len().checked_sub(correct::ENDING.len()).and_then(|start| name.get(start..));
        ending.is_some_and(|ending| ending.eq_ignore_ascii_case(correct::ENDING.as_bytes()))
    };
    files.all(|file| file.is_ok_and(|file| !is_one(file.file_name().as_encoded_bytes())))
}
