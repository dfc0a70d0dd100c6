//! The clause corpus: `clauses.md` holds clauses, each with what it says.

use std::collections::BTreeSet;

use super::corpus::{Case, cases, hold};
use super::facts;

fn clauses() -> Vec<Case> {
    cases(include_str!("clauses.md"))
}

/// What the program says of a clause: the mode, whether it is open, every party with its role; `no clause` for none.
fn said(case: &Case) -> BTreeSet<String> {
    let clause = &case.words;
    let legend = if case.heading.contains("有图例") { "注:标▲、★的为牵头单位。\n" } else { "" };
    let item = if case.heading.contains("一行") {
        format!("(一)做好工作。\n{clause}\n")
    } else {
        format!("(一)做好工作。{clause}\n")
    };
    let (facts, text) = facts(
        "a.txt",
        &format!("云川省人民政府关于印发任务的通知\n一、任务\n{item}(二)另一项。(省信访局负责)\n{legend}"),
    );
    let Some(task) = facts.tasks.iter().find(|task| task.task.label == "(一)") else {
        return BTreeSet::from(["no clause".to_owned()]);
    };
    let task = &task.task;
    let mut said: BTreeSet<String> = task
        .responsibilities
        .iter()
        .map(|party| {
            let printed: String = text.slice(party.span).chars().filter(|char| !char.is_whitespace()).collect();
            let repaired = if printed == party.name { String::new() } else { format!(" ({printed})") };
            format!("{} {}{repaired}", party.role.as_str(), party.name)
        })
        .collect();
    said.insert(format!("mode {}", task.mode.as_str()));
    if task.open {
        said.insert("open".to_owned());
    }
    said.extend(task.findings.iter().map(|finding| format!("finding {}", finding.code.as_str())));
    said.extend(task.deadlines.iter().map(|due| {
        let date = due.date.map(|date| date.to_string()).or(due.duration.clone()).unwrap_or_default();
        format!("due {} {date}", due.relation.as_str()).trim_end().to_owned()
    }));
    said
}

#[test]
fn every_clause_of_the_corpus_is_read_as_it_says() {
    hold("clauses.md", &clauses(), 60, said);
}

#[test]
fn half_and_full_width_forms_are_read_alike() {
    for case in clauses() {
        let wide: String = case
            .words
            .chars()
            .map(|char| match char {
                '(' => '（',
                ')' => '）',
                ',' => '，',
                ':' => '：',
                ';' => '；',
                '0'..='9' => char::from_u32(u32::from(char) + 0xfee0).expect("a full-width digit"),
                _ => char,
            })
            .collect();
        let names = |facts: BTreeSet<String>| -> BTreeSet<String> {
            facts
                .into_iter()
                .map(|fact| zeren::span::fold_str(fact.split(" (").next().unwrap_or_default()).into_owned())
                .collect()
        };
        let wide = Case { words: wide, heading: case.heading.clone(), ..Case::default() };
        assert_eq!(names(said(&case)), names(said(&wide)), "{}", case.words);
    }
}
