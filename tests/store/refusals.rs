//! What the system refuses: the program says so, and what was stored stays.

#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::kill::write_notices;
use crate::cli::{Run, finish, run};

/// Runs the program from a shell that was told something before.
fn run_by_shell(folder: &Path, before: &str, words: &str) -> Run {
    let program = assert_cmd::cargo::cargo_bin!("zeren").display().to_string();
    let mut command = assert_cmd::Command::new("sh");
    command.args(["-c", &format!("{before} {program} --lang en {words}")]).current_dir(folder);
    finish(&mut command)
}

fn documents(folder: &Path, store: &str) -> String {
    let asked = run(folder, &format!("query documents --store {store} --format csv"));
    assert_eq!(asked.status, 0, "{}", asked.stderr);
    asked.stdout
}

fn assert_refused(refused: &Run, words: &str) {
    assert_eq!(refused.status, 2, "{}{}", refused.stdout, refused.stderr);
    assert!(refused.stderr.contains(words) && refused.stderr.contains("hint: "), "{}", refused.stderr);
}

#[test]
fn files_that_may_not_grow_leave_the_store_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    write_notices(folder.path(), 30, 0);
    assert_eq!(run(folder.path(), "build data").status, 0);
    let before = documents(folder.path(), "zeren.db");
    write_notices(folder.path(), 90, 1);
    let mut refusals = 0;
    // blocks of 512 or 1024 bytes: too few for a graph, for the journal, and for the index
    for blocks in [0, 1, 8, 16, 32, 64] {
        let refused = run_by_shell(folder.path(), &format!("trap '' XFSZ; ulimit -f {blocks};"), "build data");
        if refused.status == 2 {
            assert_refused(&refused, "");
            refusals += 1;
        }
        assert_eq!(run(folder.path(), "verify").status, 0);
        assert!(documents(folder.path(), "zeren.db").len() >= before.len());
    }
    assert!(refusals >= 3, "{refusals} were refused");
    assert_eq!(run(folder.path(), "build data").status, 0);
    assert_eq!(documents(folder.path(), "zeren.db").lines().count(), 91);
    assert_eq!(run(folder.path(), "verify").status, 0);
}

#[test]
fn a_full_disk_leaves_the_store_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let mount = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=700k", "tmpfs"])
        .arg(&disk)
        .stderr(Stdio::null())
        .status();
    if !mount.is_ok_and(|status| status.success()) {
        println!("skipped: this user may not mount a small disk");
        return;
    }
    write_notices(folder.path(), 12, 0);
    let built = run(folder.path(), "build data --store disk/zeren.db");
    let before = documents(folder.path(), "disk/zeren.db");
    write_notices(folder.path(), 400, 1);
    let refused = run(folder.path(), "build data --store disk/zeren.db");
    let verified = run(folder.path(), "verify --store disk/zeren.db");
    let after = documents(folder.path(), "disk/zeren.db");
    // the disk goes before anything is asserted, so that none is left
    assert!(Command::new("umount").arg(&disk).status().unwrap().success());
    assert_eq!(built.status, 0, "{}", built.stderr);
    assert_refused(&refused, "the disk is full");
    assert_eq!(verified.status, 0, "{}", verified.stdout);
    assert!(before.lines().all(|line| after.contains(line)), "{before}{after}");
}

#[test]
fn a_folder_that_may_not_be_written_to_is_read() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    write_notices(folder.path(), 3, 0);
    assert_eq!(run(folder.path(), "build data").status, 0);
    let set = |mode| {
        for path in ["", "zeren.db", "zeren.db/graphs", "zeren.db/index"] {
            fs::set_permissions(folder.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
        }
        for name in ["lock", "manifest.json", "manifest.log", "inputs"] {
            let path = folder.path().join("zeren.db").join(name);
            if path.exists() {
                fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o666)).unwrap();
            }
        }
    };
    set(0o555);
    // the superuser is refused nothing, and becomes somebody else
    let as_other = if fs::write(folder.path().join("zeren.db/x"), "").is_ok() {
        fs::remove_file(folder.path().join("zeren.db/x")).unwrap();
        let setpriv = Command::new("setpriv").args(["--reuid=65534", "--clear-groups", "true"]).status();
        if !setpriv.is_ok_and(|status| status.success()) {
            println!("skipped: the superuser may write everywhere");
            return;
        }
        "exec setpriv --reuid=65534 --clear-groups"
    } else {
        ""
    };
    let by = |words: &str| run_by_shell(folder.path(), as_other, words);
    let (asked, built, verified) = (by("query documents --format csv"), by("build data"), by("verify"));
    set(0o755);
    if asked.stderr.contains("not found") || asked.stderr.contains("Permission denied") && asked.status > 100 {
        println!("skipped: others may not run the program");
        return;
    }
    assert_eq!((asked.status, asked.stdout.lines().count()), (0, 4), "{}", asked.stderr);
    assert_eq!(verified.status, 0, "{}", verified.stderr);
    assert_refused(&built, "permission denied");
}

#[test]
fn of_two_builds_at_once_one_is_told_to_wait() {
    let folder = tempfile::tempdir().unwrap();
    write_notices(folder.path(), 2, 0);
    assert_eq!(run(folder.path(), "build data").status, 0);
    let store = zeren::store::Store::open(folder.path().join("zeren.db"), zeren::store::Access::Write).unwrap();
    let refused = run(folder.path(), "build data");
    assert_refused(&refused, "is being written by another program");
    assert!(refused.stderr.contains("wait until it has ended"), "{}", refused.stderr);
    assert_eq!(run(folder.path(), "query documents").status, 0);
    assert_eq!(run(folder.path(), "verify").status, 0);
    drop(store);
    assert_eq!(run(folder.path(), "build data").status, 0);
}
