//! Scores what the program says of a document against its annotation, as precision and recall of each kind of fact.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;
use zeren::extract::{DeadlineRelation, Role};
use zeren::resolve::Facts;
use zeren::span::{fold_str, is_blank};

/// How many facts the annotation has, the program gave, and both have.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Count {
    pub(super) gold: usize,
    pub(super) said: usize,
    pub(super) both: usize,
}

impl Count {
    /// The harmonic mean of precision and recall; 1 where there is nothing to find and nothing was said.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    pub(super) fn f1(self) -> f64 {
        if self.gold + self.said == 0 { 1.0 } else { 2.0 * self.both as f64 / (self.gold + self.said) as f64 }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} ({}/{} of {})", self.f1(), self.both, self.said, self.gold)
    }
}

/// The kinds of facts, in the order of the report.
pub(super) const KINDS: [&str; 7] = ["task", "party", "role", "mode", "figure", "date", "citation"];

/// A document's score by kind of fact.
pub(super) type Score = BTreeMap<&'static str, Count>;

/// The facts of one task as words that can be compared.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) anchor: String,
    pub(super) facts: BTreeMap<&'static str, Vec<String>>,
}

impl Words {
    fn push(&mut self, kind: &'static str, words: String) {
        self.facts.entry(kind).or_default().push(words);
    }
}

fn plain(words: &str) -> String {
    fold_str(words).chars().filter(|char| !is_blank(*char) && char.is_alphanumeric()).collect()
}

/// A role, where a lead beside others counts as a lead.
fn role(role: &str) -> &str {
    if role == "co-lead" { "lead" } else { role }
}

pub(super) fn annotated(gold: &str) -> Vec<Words> {
    let lines = gold.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let list = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    lines
        .filter(|line| line.get("seq").is_some())
        .map(|line| {
            let mut words = Words { anchor: plain(&text(&line, "anchor")), ..Words::default() };
            words.push("mode", text(&line, "mode"));
            for party in list(&line, "orgs") {
                let name = plain(&text(&party, "o"));
                words.push("role", format!("{name} {}", role(&text(&party, "r"))));
                words.push("party", name);
            }
            for figure in list(&line, "indicators").iter().filter(|figure| figure["soft"] != true) {
                let value = match &figure["v"] {
                    Value::Array(ends) => ends
                        .iter()
                        .map(|end| format!("{}", end.as_f64().unwrap_or_default()))
                        .collect::<Vec<_>>()
                        .join("-"),
                    value => format!("{}", value.as_f64().unwrap_or_default()),
                };
                words.push("figure", format!("{value}{}", fold_str(&text(figure, "u"))));
            }
            for date in list(&line, "deadlines") {
                let due = match text(&date, "rel").as_str() {
                    "ongoing" => "ongoing".to_owned(),
                    "relative" => format!("relative {}", text(&date, "v")),
                    "from" => format!("from {}", text(&date, "v")),
                    _ => text(&date, "v"),
                };
                words.push("date", due);
            }
            for citation in list(&line, "refs") {
                words.push("citation", plain(citation.as_str().unwrap_or_default()));
            }
            words
        })
        .collect()
}

/// What the program says, one a task in its order; the facts of a kind in the order of their claims.
pub(super) fn said(facts: &Facts) -> Vec<Words> {
    let tasks = facts.tasks.iter().map(|entry| &entry.task);
    tasks
        .map(|task| {
            let mut words = Words { anchor: plain(&task.text), ..Words::default() };
            words.push("mode", task.mode.as_str().to_owned());
            for party in &task.responsibilities {
                let lead = if party.role.leads() { Role::Lead } else { party.role };
                words.push("role", format!("{} {}", plain(&party.name), lead.as_str()));
                words.push("party", plain(&party.name));
            }
            for figure in task.indicators.iter().filter(|figure| !figure.soft) {
                let upper = figure.value_max.map(|upper| format!("-{upper}")).unwrap_or_default();
                words.push("figure", format!("{}{upper}{}", figure.value, fold_str(&figure.unit)));
            }
            for due in &task.deadlines {
                let date = due.date.map(|date| date.to_string()).unwrap_or_default();
                words.push(
                    "date",
                    match due.relation {
                        DeadlineRelation::Ongoing => "ongoing".to_owned(),
                        DeadlineRelation::Relative => format!("relative {}", due.duration.clone().unwrap_or_default()),
                        DeadlineRelation::From => format!("from {date}"),
                        _ => date,
                    },
                );
            }
            for citation in &task.citations {
                let title = citation.title.as_deref().unwrap_or_default();
                words.push("citation", plain(citation.number.as_deref().unwrap_or(title)));
            }
            words
        })
        .collect()
}

/// Whether two words of a kind mean the same: a date may be as precise as its year, a title be shortened.
pub(super) fn same(kind: &str, gold: &str, said: &str) -> bool {
    match kind {
        "date" => gold == said || gold.len() == 4 && said == format!("{gold}-12-31"),
        "citation" => gold == said || gold.chars().count() >= 6 && said.starts_with(gold),
        _ => gold == said,
    }
}

/// Scores facts against an annotation; tasks are told by the words that they begin with.
pub(super) fn score(facts: &Facts, gold: &str) -> (Score, Vec<String>) {
    let gold = annotated(gold);
    let mut left = said(facts);
    let mut score: Score = KINDS.iter().map(|kind| (*kind, Count::default())).collect();
    let mut wrong = Vec::new();
    let mut add = |kind: &'static str, count: Count| {
        let entry = score.entry(kind).or_default();
        *entry = Count { gold: entry.gold + count.gold, said: entry.said + count.said, both: entry.both + count.both };
    };
    add("task", Count { gold: gold.len(), said: left.len(), both: 0 });
    for task in gold {
        let found =
            left.iter().position(|words| words.anchor.starts_with(&task.anchor)).map(|index| left.remove(index));
        add("task", Count { both: usize::from(found.is_some()), ..Count::default() });
        let found = found.unwrap_or_default();
        for kind in &KINDS[1..] {
            let wanted = task.facts.get(kind).cloned().unwrap_or_default();
            let mut given = found.facts.get(kind).cloned().unwrap_or_default();
            let mut count = Count { gold: wanted.len(), said: given.len(), both: 0 };
            for fact in wanted {
                match given.iter().position(|other| same(kind, &fact, other)) {
                    Some(index) => {
                        given.remove(index);
                        count.both += 1;
                    }
                    None => wrong.push(format!("{}: {kind} `{fact}` missed", task.anchor)),
                }
            }
            wrong.extend(given.into_iter().map(|fact| format!("{}: {kind} `{fact}` said", task.anchor)));
            add(kind, count);
        }
    }
    for words in left {
        wrong.push(format!("{}: no task", words.anchor.chars().take(14).collect::<String>()));
        for kind in &KINDS[1..] {
            add(kind, Count { said: words.facts.get(kind).map_or(0, Vec::len), ..Count::default() });
        }
    }
    (score, wrong)
}
