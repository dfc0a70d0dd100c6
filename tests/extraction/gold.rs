//! The project's own notices of invented places against their annotations.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::score::{KINDS, score};

/// What every notice must reach, by kind of fact.
const FLOORS: [(&str, f64); 7] =
    [("task", 1.0), ("party", 1.0), ("role", 1.0), ("mode", 1.0), ("figure", 0.95), ("date", 0.95), ("citation", 1.0)];

/// The sample notices by name, and where they were made in other formats, those too.
fn samples() -> Vec<(String, std::path::PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut samples: Vec<_> = ["data/samples", "tests/gold/formats"]
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        // corrections lie beside their document
        .filter(|path| path.extension().is_some_and(|ending| ending != "toml"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .collect();
    samples.sort_by_key(|(_, path)| {
        let made = path.parent().is_some_and(|folder| folder.ends_with("formats"));
        (made, path.file_name().map(std::ffi::OsStr::to_os_string))
    });
    samples
}

/// The score of every notice stands in `tests/gold/scores.txt`; a change of any is a change to look at.
#[test]
fn the_samples_are_read_as_annotated() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let mut table = String::new();
    let mut below = Vec::new();
    let samples = samples();
    assert!(samples.len() >= 18, "the sample notices were not found");
    for (name, path) in samples {
        let (facts, _) = zeren::pipeline::facts(&path).unwrap();
        let gold = fs::read_to_string(root.join(format!("{name}.jsonl"))).unwrap();
        let (score, wrong) = score(&facts, &gold);
        let row: Vec<String> = KINDS.iter().map(|kind| format!("{kind} {}", score[kind])).collect();
        let made = path.parent().is_some_and(|folder| folder.ends_with("formats"));
        let shown = if made { path.file_name().unwrap().to_string_lossy().into_owned() } else { name.clone() };
        writeln!(table, "{shown}: {}", row.join(" | ")).unwrap();
        for (kind, floor) in FLOORS {
            if score[kind].f1() < floor {
                below.push(format!("{name}: {kind} {}\n  {}", score[kind], wrong.join("\n  ")));
            }
        }
    }
    assert!(below.is_empty(), "{}", below.join("\n"));
    let committed = fs::read_to_string(root.join("scores.txt")).unwrap_or_default();
    assert_eq!(table, committed, "the scores changed: write them to tests/gold/scores.txt if that is meant");
}
