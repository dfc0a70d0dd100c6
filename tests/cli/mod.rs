//! The commands: stdout, stderr and exit status.
mod analyses;
mod answers;
mod bad_input;
mod balance;
mod bodies;
mod build;
mod completions;
mod corrections;
mod diagram;
mod diff;
mod due;
mod inherit;
mod language;
mod ledger;
mod lint;
mod ontology;
mod rebuild;
mod registry;
mod shell;
mod synth;
mod usage;
mod validate;
#[cfg(not(feature = "rocksdb"))]
mod verify;

use std::path::Path;

use assert_cmd::Command;

/// What a run gave.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program in a folder, in English unless told otherwise.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("zeren"));
    command.current_dir(folder).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C.UTF-8");
    command
}

/// Runs the program with arguments separated by blanks.
pub(crate) fn run(folder: &Path, words: &str) -> Run {
    finish(program(folder).args(words.split_whitespace()))
}

pub(crate) fn finish(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        status: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder with documents: name and content.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

/// A folder with a store of notices: name and words.
pub(crate) fn built(notices: &[(&str, &str)]) -> tempfile::TempDir {
    let files: Vec<(&str, &[u8])> = notices.iter().map(|(name, words)| (*name, words.as_bytes())).collect();
    let folder = folder(&files);
    let names: Vec<&str> = notices.iter().map(|(name, _)| *name).collect();
    well(&run(folder.path(), &format!("build {}", names.join(" "))));
    folder
}

#[cfg(not(feature = "rocksdb"))]
/// The file of the graph in a store of files that holds some words, and its N-Quads.
pub(crate) fn graph(folder: &Path, words: &str) -> (std::path::PathBuf, String) {
    let mut files = std::fs::read_dir(folder.join("zeren.db/graphs")).unwrap();
    let found = files.find_map(|file| {
        let path = file.unwrap().path();
        let nquads = String::from_utf8(zstd::decode_all(&*std::fs::read(&path).unwrap()).unwrap()).unwrap();
        nquads.contains(words).then_some((path, nquads))
    });
    found.unwrap()
}

/// The stdout of a run that went well and said nothing else.
pub(crate) fn well(run: &Run) -> &str {
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    &run.stdout
}
