//! What a person should look at: told by the store as by the file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use zeren::correct::{Stanza, Subject};
use zeren::date::Date;
use zeren::graph::DocumentGraph;
use zeren::pipeline::{Checked, checked};
use zeren::review::{Item, of_tasks};
use zeren::site::Site;

use crate::site::files;

/// As sure as only a person is.
const ALL: f64 = 1.0;

fn in_file(checked: &Checked) -> Vec<Item> {
    let tasks: Vec<_> = checked.facts.tasks.iter().map(|entry| &entry.task).collect();
    of_tasks(&tasks, &checked.findings, &checked.text, ALL)
}

fn in_store(checked: &Checked) -> Vec<Item> {
    let site = Site::alone(&DocumentGraph::of(checked), Date::parse_iso("2026-11-22").unwrap()).unwrap();
    let entry = site.document(&checked.facts.id).expect("the document");
    site.review(entry, ALL)
}

fn keys(items: &[Item]) -> BTreeMap<String, String> {
    let told = |item: &Item| format!("{} {} {:?}", item.task, item.words, item.stanza);
    items.iter().filter_map(|item| Some((item.key()?, told(item)))).collect()
}

#[test]
fn the_store_asks_for_the_same_decisions_as_the_file() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut paths: Vec<PathBuf> =
        [own.join("samples"), own.join("chain")].iter().flat_map(|folder| files(folder, "")).collect();
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if shared.is_dir() {
        paths.extend(files(&shared, ""));
    } else {
        eprintln!("skipped: {} is not there", shared.display());
    }
    let mut seen = 0;
    for path in paths {
        let Ok(checked) = checked(&path) else { continue };
        let (file, store) = (keys(&in_file(&checked)), keys(&in_store(&checked)));
        let missing: Vec<_> = file.iter().filter(|(key, _)| !store.contains_key(*key)).take(5).collect();
        let other: Vec<_> = store.iter().filter(|(key, _)| !file.contains_key(*key)).take(5).collect();
        assert!(missing.is_empty() && other.is_empty(), "{}\nfile: {missing:#?}\nstore: {other:#?}", path.display());
        seen += file.len();
    }
    assert!(seen > 100, "{seen} decisions");
}

#[test]
fn odd_words_are_looked_at_and_what_a_person_said_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    let notice = "云川省人民政府关于改革的通知\n云政发〔2023〕5号\n一、改革\n(一)完善制度。(省财证厅负责)\n(二)安排资金。(省财政厅负责)\n(三)开展培训。(省教育厅负责)\n";
    std::fs::write(&path, notice).unwrap();
    let named = |items: &[Item], below: &str| {
        let is = |item: &&Item| matches!(item.stanza.as_ref().map(Stanza::subject), Some(Subject::Party(name)) if name == below);
        items.iter().filter(is).count()
    };
    let before = checked(&path).unwrap();
    let tasks: Vec<_> = before.facts.tasks.iter().map(|entry| &entry.task).collect();
    let items = of_tasks(&tasks, &before.findings, &before.text, 0.5);
    assert_eq!((named(&items, "省财证厅"), named(&items, "省财政厅")), (1, 0), "{items:#?}");
    assert!(!items[0].reasons.is_empty() && items[0].place == Some(0));
    let correction = "by = \"李明\"\non = 2026-11-22\n[[correction]]\ntask = \"(一)\"\nparty = \"省财证厅\"\nconfirm = true\nwhy = \"核对\"\n";
    std::fs::write(folder.path().join("a.zeren.toml"), correction).unwrap();
    assert_eq!(named(&in_file(&checked(&path).unwrap()), "省财证厅"), 0, "a person said so");
}
