//! Notices of a synthetic nation: what is written by a known layout is read as it was meant.
//!
//! `ZEREN_SYNTH_SEEDS="1 2 3" ZEREN_SYNTH_NOTICES=2000 cargo test --test main synthetic -- --ignored --nocapture` goes
//! further than the tests of every day do.

use std::collections::{BTreeMap, BTreeSet};

use zeren::parallel::in_parallel;
use zeren::pipeline;
use zeren::read::read_bytes;
use zeren::synth::{Format, Layout, Nation, Notice, Plan};

use super::score::{Count, KINDS, Score, score};

/// How many wrong notices are shown.
const SHOWN: usize = 12;

/// What was read of one notice.
struct Reading {
    shape: (Layout, Format),
    score: Score,
    /// What is wrong; nothing where all is right.
    wrong: String,
}

fn read(notice: &Notice) -> Reading {
    let facts = pipeline::facts_of(read_bytes(&notice.file(), &notice.bytes).expect("a document")).0;
    let (score, mut wrong) = score(&facts, &notice.gold);
    let head: serde_json::Value = serde_json::from_str(notice.gold.lines().next().unwrap()).unwrap();
    let place = facts.place.as_ref().map(|place| place.name.clone()).unwrap_or_default();
    let said = [
        ("title", facts.head.title.clone().unwrap_or_default()),
        ("number", facts.head.number.clone().unwrap_or_default()),
        ("issued", facts.head.issued.map(|date| date.to_string()).unwrap_or_default()),
        ("jurisdiction", place),
    ];
    wrong.extend(
        said.into_iter()
            .filter(|(key, said)| head[key] != **said)
            .map(|(key, said)| format!("{key}: {} and not {said}", head[key])),
    );
    let shape = (notice.layout, notice.format);
    let wrong = if wrong.is_empty() {
        String::new()
    } else {
        format!("{} ({}):\n  {}", notice.file(), notice.layout.as_str(), wrong.join("\n  "))
    };
    Reading { shape, score, wrong }
}

/// Reads a whole nation; fails unless everything is read as meant. Returns how often each layout and format occurred.
fn check(plan: Plan) -> BTreeMap<(Layout, Format), usize> {
    let nation = Nation::new(plan).expect("a nation");
    let mut shapes: BTreeMap<(Layout, Format), usize> = BTreeMap::new();
    let mut sums: BTreeMap<&str, Count> = BTreeMap::new();
    let mut wrong = Vec::new();
    let numbers: Vec<usize> = (0..nation.len()).collect();
    for some in numbers.chunks(256) {
        for reading in in_parallel(some, |number| read(&nation.notice(*number).expect("a notice"))) {
            *shapes.entry(reading.shape).or_default() += 1;
            for kind in KINDS {
                let sum = sums.entry(kind).or_default();
                let count = reading.score[kind];
                *sum = Count { gold: sum.gold + count.gold, said: sum.said + count.said, both: sum.both + count.both };
            }
            wrong.extend((!reading.wrong.is_empty()).then_some(reading.wrong));
        }
    }
    let figures: Vec<String> = KINDS.iter().map(|kind| format!("{kind} {}", sums[kind])).collect();
    println!("{} notices: {}", nation.len(), figures.join(" | "));
    wrong.sort();
    let count = wrong.len();
    wrong.truncate(SHOWN);
    assert!(wrong.is_empty(), "{count} of {} notices are misread:\n{}", nation.len(), wrong.join("\n"));
    shapes
}

/// Every layout in every format that holds it, and provinces, cities and counties.
#[test]
fn what_is_written_is_read_as_meant() {
    let mut seen: BTreeSet<(Layout, Format)> = BTreeSet::new();
    for (seed, from) in [(1, 2013), (2, 2018), (3, 2024)] {
        let plan = Plan { seed, notices: 110, tasks: 9, from, to: from, ..Plan::default() };
        seen.extend(check(plan).into_keys());
    }
    let sheets = vec![Format::Xlsx, Format::Csv];
    seen.extend(check(Plan { seed: 4, notices: 90, tasks: 9, from: 2021, to: 2021, formats: sheets }).into_keys());
    for layout in Layout::ALL {
        for format in Format::ALL.into_iter().filter(|format| format.holds(layout)) {
            assert!(seen.contains(&(layout, format)), "{} as {} is not among them", layout.as_str(), format.as_str());
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_does_not() {
    let make = |seed| Nation::new(Plan { seed, notices: 40, tasks: 6, ..Plan::default() }).unwrap();
    let (one, again, other) = (make(5), make(5), make(6));
    for number in (0..40).rev() {
        let [one, again, other] = [&one, &again, &other].map(|nation| nation.notice(number).unwrap());
        assert_eq!((&one.bytes, &one.gold, &one.mandates), (&again.bytes, &again.gold, &again.mandates));
        assert_ne!(one.gold, other.gold);
    }
    assert_eq!(one.registry(), again.registry());
}

#[test]
#[ignore = "takes long; run by .ci/scale"]
fn what_is_written_at_length_is_read_as_meant() {
    let given = |name: &str| std::env::var(name).unwrap_or_default();
    let seeds: Vec<u64> = given("ZEREN_SYNTH_SEEDS").split_whitespace().filter_map(|seed| seed.parse().ok()).collect();
    let seeds = if seeds.is_empty() { vec![1, 2, 3] } else { seeds };
    let notices = given("ZEREN_SYNTH_NOTICES").parse().unwrap_or(1200);
    for seed in seeds {
        println!("seed {seed}");
        check(Plan { seed, notices, ..Plan::default() });
    }
}
