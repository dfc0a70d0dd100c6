use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::*;
use crate::store::{Access, Store};

const NOTICE: &str = "云川省人民政府关于改革的通知\n一、改革\n1.完善制度。(省财政厅负责)\n";
const OTHER: &str = "云川省人民政府关于改革的通知\n一、改革\n1.健全制度。(省财政厅负责)\n";

/// Whether a file is known by its stamp, and what reading it gives, with the note that it leaves.
fn read(dir: &Path, path: &Path) -> (bool, Outcome<'static>) {
    let store = Store::open(dir.join("store"), Access::Fill).unwrap();
    let (register, mut journal) = Register::open(store.dir());
    let register: &Register = Box::leak(register.into());
    let reader = Reader { register, preparation: store.preparation() };
    let known = register.get(path).is_some_and(|record| {
        let is_known = reader.is_as_it_was(path, &record, &Corrected::among(&[path.to_owned()]));
        assert_eq!(reader.is_as_it_was(path, &record, &Corrected::default()), is_known);
        is_known
    });
    let reading = reader.read(path, false);
    if let Some(record) = reading.record() {
        journal.note(path, &record);
    }
    journal.save().unwrap();
    (known, reading.outcome)
}

fn digest_of<'a>(outcome: &'a Outcome<'_>) -> &'a str {
    match outcome {
        Outcome::Document(summary, _) | Outcome::Known(Came::Document(summary)) => &summary.digest,
        _ => panic!("no document: {outcome:?}"),
    }
}

#[test]
fn what_did_not_change_is_known_and_what_changed_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let path = dir.join("a.txt");
    fs::write(&path, NOTICE).unwrap();
    let (known, first) = read(dir, &path);
    assert!(!known && matches!(first, Outcome::Document(..)));
    // it was written a moment ago: its bytes decide
    let (known, again) = read(dir, &path);
    assert!(!known && matches!(again, Outcome::Known(_)));
    assert_eq!(digest_of(&first), digest_of(&again));
    // of one length, and of one time
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, OTHER).unwrap();
    File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    let (known, changed) = read(dir, &path);
    assert!(!known && matches!(changed, Outcome::Document(..)));
    assert_ne!(digest_of(&first), digest_of(&changed));
    // once it lies there for a while, its stamp decides
    std::thread::sleep(Duration::from_millis(2100));
    assert!(!read(dir, &path).0);
    assert!(read(dir, &path).0);
    // another time and the same bytes
    File::options().write(true).open(&path).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    let (known, touched) = read(dir, &path);
    assert!(!known && matches!(touched, Outcome::Known(_)));
    // corrections appear, change and go
    let beside = dir.join("a.zeren.toml");
    for (text, is_known) in [("by = \"李明\"\n", false), ("by = \"李明\"\n", true), ("by = \"王红\"\n", false)] {
        fs::write(&beside, text).unwrap();
        let (known, outcome) = read(dir, &path);
        assert!(!known);
        assert_eq!(matches!(outcome, Outcome::Known(_)), is_known, "{text}");
    }
    fs::remove_file(&beside).unwrap();
    assert!(matches!(read(dir, &path).1, Outcome::Document(..)));
}

#[test]
fn a_document_that_the_program_fails_on_is_refused_and_read_again_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, NOTICE).unwrap();
    let store = Store::open(folder.path().join("store"), Access::Fill).unwrap();
    let register = Register::default();
    let reader = Reader { register: &register, preparation: store.preparation() };
    let reading = reader.read_by(&path, false, |_, _| panic!("a table without rows"));
    assert_eq!(reading.record(), None);
    let Outcome::Refused(refusal) = reading.outcome else { panic!("it was read") };
    assert!(refusal.what.en.starts_with("the program failed on this document: a table without rows, "), "{refusal:?}");
    assert!(refusal.what.zh.contains("程序读取此文件时出错：a table without rows"), "{refusal:?}");
}

#[test]
fn a_register_that_is_damaged_or_of_another_program_tells_nothing_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let names = ["a.txt", "b.txt", "c.txt"].map(|name| dir.join(name));
    for (name, text) in names.iter().zip([NOTICE, "", OTHER]) {
        fs::write(name, text).unwrap();
        read(dir, name);
    }
    let path = dir.join("store/inputs");
    let whole = fs::read(&path).unwrap();
    let known = || {
        let register: &Register = Box::leak(Register::open(&dir.join("store")).0.into());
        names.each_ref().map(|name| register.get(name).is_some())
    };
    assert_eq!(known(), [true; 3]);
    // the last record cut off, then continued
    fs::write(&path, &whole[..whole.len() - 20]).unwrap();
    assert_eq!(known(), [true, true, false]);
    assert!(matches!(read(dir, &names[2]).1, Outcome::Document(..)));
    assert_eq!(known(), [true; 3]);
    assert_eq!(fs::metadata(&path).unwrap().len(), whole.len() as u64);
    // any bit of it turned: what is known was written so
    let records = || {
        let register: &Register = Box::leak(Register::open(&dir.join("store")).0.into());
        names.each_ref().map(|name| register.get(name))
    };
    let written = records();
    let head = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for at in (0..whole.len()).step_by(5) {
        let mut changed = fs::read(&path).unwrap();
        changed[at] ^= 1 << (at % 8);
        let all = fs::read(&path).unwrap();
        fs::write(&path, changed).unwrap();
        let read = records();
        assert!(read.iter().zip(&written).all(|(read, written)| read.is_none() || read == written), "{at}");
        assert!(read.iter().any(Option::is_none), "{at}");
        assert!(at >= head || read.iter().all(Option::is_none), "{at}");
        fs::write(&path, all).unwrap();
    }
    fs::write(&path, b"\xff\xfe").unwrap();
    assert_eq!(known(), [false; 3]);
    let (head, rest) = whole.split_at(head);
    let other = "[\"zeren-inputs 2\",\"0.0.1\",\"0\",\"0\"]";
    let other = format!("{:08x} {other}\n", crc32fast::hash(other.as_bytes()));
    fs::write(&path, [other.as_bytes(), rest].concat()).unwrap();
    assert_eq!(known(), [false; 3]);
    // what comes next begins it anew
    read(dir, &names[1]);
    assert_eq!(known(), [false, true, false]);
    assert!(fs::read(&path).unwrap().starts_with(head));
}

#[test]
fn a_register_is_tidied_when_most_of_it_is_out_of_date() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let (kept, gone) = (dir.join("a.txt"), dir.join("gone.txt"));
    fs::write(&kept, NOTICE).unwrap();
    fs::write(&gone, OTHER).unwrap();
    read(dir, &kept);
    read(dir, &gone);
    fs::remove_file(&gone).unwrap();
    let store = dir.join("store");
    let (register, mut journal) = Register::open(&store);
    let record = register.get(&kept).unwrap();
    for _ in 0..1100 {
        journal.note(&kept, &record);
    }
    journal.tidy().unwrap();
    let (tidied, _) = Register::open(&store);
    assert_eq!(tidied.get(&kept), Some(record));
    assert_eq!(tidied.get(&gone), None);
    let length = fs::metadata(store.join("inputs")).unwrap().len();
    assert!(length < 2000, "{length} bytes for one record");
}
