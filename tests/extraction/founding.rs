//! The founding documents: as ledgers, which the project holds, and as they were found, where those are at hand.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use zeren::extract::Role;
use zeren::resolve::Facts;

use super::score::score;

const DOCUMENTS: [(&str, &str, usize); 5] = [
    ("changchun-2012", "changchun-2012.html", 58),
    ("harbin-2017", "harbin-2017.txt", 68),
    ("hubei-2023", "hubei-2023.txt", 22),
    ("lishu-2019", "lishu-2019.txt", 79),
    ("shaoxing-2016", "shaoxing-2016.txt", 103),
];

fn ledger(name: &str) -> Facts {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/ledgers").join(format!("{name}.csv"));
    zeren::pipeline::facts(&path).unwrap().0
}

/// The folder of documents as they were found; it lies beside the project and is no part of it.
fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there", folder.display());
    None
}

/// The parties of every task by label: organisation, role, and the rule that gave it, if one did.
fn parties(facts: &Facts) -> BTreeMap<String, Vec<String>> {
    facts
        .tasks
        .iter()
        .map(|entry| {
            let task = &entry.task;
            let parties = task.responsibilities.iter().zip(&entry.parties);
            let mut parties: Vec<String> = parties
                .map(|(party, organisation)| {
                    format!("{} {}", facts.organisations[*organisation].name, party.role.as_str())
                })
                .collect();
            parties.sort();
            parties.push(task.mode.as_str().to_owned());
            (task.label.clone(), parties)
        })
        .collect()
}

#[test]
fn ledgers_hold_every_task_with_its_parties() {
    // leads, co-leads, responsible and supporting bodies, as counted on the documents
    let counted: [(&str, [usize; 4]); 5] = [
        ("changchun-2012", [5, 0, 171, 0]),
        ("harbin-2017", [63, 4, 87, 3]),
        ("hubei-2023", [1, 0, 87, 0]),
        ("lishu-2019", [63, 42, 0, 66]),
        ("shaoxing-2016", [102, 0, 310, 0]),
    ];
    for ((name, _, tasks), (_, roles)) in DOCUMENTS.into_iter().zip(counted) {
        let facts = ledger(name);
        assert_eq!(facts.tasks.len(), tasks, "{name}");
        assert!(facts.head.title.is_some() && facts.place.as_ref().is_some_and(|place| place.code.is_some()), "{name}");
        let parties = || facts.tasks.iter().flat_map(|entry| &entry.task.responsibilities);
        let of = |role: Role| parties().filter(|party| party.role == role).count();
        assert_eq!(Role::ALL.map(of), roles, "{name}");
        assert!(facts.tasks.iter().all(|entry| !entry.task.responsibilities.is_empty()), "{name}");
    }
}

#[test]
fn ledgers_keep_the_rules_of_the_documents() {
    let facts = ledger("harbin-2017");
    let rules: Vec<String> =
        facts.conventions.iter().map(|rule| format!("{} {:?} {:?}", rule.rule.as_str(), rule.from, rule.to)).collect();
    assert_eq!(
        rules,
        [
            "only-leads-listed Some(\"(一)\") Some(\"(七)\")",
            "common-deadline Some(\"(一)\") Some(\"(七)\")",
            "first-listed-leads Some(\"(十三)\") Some(\"(六十八)\")"
        ]
    );
    let task = &facts.tasks[12].task;
    assert_eq!((task.label.as_str(), task.responsibilities[0].basis.as_str()), ("(十三)", "first-listed-leads"));
    let parent = &facts.head.based_on[0];
    assert_eq!(parent.number.as_deref(), Some("黑政办发〔2017〕36号"));
}

#[test]
fn documents_as_found_are_read_without_a_fault() {
    let Some(shared) = shared() else { return };
    for (name, file, tasks) in DOCUMENTS {
        let (facts, _) = zeren::pipeline::facts(&shared.join("seeds").join(file)).unwrap();
        assert_eq!(facts.tasks.len(), tasks, "{name}");
        let Ok(gold) = fs::read_to_string(shared.join("gold").join(format!("{name}.jsonl"))) else { continue };
        let (score, wrong) = score(&facts, &gold);
        for kind in ["task", "party", "role", "mode", "date", "citation"] {
            assert!((score[kind].f1() - 1.0).abs() < 1e-9, "{name}: {kind} {}\n{}", score[kind], wrong.join("\n"));
        }
        assert!(score["figure"].f1() >= 0.95, "{name}: figure {}\n{}", score["figure"], wrong.join("\n"));
    }
}

/// A ledger says of every task what the document as found says.
#[test]
fn ledgers_agree_with_the_documents_as_found() {
    let Some(shared) = shared() else { return };
    for (name, file, _) in DOCUMENTS {
        let (found, _) = zeren::pipeline::facts(&shared.join("seeds").join(file)).unwrap();
        let ledger = ledger(name);
        assert_eq!(found.id, ledger.id);
        assert_eq!(found.head.issuers, ledger.head.issuers, "{name}");
        assert_eq!(found.head.issued, ledger.head.issued, "{name}");
        assert_eq!(found.place, ledger.place, "{name}");
        assert_eq!(parties(&found), parties(&ledger), "{name}");
    }
}

/// Every name that the documents print means the body that was established for it.
#[test]
fn printed_names_mean_the_established_bodies() {
    let Some(shared) = shared() else { return };
    let established = fs::read_to_string(shared.join("gold/organisations.json")).unwrap();
    let established: BTreeMap<String, serde_json::Value> = serde_json::from_str(&established).unwrap();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (name, file, _) in DOCUMENTS {
        let (facts, text) = zeren::pipeline::facts(&shared.join("seeds").join(file)).unwrap();
        for entry in &facts.tasks {
            for (party, organisation) in entry.task.responsibilities.iter().zip(&entry.parties) {
                let printed = text.slice(party.span);
                let body = established.iter().find(|(_, body)| {
                    body["variants"][name].as_array().is_some_and(|names| names.iter().any(|known| known == printed))
                });
                let said = &facts.organisations[*organisation].name;
                compared += 1;
                match body {
                    Some((body, _)) if body == said => {}
                    other => wrong.push(format!("{name}: {printed} is {said}, not {:?}", other.map(|(body, _)| body))),
                }
            }
        }
    }
    assert!(compared > 500 && wrong.is_empty(), "{compared} compared: {wrong:#?}");
}

/// What became of the bodies of the five documents, where it was established by others.
#[test]
fn bodies_have_the_established_predecessors_and_heirs() {
    let Some(shared) = shared() else { return };
    let established = fs::read_to_string(shared.join("gold/organisations.json")).unwrap();
    let established: BTreeMap<String, serde_json::Value> = serde_json::from_str(&established).unwrap();
    let mut missing = Vec::new();
    let mut total = 0;
    for (name, facts) in &established {
        let body = zeren::resolve::identify(name, None, None);
        let changes = zeren::succession::history(&body);
        let named = |side: fn(&zeren::succession::Change) -> &Vec<zeren::resolve::Organisation>| -> Vec<String> {
            changes.iter().flat_map(side).map(|body| body.name.clone()).collect()
        };
        let (before, after) = (named(|change| &change.before), named(|change| &change.after));
        let is_gain = |entry: &serde_json::Value| entry["dir"].as_str() == Some("from");
        let entries_of = |list: &str| facts[list].as_array().cloned().unwrap_or_default();
        let earlier =
            entries_of("predecessors").into_iter().chain(entries_of("functions_moved").into_iter().filter(is_gain));
        let later = entries_of("successors")
            .into_iter()
            .chain(entries_of("functions_moved").into_iter().filter(|entry| !is_gain(entry)));
        for (entries, known) in [(earlier.collect::<Vec<_>>(), &before), (later.collect(), &after)] {
            for entry in entries {
                let other = entry["name"].as_str().unwrap();
                // 银保监 bodies
                if other.contains(' ') {
                    continue;
                }
                total += 1;
                if !known.iter().any(|known| known == other) {
                    missing.push(format!("{name}: {other} {}", entry["what"]));
                }
            }
        }
    }
    assert!(total > 80 && missing.is_empty(), "{} of {total}: {missing:#?}", missing.len());
}
