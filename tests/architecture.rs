//! The order of the stages: each names only earlier ones.

use std::fs;
use std::path::{Path, PathBuf};

/// The stages, first to last. A module may name itself and whatever stands before it.
const ORDER: [&str; 37] = [
    "guard",
    "hexadecimal",
    "packed",
    "parallel",
    "patience",
    "span",
    "numeral",
    "date",
    "diagnostic",
    "iri",
    "knowledge",
    "synth",
    "read",
    "parse",
    "extract",
    "correct",
    "resolve",
    "succession",
    "lint",
    "pipeline",
    "review",
    "network",
    "notice",
    "ledger",
    "graph",
    "store",
    "intake",
    "load",
    "remote",
    "query",
    "push",
    "analysis",
    "render",
    "site",
    "server",
    "cli",
    "main",
];

/// What a stage may not name although it comes earlier.
const APART: [(&str, &[&str]); 2] =
    [("analysis", &["graph", "store", "query"]), ("store", &["read", "parse", "pipeline"])];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// The modules of the crate that a source names: `crate::read`, `zeren::{read, parse::{Head, Node}}`.
fn named(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let first_word = |words: &str| -> String {
        words.trim_start().chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect()
    };
    for root in ["crate::", "zeren::"] {
        for rest in source.split(root).skip(1) {
            let Some(list) = rest.strip_prefix('{') else {
                found.push(first_word(rest));
                continue;
            };
            // the words at the beginning and behind the commas of the outermost braces
            let (mut depth, mut item) = (0, String::new());
            for char in list.chars().chain(['}']) {
                match char {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => found.push(first_word(&std::mem::take(&mut item))),
                    _ => {}
                }
                if !(char == ',' && depth == 0) {
                    item.push(char);
                }
            }
            found.push(first_word(&item));
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

#[test]
fn every_stage_names_only_earlier_ones() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 30, "the sources were not found");
    let place = |stage: &str| ORDER.iter().position(|known| *known == stage);
    let mut wrong = Vec::new();
    for file in files {
        let path = file.strip_prefix(&root).unwrap();
        let stage = path.components().next().unwrap().as_os_str().to_string_lossy().replace(".rs", "");
        if stage == "lib" {
            continue;
        }
        let own = place(&stage).unwrap_or_else(|| panic!("`{stage}` has no place in the order of stages"));
        let apart = APART.iter().find(|(known, _)| *known == stage).map_or(&[][..], |(_, apart)| *apart);
        for name in named(&fs::read_to_string(&file).unwrap()) {
            let Some(other) = place(&name) else { continue };
            if other > own || apart.contains(&name.as_str()) {
                wrong.push(format!("{}: `{stage}` names `{name}`", path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn names_are_found_in_every_form() {
    assert_eq!(named("use crate::read::Source; use zeren::{parse::{Head, Node}, span};"), ["read", "parse", "span"]);
}
