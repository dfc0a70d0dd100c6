//! Whether the confidence means something: of the decisions below 0.9 most are wrong or open, of those above hardly any.
//!
//! Decisions on sample notices are nearly all right, so that they say little. So the notices are damaged in the ways in
//! which real ones are (slips, lost separators, brackets and line breaks, stray blanks) and read again: what is decided wrongly
//! then must be found among the doubtful. `annotated_documents` reports on any folder of annotated documents.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use zeren::resolve::Facts;
use zeren::review::BELOW;

use super::facts;
use super::score::{Words, annotated, said, same};

/// A decision of the program, held against the annotation.
#[derive(Debug)]
struct Decision {
    kind: &'static str,
    basis: &'static str,
    doubts: Vec<&'static str>,
    confidence: f64,
    right: bool,
    words: String,
}

/// The decisions on a document that an annotation can judge: roles of parties, figures, dates.
fn decisions(facts: &Facts, gold: &str) -> Vec<Decision> {
    let said = said(facts);
    let mut wanted: Vec<Option<Words>> = (0..said.len()).map(|_| None).collect();
    for task in annotated(gold) {
        if let Some(place) = found(&said, &wanted, &task.anchor) {
            wanted[place] = Some(task);
        }
    }
    let mut decisions = Vec::new();
    for ((entry, said), wanted) in facts.tasks.iter().zip(&said).zip(wanted) {
        let wanted = wanted.unwrap_or_default();
        let task = &entry.task;
        let parties = task.responsibilities.iter().map(|party| {
            let doubts = party.doubts.iter().map(|doubt| doubt.as_str()).collect();
            (party.basis.as_str(), party.confidence, doubts)
        });
        let figures = task.indicators.iter().filter(|figure| !figure.soft);
        let figures = figures.map(|figure| (figure.basis.as_str(), figure.confidence, vec![]));
        let dates = task.deadlines.iter().map(|due| (due.basis.as_str(), due.confidence, vec![]));
        let kinds: [(&str, Vec<_>); 3] =
            [("role", parties.collect()), ("figure", figures.collect()), ("date", dates.collect())];
        for (kind, claims) in kinds {
            let mut left = wanted.facts.get(kind).cloned().unwrap_or_default();
            let words = said.facts.get(kind).map_or(&[][..], Vec::as_slice);
            for ((basis, confidence, doubts), words) in claims.into_iter().zip(words) {
                let place = left.iter().position(|gold| alike(kind, gold, words));
                if let Some(place) = place {
                    left.remove(place);
                }
                let words = format!("{} {words}", task.label);
                decisions.push(Decision { kind, basis, doubts, confidence, right: place.is_some(), words });
            }
        }
    }
    decisions
}

/// The task that an anchor means: it begins with it, or at least with its first words, or holds it near its beginning.
fn found(said: &[Words], taken: &[Option<Words>], anchor: &str) -> Option<usize> {
    let short: String = anchor.chars().take(8).collect();
    let tests: [&dyn Fn(&str) -> bool; 3] =
        [&|text| text.starts_with(anchor), &|text| short.chars().count() == 8 && text.starts_with(&short), &|text| {
            let first: String = text.chars().take(anchor.chars().count() + 12).collect();
            anchor.chars().count() >= 6 && first.contains(anchor)
        }];
    tests.iter().find_map(|test| (0..said.len()).find(|&index| taken[index].is_none() && test(&said[index].anchor)))
}

/// Whether two facts are one: a level prefix that one side leaves out and the word for persons make no difference.
fn alike(kind: &str, gold: &str, said: &str) -> bool {
    let without_prefix = |name: &str| name.strip_prefix(['省', '市', '县', '区', '州', '旗']).map(str::to_owned);
    match kind {
        "role" => {
            gold == said
                || without_prefix(gold).as_deref() == Some(said)
                || without_prefix(said).as_deref() == Some(gold)
        }
        "figure" => gold.replace('人', "名") == said.replace('人', "名"),
        _ => same(kind, gold, said),
    }
}

/// How many decisions there are, and how many of them are wrong.
#[derive(Clone, Copy, Default)]
struct Count {
    all: usize,
    wrong: usize,
}

impl Count {
    fn of<'d>(decisions: impl IntoIterator<Item = &'d Decision>) -> Self {
        let add = |count: Self, decision: &Decision| Self {
            all: count.all + 1,
            wrong: count.wrong + usize::from(!decision.right),
        };
        decisions.into_iter().fold(Self::default(), add)
    }

    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn share(self) -> f64 {
        if self.all == 0 { 0.0 } else { self.wrong as f64 / self.all as f64 }
    }
}

/// A table of confidence, decisions, wrong ones and their share: by kind, by kind and basis, by doubt.
fn report(decisions: &[Decision]) -> String {
    let mut groups: BTreeMap<String, Vec<&Decision>> = BTreeMap::new();
    for decision in decisions {
        let bin = [0.5, 0.7, 0.8, BELOW, 0.95, 0.98].iter().rev().find(|edge| decision.confidence >= **edge);
        let from = bin.map_or_else(|| "0.00".to_owned(), |edge| format!("{edge:.2}"));
        let side = if decision.confidence < BELOW { "below" } else { "above" };
        let names = [
            format!("1 {} {side}", decision.kind),
            format!("2 {} from {from}", decision.kind),
            format!("3 {} {} {side}", decision.kind, decision.basis),
        ];
        let doubts = decision.doubts.iter().map(|doubt| format!("4 doubt {doubt}"));
        for name in names.into_iter().chain(doubts) {
            groups.entry(name).or_default().push(decision);
        }
    }
    let mut out = String::new();
    for (name, decisions) in groups {
        let count = Count::of(decisions);
        writeln!(out, "{name:<40} {:>6} wrong {:>5} share {:.3}", count.all, count.wrong, count.share()).unwrap();
    }
    out
}

fn side(decisions: &[Decision], kind: &str, doubtful: bool) -> Count {
    Count::of(decisions.iter().filter(|one| one.kind == kind && (one.confidence < BELOW) == doubtful))
}

/// The sample notices that are plain text, with their annotations.
fn samples() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> =
        fs::read_dir(root.join("data/samples")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let gold = |path: &Path| {
        let name = path.file_stem().unwrap().to_string_lossy();
        fs::read_to_string(root.join(format!("tests/gold/{name}.jsonl"))).unwrap()
    };
    paths.iter().map(|path| (fs::read_to_string(path).unwrap(), gold(path))).collect()
}

#[test]
fn sure_decisions_on_the_samples_are_right() {
    let decisions: Vec<Decision> =
        samples().iter().flat_map(|(words, gold)| decisions(&facts("a.txt", words).0, gold)).collect();
    assert!(decisions.len() > 300, "{} decisions", decisions.len());
    let sure = side(&decisions, "role", false);
    assert!(sure.share() <= 0.01, "{}", report(&decisions));
}

/// Numbers without order, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// Characters that are misread for others, and stand in no name of a body.
const MISREAD: [char; 8] = ['后', '吉', '岛', '困', '末', '匕', '刺', '卤'];

/// What befalls texts on their way.
const DAMAGES: [&str; 6] = ["slip", "separator", "bracket", "break", "blank", "join"];

fn damaged(words: &str, damage: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = words.chars().collect();
    let mut out = String::new();
    match damage {
        "slip" => {
            for place in 2..chars.len() {
                if matches!(chars[place], '局' | '委' | '厅') && dice.roll(12) == 0 {
                    chars[place - 1] = MISREAD[dice.roll(MISREAD.len())];
                }
            }
            out.extend(chars);
        }
        "separator" => out.extend(chars.into_iter().filter(|char| *char != '、' || dice.roll(15) > 0)),
        "bracket" => out.extend(chars.into_iter().filter(|char| !matches!(char, ')' | '）') || dice.roll(12) > 0)),
        "blank" => chars.into_iter().for_each(|char| {
            out.push(char);
            out.push_str(if dice.roll(200) == 0 { " " } else { "" });
        }),
        "join" => chars.into_iter().filter(|char| *char != '\n' || dice.roll(16) > 0).for_each(|char| out.push(char)),
        _ => words.lines().for_each(|line| {
            for (place, char) in line.chars().enumerate() {
                if place > 0 && place % 32 == 0 && !line.contains('\t') {
                    out.push('\n');
                }
                out.push(char);
            }
            out.push('\n');
        }),
    }
    out
}

/// Most doubts about damaged texts are founded, and what is said of them without doubt is right but for a few.
#[test]
fn damage_shows_in_the_confidence() {
    let mut all = Vec::new();
    for (number, (words, gold)) in samples().iter().enumerate() {
        for damage in DAMAGES {
            let mut dice = Dice(u64::try_from(number).unwrap() + 7);
            all.extend(decisions(&facts("a.txt", &damaged(words, damage, &mut dice)).0, gold));
        }
    }
    let (doubtful, sure) = (side(&all, "role", true), side(&all, "role", false));
    assert!(doubtful.all > 30, "{}", report(&all));
    assert!(doubtful.share() >= 0.5 && sure.share() <= 0.05, "{}", report(&all));
}

/// Reports on the folders that `ZEREN_ANNOTATED` names, colons between them: every document `NAME.*` that has its annotation
/// `NAME.gold.jsonl` or `NAME.jsonl` there, or beside it in `gold`.
///
/// `ZEREN_ANNOTATED=/data/annotated cargo test --test main annotated_documents -- --ignored --nocapture`
#[test]
#[ignore = "reports on documents outside of the project"]
fn annotated_documents() {
    let folders = std::env::var("ZEREN_ANNOTATED").expect("ZEREN_ANNOTATED names folders");
    let mut all = Vec::new();
    for folder in folders.split(':').map(Path::new) {
        let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending != "jsonl")) {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let beside = folder.parent().unwrap_or(folder).join("gold");
            let places = [folder.join(format!("{name}.gold.jsonl")), folder.join(format!("{name}.jsonl"))];
            let gold = places.into_iter().chain([beside.join(format!("{name}.jsonl"))]);
            let Some(gold) = gold.into_iter().find_map(|path| fs::read_to_string(path).ok()) else { continue };
            let Ok((facts, _)) = zeren::pipeline::facts(path) else { continue };
            let found = decisions(&facts, &gold);
            for one in found.iter().filter(|one| one.right == (one.confidence < BELOW)) {
                let verdict = if one.right { "right, yet doubted" } else { "wrong, yet sure" };
                eprintln!("{name}: {verdict}: {} {} {:.2} {:?}", one.kind, one.words, one.confidence, one.doubts);
            }
            all.extend(found);
        }
    }
    eprintln!("{}", report(&all));
}
